package dev.exposit.parser;

/** Which bytes may stand where, as one table of bits by unsigned byte. */
final class ByteClass {
    static final int METRIC_NAME_START = 1;
    static final int METRIC_NAME = 2;
    static final int LABEL_NAME_START = 4;
    static final int LABEL_NAME = 8;
    static final int BLANK = 16;
    /** A byte of a quoted text that neither ends it nor needs a look: ASCII but quote, backslash and line feed. */
    static final int PLAIN = 32;

    private static final byte[] TABLE = new byte[256];

    static {
        for (int c = 0; c < 128; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean digit = c >= '0' && c <= '9';
            int bits = 0;
            if (letter) {
                bits |= METRIC_NAME_START | METRIC_NAME | LABEL_NAME_START | LABEL_NAME;
            }
            if (digit) {
                bits |= METRIC_NAME | LABEL_NAME;
            }
            if (c == ':') {
                bits |= METRIC_NAME_START | METRIC_NAME;
            }
            if (c == ' ' || c == '\t') {
                bits |= BLANK;
            }
            if (c != '"' && c != '\\' && c != '\n') {
                bits |= PLAIN;
            }
            TABLE[c] = (byte) bits;
        }
    }

    private ByteClass() {}

    static boolean is(int bits, byte b) {
        return (TABLE[b & 0xFF] & bits) != 0;
    }
}
