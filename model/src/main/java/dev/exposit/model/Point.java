package dev.exposit.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a metric measured at one time (a MetricPoint of OpenMetrics).
 *
 * @param value the value
 * @param timestamp when it was measured, or null if the exposition did not say
 * @param startTimestamp when the metric began to count, or null if unknown
 * @param exemplars exemplars of the whole point; those of classic buckets stand at their bucket
 */
public record Point(
        Value value,
        @Nullable Timestamp timestamp,
        @Nullable Timestamp startTimestamp,
        List<Exemplar> exemplars) {
    /** Copies the list. */
    public Point {
        Objects.requireNonNull(value, "value");
        exemplars = List.copyOf(exemplars);
    }

    /** A point with nothing but a value. */
    public static Point of(Value value) {
        return new Point(value, null, null, List.of());
    }

    /** A point with nothing but a number. */
    public static Point of(double value) {
        return of(new NumberValue(value));
    }

    /** This point with another value. */
    public Point withValue(Value value) {
        return new Point(value, timestamp, startTimestamp, exemplars);
    }

    /** This point measured at another time, or null for none. */
    public Point at(@Nullable Timestamp timestamp) {
        return new Point(value, timestamp, startTimestamp, exemplars);
    }

    /** This point counted from another time, or null for none. */
    public Point startedAt(@Nullable Timestamp startTimestamp) {
        return new Point(value, timestamp, startTimestamp, exemplars);
    }

    /** This point with other exemplars. */
    public Point withExemplars(Exemplar... exemplars) {
        return new Point(value, timestamp, startTimestamp, List.of(exemplars));
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder().append(value);
        if (timestamp != null) {
            out.append(" at ").append(timestamp);
        }
        if (startTimestamp != null) {
            out.append(" since ").append(startTimestamp);
        }
        exemplars.forEach(exemplar -> out.append(' ').append(exemplar));
        return out.toString();
    }
}
