package dev.exposit.model;

import dev.exposit.model.HistogramValue.Bucket;
import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * Classic buckets without exemplars, as their bounds and their counts. Histograms of a family mostly have the same bounds, and then
 * may share them: what each has of its own are as many numbers as there are buckets. A bucket becomes an object whenever it is
 * asked for.
 *
 * <p>{@link HistogramValue} takes such a list as it is, where it copies others. Immutable, hence safe for use by several threads,
 * as long as nobody changes the arrays.
 */
public final class PlainBuckets extends AbstractList<Bucket> implements RandomAccess {
    private final LabelNumber[] bounds;
    private final double[] counts;

    /**
     * Buckets of these parts, which from here on nobody may change.
     *
     * @param bounds the upper bounds, in wire order
     * @param counts for each bound how many events were at most it
     * @throws IllegalArgumentException if there are not as many of one as of the other
     */
    public PlainBuckets(LabelNumber[] bounds, double[] counts) {
        if (bounds.length != counts.length) {
            throw new IllegalArgumentException(
                    "expected as many counts as bounds, got " + counts.length + " and " + bounds.length);
        }
        this.bounds = bounds;
        this.counts = counts;
    }

    @Override
    public int size() {
        return counts.length;
    }

    @Override
    public Bucket get(int index) {
        return new Bucket(bounds[index], counts[index], null);
    }

    /** The upper bound of the bucket at a position, inclusive. */
    public LabelNumber bound(int index) {
        return bounds[index];
    }

    /** How many events were at most the bound at a position. */
    public double cumulativeCount(int index) {
        return counts[index];
    }

    /** Whether others have their bounds from the same array, which says that they are the same. */
    public boolean sharesBounds(PlainBuckets other) {
        return bounds == other.bounds;
    }
}
