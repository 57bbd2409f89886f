package dev.exposit.parser;

import java.util.Arrays;

/** Checks UTF-8 by the table of RFC 3629, section 4: no overlong forms, no surrogates, nothing past U+10FFFF. */
final class Utf8 {
    /** The most bytes of a character. */
    private static final int LONGEST = 4;

    private Utf8() {}

    /**
     * The index after the sequence of two to four bytes that begins at {@code i} with a byte of 0x80 or more, or -1 if
     * it is malformed. The buffer must hold an ASCII byte somewhere after {@code i}.
     */
    static int afterSequence(byte[] b, int i) {
        int lead = b[i] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return isTail(b[i + 1]) ? i + 2 : -1;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int second = b[i + 1] & 0xFF;
            int lowest = lead == 0xE0 ? 0xA0 : 0x80;
            int highest = lead == 0xED ? 0x9F : 0xBF;
            return second >= lowest && second <= highest && isTail(b[i + 2]) ? i + 3 : -1;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            int second = b[i + 1] & 0xFF;
            int lowest = lead == 0xF0 ? 0x90 : 0x80;
            int highest = lead == 0xF4 ? 0x8F : 0xBF;
            return second >= lowest && second <= highest && isTail(b[i + 2]) && isTail(b[i + 3]) ? i + 4 : -1;
        }
        return -1;
    }

    /** Whether the bytes at {@code [from, to)} are UTF-8, whatever stands behind them. */
    static boolean isValid(byte[] b, int from, int to) {
        int i = EightBytes.asciiEnd(b, from, to);
        while (i < to) {
            // Only a sequence that may reach beyond the end needs a copy, which zeros follow.
            boolean near = to - i < LONGEST;
            int after =
                    near ? afterSequence(Arrays.copyOf(Arrays.copyOfRange(b, i, to), LONGEST), 0) : afterSequence(b, i);
            if (after < 0) {
                return false;
            }
            i = EightBytes.asciiEnd(b, near ? i + after : after, to);
        }
        return true;
    }

    private static boolean isTail(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /** How many characters the bytes are: code points, and each byte by itself where they are no UTF-8. */
    static int characters(byte[] b, int from, int to) {
        int n = 0;
        for (int i = from; i < to; n++) {
            int next = b[i] >= 0 ? i + 1 : afterSequence(b, i);
            i = next < 0 || next > to ? i + 1 : next;
        }
        return n;
    }
}
