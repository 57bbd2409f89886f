package dev.exposit.model;

import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The buckets of one side that hold events, in rising order of their indexes: what is left of a side when its layout is
 * taken away. Immutable. Whatever is done takes time by the number of buckets, never by the distances between them.
 */
final class SparseCounts {
    private static final SparseCounts NONE = new SparseCounts(new int[0], new double[0], 0);

    private final int[] indexes;
    private final double[] counts;
    private final int size;

    private SparseCounts(int[] indexes, double[] counts, int size) {
        this.indexes = indexes;
        this.counts = counts;
        this.size = size;
    }

    /** Those of a side whose spans rise and whose indexes are in range, as {@link NativeDefect} makes sure. */
    static SparseCounts of(Side side) {
        if (side.counts().isEmpty()) {
            return NONE;
        }
        Collector collector = new Collector(side.counts().size());
        long index = 0;
        int at = 0;
        for (Span span : side.spans()) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++, index++, at++) {
                double count = side.counts().get(at);
                if (count != 0) {
                    collector.add(Math.toIntExact(index), count);
                }
            }
        }
        return collector.done();
    }

    int size() {
        return size;
    }

    int index(int at) {
        return indexes[at];
    }

    double count(int at) {
        return counts[at];
    }

    /** Of buckets joined where they get the same index, by a mapping that keeps the order. */
    SparseCounts mapped(IndexMapping mapping) {
        Collector collector = new Collector(size);
        for (int i = 0; i < size; i++) {
            collector.add(mapping.of(indexes[i]), counts[i]);
        }
        return collector.done();
    }

    /** Where the bucket of an index goes. */
    @FunctionalInterface
    interface IndexMapping {
        int of(int index);
    }

    /** With the other counts added, each multiplied by {@code sign}. */
    SparseCounts plus(SparseCounts other, int sign) {
        Collector collector = new Collector(size + other.size);
        int i = 0;
        int j = 0;
        while (i < size || j < other.size) {
            if (j == other.size || (i < size && indexes[i] <= other.indexes[j])) {
                collector.add(indexes[i], counts[i]);
                i++;
            } else {
                collector.add(other.indexes[j], sign * other.counts[j]);
                j++;
            }
        }
        return collector.done();
    }

    /** Without the first buckets, that many. */
    SparseCounts from(int at) {
        return new SparseCounts(Arrays.copyOfRange(indexes, at, size), Arrays.copyOfRange(counts, at, size), size - at);
    }

    double sum(int to) {
        double sum = 0;
        for (int i = 0; i < to; i++) {
            sum += counts[i];
        }
        return sum;
    }

    boolean hasNegative() {
        for (int i = 0; i < size; i++) {
            if (counts[i] < 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * The side with the fewest spans in which no more than {@code maxGap} empty buckets in a row stand among the others.
     */
    Side toSide(int maxGap) {
        if (size == 0) {
            return Side.none();
        }
        List<Span> spans = new ArrayList<>();
        List<Double> held = new ArrayList<>(size);
        int offset = indexes[0];
        int length = 0;
        for (int i = 0; i < size; i++) {
            int gap = i == 0 ? 0 : indexes[i] - indexes[i - 1] - 1;
            if (gap > maxGap) {
                spans.add(new Span(offset, length));
                offset = gap;
                length = 0;
            } else {
                for (int empty = 0; empty < gap; empty++) {
                    held.add(0.0);
                }
                length += gap;
            }
            held.add(counts[i]);
            length++;
        }
        spans.add(new Span(offset, length));
        return new Side(spans, held);
    }

    /** Takes buckets in rising order and joins those of the same index. */
    private static final class Collector {
        private final int[] indexes;
        private final double[] counts;
        private int size;

        Collector(int capacity) {
            indexes = new int[capacity];
            counts = new double[capacity];
        }

        void add(int index, double count) {
            if (size > 0 && indexes[size - 1] == index) {
                counts[size - 1] += count;
                return;
            }
            dropEmptyLast();
            indexes[size] = index;
            counts[size++] = count;
        }

        SparseCounts done() {
            dropEmptyLast();
            return size == 0 ? NONE : new SparseCounts(indexes, counts, size);
        }

        /** Counts of a gauge histogram can add up to nothing. */
        private void dropEmptyLast() {
            if (size > 0 && counts[size - 1] == 0) {
                size--;
            }
        }
    }
}
