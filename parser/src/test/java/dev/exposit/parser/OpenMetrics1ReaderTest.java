package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricType;
import dev.exposit.model.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cursor reads from OpenMetrics 1.0; what it refuses stands in {@link ErrorCodeTest}. */
class OpenMetrics1ReaderTest {
    private static final ReadOptions SPEC = ReadOptions.of(ExpositionFormat.OPENMETRICS_1);

    static Stream<ReadCase> cases() {
        return ReadCase.of("openmetrics-1.tsv", ExpositionFormat.OPENMETRICS_1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reads(ReadCase readCase) {
        readCase.check();
    }

    @Test
    void everyEventHasItsParts() {
        ExpositionReader in = open("""
                # HELP c_s x
                # TYPE c_s counter
                # UNIT c_s s
                c_s_total{a="b"} 17 1.5 # {t="é\\n"} 2.5 -3
                c_s_created 1
                # EOF
                """);
        assertThat(in.format()).isEqualTo(ExpositionFormat.OPENMETRICS_1);
        assertThat(in.next()).isEqualTo(Event.HELP);
        assertThat(in.exposedFamilyName()).isEqualTo("c_s");
        assertThat(in.next()).isEqualTo(Event.TYPE);
        assertThat(in.type()).isEqualTo(MetricType.COUNTER);
        assertThat(in.familyName().toString()).isEqualTo("c_s");
        assertThat(in.exposedFamilyName()).isEqualTo("c_s_total");
        assertThat(in.next()).isEqualTo(Event.UNIT);
        assertThat(in.text().toString()).isEqualTo("s");
        assertThat(in.next()).isEqualTo(Event.SAMPLE);
        assertThat(in.location()).isEqualTo(new Location(4, 1, 45));
        assertThat(in.sampleName().toString()).isEqualTo("c_s_total");
        assertThat(in.familyName().toString()).isEqualTo("c_s");
        assertThat(in.value()).isEqualTo(17);
        assertThat(in.valueText().toString()).isEqualTo("17");
        assertThat(in.timestamp()).isEqualTo(new Timestamp(1, 500_000_000));
        assertThat(in.timestampText().toString()).isEqualTo("1.5");
        Exemplar exemplar = in.exemplar();
        assertThat(exemplar).isEqualTo(new Exemplar(Labels.of("t", "é\n"), 2.5, Timestamp.ofSeconds(-3)));
        assertThat(in.next()).isEqualTo(Event.SAMPLE);
        assertThat(in.hasExemplar()).isFalse();
        assertThat(in.exemplar()).isNull();
        assertThat(in.hasTimestamp()).isFalse();
        assertThat(in.familyOrdinal()).isZero();
        assertThat(exemplar.labels().get("t")).isEqualTo("é\n");
        assertThat(in.next()).isEqualTo(Event.END);
        assertThat(in.losses().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "counter, a_total",
        "info, a_info",
        "gauge, a",
        "histogram, a",
        "gaugehistogram, a",
        "summary, a",
        "stateset, a",
        "unknown, a"
    })
    void theExposedNameGoesByTheType(String type, String exposed) {
        ExpositionReader in = open("# TYPE a " + type + "\n# EOF\n");
        in.next();
        assertThat(in.exposedFamilyName()).isEqualTo(exposed);
        assertThat(in.familyName().toString()).isEqualTo("a");
    }

    // ---- Losses

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "-9007199254740993",
                "+9007199254740993",
                "18014398509481985",
                "123456789012345678901234567890"
            })
    void anIntegerThatADoubleCannotHoldIsALoss(String integer) {
        assertThat(losses("# TYPE a counter\na_total " + integer + "\n# EOF\n").losses())
                .singleElement()
                .satisfies(loss -> {
                    assertThat(loss.kind()).isEqualTo(Loss.Kind.DIGITS);
                    assertThat(loss.family()).isEqualTo("a_total");
                    assertThat(loss.detail()).contains(integer);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740992",
                "9007199254740994",
                "18014398509481984",
                "0009007199254740992",
                "9007199254740993.0",
                "9007199254740993e0",
                "100000000000000000000",
                "0.1",
                "+Inf",
                "NaN",
                "1e300"
            })
    void otherNumbersAreNone(String number) {
        assertThat(losses("a " + number + "\n# EOF\n").isEmpty()).isTrue();
    }

    @Test
    void anExemplarsIntegerThatADoubleCannotHoldIsALossAsWell() {
        assertThat(losses("# TYPE a counter\na_total 1 # {} 9007199254740993\n# EOF\n")
                        .total())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0000000001, 1",
        "1.1234567899, 1.123456789",
        "-1.1234567891, -1.123456790",
        "1e-10, 0",
        "-1e-10, -0.000000001",
        "1e-400, 0",
        "-1e-400, -0.000000001",
        "-0.00000000001e-300, -0.000000001",
        "5000000000000000000.0000000001, 5000000000000000000",
        "1604676851.1234567891e0, 1604676851.123456789",
    })
    void digitsPastANanosecondAreALossRoundedDown(String text, String read) {
        for (String line : new String[] {"a_total 1 " + text, "a_total 1 # {} 1 " + text}) {
            ExpositionReader in = open("# TYPE a counter\n" + line + "\n# EOF\n");
            in.next();
            in.next();
            Timestamp timestamp =
                    in.hasTimestamp() ? in.timestamp() : in.exemplar().timestamp();
            assertThat(timestamp.toBigDecimal()).isEqualByComparingTo(read);
            assertThat(in.losses().total()).isEqualTo(1);
            assertThat(in.losses().losses().get(0).kind()).isEqualTo(Loss.Kind.DIGITS);
        }
    }

    /** Reading a number takes time in proportion to its length, whatever stands there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1 1.%s",
                "a 1 %s",
                "a 1 1.%s1e5",
                "a 1 -%s.5",
                "a 1 1e-%s",
                "a 1 0.%se-9",
                "# TYPE a counter\na_total 1\na_created 1.%s",
                "# TYPE a counter\na_total 1 # {} 1 0.%s",
                "a %s",
                "a 0.%s"
            })
    void hugeNumbersTakeNoTime(String line) {
        byte[] text = utf8(line.formatted("123456789".repeat(200_000)) + "\n# EOF\n");
        ReadOptions skip = SPEC.withRecovery(Recovery.SKIP_LINE);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> EventDump.of(ExpositionReader.open(text, skip).assembled()));
    }

    private static LossReport losses(String text) {
        ExpositionReader in = open(text);
        assertThat(EventDump.of(in).end()).startsWith("END");
        return in.losses();
    }

    private static ExpositionReader open(String text) {
        return ExpositionReader.open(utf8(text), SPEC);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
