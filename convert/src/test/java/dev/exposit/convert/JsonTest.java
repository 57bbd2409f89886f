package dev.exposit.convert;

import static dev.exposit.convert.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Outline;
import dev.exposit.model.Point;
import dev.exposit.model.Problem;
import dev.exposit.model.RawValue;
import dev.exposit.model.StandardSchema;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.SummaryValue.Quantile;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.LossRefusedException;
import dev.exposit.writer.NativeHistograms;
import dev.exposit.writer.StartTimestamps;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as prom2json prints it, as the document describes it, and as options change it. */
class JsonTest {
    private static WriteOptions.Builder options() {
        return WriteOptions.builder(ExpositionFormat.JSON);
    }

    private static MetricFamily only(String json) {
        List<MetricFamily> families = Json.parse(json).families();
        assertThat(families).hasSize(1);
        return families.get(0);
    }

    // ---- The document

    private static MetricSet example() {
        Exemplar trace = new Exemplar(Labels.of("trace_id", "abc"), 1, null);
        Exemplar timed = new Exemplar(Labels.of("trace_id", "def"), 0.2, Timestamp.ofMillis(1395066363100L));
        return MetricSet.of(
                MetricFamily.builder("http_requests_total", MetricType.COUNTER)
                        .help("Requests.")
                        .add(
                                Point.of(1027)
                                        .at(Timestamp.ofMillis(1395066363000L))
                                        .startedAt(Timestamp.ofMillis(1395066000500L))
                                        .withExemplars(trace),
                                "code",
                                "200")
                        .build(),
                MetricFamily.builder("rpc_seconds", MetricType.HISTOGRAM)
                        .unit("seconds")
                        .add(new HistogramValue(
                                9.0,
                                7.5,
                                List.of(
                                        new Bucket(new LabelNumber(0.5, "0.5"), 3, timed),
                                        new Bucket(new LabelNumber(1, "1.0"), 8, null),
                                        new Bucket(new LabelNumber(Double.POSITIVE_INFINITY, "+Inf"), 9, null)),
                                null))
                        .build(),
                MetricFamily.builder("rpc_native", MetricType.HISTOGRAM)
                        .add(HistogramValue.builder()
                                .count(6)
                                .sum(4)
                                .nativeBuckets(NativeBuckets.builder(0)
                                        .zeroCount(2)
                                        .positive(0, 1, 3)
                                        .build())
                                .build())
                        .build(),
                MetricFamily.builder("latency", MetricType.SUMMARY)
                        .add(new SummaryValue(
                                2.0,
                                0.3,
                                List.of(
                                        new Quantile(new LabelNumber(0.5, "0.5"), 0.1),
                                        new Quantile(new LabelNumber(0.99, "0.99"), Double.NaN))))
                        .build(),
                MetricFamily.builder("mode", MetricType.STATE_SET)
                        .add(new StateSetValue(
                                List.of(new StateSetValue.State("idle", true), new StateSetValue.State("busy", false))))
                        .build());
    }

    @Test
    void documentShowsWhatIsWrittenAndRead() throws IOException {
        String document = Files.readString(Path.of(System.getProperty("exposit.root", ".."), "docs", "json.md"));
        int from = document.indexOf("```json\n") + "```json\n".length();
        String shown = document.substring(from, document.indexOf("```", from));

        assertThat(Json.toString(example())).isEqualTo(shown);
        assertThat(Json.parse(shown)).isEqualTo(example());
    }

    // ---- What prom2json prints

    @Test
    void oneValue() {
        MetricFamily family = only("[{\"name\":\"a\",\"help\":\"H\",\"type\":\"COUNTER\",\"metrics\":["
                + "{\"labels\":{\"x\":\"1\"},\"timestamp_ms\":\"1395066363000\",\"value\":\"1.234567e+06\"}]}]");
        assertThat(family)
                .isEqualTo(MetricFamily.builder("a", MetricType.COUNTER)
                        .help("H")
                        .add(Point.of(1234567).at(Timestamp.ofMillis(1395066363000L)), "x", "1")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNTYPED", "UNKNOWN", "unknown"})
    void untypedIsUnknown(String type) {
        assertThat(only("[{\"name\":\"a\",\"help\":\"\",\"type\":\"" + type + "\",\"metrics\":[{\"value\":\"NaN\"}]}]"))
                .isEqualTo(MetricFamily.builder("a", MetricType.UNKNOWN)
                        .add(Double.NaN)
                        .build());
    }

    @Test
    void summary() {
        MetricFamily family = only("[{\"name\":\"a\",\"help\":\"\",\"type\":\"SUMMARY\",\"metrics\":["
                + "{\"quantiles\":{\"0.5\":\"1\",\"0.9\":\"+Inf\"},\"count\":\"3\",\"sum\":\"-1.5\"}]}]");
        assertThat(family.metrics().get(0).value())
                .isEqualTo(SummaryValue.builder()
                        .quantile(0.5, 1)
                        .quantile(0.9, Double.POSITIVE_INFINITY)
                        .count(3)
                        .sum(-1.5)
                        .build());
    }

    @Test
    void classicHistogram() {
        MetricFamily family = only("[{\"name\":\"a\",\"help\":\"\",\"type\":\"HISTOGRAM\",\"metrics\":["
                + "{\"buckets\":{\"+Inf\":\"12345678\",\"1\":\"3\"},\"count\":\"12345678\",\"sum\":\"5\"},"
                + "{\"labels\":{\"l\":\"x\"},\"buckets\":{},\"count\":\"0\",\"sum\":\"0\"}]}]");
        HistogramValue first = (HistogramValue) family.metrics().get(0).value();
        assertThat(first)
                .isEqualTo(HistogramValue.builder()
                        .bucket(Double.POSITIVE_INFINITY, 12345678)
                        .bucket(1, 3)
                        .count(12345678)
                        .sum(5)
                        .build());
        // Go prints the number, not the label.
        assertThat(first.buckets().get(1).le().spelling()).isNull();
        assertThat(Json.toString(MetricSet.of(family))).contains("\"+Inf\":\"12345678\"", "\"count\":\"12345678\"");
    }

    @Test
    void nativeHistogramBySchemaOfItsBounds() {
        MetricFamily family = only("[{\"name\":\"a\",\"help\":\"\",\"type\":\"HISTOGRAM\",\"metrics\":[{\"buckets\":["
                + "[1,\"-2\",\"-1.414213562373095\",\"4\"],[3,\"-1e-128\",\"1e-128\",\"2\"],"
                + "[0,\"0.7071067811865475\",\"1\",\"1\"],[0,\"1\",\"1.414213562373095\",\"5\"],[0,\"2\",\"2.82842712474619\",\"6\"]],"
                + "\"count\":\"18\",\"sum\":\"3\"}]}]");
        HistogramValue histogram = (HistogramValue) family.metrics().get(0).value();
        assertThat(histogram.nativeBuckets())
                .isEqualTo(NativeBuckets.builder(1)
                        .zeroThreshold(1e-128)
                        .zeroCount(2)
                        .positive(0, 1, 5)
                        .positive(3, 6)
                        .negative(2, 4)
                        .build());
        assertThat(histogram.buckets()).isEmpty();
    }

    /** Of every schema, the last ordinary bucket and the one that holds infinity among them. */
    @Test
    void shownBucketsTellTheirSchema() {
        for (int schema = -4; schema <= 8; schema++) {
            StandardSchema bounds = StandardSchema.of(schema);
            NativeBuckets buckets = NativeBuckets.builder(schema)
                    .zeroCount(1)
                    .positive(bounds.indexOf(0.001), 1, 2.5)
                    .positive(bounds.overflowIndex() - 1, 3, 4)
                    .negative(bounds.indexOf(7), 5)
                    .floatCounts()
                    .build();
            assertThat(ShownBucket.toNative(
                            buckets.buckets().stream().map(ShownBucket::of).toList()))
                    .isEqualTo(buckets);
        }
        assertThat(ShownBucket.toNative(List.of()))
                .isEqualTo(NativeBuckets.builder(0).build());
    }

    @Test
    void gaugeHistogramsThatWereDropped() {
        MetricFamily family =
                only("[{\"name\":\"g\",\"help\":\"\",\"type\":\"GAUGE_HISTOGRAM\",\"metrics\":[{\"value\":\"0\"}]}]");
        assertThat(family.type()).isEqualTo(MetricType.GAUGE_HISTOGRAM);
        assertThat(family.metrics().get(0).value()).isEqualTo(new RawValue("g", 0));
    }

    @Test
    void familyWithoutMetrics() {
        assertThat(only("[{\"name\":\"a\",\"help\":\"\",\"type\":\"GAUGE\"}]").metrics())
                .isEmpty();
    }

    // ---- Liberties

    @Test
    void keysComeInAnyOrderAndUnknownOnesAreSkipped() {
        MetricFamily family = only(
                "{\"x\":{\"y\":[1,{\"z\":null}]},\"metrics\":[{\"sum\":1.5,\"count\":2,\"z\":[[]],\"buckets\":null}],"
                        + "\"help\":null,\"type\":\"HISTOGRAM\",\"unit\":\"s\",\"name\":\"a\"}");
        assertThat(family)
                .isEqualTo(MetricFamily.builder("a", MetricType.HISTOGRAM)
                        .unit("s")
                        .add(HistogramValue.builder().count(2).sum(1.5).build())
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "[]", "[ ]\n"})
    void nothingIsNoFamily(String json) {
        assertThat(Json.parse(json).families()).isEmpty();
    }

    @Test
    void digitsThatDoNotFitAreReported() throws IOException {
        InputStream in = new ByteArrayInputStream(
                utf8(
                        "[{\"metrics\":[{\"value\":\"9007199254740993\","
                                + "\"start_timestamp\":\"1.0000000019\"}],\"name\":\"a\"},{\"name\":\"b\",\"metrics\":[{\"value\":\"9007199254740992\"}]}]"));
        try (FamilySource source = Json.open(in, ReadOptions.defaults())) {
            MetricSet set = source.toMetricSet();
            assertThat(source.losses().losses())
                    .containsExactly(new Loss(
                            Loss.Kind.DIGITS, "a", "integer 9007199254740993 read as 9.007199254740992E15", 2));
            assertThat(set.families().get(0).metrics().get(0).point().startTimestamp())
                    .isEqualTo(new Timestamp(1, 1));
        }
    }

    @Test
    void otherFamiliesAreSkipped() {
        String json =
                "[{\"name\":\"a\",\"metrics\":[{\"value\":\"x\"}]},{\"metrics\":[{\"value\":\"2\"}],\"name\":\"b\"},"
                        + "{\"metrics\":[{\"value\":\"3\"}],\"name\":\"c\"}]";
        assertThat(Json.parse(json, ReadOptions.defaults().withNames(Set.of("b")))
                        .families())
                .extracting(MetricFamily::name)
                .containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{}]", " [ ]", "{\"name\":1}", "{ \"a\\\"b\" : 1}", "{}", "\ufeff[{"})
    void isKnownByItsFirstBytes(String json) {
        assertThat(JsonSniffer.isJson(utf8(json), utf8(json).length)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{\"a.b\"} 1", "{\"a\",b=\"c\"} 1", "{\"a", "a 1", "[a]", "# HELP", "{a=\"b\"} 1", "\"a\":"})
    void textIsNone(String text) {
        assertThat(JsonSniffer.isJson(utf8(text), utf8(text).length)).isFalse();
    }

    // ---- Options

    private static String write(MetricSet set, WriteOptions.Builder options, Loss... losses) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LossReport report = Json.write(set, out, options.build(), JsonForm.LINES);
        assertThat(report.losses()).containsExactly(losses);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void namesAreEscapedOnRequest() throws IOException {
        MetricSet set = MetricSet.of(
                MetricFamily.builder("a.b", MetricType.GAUGE)
                        .add(1, "l.m", "x")
                        .add(2, "l.m", "x", "l_m", "y")
                        .build(),
                MetricFamily.builder("a_b", MetricType.GAUGE).add(3).build());

        assertThat(write(set, options())).contains("\"a.b\"", "\"l.m\"");
        assertThat(write(
                        set,
                        options().escaping(EscapingScheme.UNDERSCORES),
                        new Loss(Loss.Kind.NAME, "a.b", "name a.b written a_b", 2),
                        new Loss(
                                Loss.Kind.SAMPLE,
                                "a.b",
                                "metric left out: two label names of {\"l.m\"=\"x\",l_m=\"y\"} fall together when escaped",
                                1),
                        new Loss(Loss.Kind.TYPE, "a_b", "left out: name a_b is taken by another family", 1),
                        new Loss(Loss.Kind.SAMPLE, "a_b", "metric left out: name a_b is taken by another family", 1)))
                .isEqualTo(
                        "{\"name\":\"a_b\",\"help\":\"\",\"type\":\"GAUGE\",\"metrics\":[{\"labels\":{\"l_m\":\"x\"},\"value\":\"1\"}]}\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WriteOptions strict = options()
                .escaping(EscapingScheme.UNDERSCORES)
                .onLoss(LossPolicy.FAIL)
                .build();
        assertThatThrownBy(() -> Json.write(set, out, strict, JsonForm.ARRAY)).isInstanceOf(LossRefusedException.class);
        assertThat(out.size()).isZero();
    }

    /** A value can be half a character, a key cannot. */
    @Test
    void halfACharacterInAKeyIsReported() throws IOException {
        MetricSet set = MetricSet.of(MetricFamily.builder("a", MetricType.GAUGE)
                .help("\ud83d")
                .add(1, "l\ud83d", "\ud83d")
                .build());
        String json = write(set, options(), new Loss(Loss.Kind.NAME, "a", "name l\ud83d written l?", 1));
        assertThat(Json.parse(json))
                .isEqualTo(MetricSet.of(MetricFamily.builder("a", MetricType.GAUGE)
                        .help("\ud83d")
                        .add(1, "l?", "\ud83d")
                        .build()));
    }

    @Test
    void startTimestampsAreLeftOutOnRequest() throws IOException {
        MetricSet set = MetricSet.of(MetricFamily.builder("a", MetricType.COUNTER)
                .add(Point.of(1).startedAt(Timestamp.ofSeconds(5)))
                .build());
        String json = write(
                set,
                options().startTimestamps(StartTimestamps.OMIT).onLoss(LossPolicy.FAIL),
                new Loss(Loss.Kind.START_TIMESTAMP, "a", "start timestamp left out as asked for", 1));
        assertThat(json).doesNotContain("start_timestamp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.lines(
                        options().startTimestamps(StartTimestamps.CREATED).build()));
    }

    @Test
    void nativeBucketsAreClassicOnRequest() throws IOException {
        MetricSet set = MetricSet.of(MetricFamily.builder("a", MetricType.HISTOGRAM)
                .add(HistogramValue.builder()
                        .count(3)
                        .nativeBuckets(
                                NativeBuckets.builder(0).positive(0, 1, 2).build())
                        .build())
                .build());
        String json = write(
                set,
                options().nativeHistograms(NativeHistograms.CLASSIC),
                new Loss(Loss.Kind.NATIVE_BUCKETS, "a", "native buckets written as classic ones", 1));
        assertThat(json).contains("\"buckets\":{").doesNotContain("native_buckets");
    }

    // ---- The writer's life

    @Test
    void whatIsBrokenOffDoesNotLookWhole() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FamilyTarget writer = Json.writer(out, options().build(), JsonForm.ARRAY);
        writer.write(example());
        writer.abort();
        writer.close();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotEndWith("]\n");
        assertThatThrownBy(() -> writer.write(example())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void piecesFollowEachOther() throws IOException {
        MetricFamily family = MetricFamily.builder("a", MetricType.GAUGE).add(1).build();
        FamilyTarget writer =
                Json.writer(OutputStream.nullOutputStream(), options().build(), JsonForm.ARRAY);
        writer.write(new FamilyPart(family, true, false));
        assertThatIllegalArgumentException().isThrownBy(() -> writer.write(FamilyPart.whole(family)));
        assertThatThrownBy(writer::close).isInstanceOf(IllegalStateException.class);
    }

    // ---- Formats of others

    /** A number a line, as somebody's own format. */
    private static final class Numbers implements InputFormat, OutputFormat {
        @Override
        public FamilySource open(InputStream body, ReadOptions options) throws IOException {
            String[] lines = new String(body.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1);
            return new FamilySource() {
                private int next;

                @Override
                public String format() {
                    return "numbers";
                }

                @Override
                public FamilyPart next() {
                    return next == lines.length
                            ? null
                            : FamilyPart.whole(MetricFamily.builder("n" + next, MetricType.GAUGE)
                                    .add(Double.parseDouble(lines[next++]))
                                    .build());
                }

                @Override
                public LossReport losses() {
                    return LossReport.none();
                }

                @Override
                public List<Problem> problems() {
                    return List.of();
                }

                @Override
                public long problemCount() {
                    return 0;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public String id() {
            return "numbers";
        }

        @Override
        public FamilyTarget open(OutputStream out, Outline outline) {
            return new FamilyTarget() {
                @Override
                public void write(FamilyPart part) throws IOException {
                    for (Metric metric : part.family().metrics()) {
                        out.write(utf8(((NumberValue) metric.value()).value() + "\n"));
                    }
                }

                @Override
                public LossReport losses() {
                    return LossReport.none();
                }

                @Override
                public void abort() {}

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void formatsOfOthersArePluggedIn() throws IOException {
        Numbers numbers = new Numbers();
        String openMetrics =
                Converter.to(ExpositionFormat.OPENMETRICS_1).from(numbers).convert("1\n2");
        assertThat(openMetrics).isEqualTo("# TYPE n0 gauge\nn0 1.0\n# TYPE n1 gauge\nn1 2.0\n# EOF\n");
        assertThat(Converter.of(ReadOptions.defaults(), numbers).convert(openMetrics))
                .isEqualTo("1.0\n2.0\n");
        ConversionReport report = Converter.of(ReadOptions.defaults(), numbers)
                .from(numbers)
                .convert(Source.of(new ByteArrayInputStream(utf8("7")), "x"), new ByteArrayOutputStream());
        assertThat(report.from() + report.to() + report.families()).isEqualTo("numbersnumbers1");
        assertThat(Source.of(new ByteArrayInputStream(utf8("7")), "x")
                        .read(numbers, ReadOptions.defaults())
                        .value("n0"))
                .hasValue(7.0);
    }
}
