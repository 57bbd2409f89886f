package dev.exposit.parser;

import java.util.Arrays;

/**
 * Tells whether a fingerprint may have been there before, in family after family: a few are compared one by one, more stand in
 * a hash table with linear probing.
 */
final class SeenFingerprints {
    /** Most families have no more series. */
    private static final int FEW = 8;

    private static final int FIRST_LENGTH = 64;
    /** Of more series, the memory is not kept for the next family. */
    private static final int MOST_KEPT = 1 << 14;

    /** In the order in which they came. */
    private long[] all = new long[FEW];

    private int size;

    /** Of more than a few: 0 is a free slot. Only {@link #length} slots are in use, whatever a family before took. */
    private long[] slots = {};
    /** A power of two. */
    private int length;

    void clear() {
        if (size > MOST_KEPT) {
            all = new long[FEW];
            slots = new long[0];
        }
        size = 0;
        length = 0;
    }

    /** Adds a fingerprint; false if it was there before, or looks as if it was. */
    boolean add(long fingerprint) {
        long kept = fingerprint == 0 ? 1 : fingerprint;
        if (size < FEW ? isAmongFew(kept) : isAmongMany(kept)) {
            return false;
        }
        if (size == all.length) {
            all = Arrays.copyOf(all, 2 * size);
        }
        all[size++] = kept;
        return true;
    }

    private boolean isAmongFew(long kept) {
        for (int i = 0; i < size; i++) {
            if (all[i] == kept) {
                return true;
            }
        }
        return false;
    }

    /** Looks a fingerprint up in the table, and puts it there if it is new. */
    private boolean isAmongMany(long kept) {
        if (2 * size >= length) {
            grow();
        }
        return !put(kept);
    }

    private void grow() {
        length = Math.max(FIRST_LENGTH, 4 * length);
        if (slots.length < length) {
            slots = new long[length];
        } else {
            Arrays.fill(slots, 0, length, 0);
        }
        for (int i = 0; i < size; i++) {
            put(all[i]);
        }
    }

    /** False if it stands there. */
    private boolean put(long kept) {
        long[] table = slots;
        int mask = length - 1;
        int slot = (int) kept & mask;
        while (table[slot] != 0) {
            if (table[slot] == kept) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = kept;
        return true;
    }
}
