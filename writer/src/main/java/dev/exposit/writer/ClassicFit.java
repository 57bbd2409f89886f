package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.Point;
import java.util.ArrayList;
import java.util.List;

/** Leaves classic buckets only, as in formats that have no others. */
final class ClassicFit implements MetricFit {
    private final Losses losses;

    ClassicFit(Losses losses) {
        this.losses = losses;
    }

    @Override
    public Metric fit(Metric metric, String family) {
        return hasNativeBuckets(metric) ? withoutNativeBuckets(metric, family) : metric;
    }

    static boolean hasNativeBuckets(Metric metric) {
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
                points.add(point.withValue(ClassicBuckets.of(histogram)));
            } else {
                points.add(point);
            }
        }
        return new Metric(metric.labels(), points);
    }
}
