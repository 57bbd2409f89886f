package dev.exposit.graphite;

import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The samples of one series, as far as they are read. */
final class HeldSeries {
    /** What became of a sample. */
    enum Outcome {
        ADDED,
        /** It took the place of one with the same timestamp. */
        REPLACED,
        /** It has a timestamp and others have none, or the other way about. */
        REFUSED
    }

    final HeldFamily family;
    private final Labels labels;
    /** The points, oldest first, unless some came out of order. */
    private final List<Point> points = new ArrayList<>(1);
    /** From the first point on that came out of order, all of them. */
    private @Nullable NavigableMap<Timestamp, Point> sorted;

    HeldSeries(HeldFamily family, Labels labels) {
        this.family = family;
        this.labels = labels;
    }

    /** Takes a sample. */
    Outcome add(double value, @Nullable Timestamp timestamp) {
        Point point = Point.of(new NumberValue(value)).at(timestamp);
        NavigableMap<Timestamp, Point> all = sorted;
        if (all == null && points.isEmpty()) {
            points.add(point);
            return Outcome.ADDED;
        }
        Timestamp newest = all == null ? points.get(points.size() - 1).timestamp() : all.lastKey();
        if (timestamp == null || newest == null) {
            if (timestamp != null || newest != null) {
                return Outcome.REFUSED;
            }
            points.set(0, point);
            return Outcome.REPLACED;
        }
        if (all == null) {
            int order = timestamp.compareTo(newest);
            if (order > 0) {
                points.add(point);
                return Outcome.ADDED;
            }
            if (order == 0) {
                points.set(points.size() - 1, point);
                return Outcome.REPLACED;
            }
            all = sort();
        }
        return all.put(timestamp, point) == null ? Outcome.ADDED : Outcome.REPLACED;
    }

    private NavigableMap<Timestamp, Point> sort() {
        NavigableMap<Timestamp, Point> all = new TreeMap<>();
        for (Point point : points) {
            Timestamp its = point.timestamp();
            if (its != null) {
                all.put(its, point);
            }
        }
        points.clear();
        sorted = all;
        return all;
    }

    /** Whether no line of it could be read. */
    boolean isEmpty() {
        return points.isEmpty() && sorted == null;
    }

    /** All of it. */
    Metric toMetric() {
        NavigableMap<Timestamp, Point> all = sorted;
        return new Metric(labels, all == null ? points : List.copyOf(all.values()));
    }
}
