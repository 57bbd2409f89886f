package dev.exposit.convert;

import dev.exposit.model.NativeBucket;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NativeBucketsBuilder;
import dev.exposit.model.StandardSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of a native histogram as prom2json and the HTTP API of Prometheus show it: by its bounds, without saying which
 * of the schema's it is.
 *
 * @param boundaries which bounds belong to it: 0 the upper one, 1 the lower one, 2 none, 3 both
 * @param lower the lower bound
 * @param upper the upper bound
 * @param count how many events fell into it
 */
record ShownBucket(int boundaries, double lower, double upper, double count) {
    /** How far a bound may be from the schema's, as a part of it: others round differently. */
    private static final double TOLERANCE = 1e-12;

    private static final int BOTH = 3;

    static ShownBucket of(NativeBucket bucket) {
        int boundaries = bucket.lowerInclusive() ? bucket.upperInclusive() ? BOTH : 1 : bucket.upperInclusive() ? 0 : 2;
        return new ShownBucket(boundaries, bucket.lower(), bucket.upper(), bucket.count());
    }

    /** Whether it is the bucket around zero, which alone is closed on both sides. */
    private boolean isZero() {
        return boundaries == BOTH && lower == -upper;
    }

    private boolean isNegative() {
        return upper <= 0 && !isZero();
    }

    /** The bounds' absolute values, the smaller one first. */
    private double near() {
        return isNegative() ? -upper : lower;
    }

    private double far() {
        return isNegative() ? -lower : upper;
    }

    /**
     * The native buckets that look so.
     *
     * @throws IllegalArgumentException if there are none
     */
    static NativeBuckets toNative(List<ShownBucket> shown) {
        // Coarse schemas last: without buckets but the zero bucket, any schema would do.
        StandardSchema schema = IntStream.concat(
                        IntStream.rangeClosed(0, StandardSchema.HIGHEST),
                        IntStream.rangeClosed(1, -StandardSchema.LOWEST).map(number -> -number))
                .mapToObj(StandardSchema::of)
                .filter(candidate ->
                        shown.stream().allMatch(bucket -> bucket.isZero() || bucket.index(candidate) != null))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("bounds that no schema has"));
        Map<Integer, Double> positive = new TreeMap<>();
        Map<Integer, Double> negative = new TreeMap<>();
        NativeBucketsBuilder builder = NativeBuckets.builder(schema.number());
        for (ShownBucket bucket : shown) {
            if (bucket.isZero()) {
                builder.zeroThreshold(bucket.upper).zeroCount(bucket.count);
            } else if ((bucket.isNegative() ? negative : positive).put(bucket.index(schema), bucket.count) != null) {
                throw new IllegalArgumentException("a bucket twice");
            }
            if (bucket.count != Math.rint(bucket.count)) {
                builder.floatCounts();
            }
        }
        forEachRun(positive, builder::positive);
        forEachRun(negative, builder::negative);
        return builder.build();
    }

    /** The index of the bucket with these bounds, or null if the schema has none. */
    private @Nullable Integer index(StandardSchema schema) {
        if (!(far() > near() && near() >= 0)) {
            return null;
        }
        // The middle, lest rounding put the bound into the next bucket.
        double within = Double.isInfinite(far()) ? far() : near() + (far() - near()) / 2;
        int index = schema.indexOf(within);
        boolean same = isClose(schema.lowerBound(index), near()) && isClose(schema.upperBound(index), far());
        return same ? index : null;
    }

    private static boolean isClose(double a, double b) {
        return a == b || Math.abs(a - b) <= TOLERANCE * Math.abs(a);
    }

    private interface Run {
        Object add(int index, double... counts);
    }

    /** Neighbouring buckets together. */
    private static void forEachRun(Map<Integer, Double> counts, Run run) {
        int from = 0;
        double[] gathered = new double[counts.size()];
        int length = 0;
        for (Map.Entry<Integer, Double> entry : counts.entrySet()) {
            if (length > 0 && entry.getKey() != from + length) {
                run.add(from, Arrays.copyOf(gathered, length));
                length = 0;
            }
            from = length == 0 ? entry.getKey() : from;
            gathered[length++] = entry.getValue();
        }
        if (length > 0) {
            run.add(from, Arrays.copyOf(gathered, length));
        }
    }
}
