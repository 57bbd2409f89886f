package dev.exposit.graphite;

/**
 * White space as carbon has it, which ends a path: what Python's {@code str.split()} and {@code str.splitlines()} part
 * at.
 */
final class Blanks {
    private Blanks() {}

    /** Whether carbon takes the character for white space. */
    static boolean isBlank(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint == ' '
                    || (codePoint >= '\t' && codePoint <= '\r')
                    || (codePoint >= 0x1C && codePoint <= 0x1F);
        }
        // Java's own question leaves out U+0085, which is a control character to it.
        return codePoint == 0x85 || Character.isSpaceChar(codePoint);
    }

    /** Whether the character is white space to carbon, a control character, or half of a surrogate pair. */
    static boolean isNeverKept(int codePoint) {
        return isBlank(codePoint) || Character.isISOControl(codePoint) || isUnpaired(codePoint);
    }

    /** Whether what {@link String#codePointAt} answered is half of a surrogate pair, which UTF-8 has no bytes for. */
    static boolean isUnpaired(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
