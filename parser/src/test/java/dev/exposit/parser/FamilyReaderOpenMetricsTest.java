package dev.exposit.parser;

import static dev.exposit.parser.Families.OPENMETRICS;
import static dev.exposit.parser.Families.histogram;
import static dev.exposit.parser.Families.merge;
import static dev.exposit.parser.Families.metric;
import static dev.exposit.parser.Families.raw;
import static dev.exposit.parser.Families.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.StateSetValue.State;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Families built from OpenMetrics 1.0; its rules for families stand in {@link FamilyReaderRulesTest}. */
class FamilyReaderOpenMetricsTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final ReadOptions SKIP = OPENMETRICS.withRecovery(Recovery.SKIP_LINE);

    private static MetricFamily only(String text) {
        return read(text + "# EOF\n", OPENMETRICS).only();
    }

    private static Timestamp time(String seconds) {
        return Timestamp.ofSeconds(new BigDecimal(seconds));
    }

    // ---- Types

    @Test
    void counter() {
        assertThat(only("""
                # TYPE c_s counter
                # UNIT c_s s
                # HELP c_s x
                c_s_total{a="1"} 17 1520879607.789 # {t="y"} 0.5 7
                c_s_created{a="1"} 1520430000.123 1520879607.789
                c_s_created{a="2"} -1.5
                c_s_total{a="2"} 18
                """))
                .isEqualTo(MetricFamily.builder("c_s_total", MetricType.COUNTER)
                        .unit("s")
                        .help("x")
                        .add(
                                Point.of(17)
                                        .at(time("1520879607.789"))
                                        .startedAt(time("1520430000.123"))
                                        .withExemplars(new Exemplar(Labels.of("t", "y"), 0.5, time("7"))),
                                "a",
                                "1")
                        .add(Point.of(18).startedAt(time("-1.5")), "a", "2")
                        .build());
    }

    @Test
    void counterThatComesBackWithoutItsTypeKeepsItsExemplars() {
        String text = """
                # TYPE c counter
                c_total{a="1"} 1
                # TYPE g gauge
                g 1
                c_total{a="2"} 2 # {} 0.5
                # EOF
                """;
        for (Families found : List.of(read(text, SKIP), merge(text, SKIP))) {
            assertThat(found.problemCodes()).containsExactly("FAMILY_REOPENED");
        }
        assertThat(merge(text, SKIP).family("c_total").metrics().get(1).points())
                .containsExactly(Point.of(2).withExemplars(new Exemplar(Labels.of(), 0.5, null)));
    }

    @Test
    void gaugeWithSeveralPoints() {
        assertThat(only("# TYPE g gauge\ng 17.0 123\ng 18.0 456\ng{a=\"b\"} 1 1\ng{a=\"b\"} 1 1.000000001\n")
                        .metrics())
                .containsExactly(
                        new Metric(
                                Labels.of(),
                                List.of(
                                        Point.of(17).at(time("123")),
                                        Point.of(18).at(time("456")))),
                        new Metric(
                                Labels.of("a", "b"),
                                List.of(Point.of(1).at(time("1")), Point.of(1).at(time("1.000000001")))));
    }

    @Test
    void histogramWithExemplarsAndStart() {
        HistogramValue value = histogram()
                .bucket(0.01, 0)
                .bucket(0.1, 8, new Exemplar(Labels.of(), 0.054, null))
                .bucket(INF, 17, new Exemplar(Labels.of("trace_id", "oHg5SJYRHA0"), 9.8, time("1520879607.789")))
                .count(17)
                .sum(324789.3)
                .build();
        assertThat(only("""
                # TYPE foo histogram
                foo_bucket{le="0.01"} 0
                foo_bucket{le="0.1"} 8 # {} 0.054
                foo_bucket{le="+Inf"} 17 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
                foo_count 17
                foo_sum 324789.3
                foo_created 1520430000.123
                """))
                .isEqualTo(MetricFamily.builder("foo", MetricType.HISTOGRAM)
                        .add(Point.of(value).startedAt(time("1520430000.123")))
                        .build());
    }

    @Test
    void gaugeHistogram() {
        assertThat(only("# TYPE g gaugehistogram\ng_bucket{le=\"+Inf\"} 42.0 # {} 1\ng_gcount 42.0\ng_gsum -1\n"))
                .isEqualTo(MetricFamily.builder("g", MetricType.GAUGE_HISTOGRAM)
                        .add(histogram()
                                .bucket(INF, 42, new Exemplar(Labels.of(), 1, null))
                                .count(42)
                                .sum(-1)
                                .build())
                        .build());
    }

    @Test
    void summary() {
        assertThat(only("""
                                        # TYPE s summary
                                        s_count{a="b"} 1
                                        s_sum{a="b"} 2
                                        s_created{a="b"} 3
                                        s{a="b",quantile="0.95"} 4
                                        """))
                .isEqualTo(MetricFamily.builder("s", MetricType.SUMMARY)
                        .add(
                                Point.of(SummaryValue.builder()
                                                .count(1)
                                                .sum(2)
                                                .quantile(0.95, 4)
                                                .build())
                                        .startedAt(time("3")),
                                "a",
                                "b")
                        .build());
    }

    @Test
    void info() {
        assertThat(only("# TYPE i info\ni_info{entity=\"x\",version=\"8\"} 1.0\ni_info 1\n"))
                .isEqualTo(MetricFamily.builder("i_info", MetricType.INFO)
                        .add(new InfoValue(), "entity", "x", "version", "8")
                        .add(new InfoValue())
                        .build());
    }

    @Test
    void stateSet() {
        assertThat(only("""
                # TYPE s stateset
                s{entity="c",s="a"} 1.0
                s{s="",entity="c"} 0.0
                s{entity="r",s="a"} 0 5
                s{entity="r",s="b"} 1 5
                s{entity="r",s="a"} 1 6
                """))
                .isEqualTo(MetricFamily.builder("s", MetricType.STATE_SET)
                        .add(new StateSetValue(List.of(new State("a", true), new State("", false))), "entity", "c")
                        .add(new Metric(
                                Labels.of("entity", "r"),
                                List.of(
                                        Point.of(new StateSetValue(
                                                        List.of(new State("a", false), new State("b", true))))
                                                .at(time("5")),
                                        Point.of(new StateSetValue(List.of(new State("a", true))))
                                                .at(time("6")))))
                        .build());
    }

    @Test
    void unknownAndEmptyFamilies() {
        assertThat(read("""
                                        # TYPE u unknown
                                        u 1
                                        v_total 2
                                        # TYPE c counter
                                        # HELP i x
                                        # TYPE i info
                                        # UNIT a_s s
                                        # EOF
                                        """, OPENMETRICS).families())
                .containsExactly(
                        MetricFamily.builder("u", MetricType.UNKNOWN).add(1).build(),
                        MetricFamily.builder("v_total", MetricType.UNKNOWN)
                                .add(2)
                                .build(),
                        MetricFamily.builder("c_total", MetricType.COUNTER).build(),
                        MetricFamily.builder("i_info", MetricType.INFO)
                                .help("x")
                                .build(),
                        MetricFamily.builder("a_s", MetricType.UNKNOWN)
                                .unit("s")
                                .build());
    }

    /** As the test suite of OpenMetrics has it, duplicate_timestamps_1. */
    @ParameterizedTest
    @CsvSource({"gauge, ''", "unknown, ''", "counter, _total"})
    void pointsOfOneTimeAreSeveral(String type, String suffix) {
        MetricFamily family =
                only("# TYPE a " + type + "\na" + suffix + " 1 5\na" + suffix + " 2 5\na" + suffix + " 3 6\n");
        assertThat(family.metrics())
                .containsExactly(new Metric(
                        Labels.of(),
                        List.of(
                                Point.of(1).at(time("5")),
                                Point.of(2).at(time("5")),
                                Point.of(3).at(time("6")))));
    }

    @Test
    void eachPointOfOneTimeHasItsOwnStart() {
        MetricFamily family = only("# TYPE a counter\na_total 1 5\na_created 1 5\na_total 2 5\na_created 2 5\n");
        assertThat(family.metrics())
                .containsExactly(new Metric(
                        Labels.of(),
                        List.of(
                                Point.of(1).at(time("5")).startedAt(time("1")),
                                Point.of(2).at(time("5")).startedAt(time("2")))));
    }

    @Test
    void severalPointsOfASummaryEachWithItsStart() {
        SummaryValue first = SummaryValue.builder().count(0).sum(1).build();
        SummaryValue second = SummaryValue.builder().count(2).sum(3).build();
        assertThat(only("""
                # TYPE s summary
                s_count{a="bb"} 0 123
                s_sum{a="bb"} 1 123
                s_created{a="bb"} 7 123
                s_count{a="bb"} 2 456
                s_sum{a="bb"} 3 456
                s_count{a="ccc"} 0 123
                s_sum{a="ccc"} 1 123
                """).metrics())
                .containsExactly(
                        new Metric(
                                Labels.of("a", "bb"),
                                List.of(
                                        Point.of(first).at(time("123")).startedAt(time("7")),
                                        Point.of(second).at(time("456")))),
                        metric(Point.of(first).at(time("123")), "a", "ccc"));
    }

    /** Labels are a set; nothing says that all samples of a metric have them in the same order. */
    @Test
    void theOrderOfLabelsIsFree() {
        assertThat(only("""
                # TYPE h histogram
                h_bucket{a="1",b="2",le="1"} 1
                h_bucket{le="+Inf",b="2",a="1"} 1
                h_count{b="2",a="1"} 1
                h_sum{a="1",b="2",c=""} 1
                h_created{c="",b="2",a="1"} 5
                """))
                .isEqualTo(MetricFamily.builder("h", MetricType.HISTOGRAM)
                        .add(
                                Point.of(histogram()
                                                .bucket(1, 1)
                                                .bucket(INF, 1)
                                                .count(1)
                                                .sum(1)
                                                .build())
                                        .startedAt(time("5")),
                                "a",
                                "1",
                                "b",
                                "2")
                        .build());
    }

    // ---- Start times

    @Test
    void aStartTimeKeepsItsDigitsAndReportsThoseItCannot() {
        Families found = read("# TYPE c counter\nc_total 1\nc_created 1520430000.1234567891\n# EOF\n", OPENMETRICS);
        assertThat(found.only().metrics().get(0).point().startTimestamp()).isEqualTo(time("1520430000.123456789"));
        assertThat(found.reader().losses().total()).isEqualTo(1);
        Families exact = read("# TYPE c counter\nc_total 1\nc_created 1.520430000123456789e9\n# EOF\n", OPENMETRICS);
        assertThat(exact.only().metrics().get(0).point().startTimestamp()).isEqualTo(time("1520430000.123456789"));
        assertThat(exact.reader().losses().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"NaN", "+Inf", "-Inf", "1e30", "-1e300"})
    void whatIsNoTimeStaysARawSample(String value) {
        Families found = read("# TYPE c counter\nc_total 1\nc_created " + value + "\n# EOF\n", SKIP);
        assertThat(found.problemCodes()).containsExactly("INVALID_CREATED");
        assertThat(raw(found.only()))
                .containsExactly("c_created{} " + Double.valueOf(value.replace("Inf", "Infinity")));
        assertThat(found.only().metric()).contains(metric(Point.of(1)));
    }

    @Test
    void aStartTimeWithoutWhatItStartsIsNotLost() {
        Families found = read("# TYPE c counter\nc_created{a=\"b\"} 5.5 7\nc_total 1\n# EOF\n", OPENMETRICS);
        assertThat(raw(found.only())).containsExactly("c_created{a=\"b\"} 5.5 @7");
        assertThat(found.only().metrics()).hasSize(2);
    }

    @Test
    void aStartTimeAloneThenAPoint() {
        Families found = read("# TYPE c counter\nc_created 7 5\nc_total 1 9\nc_created 8 9\n# EOF\n", OPENMETRICS);
        assertThat(raw(found.only())).containsExactly("c_created{} 7.0 @5");
        assertThat(found.only().metrics())
                .contains(metric(Point.of(1).at(time("9")).startedAt(time("8"))))
                .hasSize(2);
    }

    /** What was gathered for a point does not go over into the next. */
    @Test
    void pointsOfASummaryAndOfAStateSetAreApart() {
        Families read = Families.read("""
                # TYPE s summary
                s{quantile="0.5"} 1 1
                s{quantile="0.5"} 2 2
                # TYPE t stateset
                t{t="a"} 1 1
                t{t="a"} 0 2
                # EOF
                """, Families.OPENMETRICS);
        assertThat(read.problems()).isEmpty();
        List<Point> summary = read.families().get(0).metrics().get(0).points();
        assertThat(summary)
                .extracting(point ->
                        ((SummaryValue) point.value()).quantiles().get(0).value())
                .containsExactly(1.0, 2.0);
        List<Point> states = read.families().get(1).metrics().get(0).points();
        assertThat(states)
                .extracting(
                        point -> ((StateSetValue) point.value()).states().get(0).enabled())
                .containsExactly(true, false);
        assertThat(((SummaryValue) summary.get(1).value()).quantiles()).hasSize(1);
        assertThat(((StateSetValue) states.get(1).value()).states()).hasSize(1);
    }
}
