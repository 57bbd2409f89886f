package dev.exposit.format;

import java.util.HexFormat;
import java.util.Optional;

/**
 * How a name that is not a {@linkplain Names legacy name} is turned into one: the {@code escaping} parameter of
 * {@code Accept} and {@code Content-Type}. Implements "UTF-8 metric and label name escaping schemes" of the Prometheus
 * documentation as Prometheus' servers in Go practise it, which differs from that document in three points:
 *
 * <ul>
 *   <li>legacy names are left alone by every scheme, so {@code up_total} stays {@code up_total} under {@link #DOTS} and
 *       {@link #VALUES};
 *   <li>{@link #DOTS} writes two underscores, not one, for a character that is no dot;
 *   <li>{@link #VALUES} writes its hexadecimal digits in lower case.
 * </ul>
 *
 * <p>Metric names and label names are escaped alike, but that {@code :} is legal in metric names only. A digit is not
 * legal at the start of either. Each code point counts as one character.
 *
 * <p>The escape methods expect a {@linkplain Names#isValidUtf8Name valid name} and return a legacy name, or their
 * argument itself where nothing needs escaping or {@link #ALLOW_UTF_8} asks for none. They do not refuse other text: an
 * empty name stays empty, an unpaired surrogate counts as U+FFFD. The unescape methods answer the name as it was before
 * it was escaped, or empty where that cannot be told.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public enum EscapingScheme {
    /** Names are not escaped; where they need it, the format quotes them. */
    ALLOW_UTF_8("allow-utf-8"),

    /** Every other character becomes {@code _}. Cannot be undone. The default where nothing was negotiated. */
    UNDERSCORES("underscores"),

    /**
     * A dot becomes {@code _dot_}, an underscore and every other character two underscores. Can be undone where the
     * name had only legacy characters and at least one dot. Other names may come back changed: with an underscore for
     * another character, or with a dot for {@code _dot_} in a legacy name.
     */
    DOTS("dots"),

    /**
     * {@code U__} comes first, an underscore becomes two, every other character its code point in hexadecimal digits
     * between underscores. Can be undone exactly, but for legacy names that begin with {@code U__}.
     */
    VALUES("values");

    private static final String ESCAPED_UNDERSCORE = "__";
    private static final String ESCAPED_DOT = "_dot_";
    private static final String VALUES_PREFIX = "U__";
    private static final int REPLACEMENT_CHARACTER = 0xFFFD;
    /** As many as the last code point, 10FFFF, has. */
    private static final int MAX_HEX_DIGITS = 6;

    private static final int NO_CODE_POINT = -1;

    private final String id;

    EscapingScheme(String id) {
        this.id = id;
    }

    /** The value of the {@code escaping} parameter, {@code allow-utf-8} for example. */
    public String id() {
        return id;
    }

    /** The scheme with that {@link #id()}, compared exactly as Prometheus does, or empty. */
    public static Optional<EscapingScheme> byId(String id) {
        for (EscapingScheme scheme : values()) {
            if (scheme.id.equals(id)) {
                return Optional.of(scheme);
            }
        }
        return Optional.empty();
    }

    /** Escapes a metric name; returns the argument itself if it is a legacy metric name. */
    public String escapeMetricName(String name) {
        return escape(name, true);
    }

    /** Escapes a label name; returns the argument itself if it is a legacy label name. */
    public String escapeLabelName(String name) {
        return escape(name, false);
    }

    /**
     * Undoes {@link #escapeMetricName}.
     *
     * @return the name before it was escaped; empty if this scheme neither leaves such a name alone nor makes it out of
     *     another one, or in a way that cannot be undone, as always with {@link #UNDERSCORES}
     */
    public Optional<String> unescapeMetricName(String name) {
        return unescape(name, true);
    }

    /**
     * Undoes {@link #escapeLabelName}.
     *
     * @return the name before it was escaped; empty if this scheme neither leaves such a name alone nor makes it out of
     *     another one, or in a way that cannot be undone, as always with {@link #UNDERSCORES}
     */
    public Optional<String> unescapeLabelName(String name) {
        return unescape(name, false);
    }

    private String escape(String name, boolean colons) {
        if (this == ALLOW_UTF_8 || name.isEmpty() || Names.isLegacyName(name, colons)) {
            return name;
        }
        StringBuilder out = new StringBuilder(2 * name.length());
        if (this == VALUES) {
            out.append(VALUES_PREFIX);
        }
        int c;
        for (int i = 0; i < name.length(); i += Character.charCount(c)) {
            c = name.codePointAt(i);
            if (c != '_' && Names.isLegacyCharacter(c, i == 0, colons)) {
                out.append((char) c);
            } else {
                appendReplacement(c, out);
            }
        }
        return out.toString();
    }

    private void appendReplacement(int c, StringBuilder out) {
        switch (this) {
            case ALLOW_UTF_8 -> out.appendCodePoint(c);
            case UNDERSCORES -> out.append('_');
            case DOTS -> out.append(c == '.' ? ESCAPED_DOT : ESCAPED_UNDERSCORE);
            case VALUES -> {
                if (c == '_') {
                    out.append(ESCAPED_UNDERSCORE);
                } else {
                    int scalar = isSurrogate(c) ? REPLACEMENT_CHARACTER : c;
                    out.append('_').append(Integer.toHexString(scalar)).append('_');
                }
            }
        }
    }

    private Optional<String> unescape(String name, boolean colons) {
        if (this == ALLOW_UTF_8) {
            return Optional.of(name);
        }
        if (!Names.isLegacyName(name, colons)) {
            return Optional.empty(); // whatever escaping made or left alone is a legacy name
        }
        return switch (this) {
            case ALLOW_UTF_8, UNDERSCORES -> Optional.empty();
            case DOTS -> unescapeDots(name, colons);
            case VALUES -> unescapeValues(name);
        };
    }

    /**
     * Reads from left to right: replacing every {@code _dot_} first would find a second one in {@code a_dot___dot__b},
     * which stands for {@code a._dot_b}.
     */
    private Optional<String> unescapeDots(String name, boolean colons) {
        StringBuilder out = new StringBuilder(name.length());
        int i = 0;
        while (i < name.length()) {
            if (name.charAt(i) != '_') {
                out.append(name.charAt(i));
                i++;
            } else if (name.startsWith(ESCAPED_DOT, i)) {
                out.append('.');
                i += ESCAPED_DOT.length();
            } else if (name.startsWith(ESCAPED_UNDERSCORE, i)) {
                out.append('_');
                i += ESCAPED_UNDERSCORE.length();
            } else {
                return Optional.of(name); // escaping leaves no underscore single, so the name was left alone
            }
        }
        // a__b may come from "a b", or be itself: the check refuses what would not be escaped to the same again
        String original = out.toString();
        return escape(original, colons).equals(name) ? Optional.of(original) : Optional.empty();
    }

    private static Optional<String> unescapeValues(String name) {
        if (!name.startsWith(VALUES_PREFIX)) {
            return Optional.of(name);
        }
        StringBuilder out = new StringBuilder(name.length());
        int i = VALUES_PREFIX.length();
        while (i < name.length()) {
            char c = name.charAt(i);
            i++;
            if (c != '_') {
                out.append(c);
                continue;
            }
            int end = name.indexOf('_', i);
            int codePoint = end == i ? '_' : parseCodePoint(name, i, end);
            if (codePoint == NO_CODE_POINT) {
                return Optional.empty();
            }
            out.appendCodePoint(codePoint);
            i = end + 1;
        }
        return out.isEmpty() ? Optional.empty() : Optional.of(out.toString());
    }

    /** Digits of either case: the escaping document's example has upper case ones. */
    private static int parseCodePoint(String name, int start, int end) {
        if (end < 0 || end - start > MAX_HEX_DIGITS) {
            return NO_CODE_POINT;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = name.charAt(i);
            if (!HexFormat.isHexDigit(c)) {
                return NO_CODE_POINT;
            }
            value = value << 4 | HexFormat.fromHexDigit(c);
        }
        return Character.isValidCodePoint(value) && !isSurrogate(value) ? value : NO_CODE_POINT;
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
