package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenMetrics 2.0 looks like where every value keeps the rules of its type. */
class OpenMetrics2WriterTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final Timestamp START = new Timestamp(1520430000, 123_000_000);
    private static final Timestamp TIME = new Timestamp(1520879607, 789_000_001);
    private static final Exemplar TRACE = new Exemplar(Labels.of("trace_id", "a\"b"), 0.67, TIME);
    private static final Exemplar BARE = new Exemplar(Labels.of(), 9.8, TIME);

    private static MetricFamily.Builder family(String name, MetricType type) {
        return MetricFamily.builder(name, type);
    }

    private static void assertLossless(Written written, String text) {
        assertThat(written.text()).isEqualTo(text + "# EOF\n");
        assertThat(written.losses()).isEmpty();
    }

    @Test
    void samplesHaveTheNameOfTheirFamily() {
        assertLossless(
                Written.openMetrics2(
                        family("cpu_seconds_total", MetricType.COUNTER)
                                .unit("seconds")
                                .help("Total\nCPU \\ \"time\".")
                                .add(4.20072246e+06)
                                .add(Point.of(17).at(TIME).startedAt(START).withExemplars(TRACE, BARE), "mode", "\n")
                                .build(),
                        family("cpu_seconds", MetricType.GAUGE).add(1e21).build(),
                        family("requests", MetricType.COUNTER).unit("1").add(1).build()),
                """
                # TYPE cpu_seconds_total counter
                # UNIT cpu_seconds_total seconds
                # HELP cpu_seconds_total Total\\nCPU \\\\ \\"time\\".
                cpu_seconds_total 4.20072246e+06
                cpu_seconds_total{mode="\\n"} 17 1520879607.789000001 st@1520430000.123 # {trace_id="a\\"b"} 0.67 1520879607.789000001 # {} 9.8 1520879607.789000001
                # TYPE cpu_seconds gauge
                cpu_seconds 1e+21
                # TYPE requests counter
                # UNIT requests 1
                requests 1
                """);
    }

    @Test
    void histogramsAreOneValue() {
        HistogramValue histogram = HistogramValue.builder()
                .bucket(Double.NEGATIVE_INFINITY, 0)
                .bucket(0, 0)
                .bucket(1e-5, 1)
                .bucket(INF, 17)
                .count(17)
                .sum(324789.3)
                .build();

        assertLossless(
                Written.openMetrics2(
                        family("h", MetricType.HISTOGRAM)
                                .add(Point.of(histogram).startedAt(START).withExemplars(BARE), "a", "b")
                                .build(),
                        family("g", MetricType.GAUGE_HISTOGRAM).add(histogram).build(),
                        family("u", MetricType.UNKNOWN)
                                .add(histogram, "a", "1")
                                .add(5, "a", "2")
                                .build()),
                """
                # TYPE h histogram
                h{a="b"} {count:17,sum:324789.3,bucket:[-Inf:0,0:0,1e-05:1,+Inf:17]} st@1520430000.123 # {} 9.8 1520879607.789000001
                # TYPE g gaugehistogram
                g {gcount:17,gsum:324789.3,bucket:[-Inf:0,0:0,1e-05:1,+Inf:17]}
                # TYPE u unknown
                u{a="1"} {count:17,sum:324789.3,bucket:[-Inf:0,0:0,1e-05:1,+Inf:17]}
                u{a="2"} 5
                """);
    }

    @Test
    void nativeBucketsStandBeforeClassicOnes() {
        NativeBuckets both = new NativeBuckets(
                7,
                1e-4,
                2,
                new NativeBuckets.Side(
                        List.of(new NativeBuckets.Span(-1, 2), new NativeBuckets.Span(3, 1)), List.of(5.0, 7.0, 10.0)),
                new NativeBuckets.Side(List.of(new NativeBuckets.Span(1, 1)), List.of(6.0)),
                List.of(),
                false);
        NativeBuckets empty =
                new NativeBuckets(-4, 0, 0, NativeBuckets.Side.none(), NativeBuckets.Side.none(), List.of(), false);
        NativeBuckets floats = new NativeBuckets(
                0,
                0,
                0.5,
                new NativeBuckets.Side(List.of(new NativeBuckets.Span(0, 1)), List.of(-0.25)),
                NativeBuckets.Side.none(),
                List.of(),
                true);

        assertLossless(
                Written.openMetrics2(
                        family("h", MetricType.HISTOGRAM)
                                .add(HistogramValue.builder()
                                        .count(30)
                                        .sum(12)
                                        .nativeBuckets(both)
                                        .bucket(1, 8)
                                        .bucket(INF, 30)
                                        .build())
                                .add(
                                        HistogramValue.builder()
                                                .count(0)
                                                .sum(0)
                                                .nativeBuckets(empty)
                                                .build(),
                                        "i",
                                        "1")
                                .build(),
                        family("g", MetricType.GAUGE_HISTOGRAM)
                                .add(HistogramValue.builder()
                                        .count(0.25)
                                        .sum(-1)
                                        .nativeBuckets(floats)
                                        .build())
                                .build()),
                """
                # TYPE h histogram
                h {count:30,sum:12,schema:7,zero_threshold:0.0001,zero_count:2,negative_spans:[1:1],negative_buckets:[6],positive_spans:[-1:2,3:1],positive_buckets:[5,7,10],bucket:[1:8,+Inf:30]}
                h{i="1"} {count:0,sum:0,schema:-4,zero_threshold:0,zero_count:0}
                # TYPE g gaugehistogram
                g {gcount:0.25,gsum:-1,schema:0,zero_threshold:0,zero_count:0.5,positive_spans:[0:1],positive_buckets:[-0.25]}
                """);
    }

    @Test
    void summariesAreOneValue() {
        SummaryValue summary = SummaryValue.builder()
                .quantile(0.95, 123.7)
                .quantile(1, Double.NaN)
                .count(17)
                .sum(3)
                .build();

        assertLossless(
                Written.openMetrics2(family("s", MetricType.SUMMARY)
                        .add(Point.of(summary).startedAt(START).at(TIME))
                        .add(new SummaryValue(0.0, 0.0, List.of()), "a", "b")
                        .build()),
                """
                # TYPE s summary
                s {count:17,sum:3,quantile:[0.95:123.7,1:NaN]} 1520879607.789000001 st@1520430000.123
                s{a="b"} {count:0,sum:0,quantile:[]}
                """);
    }

    @Test
    void bucketsAndQuantilesRiseWhateverTheirOrder() {
        HistogramValue histogram = HistogramValue.builder()
                .bucket(INF, 2)
                .bucket(1, 1)
                .count(2)
                .sum(3)
                .build();
        SummaryValue summary = SummaryValue.builder()
                .quantile(0.9, 2)
                .quantile(0.5, 1)
                .count(2)
                .sum(3)
                .build();

        assertLossless(
                Written.openMetrics2(
                        family("h", MetricType.HISTOGRAM).add(histogram).build(),
                        family("s", MetricType.SUMMARY).add(summary).build()),
                """
                # TYPE h histogram
                h {count:2,sum:3,bucket:[1:1,+Inf:2]}
                # TYPE s summary
                s {count:2,sum:3,quantile:[0.5:1,0.9:2]}
                """);
    }

    @Test
    void boundsKeepASpellingThatIsOneHere() {
        HistogramValue histogram = new HistogramValue(
                3.0,
                3.0,
                List.of(
                        new HistogramValue.Bucket(new LabelNumber(1, "1.0"), 1, null),
                        new HistogramValue.Bucket(new LabelNumber(2, "two"), 2, null),
                        new HistogramValue.Bucket(new LabelNumber(INF, "Inf"), 3, null)),
                null);

        assertLossless(
                Written.openMetrics2(
                        family("h", MetricType.HISTOGRAM).add(histogram).build()),
                """
                # TYPE h histogram
                h {count:3,sum:3,bucket:[1.0:1,2:2,+Inf:3]}
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "+1.", ".5", "0.50", "1e5", "1.E+05", "-.1e-7"})
    void realNumbers(String text) {
        assertThat(CompositeValues.isRealNumber(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "e5", "1e", "1e+", "+Inf", "NaN", "1 ", "0x1", "1,", "1e5.", "1_0", "--1"})
    void otherTexts(String text) {
        assertThat(CompositeValues.isRealNumber(text)).isFalse();
    }

    @Test
    void infoHasItsSuffixAndAValueOfOne() {
        assertLossless(
                Written.openMetrics2(family("build_info", MetricType.INFO)
                        .add(new InfoValue(), "version", "1")
                        .build()),
                """
                # TYPE build_info info
                build_info{version="1"} 1
                """);
    }

    @Test
    void samplesOfAStateStandTogether() {
        StateSetValue before =
                new StateSetValue(List.of(new StateSetValue.State("a", true), new StateSetValue.State("b", false)));
        StateSetValue after =
                new StateSetValue(List.of(new StateSetValue.State("a", false), new StateSetValue.State("b", true)));

        assertLossless(
                Written.openMetrics2(family("power.state", MetricType.STATE_SET)
                        .add(new Metric(
                                Labels.of(),
                                List.of(
                                        Point.of(before).at(Timestamp.ofSeconds(1)),
                                        Point.of(after).at(Timestamp.ofSeconds(2)))))
                        .add(before, "disk", "sda")
                        .build()),
                """
                # TYPE "power.state" stateset
                {"power.state","power.state"="a"} 1 1
                {"power.state","power.state"="a"} 0 2
                {"power.state","power.state"="b"} 0 1
                {"power.state","power.state"="b"} 1 2
                {"power.state",disk="sda","power.state"="a"} 1
                {"power.state",disk="sda","power.state"="b"} 0
                """);
    }

    @Test
    void startsOfStatesetsStandAtEachStateAndExemplarsAtTheFirst() {
        StateSetValue both =
                new StateSetValue(List.of(new StateSetValue.State("a", true), new StateSetValue.State("b", false)));
        StateSetValue late = new StateSetValue(List.of(new StateSetValue.State("b", true)));

        assertLossless(
                Written.openMetrics2(family("p", MetricType.STATE_SET)
                        .add(new Metric(
                                Labels.of(),
                                List.of(
                                        Point.of(both)
                                                .at(START)
                                                .startedAt(START)
                                                .withExemplars(TRACE, BARE),
                                        Point.of(late).at(TIME).withExemplars(BARE))))
                        .build()),
                """
                # TYPE p stateset
                p{p="a"} 1 1520430000.123 st@1520430000.123 # {trace_id="a\\"b"} 0.67 1520879607.789000001 # {} 9.8 1520879607.789000001
                p{p="b"} 0 1520430000.123 st@1520430000.123
                p{p="b"} 1 1520879607.789000001 # {} 9.8 1520879607.789000001
                """);
    }

    @Test
    void otherNamesAreQuotedOrEscaped() {
        MetricFamily family = family("process.cpu", MetricType.COUNTER)
                .help("H")
                .add(1, "node name", "x")
                .build();

        assertLossless(Written.openMetrics2(family), """
                # TYPE "process.cpu" counter
                # HELP "process.cpu" H
                {"process.cpu","node name"="x"} 1
                """);
        WriteOptions options = WriteOptions.builder(ExpositionFormat.OPENMETRICS_2)
                .escaping(EscapingScheme.UNDERSCORES)
                .build();
        Written escaped = Written.of(options, MetricSet.of(family));
        assertThat(escaped.text()).isEqualTo("""
                # TYPE process_cpu counter
                # HELP process_cpu H
                process_cpu{node_name="x"} 1
                # EOF
                """);
        assertThat(escaped.losses())
                .containsExactly("NAME process.cpu: name process.cpu written process_cpu (2 times)");
    }

    @Test
    void familiesWithoutMetricsHaveAHeader() {
        assertLossless(
                Written.openMetrics2(
                        family("a", MetricType.UNKNOWN).build(),
                        family("h", MetricType.HISTOGRAM).help("H").build()),
                """
                # TYPE a unknown
                # TYPE h histogram
                # HELP h H
                """);
    }
}
