package dev.exposit.conformance.conversion;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an exposition may have: a small example of each. */
final class Features {
    /**
     * Something that a format can carry or not.
     *
     * @param group what it belongs to
     * @param title what it is
     * @param set a small exposition that has it
     */
    record Feature(String group, String title, MetricSet set) {}

    private static final Timestamp SECONDS = Timestamp.ofSeconds(1_600_000_000);
    private static final Timestamp MILLIS = Timestamp.ofMillis(1_600_000_000_123L);
    private static final Timestamp NANOS = new Timestamp(1_600_000_000, 123_456_789);
    private static final Exemplar EXEMPLAR = new Exemplar(Labels.of("trace_id", "4bf9"), 0.5, MILLIS);

    private final List<Feature> features = new ArrayList<>();
    private String group = "";

    private Features() {}

    /** All of them, in the order of the page. */
    static List<Feature> all() {
        Features all = new Features();
        all.families();
        all.numbers();
        all.times();
        all.exemplars();
        all.summaries();
        all.histograms();
        all.nativeHistograms();
        all.names();
        all.labels();
        return List.copyOf(all.features);
    }

    private void add(String title, MetricFamily.Builder... families) {
        features.add(new Feature(
                group,
                title,
                MetricSet.of(List.of(families).stream()
                        .map(MetricFamily.Builder::build)
                        .toList())));
    }

    private static MetricFamily.Builder family(String name, MetricType type) {
        return MetricFamily.builder(name, type);
    }

    private static MetricFamily.Builder counter() {
        return family("x_total", MetricType.COUNTER);
    }

    private static MetricFamily.Builder gauge() {
        return family("x", MetricType.GAUGE);
    }

    private static MetricFamily.Builder summary() {
        return family("x", MetricType.SUMMARY);
    }

    private static MetricFamily.Builder histogram() {
        return family("x", MetricType.HISTOGRAM);
    }

    private void families() {
        group = "Families";
        add("counter", counter().add(1));
        add("gauge", gauge().add(1));
        add("unknown", family("x", MetricType.UNKNOWN).add(1));
        add("info", family("x_info", MetricType.INFO).add(new InfoValue(), "version", "1"));
        add("stateset", family("x", MetricType.STATE_SET).add(states()));
        add("help", gauge().help("Things.").add(1));
        add(
                "help with line feed, quotes and backslash",
                gauge().help("a\n\"b\"\\c").add(1));
        add("unit", family("x_seconds", MetricType.GAUGE).unit("seconds").add(1));
        add("unit that is no suffix of the name", gauge().unit("seconds").add(1));
        add("family without metrics", gauge().help("Things."));
        add("several metrics", gauge().add(1, "a", "1").add(2, "a", "2"));
        add("gauge `x` beside counter `x_total`", gauge().add(1), counter().add(2));
        add(
                "gauge `x_created` beside counter `x_total`",
                counter().add(1),
                family("x_created", MetricType.GAUGE).add(1_600_000_000));
        add(
                "summaries in a family of unknown type",
                family("x", MetricType.UNKNOWN).add(quantiles(), "a", "1").add(quantiles(), "a", "2"));
        add("sample that fits no metric", histogram().add(new RawValue("x", 5)));
    }

    private static SummaryValue quantiles() {
        return SummaryValue.builder().count(2).sum(3).quantile(0.5, 1).build();
    }

    private static StateSetValue states() {
        return new StateSetValue(List.of(new StateSetValue.State("on", true), new StateSetValue.State("off", false)));
    }

    private void numbers() {
        group = "Numbers";
        add("gauge of NaN", gauge().add(Double.NaN));
        add(
                "gauge of +Inf and -Inf",
                gauge().add(Double.POSITIVE_INFINITY, "a", "1").add(Double.NEGATIVE_INFINITY, "a", "2"));
        add(
                "gauge of -0, least and largest numbers",
                gauge().add(-0.0, "a", "1").add(Double.MIN_VALUE, "a", "2").add(Double.MAX_VALUE, "a", "3"));
        add("counter of NaN", counter().add(Double.NaN));
        add("counter below zero", counter().add(-1));
    }

    private void times() {
        group = "Times";
        add("timestamp in seconds", gauge().add(Point.of(1).at(SECONDS)));
        add("timestamp in milliseconds", gauge().add(Point.of(1).at(MILLIS)));
        add("timestamp in nanoseconds", gauge().add(Point.of(1).at(NANOS)));
        add("timestamp 0", gauge().add(Point.of(1).at(Timestamp.ofSeconds(0))));
        add("timestamp before 1970", gauge().add(Point.of(1).at(Timestamp.ofMillis(-1500))));
        add("timestamp beyond the year 9999", gauge().add(Point.of(1).at(Timestamp.ofSeconds(300_000_000_000L))));
        add(
                "several points of a metric",
                gauge().add(new Metric(
                        Labels.of(),
                        List.of(Point.of(1).at(SECONDS), Point.of(2).at(MILLIS)))));
        add("start timestamp of a counter", counter().add(Point.of(1).startedAt(MILLIS)));
        add("start timestamp in nanoseconds", counter().add(Point.of(1).startedAt(NANOS)));
        add("start timestamp 0", counter().add(Point.of(1).startedAt(Timestamp.ofSeconds(0))));
        add(
                "start timestamp of a summary",
                summary().add(Point.of(totals(1.0, 2.0)).startedAt(MILLIS)));
        add(
                "start timestamp of a histogram",
                histogram().add(Point.of(classic()).startedAt(MILLIS)));
        add("start timestamp of a gauge", gauge().add(Point.of(1).startedAt(MILLIS)));
        add(
                "start timestamp with a timestamp",
                counter().add(Point.of(1).startedAt(MILLIS).at(SECONDS)));
    }

    private void exemplars() {
        group = "Exemplars";
        add("exemplar of a counter", counter().add(Point.of(1).withExemplars(EXEMPLAR)));
        add(
                "exemplar without timestamp",
                counter().add(Point.of(1).withExemplars(new Exemplar(EXEMPLAR.labels(), 0.5, null))));
        add(
                "exemplar without labels",
                counter().add(Point.of(1).withExemplars(new Exemplar(Labels.of(), 0.5, MILLIS))));
        add(
                "exemplar with labels of more than 128 characters",
                counter()
                        .add(Point.of(1)
                                .withExemplars(new Exemplar(Labels.of("trace_id", "4".repeat(130)), 0.5, MILLIS))));
        add(
                "exemplar with a timestamp in nanoseconds",
                counter().add(Point.of(1).withExemplars(new Exemplar(EXEMPLAR.labels(), 0.5, NANOS))));
        add(
                "several exemplars of a counter",
                counter()
                        .add(Point.of(1)
                                .withExemplars(EXEMPLAR, new Exemplar(Labels.of("trace_id", "5c0a"), 0.7, SECONDS))));
        add("exemplar of a gauge", gauge().add(Point.of(1).withExemplars(EXEMPLAR)));
        add(
                "exemplar of a classic bucket",
                histogram()
                        .add(HistogramValue.builder()
                                .count(3)
                                .sum(2)
                                .bucket(0.5, 2, EXEMPLAR)
                                .bucket(Double.POSITIVE_INFINITY, 3)
                                .build()));
        add("exemplar of a whole histogram", histogram().add(Point.of(classic()).withExemplars(EXEMPLAR)));
        add(
                "exemplar of a native histogram",
                histogram().add(Point.of(ofNative(integers())).withExemplars(EXEMPLAR)));
    }

    private static SummaryValue totals(@Nullable Double count, @Nullable Double sum) {
        return new SummaryValue(count, sum, List.of());
    }

    private void summaries() {
        group = "Summaries";
        add(
                "summary",
                summary()
                        .add(SummaryValue.builder()
                                .count(2)
                                .sum(3)
                                .quantile(0.5, 1)
                                .quantile(0.99, 2)
                                .build()));
        add(
                "summary of quantiles only",
                summary().add(SummaryValue.builder().quantile(0.5, 1).build()));
        add("summary without quantiles", summary().add(totals(2.0, 3.0)));
        add("summary without sum", summary().add(totals(2.0, null)));
        add("summary without count", summary().add(totals(null, 3.0)));
        add("summary of no events", summary().add(totals(0.0, 0.0)));
        add(
                "quantile of NaN",
                summary()
                        .add(SummaryValue.builder()
                                .count(0)
                                .sum(0)
                                .quantile(0.5, Double.NaN)
                                .build()));
        add(
                "`quantile=\"1\"` rather than `1.0`",
                summary()
                        .add(new SummaryValue(
                                2.0, 3.0, List.of(new SummaryValue.Quantile(new LabelNumber(1, "1"), 2)))));
    }

    private static HistogramValue classic() {
        return HistogramValue.builder()
                .count(3)
                .sum(2)
                .bucket(0.5, 1)
                .bucket(Double.POSITIVE_INFINITY, 3)
                .build();
    }

    private static HistogramValue classic(LabelNumber bound) {
        return new HistogramValue(
                3.0,
                2.0,
                List.of(new Bucket(bound, 1, null), new Bucket(LabelNumber.of(Double.POSITIVE_INFINITY), 3, null)),
                null);
    }

    private void histograms() {
        group = "Histograms";
        add("histogram", histogram().add(classic()));
        add(
                "histogram without sum and count",
                histogram().add(new HistogramValue(null, null, classic().buckets(), null)));
        add(
                "histogram without sum",
                histogram().add(new HistogramValue(3.0, null, classic().buckets(), null)));
        add(
                "histogram without +Inf bucket",
                histogram()
                        .add(HistogramValue.builder()
                                .count(3)
                                .sum(2)
                                .bucket(1, 2)
                                .build()));
        add(
                "histogram without buckets",
                histogram().add(HistogramValue.builder().count(3).sum(2).build()));
        add(
                "histogram with a negative bound and sum",
                histogram()
                        .add(HistogramValue.builder()
                                .count(3)
                                .sum(-2)
                                .bucket(-1, 1)
                                .bucket(Double.POSITIVE_INFINITY, 3)
                                .build()));
        add(
                "histogram with fractions as counts",
                histogram()
                        .add(HistogramValue.builder()
                                .count(3.5)
                                .sum(2)
                                .bucket(1, 1.5)
                                .bucket(Double.POSITIVE_INFINITY, 3.5)
                                .build()));
        add("`le=\"1.0\"` rather than `1`", histogram().add(classic(new LabelNumber(1, "1.0"))));
        add("`le=\"1\"` rather than `1.0`", histogram().add(classic(new LabelNumber(1, "1"))));
        add("gauge histogram", family("x", MetricType.GAUGE_HISTOGRAM).add(classic()));
        add(
                "gauge histogram without sum and count",
                family("x", MetricType.GAUGE_HISTOGRAM)
                        .add(new HistogramValue(null, null, classic().buckets(), null)));
    }

    private static NativeBuckets integers() {
        return NativeBuckets.builder(0)
                .zeroThreshold(0.001)
                .zeroCount(1)
                .positive(0, 1, 1)
                .build();
    }

    private static HistogramValue ofNative(NativeBuckets buckets) {
        return new HistogramValue(3.0, 2.0, List.of(), buckets);
    }

    private void nativeHistograms() {
        group = "Native histograms";
        add("native histogram", histogram().add(ofNative(integers())));
        add(
                "native histogram with negative buckets",
                histogram()
                        .add(ofNative(NativeBuckets.builder(0)
                                .zeroCount(1)
                                .positive(0, 1)
                                .negative(0, 1)
                                .build())));
        add(
                "native histogram with fractions as counts",
                histogram()
                        .add(ofNative(NativeBuckets.builder(0)
                                .zeroCount(0.5)
                                .positive(0, 2.5)
                                .floatCounts()
                                .build())));
        add(
                "native and classic buckets",
                histogram().add(new HistogramValue(3.0, 2.0, classic().buckets(), integers())));
        add("native gauge histogram", family("x", MetricType.GAUGE_HISTOGRAM).add(ofNative(integers())));
        add(
                "native histogram with custom bounds",
                histogram()
                        .add(ofNative(NativeBuckets.builder(NativeBuckets.CUSTOM_BUCKETS)
                                .customBounds(0.5, 1)
                                .positive(0, 1, 1, 1)
                                .build())));
    }

    private void names() {
        group = "Names";
        add("counter without `_total`", family("x", MetricType.COUNTER).add(1));
        add("info without `_info`", family("x", MetricType.INFO).add(new InfoValue(), "version", "1"));
        add(
                "gauge named like a counter, `x_total`",
                family("x_total", MetricType.GAUGE).add(1));
        add(
                "histogram `x` beside gauge `x_sum`",
                histogram().add(classic()),
                family("x_sum", MetricType.GAUGE).add(1));
        add("name with colon", family("x:y", MetricType.GAUGE).add(1));
        add("name with dot", family("x.y", MetricType.GAUGE).add(1));
        add(
                "name with quotes, backslash and line feed",
                family("x\"\\\n", MetricType.GAUGE).add(1));
        add(
                "names that are one when escaped",
                family("x.y", MetricType.GAUGE).add(1),
                family("x_y", MetricType.GAUGE).add(2));
        add("label name with dot", gauge().add(1, "a.b", "1"));
        add("label name with colon", gauge().add(1, "a:b", "1"));
        add("label names that are one when escaped", gauge().add(1, "a.b", "1", "a_b", "2"));
        add("label name `__a`, which is reserved", gauge().add(1, "__a", "1"));
    }

    private void labels() {
        group = "Label values and series";
        add("label value with quotes, backslash and line feed", gauge().add(1, "a", "\"\\\n"));
        add("label value with other control characters", gauge().add(1, "a", "\u0000\t\r\u007f"));
        add("label value beyond ASCII", gauge().add(1, "a", "ü日\ud83d\ude00"));
        add("label with an empty value", gauge().add(1, "a", ""));
        add("label with an empty value beside none", gauge().add(1, "a", "").add(2));
        add("series that stands twice", gauge().add(1, "a", "1").add(2, "a", "1"));
        add("labels `le` and `quantile` of a gauge", gauge().add(1, "le", "1").add(2, "quantile", "1"));
    }
}
