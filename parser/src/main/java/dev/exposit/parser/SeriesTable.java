package dev.exposit.parser;

import dev.exposit.model.Labels;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The label sets of a family, exactly: found by their fingerprints, told apart by a comparison. A hash table with linear
 * probing, which costs no object for a set.
 */
final class SeriesTable {
    /** Room for one: most families of a program have a single series. */
    private static final int FIRST_LENGTH = 2;

    private static final int MANY = 1 << 11;

    private static final long[] NO_FINGERPRINTS = {};
    private static final @Nullable Labels[] NO_SETS = {};

    private long[] fingerprints = NO_FINGERPRINTS;
    private @Nullable Labels[] sets = NO_SETS;
    private int size;

    /** Adds a label set of that fingerprint, labels with empty values left out; false if it was there before. */
    boolean add(long fingerprint, Labels labels) {
        if (2 * size >= sets.length) {
            grow();
        }
        int slot = (int) fingerprint & (sets.length - 1);
        for (Labels known = sets[slot]; known != null; known = sets[slot]) {
            if (fingerprints[slot] == fingerprint && isSame(known, labels)) {
                return false;
            }
            slot = (slot + 1) & (sets.length - 1);
        }
        fingerprints[slot] = fingerprint;
        sets[slot] = labels;
        size++;
        return true;
    }

    static boolean isSame(Labels one, Labels other) {
        return one.withoutEmpty().equals(other.withoutEmpty());
    }

    private void grow() {
        long[] oldFingerprints = fingerprints;
        @Nullable Labels[] old = sets;
        // Few steps while that costs little memory.
        int length = Math.max(FIRST_LENGTH, (old.length < MANY ? 4 : 2) * old.length);
        fingerprints = new long[length];
        sets = new @Nullable Labels[length];
        for (int i = 0; i < old.length; i++) {
            if (old[i] != null) {
                int slot = (int) oldFingerprints[i] & (length - 1);
                while (sets[slot] != null) {
                    slot = (slot + 1) & (length - 1);
                }
                fingerprints[slot] = oldFingerprints[i];
                sets[slot] = old[i];
            }
        }
    }

    /** Shows the fingerprints of all sets. */
    void forEachFingerprint(LongConsumer action) {
        for (int i = 0; i < sets.length; i++) {
            if (sets[i] != null) {
                action.accept(fingerprints[i]);
            }
        }
    }

    void clear() {
        fingerprints = NO_FINGERPRINTS;
        sets = NO_SETS;
        size = 0;
    }
}
