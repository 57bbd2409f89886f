package dev.exposit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A distribution in classic buckets, in native buckets or in both. Counts are doubles: a classic count is an integer
 * by the specifications, a scaled one need not be.
 *
 * <p>Specification: OpenMetrics 1.0, "Histogram" and "GaugeHistogram"; Prometheus, "Native histograms".
 *
 * @param count how many events there were, or null if not given
 * @param sum the sum of the events' values, or null if not given
 * @param buckets the classic buckets in wire order, possibly none
 * @param nativeBuckets the native buckets, or null
 */
public record HistogramValue(
        @Nullable Double count,
        @Nullable Double sum,
        List<Bucket> buckets,
        @Nullable NativeBuckets nativeBuckets) implements Value {
    /**
     * A classic bucket.
     *
     * @param le the upper bound, inclusive; +Inf for the last
     * @param cumulativeCount how many events were at most {@code le}
     * @param exemplar an event of the bucket, or null
     */
    public record Bucket(
            LabelNumber le,
            double cumulativeCount,
            @Nullable Exemplar exemplar) {
        /** Refuses a null bound. */
        public Bucket {
            Objects.requireNonNull(le, "le");
        }

        /** The upper bound, inclusive. */
        public double upperBound() {
            return le.value();
        }

        @Override
        public String toString() {
            return le + ": " + cumulativeCount + (exemplar == null ? "" : " " + exemplar);
        }
    }

    /** Copies the list. */
    public HistogramValue {
        buckets = List.copyOf(buckets);
    }

    /** A builder, pleasant in tests. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String toString() {
        return "histogram(count=" + count + ", sum=" + sum + ", buckets=" + buckets
                + (nativeBuckets == null ? "" : ", " + nativeBuckets) + ')';
    }

    /** Builds a {@link HistogramValue}; not safe for use by several threads. */
    public static final class Builder {
        private @Nullable Double count;
        private @Nullable Double sum;
        private final List<Bucket> buckets = new ArrayList<>();
        private @Nullable NativeBuckets nativeBuckets;

        private Builder() {}

        /** Sets how many events there were. */
        public Builder count(double count) {
            this.count = count;
            return this;
        }

        /** Sets the sum of the events' values. */
        public Builder sum(double sum) {
            this.sum = sum;
            return this;
        }

        /** Adds a classic bucket: how many events were at most {@code upperBound}. */
        public Builder bucket(double upperBound, double cumulativeCount) {
            return bucket(upperBound, cumulativeCount, null);
        }

        /** Adds a classic bucket with an exemplar, or null. */
        public Builder bucket(double upperBound, double cumulativeCount, @Nullable Exemplar exemplar) {
            buckets.add(new Bucket(LabelNumber.of(upperBound), cumulativeCount, exemplar));
            return this;
        }

        /** Sets the native buckets. */
        public Builder nativeBuckets(NativeBuckets nativeBuckets) {
            this.nativeBuckets = nativeBuckets;
            return this;
        }

        /** The value as built so far. */
        public HistogramValue build() {
            return new HistogramValue(count, sum, buckets, nativeBuckets);
        }
    }
}
