package dev.exposit.parser;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How Prometheus spells the bound of a bucket or a quantile that it makes a label of: as Go's shortest {@code %g}, with
 * {@code .0} behind an integer, as OpenMetrics 1.0 has it ("Canonical Numbers").
 */
final class BoundSpelling {
    /** As many digits as tell any two doubles apart. */
    private static final int MOST_DIGITS = 17;

    private static final int LOWEST_PLAIN_EXPONENT = -4;
    private static final int LOWEST_HIGH_EXPONENT = 6;

    private BoundSpelling() {}

    static String of(double bound) {
        if (Double.isInfinite(bound) || Double.isNaN(bound)) {
            return Double.isNaN(bound) ? "NaN" : bound > 0 ? "+Inf" : "-Inf";
        }
        if (bound == 0) {
            return "0.0";
        }
        BigDecimal shortest = shortest(bound).stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        String sign = bound < 0 ? "-" : "";
        int exponent = digits.length() - 1 - shortest.scale();
        if (exponent < LOWEST_PLAIN_EXPONENT || exponent >= LOWEST_HIGH_EXPONENT) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            return sign
                    + digits.charAt(0)
                    + fraction
                    + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
        }
        String plain = shortest.abs().toPlainString();
        return sign + plain + (plain.contains(".") ? "" : ".0");
    }

    /** The decimal of fewest digits that is read as this double, and the nearest to it among them. */
    private static BigDecimal shortest(double bound) {
        BigDecimal exact = new BigDecimal(bound);
        int digits = 1;
        BigDecimal rounded = exact.round(new MathContext(digits));
        while (digits < MOST_DIGITS && rounded.doubleValue() != bound) {
            digits++;
            rounded = exact.round(new MathContext(digits));
        }
        return rounded;
    }
}
