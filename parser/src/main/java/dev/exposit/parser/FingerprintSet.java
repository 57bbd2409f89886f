package dev.exposit.parser;

import dev.exposit.model.Labels;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which label sets a large family has had, at some eight bytes for each.
 *
 * <p>A set is known by 60 bits that depend on a random seed, so nobody can make an exposition whose sets collide. In a
 * family of a million series the chance that some two collide, and are taken for one, is one in a million.
 *
 * <p>Twelve of the bits choose a segment, the other 48 stand in it, in a hash table with linear probing. Segments grow
 * one at a time and by little, so that growth needs hardly any memory at once.
 */
final class FingerprintSet {
    private static final int SEGMENT_BITS = 12;
    private static final int FIRST_SIZE = 16;

    /** One segment: 48 bits a slot, all of them 0 where the slot is free. */
    private static final class Segment {
        private int[] low = new int[FIRST_SIZE];
        private char[] high = new char[FIRST_SIZE];
        private int size;

        boolean contains(long bits) {
            return !isFree(slot(bits));
        }

        boolean add(long bits) {
            int slot = slot(bits);
            if (!isFree(slot)) {
                return false;
            }
            if (size >= low.length - low.length / 7) {
                grow();
                slot = slot(bits);
            }
            low[slot] = (int) bits;
            high[slot] = (char) (bits >>> 32);
            size++;
            return true;
        }

        private boolean isFree(int slot) {
            return low[slot] == 0 && high[slot] == 0;
        }

        /** Where bits stand, or the free slot where they would. */
        private int slot(long bits) {
            int slot = (int) (bits % low.length);
            while (!isFree(slot) && (low[slot] != (int) bits || high[slot] != (char) (bits >>> 32))) {
                slot = slot + 1 == low.length ? 0 : slot + 1;
            }
            return slot;
        }

        private void grow() {
            int[] oldLow = low;
            char[] oldHigh = high;
            low = new int[oldLow.length + oldLow.length / 4];
            high = new char[low.length];
            for (int i = 0; i < oldLow.length; i++) {
                long bits = ((long) oldHigh[i] << 32) | Integer.toUnsignedLong(oldLow[i]);
                if (bits != 0) {
                    int slot = slot(bits);
                    low[slot] = oldLow[i];
                    high[slot] = oldHigh[i];
                }
            }
        }
    }

    private final long seed = new SplittableRandom().nextLong();
    private final @Nullable Segment[] segments = new @Nullable Segment[1 << SEGMENT_BITS];

    /** Adds a label set; false if it was there before. */
    boolean add(Labels labels) {
        long fingerprint = fingerprint(labels);
        int index = (int) (fingerprint >>> (64 - SEGMENT_BITS));
        Segment segment = segments[index];
        if (segment == null) {
            segment = new Segment();
            segments[index] = segment;
        }
        return segment.add(stored(fingerprint));
    }

    /** Whether a label set was added. */
    boolean contains(Labels labels) {
        long fingerprint = fingerprint(labels);
        Segment segment = segments[(int) (fingerprint >>> (64 - SEGMENT_BITS))];
        return segment != null && segment.contains(stored(fingerprint));
    }

    /** The 48 bits that stand in a segment; never 0, which marks free slots. */
    private static long stored(long fingerprint) {
        return Math.max(fingerprint & 0xFFFF_FFFF_FFFFL, 1);
    }

    /** The same for the same labels in any order, labels with empty values left out. */
    private long fingerprint(Labels labels) {
        long sum = seed;
        for (int i = 0; i < labels.size(); i++) {
            String value = labels.value(i);
            if (!value.isEmpty()) {
                sum += mix(hash(hash(seed, labels.name(i)) + 1, value));
            }
        }
        return mix(sum);
    }

    private static long hash(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /** The finalizer of SplittableRandom (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
