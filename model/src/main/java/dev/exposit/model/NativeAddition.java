package dev.exposit.model;

import dev.exposit.model.NativeBuckets.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds and subtracts native buckets, and makes their resolutions and bounds agree first.
 *
 * <p>Specification: Prometheus, "Native histograms", sections "Compatibility between histograms" and "Zero bucket".
 */
final class NativeAddition {
    private NativeAddition() {}

    /** The sum, or with a sign of -1 the difference; both without {@link NativeDefect}. */
    static NativeBuckets of(NativeBuckets a, NativeBuckets b, int sign) {
        boolean custom = a.schema() == NativeBuckets.CUSTOM_BUCKETS;
        if (custom != (b.schema() == NativeBuckets.CUSTOM_BUCKETS)) {
            throw new IllegalArgumentException(
                    "custom buckets and those of a standard schema do not go together, got schemas " + a.schema()
                            + " and " + b.schema());
        }
        return custom ? custom(a, b, sign) : standard(a, b, sign);
    }

    private static NativeBuckets standard(NativeBuckets a, NativeBuckets b, int sign) {
        ZeroBucket left = new ZeroBucket(a);
        ZeroBucket right = new ZeroBucket(b);
        ZeroBucket.reconcile(left, right);
        int schema = Math.min(a.schema(), b.schema());
        SparseCounts positive =
                reduced(left.positive(), a.schema(), schema).plus(reduced(right.positive(), b.schema(), schema), sign);
        SparseCounts negative =
                reduced(left.negative(), a.schema(), schema).plus(reduced(right.negative(), b.schema(), schema), sign);
        double zeroCount = left.count() + sign * right.count();
        boolean floats =
                a.floatCounts() || b.floatCounts() || zeroCount < 0 || positive.hasNegative() || negative.hasNegative();
        return new NativeBuckets(
                schema, left.threshold(), zeroCount, positive.toSide(0), negative.toSide(0), List.of(), floats);
    }

    static SparseCounts reduced(SparseCounts counts, int from, int to) {
        int steps = from - to;
        return steps == 0 ? counts : counts.mapped(index -> StandardSchema.indexIn(index, steps));
    }

    private static NativeBuckets custom(NativeBuckets a, NativeBuckets b, int sign) {
        List<Double> shared = shared(a.customBounds(), b.customBounds());
        SparseCounts sum = within(a, shared).plus(within(b, shared), sign);
        return new NativeBuckets(
                NativeBuckets.CUSTOM_BUCKETS,
                0,
                0,
                sum.toSide(0),
                Side.none(),
                shared,
                a.floatCounts() || b.floatCounts() || sum.hasNegative());
    }

    /** The bounds that stand in both lists, which rise. */
    private static List<Double> shared(List<Double> a, List<Double> b) {
        List<Double> shared = new ArrayList<>(Math.min(a.size(), b.size()));
        int j = 0;
        for (double bound : a) {
            while (j < b.size() && b.get(j) < bound) {
                j++;
            }
            if (j < b.size() && b.get(j) == bound) {
                // Never -0, so that the order of a sum does not matter.
                shared.add(bound + 0.0);
            }
        }
        return shared;
    }

    /** The buckets with fewer bounds: each goes where its upper bound is. */
    private static SparseCounts within(NativeBuckets buckets, List<Double> bounds) {
        SparseCounts counts = SparseCounts.of(buckets.positive());
        List<Double> own = buckets.customBounds();
        if (own.size() == bounds.size()) {
            return counts;
        }
        double[] fewer = bounds.stream().mapToDouble(Double::doubleValue).toArray();
        return counts.mapped(index -> index == own.size() ? fewer.length : firstFrom(fewer, own.get(index)));
    }

    /** The first of the rising bounds that is at least the given one. */
    private static int firstFrom(double[] bounds, double bound) {
        // Of 0 and -0, which are one bound, the search would find only the one that stands there.
        int at = Arrays.binarySearch(bounds, bound == 0 ? -0.0 : bound);
        return at < 0 ? -at - 1 : at;
    }
}
