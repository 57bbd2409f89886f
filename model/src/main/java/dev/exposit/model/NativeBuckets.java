package dev.exposit.model;

import java.util.List;
import java.util.Objects;

/**
 * The native buckets of a histogram: a zero bucket, and buckets on either side of it whose bounds follow from the
 * schema. Only the runs of buckets that spans name are held, each with its absolute count.
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

    private static final int LOWEST_SCHEMA = -4;
    private static final int HIGHEST_SCHEMA = 8;

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
        if (schema != CUSTOM_BUCKETS && (schema < LOWEST_SCHEMA || schema > HIGHEST_SCHEMA)) {
            throw new IllegalArgumentException("schema must be -4 to 8 or -53, got " + schema);
        }
        if (schema != CUSTOM_BUCKETS && !customBounds.isEmpty()) {
            throw new IllegalArgumentException("only schema -53 has custom bounds, got schema " + schema);
        }
    }
}
