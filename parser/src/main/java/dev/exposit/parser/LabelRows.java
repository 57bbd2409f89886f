package dev.exposit.parser;

import dev.exposit.model.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The label sets of a family read before, row by row. Of the objects of a system each family mostly tells in the same order, with
 * labels that begin alike or are the same. So the bytes of a set are compared with those of the row that has the same number
 * among its family's: both are walked through from one end to the other, where a hash table is memory at random places.
 *
 * <p>A family that begins like the rows follows them, and adds what it has more of. Of another one the first row takes their
 * place, and only that: mostly no family is like it, and then the others would be kept for nothing.
 */
final class LabelRows {
    private static final int FIRST_BYTES = 1 << 10;
    private static final int FIRST_ROWS = 1 << 4;
    /** Rows beyond that are not remembered. */
    private static final int MOST_BYTES = 1 << 21;

    private static final int MOST_ROWS = 1 << 14;

    /** The labels of all rows as they stand in messages, one row behind the other. */
    private byte[] bytes = new byte[FIRST_BYTES];
    /** For each row where its bytes end. */
    private int[] ends = new int[FIRST_ROWS];

    private Labels[] sets = new Labels[FIRST_ROWS];
    private LabelShape[] shapes = new LabelShape[FIRST_ROWS];
    private long[] fingerprints = new long[FIRST_ROWS];
    /** The hashes of all labels of all rows. */
    private long[] hashes = new long[FIRST_ROWS];

    /** For each row where its hashes begin. */
    private int[] firsts = new int[FIRST_ROWS];

    private int size;
    private int hashCount;
    /** The row at hand. */
    private int row;
    /** Whether the family began like the rows. */
    private boolean follows;

    /** Begins another family. */
    void begin() {
        row = 0;
        follows = false;
    }

    /** Leaves the row at hand, which was taken as it is, for the next one. */
    void next() {
        follows |= row == 0;
        row++;
    }

    private int from() {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** How many bytes of the labels from {@code from} on are those of the row at hand. */
    int same(byte[] b, int from, int to) {
        if (row >= size) {
            return 0;
        }
        int rowFrom = from();
        int length = Math.min(ends[row] - rowFrom, to - from);
        int different = Arrays.mismatch(bytes, rowFrom, rowFrom + length, b, from, from + length);
        return different < 0 ? length : different;
    }

    /** Whether so many bytes are all that the row at hand has. */
    boolean isWhole(int same) {
        return row < size && same == ends[row] - from();
    }

    Labels set() {
        return sets[row];
    }

    LabelShape shape() {
        return shapes[row];
    }

    long fingerprint() {
        return fingerprints[row];
    }

    /** Copies the values of the first labels of the row at hand, and the hashes that belong to them. */
    void copy(int count, @Nullable String[] values, long[] to) {
        Labels set = sets[row];
        for (int i = 0; i < count; i++) {
            values[i] = set.value(i);
        }
        System.arraycopy(hashes, firsts[row], to, 0, count);
    }

    /**
     * Takes note of a set that is not that of the row at hand, and leaves it for the next one.
     *
     * @param alike how many labels it had in common with that row
     */
    void next(
            int alike, Labels set, LabelShape shape, long fingerprint, long[] hashesOfSet, byte[] b, int from, int to) {
        if (row == 0) {
            follows = 2 * alike > set.size();
            if (!follows) {
                size = 0;
                hashCount = 0;
            }
        }
        boolean isWanted = row == 0 || follows;
        if (isWanted && row == size && size < MOST_ROWS && from() + to - from <= MOST_BYTES) {
            add(set, shape, fingerprint, hashesOfSet, b, from, to);
        }
        row++;
    }

    private void add(Labels set, LabelShape shape, long fingerprint, long[] hashesOfSet, byte[] b, int from, int to) {
        int begin = from();
        int end = begin + to - from;
        int count = set.size();
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            sets = Arrays.copyOf(sets, 2 * size);
            shapes = Arrays.copyOf(shapes, 2 * size);
            fingerprints = Arrays.copyOf(fingerprints, 2 * size);
            firsts = Arrays.copyOf(firsts, 2 * size);
        }
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        if (hashCount + count > hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(hashCount + count, 2 * hashes.length));
        }
        System.arraycopy(b, from, bytes, begin, to - from);
        System.arraycopy(hashesOfSet, 0, hashes, hashCount, count);
        ends[size] = end;
        sets[size] = set;
        shapes[size] = shape;
        fingerprints[size] = fingerprint;
        firsts[size] = hashCount;
        hashCount += count;
        size++;
    }
}
