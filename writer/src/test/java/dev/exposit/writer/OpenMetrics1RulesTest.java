package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that break what OpenMetrics 1.0 demands of their type. */
class OpenMetrics1RulesTest {
    private static final WriteOptions OPTIONS = WriteOptions.of(ExpositionFormat.OPENMETRICS_1);
    private static final double INF = Double.POSITIVE_INFINITY;

    private static MetricFamily.Builder family(String name, MetricType type) {
        return MetricFamily.builder(name, type);
    }

    private static HistogramValue.Builder inf(double count) {
        return HistogramValue.builder().bucket(INF, count);
    }

    private static HistogramValue spelled(double le, String spelling) {
        return new HistogramValue(
                null, null, List.of(new HistogramValue.Bucket(new LabelNumber(le, spelling), 1, null)), null);
    }

    private static SummaryValue.Builder summary() {
        return SummaryValue.builder();
    }

    private static Arguments violation(MetricType type, Value value, String reason, String... labels) {
        return Arguments.of(type, value, Labels.of(labels), reason);
    }

    static List<Arguments> violations() {
        MetricType histogram = MetricType.HISTOGRAM;
        MetricType gaugeHistogram = MetricType.GAUGE_HISTOGRAM;
        return List.of(
                violation(MetricType.COUNTER, new NumberValue(Double.NaN), "its value is NaN"),
                violation(MetricType.COUNTER, new NumberValue(-1), "its value is negative"),
                violation(
                        MetricType.COUNTER,
                        summary().count(1).build(),
                        "it holds a value of another type than counter"),
                violation(MetricType.GAUGE, summary().count(1).build(), "it holds a value of another type than gauge"),
                violation(MetricType.INFO, new NumberValue(2), "it holds a value of another type than info"),
                violation(MetricType.STATE_SET, new NumberValue(2), "it holds a value of another type than stateset"),
                violation(histogram, new NumberValue(2), "it holds a value of another type than histogram"),
                violation(MetricType.SUMMARY, new NumberValue(2), "it holds a value of another type than summary"),
                violation(MetricType.COUNTER, new RawValue("y", 2), "sample y is not part of it"),
                violation(MetricType.GAUGE, new RawValue("y", 2), "sample y is not part of it"),
                violation(histogram, HistogramValue.builder().build(), "it has no +Inf bucket"),
                violation(histogram, HistogramValue.builder().bucket(1, 1).build(), "it has no +Inf bucket"),
                violation(
                        histogram,
                        HistogramValue.builder()
                                .bucket(2, 1)
                                .bucket(1, 1)
                                .bucket(INF, 1)
                                .build(),
                        "the buckets' le do not rise"),
                violation(histogram, inf(1).bucket(INF, 1).build(), "the buckets' le do not rise"),
                violation(
                        histogram,
                        HistogramValue.builder().bucket(1, 2).bucket(INF, 1).build(),
                        "the buckets' values fall"),
                violation(histogram, inf(0.5).build(), "a bucket's value is no integer"),
                violation(histogram, inf(INF).build(), "a bucket's value is no integer"),
                violation(histogram, inf(Double.NaN).build(), "a bucket's value is no integer"),
                violation(histogram, inf(-1).build(), "a bucket's value is negative"),
                violation(histogram, spelled(Double.NaN, "NaN"), "a bucket's le is NaN"),
                violation(histogram, spelled(INF, "Inf"), "le of the +Inf bucket is spelled Inf"),
                violation(histogram, inf(1).build(), "a metric has a label le", "le", "1"),
                violation(histogram, inf(1).count(1).build(), "it has no sum"),
                violation(histogram, inf(1).sum(1).build(), "it has no count"),
                violation(histogram, inf(1).count(2).sum(1).build(), "count and +Inf bucket differ"),
                violation(histogram, inf(1).count(1).sum(-1).build(), "sum is negative"),
                violation(histogram, inf(1).count(1).sum(Double.NaN).build(), "sum is NaN"),
                violation(
                        histogram,
                        HistogramValue.builder()
                                .bucket(-1, 0)
                                .bucket(INF, 1)
                                .count(1)
                                .sum(1)
                                .build(),
                        "it has a sum beside a bucket below zero"),
                violation(gaugeHistogram, inf(1).count(1).build(), "it has no sum"),
                violation(gaugeHistogram, inf(1).count(1).sum(-1).build(), "sum is negative"),
                violation(
                        gaugeHistogram,
                        HistogramValue.builder()
                                .bucket(-1, 0)
                                .bucket(INF, 1)
                                .count(1)
                                .sum(Double.NaN)
                                .build(),
                        "sum is NaN"),
                violation(MetricType.SUMMARY, summary().quantile(1.1, 1).build(), "quantile 1.1 is not within 0 and 1"),
                violation(
                        MetricType.SUMMARY, summary().quantile(-0.1, 1).build(), "quantile -0.1 is not within 0 and 1"),
                violation(
                        MetricType.SUMMARY,
                        summary().quantile(Double.NaN, 1).build(),
                        "quantile NaN is not within 0 and 1"),
                violation(
                        MetricType.SUMMARY,
                        summary().quantile(0, 1).quantile(-0.0, 1).build(),
                        "quantile -0.0 stands twice"),
                violation(MetricType.SUMMARY, summary().quantile(0.5, -1).build(), "a quantile's value is negative"),
                violation(MetricType.SUMMARY, summary().sum(-1).build(), "sum is negative"),
                violation(MetricType.SUMMARY, summary().sum(Double.NaN).build(), "sum is NaN"),
                violation(MetricType.SUMMARY, summary().count(0.5).build(), "count is no integer"),
                violation(MetricType.SUMMARY, summary().count(-1).build(), "count is negative"),
                violation(
                        MetricType.SUMMARY,
                        summary().count(1).build(),
                        "a metric has a label quantile",
                        "quantile",
                        "1"),
                violation(
                        MetricType.STATE_SET,
                        new StateSetValue(List.of(new StateSetValue.State("a", true))),
                        "a metric has a label x",
                        "x",
                        "1"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void aFamilyInOnePieceGivesWay(MetricType type, Value value, Labels labels, String reason) {
        String name = "x" + type.exposedSuffix();

        Written written = Written.openMetrics(
                family(name, type).add(new Metric(labels, Point.of(value))).build());

        assertThat(written.text()).doesNotContain("TYPE x " + type.keyword() + "\n");
        assertThat(written.count(Loss.Kind.TYPE)).isEqualTo(1);
        assertThat(written.losses().get(0)).startsWith("TYPE " + name + ": ").endsWith(": " + reason);
    }

    static List<Arguments> validValues() {
        return List.of(
                Arguments.of(MetricType.COUNTER, new NumberValue(-0.0)),
                Arguments.of(MetricType.COUNTER, new NumberValue(INF)),
                Arguments.of(MetricType.GAUGE, new NumberValue(Double.NaN)),
                Arguments.of(MetricType.INFO, new InfoValue()),
                Arguments.of(MetricType.HISTOGRAM, inf(0).build()),
                Arguments.of(MetricType.HISTOGRAM, inf(1).count(1).sum(INF).build()),
                Arguments.of(
                        MetricType.HISTOGRAM,
                        HistogramValue.builder().bucket(-1, 1).bucket(INF, 1).build()),
                Arguments.of(
                        MetricType.GAUGE_HISTOGRAM,
                        HistogramValue.builder()
                                .bucket(-1, 0)
                                .bucket(INF, 1)
                                .count(1)
                                .sum(-5)
                                .build()),
                Arguments.of(MetricType.SUMMARY, summary().build()),
                Arguments.of(
                        MetricType.SUMMARY,
                        summary().quantile(0, Double.NaN).quantile(1, INF).build()),
                Arguments.of(MetricType.SUMMARY, summary().sum(1).build()),
                Arguments.of(MetricType.STATE_SET, new StateSetValue(List.of())));
    }

    @ParameterizedTest
    @MethodSource("validValues")
    void aFamilyThatKeepsTheRulesKeepsItsType(MetricType type, Value value) {
        Written written = Written.openMetrics(
                family("x" + type.exposedSuffix(), type).add(value).build());

        assertThat(written.text()).startsWith("# TYPE x " + type.keyword() + "\n");
        assertThat(written.losses()).isEmpty();
    }

    @Test
    void aCounterThatBreaksTheRulesIsUnknownUnderItsOwnName() {
        Written written = Written.openMetrics(family("x_total", MetricType.COUNTER)
                .add(1, "i", "0")
                .add(-1, "i", "1")
                .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE x_total unknown
                x_total{i="0"} 1.0
                x_total{i="1"} -1.0
                # EOF
                """);
        assertThat(written.losses()).containsExactly("TYPE x_total: counter written as unknown: its value is negative");
    }

    @Test
    void aHistogramThatBreaksTheRulesIsTakenApart() {
        Exemplar trace = new Exemplar(Labels.of("t", "1"), 1, null);
        Written written = Written.openMetrics(family("x", MetricType.HISTOGRAM)
                .help("H")
                .add(Point.of(HistogramValue.builder()
                                .bucket(1, 2, trace)
                                .count(3)
                                .build())
                        .startedAt(Timestamp.ofSeconds(1))
                        .withExemplars(trace))
                .add(new RawValue("x", 7))
                .add(new RawValue("x_bucket", 8), "i", "1")
                .add(new RawValue("odd.name", 9))
                .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE x_bucket unknown
                # HELP x_bucket H
                x_bucket{le="1.0"} 2.0
                x_bucket{i="1"} 8.0
                # TYPE x_count unknown
                # HELP x_count H
                x_count 3.0
                # TYPE x unknown
                # HELP x H
                x 7.0
                # TYPE odd_name unknown
                # HELP odd_name H
                odd_name 9.0
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "TYPE x: histogram taken apart into unknown families: it has no +Inf bucket",
                        "EXEMPLAR x: exemplar left out: its family is taken apart (2 times)",
                        "START_TIMESTAMP x: start timestamp left out: its family is taken apart",
                        "NAME x: name odd.name written odd_name");
    }

    @Test
    void aRawSampleOfANameThatIsTakenIsLeftOut() {
        Written written = Written.openMetrics(
                family("y", MetricType.GAUGE).add(1).build(),
                family("x", MetricType.GAUGE)
                        .add(1)
                        .add(new RawValue("y", 2), "a", "b")
                        .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE y gauge
                y 1.0
                # TYPE x unknown
                x 1.0
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "TYPE x: gauge taken apart into unknown families: sample y is not part of it",
                        "SAMPLE x: sample left out: name y belongs to another family");
    }

    @Test
    void aLabelThatASampleNeedsIsTaken() {
        Written written = Written.openMetrics(
                family("h", MetricType.HISTOGRAM)
                        .add(inf(1).count(1).sum(1).build(), "le", "1")
                        .build(),
                family("t", MetricType.STATE_SET)
                        .add(new StateSetValue(List.of(new StateSetValue.State("a", true))), "t", "1")
                        .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE h_count unknown
                h_count{le="1"} 1.0
                # TYPE h_sum unknown
                h_sum{le="1"} 1.0
                # TYPE t unknown
                # EOF
                """);
        assertThat(written.losses())
                .contains(
                        "SAMPLE h: sample left out: its metric {le=\"1\"} has a label that it needs",
                        "SAMPLE t: sample left out: its metric {t=\"1\"} has a label t");
    }

    @Test
    void infosHaveAllTimestampsOrNone() {
        Written written = Written.openMetrics(family("x_info", MetricType.INFO)
                .add(Point.of(new InfoValue()).at(Timestamp.ofSeconds(5)), "a", "0")
                .add(Point.of(new InfoValue()), "a", "1")
                .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE x_info unknown
                x_info{a="0"} 1.0 5
                x_info{a="1"} 1.0
                # EOF
                """);
    }

    @Test
    void aStatesetOfSeveralPointsThatGivesWayKeepsEachSeriesTogether() {
        Value states =
                new StateSetValue(List.of(new StateSetValue.State("a", true), new StateSetValue.State("b", false)));
        Metric metric = new Metric(
                Labels.of(),
                List.of(
                        Point.of(states).at(Timestamp.ofSeconds(1)),
                        Point.of(states).at(Timestamp.ofSeconds(2))));

        Written written = Written.openMetrics(
                family("x:y", MetricType.STATE_SET).add(metric).build());

        assertThat(written.text()).isEqualTo("""
                # TYPE x:y unknown
                x:y{x_y="a"} 1.0 1
                x:y{x_y="a"} 1.0 2
                x:y{x_y="b"} 0.0 1
                x:y{x_y="b"} 0.0 2
                # EOF
                """);
    }

    @Test
    void aSeriesThatStandsTwiceIsWrittenOnce() {
        Written written = Written.openMetrics(
                family("g", MetricType.GAUGE)
                        .add(1, "a", "1", "b", "2")
                        .add(2, "b", "2", "a", "1")
                        .add(Point.of(new RawValue("g", 3)).at(Timestamp.ofSeconds(1)), "a", "1", "b", "2")
                        .build(),
                family("h", MetricType.HISTOGRAM)
                        .add(inf(1).build(), "a", "1")
                        .add(inf(2).build(), "a", "1")
                        .add(new RawValue("h_bucket", 3), "a", "1", "le", "+Inf")
                        .build(),
                family("c_total", MetricType.COUNTER)
                        .add(1)
                        .add(new RawValue("c_total", 2))
                        .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE g gauge
                g{a="1",b="2"} 1.0
                # TYPE h histogram
                h_bucket{a="1",le="+Inf"} 1.0
                # TYPE c counter
                c_total 1.0
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "SAMPLE g: sample left out: its series stand twice, labels {b=\"2\",a=\"1\"} (2 times)",
                        "SAMPLE h: sample left out: its series stand twice, labels {a=\"1\"} (2 times)",
                        "SAMPLE c_total: sample left out: its series stand twice, labels {}");
    }

    @Test
    void twoHalvesOfAMetricAreTakenApart() {
        Written written = Written.openMetrics(family("h", MetricType.HISTOGRAM)
                .add(inf(1).build())
                .add(inf(2).count(2).sum(2).build())
                .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE h_bucket unknown
                h_bucket{le="+Inf"} 1.0
                # TYPE h_count unknown
                h_count 2.0
                # TYPE h_sum unknown
                h_sum 2.0
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "TYPE h: histogram taken apart into unknown families: labels {} stand twice",
                        "SAMPLE h: sample left out: series h_bucket{le=\"+Inf\"} stands twice");
    }

    @Test
    void aSeriesTwiceInOneValueIsWrittenOnce() {
        Written written = Written.openMetrics(family("h", MetricType.HISTOGRAM)
                .add(inf(1).bucket(INF, 2).build())
                .build());

        assertThat(written.text()).isEqualTo("# TYPE h_bucket unknown\nh_bucket{le=\"+Inf\"} 1.0\n# EOF\n");
        assertThat(written.losses()).contains("SAMPLE h: sample left out: series h_bucket{le=\"+Inf\"} stands twice");
    }

    @Test
    void ofAFamilyInPiecesTheFirstDecides() {
        MetricFamily good = family("h", MetricType.HISTOGRAM)
                .add(inf(1).build(), "i", "0")
                .add(inf(1).count(5).build(), "i", "1")
                .add(inf(2).build(), "i", "0")
                .add(inf(3).build(), "i", "2")
                .build();
        Written written = Written.parts(OPTIONS, Written.piecesOf(good));

        assertThat(written.text()).isEqualTo("""
                # TYPE h histogram
                h_bucket{i="0",le="+Inf"} 1.0
                h_bucket{i="2",le="+Inf"} 3.0
                # EOF
                """);
        assertThat(written.losses()).containsExactly("SAMPLE h: sample left out: it has no sum (3 times)");
    }

    @Test
    void aFamilyInPiecesThatGaveWayFollowsTheRulesOfUnknown() {
        MetricFamily bad = family("x_total", MetricType.COUNTER)
                .add(-1, "i", "0")
                .add(-2, "i", "1")
                .add(new RawValue("x_sum", 3), "i", "2")
                .build();

        Written written = Written.parts(OPTIONS, Written.piecesOf(bad));

        assertThat(written.text()).isEqualTo("""
                # TYPE x_total unknown
                x_total{i="0"} -1.0
                x_total{i="1"} -2.0
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "TYPE x_total: counter written as unknown: its value is negative",
                        "SAMPLE x_total: sample left out: sample x_sum is not part of it");
    }

    @Test
    void aFamilyInPiecesIsTakenApartWithinTheLimit() {
        MetricFamily bad = family("h", MetricType.HISTOGRAM)
                .add(inf(1).count(5).build(), "i", "0")
                .add(inf(2).build(), "i", "1")
                .add(inf(1).count(7).build(), "i", "2")
                .add(inf(1).count(9).build(), "i", "0")
                .build();

        Written all = Written.parts(OPTIONS, Written.piecesOf(bad));
        assertThat(all.text()).isEqualTo("""
                # TYPE h_bucket unknown
                h_bucket{i="0",le="+Inf"} 1.0
                h_bucket{i="1",le="+Inf"} 2.0
                h_bucket{i="2",le="+Inf"} 1.0
                # TYPE h_count unknown
                h_count{i="0"} 5.0
                h_count{i="2"} 7.0
                # EOF
                """);
        assertThat(all.losses())
                .containsExactly(
                        "TYPE h: histogram taken apart into unknown families: it has no sum",
                        "SAMPLE h: sample left out: series h_bucket{i=\"0\",le=\"+Inf\"} stands twice (2 times)");

        int one = "# TYPE h_count unknown\nh_count{i=\"0\"} 5.0\n".length();
        Written limited = Written.parts(OPTIONS.toBuilder().heldBytes(one).build(), Written.piecesOf(bad));
        assertThat(limited.text()).contains("h_count{i=\"0\"} 5.0\n").doesNotContain("h_count{i=\"2\"}");
        // One that did not fit, and the two that stand twice as above.
        assertThat(limited.losses())
                .contains("SAMPLE h: sample left out: family h_count does not fit into the " + one
                        + " bytes left of heldBytes (3 times)");
    }

    @Test
    void aFamilyInPiecesThatIsLeftOutStaysSo() {
        MetricFamily gauge =
                family("a_b", MetricType.GAUGE).add(1).add(2, "i", "1").build();

        Written written = Written.parts(
                OPTIONS,
                Stream.concat(
                                Arrays.stream(Written.piecesOf(
                                        family("a.b", MetricType.GAUGE).add(3).build())),
                                Arrays.stream(Written.piecesOf(gauge)))
                        .toArray(FamilyPart[]::new));

        assertThat(written.text()).isEqualTo("# TYPE a_b gauge\na_b 3.0\n# EOF\n");
        assertThat(written.count(Loss.Kind.SAMPLE)).isEqualTo(2);
    }
}
