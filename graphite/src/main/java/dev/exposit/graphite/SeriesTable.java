package dev.exposit.graphite;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * The paths of a push and of those before: which series each belongs to, so that two series with one path are noticed, and
 * the value that it had last, for differences.
 *
 * <p>A path is known by 128 bits that depend on a random seed, so that nobody can make paths that collide here; that two of
 * a million paths do by chance is beyond all odds. A hash table with linear probing holds them, 40 bytes a path. Paths that
 * the last push had not are forgotten when the table would have to grow for new ones. Not safe for use by several threads.
 */
final class SeriesTable {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_CAPACITY = 1024;
    /** Parts of an entry in {@link #entries}. */
    private static final int HIGH = 0;

    private static final int LOW = 1;
    private static final int OWNER = 2;
    private static final int PUSH = 3;
    private static final int VALUE = 4;
    private static final int STRIDE = 5;

    /** Odd numbers whose bits are spread: those of SplittableRandom and of PCG. */
    private static final long FIRST_MULTIPLIER = 0x9E3779B97F4A7C15L;

    private static final long SECOND_MULTIPLIER = 0x5851F42D4C957F2DL;

    private static final long NO_VALUE = Double.doubleToRawLongBits(Double.NaN);

    private final long seed = new SplittableRandom().nextLong();
    private long[] entries = new long[FIRST_CAPACITY * STRIDE];
    private int capacity = FIRST_CAPACITY;
    private int size;
    /** The push at hand, from 1; 0 marks a free entry. */
    private long push;

    private long high;
    private long low;
    private int entry;

    /** Begins a push: from now on every path is free again. */
    void beginPush() {
        push++;
    }

    /**
     * Looks a path up and takes it for a series.
     *
     * @param owner tells the series from all others of the push
     * @return whether the series may have it: no other has taken it in this push
     */
    boolean take(PathBuffer path, long owner) {
        hash(path);
        long high = this.high;
        long low = this.low;
        entry = find(high, low);
        if (entries[entry + PUSH] == 0) {
            if (size >= capacity - capacity / 4) {
                makeRoom();
                entry = find(high, low);
            }
            size++;
            entries[entry + HIGH] = high;
            entries[entry + LOW] = low;
            entries[entry + VALUE] = NO_VALUE;
        } else if (entries[entry + PUSH] == push) {
            return entries[entry + OWNER] == owner;
        }
        entries[entry + OWNER] = owner;
        entries[entry + PUSH] = push;
        return true;
    }

    /** Sets the value of the path taken last, and answers the one before, NaN if there was none. */
    double replaceValue(double value) {
        double before = Double.longBitsToDouble(entries[entry + VALUE]);
        entries[entry + VALUE] = Double.doubleToRawLongBits(value);
        return before;
    }

    /** How many paths have room. */
    int capacity() {
        return capacity;
    }

    private int find(long high, long low) {
        int slot = (int) (high >>> 32) & (capacity - 1);
        int at = slot * STRIDE;
        while (entries[at + PUSH] != 0 && (entries[at + HIGH] != high || entries[at + LOW] != low)) {
            slot = (slot + 1) & (capacity - 1);
            at = slot * STRIDE;
        }
        return at;
    }

    /** Forgets what neither this push nor the one before had, and grows if that is not enough. */
    private void makeRoom() {
        long[] old = entries;
        int kept = 0;
        for (int at = 0; at < old.length; at += STRIDE) {
            if (isRecent(old, at)) {
                kept++;
            }
        }
        while (kept >= capacity / 2) {
            capacity = Math.multiplyExact(capacity, 2);
        }
        entries = new long[Math.multiplyExact(capacity, STRIDE)];
        size = kept;
        for (int at = 0; at < old.length; at += STRIDE) {
            if (isRecent(old, at)) {
                System.arraycopy(old, at, entries, find(old[at + HIGH], old[at + LOW]), STRIDE);
            }
        }
    }

    private boolean isRecent(long[] table, int at) {
        return table[at + PUSH] != 0 && table[at + PUSH] >= push - 1;
    }

    /** Two hashes in one pass: eight bytes at a time, each step mixed into all bits, with the length at the end. */
    private void hash(PathBuffer path) {
        byte[] bytes = path.bytes();
        int length = path.length();
        long first = seed;
        long second = ~seed;
        int at = 0;
        for (; at <= length - Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at);
            first = step(first, eight, FIRST_MULTIPLIER);
            second = step(second, eight, SECOND_MULTIPLIER);
        }
        long rest = 0;
        for (; at < length; at++) {
            rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
        }
        high = mix(step(first, rest, FIRST_MULTIPLIER) + length);
        low = mix(step(second, rest, SECOND_MULTIPLIER) + length);
    }

    private static long step(long hash, long bits, long multiplier) {
        long mixed = (hash ^ bits) * multiplier;
        return mixed ^ (mixed >>> 32);
    }

    /** The finalizer of SplittableRandom (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
