package dev.exposit.model;

import java.util.List;
import java.util.Objects;

/**
 * One metric of a family: a label set and what was measured under it.
 *
 * @param labels the labels that tell it from the family's other metrics, without {@code le}, {@code quantile} or a
 *     stateset's state
 * @param points what was measured, oldest first, at least one; more than one only where each has a timestamp
 */
public record Metric(Labels labels, List<Point> points) {
    /** Copies the list and refuses an empty one. */
    public Metric {
        Objects.requireNonNull(labels, "labels");
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a metric needs at least one point");
        }
    }

    /** A metric with one point. */
    public Metric(Labels labels, Point point) {
        this(labels, List.of(point));
    }

    /** The newest point, mostly the only one. */
    public Point point() {
        return points.get(points.size() - 1);
    }

    /** The newest point's value. */
    public Value value() {
        return point().value();
    }

    @Override
    public String toString() {
        return points.size() == 1 ? labels + " " + point() : labels + " " + points;
    }
}
