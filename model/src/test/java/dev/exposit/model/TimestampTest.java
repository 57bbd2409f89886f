package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTest {

    /** Settable, so that a failure's seed can be run again. */
    private static final long SEED = Long.getLong("exposit.seed", 20250107L);

    private static final int RANDOM_TIMES = 10_000;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "1, 0, 1000000, 0.001",
        "-1, -1, 999000000, -0.001",
        "999, 0, 999000000, 0.999",
        "-999, -1, 1000000, -0.999",
        "-1000, -1, 0, -1",
        "-1001, -2, 999000000, -1.001",
        "1520879607789, 1520879607, 789000000, 1520879607.789",
        "1520879607700, 1520879607, 700000000, 1520879607.7",
        "1520879600000, 1520879600, 0, 1520879600",
        Long.MAX_VALUE + ", 9223372036854775, 807000000, 9223372036854775.807",
        Long.MIN_VALUE + ", -9223372036854776, 192000000, -9223372036854775.808",
    })
    void millisecondsThereAndBack(long millis, long seconds, int nanos, String text) {
        Timestamp timestamp = Timestamp.ofMillis(millis);
        assertThat(timestamp).isEqualTo(new Timestamp(seconds, nanos)).hasToString(text);
        assertThat(timestamp.toMillis()).isEqualTo(millis);
        assertThat(timestamp.isWholeMillis()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0",
        "0, 999999, 0",
        "0, 1999999, 1",
        "-1, 999999999, -1",
        "-1, 999000001, -1",
        "-1, 1, -1000",
        "-2, 500000001, -1500",
        "9223372036854775, 807999999, " + Long.MAX_VALUE,
        "-9223372036854776, 192000001, " + Long.MIN_VALUE,
    })
    void partsOfMillisecondsAreRoundedDown(long seconds, int nanos, long millis) {
        Timestamp timestamp = new Timestamp(seconds, nanos);
        assertThat(timestamp.toMillis()).isEqualTo(millis);
        assertThat(timestamp.isWholeMillis()).isFalse();
        assertThat(timestamp).isGreaterThan(Timestamp.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775, 808000000",
        "9223372036854776, 0",
        Long.MAX_VALUE + ", 0",
        Long.MAX_VALUE + ", 999999999",
        "-9223372036854776, 191999999",
        "-9223372036854776, 0",
        "-9223372036854777, 999000000",
        Long.MIN_VALUE + ", 0",
        Long.MIN_VALUE + ", 999999999",
    })
    void millisecondsThatDoNotFitAreRefused(long seconds, int nanos) {
        Timestamp timestamp = new Timestamp(seconds, nanos);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(timestamp::toMillis);
        assertThat(timestamp.isWholeMillis()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_000_000, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void nanosecondsOutOfRangeAreRefused(int nanos) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timestamp(0, nanos))
                .withMessageContaining(Integer.toString(nanos));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0.000, 0, 0",
        "0e-999999999, 0, 0",
        "0e999999999, 0, 0",
        "1.5, 1, 500000000",
        "-1.5, -2, 500000000",
        "1e-9, 0, 1",
        "-1e-9, -1, 999999999",
        "10e-10, 0, 1",
        "0.00000000100000000000, 0, 1",
        "1.23456789e8, 123456789, 0",
        "123456789123456789e-9, 123456789, 123456789",
        "1e18, 1000000000000000000, 0",
        "9223372036854775807.999999999, 9223372036854775807, 999999999",
        "-9223372036854775808, -9223372036854775808, 0",
        "-9223372036854775807.999999999, -9223372036854775808, 1",
    })
    void decimalSeconds(String text, long seconds, int nanos) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(Timestamp.ofSeconds(new BigDecimal(text))).isEqualTo(new Timestamp(seconds, nanos)));
    }

    /** Spread out, some of these would be minutes of work; the largest are beyond what can be spread out at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e-10",
                "-1e-10",
                "0.9999999999",
                "-0.0000000011",
                "1.00000000000000000001",
                "9223372036854775808",
                "9223372036854775807.9999999999",
                "-9223372036854775808.000000001",
                "1e19",
                "1e20",
                "-1e21",
                "1e100000000",
                "1e-100000000",
                "1e999999999",
                "-1e999999999",
                "1e2147483647",
                "1e-999999999",
                "-1e-999999999",
                "12345e-2147483647",
            })
    void decimalSecondsThatDoNotFitAreRefusedInNoTime(String text) {
        BigDecimal seconds = new BigDecimal(text);
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatExceptionOfType(ArithmeticException.class)
                        .isThrownBy(() -> Timestamp.ofSeconds(seconds)));
    }

    /** Stripped one by one, as many zeros would take a quarter of a minute. */
    @Test
    void zerosWithoutEndAreNoDigits() {
        BigDecimal seconds = BigDecimal.valueOf(15, 1).setScale(200_000);
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(Timestamp.ofSeconds(seconds)).isEqualTo(new Timestamp(1, 500_000_000)));
    }

    @Test
    void randomTimesKeepTheirDecimalsAndOrder() {
        Random random = new Random(SEED);
        Timestamp previous = Timestamp.ofSeconds(0);
        for (int i = 0; i < RANDOM_TIMES; i++) {
            // Few bits left, so that seconds are often the same.
            Timestamp timestamp = new Timestamp(random.nextLong() >> random.nextInt(64), randomNanos(random));
            BigDecimal decimal = timestamp.toBigDecimal();
            String text = timestamp.toString();
            assertThat(Timestamp.ofSeconds(decimal)).as("seed %d", SEED).isEqualTo(timestamp);
            assertThat(new BigDecimal(text)).isEqualByComparingTo(decimal);
            assertThat(text).matches("-?[0-9]+([.][0-9]*[1-9])?");
            assertThat(timestamp.toSeconds()).isEqualTo(Double.parseDouble(text));
            assertThat(Integer.signum(timestamp.compareTo(previous)))
                    .isEqualTo(decimal.compareTo(previous.toBigDecimal()));
            assertThat(timestamp.compareTo(previous) == 0).isEqualTo(timestamp.equals(previous));
            previous = timestamp;
        }
    }

    @Test
    void randomMillisecondsComeBack() {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_TIMES; i++) {
            long millis = random.nextLong() >> random.nextInt(64);
            Timestamp timestamp = Timestamp.ofMillis(millis);
            assertThat(timestamp.toMillis()).as("seed %d", SEED).isEqualTo(millis);
            assertThat(timestamp.isWholeMillis()).isTrue();
            assertThat(timestamp.toBigDecimal()).isEqualByComparingTo(BigDecimal.valueOf(millis, 3));
        }
    }

    /** A decimal of its own accord would write {@code 1E-9}. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0.000000001",
        "-1, 999999999, -0.000000001",
        "0, 100, 0.0000001",
        "100, 0, 100",
        "9223372036854775807, 10, 9223372036854775807.00000001",
    })
    void printsWithoutExponentOrNeedlessZeros(long seconds, int nanos, String text) {
        assertThat(new Timestamp(seconds, nanos)).hasToString(text);
    }

    @Test
    void secondsAsDoubles() {
        assertThat(new Timestamp(1520879607, 789_000_000).toSeconds()).isEqualTo(1520879607.789);
        assertThat(new Timestamp(-1, 900_000_000).toSeconds()).isEqualTo(-0.1);
        assertThat(Timestamp.ofSeconds(Long.MAX_VALUE).toSeconds()).isEqualTo(0x1p63);
        // Half way between two doubles but for the last nanosecond.
        assertThat(new Timestamp((1L << 53) + 1, 0).toSeconds()).isEqualTo(0x1p53);
        assertThat(new Timestamp((1L << 53) + 1, 1).toSeconds()).isEqualTo(0x1p53 + 2);
    }

    @Test
    void ordersBySecondsThenNanoseconds() {
        assertThat(new Timestamp[] {
                    new Timestamp(Long.MIN_VALUE, 0),
                    new Timestamp(-1, 0),
                    new Timestamp(-1, 999_999_999),
                    new Timestamp(0, 0),
                    new Timestamp(0, 1),
                    new Timestamp(Long.MAX_VALUE, 0),
                    new Timestamp(Long.MAX_VALUE, 999_999_999)
                })
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private static int randomNanos(Random random) {
        int nanos = random.nextInt(1_000_000_000);
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> nanos / 1_000_000 * 1_000_000;
            default -> nanos;
        };
    }
}
