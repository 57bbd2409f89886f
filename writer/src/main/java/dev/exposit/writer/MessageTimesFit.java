package dev.exposit.writer;

import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes timestamps away that {@code google.protobuf.Timestamp} does not hold; of several points those that have them. */
final class MessageTimesFit implements MetricFit {
    private final Losses losses;

    MessageTimesFit(Losses losses) {
        this.losses = losses;
    }

    @Override
    public Metric fit(Metric metric, String family) {
        if (metric.points().stream().allMatch(MessageTimesFit::isHeld)) {
            return metric;
        }
        List<Point> kept = new ArrayList<>(metric.points());
        kept.removeIf(point -> !isHeld(point));
        if (kept.isEmpty()) {
            losses.add(
                    Loss.Kind.TIMESTAMP,
                    family,
                    "timestamp " + metric.point().timestamp() + " left out: not within the years 1 to 9999");
            kept.add(metric.point().at(null));
        }
        losses.add(
                Loss.Kind.POINT,
                family,
                "point left out: its timestamp is not within the years 1 to 9999",
                metric.points().size() - kept.size());
        return new Metric(metric.labels(), kept);
    }

    @Override
    public boolean leaves(PlainMetrics metrics) {
        for (int i = 0; i < metrics.size(); i++) {
            if (!isHeld(metrics.timestamp(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHeld(Point point) {
        return isHeld(point.timestamp());
    }

    private static boolean isHeld(@Nullable Timestamp time) {
        return time == null || MessageOutput.holds(time);
    }
}
