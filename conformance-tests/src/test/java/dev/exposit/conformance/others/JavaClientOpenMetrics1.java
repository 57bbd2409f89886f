package dev.exposit.conformance.others;

import dev.exposit.conformance.others.Finding.Right;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.parser.ErrorCode;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the Java client's writer of OpenMetrics 1.0 makes of a snapshot, beside what the snapshot holds. */
final class JavaClientOpenMetrics1 {
    private static final Pattern BARE_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern BARE_LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final int MOST_CHARACTERS = 128;

    /** In the order in which they apply. */
    static final List<Difference<JavaClientSettings, MetricSnapshot>> DIFFERENCES = List.of(
            new Difference<>(
                    "A metric without points, and a summary's point without count, sum and quantiles, is not written.",
                    Right.BOTH,
                    "MetricFamily",
                    (settings, snapshot) ->
                            snapshot.getDataPoints().isEmpty() || Points.any(snapshot, Points::isEmptySummary),
                    (expected, settings, snapshot) -> expected.holding(Points.withoutEmpty(expected.families()))),
            new Difference<>(
                    "Names end in the unit and, of counters, in `_total`, whatever was given.",
                    Right.BOTH,
                    "MetricFamily, Name",
                    (settings, snapshot) -> true,
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(family -> JavaClientModel.named(family, name(snapshot)))
                            .toList())),
            new Difference<>(
                    "Native buckets are not written; a histogram that has no others gets one classic bucket.",
                    Right.BOTH,
                    "Histogram",
                    (settings, snapshot) -> snapshot instanceof HistogramSnapshot,
                    (expected, settings, snapshot) -> expected.points(Points::withoutNative)),
            new Difference<>(
                    "Of the exemplars of a histogram each bucket gets one.",
                    Right.BOTH,
                    "Exemplars",
                    (settings, snapshot) -> snapshot instanceof HistogramSnapshot,
                    (expected, settings, snapshot) -> withBucketExemplars(expected, (HistogramSnapshot) snapshot)),
            new Difference<>(
                    "The count of a histogram without sum is not written.",
                    Right.BOTH,
                    "Histogram",
                    (settings, snapshot) -> Points.any(snapshot, Points::isHistogramWithoutSum),
                    (expected, settings, snapshot) -> expected.points(JavaClientOpenMetrics1::withoutCount)),
            new Difference<>(
                    "Starts are written with `createdTimestampsEnabled` only.",
                    Right.BOTH,
                    "Counter",
                    (settings, snapshot) -> !settings.createdTimestamps(),
                    (expected, settings, snapshot) -> expected.points(point -> point.startedAt(null))),
            new Difference<>(
                    "A gauge histogram gets `_created`, which the type does not have: a metric of its own, between the others.",
                    Right.SPECIFICATION,
                    "GaugeHistogram",
                    (settings, snapshot) -> JavaClientModel.type(snapshot) == MetricType.GAUGE_HISTOGRAM,
                    (expected, settings, snapshot) -> withCreatedApart(expected)),
            new Difference<>(
                    "With `exemplarsOnAllMetricTypes`, gauges, unknown metrics, summaries and counts of histograms have"
                            + " exemplars.",
                    Right.SPECIFICATION,
                    "Exemplars",
                    (settings, snapshot) ->
                            settings.exemplarsOnAllTypes() && Points.any(snapshot, JavaClientExemplars::standElsewhere),
                    (expected, settings, snapshot) -> expected.refused(ErrorCode.EXEMPLAR_NOT_ALLOWED)),
            new Difference<>(
                    "Without `exemplarsOnAllMetricTypes` such exemplars are not written, and those of a summary that has a sum"
                            + " only never.",
                    Right.BOTH,
                    "Exemplars",
                    (settings, snapshot) -> !(snapshot instanceof CounterSnapshot),
                    (expected, settings, snapshot) -> expected.points(Point::withExemplars)),
            new Difference<>(
                    "Names that need quotes get them where the scheme of escaping is `allow-utf-8`; 1.0 has none.",
                    Right.SPECIFICATION,
                    "ABNF",
                    (settings, snapshot) -> !snapshot.getDataPoints().isEmpty() && needsQuotes(snapshot),
                    (expected, settings, snapshot) -> expected.families().isEmpty()
                            ? expected
                            : expected.refused(ErrorCode.QUOTED_NAME_NOT_ALLOWED)),
            new Difference<>(
                    "Label names in exemplars get quotes as well.",
                    Right.SPECIFICATION,
                    "ABNF",
                    (settings, snapshot) -> true,
                    (expected, settings, snapshot) ->
                            hasExemplar(expected, settings, snapshot, exemplar -> !areBare(exemplar.labels()))
                                    ? expected.refused(ErrorCode.QUOTED_NAME_NOT_ALLOWED)
                                    : expected),
            new Difference<>(
                    "The timestamp of an exemplar from before 1970 is spelled `-1.00-500`, which is no number.",
                    Right.SPECIFICATION,
                    "ABNF",
                    (settings, snapshot) -> true,
                    (expected, settings, snapshot) -> hasExemplar(expected, settings, snapshot, Points::isBefore1970)
                            ? expected.refused(ErrorCode.INVALID_TIMESTAMP)
                            : expected),
            new Difference<>(
                    "Exemplars of more than 128 characters are written.",
                    Right.SPECIFICATION,
                    "Exemplars",
                    (settings, snapshot) -> true,
                    (expected, settings, snapshot) ->
                            hasExemplar(expected, settings, snapshot, JavaClientOpenMetrics1::isLong)
                                    ? expected.refused(ErrorCode.EXEMPLAR_TOO_LONG)
                                    : expected),
            new Difference<>(
                    "A histogram with a bound below zero has a sum.",
                    Right.SPECIFICATION,
                    "Histogram",
                    (settings, snapshot) -> JavaClientModel.type(snapshot) == MetricType.HISTOGRAM
                            && Points.any(snapshot, Points::isSumWithBoundBelowZero),
                    (expected, settings, snapshot) -> expected.breakingRules()),
            new Difference<>(
                    "A summary with a sum or a quantile's value below zero is written.",
                    Right.SPECIFICATION,
                    "Summary",
                    (settings, snapshot) -> Points.any(snapshot, Points::isSummaryBelowZero),
                    (expected, settings, snapshot) -> expected.breakingRules()),
            new Difference<>(
                    "A counter whose value is NaN is written.",
                    Right.SPECIFICATION,
                    "Counter",
                    (settings, snapshot) -> Points.any(snapshot, Points::isNaNCounter),
                    (expected, settings, snapshot) -> expected.breakingRules()),
            new Difference<>(
                    "Label names that begin with one underscore are written.",
                    Right.SPECIFICATION,
                    "Label",
                    (settings, snapshot) -> Points.any(snapshot, Points::hasReservedLabel),
                    (expected, settings, snapshot) -> expected.breakingRules()),
            new Difference<>(
                    "Names of state sets and of their labels stand bare, whatever they hold.",
                    Right.SPECIFICATION,
                    "ABNF",
                    (settings, snapshot) -> StateSets.needsQuotes(snapshot),
                    (expected, settings, snapshot) -> StateSets.refused(expected)));

    private JavaClientOpenMetrics1() {}

    /** The exposed name. */
    static String name(MetricSnapshot snapshot) {
        MetricMetadata metadata = snapshot.getMetadata();
        return snapshot instanceof CounterSnapshot
                ? JavaClientModel.ending(metadata.getName(), "_total")
                : snapshot instanceof InfoSnapshot
                        ? JavaClientModel.ending(metadata.getName(), "_info")
                        : metadata.getName();
    }

    static Expectation withBucketExemplars(Expectation expected, HistogramSnapshot snapshot) {
        if (expected.families().isEmpty()) {
            return expected;
        }
        List<Metric> metrics = new ArrayList<>();
        MetricFamily family = expected.families().get(0);
        for (int i = 0; i < family.metrics().size(); i++) {
            Metric metric = family.metrics().get(i);
            HistogramDataPointSnapshot from = snapshot.getDataPoints().get(i);
            metrics.add(new Metric(
                    metric.labels(),
                    Points.withValue(
                                    metric.point(), withExemplars((HistogramValue) metric.value(), from.getExemplars()))
                            .withExemplars()));
        }
        return expected.holding(List.of(new MetricFamily(family.metadata(), metrics)));
    }

    private static HistogramValue withExemplars(HistogramValue histogram, Exemplars exemplars) {
        List<HistogramValue.Bucket> buckets = new ArrayList<>();
        double lower = Double.NEGATIVE_INFINITY;
        for (HistogramValue.Bucket bucket : histogram.buckets()) {
            var exemplar = exemplars.get(lower, bucket.upperBound());
            buckets.add(new HistogramValue.Bucket(
                    bucket.le(),
                    bucket.cumulativeCount(),
                    exemplar == null ? null : JavaClientModel.exemplar(exemplar)));
            lower = bucket.upperBound();
        }
        return new HistogramValue(histogram.count(), histogram.sum(), buckets, histogram.nativeBuckets());
    }

    private static Point withoutCount(Point point) {
        return point.value() instanceof HistogramValue histogram && histogram.sum() == null
                ? Points.withValue(point, new HistogramValue(null, null, histogram.buckets(), null))
                : point;
    }

    /** Starts as another family's numbers, which stand between the metrics they belong to. */
    private static Expectation withCreatedApart(Expectation expected) {
        if (expected.families().isEmpty()) {
            return expected;
        }
        MetricFamily family = expected.families().get(0);
        MetricFamily.Builder created = MetricFamily.builder(family.name() + "_created", MetricType.UNKNOWN);
        int last = family.metrics().size() - 1;
        boolean comesBack = false;
        boolean any = false;
        for (int i = 0; i <= last; i++) {
            Point point = family.metrics().get(i).point();
            if (point.startTimestamp() != null) {
                created.add(new Metric(
                        family.metrics().get(i).labels(),
                        Point.of(point.startTimestamp().toSeconds()).at(point.timestamp())));
                any = true;
                comesBack |= i < last;
            }
        }
        Expectation apart = expected.points(point -> point.startedAt(null));
        if (any) {
            apart = apart.holding(List.of(apart.families().get(0), created.build()));
        }
        return comesBack ? apart.refused(ErrorCode.FAMILY_REOPENED) : apart;
    }

    private static boolean needsQuotes(MetricSnapshot snapshot) {
        return !BARE_NAME.matcher(name(snapshot)).matches()
                || Points.any(
                        snapshot,
                        point -> !Points.isEmptySummary(point) && !areBare(JavaClientModel.labels(point.getLabels())));
    }

    private static boolean areBare(Labels labels) {
        return JavaClientModel.stream(labels)
                .allMatch(label -> BARE_LABEL.matcher(label.name()).matches());
    }

    private static boolean isLong(Exemplar exemplar) {
        return JavaClientModel.stream(exemplar.labels())
                        .mapToInt(label -> label.name().length() + label.value().length())
                        .sum()
                > MOST_CHARACTERS;
    }

    /** Whether an exemplar is so that is written. */
    private static boolean hasExemplar(
            Expectation expected, JavaClientSettings settings, MetricSnapshot snapshot, Predicate<Exemplar> what) {
        return hasWrittenExemplar(expected, what)
                || (settings.exemplarsOnAllTypes()
                        && Points.any(
                                snapshot,
                                point -> JavaClientExemplars.elsewhere(point).anyMatch(what)));
    }

    static boolean hasWrittenExemplar(Expectation expected, Predicate<Exemplar> what) {
        return expected.families().stream()
                .flatMap(family -> family.metrics().stream())
                .flatMap(metric -> exemplars(metric.point()))
                .anyMatch(what);
    }

    private static Stream<Exemplar> exemplars(Point point) {
        Stream<@Nullable Exemplar> ofBuckets = point.value() instanceof HistogramValue histogram
                ? histogram.buckets().stream().map(HistogramValue.Bucket::exemplar)
                : Stream.empty();
        return Stream.concat(point.exemplars().stream(), ofBuckets.filter(Objects::nonNull));
    }
}
