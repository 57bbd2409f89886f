package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Timestamp;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalSecondsTest {
    private static DecimalSeconds read(String text) {
        return Objects.requireNonNull(DecimalSeconds.of(text, Double.parseDouble(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, true",
        "-0.0, 0, 0, true",
        "0e999999999, 0, 0, true",
        "1520879607.789, 1520879607, 789000000, true",
        "+1.5e3, 1500, 0, true",
        "-1.5, -2, 500000000, true",
        ".5, 0, 500000000, true",
        "5., 5, 0, true",
        "1.1234567890, 1, 123456789, true",
        "1.1234567891, 1, 123456789, false",
        "1e-400, 0, 0, false",
        "-1e-400, -1, 999999999, false",
        "9223372036854775807.9, 9223372036854775807, 900000000, true",
        "-9223372036854775808, -9223372036854775808, 0, true"
    })
    void isRoundedDownToTheNanosecond(String text, long seconds, int nanos, boolean exact) {
        assertThat(read(text)).isEqualTo(new DecimalSeconds(new Timestamp(seconds, nanos), exact));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775808.1", "1e19", "1e400", "-1e400"})
    void mustFit64Bits(String text) {
        assertThat(DecimalSeconds.of(text, Double.parseDouble(text))).isNull();
    }

    @Test
    void longTextsMustBePlain() {
        String zeros = "0".repeat(DecimalSeconds.LONGEST);
        assertThat(read("7.25" + zeros)).isEqualTo(new DecimalSeconds(new Timestamp(7, 250_000_000), true));
        assertThat(read("7.25" + zeros + "1")).isEqualTo(new DecimalSeconds(new Timestamp(7, 250_000_000), false));
        assertThat(read("-7." + zeros.substring(3))).isEqualTo(new DecimalSeconds(new Timestamp(-7, 0), true));
        assertThat(DecimalSeconds.of("-7." + zeros, -7)).isNull();
        assertThat(DecimalSeconds.of(zeros + "7", 7)).isNull();
        assertThat(DecimalSeconds.of("7." + zeros + "e0", 7)).isNull();
    }
}
