package dev.exposit.conformance.others;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.exposit.conformance.others.Finding.Right;
import dev.exposit.format.ContentType;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is to be said of the Java client's writers beside what a single snapshot shows. Red as soon as one changes. */
class JavaClientFindingsTest {
    private static final Finding CONTENT_TYPE = new Finding(
            "Without `content_negotiation`, 2.0 goes out under the content type of 1.0.0, which refuses its `st@`.",
            Right.SPECIFICATION,
            "Protocol Negotiation");
    private static final Finding MERGED = new Finding(
            "Metrics whose names are the same with underscores, `a.b` and `a_b`, become one, by the name of the first.",
            Right.SPECIFICATION,
            "MetricFamily, Name");
    private static final Finding TWICE = new Finding(
            "A counter and a gauge `a_total` become two families of that name, which is refused.",
            Right.SPECIFICATION,
            "MetricSet");
    private static final Finding SECONDS = new Finding(
            "Prometheus text without `timestampsInMs` has timestamps in seconds with a point, which are refused.",
            Right.SPECIFICATION,
            "Comments, help text, and type information");
    private static final Finding QUOTED = new Finding(
            "Prometheus text with quoted names goes out as version 0.0.4, which has none.",
            Right.SPECIFICATION,
            "Basic info");
    private static final Finding DOTS = new Finding(
            "Scheme `dots` doubles the underscores of all names, as the document says; ours leaves legal names without dots"
                    + " alone, as Go's does.",
            Right.OPEN,
            "Escaping schemes");
    private static final Finding EMPTY_MESSAGE = new Finding(
            "Protobuf: a summary all of whose points have neither count nor sum nor quantiles is an empty message, which ends"
                    + " reading.",
            Right.SPECIFICATION,
            "metrics.proto");

    static final List<Finding> ALL = List.of(CONTENT_TYPE, MERGED, TWICE, SECONDS, QUOTED, DOTS, EMPTY_MESSAGE);

    private static final List<JavaClientSettings> SETTINGS = JavaClientSettings.all();
    /** Everything on. */
    private static final JavaClientSettings ON = SETTINGS.get(SETTINGS.size() - 1);

    @Test
    void statesVersionOneWithoutNegotiation() {
        MetricSnapshot counter = CounterSnapshot.builder()
                .name("a_total")
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value(1)
                        .createdTimestampMillis(1_000)
                        .build())
                .build();
        for (JavaClientSettings settings : SETTINGS) {
            ExpositionFormatWriter writer = settings.openMetrics2();
            ReadOptions options = ReadOptions.of(ContentType.parse(writer.getContentType()));
            byte[] text = JavaClientWriter.OPENMETRICS_2.write(settings, counter);
            if (settings.contentNegotiation()) {
                assertThat(Exposition.parse(text, options).value("a_total")).hasValue(1.0);
            } else {
                assertThat(refusal(text, options)).isNotNull();
            }
        }
    }

    @Test
    void takesEscapedNamesForTheName() {
        byte[] text = JavaClientWriter.OPENMETRICS_2.write(ON, gauge("a.b", 1), gauge("a_b", 2, "x", "y"));
        assertThat(Exposition.parse(text, ReadOptions.of(ExpositionFormat.OPENMETRICS_2)))
                .singleElement()
                .satisfies(family -> {
                    assertThat(family.name()).isEqualTo("a.b");
                    assertThat(family.metrics()).hasSize(2);
                });
    }

    @Test
    void writesTwoFamiliesOfOneName() {
        MetricSnapshot counter = CounterSnapshot.builder()
                .name("a_total")
                .dataPoint(CounterDataPointSnapshot.builder().value(1).build())
                .build();
        byte[] text = JavaClientWriter.OPENMETRICS_2.write(ON, counter, gauge("a_total", 2));
        assertThat(refusal(text, ReadOptions.of(ExpositionFormat.OPENMETRICS_2)))
                .isEqualTo(ErrorCode.DUPLICATE_METADATA);
    }

    @Test
    @SuppressWarnings("deprecation")
    void writesSecondsIfTold() {
        ExpositionFormatWriter writer =
                PrometheusTextFormatWriter.builder().setTimestampsInMs(false).build();
        MetricSnapshot gauge = GaugeSnapshot.builder()
                .name("a")
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(1)
                        .scrapeTimestampMillis(1_500)
                        .build())
                .build();
        byte[] text = JavaClientWriter.write(writer, EscapingScheme.ALLOW_UTF8, gauge);
        assertThat(new String(text, StandardCharsets.UTF_8)).endsWith("a 1.0 1.500\n");
        assertThat(refusal(text, ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT)))
                .isEqualTo(ErrorCode.INVALID_TIMESTAMP);
    }

    @Test
    void statesAnOldVersionOverQuotedNames() {
        ExpositionFormatWriter writer = PrometheusTextFormatWriter.create();
        byte[] text = JavaClientWriter.write(writer, EscapingScheme.ALLOW_UTF8, gauge("a.b", 1));
        assertThat(Exposition.parse(text, ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT))
                        .value("a.b"))
                .hasValue(1.0);
        assertThat(refusal(text, ReadOptions.of(ContentType.parse(writer.getContentType()))))
                .isEqualTo(ErrorCode.QUOTED_NAME_NOT_ALLOWED);
    }

    @Test
    void writesMessagesOfNothing() {
        MetricSnapshot summary = SummarySnapshot.builder()
                .name("a")
                .dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder().build())
                .build();
        byte[] message = JavaClientWriter.PROTOBUF.write(ON, summary);
        assertThat(message).containsExactly(0);
        assertThat(refusal(message, ReadOptions.of(ExpositionFormat.PROTOBUF))).isEqualTo(ErrorCode.EMPTY_NAME);
    }

    @ParameterizedTest
    @EnumSource
    void escapesNamesAsWeDo(EscapingScheme scheme) {
        for (String name : List.of("a.b", "größe", "a:b", "two words", "1a", "a_b.c", "x😀y", "__a.b", "a__b.c")) {
            assertThat(escaped(name, scheme)).isEqualTo(ours(scheme).escapeMetricName(name));
            assertThat(inProtobuf(gauge(name, 1), scheme).families())
                    .singleElement()
                    .extracting(MetricFamily::name)
                    .isEqualTo(ours(scheme).escapeMetricName(name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void escapesLabelNamesInProtobufAsWeDo(EscapingScheme scheme) {
        for (String name : List.of("a.b", "größe", "two words", "a_b.c", "x😀y")) {
            String escaped = ours(scheme).escapeLabelName(name);
            assertThat(inProtobuf(gauge("a", 1, name, "größe"), scheme).value("a", escaped, "größe"))
                    .hasValue(1.0);
        }
    }

    /** What the client prints for people says the same. */
    @Test
    void debugTextIsProtobufText() {
        List<MetricSnapshot> snapshots = JavaClientSnapshots.of(1, 20);
        int read = 0;
        for (MetricSnapshot snapshot : snapshots) {
            byte[] text = new PrometheusProtobufWriter()
                    .toDebugString(new MetricSnapshots(snapshot), EscapingScheme.ALLOW_UTF8)
                    .getBytes(StandardCharsets.UTF_8);
            byte[] message = JavaClientWriter.PROTOBUF.write(ON, snapshot);
            Reading binary = Reading.of(message, ExpositionFormat.PROTOBUF);
            if (binary.metrics() != null) {
                assertThat(ReferenceParser.parse(text, ExpositionFormat.PROTOBUF_TEXT))
                        .isEqualTo(binary.metrics());
                read++;
            }
        }
        assertThat(read).isGreaterThan(snapshots.size() / 2);
    }

    private static MetricSet inProtobuf(MetricSnapshot snapshot, EscapingScheme scheme) {
        byte[] message = JavaClientWriter.write(new PrometheusProtobufWriter(), scheme, snapshot);
        return Exposition.parse(message, ReadOptions.of(ExpositionFormat.PROTOBUF));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_b", "_"})
    void dotsDoublesUnderscoresOfLegalNames(String name) {
        assertThat(escaped(name, EscapingScheme.DOTS_ESCAPING)).isEqualTo(name.replace("_", "__"));
        assertThat(dev.exposit.format.EscapingScheme.DOTS.escapeMetricName(name))
                .isEqualTo(name);
    }

    private static String escaped(String name, EscapingScheme scheme) {
        byte[] text = JavaClientWriter.write(ON.openMetrics2(), scheme, gauge(name, 1));
        return Exposition.parse(text, ReadOptions.of(ExpositionFormat.OPENMETRICS_2))
                .families()
                .get(0)
                .name();
    }

    private static dev.exposit.format.EscapingScheme ours(EscapingScheme scheme) {
        return dev.exposit.format.EscapingScheme.byId(scheme.getValue()).orElseThrow();
    }

    private static GaugeSnapshot gauge(String name, double value, String... labels) {
        return GaugeSnapshot.builder()
                .name(name)
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build())
                .build();
    }

    private static ErrorCode refusal(byte[] text, ReadOptions options) {
        ErrorCode[] code = new ErrorCode[1];
        assertThatExceptionOfType(ExpositionSyntaxException.class)
                .isThrownBy(() -> Exposition.parse(text, options))
                .satisfies(e -> code[0] = e.code());
        return code[0];
    }
}
