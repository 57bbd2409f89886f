package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.DiffOptions;
import dev.exposit.model.DiffOptions.Aspect;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.MetricDiff;
import dev.exposit.model.MetricSet;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import dev.exposit.model.Value;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every protobuf that a real program answered is read by the reference parser, and by the fast reader alike. Where the program answered Prometheus text
 * as well, both say the same: families with their types and help texts, series with their buckets and quantiles. Numbers
 * moved between the two scrapes.
 */
class ScrapedProtobufTest {
    private static final String FOLDER = "corpus/scraped";

    /** What moved from scrape to scrape, and what Prometheus text cannot carry. */
    private static final DiffOptions MOVED =
            DiffOptions.defaults().ignoring(Aspect.VALUES, Aspect.TIMESTAMPS, Aspect.EXEMPLARS, Aspect.CREATED);

    /** Sources that expose native histograms: what protobuf says of them and text does not, or the other way round. */
    private static final Map<String, List<String>> NATIVE = Map.of(
            "java_client_1.10.0",
            List.of("+ lat_seconds schema: 5", "- native_seconds bucket +Inf: 3", "+ native_seconds schema: 5"),
            "prometheus_federate",
            List.of(
                    "+ family pb_float_native_hist: histogram with 1 series",
                    "+ family pb_gauge_native_hist: gaugehistogram with 1 series",
                    "+ family pb_native_hist: histogram with 1 series"),
            "pushgateway",
            List.of("- pbh{job=\"pb\"} bucket +Inf: 5", "+ pbh{job=\"pb\"} schema: 3"));

    /** Written to try protobuf out; there is no text of it. */
    private static final String HANDMADE = "handmade_protobuf";

    private static List<Path> scrapes() {
        List<Path> files = new ArrayList<>(Outside.files(FOLDER, ".pb"));
        files.addAll(Outside.files(FOLDER, ".pbtxt"));
        return files;
    }

    private static String source(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf("__"));
    }

    private static MetricSet parse(Path file) throws IOException {
        String name = file.getFileName().toString();
        ExpositionFormat format = name.endsWith(".pb")
                ? ExpositionFormat.PROTOBUF
                : name.endsWith("__pbtext.pbtxt") ? ExpositionFormat.PROTOBUF_TEXT : ExpositionFormat.PROTOBUF_COMPACT;
        byte[] exposition = Files.readAllBytes(file);
        MetricSet reference = ReferenceParser.parse(exposition, format);
        if (Exposition.canRead(format)) {
            assertThat(Exposition.parse(exposition, ReadOptions.of(format))).isEqualTo(reference);
            assertThat(Exposition.parse(exposition, ReadOptions.defaults())).isEqualTo(reference);
            assertThat(ExpositionReader.open(exposition, ReadOptions.defaults()).format())
                    .isEqualTo(format);
        }
        return reference;
    }

    private static MetricSet parseText(Path file) throws IOException {
        Path plain = file.resolveSibling(source(file) + "__none.prom");
        Path text = Files.exists(plain) ? plain : file.resolveSibling(source(file) + "__text.prom");
        return Exposition.parse(Files.readAllBytes(text), ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT));
    }

    private static List<String> differences(MetricSet text, MetricSet protobuf, DiffOptions options) {
        return MetricDiff.between(text, protobuf, options).toString().lines().toList();
    }

    @Test
    void theCorpusIsWhole() {
        assertThat(Outside.files(FOLDER, ".pb")).hasSize(22);
        assertThat(Outside.files(FOLDER, "__pbtext.pbtxt")).hasSize(18);
        assertThat(Outside.files(FOLDER, "__pbcompact.pbtxt")).hasSize(18);
        assertThat(scrapes())
                .extracting(ScrapedProtobufTest::source)
                .contains(HANDMADE)
                .containsAll(NATIVE.keySet());
    }

    @TestFactory
    List<DynamicTest> saysWhatTheTextSays() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : scrapes()) {
            if (!source(file).equals(HANDMADE)) {
                tests.add(DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        () -> assertThat(differences(parseText(file), parse(file), MOVED))
                                .isEqualTo(NATIVE.getOrDefault(source(file), List.of()))));
            }
        }
        return tests;
    }

    /** Programs that answered several forms of protobuf said the same in each, but for numbers that moved between scrapes. */
    @TestFactory
    List<DynamicTest> saysTheSameInText() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Outside.files(FOLDER, ".pbtxt")) {
            Path delimited = file.resolveSibling(source(file) + "__pbdelim.pb");
            assertThat(delimited).exists();
            tests.add(DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(differences(parse(delimited), parse(file), MOVED))
                            .isEmpty()));
        }
        return tests;
    }

    /** Both were written from one registry: but for native buckets, numbers are the same as well. */
    @Test
    void sameRegistrySameNumbers() throws IOException {
        Path file = Outside.shared(FOLDER).resolve("java_client_1.10.0__pbdelim.pb");
        DiffOptions options = DiffOptions.defaults().ignoring(Aspect.EXEMPLARS, Aspect.CREATED);
        assertThat(differences(parseText(file), parse(file), options))
                .containsExactly(
                        "+ lat_seconds schema: 5",
                        "+ lat_seconds zero threshold: " + 0x1p-128,
                        "+ lat_seconds zero count: 1",
                        "- native_seconds bucket +Inf: 3",
                        "+ native_seconds schema: 5",
                        "+ native_seconds zero threshold: " + 0x1p-128,
                        "+ native_seconds zero count: 0");
    }

    @Test
    void readsNativeHistogramsOfEachKind() throws IOException {
        MetricSet read = parse(Outside.shared(FOLDER).resolve(HANDMADE + "__none.pb"));
        assertThat(read.families())
                .extracting(family -> family.type() + " " + family.name())
                .containsExactly(
                        "COUNTER pb_req_total",
                        "GAUGE pb_gauge",
                        "UNKNOWN pb_untyped",
                        "SUMMARY pb_summary",
                        "HISTOGRAM pb_classic_hist",
                        "HISTOGRAM pb_native_hist",
                        "HISTOGRAM pb_float_native_hist",
                        "GAUGE_HISTOGRAM pb_gauge_native_hist");
        assertThat(nativeBuckets(read, "pb_native_hist"))
                .isEqualTo(new NativeBuckets(
                        3,
                        1e-6,
                        0,
                        new Side(List.of(new Span(0, 2), new Span(3, 1)), List.of(4178.0, 4178.0, 4178.0)),
                        Side.none(),
                        List.of(),
                        false));
        assertThat(nativeBuckets(read, "pb_float_native_hist"))
                .isEqualTo(new NativeBuckets(
                        0,
                        1e-6,
                        0,
                        new Side(List.of(new Span(-2, 2)), List.of(2089.0, 4178.0)),
                        Side.none(),
                        List.of(),
                        true));
        assertThat(nativeBuckets(read, "pb_gauge_native_hist"))
                .isEqualTo(new NativeBuckets(
                        0, 0, 0, new Side(List.of(new Span(0, 1)), List.of(4.0)), Side.none(), List.of(), false));
    }

    private static NativeBuckets nativeBuckets(MetricSet read, String family) {
        Value value = read.family(family).orElseThrow().metrics().get(0).value();
        return ((HistogramValue) value).nativeBuckets();
    }

    @Test
    void readsOpenMetricsProtobuf() throws IOException {
        List<Path> files = Outside.files("corpus/public", ".bin");
        assertThat(files).hasSize(1);
        byte[] exposition = Files.readAllBytes(files.get(0));
        MetricSet read = ReferenceParser.parse(exposition, ExpositionFormat.OPENMETRICS_PROTOBUF);
        assertThat(Exposition.parse(exposition, ReadOptions.of(ExpositionFormat.OPENMETRICS_PROTOBUF)))
                .isEqualTo(read);
        assertThat(Exposition.parse(exposition, ReadOptions.defaults())).isEqualTo(read);
        assertThat(read.families())
                .extracting(family -> family.type() + " " + family.name())
                .containsExactly(
                        "GAUGE go_memstats_gc_cpu_fraction",
                        "GAUGE go_memstats_gc_sys_bytes",
                        "GAUGE go_memstats_heap_alloc_bytes");
        assertThat(read.value("go_memstats_gc_cpu_fraction")).hasValue(-1.4404354379774563E-4);
        assertThat(read.value("go_memstats_gc_sys_bytes")).hasValue(60936192.0);
        assertThat(read.value("go_memstats_heap_alloc_bytes")).hasValue(1581062048.0);
    }
}
