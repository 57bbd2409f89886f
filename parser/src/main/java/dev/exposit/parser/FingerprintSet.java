package dev.exposit.parser;

import dev.exposit.model.Labels;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Remembers which label sets a large family has had, at some eight bytes for each.
 *
 * <p>A set is known by 60 bits that depend on a random seed, so nobody can make an exposition whose sets collide. In a
 * family of a million series the chance that some two collide, and are taken for one, is one in a million.
 *
 * <p>Twelve of the bits choose a segment, the other 48 stand in it, in a hash table with linear probing. Segments grow
 * one at a time and by little, so that growth needs hardly any memory at once.
 *
 * <p>The set of a million series fits into no cache, so what counts is how many places one look-up visits. What is asked
 * for each segment stands in arrays over all of them, small enough to stay in the cache; a new set then mostly costs one
 * look into {@link #low}.
 */
final class FingerprintSet {
    private static final int SEGMENT_BITS = 12;
    private static final int SEGMENTS = 1 << SEGMENT_BITS;
    private static final int FIRST_LENGTH = 16;

    private final long seed = new SplittableRandom().nextLong();
    /** For each segment the lower 32 of the 48 bits, by slot; 0 where the slot is free. */
    private final int[][] low = new int[SEGMENTS][FIRST_LENGTH];
    /** For each segment the upper 16 of the 48 bits, by slot. */
    private final char[][] high = new char[SEGMENTS][FIRST_LENGTH];
    /** How many slots each segment has; its array knows as well, but lies far away. */
    private final int[] lengths = new int[SEGMENTS];

    private final int[] sizes = new int[SEGMENTS];

    FingerprintSet() {
        Arrays.fill(lengths, FIRST_LENGTH);
    }

    /** Adds a label set under a name; false if it was there before. */
    boolean add(String name, Labels labels) {
        return add(fingerprint(name, labels));
    }

    /** Adds a label set by a fingerprint of another kind, which must be as good; false if it was there before. */
    boolean add(long fingerprint) {
        int segment = (int) (fingerprint >>> (64 - SEGMENT_BITS));
        long bits = stored(fingerprint);
        int slot = slot(segment, bits);
        if (low[segment][slot] != 0) {
            return false;
        }
        put(segment, slot, (int) bits, (char) (bits >>> 32));
        // Grown at six sevenths, before linear probing becomes slow.
        if (++sizes[segment] > lengths[segment] - lengths[segment] / 7) {
            grow(segment);
        }
        return true;
    }

    /** The slot of a segment where bits stand, or the free one where they would. */
    private int slot(int segment, long bits) {
        int length = lengths[segment];
        int[] lows = low[segment];
        // The upper 32 of the 48 bits as a fraction of the length: no division, and growth keeps the order.
        int slot = (int) (((bits >>> 16) * length) >>> 32);
        while (lows[slot] != 0 && (lows[slot] != (int) bits || high[segment][slot] != (char) (bits >>> 32))) {
            slot = slot + 1 == length ? 0 : slot + 1;
        }
        return slot;
    }

    private void put(int segment, int slot, int lowBits, char highBits) {
        low[segment][slot] = lowBits;
        high[segment][slot] = highBits;
    }

    private void grow(int segment) {
        int[] oldLow = low[segment];
        char[] oldHigh = high[segment];
        int length = oldLow.length + oldLow.length / 4;
        low[segment] = new int[length];
        high[segment] = new char[length];
        lengths[segment] = length;
        for (int i = 0; i < oldLow.length; i++) {
            if (oldLow[i] != 0) {
                long bits = ((long) oldHigh[i] << 32) | Integer.toUnsignedLong(oldLow[i]);
                put(segment, slot(segment, bits), oldLow[i], oldHigh[i]);
            }
        }
    }

    /** The 48 bits that stand in a segment; the lower 32 are never 0, which marks free slots. */
    private static long stored(long fingerprint) {
        long bits = fingerprint & 0xFFFF_FFFF_FFFFL;
        return (int) bits == 0 ? bits | 1 : bits;
    }

    /** The same for the same labels in any order, labels with empty values left out. */
    private long fingerprint(String name, Labels labels) {
        long sum = mix(hash(seed, name));
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
