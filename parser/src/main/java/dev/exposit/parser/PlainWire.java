package dev.exposit.parser;

/**
 * Walks through protobuf messages that are read at once. It knows the usual only: what is written in another way, or reaches
 * beyond what it is part of, comes out as {@link #ODD}, and is left to the readers of events, which tell what is wrong with it.
 */
final class PlainWire {
    /** Where something else than the usual stands. */
    static final int ODD = -1;

    /** The tags of a bucket's count and bound. */
    private static final int COUNT = (1 << 3) | MetricParts.VARINT;

    private static final int BOUND = (2 << 3) | MetricParts.FIXED64;

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

    /**
     * The count of a bucket at {@code [from, to)}, if that is all but a count of at most four bytes and behind it a bound, as nearly
     * all are; else {@link #ODD}. The bound then is the last eight bytes.
     *
     * <p>How long the count is shows by the bucket's length. So no branch depends on it, which no processor could foresee.
     */
    static int bucketCount(byte[] b, int from, int to) {
        int boundAt = to - Double.BYTES;
        int bits = Byte.SIZE * (boundAt - 2 - from);
        if (bits <= 0 || bits > Integer.SIZE || b[from] != COUNT || b[boundAt - 1] != BOUND) {
            return ODD;
        }
        // The bound behind it is eight bytes long, so there are as many here.
        long bytes = EightBytes.get(b, from + 1) & (-1L >>> (Long.SIZE - bits));
        // All bytes but the last one go on.
        if ((bytes & 0x8080_8080L) != (0x80_8080L & ((1L << (bits - Byte.SIZE)) - 1))) {
            return ODD;
        }
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
