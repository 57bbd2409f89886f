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
        if (b.length - i >= 2 * Long.BYTES) {
            long marks = notPlain((long) LONGS.get(b, i));
            if (marks != 0) {
                return i + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
            marks = notPlain((long) LONGS.get(b, i + Long.BYTES));
            if (marks != 0) {
                return i + Long.BYTES + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
            return plainEndFarther(b, i + 2 * Long.BYTES);
        }
        return plainEndFarther(b, i);
    }

    private static int plainEndFarther(byte[] b, int i) {
        int at = i;
        while (b.length - at >= Long.BYTES) {
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
        // What stands behind the last is shifted out; a shift by all 64 bits would be none.
        if (at == to
                || (b.length - at >= Long.BYTES
                        && ((long) LONGS.get(b, at) << (Long.SIZE - Byte.SIZE * (to - at)) & TOP_BITS) == 0)) {
            return to;
        }
        while (at < to && b[at] >= 0) {
            at++;
        }
        return at;
    }

    /** The index of the first byte from {@code i} on that is not {@link ByteClass#METRIC_NAME}; there must be one. */
    static int metricNameEnd(byte[] b, int i) {
        int at = i;
        while (b.length - at >= Long.BYTES) {
            long marks = notOfMetricName((long) LONGS.get(b, at));
            if (marks != 0) {
                return at + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (ByteClass.is(ByteClass.METRIC_NAME, b[at])) {
            at++;
        }
        return at;
    }

    /**
     * Marks by its top bit each byte that is not a letter, a digit, an underscore or a colon. Of seven bits and a number of
     * seven bits no sum reaches the next byte, and its top bit tells whether it is 128 or more.
     */
    static long notOfMetricName(long bytes) {
        long low = bytes & ~TOP_BITS;
        long small = low | (' ' * ONES);
        long letters = (small + ((128 - 'a') * ONES)) & ~(small + ((127 - 'z') * ONES));
        long digitsAndColon = (low + ((128 - '0') * ONES)) & ~(low + ((127 - ':') * ONES));
        long noUnderscore = (low ^ ('_' * ONES)) + 127 * ONES;
        return (bytes | (~(letters | digitsAndColon) & noUnderscore)) & TOP_BITS;
    }

    /** Whether texts of a length stand at {@code p[i]} and {@code q[j]}, and are the same. */
    static boolean same(byte[] p, int i, byte[] q, int j, int length) {
        int room = Math.min(p.length - i, q.length - j);
        if (length < Long.BYTES) {
            if (room < Long.BYTES) {
                return length <= room && Arrays.equals(p, i, i + length, q, j, j + length);
            }
            // What stands behind the texts is shifted out. A shift by all 64 bits would be none.
            return length == 0 || difference(p, i, q, j) << (Long.SIZE - Byte.SIZE * length) == 0;
        }
        if (length > room) {
            return false;
        }
        int done = 0;
        while (length - done > Long.BYTES) {
            if (difference(p, i + done, q, j + done) != 0) {
                return false;
            }
            done += Long.BYTES;
        }
        // The last eight overlap those before.
        int rest = length - Long.BYTES;
        return difference(p, i + rest, q, j + rest) == 0;
    }

    /**
     * How far texts of a length at {@code p[i]} and {@code q[j]} are the same; -1 if they are. For long ones: the JDK's own compares
     * what does not fill eight bytes byte by byte, in a loop whose end no processor foresees.
     */
    static int mismatch(byte[] p, int i, byte[] q, int j, int length) {
        int whole = length & -Long.BYTES;
        int same = Arrays.mismatch(p, i, i + whole, q, j, j + whole);
        if (same >= 0 || whole == length) {
            return same;
        }
        if (whole == 0) {
            return Arrays.mismatch(p, i, i + length, q, j, j + length);
        }
        // The last eight overlap those before.
        int last = length - Long.BYTES;
        long difference = difference(p, i + last, q, j + last);
        return difference == 0 ? -1 : last + Long.numberOfTrailingZeros(difference) / Byte.SIZE;
    }

    private static long difference(byte[] p, int i, byte[] q, int j) {
        return (long) LONGS.get(p, i) ^ (long) LONGS.get(q, j);
    }
}
