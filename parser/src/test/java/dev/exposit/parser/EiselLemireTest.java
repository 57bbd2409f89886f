package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EiselLemireTest {

    private static final long SEED = Long.getLong("exposit.seed", 20250107L);
    private static final int MIN_POWER = -342;
    private static final int MAX_POWER = 308;

    /** Every power that the table holds, with random factors of every length, in exact arithmetic. */
    @Test
    void roundsToTheNearestForEveryPower() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int q = MIN_POWER; q <= MAX_POWER; q++) {
            assertNearest(1, q);
            assertNearest(-1, q);
            for (int i = 0; i < 20; i++) {
                assertNearest(random.nextLong() >>> random.nextInt(Long.SIZE), q);
            }
        }
    }

    /** Exact ties for each power that has any: an odd number of 54 bits, times a power of two. */
    @Test
    void roundsTiesToEven() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int q = -4; q <= 23; q++) {
            BigInteger five = BigInteger.valueOf(5).pow(Math.abs(q));
            for (int i = 0; i < 200; i++) {
                BigInteger middle = BigInteger.valueOf(1L << 53 | random.nextLong() >>> 11 | 1);
                BigInteger w;
                if (q < 0) {
                    w = middle.multiply(five);
                } else {
                    // the multiple of the power, odd again, that is just below or, for lack of room, above 2^53
                    w = middle.divide(five).or(BigInteger.ONE);
                    middle = w.multiply(five);
                }
                if (middle.bitLength() != 54 || w.bitLength() > Long.SIZE) {
                    continue;
                }
                int room = Long.SIZE - w.bitLength();
                assertNearest(w.longValue() << random.nextInt(room + 1), q);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "17976931348623157, 292, 1.7976931348623157e308",
        "17976931348623158, 292, 1.7976931348623157e308",
        "17976931348623159, 292, Infinity",
        "1, 309, Infinity",
        "1, 9000000000, Infinity",
        "0, 400, 0",
        "22250738585072014, -324, 2.2250738585072014e-308",
        "22250738585072011, -324, 2.225073858507201e-308",
        "5, -324, 4.9e-324",
        "24703282292062328, -340, 4.9e-324",
        "24703282292062327, -340, 0",
        "9223372036854775807, -343, 0",
        "1, -9000000000, 0",
    })
    void endsWhereDoublesEnd(long w, long q, double expected) {
        assertThat(EiselLemire.nearestDouble(w, q)).isEqualTo(Double.valueOf(expected));
    }

    @Test
    void knowsTheBinaryExponentOfEveryPowerOfTen() {
        BigInteger ten = BigInteger.TEN;
        for (int q = 0; q <= 350; q++) {
            int floor = ten.pow(q).bitLength() - 1;
            assertThat(EiselLemire.floorLog2OfPowerOfTen(q)).as("10^%d", q).isEqualTo(floor);
            // 10^q is a power of two only for q = 0, so the reciprocal's logarithm lies between two integers
            assertThat(EiselLemire.floorLog2OfPowerOfTen(-q)).as("10^-%d", q).isEqualTo(q == 0 ? 0 : -floor - 1);
        }
    }

    @Test
    void multipliesUnsigned() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 10_000; i++) {
            long a = random.nextLong() >> random.nextInt(Long.SIZE);
            long b = random.nextLong() >> random.nextInt(Long.SIZE);
            long expected =
                    unsigned(a).multiply(unsigned(b)).shiftRight(Long.SIZE).longValue();
            assertThat(EiselLemire.multiplyHighUnsigned(a, b))
                    .as("%x × %x (exposit.seed=%d)", a, b, SEED)
                    .isEqualTo(expected);
        }
    }

    private static void assertNearest(long w, int q) {
        BigDecimal exact = new BigDecimal(unsigned(w), -q);
        double actual = EiselLemire.nearestDouble(w, q);
        if (!Rounding.isNearest(exact, actual)) {
            assertThat(actual).as("%s (exposit.seed=%d)", exact, SEED).isEqualTo(exact.doubleValue());
            assertThat(actual)
                    .as("%s (exposit.seed=%d) is not the nearest", exact, SEED)
                    .isNaN();
        }
    }

    private static BigInteger unsigned(long v) {
        return new BigInteger(Long.toUnsignedString(v));
    }
}
