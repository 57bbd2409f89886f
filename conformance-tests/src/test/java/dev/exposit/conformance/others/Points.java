package dev.exposit.conformance.others;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.Point;
import dev.exposit.model.SummaryValue;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** What is to be seen in the points of a snapshot, and what writers change in those of a family. */
final class Points {
    private Points() {}

    static boolean any(MetricSnapshot snapshot, Predicate<DataPointSnapshot> what) {
        return snapshot.getDataPoints().stream().anyMatch(what);
    }

    static boolean isEmptySummary(DataPointSnapshot point) {
        return point instanceof SummaryDataPointSnapshot summary
                && !summary.hasCount()
                && !summary.hasSum()
                && summary.getQuantiles().size() == 0;
    }

    static boolean lacksTotals(DataPointSnapshot point) {
        return point instanceof SummaryDataPointSnapshot summary
                && !isEmptySummary(point)
                && !(summary.hasCount() && summary.hasSum());
    }

    static boolean isSummaryBelowZero(DataPointSnapshot point) {
        if (!(point instanceof SummaryDataPointSnapshot summary)) {
            return false;
        }
        boolean below = summary.getSum() < 0;
        for (int i = 0; i < summary.getQuantiles().size(); i++) {
            below |= summary.getQuantiles().get(i).getValue() < 0;
        }
        return below;
    }

    static boolean isNaNCounter(DataPointSnapshot point) {
        return point instanceof CounterDataPointSnapshot counter && Double.isNaN(counter.getValue());
    }

    static boolean isHistogramWithoutSum(DataPointSnapshot point) {
        return point instanceof HistogramDataPointSnapshot histogram && !histogram.hasSum();
    }

    static boolean isSumWithBoundBelowZero(DataPointSnapshot point) {
        return point instanceof HistogramDataPointSnapshot histogram
                && histogram.hasSum()
                && histogram.hasClassicHistogramData()
                && histogram.getClassicBuckets().getUpperBound(0) < 0;
    }

    static boolean hasReservedLabel(DataPointSnapshot point) {
        return !isEmptySummary(point)
                && point.getLabels().stream().anyMatch(label -> label.getName().startsWith("_"));
    }

    static boolean isBefore1970(Exemplar exemplar) {
        return exemplar.timestamp() != null && exemplar.timestamp().seconds() < 0;
    }

    /** Without empty summaries, and without families that have no metrics. */
    static List<MetricFamily> withoutEmpty(List<MetricFamily> families) {
        List<MetricFamily> kept = new ArrayList<>();
        for (MetricFamily family : families) {
            List<Metric> metrics = family.metrics().stream()
                    .filter(metric -> !(metric.value() instanceof SummaryValue summary
                            && summary.count() == null
                            && summary.sum() == null
                            && summary.quantiles().isEmpty()))
                    .toList();
            if (!metrics.isEmpty()) {
                kept.add(new MetricFamily(family.metadata(), metrics));
            }
        }
        return kept;
    }

    static Point withValue(Point point, HistogramValue value) {
        return new Point(value, point.timestamp(), point.startTimestamp(), point.exemplars());
    }

    /** With classic buckets only, be it the one that has everything. */
    static Point withoutNative(Point point) {
        if (!(point.value() instanceof HistogramValue histogram) || histogram.nativeBuckets() == null) {
            return point;
        }
        List<HistogramValue.Bucket> buckets = histogram.buckets().isEmpty()
                ? HistogramValue.builder()
                        .bucket(Double.POSITIVE_INFINITY, Objects.requireNonNull(histogram.count()))
                        .build()
                        .buckets()
                : histogram.buckets();
        return withValue(point, new HistogramValue(histogram.count(), histogram.sum(), buckets, null));
    }

    static Point withSum(Point point) {
        return point.value() instanceof HistogramValue histogram && histogram.sum() == null
                ? withValue(
                        point,
                        new HistogramValue(
                                histogram.count(), Double.NaN, histogram.buckets(), histogram.nativeBuckets()))
                : point;
    }

    static Point withTimedExemplars(Point point) {
        return point.withExemplars(point.exemplars().stream()
                .filter(exemplar -> exemplar.timestamp() != null)
                .toArray(Exemplar[]::new));
    }

    /** With the exemplars before the first bad one. */
    static Point withExemplarsUntil(Point point, Predicate<Exemplar> bad) {
        return point.withExemplars(
                point.exemplars().stream().takeWhile(bad.negate()).toArray(Exemplar[]::new));
    }
}
