package dev.exposit.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reference to data outside the metric set, usually a trace, for one of the events that were counted.
 *
 * <p>Specification: OpenMetrics 1.0, "Exemplars".
 *
 * @param labels what identifies the event, such as {@code trace_id}
 * @param value the event's value
 * @param timestamp when it happened, or null
 */
public record Exemplar(
        Labels labels, double value, @Nullable Timestamp timestamp) {
    /** Refuses null labels. */
    public Exemplar {
        Objects.requireNonNull(labels, "labels");
    }

    /** The exemplar as OpenMetrics writes it. */
    @Override
    public String toString() {
        return "# " + labels + ' ' + value + (timestamp == null ? "" : " " + timestamp);
    }
}
