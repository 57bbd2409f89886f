package dev.exposit.model;

import java.util.Arrays;

/**
 * One of the standard schemas of native histograms: buckets whose bounds grow by a factor of 2^(2^-number). Bucket
 * {@code i} reaches from bound {@code i - 1}, exclusive, to bound {@code i}, inclusive; on the negative side the same
 * holds for absolute values. The bucket that ends at the largest finite double is the last ordinary one; the one behind
 * it, {@link #overflowIndex()}, holds infinity.
 *
 * <p>Bounds are those that the Prometheus server has, to the last bit: powers of two are exact, the
 * bounds between them can differ from the true value by up to four units in the last place (docs/interpretation.md).
 * Among subnormal numbers, neighbouring bounds can round to the same double.
 *
 * <p>Specification: Prometheus, "Native histograms", sections "Schema" and "Special cases of observed values".
 *
 * @param number the schema's number, {@value #LOWEST} to {@value #HIGHEST}; the higher, the finer
 */
public record StandardSchema(int number) {
    /** The coarsest schema: each bound is 65,536 times the one before. */
    public static final int LOWEST = -4;

    /** The finest schema: each bound is some 0.27 percent above the one before. */
    public static final int HIGHEST = 8;

    /** The exponent e of the least subnormal double, 2^e. */
    private static final int LEAST_EXPONENT = -1074;

    /** The exponent of the first power of two that no double holds. */
    private static final int OVERFLOW_EXPONENT = Double.MAX_EXPONENT + 1;

    /** By schema from 0 on, the bounds from 1/2, inclusive, to 1, exclusive. */
    private static final double[][] BOUNDS = bounds();

    /**
     * Computes each bound that is not one of the next lower schema's by multiplying the one below it by the schema's
     * growth factor. The results are rounded, and the factor of schema 1 is the square root of 2 rounded down: that makes
     * the very numbers that Prometheus has as constants.
     */
    private static double[][] bounds() {
        double[][] bounds = new double[HIGHEST + 1][];
        bounds[0] = new double[] {0.5};
        double root = 2;
        for (int schema = 1; schema <= HIGHEST; schema++) {
            // Correctly rounded at each step, which nested roots need not be but these are: a test holds them.
            root = Math.sqrt(root);
            double factor = schema == 1 ? Math.nextDown(root) : root;
            double[] finer = new double[1 << schema];
            for (int i = 0; i < finer.length; i++) {
                finer[i] = i % 2 == 0 ? bounds[schema - 1][i / 2] : finer[i - 1] * factor;
            }
            bounds[schema] = finer;
        }
        return bounds;
    }

    /** Refuses a number out of range. */
    public StandardSchema {
        if (!isStandard(number)) {
            throw new IllegalArgumentException("a standard schema must be -4 to 8, got " + number);
        }
    }

    /**
     * The schema of that number.
     *
     * @throws IllegalArgumentException if the number is not {@value #LOWEST} to {@value #HIGHEST}
     */
    public static StandardSchema of(int number) {
        return new StandardSchema(number);
    }

    /** Whether that is the number of a standard schema. */
    static boolean isStandard(int number) {
        return number >= LOWEST && number <= HIGHEST;
    }

    /**
     * The upper bound of a bucket, inclusive; on the negative side, the lower bound's absolute value.
     *
     * @param index the bucket's index, any
     * @return at least 0; {@link Double#MAX_VALUE} for the last ordinary bucket, +Inf from {@link #overflowIndex()} on
     */
    public double upperBound(int index) {
        if (index == overflowIndex() - 1) {
            return Double.MAX_VALUE;
        }
        if (number <= 0) {
            // Far exponents would overflow an int, and all are infinity or 0.
            long exponent = (long) index << -number;
            return Math.scalb(1.0, (int) Math.max(2L * LEAST_EXPONENT, Math.min(exponent, OVERFLOW_EXPONENT)));
        }
        double fraction = BOUNDS[number][index & ((1 << number) - 1)];
        return Math.scalb(fraction, (index >> number) + 1);
    }

    /**
     * The lower bound of a bucket, exclusive; on the negative side, the upper bound's absolute value.
     *
     * @param index the bucket's index, any
     * @return at least 0; {@link Double#MAX_VALUE} for the overflow bucket
     */
    public double lowerBound(int index) {
        return index == Integer.MIN_VALUE ? 0 : upperBound(index - 1);
    }

    /**
     * The bucket that an event of that value falls into, on the side of its sign, unless the zero bucket takes it.
     *
     * @param value any number but 0 and NaN, which have no such bucket
     * @return {@link #lowestIndex()} to {@link #overflowIndex()}
     * @throws IllegalArgumentException if the value is 0 or NaN
     */
    public int indexOf(double value) {
        if (value == 0 || Double.isNaN(value)) {
            throw new IllegalArgumentException("no bucket but the zero bucket holds 0, and none NaN; got " + value);
        }
        if (Double.isInfinite(value)) {
            return overflowIndex();
        }
        // The value as fraction * 2^exponent with a fraction of 1/2 to 1; subnormal numbers are lifted first.
        boolean subnormal = Math.abs(value) < Double.MIN_NORMAL;
        double lifted = Math.abs(subnormal ? value * 0x1p54 : value);
        int exponent = Math.getExponent(lifted) + 1;
        double fraction = Math.scalb(lifted, -exponent);
        exponent -= subnormal ? 54 : 0;
        if (number > 0) {
            double[] bounds = BOUNDS[number];
            int at = Arrays.binarySearch(bounds, fraction);
            return (at < 0 ? -at - 1 : at) + (exponent - 1) * bounds.length;
        }
        int power = fraction == 0.5 ? exponent - 1 : exponent;
        return indexIn(power, -number);
    }

    /** The index of the bucket that holds infinity; none above it is in use. */
    public int overflowIndex() {
        return indexOfPower(OVERFLOW_EXPONENT) + 1;
    }

    /** The index of the bucket that holds the least positive double; none below it can hold anything. */
    public int lowestIndex() {
        return indexOfPower(LEAST_EXPONENT);
    }

    private int indexOfPower(int exponent) {
        return number >= 0 ? exponent << number : indexIn(exponent, -number);
    }

    /** Where a bucket goes if 2^{@code steps} neighbours at a time become one. */
    static int indexIn(int index, int steps) {
        return ((index - 1) >> steps) + 1;
    }

    /** The schema in words, such as {@code schema 3}. */
    @Override
    public String toString() {
        return "schema " + number;
    }
}
