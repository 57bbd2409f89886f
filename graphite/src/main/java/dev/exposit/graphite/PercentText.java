package dev.exposit.graphite;

import java.util.HexFormat;

/**
 * Characters as {@code %XX}, a byte of UTF-8 each with two digits in upper case, and back. An unpaired surrogate is
 * written by UTF-8's scheme for three bytes, {@code %ED%A0%80} for U+D800, so that every text comes back.
 */
final class PercentText {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    /** The least character that takes one byte, two, three, four. */
    private static final int[] LEAST = {0, 0x80, 0x800, 0x10000};
    /** The bits of a first byte that tell how many there are. */
    private static final int[] LEADS = {0, 0xC0, 0xE0, 0xF0};

    private PercentText() {}

    /** Appends the UTF-8 bytes of a character. */
    static void appendUtf8(int codePoint, PathBuffer into) {
        int length = length(codePoint);
        for (int i = 0; i < length; i++) {
            into.add((byte) utf8(codePoint, length, i));
        }
    }

    /** The UTF-8 bytes of a text. */
    static byte[] utf8(String text) {
        PathBuffer bytes = new PathBuffer();
        text.codePoints().forEach(c -> appendUtf8(c, bytes));
        return bytes.toBytes();
    }

    /** Appends the UTF-8 bytes of a character as {@code %XX} each. */
    static void appendEscaped(int codePoint, PathBuffer into) {
        int length = length(codePoint);
        for (int i = 0; i < length; i++) {
            appendByte(utf8(codePoint, length, i), into);
        }
    }

    private static void appendByte(int b, PathBuffer into) {
        into.add('%');
        into.add(HEX.toHighHexDigit(b));
        into.add(HEX.toLowHexDigit(b));
    }

    private static int length(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** The byte at a position of a character that takes so many. */
    private static int utf8(int codePoint, int length, int at) {
        int bits = codePoint >> (6 * (length - 1 - at));
        return at == 0 ? LEADS[length - 1] | bits : 0x80 | (bits & 0x3F);
    }

    /**
     * Undoes escaping. What is not an escape, or not one of a whole character in its shortest form, stays as it is; so
     * does the mark of a text that was shortened.
     */
    static String decode(String text) {
        int percent = text.indexOf('%');
        if (percent < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length()).append(text, 0, percent);
        for (int i = percent; i < text.length(); ) {
            int length = escapedLength(text, i);
            if (length == 0) {
                decoded.append(text.charAt(i++));
            } else {
                decoded.appendCodePoint(character(text, i, length));
                i += 3 * length;
            }
        }
        return decoded.toString();
    }

    /** How many escapes make up the character at a position, or 0 if none does. */
    private static int escapedLength(String text, int at) {
        int first = byteAt(text, at);
        int length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (first < 0 || (first >= 0x80 && first < 0xC0) || first >= 0xF8) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((byteAt(text, at + 3 * i) & ~0x3F) != 0x80) {
                return 0;
            }
        }
        int codePoint = character(text, at, length);
        return codePoint >= LEAST[length - 1] && codePoint <= Character.MAX_CODE_POINT ? length : 0;
    }

    private static int character(String text, int at, int length) {
        int first = byteAt(text, at);
        int codePoint = length == 1 ? first : first & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            codePoint = codePoint << 6 | (byteAt(text, at + 3 * i) & 0x3F);
        }
        return codePoint;
    }

    /** The byte whose escape stands at a position, or −1 if none does. */
    private static int byteAt(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') {
            return -1;
        }
        int high = digit(text.charAt(at + 1));
        int low = digit(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int digit(char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}
