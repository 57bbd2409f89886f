package dev.exposit.writer;

import dev.exposit.model.NativeBuckets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What OpenMetrics 2.0 demands of native buckets whatever the type of their family.
 *
 * <p>Specification: OpenMetrics 2.0, "Native Buckets" and "Histogram with Native Buckets".
 */
final class NativeBucketRules {
    /** Fractions rarely add up to the last digit. */
    private static final double ROUNDING = 1e-9;
    /** The exponent of the power of two that no double reaches. */
    private static final long OVERFLOW_EXPONENT = 1024;

    private NativeBucketRules() {}

    /** Why native buckets cannot be written beside this count and sum, in words, or null if they can. */
    static @Nullable String violation(NativeBuckets buckets, @Nullable Double count, @Nullable Double sum) {
        if (count == null || sum == null) {
            return "there is no " + (count == null ? "count" : "sum");
        }
        if (!(buckets.zeroThreshold() >= 0) || Double.isInfinite(buckets.zeroThreshold())) {
            return "the zero threshold is " + buckets.zeroThreshold();
        }
        String violation = side(buckets.positive(), buckets.schema(), Double.POSITIVE_INFINITY, sum);
        if (violation == null) {
            violation = side(buckets.negative(), buckets.schema(), Double.NEGATIVE_INFINITY, sum);
        }
        return violation != null ? violation : total(buckets, count, sum);
    }

    private static @Nullable String side(NativeBuckets.Side side, int schema, double infinity, double sum) {
        List<NativeBuckets.Span> spans = side.spans();
        long next = 0;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < spans.size(); i++) {
            NativeBuckets.Span span = spans.get(i);
            if (i > 0 && span.offset() < 0) {
                return "its spans overlap";
            }
            next += span.offset() + (long) span.length();
            last = span.length() > 0 ? next - 1 : last;
        }
        if (last < indexOfInfinity(schema)) {
            return null;
        }
        if (last > indexOfInfinity(schema)) {
            return "it has a bucket beyond infinity";
        }
        boolean measured = side.counts().get(side.counts().size() - 1) > 0;
        return isInSum(measured, infinity, sum) ? null : "infinity is not in the sum";
    }

    /** Whether the sum shows what it must if an infinite value was measured. */
    static boolean isInSum(boolean measured, double infinity, double sum) {
        return !measured || sum == infinity || Double.isNaN(sum);
    }

    /** The upper bound of bucket i is 2^(i / 2^schema); the bucket behind the one that reaches 2^1024 is the last. */
    private static long indexOfInfinity(int schema) {
        return (schema >= 0 ? OVERFLOW_EXPONENT << schema : OVERFLOW_EXPONENT >> -schema) + 1;
    }

    private static @Nullable String total(NativeBuckets buckets, double count, double sum) {
        double total = buckets.zeroCount() + total(buckets.negative()) + total(buckets.positive());
        if (Math.abs(count - total) <= ROUNDING * Math.abs(total)) {
            return null;
        }
        if (count < total) {
            return "they count more than the count";
        }
        return count > total && !Double.isNaN(sum) ? "they count less than the count" : null;
    }

    private static double total(NativeBuckets.Side side) {
        double total = 0;
        for (double count : side.counts()) {
            total += count;
        }
        return total;
    }
}
