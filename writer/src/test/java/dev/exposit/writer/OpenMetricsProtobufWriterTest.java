package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.StateSetValue.State;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ReadOptions;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OpenMetrics protobuf is written as, and what it takes. What names and rules take, the tests of OpenMetrics 1.0 say. */
class OpenMetricsProtobufWriterTest {
    private static final WriteOptions OPTIONS = WriteOptions.of(ExpositionFormat.OPENMETRICS_PROTOBUF);

    private static MetricSet read(Written written) {
        MetricSet read = Exposition.parse(written.bytes(), ReadOptions.of(ExpositionFormat.OPENMETRICS_PROTOBUF));
        assertThat(ReferenceParser.parse(written.bytes(), ExpositionFormat.OPENMETRICS_PROTOBUF))
                .isEqualTo(read);
        return read;
    }

    private static void assertLossless(MetricFamily... families) {
        Written written = Written.openMetricsProtobuf(families);
        assertThat(read(written)).isEqualTo(MetricSet.of(families));
        assertThat(written.losses()).isEmpty();
    }

    private static MetricFamily gauge(String name, double value) {
        return MetricFamily.builder(name, MetricType.GAUGE).add(value).build();
    }

    @Test
    void theBytesAreThoseOfTheSchema() {
        MetricFamily family = MetricFamily.builder("a_s_total", MetricType.COUNTER)
                .unit("s")
                .help("H")
                .add(new Point(new NumberValue(2), new Timestamp(1, 2), Timestamp.ofSeconds(3), List.of()), "l", "v")
                .build();
        // The set's field: name, type, unit, help, and a metric: its label, and a point: time, and a value: number,
        // created.
        assertThat(HexFormat.of().formatHex(Written.openMetricsProtobuf(family).bytes()))
                .isEqualTo("0a2e" + "0a03615f73" + "1002" + "1a0173" + "220148" + "2a1f" + "0a06" + "0a016c" + "120176"
                        + "1215" + "420408011002" + "1a0d" + "090000000000000040" + "1a020803");
    }

    @Test
    void nothingIsNoBytes() {
        assertThat(Written.openMetricsProtobuf().bytes()).isEmpty();
    }

    @Test
    void eachTypeIsWrittenWithoutLoss() {
        Timestamp time = new Timestamp(-1, 5);
        Exemplar exemplar = new Exemplar(Labels.of("t", "é"), 0.25, Timestamp.ofSeconds(0));
        assertLossless(
                MetricFamily.builder("u", MetricType.UNKNOWN)
                        .add(Point.of(Double.NaN).at(time), "a", "", "b", "\n")
                        .build(),
                MetricFamily.builder("g_s", MetricType.GAUGE)
                        .unit("s")
                        .help("ends with\r")
                        .add(-0.0)
                        .build(),
                MetricFamily.builder("c_total", MetricType.COUNTER)
                        .add(new Point(new NumberValue(0x1p64), null, time, List.of(exemplar)))
                        .build(),
                MetricFamily.builder("i_info", MetricType.INFO)
                        .add(Point.of(new InfoValue()), "v", "1")
                        .add(Point.of(new InfoValue()).at(time), "v", "2")
                        .build(),
                MetricFamily.builder("a:b", MetricType.STATE_SET)
                        .add(Point.of(new StateSetValue(List.of(new State("", true), new State("x", false)))))
                        .add(Point.of(new StateSetValue(List.of())), "l", "v")
                        .build(),
                MetricFamily.builder("h", MetricType.HISTOGRAM)
                        .add(Point.of(HistogramValue.builder()
                                        .count(2)
                                        .sum(0.5)
                                        .bucket(0.5, 1, exemplar)
                                        .bucket(Double.POSITIVE_INFINITY, 2)
                                        .build())
                                .startedAt(time))
                        .build(),
                MetricFamily.builder("gh", MetricType.GAUGE_HISTOGRAM)
                        .add(Point.of(HistogramValue.builder()
                                        .bucket(-1, 1)
                                        .bucket(Double.POSITIVE_INFINITY, 2)
                                        .build())
                                .startedAt(time))
                        .build(),
                MetricFamily.builder("s", MetricType.SUMMARY)
                        .add(Point.of(SummaryValue.builder().quantile(0.5, 8).build()), "a", "1")
                        .add(Point.of(SummaryValue.builder().count(2).build()), "a", "2")
                        .add(Point.of(SummaryValue.builder().count(0).sum(0).build()), "a", "3")
                        .build());
    }

    @Test
    void aMetricMayHaveSeveralPoints() {
        MetricFamily family = new MetricFamily(
                gauge("g", 1).metadata(),
                List.of(new Metric(
                        Labels.of("a", "b"),
                        List.of(
                                Point.of(1).at(Timestamp.ofSeconds(1)),
                                Point.of(2).at(Timestamp.ofSeconds(2))))));
        assertLossless(family);
    }

    @Test
    void theSpellingOfABoundStays() {
        MetricFamily family = MetricFamily.builder("h", MetricType.HISTOGRAM)
                .add(Point.of(new HistogramValue(
                        1.0,
                        1.0,
                        List.of(
                                new HistogramValue.Bucket(new LabelNumber(1, "1.00"), 1, null),
                                new HistogramValue.Bucket(new LabelNumber(Double.POSITIVE_INFINITY, "inf"), 1, null)),
                        null)))
                .build();
        HistogramValue read = (HistogramValue) read(Written.openMetricsProtobuf(family))
                .families()
                .get(0)
                .metrics()
                .get(0)
                .value();
        assertThat(read.buckets())
                .extracting(bucket -> String.valueOf(bucket.le().spelling()))
                .containsExactly("1.00", "inf");
    }

    // ---- What gives way

    @Test
    void theCounterBesideAGaugeOfItsNameGivesWay() {
        Written written = Written.openMetricsProtobuf(
                MetricFamily.builder("x_total", MetricType.COUNTER).add(1).build(), gauge("x", 2));
        assertThat(read(written).stream().map(family -> family.type() + " " + family.name()))
                .containsExactly("UNKNOWN x_total", "GAUGE x");
        assertThat(written.lossKinds()).containsExactly("TYPE x_total");
    }

    @Test
    void startsThatComeAsAGaugeAreStarts() {
        MetricFamily counter =
                MetricFamily.builder("x_total", MetricType.COUNTER).add(1).build();
        Written written = Written.openMetricsProtobuf(gauge("x_created", 5), counter);
        assertThat(read(written)).hasToString("x_total counter\n  {} 1.0 since 5");
        // Beyond the year 9999 no message can have one, so that both stay as they are.
        Written late = Written.openMetricsProtobuf(gauge("x_created", 1e12), counter);
        assertThat(read(late).value("x_created")).hasValue(1e12);
        assertThat(late.lossKinds()).containsExactly("TYPE x_total");
    }

    /** What the schema cannot say of counts, the samples of unknown families say. */
    @ParameterizedTest
    @CsvSource({"0.5, 1, TYPE", "1e30, 1, TYPE", "0, , TYPE", ", 1, TYPE", "1, , ''", ", , ''"})
    void aSummaryWhoseCountCannotBeSaidIsTakenApart(Double count, Double sum, String loss) {
        MetricFamily family = MetricFamily.builder("s", MetricType.SUMMARY)
                .add(Point.of(new SummaryValue(count, sum, List.of())))
                .build();
        Written written = Written.openMetricsProtobuf(family);
        assertThat(written.losses()).hasSize(loss.isEmpty() ? 0 : 1).allMatch(one -> one.contains("taken apart"));
        if (loss.isEmpty()) {
            assertThat(read(written)).isEqualTo(MetricSet.of(family));
        } else {
            if (count != null) {
                assertThat(read(written).value("s_count")).hasValue(count);
            }
            if (sum != null) {
                assertThat(read(written).value("s_sum")).hasValue(sum);
            }
        }
    }

    @Test
    void aHistogramOfCountsBeyond64BitsIsTakenApart() {
        Written written = Written.openMetricsProtobuf(MetricFamily.builder("h", MetricType.HISTOGRAM)
                .add(Point.of(HistogramValue.builder()
                        .count(0x1p64)
                        .sum(1)
                        .bucket(Double.POSITIVE_INFINITY, 0x1p64)
                        .build()))
                .build());
        assertThat(written.losses())
                .containsExactly(
                        "TYPE h: histogram taken apart into unknown families: a bucket's value does not fit into"
                                + " 64 bits");
        assertThat(read(written).value("h_bucket", "le", "+Inf")).hasValue(0x1p64);
    }

    @Test
    void aStateSetWhoseLabelIsTakenIsUnknown() {
        Written written = Written.openMetricsProtobuf(MetricFamily.builder("e", MetricType.STATE_SET)
                .add(Point.of(new StateSetValue(List.of(new State("on", true)))), "e", "x")
                .add(Point.of(new StateSetValue(List.of(new State("on", true), new State("off", false)))), "l", "v")
                .build());
        assertThat(read(written)).hasToString("e unknown\n  {l=\"v\",e=\"on\"} 1.0\n  {l=\"v\",e=\"off\"} 0.0");
        assertThat(written.lossKinds()).containsExactly("TYPE e", "SAMPLE e");
    }

    // ---- What is left out

    @Test
    void timesOutOfRangeAreLeftOut() {
        Timestamp late = Timestamp.ofSeconds(253_402_300_800L);
        Timestamp early = Timestamp.ofSeconds(-62_135_596_801L);
        Timestamp fine = Timestamp.ofSeconds(1);
        MetricFamily family = new MetricFamily(
                MetricFamily.builder("c_total", MetricType.COUNTER).build().metadata(),
                List.of(
                        new Metric(
                                Labels.of("a", "1"),
                                List.of(
                                        Point.of(1).at(early),
                                        Point.of(2).at(fine),
                                        Point.of(3).at(late))),
                        new Metric(
                                Labels.of("a", "2"),
                                new Point(
                                        new NumberValue(1),
                                        late,
                                        early,
                                        List.of(new Exemplar(Labels.of(), 1, late))))));
        Written written = Written.openMetricsProtobuf(family);
        assertThat(read(written)).hasToString("c_total counter\n  {a=\"1\"} 2.0 at 1\n  {a=\"2\"} 1.0 # {} 1.0");
        assertThat(written.losses())
                .containsExactly(
                        "POINT c_total: point left out: its timestamp is not within the years 1 to 9999 (2 times)",
                        "TIMESTAMP c_total: timestamp 253402300800 left out: not within the years 1 to 9999",
                        "START_TIMESTAMP c_total: start timestamp left out: -62135596801 is not within the years 1 to"
                                + " 9999",
                        "EXEMPLAR c_total: timestamp 253402300800 of an exemplar left out: out of range");
    }

    @Test
    void exemplarsThatTheFormatCannotHaveAreLeftOut() {
        Exemplar one = new Exemplar(Labels.of("a", "1"), 1, null);
        Exemplar longest = new Exemplar(Labels.of("a", "x".repeat(128)), 1, null);
        Written written = Written.openMetricsProtobuf(
                MetricFamily.builder("g", MetricType.GAUGE)
                        .add(Point.of(1).withExemplars(one))
                        .build(),
                MetricFamily.builder("c_total", MetricType.COUNTER)
                        .add(Point.of(1).withExemplars(longest, one), "a", "1")
                        .add(Point.of(1).withExemplars(longest), "a", "2")
                        .build());
        assertThat(written.count(Loss.Kind.EXEMPLAR)).isEqualTo(3);
        assertThat(read(written))
                .hasToString("g gauge\n  {} 1.0\nc_total counter\n  {a=\"1\"} 1.0 # {a=\"1\"} 1.0\n  {a=\"2\"} 1.0");
    }

    @Test
    void startsAreLeftOutAsAskedFor() {
        WriteOptions omit = OPTIONS.toBuilder()
                .startTimestamps(StartTimestamps.OMIT)
                .onLoss(LossPolicy.FAIL)
                .build();
        MetricFamily family = MetricFamily.builder("c_total", MetricType.COUNTER)
                .add(Point.of(1).startedAt(Timestamp.ofSeconds(1)))
                .build();
        Written written = Written.of(omit, MetricSet.of(family));
        assertThat(read(written)).hasToString("c_total counter\n  {} 1.0");
        assertThat(written.count(Loss.Kind.START_TIMESTAMP)).isOne();
    }

    @Test
    void namesAreEscapedUnlessToldOtherwise() {
        Written written = Written.openMetricsProtobuf(gauge("a.b", 1));
        assertThat(read(written).value("a_b")).hasValue(1.0);
        assertThat(written.lossKinds()).containsExactly("NAME a.b");
    }

    // ---- Pieces

    @Test
    void aFamilyInPiecesIsOneMessage() {
        MetricFamily family = MetricFamily.builder("g", MetricType.GAUGE)
                .add(1, "a", "1")
                .add(2, "a", "2")
                .add(3, "a", "3")
                .build();
        assertThat(Written.parts(OPTIONS, Written.piecesOf(family)).bytes())
                .isEqualTo(Written.openMetricsProtobuf(family).bytes());
    }

    @Test
    void aMessageThatGetsTooLongIsLeftOut() {
        MetricFamily family = MetricFamily.builder("g", MetricType.GAUGE)
                .add(1, "a", "1")
                .add(2, "a", "2")
                .add(3, "a", "3")
                .build();
        WriteOptions limited = OPTIONS.toBuilder().messageBytes(50).build();
        Written written = Written.of(limited, MetricSet.of(family, gauge("h", 1)));
        assertThat(read(written)).isEqualTo(MetricSet.of(gauge("h", 1)));
        assertThat(written.losses())
                .containsExactly(
                        "SAMPLE g: sample left out: the family's message is longer than messageBytes = 50 (3 times)");
        assertThatThrownBy(() ->
                        Written.of(limited.toBuilder().onLoss(LossPolicy.FAIL).build(), MetricSet.of(family)))
                .isInstanceOf(LossRefusedException.class);
    }

    @Test
    void whatIsTakenApartFitsIntoTheLimitsOrIsLeftOut() {
        MetricFamily family = MetricFamily.builder("s", MetricType.SUMMARY)
                .add(Point.of(SummaryValue.builder().count(0.5).sum(1).build()), "a", "1")
                .add(Point.of(SummaryValue.builder().count(0.5).sum(1).build()), "a", "2")
                .add(Point.of(SummaryValue.builder().count(0.5).sum(1).build()), "a", "3")
                .build();
        WriteOptions limited = OPTIONS.toBuilder().heldBytes(60).build();
        Written written = Written.parts(limited, Written.piecesOf(family));
        assertThat(read(written).family("s_count").orElseThrow().metrics()).hasSize(3);
        assertThat(read(written).family("s_sum").orElseThrow().metrics()).hasSize(2);
        assertThat(written.count(Loss.Kind.SAMPLE)).isOne();
    }
}
