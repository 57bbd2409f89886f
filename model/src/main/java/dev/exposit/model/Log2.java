package dev.exposit.model;

/** Logarithms to the base of 2 that are exact for powers of two, so that their bounds come back from an estimate. */
final class Log2 {
    private static final double PER_NATURAL = 1 / Math.log(2);

    private Log2() {}

    static double of(double value) {
        int exponent = Math.getExponent(value);
        if (exponent > Double.MAX_EXPONENT || exponent < Double.MIN_EXPONENT) {
            return Math.log(value) * PER_NATURAL;
        }
        return Math.log(Math.scalb(value, -exponent)) * PER_NATURAL + exponent;
    }
}
