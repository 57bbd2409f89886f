package dev.exposit.model;

import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds {@link NativeBuckets}; not safe for use by several threads. Each call of {@link #positive} or {@link #negative}
 * adds a run of buckets behind those before.
 *
 * <p>Specification: Prometheus, "Native histograms", section "Buckets".
 */
public final class NativeBucketsBuilder {
    private final int schema;
    private double zeroThreshold;
    private double zeroCount;
    private final Runs positive = new Runs();
    private final Runs negative = new Runs();
    private final List<Double> customBounds = new ArrayList<>();
    private boolean floatCounts;

    NativeBucketsBuilder(int schema) {
        this.schema = schema;
    }

    /** Sets how wide the zero bucket is on either side of zero, at least 0; 0 if not set. */
    public NativeBucketsBuilder zeroThreshold(double zeroThreshold) {
        this.zeroThreshold = zeroThreshold;
        return this;
    }

    /** Sets how many events fell into the zero bucket. */
    public NativeBucketsBuilder zeroCount(double zeroCount) {
        this.zeroCount = zeroCount;
        return this;
    }

    /**
     * Adds neighbouring buckets above zero, or custom ones.
     *
     * @param index the first one's index, behind all buckets that were added to this side before
     * @param counts how many events fell into each, not cumulative
     * @throws IllegalArgumentException if the index is not behind the buckets before
     */
    public NativeBucketsBuilder positive(int index, double... counts) {
        positive.add(index, counts);
        return this;
    }

    /**
     * Adds neighbouring buckets below zero.
     *
     * @param index the index of the one nearest to zero, behind all buckets that were added to this side before
     * @param counts how many events fell into each, not cumulative, away from zero
     * @throws IllegalArgumentException if the index is not behind the buckets before
     */
    public NativeBucketsBuilder negative(int index, double... counts) {
        negative.add(index, counts);
        return this;
    }

    /** Adds upper bounds of custom buckets, in rising order, without +Inf. */
    public NativeBucketsBuilder customBounds(double... bounds) {
        for (double bound : bounds) {
            customBounds.add(bound);
        }
        return this;
    }

    /** Says that the histogram counts in floats. */
    public NativeBucketsBuilder floatCounts() {
        floatCounts = true;
        return this;
    }

    /**
     * The buckets as built so far.
     *
     * @throws IllegalArgumentException if the schema is none, or there are custom bounds in a standard one
     */
    public NativeBuckets build() {
        return new NativeBuckets(
                schema, zeroThreshold, zeroCount, positive.side(), negative.side(), customBounds, floatCounts);
    }

    private static final class Runs {
        private final List<Span> spans = new ArrayList<>();
        private final List<Double> counts = new ArrayList<>();
        private long end;

        void add(int index, double... more) {
            long offset = index - end;
            if ((!spans.isEmpty() && offset < 0) || offset > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("the index must be at least " + end + " and in reach, got " + index);
            }
            spans.add(new Span((int) offset, more.length));
            for (double count : more) {
                counts.add(count);
            }
            end = index + (long) more.length;
        }

        Side side() {
            return spans.isEmpty() ? Side.none() : new Side(spans, counts);
        }
    }
}
