package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberWriterTest {

    private static final long SEED = Long.getLong("exposit.seed", 20250107L);

    /** How Go lays out a positive number; no zeros at either end that say nothing. */
    private static final Pattern PLAIN = Pattern.compile("0\\.0{0,3}[1-9]\\d*|[1-9]\\d{0,5}\\.\\d+|[1-9]\\d{0,5}|0");

    private static final Pattern WITH_EXPONENT =
            Pattern.compile("\\d(\\.\\d*[1-9])?e(-(0[5-9]|[1-9]\\d{1,2})|" + "\\+(0[6-9]|[1-9]\\d{1,2}))");

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "1.0, 1",
        "-1.0, -1",
        "20.0, 20",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        // where the exponent begins
        "100000, 100000",
        "123456, 123456",
        "-999999, -999999",
        "999999.5, 999999.5",
        "123456.789, 123456.789",
        "1e6, 1e+06",
        "-1e6, -1e+06",
        "1000001, 1.000001e+06",
        "1234567, 1.234567e+06",
        "1234567.8, 1.2345678e+06",
        "2000000, 2e+06",
        "123456789, 1.23456789e+08",
        "123456700, 1.234567e+08",
        "1e15, 1e+15",
        "1e16, 1e+16",
        "1e21, 1e+21",
        "1e22, 1e+22",
        "0.1, 0.1",
        "0.001, 0.001",
        "2.0E-3, 0.002",
        "0.0001, 0.0001",
        "0.00012345, 0.00012345",
        "0.0009999999999999999, 0.0009999999999999998",
        "0.00001, 1e-05",
        "2.5e-5, 2.5e-05",
        "0.0000999, 9.99e-05",
        "1e-6, 1e-06",
        "1e-7, 1e-07",
        "1e-10, 1e-10",
        "-1e-100, -1e-100",
        // decimals of few places
        "0.005, 0.005",
        "0.25, 0.25",
        "-2.5, -2.5",
        "10.000001, 10.000001",
        "1.0000001, 1.0000001",
        "0.3, 0.3",
        "0.30000000000000004, 0.30000000000000004",
        "339.7784, 339.7784",
        "1520879607.789, 1.520879607789e+09",
        "999999999.999999, 9.99999999999999e+08",
        "0.3333333333333333, 0.3333333333333333",
        "0.6666666666666666, 0.6666666666666666",
        // around 2^53
        "9007199254740991, 9.007199254740991e+15",
        "9007199254740992, 9.007199254740992e+15",
        "9007199254740993, 9.007199254740992e+15",
        "9007199254740994, 9.007199254740994e+15",
        "9007199254740990, 9.00719925474099e+15",
        // one digit, seventeen digits, and places where other writers fail
        "2e23, 2e+23",
        "1e23, 1e+23",
        "9.999999999999997e22, 9.999999999999997e+22",
        "1.0000000000000001e23, 1.0000000000000001e+23",
        "9.5e-3, 0.0095",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
        "2.225073858507201e-308, 2.225073858507201e-308",
        "1.7976931348623157E308, 1.7976931348623157e+308",
        "-1.7976931348623157E308, -1.7976931348623157e+308",
        "4.9e-324, 5e-324",
        "-4.9e-324, -5e-324",
        "9.9e-324, 1e-323",
        "1.5e-323, 1.5e-323",
        "2e-323, 2e-323",
        "383260575764816448, 3.8326057576481645e+17",
        "-5.8339553793802237e+23, -5.8339553793802237e+23",
        "9223372036854775807, 9.223372036854776e+18",
        "-9223372036854775808, -9.223372036854776e+18",
        "18446744073709551616, 1.8446744073709552e+19",
    })
    void writesAsGoDoes(double v, String expected) {
        assertThat(written(v)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "-17, -17.0",
        "100000, 100000.0",
        "-999999, -999999.0",
        "1e6, 1e+06",
        "0.5, 0.5",
        "2.5e-5, 2.5e-05",
        "1234567.8, 1.2345678e+06",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "4.9e-324, 5e-324",
    })
    void addsAPointWhereOpenMetricsWantsOne(double v, String expected) {
        assertThat(text((dst, at) -> NumberWriter.writeFloatStyle(v, dst, at))).isEqualTo(expected);
    }

    @Test
    void writesEveryNaNAlike() {
        assertThat(written(Double.longBitsToDouble(0xFFF8_0000_0000_0001L))).isEqualTo("NaN");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                -1,
                9,
                10,
                99,
                100,
                101,
                -1000,
                999_999,
                1_000_000,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE + 1L,
                214_748_364_799L,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                -Long.MAX_VALUE,
                Long.MIN_VALUE,
                1_000_000_000_000_000_000L,
                999_999_999_999_999_999L
            })
    void writesIntegers(long v) {
        assertThat(text((dst, at) -> NumberWriter.writeLong(v, dst, at))).isEqualTo(Long.toString(v));
    }

    @Test
    void writesRandomIntegers() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100_000; i++) {
            long v = random.nextLong() >> random.nextInt(Long.SIZE);
            assertThat(text((dst, at) -> NumberWriter.writeLong(v, dst, at)))
                    .as("exposit.seed=%d", SEED)
                    .isEqualTo(Long.toString(v));
        }
    }

    @Test
    void countsDigits() {
        long power = 1;
        for (int digits = 1; digits <= 18; digits++) {
            assertThat(NumberWriter.countDigits(power)).isEqualTo(digits);
            power *= 10;
            assertThat(NumberWriter.countDigits(power - 1)).isEqualTo(digits);
        }
        assertThat(NumberWriter.countDigits(0)).isEqualTo(1);
        assertThat(NumberWriter.countDigits(Long.MAX_VALUE)).isEqualTo(19);
    }

    @Test
    void writesPowersOfTwoAndTheirNeighbours() {
        for (int n = -1074; n <= 1023; n++) {
            double power = Math.scalb(1.0, n);
            assertShortest(power);
            assertShortest(Math.nextUp(power));
            assertShortest(Math.nextDown(power));
        }
    }

    @Test
    void writesPowersOfTenAndTheirNeighbours() {
        for (int n = -323; n <= 308; n++) {
            double power = Double.parseDouble("1e" + n);
            assertThat(written(power))
                    .isEqualTo(
                            n < -4 || n > 5
                                    ? String.format("1e%s%02d", n < 0 ? "-" : "+", Math.abs(n))
                                    : n < 0 ? "0." + "0".repeat(-n - 1) + "1" : "1" + "0".repeat(n));
            assertShortest(power);
            assertShortest(Math.nextUp(power));
            assertShortest(Math.nextDown(power));
        }
    }

    @Test
    void writesTheSmallestDoubles() {
        for (int n = 1; n <= 2000; n++) {
            assertShortest(n * Double.MIN_VALUE);
        }
    }

    @Test
    void writesShortDecimals() {
        for (int n = 1; n < 10_000; n++) {
            for (double scale : new double[] {1e1, 1e3, 1e5, 1e6, 1e7}) {
                assertShortest(n / scale);
            }
        }
    }

    static Stream<Named<ToDoubleFunction<SplittableRandom>>> shapes() {
        return Stream.of(
                Named.of("any bits", random -> Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE)),
                Named.of("ratio", SplittableRandom::nextDouble),
                Named.of("integer", random -> random.nextLong() >>> (1 + random.nextInt(62))),
                Named.of("decimal", random -> (random.nextLong() >>> (14 + random.nextInt(48))) / 1e6),
                Named.of("sum", random -> random.nextInt(1_000_000) + random.nextInt(1000) * 0.001));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void writesRandomDoubles(ToDoubleFunction<SplittableRandom> shape) {
        SplittableRandom random = new SplittableRandom(SEED);
        DoubleStream.generate(() -> shape.applyAsDouble(random))
                .filter(Double::isFinite)
                .limit(100_000)
                .forEach(NumberWriterTest::assertShortest);
    }

    @Test
    void writesRandomSubnormalDoubles() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 20_000; i++) {
            assertShortest(Double.longBitsToDouble(random.nextLong() >>> (12 + random.nextInt(52))));
        }
    }

    /** The layout, and that the JDK reads the value back, with either sign. */
    private static void assertReadsBack(double v) {
        String text = written(v);
        boolean plain = v == 0 || (v >= 1e-4 && v < 1e6);
        boolean wellFormed = (plain ? PLAIN : WITH_EXPONENT).matcher(text).matches()
                && !(plain && text.contains(".") && text.endsWith("0"));
        if (!wellFormed || Double.parseDouble(text) != v || !written(-v).equals("-" + text)) {
            assertThat(Double.parseDouble(text))
                    .as("%s (exposit.seed=%d)", text, SEED)
                    .isEqualTo(v);
            assertThat(written(-v)).as("exposit.seed=%d", SEED).isEqualTo("-" + text);
            assertThat(wellFormed)
                    .as("%s is well-formed (exposit.seed=%d)", text, SEED)
                    .isTrue();
        }
    }

    private static void assertShortest(double v) {
        assertReadsBack(v);
        ShortestProof.check(v, written(v));
    }

    private static String written(double v) {
        return text((dst, at) -> NumberWriter.writeDouble(v, dst, at));
    }

    /** What is written, at a place in the middle of a buffer of which nothing else may change. */
    private static String text(Writing writing) {
        byte[] dst = new byte[3 + NumberWriter.MAX_BYTES];
        Arrays.fill(dst, (byte) '#');
        int end = writing.write(dst, 3);
        String all = new String(dst, StandardCharsets.US_ASCII);
        if (!all.startsWith("###") || !all.substring(end).equals("#".repeat(dst.length - end))) {
            assertThat(all).isEqualTo("###" + all.substring(3, end) + "#".repeat(dst.length - end));
        }
        return all.substring(3, end);
    }

    private interface Writing {
        int write(byte[] dst, int at);
    }
}
