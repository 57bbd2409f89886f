package dev.exposit.format;

/**
 * Which metric and label names the formats can carry.
 *
 * <p>A <em>legacy</em> name is written without quotes in every format. Any other name that is valid UTF-8 needs quotes
 * (Prometheus text 1.0.0, OpenMetrics 2.0) or an {@link EscapingScheme}. Implements "Line format" of the Prometheus
 * exposition formats and the legacy character set of "UTF-8 metric and label name escaping schemes".
 *
 * <p>Stateless, hence safe for use by several threads.
 */
public final class Names {

    private Names() {}

    /**
     * Whether the name matches {@code [a-zA-Z_:][a-zA-Z0-9_:]*}.
     *
     * @param name any text; empty is no name
     */
    public static boolean isLegacyMetricName(CharSequence name) {
        return isLegacyName(name, true);
    }

    /**
     * Whether the name matches {@code [a-zA-Z_][a-zA-Z0-9_]*}.
     *
     * @param name any text; empty is no name
     */
    public static boolean isLegacyLabelName(CharSequence name) {
        return isLegacyName(name, false);
    }

    /**
     * Whether the name can be written as UTF-8 at all: it has at least one character and no unpaired surrogate. Every
     * legacy name is one of these.
     *
     * @param name any text; empty is no name
     */
    public static boolean isValidUtf8Name(CharSequence name) {
        int length = name.length();
        int i = 0;
        while (i < length) {
            char c = name.charAt(i);
            i++;
            if (Character.isSurrogate(c)) {
                if (i == length || !Character.isSurrogatePair(c, name.charAt(i))) {
                    return false;
                }
                i++;
            }
        }
        return length > 0;
    }

    /** Colons are legal in metric names, not in label names: that is all in which the two differ. */
    static boolean isLegacyName(CharSequence name, boolean colons) {
        int length = name.length();
        for (int i = 0; i < length; i++) {
            if (!isLegacyCharacter(name.charAt(i), i == 0, colons)) {
                return false;
            }
        }
        return length > 0;
    }

    static boolean isLegacyCharacter(int c, boolean first, boolean colons) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (c == ':' && colons)
                || (c >= '0' && c <= '9' && !first);
    }
}
