package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Label;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus protobuf, mostly in its text form, which shows the same messages; that all forms hold the same is a test as well. */
class ProtobufWriterTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final Exemplar EXEMPLAR = new Exemplar(Labels.of("trace_id", "a"), 0.5, Timestamp.ofMillis(1500));

    private static Written text(MetricFamily... families) {
        return Written.of(WriteOptions.of(ExpositionFormat.PROTOBUF_TEXT), MetricSet.of(families));
    }

    private static MetricFamily family(String name, MetricType type, Point point, String... labels) {
        return MetricFamily.builder(name, type).add(point, labels).build();
    }

    // ---- What the schema has

    @Test
    void countersHaveAnExemplarAndAStart() {
        MetricFamily family = MetricFamily.builder("requests_total", MetricType.COUNTER)
                .help("Line\n\"two\"\t\u0001")
                .unit("requests")
                .add(
                        Point.of(3)
                                .at(Timestamp.ofMillis(-5))
                                .startedAt(new Timestamp(7, 80))
                                .withExemplars(EXEMPLAR),
                        "code",
                        "200")
                .build();

        assertThat(text(family).text()).isEqualTo("""
                name: "requests_total"
                help: "Line\\n\\"two\\"\\t\\001"
                type: COUNTER
                metric {
                  label {
                    name: "code"
                    value: "200"
                  }
                  counter {
                    value: 3
                    exemplar {
                      label {
                        name: "trace_id"
                        value: "a"
                      }
                      value: 0.5
                      timestamp {
                        seconds: 1
                        nanos: 500000000
                      }
                    }
                    start_timestamp {
                      seconds: 7
                      nanos: 80
                    }
                  }
                  timestamp_ms: -5
                }
                unit: "requests"

                """);
        assertThat(text(family).losses()).isEmpty();
    }

    @Test
    void compactTextHasAMessageALine() {
        Written written = Written.of(
                WriteOptions.of(ExpositionFormat.PROTOBUF_COMPACT),
                MetricSet.of(
                        family("a", MetricType.GAUGE, Point.of(-INF), "b", "c"),
                        family("d", MetricType.UNKNOWN, Point.of(Double.NaN))));

        assertThat(written.text()).isEqualTo("""
                name: "a" type: GAUGE metric { label { name: "b" value: "c" } gauge { value: -inf } }
                name: "d" type: UNTYPED metric { untyped { value: nan } }
                """);
    }

    @Test
    void summariesAreWhole() {
        SummaryValue value =
                SummaryValue.builder().quantile(0.5, 4).count(7).sum(1.5).build();

        assertThat(text(family("s", MetricType.SUMMARY, Point.of(value))).text())
                .isEqualTo("""
                name: "s"
                type: SUMMARY
                metric {
                  summary {
                    sample_count: 7
                    sample_sum: 1.5
                    quantile {
                      quantile: 0.5
                      value: 4
                    }
                  }
                }

                """);
    }

    @Test
    void aLastBucketThatRepeatsTheCountIsLeftOut() {
        HistogramValue value = HistogramValue.builder()
                .count(3)
                .sum(2)
                .bucket(1, 2, EXEMPLAR)
                .bucket(INF, 3)
                .build();

        assertThat(text(family("h", MetricType.HISTOGRAM, Point.of(value))).text())
                .contains("upper_bound: 1\n")
                .contains("cumulative_count: 2\n")
                .contains("name: \"trace_id\"")
                .doesNotContain("inf");
    }

    @Test
    void integersAndFloatsHaveFieldsOfTheirOwn() {
        HistogramValue large = HistogramValue.builder()
                .count(0x1p63)
                .sum(2)
                .bucket(1, 2.5)
                .bucket(INF, 0x1p64)
                .build();

        assertThat(text(family("h", MetricType.GAUGE_HISTOGRAM, Point.of(large)))
                        .text())
                .contains("type: GAUGE_HISTOGRAM\n")
                .contains("sample_count: 9223372036854775808\n")
                .contains("cumulative_count_float: 2.5\n")
                .contains("cumulative_count_float: 1.8446744073709552e+19\n");
    }

    @Test
    void nativeBucketsAreSpansAndDeltas() {
        NativeBuckets buckets = NativeBuckets.builder(3)
                .zeroThreshold(0.001)
                .zeroCount(2)
                .positive(-1, 4, 1, 6)
                .negative(0, 5)
                .build();
        HistogramValue value =
                HistogramValue.builder().count(18).sum(7).nativeBuckets(buckets).build();
        Point point = Point.of(value).withExemplars(EXEMPLAR, EXEMPLAR);

        assertThat(text(family("h", MetricType.HISTOGRAM, point)).text()).startsWith("""
                name: "h"
                type: HISTOGRAM
                metric {
                  histogram {
                    sample_count: 18
                    sample_sum: 7
                    schema: 3
                    zero_threshold: 0.001
                    zero_count: 2
                    negative_span {
                      offset: 0
                      length: 1
                    }
                    negative_delta: 5
                    positive_span {
                      offset: -1
                      length: 3
                    }
                    positive_delta: 4
                    positive_delta: -3
                    positive_delta: 5
                    exemplars {
                """);
    }

    @Test
    void nativeBucketsOfFloatsAreCounts() {
        NativeBuckets buckets = new NativeBuckets(
                0,
                0,
                0,
                new NativeBuckets.Side(List.of(new NativeBuckets.Span(0, 2)), List.of(1.0, 0.5)),
                NativeBuckets.Side.none(),
                List.of(),
                true);
        HistogramValue value = HistogramValue.builder()
                .count(1.5)
                .sum(7)
                .nativeBuckets(buckets)
                .build();

        assertThat(text(family("h", MetricType.HISTOGRAM, Point.of(value))).text())
                .contains("sample_count_float: 1.5\n")
                .contains("positive_count: 1\n    positive_count: 0.5\n")
                .doesNotContain("delta");
    }

    @Test
    void anEmptyNativeHistogramHasASpanOfNothing() {
        HistogramValue value = HistogramValue.builder()
                .count(0)
                .sum(0)
                .nativeBuckets(NativeBuckets.builder(0).build())
                .build();

        assertThat(text(family("h", MetricType.HISTOGRAM, Point.of(value))).text())
                .contains("positive_span {\n      offset: 0\n      length: 0\n    }\n");
    }

    /** In any order, as long as none stands twice. */
    @ParameterizedTest
    @CsvSource({"1 2 3, true", "3 1 2, true", "2 1 2, false", "1 1 2, false", "-0.0 0 1, true", "0 -0.0 0, false"})
    void boundsAndQuantilesStandOnceInOnePiece(String bounds, boolean whole) {
        List<Double> numbers =
                Stream.of(bounds.split(" ", -1)).map(Double::valueOf).toList();
        HistogramValue.Builder histogram = HistogramValue.builder().count(1).sum(1);
        numbers.forEach(bound -> histogram.bucket(bound, 1));
        histogram.bucket(INF, 1);
        SummaryValue.Builder summary = SummaryValue.builder().count(1).sum(1);
        numbers.forEach(quantile -> summary.quantile(quantile, 1));

        Written written = text(
                family("h", MetricType.HISTOGRAM, Point.of(histogram.build())),
                family("s", MetricType.SUMMARY, Point.of(summary.build())));

        assertThat(written.text().contains("histogram {")).isEqualTo(whole);
        assertThat(written.text().contains("summary {")).isEqualTo(whole);
    }

    /** Whatever an equal bound at the same place was spelled like in the metric before. */
    @Test
    void eachMetricHasItsOwnSpellings() {
        List<Metric> metrics = new ArrayList<>();
        for (LabelNumber bound : List.of(
                new LabelNumber(1, "1"), new LabelNumber(1, "1.0"), LabelNumber.of(1), new LabelNumber(1, "1"))) {
            HistogramValue value = new HistogramValue(
                    1.0,
                    1.0,
                    List.of(
                            new HistogramValue.Bucket(bound, 1, null),
                            new HistogramValue.Bucket(new LabelNumber(INF, "+Inf"), 1, null)),
                    null);
            metrics.add(new Metric(Labels.of("a", "" + metrics.size()), Point.of(value)));
        }
        Written written = Written.protobuf(new MetricFamily(new Metadata("h", MetricType.HISTOGRAM), metrics));

        MetricSet back = Exposition.parse(written.bytes(), ReadOptions.of(ExpositionFormat.PROTOBUF));
        assertThat(ExpositionWriter.toString(back, ExpositionFormat.PROMETHEUS_TEXT))
                .contains("{a=\"0\",le=\"1\"}", "{a=\"1\",le=\"1.0\"}", "{a=\"2\",le=\"1\"}", "{a=\"3\",le=\"1\"}");
    }

    @Test
    void spellingsOfBoundsStayOnTheWire() {
        HistogramValue value = new HistogramValue(
                1.0,
                1.0,
                List.of(
                        new HistogramValue.Bucket(new LabelNumber(1, "1.0"), 1, null),
                        new HistogramValue.Bucket(new LabelNumber(2, "2"), 1, null),
                        new HistogramValue.Bucket(new LabelNumber(INF, "+Inf"), 1, null)),
                null);
        SummaryValue summary =
                new SummaryValue(1.0, 1.0, List.of(new SummaryValue.Quantile(new LabelNumber(1, "1.00"), 1)));
        MetricFamily[] families = {
            family("h", MetricType.HISTOGRAM, Point.of(value)), family("s", MetricType.SUMMARY, Point.of(summary))
        };

        Written written = Written.protobuf(families);
        MetricSet back = Exposition.parse(written.bytes(), ReadOptions.of(ExpositionFormat.PROTOBUF));

        assertThat(written.losses()).isEmpty();
        assertThat(ExpositionWriter.toString(back, ExpositionFormat.PROMETHEUS_TEXT))
                .contains("h_bucket{le=\"1.0\"} 1", "h_bucket{le=\"2\"} 1", "s{quantile=\"1.00\"} 1");
        assertThat(ReferenceParser.parse(written.bytes(), ExpositionFormat.PROTOBUF))
                .isEqualTo(back);
        // Text forms have no fields that readers pass over.
        assertThat(text(families).losses())
                .containsExactly(
                        "SPELLING h: spelling 1.0 of a bound or quantile left out",
                        "SPELLING s: spelling 1.00 of a bound or quantile left out");
    }

    @Test
    void anotherSpellingIsNotRefused() {
        SummaryValue summary =
                new SummaryValue(1.0, 1.0, List.of(new SummaryValue.Quantile(new LabelNumber(1, "1.0"), 1)));
        WriteOptions options = WriteOptions.builder(ExpositionFormat.PROTOBUF_TEXT)
                .onLoss(LossPolicy.FAIL)
                .build();

        assertThat(Written.of(options, MetricSet.of(family("s", MetricType.SUMMARY, Point.of(summary))))
                        .lossKinds())
                .containsExactly("SPELLING s");
    }

    // ---- What it has not

    @Test
    void infosAndStateSetsAreGauges() {
        Written written = text(
                family("build_info", MetricType.INFO, Point.of(new InfoValue()), "v", "1"),
                family(
                        "state",
                        MetricType.STATE_SET,
                        Point.of(new StateSetValue(
                                List.of(new StateSetValue.State("on", true), new StateSetValue.State("off", false))))));

        assertThat(written.losses())
                .containsExactly("TYPE build_info: info written as gauge", "TYPE state: stateset written as gauge");
        assertThat(written.text())
                .contains("name: \"state\"\n    value: \"on\"\n  }\n  gauge {\n    value: 1\n")
                .contains("name: \"state\"\n    value: \"off\"\n  }\n  gauge {\n    value: 0\n");
    }

    @Test
    void aHistogramWithoutCountIsTakenApart() {
        HistogramValue without =
                HistogramValue.builder().bucket(1, 2).bucket(INF, 3, EXEMPLAR).build();
        HistogramValue whole =
                HistogramValue.builder().count(1).sum(1).bucket(INF, 1).build();
        MetricFamily family = MetricFamily.builder("h", MetricType.HISTOGRAM)
                .help("H")
                .add(without, "a", "1")
                .add(whole, "a", "2")
                .build();

        Written written = Written.protobuf(family);

        assertThat(Exposition.parse(written.bytes(), ReadOptions.of(ExpositionFormat.PROTOBUF)))
                .isEqualTo(MetricSet.of(
                        MetricFamily.builder("h", MetricType.HISTOGRAM)
                                .help("H")
                                .add(whole, "a", "2")
                                .build(),
                        MetricFamily.builder("h_bucket", MetricType.UNKNOWN)
                                .help("H")
                                .add(2, "a", "1", "le", "1")
                                .add(3, "a", "1", "le", "+Inf")
                                .build()));
        assertThat(written.losses())
                .containsExactly(
                        "TYPE h: taken apart into its samples: there is no count", "EXEMPLAR h: exemplar left out");
    }

    @Test
    void theTypeGivesWayToASampleUnderTheFamilysName() {
        SummaryValue bare = SummaryValue.builder().quantile(0.5, 1).build();
        MetricFamily summaries = MetricFamily.builder("s", MetricType.SUMMARY)
                .add(bare, "a", "1")
                .add(SummaryValue.builder().quantile(0.5, 2).count(1).sum(2).build(), "a", "2")
                .build();
        MetricFamily raw = family("h", MetricType.HISTOGRAM, Point.of(new RawValue("h", 5)));

        Written written = Written.protobuf(summaries, raw);

        assertThat(Exposition.parse(written.bytes(), ReadOptions.of(ExpositionFormat.PROTOBUF)))
                .isEqualTo(MetricSet.of(
                        MetricFamily.builder("s", MetricType.UNKNOWN)
                                .add(1, "a", "1", "quantile", "0.5")
                                .add(2, "a", "2", "quantile", "0.5")
                                .build(),
                        MetricFamily.builder("s_sum", MetricType.UNKNOWN)
                                .add(2, "a", "2")
                                .build(),
                        MetricFamily.builder("s_count", MetricType.UNKNOWN)
                                .add(1, "a", "2")
                                .build(),
                        MetricFamily.builder("h", MetricType.UNKNOWN).add(5).build()));
    }

    @Test
    void nativeBucketsWeighMoreThanASampleUnderTheFamilysName() {
        HistogramValue value = HistogramValue.builder()
                .count(1)
                .sum(1)
                .nativeBuckets(NativeBuckets.builder(0).positive(0, 1).build())
                .build();
        MetricFamily family = MetricFamily.builder("h", MetricType.HISTOGRAM)
                .add(value)
                .add(new RawValue("h", 5), "a", "b")
                .build();

        assertThat(Written.protobuf(family).losses())
                .containsExactly("SAMPLE h: sample left out: its name h is that of a histogram");
    }

    @Test
    void timesThatHaveNoPlaceAreReported() {
        Timestamp yearMillion = Timestamp.ofSeconds(30_000_000_000_000L);

        assertThat(text(
                                family("a", MetricType.GAUGE, Point.of(1).at(Timestamp.ofSeconds(0))),
                                family("b", MetricType.GAUGE, Point.of(1).at(new Timestamp(1, 1))),
                                family("c", MetricType.GAUGE, Point.of(1).at(Timestamp.ofSeconds(Long.MAX_VALUE))),
                                family(
                                        "d_total",
                                        MetricType.COUNTER,
                                        Point.of(1).withExemplars(new Exemplar(Labels.of(), 1, yearMillion))))
                        .losses())
                .containsExactly(
                        "TIMESTAMP a: timestamp 0 left out: 0 stands for none",
                        "TIMESTAMP b: timestamp 1.000000001 rounded down to milliseconds",
                        "TIMESTAMP c: timestamp 9223372036854775807 left out: too large",
                        "EXEMPLAR d_total: timestamp 30000000000000 of an exemplar left out: out of range");
    }

    @Test
    void startsWithoutAFieldAreGaugesBehind() {
        Point started = Point.of(1).startedAt(Timestamp.ofMillis(2500));

        Written written = Written.protobuf(family("a", MetricType.GAUGE, started, "l", "m"));

        assertThat(Exposition.parse(written.bytes(), ReadOptions.of(ExpositionFormat.PROTOBUF)))
                .isEqualTo(MetricSet.of(
                        family("a", MetricType.GAUGE, Point.of(1), "l", "m"),
                        family("a_created", MetricType.GAUGE, Point.of(2.5), "l", "m")));
    }

    @Test
    void aCounterKeepsItsNewestExemplar() {
        Exemplar later = new Exemplar(Labels.of("n", "later"), 1, Timestamp.ofSeconds(9));
        Exemplar untimed = new Exemplar(Labels.of("n", "untimed"), 1, null);
        Point point = Point.of(1).withExemplars(untimed, later, EXEMPLAR);

        Written written = text(family("a_total", MetricType.COUNTER, point));

        assertThat(written.text()).contains("later").doesNotContain("untimed");
        assertThat(written.losses()).containsExactly("EXEMPLAR a_total: exemplar left out (2 times)");
    }

    @Test
    void namesThatFallTogetherAreReported() {
        WriteOptions options = WriteOptions.builder(ExpositionFormat.PROTOBUF)
                .escaping(EscapingScheme.UNDERSCORES)
                .build();
        Written written = Written.of(
                options,
                MetricSet.of(
                        family("a.b", MetricType.GAUGE, Point.of(1)),
                        family("a:b", MetricType.GAUGE, Point.of(2)),
                        family("a_b", MetricType.GAUGE, Point.of(3)),
                        family("c", MetricType.GAUGE, Point.of(4), "d.e", "1", "d-e", "2")));

        assertThat(written.losses())
                .containsExactly(
                        "NAME a.b: name a.b written a_b",
                        "SAMPLE a_b: sample left out: name a_b is taken by another family",
                        "SAMPLE c: sample left out: two label names of {\"d.e\"=\"1\",\"d-e\"=\"2\"} fall together when"
                                + " escaped");
    }

    @Test
    void aSeriesThatStandsTwiceIsWrittenOnce() {
        MetricFamily family = MetricFamily.builder("a", MetricType.GAUGE)
                .add(1, "b", "")
                .add(2)
                .build();

        assertThat(text(family).losses()).containsExactly("SAMPLE a: sample left out: a{} stands twice");
    }

    @Test
    void aMessageBeyondTheLimitIsLeftOutAsAWhole() {
        MetricFamily.Builder large = MetricFamily.builder("large", MetricType.GAUGE);
        for (int i = 0; i < 100; i++) {
            large.add(i, "i", "" + i);
        }
        WriteOptions options = WriteOptions.builder(ExpositionFormat.PROTOBUF)
                .messageBytes(1000)
                .build();
        Written written =
                Written.of(options, MetricSet.of(large.build(), family("small", MetricType.GAUGE, Point.of(1))));

        assertThat(written.losses())
                .containsExactly(
                        "SAMPLE large: sample left out: the family's message is longer than messageBytes = 1000"
                                + " (100 times)");
        assertThat(Exposition.parse(written.bytes(), ReadOptions.of(ExpositionFormat.PROTOBUF)))
                .isEqualTo(MetricSet.of(family("small", MetricType.GAUGE, Point.of(1))));
    }

    @Test
    void whatStandsBehindAMessageBeyondTheLimitGoesWithIt() {
        MetricFamily.Builder large = MetricFamily.builder("large", MetricType.GAUGE);
        large.add(Point.of(0).startedAt(Timestamp.ofSeconds(5)));
        for (int i = 1; i < 100; i++) {
            large.add(i, "i", "" + i);
        }
        WriteOptions options = WriteOptions.builder(ExpositionFormat.PROTOBUF)
                .messageBytes(1000)
                .build();

        Written written = Written.of(options, MetricSet.of(large.build()));

        assertThat(written.bytes()).isEmpty();
        assertThat(written.count(Loss.Kind.SAMPLE)).isEqualTo(101);
    }

    @Test
    void whatIsTooLargeBehindLeavesNoFamilyWithoutMetrics() {
        MetricFamily family = MetricFamily.builder("a", MetricType.GAUGE)
                .add(Point.of(1).startedAt(Timestamp.ofSeconds(5)), "b", "c")
                .add(2)
                .build();
        WriteOptions options =
                WriteOptions.builder(ExpositionFormat.PROTOBUF).heldBytes(1).build();

        Written written = Written.parts(options, Written.piecesOf(family));

        assertThat(Exposition.parse(written.bytes(), ReadOptions.of(ExpositionFormat.PROTOBUF)))
                .isEqualTo(MetricSet.of(MetricFamily.builder("a", MetricType.GAUGE)
                        .add(1, "b", "c")
                        .add(2)
                        .build()));
        assertThat(written.losses())
                .containsExactly(
                        "START_TIMESTAMP a: start timestamp left out: family a_created needs more than heldBytes = 1"
                                + " or messageBytes = 536870912");
    }

    @Test
    void nothingOfARefusedFamilyIsWritten() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WriteOptions options = WriteOptions.builder(ExpositionFormat.PROTOBUF)
                .onLoss(LossPolicy.FAIL)
                .build();
        ExpositionWriter writer = ExpositionWriter.open(out, options);
        MetricFamily family = MetricFamily.builder("a", MetricType.GAUGE)
                .add(1)
                .add(Point.of(2).withExemplars(EXEMPLAR), "b", "c")
                .build();

        assertThatThrownBy(() -> writer.write(family)).isInstanceOf(LossRefusedException.class);
        writer.close();

        assertThat(out.size()).isZero();
    }

    // ---- All forms

    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"PROTOBUF_TEXT", "PROTOBUF_COMPACT"})
    void textHoldsWhatTheWireHolds(ExpositionFormat format) {
        for (long seed = 0; seed < 300; seed++) {
            MetricSet set = new MetricSetGenerator(seed, seed % 2 == 0).next();
            Written wire = Written.of(WriteOptions.of(ExpositionFormat.PROTOBUF), set);

            Written text = Written.of(WriteOptions.of(format), set);

            assertThat(ReferenceParser.parse(text.bytes(), format))
                    .as("seed %d: %s", seed, text.text())
                    .isEqualTo(ReferenceParser.parse(wire.bytes(), ExpositionFormat.PROTOBUF));
        }
    }

    /** Lengths of one byte and of more, of values that are copied at once and of others. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "\"", "\n", "\u00E9", "\u4E2D"})
    void labelsOfAnyLengthAreWritten(String first) {
        MetricFamily.Builder builder = MetricFamily.builder("g", MetricType.GAUGE);
        for (int length : new int[] {0, 1, 2, 100, 114, 115, 116, 117, 125, 126, 127, 128, 129, 5000, 16_383, 16_384}) {
            builder.add(length, "a", (first + "v".repeat(length)).substring(0, length), "label_name", "w");
        }
        MetricSet set = MetricSet.of(builder.build());
        byte[] bytes = ExpositionWriter.toBytes(set, ExpositionFormat.PROTOBUF);
        assertThat(ReferenceParser.parse(bytes, ExpositionFormat.PROTOBUF)).isEqualTo(set);
        // As long as protobuf's own classes make it, which use the fewest bytes.
        assertThat(bytes).hasSize(shortest(set));
    }

    private static int shortest(MetricSet set) {
        int size = 3 + 2;
        for (Metric metric : set.families().get(0).metrics()) {
            int bytes = 2 + 9;
            for (Label label : metric.labels()) {
                bytes += CodedOutputStream.computeByteArraySize(
                        1,
                        new byte
                                [CodedOutputStream.computeStringSize(1, label.name())
                                        + CodedOutputStream.computeStringSize(2, label.value())]);
            }
            size += CodedOutputStream.computeByteArraySize(4, new byte[bytes]);
        }
        return CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }

    @Test
    void bytesAreNoString() {
        assertThatThrownBy(() -> ExpositionWriter.toString(MetricSet.of(), ExpositionFormat.PROTOBUF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a text format, got protobuf");
        assertThat(ExpositionWriter.toBytes(
                        MetricSet.of(family("a", MetricType.COUNTER, Point.of(0))), ExpositionFormat.PROTOBUF))
                .hasSize(1 + 3 + 2 + 2 + 2 + 9);
    }

    @Test
    void metricsAreWrittenOnce() {
        Metric metric = new Metric(
                Labels.of("a", "b"),
                List.of(Point.of(1).at(Timestamp.ofSeconds(1)), Point.of(2).at(Timestamp.ofSeconds(2))));

        assertThat(text(MetricFamily.builder("g", MetricType.GAUGE).add(metric).build())
                        .losses())
                .containsExactly("POINT g: older point left out");
    }
}
