package dev.exposit.model;

/**
 * A histogram with a standard schema on its way to a wider zero bucket, so that it can be added to another.
 *
 * <p>Specification: Prometheus, "Native histograms", section "Zero bucket".
 */
final class ZeroBucket {
    private final StandardSchema schema;
    private double threshold;
    private double count;
    private SparseCounts positive;
    private SparseCounts negative;

    ZeroBucket(NativeBuckets buckets) {
        schema = StandardSchema.of(buckets.schema());
        threshold = buckets.zeroThreshold();
        count = buckets.zeroCount();
        positive = SparseCounts.of(buckets.positive());
        negative = SparseCounts.of(buckets.negative());
    }

    /**
     * Widens the narrower of two until both have the same threshold, which is in no bucket of either. Each turn ends at
     * a bound of the one that was widened. A coarser schema's bounds are bounds of the finer one too, so two turns do.
     */
    static void reconcile(ZeroBucket a, ZeroBucket b) {
        while (a.threshold != b.threshold) {
            if (a.threshold < b.threshold) {
                a.widen(b.threshold);
            } else {
                b.widen(a.threshold);
            }
        }
    }

    private void widen(double wider) {
        // Both sides have the same bounds: once the threshold is at one, it is in no bucket.
        threshold = Math.max(endOf(positive, wider), endOf(negative, wider));
        positive = take(positive);
        negative = take(negative);
    }

    /** The upper bound of the bucket that a threshold is in, or the threshold itself. */
    private double endOf(SparseCounts side, double inside) {
        int at = inside(side, inside);
        return at > 0 ? Math.max(inside, schema.upperBound(side.index(at - 1))) : inside;
    }

    private SparseCounts take(SparseCounts side) {
        int taken = inside(side, threshold);
        count += side.sum(taken);
        return side.from(taken);
    }

    /** How many buckets begin below a threshold. */
    private int inside(SparseCounts side, double threshold) {
        int at = 0;
        while (at < side.size() && schema.lowerBound(side.index(at)) < threshold) {
            at++;
        }
        return at;
    }

    double threshold() {
        return threshold;
    }

    double count() {
        return count;
    }

    SparseCounts positive() {
        return positive;
    }

    SparseCounts negative() {
        return negative;
    }
}
