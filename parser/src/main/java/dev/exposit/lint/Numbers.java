package dev.exposit.lint;

/** Numbers in messages. */
final class Numbers {
    private Numbers() {}

    /** The number, whole ones without a decimal point. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : asText(value);
    }

    private static String asText(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }
}
