package dev.exposit.parser;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Looks at eight bytes of a text at once, as one {@code long} whose lowest byte is the first.
 *
 * <p>Source: Henry S. Warren, <i>Hacker's Delight</i>, 2nd edition 2012, section 6-1, "Find First 0-Byte": of {@code x - 0x01…01}
 * the lowest byte whose top bit went on is the first that was 0. Where no byte of {@code x} has its top bit set, that is
 * all there is to it.
 */
final class EightBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;

    private EightBytes() {}

    /** The eight bytes from {@code i} on. */
    static long get(byte[] b, int i) {
        return (long) LONGS.get(b, i);
    }

    /** The index of the first byte from {@code i} on that is not {@link ByteClass#PLAIN}; there must be one. */
    static int plainEnd(byte[] b, int i) {
        int at = i;
        int last = b.length - Long.BYTES;
        while (at <= last) {
            long marks = notPlain((long) LONGS.get(b, at));
            if (marks != 0) {
                return at + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (ByteClass.is(ByteClass.PLAIN, b[at])) {
            at++;
        }
        return at;
    }

    /**
     * Marks by its top bit the first byte that is a quote, a backslash, a line feed or not ASCII; above it marks may be
     * wrong.
     */
    static long notPlain(long bytes) {
        long quote = (bytes ^ ('"' * ONES)) - ONES;
        long backslash = (bytes ^ ('\\' * ONES)) - ONES;
        long lineFeed = (bytes ^ ('\n' * ONES)) - ONES;
        return (quote | backslash | lineFeed | bytes) & TOP_BITS;
    }

    /** The index of the first byte of {@code [i, to)} that is not ASCII, or {@code to}. */
    static int asciiEnd(byte[] b, int i, int to) {
        int at = i;
        while (at <= to - Long.BYTES) {
            long marks = (long) LONGS.get(b, at) & TOP_BITS;
            if (marks != 0) {
                return at + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < to && b[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Whether texts of a length stand at {@code p[i]} and {@code q[j]}, and are the same. */
    static boolean same(byte[] p, int i, byte[] q, int j, int length) {
        if (length > Math.min(p.length - i, q.length - j) - Long.BYTES) {
            return length <= Math.min(p.length - i, q.length - j) && Arrays.equals(p, i, i + length, q, j, j + length);
        }
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            if ((long) LONGS.get(p, i + done) != (long) LONGS.get(q, j + done)) {
                return false;
            }
        }
        long difference = (long) LONGS.get(p, i + done) ^ (long) LONGS.get(q, j + done);
        // What stands behind the texts is shifted out. A shift by all 64 bits would be none.
        return done == length || difference << (Long.SIZE - Byte.SIZE * (length - done)) == 0;
    }
}
