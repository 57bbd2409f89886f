package dev.exposit.lint;

import dev.exposit.parser.ByteView;
import java.util.SplittableRandom;

/**
 * Counts a label's distinct values up to a limit, in a hash table of 64-bit hashes that never grows beyond it. The hash
 * depends on a random seed; that two of a thousand values share one is as good as impossible.
 */
final class DistinctValues {
    private static final long SEED = new SplittableRandom().nextLong();
    /** A power of two, so large that the table is never more than half full. */
    private static final int MOST_SLOTS = Integer.highestOneBit(LabelCheck.MANY_VALUES) * 4;

    private long[] slots = new long[8];
    private int size;

    /** Adds a value; true if it is the first beyond the limit. Nothing is counted from there on. */
    boolean add(ByteView value) {
        if (size > LabelCheck.MANY_VALUES || !insert(hash(value))) {
            return false;
        }
        size++;
        if (size > LabelCheck.MANY_VALUES) {
            slots = new long[0];
            return true;
        }
        if (2 * size > slots.length && slots.length < MOST_SLOTS) {
            grow();
        }
        return false;
    }

    private boolean insert(long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            if (slots[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = hash;
        return true;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long hash : old) {
            if (hash != 0) {
                insert(hash);
            }
        }
    }

    /** Never 0, which marks free slots. */
    private static long hash(ByteView value) {
        long hash = SEED;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.byteAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash == 0 ? 1 : hash;
    }
}
