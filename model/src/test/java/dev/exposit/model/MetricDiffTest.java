package dev.exposit.model;

import static dev.exposit.model.DiffOptions.Aspect.CREATED;
import static dev.exposit.model.DiffOptions.Aspect.EXEMPLARS;
import static dev.exposit.model.DiffOptions.Aspect.HELP;
import static dev.exposit.model.DiffOptions.Aspect.TIMESTAMPS;
import static dev.exposit.model.DiffOptions.Aspect.TYPES;
import static dev.exposit.model.DiffOptions.Aspect.UNITS;
import static dev.exposit.model.DiffOptions.Aspect.VALUES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.exposit.model.Difference.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a difference, what is none, and how both read. */
class MetricDiffTest {
    private static final DiffOptions ALL = DiffOptions.defaults();
    private static final Timestamp T5 = Timestamp.ofSeconds(5);
    private static final Timestamp T6 = Timestamp.ofSeconds(6);
    private static final Exemplar EXEMPLAR = new Exemplar(Labels.of("trace_id", "x"), 0.25, T5);

    /** Two sets, what is ignored, and the lines that are printed; none if the sets are equal. */
    private record Case(String name, MetricSet left, MetricSet right, DiffOptions options, List<String> lines) {
        Case(String name, MetricFamily left, MetricFamily right, DiffOptions options, String... lines) {
            this(name, MetricSet.of(left), MetricSet.of(right), options, List.of(lines));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static MetricFamily.Builder family(MetricType type) {
        return MetricFamily.builder("x", type);
    }

    private static MetricFamily gauge(double value) {
        return gauge(Point.of(value));
    }

    private static MetricFamily gauge(Point... points) {
        return family(MetricType.GAUGE)
                .add(new Metric(Labels.of("a", "1"), List.of(points)))
                .build();
    }

    private static MetricFamily of(Value value) {
        return family(MetricType.UNKNOWN).add(value, "a", "1").build();
    }

    private static HistogramValue.Builder histogram() {
        return HistogramValue.builder().count(5).sum(2.5);
    }

    private static NativeBuckets buckets(int schema, int offset, Double... counts) {
        return new NativeBuckets(
                schema,
                0,
                1,
                new NativeBuckets.Side(List.of(new NativeBuckets.Span(offset, counts.length)), List.of(counts)),
                NativeBuckets.Side.none(),
                List.of(),
                false);
    }

    private static NativeBuckets custom(double bound) {
        return new NativeBuckets(
                NativeBuckets.CUSTOM_BUCKETS,
                0,
                0,
                new NativeBuckets.Side(List.of(new NativeBuckets.Span(0, 1)), List.of(1.0)),
                NativeBuckets.Side.none(),
                List.of(bound),
                false);
    }

    private static MetricFamily withBuckets(NativeBuckets buckets) {
        return of(histogram().nativeBuckets(buckets).build());
    }

    private static StateSetValue states(boolean on, boolean off) {
        return new StateSetValue(List.of(new StateSetValue.State("on", on), new StateSetValue.State("off", off)));
    }

    private static MetricFamily pods(double... values) {
        MetricFamily.Builder family = family(MetricType.GAUGE);
        for (int i = 0; i < values.length; i++) {
            family.add(values[i], "pod", values.length + "-" + i, "a", "1");
        }
        return family.build();
    }

    // ---- Families and metadata

    static List<Case> metadata() {
        MetricFamily plain = gauge(1);
        MetricFamily rich =
                family(MetricType.COUNTER).unit("seconds").help("Two\nlines.").build();
        MetricFamily bare = family(MetricType.GAUGE).build();
        MetricFamily other = MetricFamily.builder("a.b", MetricType.INFO)
                .add(new InfoValue())
                .build();
        return List.of(
                new Case("equal", plain, plain, ALL),
                new Case(
                        "family",
                        MetricSet.of(plain, other),
                        MetricSet.of(gauge(1), rich(), plainNamed("z")),
                        ALL,
                        List.of(
                                "- family \"a.b\": info with 1 series",
                                "+ family rich: counter with 0 series",
                                "+ family z: gauge with 1 series")),
                new Case(
                        "type, unit, help",
                        rich,
                        bare,
                        ALL,
                        "~ x type: counter -> gauge",
                        "- x unit: seconds",
                        "- x help: \"Two\\nlines.\""),
                new Case(
                        "help appears", bare, family(MetricType.GAUGE).help("h").build(), ALL, "+ x help: h"),
                new Case("type ignored", rich, bare, ALL.ignoring(TYPES, UNITS), "- x help: \"Two\\nlines.\""),
                new Case("help ignored", rich, bare, ALL.ignoring(TYPES, HELP), "- x unit: seconds"),
                new Case("unit ignored", rich, bare, ALL.ignoring(HELP, UNITS), "~ x type: counter -> gauge"),
                new Case("all of it ignored", rich, bare, ALL.ignoring(TYPES).ignoring(HELP, UNITS)));
    }

    private static MetricFamily rich() {
        return MetricFamily.builder("rich", MetricType.COUNTER).build();
    }

    private static MetricFamily plainNamed(String name) {
        return MetricFamily.builder(name, MetricType.GAUGE).add(1).build();
    }

    // ---- Series

    static List<Case> series() {
        MetricFamily two = family(MetricType.GAUGE)
                .add(1, "a", "1", "b", "2")
                .add(2, "a", "2")
                .build();
        return List.of(
                new Case(
                        "order of labels and series",
                        two,
                        family(MetricType.GAUGE)
                                .add(2, "a", "2")
                                .add(1, "b", "2", "a", "1")
                                .build(),
                        ALL),
                new Case(
                        "empty label",
                        two,
                        family(MetricType.GAUGE)
                                .add(1, "c", "", "a", "1", "b", "2")
                                .add(2, "a", "2", "b", "")
                                .build(),
                        ALL),
                new Case(
                        "other series",
                        two,
                        family(MetricType.GAUGE)
                                .add(1, "b", "3", "a", "1")
                                .add(2, "a", "2")
                                .add(Point.of(7).at(T5))
                                .build(),
                        ALL,
                        "+ series x: 7 at 5",
                        "- series x{a=\"1\",b=\"2\"}: 1",
                        "+ series x{a=\"1\",b=\"3\"}: 1"),
                new Case("series twice", pods(1), pods(2, 1, 1), ALL.ignoringLabels("pod"), """
                        + point of x{a="1"}: 1
                        + point of x{a="1"}: 2""".split("\n")),
                new Case(
                        "label ignored",
                        pods(3, 1, 2),
                        pods(2, 3, 1),
                        ALL.ignoringLabels("pod").ignoringLabels("x")),
                new Case(
                        "label ignored, series vanished",
                        pods(3, 1),
                        family(MetricType.GAUGE).build(),
                        ALL.ignoringLabels("a", "pod"),
                        "- series x: 1",
                        "- series x: 3"),
                new Case(
                        "label ignored, value changed",
                        pods(3, 1, 2),
                        pods(2, 4, 1),
                        ALL.ignoringLabels("pod"),
                        "~ x{a=\"1\"} value: 3 -> 4"),
                new Case(
                        "multisets within a tolerance",
                        pods(1, 2, 10),
                        pods(3, 2, 20),
                        ALL.ignoringLabels("pod").withAbsoluteTolerance(1),
                        "~ x{a=\"1\"} value: 10 -> 20"),
                new Case(
                        "raw samples twice",
                        family(MetricType.HISTOGRAM)
                                .add(new RawValue("x", 1), "a", "1")
                                .add(new RawValue("x", 2), "a", "1")
                                .add(new RawValue("x_bucket", 2), "a", "1")
                                .build(),
                        family(MetricType.HISTOGRAM)
                                .add(new RawValue("x_bucket", 3), "a", "1")
                                .add(new RawValue("x", 2), "a", "1")
                                .add(new RawValue("x", 1), "a", "1")
                                .build(),
                        ALL,
                        "~ x{a=\"1\"} sample x_bucket: 2 -> 3"),
                new Case(
                        "raw and assembled",
                        of(new RawValue("x", 1)),
                        of(new NumberValue(1)),
                        ALL,
                        "+ series x{a=\"1\"}: 1",
                        "- series x{a=\"1\"}: sample x 1"));
    }

    // ---- Values

    static List<Case> numbers() {
        DiffOptions half = ALL.withAbsoluteTolerance(0.5);
        DiffOptions percent = ALL.withRelativeTolerance(0.01);
        return List.of(
                new Case("number", gauge(1027), gauge(0.1), ALL, "~ x{a=\"1\"} value: 1027 -> 0.1"),
                new Case("NaN", gauge(Double.NaN), gauge(Double.longBitsToDouble(0x7FF8000000000002L)), ALL),
                new Case("NaN and number", gauge(Double.NaN), gauge(1), half, "~ x{a=\"1\"} value: NaN -> 1"),
                new Case("negative zero", gauge(-0.0), gauge(0.0), ALL),
                new Case("within absolute", gauge(1), gauge(1.5), half),
                new Case("beyond absolute", gauge(1), gauge(1.75), half, "~ x{a=\"1\"} value: 1 -> 1.75"),
                new Case("within relative", gauge(-1000), gauge(-1010), percent),
                new Case("beyond relative", gauge(1000), gauge(1011), percent, "~ x{a=\"1\"} value: 1000 -> 1011"),
                new Case("within the larger of both", gauge(0), gauge(0.5), percent.withAbsoluteTolerance(0.5)),
                new Case("infinity", gauge(1 / 0.0), gauge(1 / 0.0), percent),
                new Case("infinity and number", gauge(1 / 0.0), gauge(1), percent, "~ x{a=\"1\"} value: +Inf -> 1"),
                new Case("infinities", gauge(-1 / 0.0), gauge(1 / 0.0), percent, "~ x{a=\"1\"} value: -Inf -> +Inf"),
                new Case("value ignored", gauge(1), gauge(2), ALL.ignoring(VALUES)),
                new Case("info", of(new InfoValue()), of(new InfoValue()), ALL),
                new Case("info is 1", of(new InfoValue()), of(new NumberValue(1)), ALL),
                new Case(
                        "kind",
                        of(new NumberValue(1)),
                        of(new SummaryValue(2.0, null, List.of())),
                        ALL,
                        "- x{a=\"1\"} value: 1",
                        "+ x{a=\"1\"} count: 2"));
    }

    static List<Case> composites() {
        HistogramValue left = new HistogramValue(
                5.0,
                2.5,
                List.of(
                        new HistogramValue.Bucket(new LabelNumber(1, "1.0"), 3, null),
                        new HistogramValue.Bucket(new LabelNumber(1 / 0.0, "+Inf"), 5, null)),
                null);
        return List.of(
                new Case(
                        "order and spelling of buckets",
                        of(left),
                        of(histogram().bucket(1 / 0.0, 5).bucket(1, 3).build()),
                        ALL),
                new Case(
                        "histogram",
                        of(left),
                        of(HistogramValue.builder()
                                .count(6)
                                .bucket(0.5, 1)
                                .bucket(1 / 0.0, 6)
                                .build()),
                        ALL,
                        "~ x{a=\"1\"} count: 5 -> 6",
                        "- x{a=\"1\"} sum: 2.5",
                        "+ x{a=\"1\"} bucket 0.5: 1",
                        "- x{a=\"1\"} bucket 1: 3",
                        "~ x{a=\"1\"} bucket +Inf: 5 -> 6"),
                new Case(
                        "buckets are compared though values are ignored",
                        of(left),
                        of(histogram().bucket(1, 7).build()),
                        ALL.ignoring(VALUES),
                        "- x{a=\"1\"} bucket +Inf: 5"),
                new Case(
                        "tolerance holds for counts",
                        of(left),
                        of(histogram()
                                .count(5.5)
                                .bucket(1, 3.5)
                                .bucket(1 / 0.0, 5.5)
                                .build()),
                        ALL.withAbsoluteTolerance(0.5)),
                new Case(
                        "summary",
                        of(SummaryValue.builder()
                                .quantile(0.5, 1)
                                .quantile(0.9, 2)
                                .count(3)
                                .sum(4)
                                .build()),
                        of(SummaryValue.builder()
                                .quantile(0.9, 2)
                                .quantile(0.5, 3)
                                .count(3)
                                .build()),
                        ALL,
                        "- x{a=\"1\"} sum: 4",
                        "~ x{a=\"1\"} quantile 0.5: 1 -> 3"),
                new Case(
                        "stateset",
                        of(states(true, false)),
                        of(new StateSetValue(List.of(
                                new StateSetValue.State("off", false),
                                new StateSetValue.State("on", false),
                                new StateSetValue.State("idle", true)))),
                        ALL,
                        "+ x{a=\"1\"} state \"idle\": 1",
                        "~ x{a=\"1\"} state \"on\": 1 -> 0"));
    }

    static List<Case> nativeBuckets() {
        NativeBuckets split = new NativeBuckets(
                3,
                0,
                1,
                new NativeBuckets.Side(
                        List.of(
                                new NativeBuckets.Span(2, 1),
                                new NativeBuckets.Span(0, 0),
                                new NativeBuckets.Span(1, 1)),
                        List.of(7.0, 8.0)),
                NativeBuckets.Side.none(),
                List.of(),
                true);
        return List.of(
                new Case("spans and empty buckets", withBuckets(buckets(3, 2, 7.0, 0.0, 8.0)), withBuckets(split), ALL),
                new Case(
                        "count",
                        withBuckets(buckets(3, -1, 7.0, 8.0)),
                        withBuckets(buckets(3, -1, 7.0, 9.0, 1.0)),
                        ALL,
                        "~ x{a=\"1\"} positive bucket 0 (0.9170040432046711,1]: 8 -> 9",
                        "+ x{a=\"1\"} positive bucket 1 (1,1.0905077326652577]: 1"),
                new Case(
                        "count below zero",
                        withBuckets(NativeBuckets.builder(0).negative(1, 2).build()),
                        withBuckets(NativeBuckets.builder(0).negative(2, 2).build()),
                        ALL,
                        "- x{a=\"1\"} negative bucket 1 [-2,-1): 2",
                        "+ x{a=\"1\"} negative bucket 2 [-4,-2): 2"),
                new Case(
                        "count of a custom bucket",
                        withBuckets(NativeBuckets.builder(-53)
                                .customBounds(1, 2)
                                .positive(0, 3, 4, 5)
                                .build()),
                        withBuckets(NativeBuckets.builder(-53)
                                .customBounds(1, 2)
                                .positive(0, 1, 4, 6)
                                .build()),
                        ALL,
                        "~ x{a=\"1\"} positive bucket 0 [-Inf,1]: 3 -> 1",
                        "~ x{a=\"1\"} positive bucket 2 (2,+Inf]: 5 -> 6"),
                new Case(
                        "buckets that the schema does not have",
                        withBuckets(buckets(0, 2_000, 7.0)),
                        withBuckets(buckets(0, 2_000, 8.0)),
                        ALL,
                        "~ x{a=\"1\"} positive bucket 2000: 7 -> 8"),
                new Case(
                        "at the lower resolution",
                        withBuckets(buckets(1, -1, 1.0, 2.0, 3.0, 4.0, 5.0)),
                        withBuckets(buckets(0, 0, 3.0, 8.0, 5.0)),
                        ALL,
                        "~ x{a=\"1\"} schema: 1 -> 0",
                        "~ x{a=\"1\"} positive bucket 1 (1,2]: 7 -> 8"),
                new Case(
                        "gauges that add up to nothing at the lower resolution",
                        withBuckets(buckets(1, 1, 2.0, -2.0)),
                        withBuckets(buckets(0, 5)),
                        ALL,
                        "~ x{a=\"1\"} schema: 1 -> 0"),
                new Case(
                        "schema",
                        withBuckets(buckets(3, 0, 7.0)),
                        withBuckets(buckets(4, 0, 9.0)),
                        ALL.withAbsoluteTolerance(5),
                        "~ x{a=\"1\"} schema: 3 -> 4"),
                new Case(
                        "custom bounds",
                        withBuckets(custom(0.5)),
                        withBuckets(custom(0.75)),
                        ALL.withAbsoluteTolerance(5),
                        "~ x{a=\"1\"} custom bound 0: 0.5 -> 0.75"),
                new Case(
                        "ignored with the values",
                        withBuckets(buckets(3, 0, 7.0)),
                        withBuckets(buckets(4, 0, 9.0, 2.0)),
                        ALL.ignoring(VALUES)),
                new Case(
                        "none",
                        withBuckets(buckets(3, 0, 7.0)),
                        of(histogram().build()),
                        ALL.ignoring(VALUES),
                        "- x{a=\"1\"} schema: 3"));
    }

    // ---- Times and exemplars

    static List<Case> times() {
        MetricFamily early = gauge(Point.of(1).at(T5).startedAt(T5));
        MetricFamily late = gauge(Point.of(1).at(T6).startedAt(T6));
        MetricFamily history = gauge(Point.of(1).at(T5), Point.of(2).at(T6));
        return List.of(
                new Case(
                        "timestamps",
                        early,
                        late,
                        ALL,
                        "~ x{a=\"1\"} timestamp: 5 -> 6",
                        "~ x{a=\"1\"} start timestamp: 5 -> 6"),
                new Case(
                        "timestamp ignored",
                        early,
                        late,
                        ALL.ignoring(TIMESTAMPS),
                        "~ x{a=\"1\"} start timestamp: 5 -> 6"),
                new Case("start ignored", early, late, ALL.ignoring(CREATED), "~ x{a=\"1\"} timestamp: 5 -> 6"),
                new Case(
                        "no timestamps",
                        early,
                        gauge(1),
                        ALL,
                        "- x{a=\"1\"} timestamp: 5",
                        "- x{a=\"1\"} start timestamp: 5"),
                new Case(
                        "one of several points",
                        history,
                        gauge(Point.of(1).at(T5), Point.of(3).at(T6)),
                        ALL,
                        "~ x{a=\"1\"} at 6 value: 2 -> 3"),
                new Case(
                        "points come and go",
                        history,
                        gauge(Point.of(2).at(T6), Point.of(3).at(Timestamp.ofMillis(6500))),
                        ALL,
                        "- point of x{a=\"1\"}: 1 at 5",
                        "+ point of x{a=\"1\"}: 3 at 6.5"),
                new Case(
                        "points without their timestamps",
                        history,
                        gauge(Point.of(2).at(T5), Point.of(1).at(T6)),
                        ALL.ignoring(TIMESTAMPS)),
                new Case(
                        "all points",
                        history,
                        family(MetricType.GAUGE).build(),
                        ALL,
                        "- series x{a=\"1\"}: 1 at 5, 2 at 6"));
    }

    static List<Case> exemplars() {
        Exemplar respelled = new Exemplar(Labels.of("y", "", "trace_id", "x"), 0.25, T5);
        Exemplar later = new Exemplar(Labels.of("trace_id", "x"), 0.25, T6);
        Exemplar other = new Exemplar(Labels.of(), 3, null);
        MetricFamily one = gauge(Point.of(1).withExemplars(EXEMPLAR));
        MetricFamily bucket = of(histogram().bucket(1, 2, EXEMPLAR).build());
        return List.of(
                new Case("labels", one, gauge(Point.of(1).withExemplars(respelled)), ALL),
                new Case(
                        "changed",
                        one,
                        gauge(Point.of(1).withExemplars(later)),
                        ALL.withAbsoluteTolerance(9),
                        "~ x{a=\"1\"} exemplar: # {trace_id=\"x\"} 0.25 5 -> # {trace_id=\"x\"} 0.25 6"),
                new Case("timestamps ignored", one, gauge(Point.of(1).withExemplars(later)), ALL.ignoring(TIMESTAMPS)),
                new Case("ignored", one, gauge(1), ALL.ignoring(EXEMPLARS)),
                new Case(
                        "several",
                        gauge(Point.of(1).withExemplars(EXEMPLAR, later, other)),
                        gauge(Point.of(1).withExemplars(other, EXEMPLAR)),
                        ALL,
                        "- x{a=\"1\"} exemplar: # {trace_id=\"x\"} 0.25 6"),
                new Case(
                        "of a bucket",
                        of(histogram().bucket(1, 2).build()),
                        bucket,
                        ALL,
                        "+ x{a=\"1\"} bucket exemplar 1: # {trace_id=\"x\"} 0.25 5"),
                new Case(
                        "of a bucket, ignored", of(histogram().bucket(1, 2).build()), bucket, ALL.ignoring(EXEMPLARS)));
    }

    // ---- What formats make of each other

    static List<Case> acrossFormats() {
        MetricFamily stateSet =
                family(MetricType.STATE_SET).add(states(true, false), "a", "1").build();
        MetricFamily gauges = family(MetricType.GAUGE)
                .add(1, "a", "1", "x", "on")
                .add(1, "a", "1", "x", "off")
                .build();
        MetricFamily created =
                MetricFamily.builder("x_created", MetricType.GAUGE).add(5).build();
        MetricFamily summary = family(MetricType.SUMMARY).build();
        MetricFamily total = MetricFamily.builder("x_total", MetricType.COUNTER).build();
        return List.of(
                new Case(
                        "stateset as gauges",
                        stateSet,
                        gauges,
                        ALL.ignoring(TYPES),
                        "~ x{a=\"1\",x=\"off\"} value: 0 -> 1"),
                new Case(
                        "stateset is none of the gauges' kind",
                        stateSet,
                        family(MetricType.GAUGE).build(),
                        ALL,
                        "~ x type: stateset -> gauge",
                        "- series x{a=\"1\"}: states [\"on\"]"),
                new Case(
                        "created of a summary",
                        MetricSet.of(summary, created),
                        MetricSet.of(summary),
                        ALL.ignoring(CREATED),
                        List.of()),
                new Case(
                        "created of a counter",
                        MetricSet.of(total),
                        MetricSet.of(total, created),
                        ALL.ignoring(CREATED),
                        List.of()),
                new Case(
                        "created is compared",
                        MetricSet.of(total),
                        MetricSet.of(total, created),
                        ALL,
                        List.of("+ family x_created: gauge with 1 series")),
                new Case(
                        "created of nobody",
                        MetricSet.of(created, gauge(1)),
                        MetricSet.of(gauge(1)),
                        ALL.ignoring(CREATED),
                        List.of("- family x_created: gauge with 1 series")));
    }

    @ParameterizedTest
    @MethodSource({"metadata", "series", "numbers", "composites", "nativeBuckets", "times", "exemplars", "acrossFormats"
    })
    void differencesArePrintedALineEach(Case given) {
        MetricDiff diff = MetricDiff.between(given.left, given.right, given.options);
        assertThat(diff.toString()).isEqualTo(String.join("\n", given.lines));
        assertThat(diff.isEmpty()).isEqualTo(given.lines.isEmpty());
    }

    /** What stands only left in one direction stands only right in the other; only pairs of unequals may differ. */
    @ParameterizedTest
    @MethodSource({"metadata", "series", "numbers", "composites", "nativeBuckets", "times", "exemplars", "acrossFormats"
    })
    void differencesAreSymmetric(Case given) {
        MetricDiff there = MetricDiff.between(given.left, given.right, given.options);
        MetricDiff back = MetricDiff.between(given.right, given.left, given.options);
        assertThat(back.differences()).hasSameSizeAs(there.differences());
        assertThat(back.differences())
                .extracting(Difference::right)
                .containsExactlyInAnyOrderElementsOf(
                        there.differences().stream().map(Difference::left).toList());
        assertThat(MetricDiff.between(given.left, given.left, given.options).differences())
                .isEmpty();
    }

    @Test
    void differencesAreData() {
        MetricFamily left = family(MetricType.GAUGE)
                .add(histogram().bucket(1, 2, EXEMPLAR).build(), "b", "2", "a", "1")
                .add(Point.of(1).at(T5))
                .build();
        MetricFamily right = family(MetricType.COUNTER)
                .add(histogram().bucket(1, 3).build(), "b", "2", "a", "1", "c", "")
                .add(Point.of(1).at(T6))
                .add(9, "z", "z")
                .build();
        Labels labels = Labels.of("a", "1", "b", "2");
        assertThat(MetricDiff.between(MetricSet.of(left), MetricSet.of(right)).differences())
                .containsExactly(
                        new Difference.OfMetadata("x", Difference.OfMetadata.Item.TYPE, "gauge", "counter"),
                        new Difference.OfTimestamp("x", Labels.of(), null, Part.of(Part.Kind.TIMESTAMP), T5, T6),
                        new Difference.OfNumber("x", labels, null, Part.of(Part.Kind.BUCKET, 1), 2.0, 3.0),
                        new Difference.OfExemplar(
                                "x", labels, null, Part.of(Part.Kind.BUCKET_EXEMPLAR, 1), EXEMPLAR, null),
                        new Difference.OfSeries(
                                "x", Labels.of("z", "z"), null, right.metrics().get(2)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void toleranceMustBeFiniteAndNotNegative(double tolerance) {
        assertThatIllegalArgumentException().isThrownBy(() -> ALL.withAbsoluteTolerance(tolerance));
        assertThatIllegalArgumentException().isThrownBy(() -> ALL.withRelativeTolerance(tolerance));
    }

    /** Quadratic matching would take minutes. */
    @Test
    @Timeout(20)
    void oneSeriesManyTimesIsMatchedQuickly() {
        int n = 50_000;
        List<Integer> values = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        Collections.reverse(values);
        MetricFamily.Builder left = family(MetricType.GAUGE);
        MetricFamily.Builder right = family(MetricType.GAUGE);
        values.forEach(value -> left.add(value, "i", Integer.toString(value)));
        values.forEach(value -> right.add(value + n / 2.0, "i", Integer.toString(-value)));
        MetricDiff diff =
                MetricDiff.between(MetricSet.of(left.build()), MetricSet.of(right.build()), ALL.ignoringLabels("i"));
        assertThat(diff.differences()).hasSize(n / 2);
    }
}
