package dev.exposit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Metrics that share a name, a type, a unit and a help text.
 *
 * <pre>{@code
 * MetricFamily requests = MetricFamily.builder("http_requests_total", MetricType.COUNTER)
 *         .help("Requests served.")
 *         .add(1027, "method", "post", "code", "200")
 *         .add(3, "method", "post", "code", "400")
 *         .build();
 * }</pre>
 *
 * @param metadata name, type, unit and help
 * @param metrics the metrics in wire order, possibly none
 */
public record MetricFamily(Metadata metadata, List<Metric> metrics) {
    /** Copies the list. */
    public MetricFamily {
        Objects.requireNonNull(metadata, "metadata");
        metrics = metrics instanceof PlainMetrics ? metrics : List.copyOf(metrics);
    }

    /** A builder for a family of that exposed name and type. */
    public static Builder builder(String name, MetricType type) {
        return new Builder(name, type);
    }

    /** The exposed name. */
    public String name() {
        return metadata.name();
    }

    /** The type. */
    public MetricType type() {
        return metadata.type();
    }

    /** The unit, empty if none. */
    public String unit() {
        return metadata.unit();
    }

    /** The help text, empty if none. */
    public String help() {
        return metadata.help();
    }

    /** The first metric with exactly these labels, in any order. */
    public Optional<Metric> metric(Labels labels) {
        return metrics.stream().filter(metric -> metric.labels().equals(labels)).findFirst();
    }

    /** The first metric with exactly these labels, given as names and values in turn. */
    public Optional<Metric> metric(String... namesAndValues) {
        return metric(Labels.of(namesAndValues));
    }

    /** One line for the metadata, then one for each metric. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder().append(metadata);
        metrics.forEach(metric -> out.append("\n  ").append(metric));
        return out.toString();
    }

    /** Builds a {@link MetricFamily}; not safe for use by several threads. */
    public static final class Builder {
        private final String name;
        private final MetricType type;
        private String unit = "";
        private String help = "";
        private final List<Metric> metrics = new ArrayList<>();

        private Builder(String name, MetricType type) {
            this.name = name;
            this.type = type;
        }

        /** Sets the unit, such as {@code seconds}. */
        public Builder unit(String unit) {
            this.unit = unit;
            return this;
        }

        /** Sets the help text. */
        public Builder help(String help) {
            this.help = help;
            return this;
        }

        /** Adds a metric with one number; labels are given as names and values in turn. */
        public Builder add(double value, String... namesAndValues) {
            return add(Point.of(value), namesAndValues);
        }

        /** Adds a metric with one value; labels are given as names and values in turn. */
        public Builder add(Value value, String... namesAndValues) {
            return add(Point.of(value), namesAndValues);
        }

        /** Adds a metric with one point; labels are given as names and values in turn. */
        public Builder add(Point point, String... namesAndValues) {
            return add(new Metric(Labels.of(namesAndValues), point));
        }

        /** Adds a metric. */
        public Builder add(Metric metric) {
            metrics.add(metric);
            return this;
        }

        /** The family as built so far. */
        public MetricFamily build() {
            return new MetricFamily(new Metadata(name, type, unit, help), metrics);
        }
    }
}
