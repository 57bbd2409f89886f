package dev.exposit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    /** Copies the list, unless it is {@link PlainBuckets}. */
    public HistogramValue {
        buckets = buckets instanceof PlainBuckets ? buckets : List.copyOf(buckets);
    }

    /** A builder, pleasant in tests. */
    public static Builder builder() {
        return new Builder();
    }

    // ---- Estimates

    /** The count, or, if it is not given, what the native buckets or the +Inf bucket hold; NaN if nothing says. */
    public double eventCount() {
        return HistogramEstimate.eventCount(this);
    }

    /** The mean of all events, sum by count, as {@code histogram_avg} has it; NaN without events or sum. */
    public double average() {
        return sum == null ? Double.NaN : sum / eventCount();
    }

    /**
     * The value that a part of the events does not exceed, estimated as {@code histogram_quantile} does: from the native
     * buckets if there are any, else from the classic ones.
     *
     * <p>Specification: Prometheus, "Native histograms", "Interpolation within a bucket", and "Query functions".
     *
     * @param q the part, 0 to 1
     * @return the value; -Inf for a part below 0, +Inf for one above 1; NaN without events, for a part of NaN, if the
     *     value would have to be above events of NaN, or if there is no classic bucket beside +Inf
     * @throws IllegalArgumentException if the native buckets have a {@linkplain NativeBuckets#defect() defect}
     */
    public double quantile(double q) {
        return HistogramEstimate.quantile(this, q);
    }

    /**
     * The part of the events between two values, estimated as {@code histogram_fraction} does. Events of NaN are never
     * between.
     *
     * @param lower from where on, possibly -Inf
     * @param upper up to where, possibly +Inf
     * @return 0 to 1; NaN without events, if a bound is NaN, or if there are classic buckets only and none is +Inf
     * @throws IllegalArgumentException if the native buckets have a {@linkplain NativeBuckets#defect() defect}
     */
    public double fraction(double lower, double upper) {
        return HistogramEstimate.fraction(this, lower, upper);
    }

    /**
     * The variance of the events, estimated as {@code histogram_stdvar} does: as if each had the middle of its bucket.
     * Classic buckets are taken as {@linkplain #toCustomBuckets() custom ones}.
     *
     * @return at least 0; NaN without events or sum, or if classic buckets have a {@link #classicDefect()}
     * @throws IllegalArgumentException if the native buckets have a {@linkplain NativeBuckets#defect() defect}
     */
    public double variance() {
        return HistogramEstimate.variance(this);
    }

    /** The root of the {@link #variance()}, as {@code histogram_stddev} has it. */
    public double standardDeviation() {
        return Math.sqrt(variance());
    }

    // ---- Other forms

    /**
     * This histogram with classic buckets only, and what is lost by that. If there are classic ones they stay and the
     * native ones go. Else the bounds of the native buckets become classic bounds: all custom bounds, or those of the
     * buckets that hold events, with 0 or both ends of the zero bucket. The +Inf bucket has the count.
     *
     * @throws IllegalArgumentException if the native buckets are needed and have a
     *     {@linkplain NativeBuckets#defect() defect}
     */
    public ClassicForm toClassic() {
        return ClassicConversion.of(this);
    }

    /**
     * This histogram with custom native buckets (NHCB) in place of its classic ones, as Prometheus makes them of scraped
     * histograms. Buckets may stand in any order; of those with the same bound the first counts. Without +Inf bucket the
     * count stands for it, without count the highest bucket. Exemplars of buckets have no place in the value, and go.
     *
     * <p>Specification: Prometheus, "Native histograms", "Custom values" and "Scraping classic histograms as NHCBs".
     *
     * @throws IllegalArgumentException if there is a {@link #classicDefect()}, or there are native buckets already
     */
    public HistogramValue toCustomBuckets() {
        return CustomConversion.of(this);
    }

    /**
     * What makes no sense in the classic buckets, in words, if anything does: a bound or count that is NaN, a negative
     * count, one that is below that of a lower bound, or a +Inf bucket that differs from the count.
     */
    public Optional<String> classicDefect() {
        return Optional.ofNullable(CustomConversion.defect(this));
    }

    /**
     * The sum of both: of counts, sums and native buckets, and of classic buckets with bounds that both have. A count or
     * sum that one of them does not give, the result does not give. A bucket's exemplar is this one's, else the other's.
     *
     * @throws IllegalArgumentException if one has classic or native buckets and the other has not, or for what
     *     {@link NativeBuckets#plus} refuses
     */
    public HistogramValue plus(HistogramValue other) {
        return HistogramAddition.of(this, other);
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
