package dev.exposit.writer;

import dev.exposit.model.Metric;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The points of a metric may be several if their timestamps rise (OpenMetrics 1.0, "Metric"). */
final class PointOrder {
    private PointOrder() {}

    /** Whether one time comes after another; no time never does. */
    static boolean rises(@Nullable Timestamp from, @Nullable Timestamp to) {
        return from != null && to != null && from.compareTo(to) < 0;
    }

    /** Whether all points can be written. */
    static boolean isRising(Metric metric) {
        List<Point> points = metric.points();
        for (int i = 1; i < points.size(); i++) {
            if (!rises(points.get(i - 1).timestamp(), points.get(i).timestamp())) {
                return false;
            }
        }
        return true;
    }

    /** The metric with the points that can be written: the newest, and before each one those that come before it. */
    static Metric rising(Metric metric) {
        List<Point> kept = new ArrayList<>();
        Point next = metric.point();
        kept.add(next);
        for (int i = metric.points().size() - 2; i >= 0; i--) {
            Point point = metric.points().get(i);
            if (rises(point.timestamp(), next.timestamp())) {
                kept.add(0, point);
                next = point;
            }
        }
        return new Metric(metric.labels(), kept);
    }
}
