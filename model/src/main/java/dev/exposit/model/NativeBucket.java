package dev.exposit.model;

import java.util.Objects;

/**
 * One bucket of a native histogram with its bounds, as {@link NativeBuckets#buckets()} has it.
 *
 * <p>Specification: Prometheus, "Native histograms", sections "Schema", "Zero bucket" and "Custom values".
 *
 * @param side where the bucket lies
 * @param index the bucket's index on its side; 0 for the zero bucket
 * @param lower the lower bound, possibly -Inf
 * @param lowerInclusive whether an event of the value {@code lower} belongs to the bucket
 * @param upper the upper bound, at least {@code lower}, possibly +Inf
 * @param upperInclusive whether an event of the value {@code upper} belongs to the bucket
 * @param count how many events fell into the bucket; of a gauge histogram or a difference possibly negative
 */
public record NativeBucket(
        Side side,
        int index,
        double lower,
        boolean lowerInclusive,
        double upper,
        boolean upperInclusive,
        double count) {
    /** Where a bucket lies. */
    public enum Side {
        /** Below zero. */
        NEGATIVE,
        /** Around zero, as wide as the zero threshold on either side. */
        ZERO,
        /** Above zero. */
        POSITIVE,
        /** Anywhere: a custom bucket. */
        CUSTOM
    }

    /** Refuses a null side. */
    public NativeBucket {
        Objects.requireNonNull(side, "side");
    }

    /** The bounds as mathematicians write them, such as {@code (1,2]}. */
    public String interval() {
        return (lowerInclusive ? "[" : "(")
                + DifferenceText.number(lower)
                + ','
                + DifferenceText.number(upper)
                + (upperInclusive ? "]" : ")");
    }

    /** Bounds and count, such as {@code (1,2]: 3}. */
    @Override
    public String toString() {
        return interval() + ": " + DifferenceText.number(count);
    }
}
