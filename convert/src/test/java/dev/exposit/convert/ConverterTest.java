package dev.exposit.convert;

import static dev.exposit.convert.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Loss;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.LossRefusedException;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConverterTest {
    private static final String SCATTERED = """
            # TYPE a counter
            a{x="1"} 1
            # TYPE b gauge
            b 2
            a{x="2"} 3
            """;
    private static final String CLASHING = """
            # TYPE a_bytes gauge
            a_bytes 1
            # TYPE a_bytes_total counter
            a_bytes_total 2
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static Source source(String text) {
        return Source.of(new ByteArrayInputStream(utf8(text)), "<text>");
    }

    private static Converter converter(ReadOptions read, ExpositionFormat to) {
        return Converter.of(read, WriteOptions.of(to));
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void clashesOfOpenMetrics1AreNoneInOpenMetrics2() throws IOException {
        ConversionReport report = converter(ReadOptions.defaults(), ExpositionFormat.OPENMETRICS_2)
                .convert(source(CLASHING), out);

        assertThat(report.losses().isEmpty()).isTrue();
        assertThat(report.to()).isEqualTo(ExpositionFormat.OPENMETRICS_2.id());
        assertThat(written()).isEqualTo(CLASHING + "# EOF\n");
    }

    @Test
    void textIsConvertedInOneCall() {
        String openMetrics = Converter.to(ExpositionFormat.OPENMETRICS_1).convert("""
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{code="200"} 5""");
        assertThat(openMetrics).isEqualTo("""
                # TYPE requests counter
                # HELP requests Requests.
                requests_total{code="200"} 5.0
                # EOF
                """);
        assertThat(Converter.to(ExpositionFormat.PROMETHEUS_TEXT).convert(openMetrics))
                .isEqualTo("""
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{code="200"} 5
                """);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROMETHEUS_TEXT", "PROMETHEUS_TEXT_0_0_4", "OPENMETRICS_1"})
    void emptyExpositionStaysOne(ExpositionFormat to) {
        String written = Converter.to(to).convert("");
        assertThat(Exposition.parse(written, ReadOptions.of(to)).families()).isEmpty();
    }

    @Test
    void reportTellsFormatsAndCounts() throws IOException {
        ConversionReport report =
                Converter.to(ExpositionFormat.OPENMETRICS_1).convert(source("a 1\na{x=\"1\"} 1\nb 2\n"), out);
        assertThat(report.from()).isEqualTo(ExpositionFormat.PROMETHEUS_TEXT.id());
        assertThat(report.to()).isEqualTo(ExpositionFormat.OPENMETRICS_1.id());
        assertThat(report.families()).isEqualTo(2);
        assertThat(report.metrics()).isEqualTo(3);
        assertThat(report.losses().isEmpty()).isTrue();
        assertThat(report.problems()).isEmpty();
        assertThat(report.problemCount()).isZero();
    }

    /** The gauge comes first, and must know of the counter. */
    @Test
    void firstPassTellsTheWriterWhichNamesWillClash() throws IOException {
        ConversionReport report = Converter.to(ExpositionFormat.OPENMETRICS_1).convert(source(CLASHING), out);
        assertThat(written()).contains("a_bytes 1.0\n", "a_bytes_total 2.0\n").endsWith("# EOF\n");
        MetricSet back = Exposition.parse(written(), ReadOptions.of(ExpositionFormat.OPENMETRICS_1));
        assertThat(back.family("a_bytes").orElseThrow().type()).isEqualTo(MetricType.GAUGE);
        assertThat(report.losses().losses())
                .extracting(Loss::kind, Loss::family)
                .containsExactly(tuple(Loss.Kind.TYPE, "a_bytes_total"));
    }

    @Test
    void scatteredFamilyIsAnErrorBySpecification() {
        assertThatThrownBy(() -> Converter.to(ExpositionFormat.OPENMETRICS_1).convert(SCATTERED))
                .isInstanceOfSatisfying(ExpositionSyntaxException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.FAMILY_REOPENED);
                    assertThat(e.location().line()).isEqualTo(5);
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"PROMETHEUS_TEXT", "OPENMETRICS_1"})
    void scatteredFamilyIsBroughtTogetherWhereReadingGoesOn(ExpositionFormat to) throws IOException {
        List<Problem> told = new ArrayList<>();
        ReadOptions read =
                ReadOptions.defaults().withRecovery(Recovery.SKIP_LINE).withProblemListener(told::add);
        ConversionReport report = converter(read, to).convert(source(SCATTERED), out);
        assertThat(written()).containsSubsequence("a{x=\"1\"} 1", "a{x=\"2\"} 3", "b 2");
        assertThat(report.problems()).extracting(Problem::code).containsExactly("FAMILY_REOPENED");
        assertThat(told).as("once, though read twice").isEqualTo(report.problems());
    }

    @Test
    void scatteredFamilyIsBroughtTogetherAsPrometheusDoes() throws IOException {
        ReadOptions read = ReadOptions.defaults().withDialect(Dialect.PROMETHEUS);
        converter(read, ExpositionFormat.PROMETHEUS_TEXT).convert(source(SCATTERED), out);
        assertThat(written()).isEqualTo("""
                # TYPE a counter
                a{x="1"} 1
                a{x="2"} 3
                # TYPE b gauge
                b 2
                """);
    }

    /** The warnings before the error must not be lost with the second pass. */
    @Test
    void problemsBeforeAnErrorOfTheFirstPassAreTold() {
        List<Problem> told = new ArrayList<>();
        ReadOptions read =
                ReadOptions.defaults().withDialect(Dialect.PROMETHEUS).withProblemListener(told::add);
        String text = "# TYPE a gauge\n# TYPE a gauge\na 1\n}\n";
        assertThatThrownBy(() -> converter(read, ExpositionFormat.OPENMETRICS_1).convert(source(text), out))
                .isInstanceOf(ExpositionSyntaxException.class);
        assertThat(told).extracting(Problem::code).containsExactly("DUPLICATE_METADATA");
        assertThat(out.size()).isZero();
    }

    @Test
    void onlyWantedFamiliesAreConverted() throws IOException {
        ReadOptions read = ReadOptions.defaults().withNames(Set.of("b"));
        ConversionReport report =
                converter(read, ExpositionFormat.OPENMETRICS_1).convert(source("a 1\nb 2\nc 3\n"), out);
        assertThat(written()).contains("b 2").doesNotContain("a 1", "c 3");
        assertThat(report.families()).isEqualTo(1);
    }

    @Test
    void lossIsRefusedWhereAskedFor() {
        WriteOptions write = WriteOptions.builder(ExpositionFormat.OPENMETRICS_1)
                .onLoss(LossPolicy.FAIL)
                .build();
        assertThatThrownBy(() -> Converter.of(ReadOptions.defaults(), write).convert(source(CLASHING), out))
                .isInstanceOf(LossRefusedException.class);
    }

    @Test
    void lostDigitsAreReportedOrRefused() throws IOException {
        String text = "# TYPE a counter\na_total 9007199254740993\n# EOF\n";
        ReadOptions read = ReadOptions.of(ExpositionFormat.OPENMETRICS_1);
        ConversionReport report =
                converter(read, ExpositionFormat.PROMETHEUS_TEXT).convert(source(text), out);
        assertThat(report.losses().losses())
                .singleElement()
                .satisfies(loss -> assertThat(loss.kind()).isEqualTo(Loss.Kind.DIGITS));

        WriteOptions write = WriteOptions.builder(ExpositionFormat.PROMETHEUS_TEXT)
                .onLoss(LossPolicy.FAIL)
                .build();
        assertThatThrownBy(() -> Converter.of(read, write).convert(source(text), out))
                .isInstanceOfSatisfying(
                        LossRefusedException.class,
                        e -> assertThat(e.loss().family()).isEqualTo("a_total"));
    }

    @Test
    void limitHoldsInEitherPass() {
        ReadOptions read = ReadOptions.defaults()
                .withLimits(ReadLimits.defaults().with(ReadLimits.Limit.TOTAL_BYTES, 1000))
                .withRecovery(Recovery.SKIP_LINE);
        for (ExpositionFormat to : List.of(ExpositionFormat.PROMETHEUS_TEXT, ExpositionFormat.OPENMETRICS_1)) {
            assertThatThrownBy(() -> converter(read, to).convert(source("a 1\n".repeat(1000)), out))
                    .isInstanceOfSatisfying(
                            ReadLimitException.class, e -> assertThat(e.limit()).hasToString("totalBytes"));
        }
    }

    @Test
    void failureWhileReadingIsThatOfTheSource() {
        for (ExpositionFormat to : List.of(ExpositionFormat.PROMETHEUS_TEXT, ExpositionFormat.OPENMETRICS_1)) {
            assertThatThrownBy(() -> Converter.to(to).convert(Source.of(new CutCable(), "<stdin>"), out))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("<stdin>: the cable is out");
        }
    }

    @Test
    void failureWhileWritingIsThatOfTheStream() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left");
            }
        };
        assertThatThrownBy(() -> Converter.to(ExpositionFormat.OPENMETRICS_1).convert(source("a 1\n"), full))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("no space left");
    }

    /** Half an exposition must not look like a whole one. */
    @Test
    void expositionIsNotFinishedAfterAnError() {
        assertThatThrownBy(() -> Converter.to(ExpositionFormat.OPENMETRICS_1).convert(source("a 1\n".repeat(2)), out))
                .isInstanceOf(ExpositionSyntaxException.class);
        assertThat(written()).doesNotContain("# EOF");
    }

    /** More than the writer's and reader's buffers and than the spool's memory, from a file and from a stream. */
    @Test
    void fileAndStreamGiveTheSame() throws IOException {
        StringBuilder text = new StringBuilder("# TYPE a gauge\n");
        for (int i = 0; i < 600_000; i++) {
            text.append("a{i=\"").append(i).append("\"} ").append(i).append('\n');
        }
        text.append("# TYPE b counter\nb_total 1\n");
        byte[] bytes = utf8(text.toString());
        assertThat(bytes.length).isGreaterThan(Spool.MEMORY_BYTES);
        Path file = Files.write(folder.resolve("x.prom"), bytes);
        Converter converter = Converter.to(ExpositionFormat.OPENMETRICS_1);
        converter.convert(Source.of(file), out);
        ByteArrayOutputStream fromStream = new ByteArrayOutputStream();
        ConversionReport report = converter.convert(source(text.toString()), fromStream);
        assertThat(report.metrics()).isEqualTo(600_001);
        assertThat(fromStream.toByteArray()).isEqualTo(out.toByteArray());
        assertThat(written()).endsWith("b_total 1.0\n# EOF\n");
    }

    @Test
    void unescapedNamesAreInTheOutlineToo() throws IOException {
        String text = "# TYPE U__a_2e_b gauge\nU__a_2e_b 1\n# TYPE U__a_2e_b__total counter\nU__a_2e_b__total 2\n";

        ConversionReport report = converter(
                        ReadOptions.defaults().withUnescaping(EscapingScheme.VALUES), ExpositionFormat.OPENMETRICS_1)
                .convert(source(text), out);

        // The counter gives way, though the gauge stands first or last.
        assertThat(written()).contains("# TYPE a_b gauge", "# TYPE a_b_total unknown");
        assertThat(report.losses().losses()).extracting(Loss::family).contains("a.b", "a.b_total");
    }

    @Test
    void familiesWhoseNamesClashWhenUnescapedAreHeldAndKeepThem() throws IOException {
        ReadOptions read = ReadOptions.defaults().withUnescaping(EscapingScheme.VALUES);
        ConversionReport report = converter(read, ExpositionFormat.PROMETHEUS_TEXT)
                .convert(source("U__a_2e_b 1\n{\"a.b\"} 2\nU__c_2e_d 3\n"), out);

        assertThat(written()).isEqualTo("U__a_2e_b 1\n{\"a.b\"} 2\n{\"c.d\"} 3\n");
        assertThat(report.problems()).extracting(Problem::code).containsExactly("CLASHING_ESCAPED_NAME");
        assertThat(report.losses().isEmpty()).isTrue();
    }
}
