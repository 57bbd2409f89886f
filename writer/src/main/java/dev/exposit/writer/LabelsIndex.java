package dev.exposit.writer;

import dev.exposit.model.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers label sets from 0 on and finds them again; much like a hash map, but without an object for each. */
final class LabelsIndex {
    private static final int FIRST_SLOTS = 64;

    private final List<Labels> sets = new ArrayList<>();
    /** Open addressing: a hash above, a number plus one below; 0 marks a free slot. Their count is a power of two. */
    private long[] slots = new long[FIRST_SLOTS];

    /** Forgets all sets. Keeps the table for as many again, unless it has become much too large. */
    void clear() {
        if (sets.isEmpty()) {
            return;
        }
        if (slots.length > FIRST_SLOTS && 16L * sets.size() < slots.length) {
            slots = new long[FIRST_SLOTS];
        } else {
            Arrays.fill(slots, 0);
        }
        sets.clear();
    }

    /** Adds a set and answers -1, or answers the number of the equal one that was added before. */
    int add(Labels labels) {
        int hash = labels.hashCode();
        int slot = slot(labels, hash);
        if (slots[slot] != 0) {
            return number(slots[slot]);
        }
        sets.add(labels);
        slots[slot] = (long) hash << Integer.SIZE | sets.size();
        if (2 * sets.size() > slots.length) {
            grow();
        }
        return -1;
    }

    /** The number of an equal set, or -1. */
    int find(Labels labels) {
        long entry = slots[slot(labels, labels.hashCode())];
        return entry == 0 ? -1 : number(entry);
    }

    private static int number(long entry) {
        return (int) entry - 1;
    }

    private static int hash(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    /** Where a set is, or where it would go. */
    private int slot(Labels labels, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0
                && !(hash(slots[slot]) == hash && sets.get(number(slots[slot])).equals(labels))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        int mask = larger.length - 1;
        for (long entry : slots) {
            if (entry != 0) {
                int slot = hash(entry) & mask;
                while (larger[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                larger[slot] = entry;
            }
        }
        slots = larger;
    }
}
