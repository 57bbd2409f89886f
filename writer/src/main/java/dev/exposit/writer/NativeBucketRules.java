package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.NativeBucket;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.StandardSchema;
import org.jspecify.annotations.Nullable;

/**
 * What OpenMetrics 2.0 demands of native buckets of a standard schema whatever the type of their family, beyond
 * that they make sense.
 *
 * <p>Specification: OpenMetrics 2.0, "Native Buckets" and "Histogram with Native Buckets".
 */
final class NativeBucketRules {
    /** Fractions rarely add up to the last digit. */
    private static final double ROUNDING = 1e-9;

    private NativeBucketRules() {}

    /** Why native buckets cannot be written beside this count and sum, in words, or null if they can. */
    static @Nullable String violation(NativeBuckets buckets, @Nullable Double count, @Nullable Double sum) {
        if (count == null || sum == null) {
            return "there is no " + (count == null ? "count" : "sum");
        }
        String defect = buckets.defect().orElse(null);
        if (defect != null) {
            return defect;
        }
        for (NativeBucket bucket : buckets.buckets()) {
            double infinity = bucket.upper() == Double.POSITIVE_INFINITY ? bucket.upper() : bucket.lower();
            if (Double.isInfinite(infinity) && !isInSum(bucket.count() > 0, infinity, sum)) {
                return "infinity is not in the sum";
            }
        }
        return total(buckets.total(), count, sum);
    }

    /** Whether the sum shows what it must if an infinite value was measured. */
    static boolean isInSum(boolean measured, double infinity, double sum) {
        return !measured || sum == infinity || Double.isNaN(sum);
    }

    private static @Nullable String total(double total, double count, double sum) {
        if (Math.abs(count - total) <= ROUNDING * Math.abs(total)) {
            return null;
        }
        if (count < total) {
            return "they count more than the count";
        }
        return count > total && !Double.isNaN(sum) ? "they count less than the count" : null;
    }

    /** Sound buckets without such as stand behind that of infinity, which are empty: none of them may be named. */
    static NativeBuckets withinInfinity(NativeBuckets buckets) {
        int last = StandardSchema.of(buckets.schema()).overflowIndex();
        boolean within = lastIndex(buckets.positive()) <= last && lastIndex(buckets.negative()) <= last;
        return within ? buckets : buckets.compacted();
    }

    private static long lastIndex(NativeBuckets.Side side) {
        long next = 0;
        long last = Long.MIN_VALUE;
        for (NativeBuckets.Span span : side.spans()) {
            next += span.offset() + (long) span.length();
            last = span.length() > 0 ? next - 1 : last;
        }
        return last;
    }

    /**
     * Why the counts of a histogram are read back as of the other kind, in words, or null if they are not: the text does
     * not say whether they are integers or floats, so that readers go by whether all are whole.
     */
    static @Nullable String otherCounts(HistogramValue histogram, NativeBuckets buckets) {
        boolean whole = isWhole(histogram.count())
                && isWhole(buckets.zeroCount())
                && buckets.positive().counts().stream().allMatch(NativeBucketRules::isWhole)
                && buckets.negative().counts().stream().allMatch(NativeBucketRules::isWhole);
        if (whole != buckets.floatCounts()) {
            return null;
        }
        return whole
                ? "float counts that are whole are read back as integers"
                : "integer counts that are fractions are read back as floats";
    }

    private static boolean isWhole(@Nullable Double count) {
        return count != null && count == Math.rint(count) && !Double.isInfinite(count);
    }
}
