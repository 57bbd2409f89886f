package dev.exposit.conformance.others;

import dev.exposit.conformance.others.Finding.Right;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.Point;
import dev.exposit.model.SummaryValue;
import dev.exposit.parser.ErrorCode;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the Java client's writer of Prometheus protobuf makes of a snapshot, beside what the snapshot holds. */
final class JavaClientProtobuf {
    private static final String MESSAGES = "metrics.proto";

    /** In the order in which they apply. */
    static final List<Difference<JavaClientSettings, MetricSnapshot>> DIFFERENCES = List.of(
            new Difference<>(
                    "A metric without points, and a summary's point without count, sum and quantiles, is not written.",
                    Right.BOTH,
                    MESSAGES,
                    (settings, snapshot) ->
                            snapshot.getDataPoints().isEmpty() || Points.any(snapshot, Points::isEmptySummary),
                    (expected, settings, snapshot) -> withoutEmpty(expected, snapshot)),
            new Difference<>(
                    "Names end in the unit and, of counters, in `_total`, whatever was given.",
                    Right.BOTH,
                    MESSAGES,
                    (settings, snapshot) -> true,
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(family -> JavaClientModel.named(family, JavaClientOpenMetrics1.name(snapshot)))
                            .toList())),
            new Difference<>(
                    "A gauge `jobs.total` or `jobs.created` is written as `jobs`.",
                    Right.OPEN,
                    MESSAGES,
                    (settings, snapshot) -> snapshot instanceof GaugeSnapshot
                            && snapshot.getMetadata().getOriginalName().endsWith(".total"),
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(family -> JavaClientModel.named(
                                    family,
                                    family.name().substring(0, family.name().lastIndexOf('.'))))
                            .toList())),
            new Difference<>(
                    "Units are not written, although there is a field for them.",
                    Right.OPEN,
                    MESSAGES,
                    (settings, snapshot) -> snapshot.getMetadata().hasUnit(),
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(JavaClientPrometheusText::withoutUnit)
                            .toList())),
            new Difference<>(
                    "Infos and states of state sets are gauges; the format has neither type.",
                    Right.BOTH,
                    MESSAGES,
                    (settings, snapshot) -> snapshot instanceof InfoSnapshot || snapshot instanceof StateSetSnapshot,
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(JavaClientPrometheusText::asGauge)
                            .toList())),
            new Difference<>(
                    "The label for the states of a state set is its name with underscores, whatever the scheme of escaping.",
                    Right.OPEN,
                    MESSAGES,
                    (settings, snapshot) -> snapshot instanceof StateSetSnapshot,
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(family ->
                                    withStatesUnder(snapshot.getMetadata().getPrometheusName(), family))
                            .toList())),
            new Difference<>(
                    "The start of a histogram or summary is not written, although there is a field for it.",
                    Right.OPEN,
                    MESSAGES,
                    (settings, snapshot) ->
                            snapshot instanceof HistogramSnapshot || snapshot instanceof SummarySnapshot,
                    (expected, settings, snapshot) -> expected.points(point -> point.startedAt(null))),
            new Difference<>(
                    "The timestamp of an unknown metric is not written, which makes it one of now.",
                    Right.SPECIFICATION,
                    MESSAGES,
                    (settings, snapshot) -> snapshot instanceof UnknownSnapshot,
                    (expected, settings, snapshot) -> expected.points(point -> point.at(null))),
            new Difference<>(
                    "A missing count or sum is 0; the format cannot tell.",
                    Right.BOTH,
                    MESSAGES,
                    (settings, snapshot) -> Points.any(
                            snapshot, point -> Points.isHistogramWithoutSum(point) || Points.lacksTotals(point)),
                    (expected, settings, snapshot) -> expected.points(JavaClientProtobuf::withTotals)),
            new Difference<>(
                    "Each classic bucket gets one exemplar; a histogram of native buckets only gets a bucket of infinity for the"
                            + " newest one.",
                    Right.BOTH,
                    MESSAGES,
                    (settings, snapshot) -> snapshot instanceof HistogramSnapshot,
                    (expected, settings, snapshot) -> withBucketExemplars(
                            JavaClientOpenMetrics1.withBucketExemplars(expected, (HistogramSnapshot) snapshot),
                            (HistogramSnapshot) snapshot)),
            new Difference<>(
                    "Exemplars of other metrics than counters and histograms have no field.",
                    Right.BOTH,
                    MESSAGES,
                    (settings, snapshot) -> !(snapshot instanceof CounterSnapshot),
                    (expected, settings, snapshot) -> expected.points(Point::withExemplars)),
            new Difference<>(
                    "The timestamp of an exemplar from before 1970 has nanoseconds below zero, which its schema forbids.",
                    Right.SPECIFICATION,
                    "google.protobuf.Timestamp",
                    (settings, snapshot) -> true,
                    (expected, settings, snapshot) ->
                            JavaClientOpenMetrics1.hasWrittenExemplar(expected, Points::isBefore1970)
                                    ? expected.refused(ErrorCode.INVALID_TIMESTAMP)
                                    : expected));

    private JavaClientProtobuf() {}

    /** Where no point is written of those that are there, a message is, which has no name. */
    private static Expectation withoutEmpty(Expectation expected, MetricSnapshot snapshot) {
        Expectation without = expected.holding(Points.withoutEmpty(expected.families()));
        boolean empty =
                without.families().isEmpty() && !snapshot.getDataPoints().isEmpty();
        return empty ? without.refused(ErrorCode.EMPTY_NAME) : without;
    }

    private static MetricFamily withStatesUnder(String label, MetricFamily family) {
        MetricFamily.Builder renamed =
                MetricFamily.builder(family.name(), family.type()).help(family.help());
        for (Metric metric : family.metrics()) {
            String state = metric.labels().get(family.name());
            renamed.add(
                    state == null
                            ? metric
                            : new Metric(metric.labels().without(family.name()).with(label, state), metric.points()));
        }
        return renamed.build();
    }

    private static Point withTotals(Point point) {
        if (point.value() instanceof SummaryValue summary) {
            return point.withValue(new SummaryValue(
                    Objects.requireNonNullElse(summary.count(), 0.0),
                    Objects.requireNonNullElse(summary.sum(), 0.0),
                    summary.quantiles()));
        }
        HistogramValue histogram = (HistogramValue) point.value();
        return point.withValue(new HistogramValue(
                histogram.count(),
                Objects.requireNonNullElse(histogram.sum(), 0.0),
                histogram.buckets(),
                histogram.nativeBuckets()));
    }

    private static Expectation withBucketExemplars(Expectation expected, HistogramSnapshot snapshot) {
        if (expected.families().isEmpty()) {
            return expected;
        }
        List<Metric> metrics = new ArrayList<>();
        MetricFamily family = expected.families().get(0);
        for (int i = 0; i < family.metrics().size(); i++) {
            Metric metric = family.metrics().get(i);
            HistogramDataPointSnapshot from = snapshot.getDataPoints().get(i);
            var newest =
                    from.hasClassicHistogramData() ? null : from.getExemplars().getLatest();
            metrics.add(
                    newest == null
                            ? metric
                            : new Metric(
                                    metric.labels(), withInfinity(metric.point(), JavaClientModel.exemplar(newest))));
        }
        return expected.holding(List.of(new MetricFamily(family.metadata(), metrics)));
    }

    private static Point withInfinity(Point point, Exemplar exemplar) {
        HistogramValue histogram = (HistogramValue) point.value();
        double count = Objects.requireNonNull(histogram.count());
        List<HistogramValue.Bucket> buckets = HistogramValue.builder()
                .bucket(Double.POSITIVE_INFINITY, count, exemplar)
                .build()
                .buckets();
        return point.withValue(new HistogramValue(count, histogram.sum(), buckets, histogram.nativeBuckets()));
    }
}
