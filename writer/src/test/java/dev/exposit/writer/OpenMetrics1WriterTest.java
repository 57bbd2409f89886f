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
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What OpenMetrics 1.0 looks like where nothing clashes and every value keeps the rules of its type. */
class OpenMetrics1WriterTest {
    private static final WriteOptions OPTIONS = WriteOptions.of(ExpositionFormat.OPENMETRICS_1);
    private static final Timestamp START = new Timestamp(1520430000, 123_000_000);
    private static final Timestamp TIME = new Timestamp(1520879607, 789_000_001);
    private static final Exemplar TRACE = new Exemplar(Labels.of("trace_id", "a\"b"), 0.67, TIME);

    private static MetricFamily.Builder family(String name, MetricType type) {
        return MetricFamily.builder(name, type);
    }

    private static void assertLossless(Written written, String text) {
        assertThat(written.text()).isEqualTo(text + "# EOF\n");
        assertThat(written.losses()).isEmpty();
    }

    @Test
    void aCounterHasItsSuffixInSamplesOnly() {
        assertLossless(
                Written.openMetrics(family("process_cpu_seconds_total", MetricType.COUNTER)
                        .unit("seconds")
                        .help("Total\nCPU \\ \"time\".")
                        .add(4.20072246e+06)
                        .add(Point.of(17).at(TIME).startedAt(START).withExemplars(TRACE), "mode", "C:\\\n\"x\"")
                        .build()),
                """
                # TYPE process_cpu_seconds counter
                # UNIT process_cpu_seconds seconds
                # HELP process_cpu_seconds Total\\nCPU \\\\ \\"time\\".
                process_cpu_seconds_total 4.20072246e+06
                process_cpu_seconds_total{mode="C:\\\\\\n\\"x\\""} 17.0 1520879607.789000001 # {trace_id="a\\"b"} 0.67 1520879607.789000001
                process_cpu_seconds_created{mode="C:\\\\\\n\\"x\\""} 1520430000.123 1520879607.789000001
                """);
    }

    @Test
    void gaugeUnknownInfoAndStateSet() {
        StateSetValue states =
                new StateSetValue(List.of(new StateSetValue.State("a", true), new StateSetValue.State("b\n", false)));

        assertLossless(
                Written.openMetrics(
                        family("g", MetricType.GAUGE)
                                .add(Double.NaN, "i", "0")
                                .add(Double.NEGATIVE_INFINITY, "i", "1")
                                .add(-0.0, "i", "2")
                                .add(1e21, "i", "3")
                                .build(),
                        family("u", MetricType.UNKNOWN).add(0.5).build(),
                        family("build_info", MetricType.INFO)
                                .help("H")
                                .add(new InfoValue(), "version", "1")
                                .add(new InfoValue(), "version", "2")
                                .build(),
                        family("power", MetricType.STATE_SET)
                                .add(states, "disk", "sda")
                                .build()),
                """
                # TYPE g gauge
                g{i="0"} NaN
                g{i="1"} -Inf
                g{i="2"} -0.0
                g{i="3"} 1e+21
                # TYPE u unknown
                u 0.5
                # TYPE build info
                # HELP build H
                build_info{version="1"} 1.0
                build_info{version="2"} 1.0
                # TYPE power stateset
                power{disk="sda",power="a"} 1.0
                power{disk="sda",power="b\\n"} 0.0
                """);
    }

    @Test
    void histogramGaugeHistogramAndSummary() {
        HistogramValue histogram = HistogramValue.builder()
                .bucket(0, 0)
                .bucket(1e-5, 1, TRACE)
                .bucket(1, 8)
                .bucket(Double.POSITIVE_INFINITY, 17)
                .count(17)
                .sum(324789.3)
                .build();
        HistogramValue below = HistogramValue.builder()
                .bucket(-1, 1)
                .bucket(Double.POSITIVE_INFINITY, 2, TRACE)
                .count(2)
                .sum(-3)
                .build();
        HistogramValue noTotals =
                HistogramValue.builder().bucket(Double.POSITIVE_INFINITY, 2).build();
        SummaryValue summary = SummaryValue.builder()
                .quantile(0.95, 123.7)
                .quantile(1, Double.NaN)
                .count(17)
                .sum(3)
                .build();
        MetricFamily h = family("h", MetricType.HISTOGRAM)
                .add(Point.of(histogram).startedAt(START), "a", "b")
                .add(noTotals)
                .build();

        Written written = Written.openMetrics(
                h,
                family("g", MetricType.GAUGE_HISTOGRAM).add(below).build(),
                family("s", MetricType.SUMMARY)
                        .add(Point.of(summary).startedAt(START))
                        .build());

        assertLossless(written, """
                # TYPE h histogram
                h_bucket{a="b",le="0.0"} 0.0
                h_bucket{a="b",le="1e-05"} 1.0 # {trace_id="a\\"b"} 0.67 1520879607.789000001
                h_bucket{a="b",le="1.0"} 8.0
                h_bucket{a="b",le="+Inf"} 17.0
                h_count{a="b"} 17.0
                h_sum{a="b"} 324789.3
                h_created{a="b"} 1520430000.123
                h_bucket{le="+Inf"} 2.0
                # TYPE g gaugehistogram
                g_bucket{le="-1.0"} 1.0
                g_bucket{le="+Inf"} 2.0 # {trace_id="a\\"b"} 0.67 1520879607.789000001
                g_gcount 2.0
                g_gsum -3.0
                # TYPE s summary
                s{quantile="0.95"} 123.7
                s{quantile="1.0"} NaN
                s_count 17.0
                s_sum 3.0
                s_created 1520430000.123
                """);
    }

    @Test
    void leAndQuantileKeepTheSpellingThatWasRead() {
        HistogramValue histogram = new HistogramValue(
                null,
                null,
                List.of(
                        new HistogramValue.Bucket(new LabelNumber(1, "1"), 1, null),
                        new HistogramValue.Bucket(new LabelNumber(Double.POSITIVE_INFINITY, "+Inf"), 2, null)),
                null);
        SummaryValue summary =
                new SummaryValue(null, null, List.of(new SummaryValue.Quantile(new LabelNumber(0.5, "5e-1"), 1)));

        assertLossless(
                Written.openMetrics(
                        family("h", MetricType.HISTOGRAM).add(histogram).build(),
                        family("s", MetricType.SUMMARY).add(summary).build()),
                """
                # TYPE h histogram
                h_bucket{le="1"} 1.0
                h_bucket{le="+Inf"} 2.0
                # TYPE s summary
                s{quantile="5e-1"} 1.0
                """);
    }

    @Test
    void everyFamilyHasAType() {
        assertLossless(
                Written.openMetrics(
                        family("a", MetricType.UNKNOWN).build(),
                        family("b_total", MetricType.COUNTER).build(),
                        family("c", MetricType.HISTOGRAM).help("H").build()),
                """
                # TYPE a unknown
                # TYPE b counter
                # TYPE c histogram
                # HELP c H
                """);
    }

    @Test
    void carriageReturnsBehindTheHelpAreNotPartOfIt() {
        Written written = Written.openMetrics(
                family("a", MetricType.GAUGE).help(" H \r").build(),
                family("b", MetricType.HISTOGRAM).help("H\r").add(1).build());

        assertThat(written.text()).isEqualTo("""
                # TYPE a gauge
                # HELP a  H\s
                # TYPE b unknown
                # HELP b H
                b 1.0
                # EOF
                """);
        assertThat(written.lossKinds()).containsExactly("HELP a", "TYPE b", "HELP b");
    }

    @Test
    void aUnitMustEndTheNameOfAFamilyThatMayHaveOne() {
        Written written = Written.openMetrics(
                family("a_seconds", MetricType.GAUGE).unit("seconds").build(),
                family("b_seconds_total", MetricType.COUNTER).unit("seconds").build(),
                family("c", MetricType.GAUGE).unit("seconds").build(),
                family("d_total", MetricType.COUNTER).unit("total").build(),
                family("e_s_info", MetricType.INFO).unit("s").build(),
                family("f_s", MetricType.STATE_SET).unit("s").build(),
                family("gseconds", MetricType.GAUGE).unit("seconds").build());

        assertThat(written.text()).isEqualTo("""
                # TYPE a_seconds gauge
                # UNIT a_seconds seconds
                # TYPE b_seconds counter
                # UNIT b_seconds seconds
                # TYPE c gauge
                # TYPE d counter
                # TYPE e_s info
                # TYPE f_s stateset
                # TYPE gseconds gauge
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "UNIT c: unit seconds left out",
                        "UNIT d_total: unit total left out",
                        "UNIT e_s_info: unit s left out",
                        "UNIT f_s: unit s left out",
                        "UNIT gseconds: unit seconds left out");
    }

    @Test
    void pointsWithRisingTimestampsAreAllWritten() {
        HistogramValue one =
                HistogramValue.builder().bucket(Double.POSITIVE_INFINITY, 1).build();
        HistogramValue two =
                HistogramValue.builder().bucket(Double.POSITIVE_INFINITY, 2).build();
        Metric metric = new Metric(
                Labels.of(),
                List.of(
                        Point.of(one).at(Timestamp.ofSeconds(123)).startedAt(START),
                        Point.of(two).at(Timestamp.ofSeconds(456)).startedAt(START)));

        assertLossless(
                Written.openMetrics(
                        family("h", MetricType.HISTOGRAM).add(metric).build()),
                """
                # TYPE h histogram
                h_bucket{le="+Inf"} 1.0 123
                h_created 1520430000.123 123
                h_bucket{le="+Inf"} 2.0 456
                h_created 1520430000.123 456
                """);
    }

    @Test
    void pointsThatDoNotRiseAreLeftOut() {
        Metric falling = new Metric(
                Labels.of("a", "0"),
                List.of(
                        Point.of(1).at(Timestamp.ofSeconds(1)),
                        Point.of(2).at(Timestamp.ofSeconds(5)),
                        Point.of(3).at(Timestamp.ofSeconds(3)),
                        Point.of(4).at(Timestamp.ofSeconds(3))));
        Metric timeless = new Metric(Labels.of("a", "1"), List.of(Point.of(1).at(TIME), Point.of(2)));

        Written written = Written.openMetrics(
                family("g", MetricType.GAUGE).add(falling).add(timeless).build());

        assertThat(written.text()).isEqualTo("""
                # TYPE g gauge
                g{a="0"} 1.0 1
                g{a="0"} 4.0 3
                g{a="1"} 2.0
                # EOF
                """);
        assertThat(written.losses()).containsExactly("POINT g: point left out: timestamps do not rise (3 times)");
    }

    @Test
    void exemplarsOnlyWhereTheyAreAllowed() {
        HistogramValue histogram =
                HistogramValue.builder().bucket(Double.POSITIVE_INFINITY, 1).build();

        Written written = Written.openMetrics(
                family("g", MetricType.GAUGE)
                        .add(Point.of(1).withExemplars(TRACE))
                        .build(),
                family("h", MetricType.HISTOGRAM)
                        .add(Point.of(histogram).withExemplars(TRACE, TRACE))
                        .build());

        assertThat(written.text()).doesNotContain("trace_id");
        assertThat(written.losses())
                .containsExactly(
                        "EXEMPLAR g: exemplar left out: only counters and buckets have exemplars",
                        "EXEMPLAR h: exemplar left out: only counters and buckets have exemplars (2 times)");
    }

    @Test
    void ofSeveralExemplarsTheLastIsWritten() {
        Exemplar last = new Exemplar(Labels.of(), 1, null);

        Written written = Written.openMetrics(family("x_total", MetricType.COUNTER)
                .add(Point.of(3).withExemplars(TRACE, TRACE, last))
                .build());

        assertThat(written.text()).isEqualTo("# TYPE x counter\nx_total 3.0 # {} 1.0\n# EOF\n");
        assertThat(written.losses())
                .containsExactly("EXEMPLAR x_total: exemplar left out: a sample has one at most (2 times)");
    }

    @Test
    void anExemplarHas128CodePointsAtMost() {
        Exemplar fits = new Exemplar(Labels.of("a", "\ud83d\ude00".repeat(127)), 1, null);
        Exemplar tooLong = new Exemplar(Labels.of("a", "x".repeat(64), "b", "x".repeat(63)), 1, null);
        Exemplar falling = new Exemplar(Labels.of("a.b", "1", "a_b", "2"), 1, null);

        Written written = Written.openMetrics(family("x_total", MetricType.COUNTER)
                .add(Point.of(1).withExemplars(fits), "i", "0")
                .add(Point.of(1).withExemplars(tooLong), "i", "1")
                .build());
        assertThat(written.text()).contains("\ud83d\ude00\"} 1.0\n").contains("x_total{i=\"1\"} 1.0\n");
        assertThat(written.losses())
                .containsExactly("EXEMPLAR x_total: exemplar left out: its labels have more than 128 characters");

        Written same = Written.openMetrics(family("x_total", MetricType.COUNTER)
                .add(Point.of(1).withExemplars(falling))
                .build());
        assertThat(same.text()).contains("x_total 1.0\n");
        assertThat(same.losses())
                .containsExactly("EXEMPLAR x_total: exemplar left out: two of its label names fall together");
    }

    @Test
    void onlySomeTypesHaveStartTimestamps() {
        Written written = Written.openMetrics(
                family("g", MetricType.GAUGE).add(Point.of(1).startedAt(START)).build(),
                family("b_info", MetricType.INFO)
                        .add(Point.of(new InfoValue()).startedAt(START))
                        .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE g gauge
                g 1.0
                # TYPE b info
                b_info 1.0
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "START_TIMESTAMP g: start timestamp left out: gauge has none",
                        "START_TIMESTAMP b_info: start timestamp left out: info has none");
    }

    @Test
    void customBucketsBecomeClassicOnes() {
        NativeBuckets custom = new NativeBuckets(
                NativeBuckets.CUSTOM_BUCKETS,
                0,
                0,
                new NativeBuckets.Side(List.of(new NativeBuckets.Span(0, 2)), List.of(2.0, 3.0)),
                NativeBuckets.Side.none(),
                List.of(0.1),
                false);
        HistogramValue value = new HistogramValue(5.0, 9.0, List.of(), custom);
        Metric metric = new Metric(Labels.of(), List.of(Point.of(value).at(TIME).startedAt(START)));

        Written written = Written.openMetrics(
                family("c", MetricType.HISTOGRAM).add(metric).build());

        assertThat(written.text()).isEqualTo("""
                # TYPE c histogram
                c_bucket{le="0.1"} 2.0 1520879607.789000001
                c_bucket{le="+Inf"} 5.0 1520879607.789000001
                c_count 5.0 1520879607.789000001
                c_sum 9.0 1520879607.789000001
                c_created 1520430000.123 1520879607.789000001
                # EOF
                """);
        assertThat(written.losses()).containsExactly("NATIVE_BUCKETS c: custom buckets written as classic ones");
    }

    @Test
    void namesAreEscapedUnlessToldOtherwise() {
        MetricSet set = MetricSet.of(
                family("my.requests_total", MetricType.COUNTER)
                        .help("H")
                        .add(Point.of(1).startedAt(START), "http.code", "200", "a:b", "c")
                        .build(),
                family("my.h", MetricType.HISTOGRAM)
                        .add(HistogramValue.builder()
                                .bucket(Double.POSITIVE_INFINITY, 1)
                                .build())
                        .build());

        Written underscores = Written.of(OPTIONS, set);
        assertThat(underscores.text()).isEqualTo("""
                # TYPE my_requests counter
                # HELP my_requests H
                my_requests_total{http_code="200",a_b="c"} 1.0
                my_requests_created{http_code="200",a_b="c"} 1520430000.123
                # TYPE my_h histogram
                my_h_bucket{le="+Inf"} 1.0
                # EOF
                """);
        assertThat(underscores.losses())
                .containsExactly(
                        "NAME my.requests_total: name my.requests_total written my_requests_total (3 times)",
                        "NAME my.h: name my.h written my_h");

        Written quoted = Written.of(
                OPTIONS.toBuilder().escaping(EscapingScheme.ALLOW_UTF_8).build(), set);
        assertLossless(quoted, """
                # TYPE "my.requests" counter
                # HELP "my.requests" H
                {"my.requests_total","http.code"="200","a:b"="c"} 1.0
                {"my.requests_created","http.code"="200","a:b"="c"} 1520430000.123
                # TYPE "my.h" histogram
                {"my.h_bucket",le="+Inf"} 1.0
                """);

        Written values =
                Written.of(OPTIONS.toBuilder().escaping(EscapingScheme.VALUES).build(), set);
        assertThat(values.text())
                .contains("# TYPE U__my_2e_requests_ counter\n", "U__my_2e_requests__total{", "U__my_2e_h_bucket{le=");
    }

    @Test
    void aSampleWhoseLabelsFallTogetherIsLeftOut() {
        Written written = Written.openMetrics(family("x", MetricType.GAUGE)
                .add(1, "i", "0")
                .add(2, "a.b", "1", "a_b", "2")
                .add(3, "i", "3")
                .build());

        assertThat(written.text()).isEqualTo("# TYPE x gauge\nx{i=\"0\"} 1.0\nx{i=\"3\"} 3.0\n# EOF\n");
        assertThat(written.lossKinds()).containsExactly("SAMPLE x");
    }

    @Test
    void seriesThatFallTogetherWhenEscapedAreDuplicates() {
        Written written = Written.openMetrics(family("x", MetricType.GAUGE)
                .add(1, "a.b", "1")
                .add(2, "a_b", "1")
                .build());

        assertThat(written.text()).isEqualTo("# TYPE x gauge\nx{a_b=\"1\"} 1.0\n# EOF\n");
        assertThat(written.losses())
                .containsExactly(
                        "NAME x: name a.b written a_b",
                        "SAMPLE x: sample left out: its series stand twice, labels {a_b=\"1\"}");
    }

    @Test
    void aStatesetThatCannotBeALabelGivesWay() {
        StateSetValue states = new StateSetValue(List.of(new StateSetValue.State("on", true)));
        MetricFamily rule = family("a:b", MetricType.STATE_SET).add(states).build();

        Written written = Written.openMetrics(rule);
        assertThat(written.text()).isEqualTo("# TYPE a:b unknown\na:b{a_b=\"on\"} 1.0\n# EOF\n");
        assertThat(written.losses())
                .containsExactly(
                        "TYPE a:b: stateset written as unknown: its name cannot be a label's name",
                        "NAME a:b: name a:b written a_b");

        Written quoted = Written.of(
                OPTIONS.toBuilder().escaping(EscapingScheme.ALLOW_UTF_8).build(), MetricSet.of(rule));
        assertLossless(quoted, "# TYPE a:b stateset\na:b{\"a:b\"=\"on\"} 1.0\n");
    }

    @Test
    void aRawSampleOfAGaugesOwnNameIsOneOfItsSamples() {
        assertLossless(
                Written.openMetrics(family("g", MetricType.GAUGE)
                        .add(1)
                        .add(new RawValue("g", 2), "a", "b")
                        .build()),
                "# TYPE g gauge\ng 1.0\ng{a=\"b\"} 2.0\n");
    }
}
