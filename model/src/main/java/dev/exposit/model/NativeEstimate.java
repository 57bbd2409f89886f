package dev.exposit.model;

import dev.exposit.model.NativeBucket.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Estimates from native buckets, as PromQL makes them: within a bucket of a standard schema events are spread evenly over
 * the logarithms, in the zero bucket and in custom buckets evenly over the values.
 *
 * <p>Specification: Prometheus, "Native histograms", sections "Interpolation within a bucket" and "Functions".
 */
final class NativeEstimate {
    private final List<NativeBucket> buckets;
    private final boolean custom;
    private final boolean negatives;
    private final boolean positives;
    private final double total;
    private final double count;

    /** Whether events of NaN may be among those counted: they make the sum NaN and are in no bucket. */
    private final boolean maybeNaN;

    NativeEstimate(NativeBuckets from, @Nullable Double count, @Nullable Double sum) {
        buckets = from.buckets();
        custom = from.schema() == NativeBuckets.CUSTOM_BUCKETS;
        negatives = buckets.stream().anyMatch(bucket -> bucket.side() == Side.NEGATIVE);
        positives = buckets.stream().anyMatch(bucket -> bucket.side() == Side.POSITIVE);
        total = from.total();
        this.count = count != null ? count : total;
        maybeNaN = sum != null ? Double.isNaN(sum) : this.count > total;
    }

    // ---- Quantiles

    double quantile(double q) {
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (count == 0 || Double.isNaN(q) || buckets.isEmpty()) {
            return Double.NaN;
        }
        // From the nearer end, for the sake of precision. NaN is above all buckets, so the way down would begin there.
        boolean upwards = maybeNaN || q < 0.5;
        double rank = upwards ? q * count : (1 - q) * count;
        double seen = 0;
        NativeBucket hit = buckets.get(0);
        for (int i = 0; i < buckets.size(); i++) {
            hit = buckets.get(upwards ? i : buckets.size() - 1 - i);
            seen += hit.count();
            if (seen >= rank) {
                break;
            }
        }
        if (custom && (Double.isInfinite(hit.lower()) || Double.isInfinite(hit.upper()))) {
            if (hit.upper() == Double.POSITIVE_INFINITY) {
                return hit.lower() == Double.NEGATIVE_INFINITY ? 0 : hit.lower();
            }
            if (hit.upper() <= 0) {
                return hit.upper();
            }
        }
        seen = Math.min(seen, count);
        if (seen < rank) {
            return maybeNaN ? Double.NaN : hit.upper();
        }
        double into = upwards ? rank - (seen - hit.count()) : seen - rank;
        return at(hit, into / hit.count());
    }

    /** The value that has that part of a bucket's events below it. */
    private double at(NativeBucket bucket, double part) {
        double lower = custom && bucket.lower() == Double.NEGATIVE_INFINITY ? 0 : lower(bucket);
        double upper = upper(bucket);
        if (isLinear(lower, upper)) {
            return lower + (upper - lower) * part;
        }
        if (Double.isInfinite(lower) || Double.isInfinite(upper)) {
            // An overflow bucket, which holds nothing but infinity.
            return Double.isInfinite(lower) ? lower : upper;
        }
        double logLower = Log2.of(Math.abs(lower));
        double logUpper = Log2.of(Math.abs(upper));
        double value = lower > 0
                ? Math.pow(2, logLower + (logUpper - logLower) * part)
                : -Math.pow(2, logUpper + (logLower - logUpper) * (1 - part));
        return Math.max(lower, Math.min(value, upper));
    }

    /** A bucket at or around zero has no logarithms to go by. */
    private boolean isLinear(double lower, double upper) {
        return custom || (lower <= 0 && upper >= 0);
    }

    /** Where all other events are positive, those of the zero bucket are taken for positive too. */
    private double lower(NativeBucket bucket) {
        return bucket.side() == Side.ZERO && positives && !negatives ? 0 : bucket.lower();
    }

    private double upper(NativeBucket bucket) {
        return bucket.side() == Side.ZERO && negatives && !positives ? 0 : bucket.upper();
    }

    // ---- Fractions

    double fraction(double from, double to) {
        if (count == 0 || Double.isNaN(from) || Double.isNaN(to)) {
            return Double.NaN;
        }
        if (from >= to) {
            return 0;
        }
        return (rank(to) - rank(from)) / count;
    }

    /** How many events are estimated to be below a value. */
    private double rank(double value) {
        double seen = 0;
        for (NativeBucket bucket : buckets) {
            double lower = lowerOfFraction(bucket);
            double upper = upper(bucket);
            if (lower >= value) {
                return atMostAll(seen);
            }
            if (upper > value) {
                return atMostAll(seen + bucket.count() * partBelow(lower, upper, value));
            }
            seen += bucket.count();
        }
        return maybeNaN ? total : count;
    }

    /** PromQL lets a custom bucket around zero, or up to it, begin at zero when it works out fractions. */
    private double lowerOfFraction(NativeBucket bucket) {
        return custom && bucket.lower() <= 0 && bucket.upper() >= 0 ? 0 : lower(bucket);
    }

    private double partBelow(double lower, double upper, double value) {
        if (custom && lower == Double.NEGATIVE_INFINITY) {
            // The whole of a bucket without beginning is below whatever is in it.
            return 1;
        }
        if (isLinear(lower, upper)) {
            return (value - lower) / (upper - lower);
        }
        double logLower = Log2.of(Math.abs(lower));
        double logUpper = Log2.of(Math.abs(upper));
        double log = Log2.of(Math.abs(value));
        return value > 0 ? (log - logLower) / (logUpper - logLower) : 1 - (log - logUpper) / (logLower - logUpper);
    }

    private double atMostAll(double rank) {
        return Math.min(rank, maybeNaN ? total : count);
    }

    // ---- Variance

    /** The variance if each event had the middle of its bucket: arithmetic, or geometric in a standard schema. */
    double variance(double sum) {
        double mean = sum / count;
        CompensatedSum squares = new CompensatedSum();
        for (NativeBucket bucket : buckets) {
            double distance = middle(bucket) - mean;
            squares.add(bucket.count() * distance * distance);
        }
        return squares.value() / count;
    }

    private double middle(NativeBucket bucket) {
        return switch (bucket.side()) {
            case CUSTOM -> (bucket.upper() + bucket.lower()) / 2;
            case ZERO -> 0;
            case POSITIVE -> Math.sqrt(bucket.upper() * bucket.lower());
            case NEGATIVE -> -Math.sqrt(bucket.upper() * bucket.lower());
        };
    }
}
