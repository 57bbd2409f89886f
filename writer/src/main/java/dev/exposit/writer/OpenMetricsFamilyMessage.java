package dev.exposit.writer;

import dev.exposit.model.Labels;
import dev.exposit.model.MetricType;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An {@code openmetrics.MetricFamily} that is being written. It is in memory until it is whole. */
final class OpenMetricsFamilyMessage {
    /** Of the set, whose field a family is. */
    private static final int METRIC_FAMILIES_TAG = 1 << 3 | 2;

    private static final Field NAME = new Field(1, "name");
    private static final Field TYPE = new Field(2, "type");
    private static final Field UNIT = new Field(3, "unit");
    private static final Field HELP = new Field(4, "help");
    private static final Field METRICS = new Field(5, "metrics");

    // Of a metric.
    private static final Field LABELS = new Field(1, "labels");
    private static final Field METRIC_POINTS = new Field(2, "metric_points");

    // Of a point.
    private static final Field TIMESTAMP = new Field(8, "timestamp");

    final MessageOutput out = new WireOutput();

    /** Begins anew. */
    void begin(String name, MetricType type, String unit, String help) throws IOException {
        out.clear();
        out.text(NAME, name);
        out.choice(TYPE, number(type), type.name());
        if (!unit.isEmpty()) {
            out.text(UNIT, unit);
        }
        if (!help.isEmpty()) {
            out.text(HELP, help);
        }
    }

    private static int number(MetricType type) {
        return switch (type) {
            case UNKNOWN -> 0;
            case GAUGE -> 1;
            case COUNTER -> 2;
            case STATE_SET -> 3;
            case INFO -> 4;
            case HISTOGRAM -> 5;
            case GAUGE_HISTOGRAM -> 6;
            case SUMMARY -> 7;
        };
    }

    /** Begins a metric; answers what {@link #end} wants to know. */
    int beginMetric(Labels labels) throws IOException {
        int begun = out.begin(METRICS);
        labels(out, LABELS, labels);
        return begun;
    }

    static void labels(MessageOutput out, Field field, Labels labels) throws IOException {
        for (int i = 0; i < labels.size(); i++) {
            out.label(field, i, labels.name(i), labels.value(i));
        }
    }

    /** Begins a point of the metric, whose value is written next; answers what {@link #end} wants to know. */
    int beginPoint(@Nullable Timestamp timestamp) throws IOException {
        int begun = out.begin(METRIC_POINTS);
        if (timestamp != null) {
            out.timestamp(TIMESTAMP, timestamp);
        }
        return begun;
    }

    /** Ends the metric or point that began there. */
    void end(int begun) throws IOException {
        out.end(begun);
    }

    /** How many bytes there are. */
    int length() {
        return out.length();
    }

    /** Takes back what was written since there were so many bytes. */
    void takeBack(int length) {
        out.out.truncate(length);
    }

    /** Passes the family on as a field of the set, and forgets it. */
    void writeTo(TextOutput to) throws IOException {
        to.varint(METRIC_FAMILIES_TAG);
        out.writeTo(to);
    }
}
