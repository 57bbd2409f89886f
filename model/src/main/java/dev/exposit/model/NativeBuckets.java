package dev.exposit.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The native buckets of a histogram: a zero bucket, and buckets on either side of it whose bounds follow from the
 * schema. Only the runs of buckets that spans name are held, each with its absolute count.
 *
 * <pre>{@code
 * NativeBuckets buckets = NativeBuckets.builder(0).zeroCount(2).positive(0, 1, 2, 1).build();
 * List<NativeBucket> all = buckets.buckets(); // [0,0]: 2, (0.5,1]: 1, (1,2]: 2, (2,4]: 1
 * }</pre>
 *
 * <p>{@code equals} compares what is held, spans included; the {@linkplain MetricDiff semantic diff} and
 * {@link #compacted()} look through the layout. The record takes spans as a format lets them through; everything that
 * reckons with bounds refuses buckets with a {@link #defect()}. It takes time by the number of counts and bounds,
 * however far spans reach.
 *
 * <p>Specification: Prometheus, "Native histograms", sections "Schema", "Zero bucket" and "Buckets".
 *
 * @param schema the resolution, -4 to 8, or {@link #CUSTOM_BUCKETS}
 * @param zeroThreshold the width of the zero bucket on either side of zero, at least 0
 * @param zeroCount how many events fell into the zero bucket
 * @param positive the buckets above zero; with {@link #CUSTOM_BUCKETS}, all
 * @param negative the buckets below zero
 * @param customBounds the upper bounds in rising order with {@link #CUSTOM_BUCKETS}, else empty
 * @param floatCounts whether the histogram counts in floats, as one that was scaled or computed does; integers else
 */
public record NativeBuckets(
        int schema,
        double zeroThreshold,
        double zeroCount,
        Side positive,
        Side negative,
        List<Double> customBounds,
        boolean floatCounts) {
    /** The schema of a histogram whose bounds are given one by one (NHCB). */
    public static final int CUSTOM_BUCKETS = -53;

    /**
     * A run of neighbouring buckets.
     *
     * @param offset the first bucket's index, counted from the end of the run before, or from 0 for the first run
     * @param length how many buckets the run has, at least 0
     */
    public record Span(int offset, int length) {
        /** Refuses a negative length. */
        public Span {
            if (length < 0) {
                throw new IllegalArgumentException("a span's length must not be negative, got " + length);
            }
        }

        /** Offset and length, such as {@code -2+3}. */
        @Override
        public String toString() {
            return offset + "+" + length;
        }
    }

    /**
     * The buckets on one side of zero.
     *
     * @param spans which buckets are held
     * @param counts how many events fell into each of them, not cumulative; as many as the spans' lengths add up to
     */
    public record Side(List<Span> spans, List<Double> counts) {
        private static final Side NONE = new Side(List.of(), List.of());

        /** Copies the lists and refuses counts that do not match the spans. */
        public Side {
            spans = List.copyOf(spans);
            counts = List.copyOf(counts);
            long length = 0;
            for (Span span : spans) {
                length += span.length();
            }
            if (length != counts.size()) {
                throw new IllegalArgumentException("spans name " + length + " buckets, got " + counts.size());
            }
        }

        /** No buckets. */
        public static Side none() {
            return NONE;
        }
    }

    /** Copies the list and refuses null parts and a schema out of range. */
    public NativeBuckets {
        Objects.requireNonNull(positive, "positive");
        Objects.requireNonNull(negative, "negative");
        customBounds = List.copyOf(customBounds);
        if (schema != CUSTOM_BUCKETS && !StandardSchema.isStandard(schema)) {
            throw new IllegalArgumentException("schema must be -4 to 8 or -53, got " + schema);
        }
        if (schema != CUSTOM_BUCKETS && !customBounds.isEmpty()) {
            throw new IllegalArgumentException("only schema -53 has custom bounds, got schema " + schema);
        }
    }

    /**
     * A builder, pleasant in tests.
     *
     * @param schema -4 to 8, or {@link #CUSTOM_BUCKETS}
     */
    public static NativeBucketsBuilder builder(int schema) {
        return new NativeBucketsBuilder(schema);
    }

    // ---- Looking

    /**
     * What makes no sense in these buckets, in words, if anything does: spans that overlap, an index at which the schema
     * has no bucket for any number, a zero threshold that is negative or no finite number, custom bounds that do not
     * rise, custom buckets with a zero bucket or a negative side. Negative counts make sense in a gauge histogram.
     */
    public Optional<String> defect() {
        return Optional.ofNullable(NativeDefect.of(this));
    }

    /**
     * The buckets that hold events, with their bounds: the negative ones, the zero bucket, the positive ones, in rising
     * order. Where the zero bucket reaches into a bucket, that one begins at the zero threshold.
     *
     * @return a new list
     * @throws IllegalArgumentException if there is a {@link #defect()}
     */
    public List<NativeBucket> buckets() {
        return NativeWalk.buckets(sound());
    }

    /**
     * The same buckets, each with the count of all events up to its upper bound and with -Inf for its lower one.
     *
     * @return a new list
     * @throws IllegalArgumentException if there is a {@link #defect()}
     */
    public List<NativeBucket> cumulativeBuckets() {
        return NativeWalk.cumulative(sound());
    }

    /**
     * How many events all buckets hold. Events of NaN are in none.
     *
     * @see HistogramValue#count()
     */
    public double total() {
        double total = 0;
        for (double count : negative.counts()) {
            total += count;
        }
        total += zeroCount;
        for (double count : positive.counts()) {
            total += count;
        }
        return total;
    }

    // ---- Reckoning

    /**
     * These buckets in the shortest layout: no empty buckets, no empty spans, no two spans where one does.
     *
     * @throws IllegalArgumentException if there is a {@link #defect()}
     */
    public NativeBuckets compacted() {
        return compacted(0);
    }

    /**
     * These buckets in as few spans as can be with no more than {@code maxEmptyBuckets} empty buckets in a row, and none
     * at the beginning or end of a span. A short gap costs less to write as empty buckets than as one more span.
     *
     * @param maxEmptyBuckets at least 0
     * @throws IllegalArgumentException if there is a {@link #defect()}, or the number is negative
     */
    public NativeBuckets compacted(int maxEmptyBuckets) {
        if (maxEmptyBuckets < 0) {
            throw new IllegalArgumentException("maxEmptyBuckets must be at least 0, got " + maxEmptyBuckets);
        }
        sound();
        return with(
                schema,
                SparseCounts.of(positive).toSide(maxEmptyBuckets),
                SparseCounts.of(negative).toSide(maxEmptyBuckets));
    }

    /**
     * These buckets at a lower resolution, compacted: neighbours are joined until the schema is reached. The zero bucket
     * stays.
     *
     * @param lower a standard schema, at most this one
     * @throws IllegalArgumentException if there is a {@link #defect()}, these are custom buckets, or {@code lower} is
     *     above this schema or no standard one
     */
    public NativeBuckets withSchema(int lower) {
        if (schema == CUSTOM_BUCKETS) {
            throw new IllegalArgumentException("custom buckets have no schema to lower");
        }
        if (StandardSchema.of(lower).number() > schema) {
            throw new IllegalArgumentException("the schema can only be lowered, from " + schema + ", got " + lower);
        }
        sound();
        return with(
                lower,
                NativeAddition.reduced(SparseCounts.of(positive), schema, lower).toSide(0),
                NativeAddition.reduced(SparseCounts.of(negative), schema, lower).toSide(0));
    }

    /**
     * The sum of both, compacted. Of two standard schemas the lower one holds. Of two zero thresholds the wider one
     * holds, widened further to the end of a bucket that it would lie within; what the zero bucket comes to cover, it
     * counts. Of custom bounds those hold that both have. Integer counts stay integer if both are.
     *
     * @throws IllegalArgumentException if there is a {@link #defect()} in either, or one has custom buckets and the
     *     other has not
     */
    public NativeBuckets plus(NativeBuckets other) {
        return NativeAddition.of(sound(), other.sound(), 1);
    }

    /**
     * What is left if the other's events are taken away; as {@link #plus}, but counts can become negative and are floats
     * then.
     *
     * @throws IllegalArgumentException as for {@link #plus}
     */
    public NativeBuckets minus(NativeBuckets other) {
        return NativeAddition.of(sound(), other.sound(), -1);
    }

    private NativeBuckets with(int schema, Side positive, Side negative) {
        return new NativeBuckets(schema, zeroThreshold, zeroCount, positive, negative, customBounds, floatCounts);
    }

    NativeBuckets sound() {
        String defect = NativeDefect.of(this);
        if (defect != null) {
            throw new IllegalArgumentException(defect);
        }
        return this;
    }

    /** Schema and buckets, such as {@code native(schema=0, [0,0]: 2, (1,2]: 3)}; what is held, if there is a defect. */
    @Override
    public String toString() {
        return NativeText.of(this);
    }
}
