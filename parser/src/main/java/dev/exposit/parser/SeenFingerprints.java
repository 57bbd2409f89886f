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
    /** A table longer than that is not cleared for the next family but given up. */
    private static final int LONGEST_CLEARED = 1 << 10;

    private final long[] few = new long[FEW];
    /** 0 is a free slot. */
    private long[] slots = {};

    private int size;
    private boolean isMany;

    void clear() {
        if (isMany) {
            isMany = false;
            if (slots.length > LONGEST_CLEARED) {
                slots = new long[0];
            } else {
                Arrays.fill(slots, 0);
            }
        }
        size = 0;
    }

    /** Adds a fingerprint; false if it was there before, or looks as if it was. */
    boolean add(long fingerprint) {
        long kept = fingerprint == 0 ? 1 : fingerprint;
        return size < FEW ? addToFew(kept) : addToMany(kept);
    }

    private boolean addToFew(long kept) {
        for (int i = 0; i < size; i++) {
            if (few[i] == kept) {
                return false;
            }
        }
        few[size++] = kept;
        return true;
    }

    private boolean addToMany(long kept) {
        if (!isMany) {
            isMany = true;
            if (slots.length == 0) {
                slots = new long[FIRST_LENGTH];
            }
            put(few);
        } else if (2 * size >= slots.length) {
            long[] old = slots;
            slots = new long[4 * old.length];
            put(old);
        }
        int slot = free(kept);
        if (slot < 0) {
            return false;
        }
        slots[slot] = kept;
        size++;
        return true;
    }

    private void put(long[] all) {
        for (long kept : all) {
            if (kept != 0) {
                int slot = free(kept);
                if (slot >= 0) {
                    slots[slot] = kept;
                }
            }
        }
    }

    /** Where a fingerprint is to stand, or -1 if it stands there. */
    private int free(long kept) {
        long[] all = slots;
        int mask = all.length - 1;
        int slot = (int) kept & mask;
        while (all[slot] != 0) {
            if (all[slot] == kept) {
                return -1;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
