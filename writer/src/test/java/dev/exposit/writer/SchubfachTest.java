package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digits themselves are proved in {@link NumberWriterTest}. */
class SchubfachTest {

    private static final int MIN_Q = -1074;
    private static final int MAX_Q = 971;

    @Test
    void knowsTheDecimalExponentOfEveryPowerOfTwo() {
        for (int q = MIN_Q; q <= MAX_Q; q++) {
            assertThat(Schubfach.floorLog10OfPowerOfTwo(q)).as("2^%d", q).isEqualTo(floorLog10(powerOfTwo(q)));
            assertThat(Schubfach.floorLog10OfThreeQuarters(q))
                    .as("3/4 × 2^%d", q)
                    .isEqualTo(floorLog10(powerOfTwo(q).multiply(new BigDecimal("0.75"))));
        }
    }

    @Test
    void knowsTheBinaryExponentOfEveryPowerOfTen() {
        for (int p = 0; p <= 324; p++) {
            int floor = BigInteger.TEN.pow(p).bitLength() - 1;
            assertThat(Schubfach.floorLog2OfPowerOfTen(p)).as("10^%d", p).isEqualTo(floor);
            // 10^p is a power of two only for p = 0, so the reciprocal's logarithm lies between two integers
            assertThat(Schubfach.floorLog2OfPowerOfTen(-p)).as("10^-%d", p).isEqualTo(p == 0 ? 0 : -floor - 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.3, -17, 30000000000000000",
        "0.30000000000000004, -17, 30000000000000004",
        "4.9e-324, -324, 5",
        "9.9e-324, -324, 10",
        "1.7976931348623157e308, 292, 17976931348623157",
        // 2^49: three quarters of the spacing above are less than a tenth
        "562949953421312, -2, 56294995342131200",
        "562949953421312.125, -1, 5629499534213121",
    })
    void countsInUnits(double v, int unit, long expected) {
        assertThat(Schubfach.unit(v)).isEqualTo(unit);
        assertThat(Schubfach.shortest(v, unit)).isEqualTo(expected);
    }

    private static BigDecimal powerOfTwo(int q) {
        return q < 0
                ? BigDecimal.ONE.divide(BigDecimal.valueOf(2).pow(-q))
                : BigDecimal.valueOf(2).pow(q);
    }

    private static int floorLog10(BigDecimal v) {
        return v.precision() - v.scale() - 1;
    }
}
