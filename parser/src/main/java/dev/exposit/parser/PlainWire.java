package dev.exposit.parser;

/**
 * Walks through protobuf messages that are read at once. It knows the usual only: what is written in another way, or reaches
 * beyond what it is part of, comes out as {@link #ODD}, and is left to the readers of events, which tell what is wrong with it.
 */
final class PlainWire {
    /** Where something else than the usual stands. */
    static final int ODD = -1;

    private static final int LENGTH_BITS = 28;
    /** Up to here a double holds every integer; so many bits are eight bytes of a varint at most. */
    private static final long EXACT = 1L << 53;

    private static final int INTEGER_BITS = 56;

    byte[] b = {};
    /** Where reading is. */
    int at;

    /** Begins at an index of some bytes. */
    void enter(byte[] bytes, int from) {
        if (b != bytes) {
            b = bytes;
        }
        at = from;
    }

    /** Reads a length; answers where what has it ends, within something that ends at {@code to}, or {@link #ODD}. */
    int end(int to) {
        int i = at;
        if (i >= to) {
            return ODD;
        }
        int length = b[i++];
        if (length < 0) {
            length &= 0x7F;
            byte next;
            int shift = 7;
            do {
                if (i >= to || shift == LENGTH_BITS) {
                    return ODD;
                }
                next = b[i++];
                length |= (next & 0x7F) << shift;
                shift += 7;
            } while (next < 0);
        }
        at = i;
        return length <= to - i ? i + length : ODD;
    }

    /** Reads a varint within something that ends at {@code to}; {@link #ODD} if a double may not hold it. */
    long integer(int to) {
        long value = 0;
        for (int shift = 0; shift < INTEGER_BITS && at < to; shift += 7) {
            byte next = b[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value <= EXACT ? value : ODD;
            }
        }
        return ODD;
    }

    /** Whether so many bits, at most four bytes, are a varint: all bytes but the last one say that it goes on. */
    static boolean isVarint(long bytes, int bits) {
        return (bytes & 0x8080_8080L) == (0x80_8080L & ((1L << (bits - Byte.SIZE)) - 1));
    }

    /** The number that a varint of at most four bytes is. */
    static int integerOf(long bytes) {
        return (int) ((bytes & 0x7F) | (bytes >>> 1 & 0x3F80) | (bytes >>> 2 & 0x1F_C000) | (bytes >>> 3 & 0xFE0_0000));
    }

    /** Whether a double stands here, within something that ends at {@code to}. */
    boolean hasNumber(int to) {
        return to - at >= Double.BYTES;
    }

    /** Reads a double that {@linkplain #hasNumber is there}. */
    double number() {
        double number = Double.longBitsToDouble(EightBytes.get(b, at));
        at += Double.BYTES;
        return number;
    }
}
