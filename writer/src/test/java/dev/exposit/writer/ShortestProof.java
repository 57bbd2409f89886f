package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Proves with exact arithmetic that a text is the shortest for a double and, among the shortest, the nearest to it. No
 * other writer of doubles is asked: the JDK's was not the shortest before version 19.
 */
final class ShortestProof {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    /** Where the next double would be if there were larger ones. */
    private static final BigDecimal BEYOND_MAX_VALUE = TWO.pow(1024);

    private ShortestProof() {}

    /** Fails unless {@code text} is shortest and nearest for {@code v}, which is finite and not negative. */
    static void check(double v, String text) {
        if (v == 0) {
            assertThat(text).isEqualTo("0");
            return;
        }
        BigDecimal exact = new BigDecimal(v);
        BigDecimal written = new BigDecimal(text).stripTrailingZeros();
        if (!readsBack(written, v)) {
            assertThat(text).as("reads back as %s", exact).isNull();
        }
        // If any decimal of fewer digits reads back, then the next one below or above does.
        int digits = written.precision();
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.FLOOR, RoundingMode.CEILING}) {
            BigDecimal shorter = digits == 1 ? null : exact.round(new MathContext(digits - 1, mode));
            if (shorter != null && readsBack(shorter, v)) {
                assertThat(text).as("shortest for %s", exact).isEqualTo(shorter.toString());
            }
        }
        BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        if (readsBack(nearest, v) && nearest.compareTo(written) != 0) {
            assertThat(written).as("nearest to %s", exact).isEqualByComparingTo(nearest);
        }
    }

    private static boolean readsBack(BigDecimal decimal, double v) {
        BigDecimal twice = decimal.multiply(TWO);
        int fromLeft = twice.compareTo(sum(Math.nextDown(v), v));
        int toRight = sum(v, Math.nextUp(v)).compareTo(twice);
        boolean even = (Double.doubleToRawLongBits(v) & 1) == 0;
        return even ? fromLeft >= 0 && toRight >= 0 : fromLeft > 0 && toRight > 0;
    }

    /** Twice the middle. */
    private static BigDecimal sum(double below, double above) {
        BigDecimal end = above == Double.POSITIVE_INFINITY ? BEYOND_MAX_VALUE : new BigDecimal(above);
        return new BigDecimal(below).add(end);
    }
}
