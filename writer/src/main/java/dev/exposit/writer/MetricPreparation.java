package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.Point;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes metrics ones that OpenMetrics 1.0 can carry whatever their type: with escaped label names, points whose
 * timestamps rise, and classic buckets only. Mostly there is nothing to do.
 */
final class MetricPreparation {
    private final NameEscaping escaping;
    private final Losses losses;

    MetricPreparation(NameEscaping escaping, Losses losses) {
        this.escaping = escaping;
        this.losses = losses;
    }

    /** The metrics of a family that can be written, each changed where it must be. */
    @SuppressWarnings("ReferenceEquality") // the same object says that nothing was to do
    List<Metric> prepare(MetricFamily family) {
        List<Metric> all = family.metrics();
        List<Metric> prepared = null;
        for (int i = 0; i < all.size(); i++) {
            Metric metric = all.get(i);
            Metric changed = prepare(metric, family.name());
            if (changed != metric && prepared == null) {
                prepared = new ArrayList<>(all.subList(0, i));
            }
            if (changed != null && prepared != null) {
                prepared.add(changed);
            }
        }
        return prepared == null ? all : prepared;
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private @Nullable Metric prepare(Metric metric, String family) {
        Labels labels = escaping.labels(metric.labels(), family);
        if (labels == null) {
            losses.add(
                    Loss.Kind.SAMPLE,
                    family,
                    "sample left out: two label names of " + metric.labels() + " fall together when escaped",
                    PointSamples.count(metric));
            return null;
        }
        Metric changed = labels == metric.labels() ? metric : new Metric(labels, metric.points());
        if (!PointOrder.isRising(changed)) {
            Metric rising = PointOrder.rising(changed);
            int lost = changed.points().size() - rising.points().size();
            losses.add(Loss.Kind.POINT, family, "point left out: timestamps do not rise", lost);
            changed = rising;
        }
        return hasNativeBuckets(changed) ? withoutNativeBuckets(changed, family) : changed;
    }

    private static boolean hasNativeBuckets(Metric metric) {
        for (Point point : metric.points()) {
            if (point.value() instanceof HistogramValue histogram && histogram.nativeBuckets() != null) {
                return true;
            }
        }
        return false;
    }

    private Metric withoutNativeBuckets(Metric metric, String family) {
        List<Point> points = new ArrayList<>(metric.points().size());
        for (Point point : metric.points()) {
            if (point.value() instanceof HistogramValue histogram && histogram.nativeBuckets() != null) {
                losses.add(Loss.Kind.NATIVE_BUCKETS, family, ClassicBuckets.loss(histogram));
                points.add(new Point(
                        ClassicBuckets.of(histogram), point.timestamp(), point.startTimestamp(), point.exemplars()));
            } else {
                points.add(point);
            }
        }
        return new Metric(metric.labels(), points);
    }
}
