package dev.exposit.model;

import dev.exposit.model.HistogramValue.Bucket;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Estimates from classic buckets, as PromQL makes them: events are spread evenly between a bucket's bounds. Buckets may
 * stand in any order; counts that fall are lifted to those before, and differences that rounding can have made are
 * ignored.
 *
 * <p>Specification: Prometheus, "Query functions", {@code histogram_quantile()} and {@code histogram_fraction()}.
 */
final class ClassicEstimate {
    /** Up to this part of their sum, two counts differ by rounding. */
    private static final double ROUNDING = 1e-12;

    private final double[] bounds;

    /** Cumulative. */
    private final double[] counts;

    ClassicEstimate(List<Bucket> buckets) {
        List<Bucket> sorted = buckets.stream()
                .sorted(Comparator.comparingDouble(bucket -> bucket.upperBound() + 0.0))
                .toList();
        double[] bounds = new double[sorted.size()];
        double[] counts = new double[sorted.size()];
        int size = 0;
        for (Bucket bucket : sorted) {
            if (size > 0 && bounds[size - 1] == bucket.upperBound()) {
                counts[size - 1] += bucket.cumulativeCount();
            } else {
                bounds[size] = bucket.upperBound();
                counts[size++] = bucket.cumulativeCount();
            }
        }
        this.bounds = Arrays.copyOf(bounds, size);
        this.counts = Arrays.copyOf(counts, size);
    }

    private boolean isComplete() {
        return bounds.length > 0 && bounds[bounds.length - 1] == Double.POSITIVE_INFINITY;
    }

    double quantile(double q) {
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (Double.isNaN(q) || !isComplete() || bounds.length < 2) {
            return Double.NaN;
        }
        double[] rising = rising();
        int last = bounds.length - 1;
        if (rising[last] == 0) {
            return Double.NaN;
        }
        double rank = q * rising[last];
        int at = 0;
        while (at < last && !(rising[at] >= rank)) {
            at++;
        }
        if (at == last) {
            return bounds[last - 1];
        }
        if (at == 0 && bounds[0] <= 0) {
            return bounds[0];
        }
        double start = at == 0 ? 0 : bounds[at - 1];
        double before = at == 0 ? 0 : rising[at - 1];
        return start + (bounds[at] - start) * ((rank - before) / (rising[at] - before));
    }

    private double[] rising() {
        double[] rising = counts.clone();
        for (int i = 1; i < rising.length; i++) {
            if (rising[i] < rising[i - 1] || isRounding(rising[i - 1], rising[i])) {
                rising[i] = rising[i - 1];
            }
        }
        return rising;
    }

    /** Whether two numbers are so near that rounding can have made the difference. */
    static boolean isRounding(double a, double b) {
        double sum = Math.abs(a) + Math.abs(b);
        double distance = Math.abs(a - b);
        if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
            return distance < ROUNDING * Double.MIN_NORMAL;
        }
        return distance / Math.min(sum, Double.MAX_VALUE) < ROUNDING;
    }

    double fraction(double from, double to) {
        if (!isComplete()) {
            return Double.NaN;
        }
        double count = counts[counts.length - 1];
        if (count == 0 || Double.isNaN(from) || Double.isNaN(to)) {
            return Double.NaN;
        }
        return from >= to ? 0 : (rank(to) - rank(from)) / count;
    }

    /** How many events are estimated to be below a value. */
    private double rank(double value) {
        double lower = bounds[0] > 0 ? 0 : Double.NEGATIVE_INFINITY;
        double before = 0;
        double count = counts[counts.length - 1];
        for (int i = 0; i < bounds.length; i++) {
            double upper = bounds[i];
            if (lower >= value) {
                return Math.min(before, count);
            }
            if (upper > value) {
                // The whole of a bucket without beginning is below whatever is in it.
                double rank = lower == Double.NEGATIVE_INFINITY
                        ? counts[i]
                        : before + (counts[i] - before) * (value - lower) / (upper - lower);
                return Math.min(rank, count);
            }
            before = counts[i];
            lower = upper;
        }
        return count;
    }
}
