package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.convert.ConversionReport;
import dev.exposit.convert.Converter;
import dev.exposit.convert.Source;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.Loss;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.Event;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every Prometheus text that a real exporter answered, to OpenMetrics 1.0 in either form and back: each series with name, labels,
 * value and timestamp is there again, types but for those that the loss report names; and others can read what we
 * write.
 */
class ScrapedRoundTripTest {
    /** The texts whose families do not stand together, with the first problem that the specification has with each. */
    private static final Map<String, ErrorCode> SCATTERED = Map.of(
            "netdata_all_hosts__none.prom", ErrorCode.DUPLICATE_METADATA,
            "netdata_default__none.prom", ErrorCode.FAMILY_REOPENED,
            "netdata_ts_help__none.prom", ErrorCode.DUPLICATE_METADATA,
            "victoria-metrics__none.prom", ErrorCode.FAMILY_REOPENED,
            "victoria-metrics_federate__none.prom", ErrorCode.FAMILY_REOPENED);

    /** A conversion's outcome. */
    private record Converted(ByteArrayOutputStream out, ConversionReport report) {
        byte[] bytes() {
            return out.toByteArray();
        }
    }

    @TestFactory
    List<DynamicTest> throughOpenMetrics1() {
        return thereAndBack(ExpositionFormat.OPENMETRICS_1);
    }

    @TestFactory
    List<DynamicTest> throughOpenMetricsProtobuf() {
        return thereAndBack(ExpositionFormat.OPENMETRICS_PROTOBUF);
    }

    private static List<DynamicTest> thereAndBack(ExpositionFormat through) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Outside.files("corpus/scraped", ".prom")) {
            String name = file.getFileName().toString();
            tests.add(DynamicTest.dynamicTest(
                    name, () -> thereAndBack(Files.readAllBytes(file), SCATTERED.get(name), through)));
        }
        return tests;
    }

    @Test
    void theCorpusIsWhole() {
        List<String> names = Outside.files("corpus/scraped", ".prom").stream()
                .map(file -> file.getFileName().toString())
                .toList();
        assertThat(names).hasSize(31).containsAll(SCATTERED.keySet());
    }

    private static void thereAndBack(byte[] scrape, @Nullable ErrorCode scattered, ExpositionFormat through)
            throws Exception {
        ReadOptions options = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);
        if (scattered != null) {
            assertThatThrownBy(() -> Exposition.parse(scrape, options))
                    .isInstanceOfSatisfying(
                            ExpositionSyntaxException.class,
                            e -> assertThat(e.code()).isEqualTo(scattered));
        }
        Recovery recovery = scattered == null ? Recovery.THROW : Recovery.SKIP_LINE;

        Converted there = convert(scrape, options.withRecovery(recovery), through);
        Converted back = convert(there.bytes(), ReadOptions.of(through), ExpositionFormat.PROMETHEUS_TEXT);

        assertThat(samples(back.bytes())).isEqualTo(samples(scrape));
        assertThat(there.report().losses().losses()).noneMatch(loss -> loss.kind() == Loss.Kind.SAMPLE);
        assertSameTypes(
                Exposition.parse(scrape, options.withRecovery(recovery)),
                Exposition.parse(back.bytes(), options),
                there.report());
        if (through == ExpositionFormat.OPENMETRICS_1) {
            assertThat(Outside.python(there.bytes())).isEqualTo(new Outside.Ended(0, ""));
        } else {
            assertThat(Exposition.parse(there.bytes(), ReadOptions.of(through)))
                    .isEqualTo(ReferenceParser.parse(there.bytes(), through));
        }
        assertThat(Outside.promtool(back.bytes()))
                .satisfies(judged ->
                        assertThat(judged.status()).as(judged.output()).isIn(0, 3));
    }

    private static Converted convert(byte[] exposition, ReadOptions read, ExpositionFormat to) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Converter converter = Converter.of(read, WriteOptions.of(to));
        ConversionReport report = converter.convert(Source.of(new ByteArrayInputStream(exposition), "scrape"), out);
        return new Converted(out, report);
    }

    /** How often each series stands there, with its value and timestamp, whatever family it belongs to. */
    private static Map<String, Integer> samples(byte[] text) {
        Map<String, Integer> samples = new TreeMap<>();
        ReadOptions options = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT).withRecovery(Recovery.SKIP_LINE);
        ExpositionReader in = ExpositionReader.open(text, options);
        while (in.next() != Event.END) {
            if (in.event() == Event.SAMPLE) {
                Map<String, String> labels = new TreeMap<>(in.toLabels().toMap());
                String sample = in.sampleName() + " " + labels + " " + in.value() + " " + in.timestamp();
                samples.merge(sample, 1, Integer::sum);
            }
        }
        return samples;
    }

    private static void assertSameTypes(MetricSet before, MetricSet after, ConversionReport report) {
        for (MetricFamily family : before) {
            boolean reported = report.losses().losses().stream()
                    .anyMatch(loss ->
                            loss.kind() == Loss.Kind.TYPE && loss.family().equals(family.name()));
            if (!reported) {
                assertThat(after.family(family.name()))
                        .as(family.name())
                        .hasValueSatisfying(same -> assertThat(same.type()).isEqualTo(family.type()));
            }
        }
    }
}
