package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardSchemaTest {
    private static final MathContext PRECISE = new MathContext(100, RoundingMode.HALF_EVEN);

    static IntStream schemas() {
        return IntStream.rangeClosed(StandardSchema.LOWEST, StandardSchema.HIGHEST);
    }

    /** 2^(2^-n) to a hundred digits. */
    private static BigDecimal factor(int n) {
        BigDecimal factor = BigDecimal.valueOf(2);
        for (int i = 0; i < n; i++) {
            factor = factor.sqrt(PRECISE);
        }
        return factor;
    }

    /** The bounds from 1/2 to 1 by decimal arithmetic, each product rounded once, with a factor of schema 1 rounded down. */
    private static double[] bounds(int schema) {
        double[] bounds = {0.5};
        for (int n = 1; n <= schema; n++) {
            double nearest = factor(n).doubleValue();
            BigDecimal factor = new BigDecimal(n == 1 ? Math.nextDown(nearest) : nearest);
            double[] finer = new double[1 << n];
            for (int i = 0; i < finer.length; i++) {
                finer[i] = i % 2 == 0
                        ? bounds[i / 2]
                        : new BigDecimal(finer[i - 1]).multiply(factor).doubleValue();
            }
            bounds = finer;
        }
        return bounds;
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void boundsOfAllIndexes(int number) {
        StandardSchema schema = StandardSchema.of(number);
        double[] fractions = bounds(Math.max(number, 0));
        for (int index = schema.lowestIndex() - 300; index < schema.overflowIndex() - 1; index++) {
            long position = number < 0 ? (long) index << -number : index;
            double fraction = fractions[(int) Math.floorMod(position, (long) fractions.length)];
            long power = Math.floorDiv(position, fractions.length) + 1;
            if (schema.upperBound(index) != times2To(fraction, power)) {
                assertThat(schema.upperBound(index)).as("index " + index).isEqualTo(times2To(fraction, power));
            }
            if (schema.lowerBound(index + 1) != schema.upperBound(index)) {
                assertThat(schema.lowerBound(index + 1)).isEqualTo(schema.upperBound(index));
            }
        }
        assertThat(schema.upperBound(schema.overflowIndex() - 1)).isEqualTo(Double.MAX_VALUE);
        assertThat(schema.lowerBound(schema.overflowIndex() - 1)).isFinite().isLessThan(Double.MAX_VALUE);
        assertThat(schema.lowerBound(schema.overflowIndex())).isEqualTo(Double.MAX_VALUE);
        assertThat(schema.upperBound(schema.overflowIndex())).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(schema.upperBound(Integer.MAX_VALUE)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(schema.upperBound(Integer.MIN_VALUE)).isZero();
        assertThat(schema.lowerBound(Integer.MIN_VALUE)).isZero();
    }

    /** By its bits: the fraction's own for a normal result, else rounded half to even. */
    private static double times2To(double fraction, long power) {
        long bits = Double.doubleToLongBits(fraction);
        long exponent = (bits >>> 52) + power;
        long mantissa = bits & ((1L << 52) - 1);
        if (exponent > 0) {
            return Double.longBitsToDouble(exponent << 52 | mantissa);
        }
        long lost = 1 - exponent;
        if (lost > 53) {
            return 0;
        }
        long whole = mantissa | 1L << 52;
        long kept = whole >>> lost;
        long rest = whole - (kept << lost);
        long half = 1L << (lost - 1);
        return Double.longBitsToDouble(kept + (rest > half || (rest == half && kept % 2 == 1) ? 1 : 0));
    }

    /** The digest was made from the table in Prometheus' generic.go, all numbers as big-endian doubles in its order. */
    @Test
    void boundsOfPrometheus() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int number = 0; number <= StandardSchema.HIGHEST; number++) {
            StandardSchema schema = StandardSchema.of(number);
            for (int i = 0; i < 1 << number; i++) {
                digest.update(ByteBuffer.allocate(Double.BYTES)
                        .putDouble(schema.upperBound(i - (1 << number)))
                        .array());
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("1c5fe4473fb24e335cd41237e1a9be990e001c1a5b72033f183aee5aee179963");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1, 0.25",
        "-1, 0, 1",
        "-1, 1, 4",
        "-1, 512, 1.7976931348623157e308",
        "-1, 513, Infinity",
        "0, -1, 0.5",
        "0, 0, 1",
        "0, 1, 2",
        "0, 1024, 1.7976931348623157e308",
        "0, 1025, Infinity",
        "1, -1, 0.7071067811865475",
        "2, -1, 0.8408964152537144",
        "2, 0, 1",
        "2, 1, 1.189207115002721",
        "2, 4096, 1.7976931348623157e308",
        "2, 4097, Infinity",
        "8, 262144, 1.7976931348623157e308",
        "8, 262145, Infinity"
    })
    void boundsThatPrometheusTests(int schema, int index, double bound) {
        assertThat(StandardSchema.of(schema).upperBound(index)).isEqualTo(bound);
    }

    /** How far the rounded products stray from what they stand for. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 1", "3, 1", "4, 2", "5, 3", "6, 3", "7, 4", "8, 4"})
    void boundsAreNearTheTruth(int number, int farthest) {
        StandardSchema schema = StandardSchema.of(number);
        BigDecimal factor = factor(number);
        BigDecimal truth = BigDecimal.ONE;
        long most = 0;
        for (int i = 0; i < 1 << number; i++) {
            long off = Double.doubleToLongBits(schema.upperBound(i)) - Double.doubleToLongBits(truth.doubleValue());
            most = Math.max(most, Math.abs(off));
            truth = truth.multiply(factor, PRECISE);
        }
        assertThat(most).isEqualTo(farthest);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aValueFallsBetweenItsBounds(int number) {
        StandardSchema schema = StandardSchema.of(number);
        for (int index = schema.lowestIndex(); index <= schema.overflowIndex(); index++) {
            double bound = schema.upperBound(index);
            if (bound < Double.MIN_NORMAL) {
                continue;
            }
            assertIndex(schema, bound, index);
            assertIndex(schema, -bound, index);
            assertIndex(schema, Math.nextUp(bound), index < schema.overflowIndex() ? index + 1 : index);
        }
    }

    private static void assertIndex(StandardSchema schema, double value, int index) {
        if (schema.indexOf(value) != index) {
            assertThat(schema.indexOf(value)).as(schema + " at " + value).isEqualTo(index);
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void subnormalNumbersHaveTheirBuckets(int number) {
        StandardSchema schema = StandardSchema.of(number);
        assertThat(schema.indexOf(Double.MIN_VALUE)).isEqualTo(schema.lowestIndex());
        SplittableRandom random = new SplittableRandom(number);
        for (int i = 0; i < 1000; i++) {
            double value = Double.longBitsToDouble(random.nextLong(1L << random.nextInt(1, 53)) + 1);
            int index = schema.indexOf(value);
            assertThat(schema.upperBound(index)).isGreaterThanOrEqualTo(value);
            assertThat(schema.lowerBound(index)).isLessThanOrEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void aCoarserSchemaJoinsNeighbours(int number) {
        StandardSchema coarser = StandardSchema.of(number);
        StandardSchema finest = StandardSchema.of(StandardSchema.HIGHEST);
        SplittableRandom random = new SplittableRandom(number);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong(1, Double.doubleToLongBits(Double.MAX_VALUE) + 2));
            int index = StandardSchema.indexIn(finest.indexOf(value), StandardSchema.HIGHEST - number);
            assertIndex(coarser, value, index);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0, Double.NaN})
    void zeroAndNaNHaveNoIndex(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StandardSchema.of(3).indexOf(value));
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 9, -53, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void otherSchemasAreRefused(int number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StandardSchema.of(number))
                .withMessageContaining("got " + number);
    }
}
