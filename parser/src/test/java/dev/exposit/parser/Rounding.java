package dev.exposit.parser;

import java.math.BigDecimal;

/** What "the nearest double, ties to even" means, in exact arithmetic and without any parser of doubles. */
final class Rounding {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    /** Where the next double would be if there were larger ones. */
    private static final BigDecimal BEYOND_MAX_VALUE = TWO.pow(1024);

    private Rounding() {}

    /** Whether {@code rounded} is what {@code exact} rounds to; both must not be negative. */
    static boolean isNearest(BigDecimal exact, double rounded) {
        boolean even = (Double.doubleToRawLongBits(rounded) & 1) == 0;
        if (rounded > 0) {
            int belowOrAtMiddle = middle(Math.nextDown(rounded), rounded).compareTo(exact);
            if (even ? belowOrAtMiddle > 0 : belowOrAtMiddle >= 0) {
                return false;
            }
        }
        if (rounded == Double.POSITIVE_INFINITY) {
            return true;
        }
        int aboveOrAtMiddle = exact.compareTo(middle(rounded, Math.nextUp(rounded)));
        return even ? aboveOrAtMiddle <= 0 : aboveOrAtMiddle < 0;
    }

    /** The exact middle of two doubles. */
    static BigDecimal middle(double below, double above) {
        return exact(below).add(exact(above)).divide(TWO);
    }

    private static BigDecimal exact(double v) {
        return v == Double.POSITIVE_INFINITY ? BEYOND_MAX_VALUE : new BigDecimal(v);
    }
}
