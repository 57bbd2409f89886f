package dev.exposit.parser;

import static dev.exposit.parser.Families.PROMETHEUS_TEXT;
import static dev.exposit.parser.Families.histogram;
import static dev.exposit.parser.Families.merge;
import static dev.exposit.parser.Families.metric;
import static dev.exposit.parser.Families.raw;
import static dev.exposit.parser.Families.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.model.RawValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Families built from Prometheus text; what is repaired on the way stands in {@link FamilyReaderRepairTest}. */
class FamilyReaderTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final ReadOptions SKIP = PROMETHEUS_TEXT.withRecovery(Recovery.SKIP_LINE);
    private static final HistogramValue H =
            histogram().bucket(0.5, 1).bucket(INF, 2).sum(1.5).count(2).build();

    // ---- Types

    @ParameterizedTest
    @CsvSource({"counter, COUNTER", "gauge, GAUGE", "untyped, UNKNOWN"})
    void numbers(String keyword, MetricType type) {
        String text = """
                # HELP a Some\\nhelp.
                # TYPE a %s
                a{x="1",y=""} 1 -1
                a 2
                a{x="2"} NaN 0
                """;
        assertThat(read(text.formatted(keyword), PROMETHEUS_TEXT).only())
                .isEqualTo(MetricFamily.builder("a", type)
                        .help("Some\nhelp.")
                        .add(Point.of(1).at(Timestamp.ofMillis(-1)), "x", "1", "y", "")
                        .add(2)
                        .add(Point.of(Double.NaN).at(Timestamp.ofMillis(0)), "x", "2")
                        .build());
    }

    @Test
    void namesKeepTheirSuffixes() {
        String text = "# TYPE c counter\nc_total 1\n# TYPE d_total counter\nd_total 1\nd_created 1\ni_info 1\n";
        assertThat(read(text, PROMETHEUS_TEXT).families())
                .containsExactly(
                        MetricFamily.builder("c", MetricType.COUNTER).build(),
                        MetricFamily.builder("c_total", MetricType.UNKNOWN)
                                .add(1)
                                .build(),
                        MetricFamily.builder("d_total", MetricType.COUNTER)
                                .add(1)
                                .build(),
                        MetricFamily.builder("d_created", MetricType.UNKNOWN)
                                .add(1)
                                .build(),
                        MetricFamily.builder("i_info", MetricType.UNKNOWN)
                                .add(1)
                                .build());
    }

    @Test
    void histogram_() {
        String text = """
                # TYPE h histogram
                h_bucket{a="x",le="0.5"} 1 5
                h_bucket{a="x",le="+Inf"} 2 5
                h_sum{a="x"} 1.5 5
                h_count{a="x"} 2 5
                h_bucket{le="0.5",a="y"} 1
                h_bucket{le="+Inf",a="y"} 2
                h_sum{a="y"} 1.5
                h_count{a="y"} 2
                """;
        assertThat(read(text, PROMETHEUS_TEXT).only())
                .isEqualTo(MetricFamily.builder("h", MetricType.HISTOGRAM)
                        .add(Point.of(H).at(Timestamp.ofMillis(5)), "a", "x")
                        .add(H, "a", "y")
                        .build());
    }

    /** The specification wants a family's lines together, not a metric's. */
    @ParameterizedTest
    @ValueSource(
            strings = {"0 1 2 3 4 5 6 7", "0 4 1 5 2 6 3 7", "7 3 6 2 5 1 4 0", "2 3 6 7 0 1 4 5", "3 0 7 2 4 1 6 5"})
    void samplesOfAHistogramInAnyOrder(String order) {
        String[] lines = {
            "h_bucket{a=\"x\",b=\"1\",le=\"0.5\"} 1",
            "h_bucket{le=\"+Inf\",b=\"1\",a=\"x\"} 2",
            "h_sum{b=\"1\",a=\"x\"} 1.5",
            "h_count{a=\"x\",b=\"1\"} 2",
            "h_bucket{le=\"0.5\",a=\"y\",b=\"\"} 1",
            "h_bucket{a=\"y\",le=\"+Inf\"} 2",
            "h_sum{a=\"y\",b=\"\"} 1.5",
            "h_count{b=\"\",a=\"y\"} 2",
        };
        StringBuilder text = new StringBuilder("# TYPE h histogram\n");
        for (String line : order.split(" ", -1)) {
            text.append(lines[Integer.parseInt(line)]).append('\n');
        }
        MetricFamily family = read(text.toString(), PROMETHEUS_TEXT).only();
        assertThat(family.metrics()).hasSize(2);
        assertThat(family.metrics())
                .extracting(found -> found.labels().withoutEmpty().toMap())
                .containsExactlyInAnyOrder(java.util.Map.of("a", "x", "b", "1"), java.util.Map.of("a", "y"));
        assertThat(family.metrics()).allSatisfy(found -> {
            HistogramValue value = (HistogramValue) found.value();
            assertThat(value.buckets()).containsExactlyInAnyOrderElementsOf(H.buckets());
            assertThat(value.count()).isEqualTo(2);
            assertThat(value.sum()).isEqualTo(1.5);
        });
    }

    @Test
    void aHistogramMayLackAnything() {
        assertThat(read("# TYPE h histogram\nh_count 2\n", PROMETHEUS_TEXT)
                        .only()
                        .metrics())
                .containsExactly(metric(Point.of(histogram().count(2).build())));
        assertThat(read("# TYPE h histogram\nh_bucket{le=\"1\"} 2\n", PROMETHEUS_TEXT)
                        .only()
                        .metrics())
                .containsExactly(metric(Point.of(histogram().bucket(1, 2).build())));
        assertThat(read("# TYPE h histogram\nh_sum 2\n", PROMETHEUS_TEXT).only().metrics())
                .containsExactly(metric(Point.of(histogram().sum(2).build())));
    }

    @Test
    void boundsKeepTheirSpelling() {
        MetricFamily family = read(
                        "# TYPE h histogram\nh_bucket{le=\"1e0\"} 2\nh_bucket{le=\"Inf\"} 2\n", PROMETHEUS_TEXT)
                .only();
        HistogramValue value = (HistogramValue) family.metrics().get(0).value();
        assertThat(value.buckets()).extracting(bucket -> bucket.le().spelling()).containsExactly("1e0", "Inf");
        assertThat(value.buckets())
                .extracting(HistogramValue.Bucket::upperBound)
                .containsExactly(1.0, INF);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void quantileIsAnyNumber(Dialect dialect) {
        Families found = read("# TYPE s summary\ns{quantile=\"2\"} 1\n", PROMETHEUS_TEXT.withDialect(dialect));
        assertThat(found.problemCodes()).isEmpty();
        assertThat(found.only())
                .isEqualTo(MetricFamily.builder("s", MetricType.SUMMARY)
                        .add(Point.of(SummaryValue.builder().quantile(2, 1).build()))
                        .build());
    }

    @Test
    void summary() {
        String text = """
                # TYPE s summary
                s_count{a="x"} 3
                s{quantile="0.99",a="x"} NaN
                s{a="x",quantile="0.5"} 1
                s_sum{a="x"} 5
                s_sum 1
                s_count 0
                """;
        assertThat(read(text, PROMETHEUS_TEXT).only())
                .isEqualTo(MetricFamily.builder("s", MetricType.SUMMARY)
                        .add(
                                SummaryValue.builder()
                                        .quantile(0.99, Double.NaN)
                                        .quantile(0.5, 1)
                                        .sum(5)
                                        .count(3)
                                        .build(),
                                "a",
                                "x")
                        .add(SummaryValue.builder().sum(1).count(0).build())
                        .build());
    }

    /** Metrics that differ in one name or one value only, one behind the other. */
    @Test
    void labelsThatLookAlikeAreOfDifferentMetrics() {
        String text = """
                # TYPE s summary
                s_sum{a="1",b="2"} 1
                s_sum{c="1",d="2"} 2
                s_sum{c="2",d="1"} 3
                s_sum{c="2",e="1"} 4
                s_sum{c="2"} 5
                """;
        Families read = read(text, PROMETHEUS_TEXT);
        assertThat(read.problems()).isEmpty();
        assertThat(read.only().metrics())
                .extracting(metric -> ((SummaryValue) metric.value()).sum())
                .containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
    }

    @Test
    void familiesWithoutSamples() {
        String text = "# TYPE a counter\n# HELP b x\n# HELP c \n# TYPE h histogram\n";
        assertThat(read(text, PROMETHEUS_TEXT).families())
                .isEqualTo(merge(text, PROMETHEUS_TEXT).families())
                .containsExactly(
                        MetricFamily.builder("a", MetricType.COUNTER).build(),
                        MetricFamily.builder("b", MetricType.UNKNOWN).help("x").build(),
                        MetricFamily.builder("c", MetricType.UNKNOWN).build(),
                        MetricFamily.builder("h", MetricType.HISTOGRAM).build());
    }

    @Test
    void quotedNames() {
        String text = """
                        # TYPE "h.é" histogram
                        {"h.é_bucket","le"="+Inf","x y"="\\n"} 1
                        {"h.é_sum","x y"="\\n"} 2
                        """;
        assertThat(read(text, PROMETHEUS_TEXT).only())
                .isEqualTo(MetricFamily.builder("h.é", MetricType.HISTOGRAM)
                        .add(histogram().bucket(INF, 1).sum(2).build(), "x y", "\n")
                        .build());
    }

    @Test
    void createdIsNeverFolded() {
        String text = "# TYPE h histogram\nh_count 1\n# TYPE h_created gauge\nh_created 1.6e9\n";
        assertThat(read(text, PROMETHEUS_TEXT).families())
                .containsExactly(
                        MetricFamily.builder("h", MetricType.HISTOGRAM)
                                .add(histogram().count(1).build())
                                .build(),
                        MetricFamily.builder("h_created", MetricType.GAUGE)
                                .add(1.6e9)
                                .build());
    }

    // ---- What fits no metric

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h 5 | h{} 5.0 | UNEXPECTED_SAMPLE",
                "h_bucket 5 7 | h_bucket{} 5.0 @0.007 | MISSING_LABEL",
                "h_bucket{le=\"x\"} 5 | h_bucket{le=\"x\"} 5.0 | INVALID_BOUND",
                "h_bucket{le=\"NaN\"} 5 | h_bucket{le=\"NaN\"} 5.0 | INVALID_BOUND",
                "h_bucket{le=\"1e400\"} 5 | h_bucket{le=\"1e400\"} 5.0 | INVALID_BOUND",
            })
    void staysAsARawSampleWithAWarning(String line, String kept, String code) {
        Families found = read("# TYPE h histogram\n" + line + "\nh_sum 1\n", PROMETHEUS_TEXT);
        assertThat(raw(found.only())).containsExactly(kept);
        assertThat(found.only().metrics())
                .contains(metric(Point.of(histogram().sum(1).build())));
        assertThat(found.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.location().line()).isEqualTo(2);
        });
    }

    @Test
    void aSeriesTwiceIsAnErrorAndTheFirstHolds() {
        for (String again : new String[] {"a{x=\"1\"} 3", "a{x=\"1\",y=\"\"} 3", "a{x=\"1\"} 3 5"}) {
            String text = "a{x=\"1\"} 2\n" + again + "\na 4\n";
            assertThatThrownBy(() -> read(text, PROMETHEUS_TEXT)).hasMessageContaining("DUPLICATE_SERIES");
            Families found = read(text, SKIP);
            assertThat(found.only().metric("x", "1")).contains(metric(Point.of(2), "x", "1"));
            assertThat(found.only().metric()).contains(metric(Point.of(4)));
            assertThat(raw(found.only())).hasSize(1);
            assertThat(found.problemCodes()).containsExactly("DUPLICATE_SERIES");
        }
    }

    @Test
    void duplicatesWithinAHistogram() {
        String text = """
                # TYPE h histogram
                h_bucket{le="1"} 1
                h_bucket{le="2"} 2
                h_bucket{le="1.0"} 3
                h_bucket{le="2"} 4
                h_bucket{le="0.5"} 0
                h_sum 1
                h_sum 2
                h_count 1
                h_count 2
                """;
        Families found = read(text, SKIP);
        assertThat(found.problemCodes())
                .containsExactly("DUPLICATE_SERIES", "DUPLICATE_SERIES", "DUPLICATE_SERIES", "DUPLICATE_SERIES");
        assertThat(raw(found.only()))
                .containsExactly("h_bucket{le=\"1.0\"} 3.0", "h_bucket{le=\"2\"} 4.0", "h_sum{} 2.0", "h_count{} 2.0");
        assertThat(found.only().metric().orElseThrow().value())
                .isEqualTo(histogram()
                        .bucket(1, 1)
                        .bucket(2, 2)
                        .bucket(0.5, 0)
                        .sum(1)
                        .count(1)
                        .build());
    }

    @Test
    void aHistogramOfDifferentTimesIsTakenApart() {
        String text = """
                # TYPE h histogram
                h_bucket{le="1",a="x"} 1 5
                h_bucket{le="1",a="y"} 1 5
                h_sum{a="x"} 2 5
                h_bucket{le="+Inf",a="x"} 3 6
                h_count{a="x"} 3 5
                h_sum{a="y"} 2 5
                """;
        Families found = read(text, PROMETHEUS_TEXT);
        assertThat(raw(found.only()))
                .containsExactlyInAnyOrder(
                        "h_bucket{a=\"x\",le=\"1\"} 1.0 @0.005",
                        "h_sum{a=\"x\"} 2.0 @0.005",
                        "h_bucket{le=\"+Inf\",a=\"x\"} 3.0 @0.006",
                        "h_count{a=\"x\"} 3.0 @0.005");
        assertThat(found.only().metric("a", "y").orElseThrow().point())
                .isEqualTo(Point.of(histogram().bucket(1, 1).sum(2).build()).at(Timestamp.ofMillis(5)));
        assertThat(found.only().metrics()).hasSize(5);
        assertThat(found.problems())
                .extracting(Problem::code, Problem::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("MIXED_TIMESTAMPS", Severity.WARNING));
    }

    @Test
    void aSummaryOfDifferentTimesIsTakenApart() {
        Families found = merge("# TYPE s summary\ns{quantile=\"0.50\"} 1\ns_count 2 5\ns_sum 3\n", PROMETHEUS_TEXT);
        assertThat(raw(found.only()))
                .containsExactlyInAnyOrder("s{quantile=\"0.50\"} 1.0", "s_count{} 2.0 @0.005", "s_sum{} 3.0");
        assertThat(found.only().metrics()).hasSize(3);
    }

    /** What is no bucket does not say when the histogram was measured. */
    @Test
    void aRawSampleHasNoSayInItsMetricsTime() {
        MetricFamily family = read("""
                # TYPE h histogram
                h_bucket{le="x"} 1 5
                h_bucket{le="+Inf"} 1 6
                """, PROMETHEUS_TEXT).only();
        assertThat(family.metrics())
                .containsExactly(
                        new Metric(
                                Labels.of(),
                                Point.of(HistogramValue.builder()
                                                .bucket(Double.POSITIVE_INFINITY, 1)
                                                .build())
                                        .at(Timestamp.ofMillis(6))),
                        new Metric(
                                Labels.of("le", "x"),
                                Point.of(new RawValue("h_bucket", 1)).at(Timestamp.ofMillis(5))));
    }
}
