package dev.exposit.lint;

import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.parser.Composite;
import dev.exposit.parser.Composite.Part;
import dev.exposit.parser.ExpositionReader;
import java.util.List;

/**
 * Native buckets: that there are none beyond infinity and none to no end, and that they make up the count.
 *
 * <p>Specification: OpenMetrics 2.0, "Native Buckets" and "Histogram with Native Buckets".
 */
final class NativeCheck extends Check {
    /** The power of two that no double reaches: with schema 0, the bucket behind its own ends at infinity. */
    private static final int LAST_POWER = 1024;
    /** Buckets to a power of two in the highest schema, whose bounds include those of all others. */
    private static final double FINEST = 256;

    private static final double NEARLY = 1e-12;
    /** Fractions rarely add up to the last digit. */
    private static final double ROUNDING = 1e-9;

    NativeCheck(Findings findings) {
        super(findings);
    }

    @Override
    void composite(ExpositionReader in, LintedFamily family, Composite composite) {
        NativeBuckets buckets = composite.nativeBuckets();
        if (buckets == null) {
            return;
        }
        Counts counts = new Counts(findings, in, composite, family.type() == MetricType.HISTOGRAM);
        double threshold = buckets.zeroThreshold();
        if (threshold < 0) {
            counts.add(LintRule.NEGATIVE_VALUE, Part.ZERO_THRESHOLD, 0, "a threshold of at least 0");
        } else if (threshold > 0 && !isBound(threshold)) {
            String expected = "the bound of a native bucket, such as a power of two";
            counts.add(LintRule.ODD_ZERO_THRESHOLD, Part.ZERO_THRESHOLD, 0, expected);
        }
        counts.check(buckets.zeroCount(), Part.ZERO_COUNT, 0);
        int last = indexOfInfinity(buckets.schema());
        Side negative = new Side(buckets.negative(), Part.NEGATIVE_SPAN, Part.NEGATIVE_BUCKET);
        if (check(negative, counts, last)) {
            counts.wantInfiniteSum(Double.NEGATIVE_INFINITY);
        }
        Side positive = new Side(buckets.positive(), Part.POSITIVE_SPAN, Part.POSITIVE_BUCKET);
        if (check(positive, counts, last)) {
            counts.wantInfiniteSum(Double.POSITIVE_INFINITY);
        }
        compareCount(composite, buckets, counts);
    }

    /** One side of zero, and what its parts are called. */
    private record Side(NativeBuckets.Side buckets, Part span, Part bucket) {}

    /** Checks one side of zero; answers whether infinity was measured on it. */
    private boolean check(Side side, Counts counts, int last) {
        List<Double> all = side.buckets.counts();
        long next = 0;
        int bucket = 0;
        boolean infinite = false;
        for (int i = 0; i < side.buckets.spans().size(); i++) {
            NativeBuckets.Span span = side.buckets.spans().get(i);
            next += span.offset();
            int end = bucket + span.length();
            for (int k = bucket; k < end; k++) {
                counts.check(all.get(k), side.bucket, k);
                infinite |= next + (k - bucket) == last && all.get(k) > 0;
                if (isEmpty(all, k, bucket, end)) {
                    findEmpty(side, counts, k);
                }
            }
            bucket = end;
            next += span.length();
            if (span.length() > 0 && next - 1 > last) {
                String expected = "no bucket above index " + last + ", that of infinity";
                counts.add(LintRule.BUCKET_BEYOND_INFINITY, side.span, i, expected);
            }
        }
        return infinite;
    }

    /** Whether a bucket of a span has nothing in it and is not the only such one between two others. */
    private static boolean isEmpty(List<Double> counts, int index, int from, int to) {
        boolean between = index > from && index < to - 1 && counts.get(index - 1) != 0 && counts.get(index + 1) != 0;
        return counts.get(index) == 0 && !between;
    }

    private void findEmpty(Side side, Counts counts, int index) {
        if (findings.wants(LintRule.EMPTY_NATIVE_BUCKET)) {
            counts.add(LintRule.EMPTY_NATIVE_BUCKET, side.bucket, index, "buckets with something in them");
        }
    }

    private static void compareCount(Composite composite, NativeBuckets buckets, Counts counts) {
        double total = buckets.zeroCount();
        double magnitude = Math.abs(total);
        for (NativeBuckets.Side side : List.of(buckets.negative(), buckets.positive())) {
            for (double count : side.counts()) {
                total += count;
                magnitude += Math.abs(count);
            }
        }
        double count = composite.count();
        boolean equal = count == total
                || (Double.isNaN(count) && Double.isNaN(total))
                || (!Double.isInfinite(magnitude) && Math.abs(count - total) <= ROUNDING * magnitude);
        boolean restIsNaN = count > total && Double.isNaN(composite.sum());
        if (!equal && !restIsNaN) {
            String expected = "a count equal to all native buckets together, or above them and the sum NaN";
            counts.mismatch(expected, Numbers.text(total) + " in the buckets");
        }
    }

    /** The upper bound of bucket i is 2^(i / 2^schema). */
    private static int indexOfInfinity(int schema) {
        return (schema >= 0 ? LAST_POWER << schema : LAST_POWER >> -schema) + 1;
    }

    private static boolean isBound(double threshold) {
        double index = Math.rint(Math.log(threshold) / Math.log(2) * FINEST);
        return Math.abs(Math.pow(2, index / FINEST) - threshold) <= NEARLY * threshold;
    }
}
