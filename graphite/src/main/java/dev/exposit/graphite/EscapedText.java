package dev.exposit.graphite;

import dev.exposit.graphite.PathRules.Dots;
import dev.exposit.graphite.PathRules.Escaping;
import dev.exposit.graphite.PathRules.NonAscii;

/**
 * Our own way to write a text: legal characters stay, all others are escaped. With {@link Escaping#PERCENT} the text
 * can be told from what is written: {@code %} is never legal, hence each {@code %} written begins an escape, and {@link
 * PercentText#decode} undoes them all, wherever and for whatever reason a character was escaped.
 */
final class EscapedText implements TextRule {
    /**
     * carbon takes no such character in a tag's name, and the quote keeps paths from ending as in OpenMetrics, see
     * below.
     */
    private static final boolean[] TAG_NAME = allBut("%;!^=\"");
    /**
     * carbon reads a path that ends in <code>"}</code> as OpenMetrics. Without quotes none does; graphite-web wants the
     * value in quotes anyhow.
     */
    private static final boolean[] TAG_VALUE = allBut("%;\"");
    /**
     * What parts components, or begins tags, or makes a directory; patterns and symbols of graphite-web's expressions.
     * The dot is looked at closer.
     */
    private static final boolean[] COMPONENT = allBut("%;./*?[]{}(),='\"\\|");

    /** Where carbon keeps the files of tagged series; it takes all for such a file that begins so. */
    private static final String TAGGED = "_tagged";

    private final boolean[] legal;
    private final boolean percent;
    private final boolean keepsNonAscii;
    private final boolean keepsDots;
    private final boolean guardsTilde;
    private final boolean guardsTagged;

    private EscapedText(
            boolean[] legal,
            boolean percent,
            boolean keepsNonAscii,
            boolean keepsDots,
            boolean guardsTilde,
            boolean guardsTagged) {
        this.legal = legal;
        this.percent = percent;
        this.keepsNonAscii = keepsNonAscii;
        this.keepsDots = keepsDots;
        this.guardsTilde = guardsTilde;
        this.guardsTagged = guardsTagged;
    }

    private static boolean[] allBut(String illegal) {
        boolean[] legal = new boolean[0x80];
        for (char c = '!'; c <= '~'; c++) {
            legal[c] = illegal.indexOf(c) < 0;
        }
        return legal;
    }

    /** For the name of a series with tags. */
    static EscapedText name(PathRules rules) {
        return component(rules, rules.nonAscii() == NonAscii.KEEP, true);
    }

    /** For a name, a label's name or its value in a dotted path. */
    static EscapedText component(PathRules rules) {
        return component(rules, rules.nonAscii() == NonAscii.KEEP, rules.dots() == Dots.KEEP);
    }

    /** For what the user wrote, which must be legal as it stands: it comes out unchanged or is refused. */
    static EscapedText literal() {
        return component(PathRules.defaults(), true, false);
    }

    private static EscapedText component(PathRules rules, boolean keepsNonAscii, boolean keepsDots) {
        boolean percent = isPercent(rules);
        return new EscapedText(COMPONENT, percent, keepsNonAscii, keepsDots, true, percent);
    }

    /** For the name of a tag. */
    static EscapedText tagName(PathRules rules) {
        return new EscapedText(TAG_NAME, isPercent(rules), rules.nonAscii() == NonAscii.KEEP, false, false, false);
    }

    /** For the value of a tag. */
    static EscapedText tagValue(PathRules rules) {
        return new EscapedText(TAG_VALUE, isPercent(rules), rules.nonAscii() != NonAscii.ESCAPE, false, true, false);
    }

    private static boolean isPercent(PathRules rules) {
        return rules.escaping() == Escaping.PERCENT;
    }

    @Override
    public boolean append(String text, PathBuffer into) {
        if (isGuarded(text)) {
            return appendRest(text, 0, into);
        }
        boolean[] legal = this.legal;
        int length = text.length();
        int at = into.length();
        byte[] bytes = into.reserve(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || !legal[c]) {
                into.advance(i);
                return appendRest(text, i, into);
            }
            bytes[at + i] = (byte) c;
        }
        into.advance(length);
        return false;
    }

    /** Writes a text from a position on, character by character; says whether any was escaped. */
    private boolean appendRest(String text, int from, PathBuffer into) {
        boolean changed = false;
        for (int i = from; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (isKept(text, i, c)) {
                PercentText.appendUtf8(c, into);
            } else {
                changed = true;
                if (percent) {
                    PercentText.appendEscaped(c, into);
                } else {
                    into.add('_');
                }
            }
            i += Character.charCount(c);
        }
        return changed;
    }

    private boolean isKept(String text, int at, int c) {
        if (c >= 0x80) {
            return keepsNonAscii && !Blanks.isNeverKept(c);
        }
        if (c == '.' && keepsDots) {
            return isBetween(text, at);
        }
        return legal[c] && (at != 0 || !isGuarded(text));
    }

    /** Whether a dot parts two components of which neither is empty: two dots in a row are one to a file system. */
    private static boolean isBetween(String text, int at) {
        return at > 0 && at < text.length() - 1 && text.charAt(at - 1) != '.' && text.charAt(at + 1) != '.';
    }

    /** Whether the first character must not stand there: carbon takes {@code ~} off a name and refuses it in a value. */
    private boolean isGuarded(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        return (first == '~' && guardsTilde) || (first == '_' && guardsTagged && text.startsWith(TAGGED));
    }
}
