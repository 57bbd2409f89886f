package dev.exposit.parser;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Hashes texts to 64 bits, sixteen bytes a step, with secrets of each JVM's own: texts come from the network, and nobody is
 * to make many that collide. Each step folds a product of 128 bits, so that any bit of it changes with all others before.
 *
 * <p>Reference: Wang Yi, wyhash, https://github.com/wangyi-fudan/wyhash, whose way with short texts this is: two words that
 * overlap where the length is no power of two.
 */
final class TextHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long SEED;
    private static final long FIRST;
    private static final long SECOND;
    private static final long PAIR;

    static {
        SplittableRandom random = new SplittableRandom();
        SEED = random.nextLong();
        FIRST = random.nextLong() | 1;
        SECOND = random.nextLong() | 1;
        PAIR = random.nextLong() | 1;
    }

    private TextHash() {}

    /** The hash of the bytes at {@code [from, to)}. */
    static long of(byte[] b, int from, int to) {
        int length = to - from;
        long hash = SEED ^ length;
        long low;
        long high;
        if (length >= Long.BYTES) {
            int at = from;
            for (; to - at > 2 * Long.BYTES; at += 2 * Long.BYTES) {
                hash = fold((long) LONGS.get(b, at) ^ FIRST, (long) LONGS.get(b, at + Long.BYTES) ^ hash);
            }
            low = (long) LONGS.get(b, Math.max(from, to - 2 * Long.BYTES));
            high = (long) LONGS.get(b, to - Long.BYTES);
        } else if (length >= Integer.BYTES) {
            low = (int) INTS.get(b, from);
            high = (int) INTS.get(b, to - Integer.BYTES);
        } else if (length > 0) {
            low = (long) b[from] << 16 | (b[from + length / 2] & 0xFFL) << 8 | (b[to - 1] & 0xFFL);
            high = 0;
        } else {
            low = 0;
            high = 0;
        }
        return fold(SECOND ^ length, fold(low ^ FIRST, high ^ hash));
    }

    /** A hash of a label by those of its name and its value. */
    static long ofLabel(long name, long value) {
        return fold(name ^ PAIR, value ^ SECOND);
    }

    /** Both halves of the product. */
    private static long fold(long a, long b) {
        return Math.multiplyHigh(a, b) ^ (a * b);
    }
}
