package dev.exposit.model;

import java.util.Objects;

/**
 * What an exposition says of a metric family as a whole.
 *
 * @param name the family's exposed name, as in {@code http_requests_total} or {@code build_info}; never empty
 * @param type the type, {@link MetricType#UNKNOWN} if none was stated
 * @param unit the unit, such as {@code seconds}; empty if none
 * @param help the description for people; empty if none
 */
public record Metadata(String name, MetricType type, String unit, String help) {
    /** Refuses an empty name. */
    public Metadata {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(help, "help");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a metric family's name must not be empty");
        }
    }

    /** Metadata without unit and help. */
    public Metadata(String name, MetricType type) {
        this(name, type, "", "");
    }

    @Override
    public String toString() {
        return Quoting.metricName(name)
                + ' '
                + type.keyword()
                + (unit.isEmpty() ? "" : " in " + unit)
                + (help.isEmpty() ? "" : " " + Quoting.quote(help));
    }
}
