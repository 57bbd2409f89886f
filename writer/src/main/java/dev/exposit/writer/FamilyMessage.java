package dev.exposit.writer;

import dev.exposit.model.MetricType;
import java.io.IOException;

/** An {@code io.prometheus.client.MetricFamily} that is being written. */
final class FamilyMessage {
    private static final Field NAME = new Field(1, "name");
    private static final Field HELP = new Field(2, "help");
    private static final Field TYPE = new Field(3, "type");
    private static final Field METRIC = new Field(4, "metric");
    private static final Field UNIT = new Field(5, "unit");

    final MessageOutput out;
    private String unit = "";
    private boolean empty = true;
    private int begun;

    FamilyMessage(MessageOutput out) {
        this.out = out;
    }

    /** Begins anew; the type must be one of the schema. */
    void begin(String name, String help, MetricType type, String unitOfFamily) throws IOException {
        out.clear();
        empty = true;
        unit = unitOfFamily;
        out.text(NAME, name);
        if (!help.isEmpty()) {
            out.text(HELP, help);
        }
        switch (type) {
            case COUNTER -> out.choice(TYPE, 0, "COUNTER");
            case GAUGE -> out.choice(TYPE, 1, "GAUGE");
            case SUMMARY -> out.choice(TYPE, 2, "SUMMARY");
            case UNKNOWN -> out.choice(TYPE, 3, "UNTYPED");
            case HISTOGRAM -> out.choice(TYPE, 4, "HISTOGRAM");
            case GAUGE_HISTOGRAM -> out.choice(TYPE, 5, "GAUGE_HISTOGRAM");
            default -> throw new IllegalArgumentException("the schema has no type " + type);
        }
    }

    /** Whether no metric has been begun. */
    boolean isEmpty() {
        return empty;
    }

    void beginMetric() throws IOException {
        empty = false;
        begun = out.begin(METRIC);
    }

    void endMetric() throws IOException {
        out.end(begun);
    }

    /** How many bytes there are. */
    int length() {
        return out.length();
    }

    /** Takes back the metrics written since there were so many bytes. */
    void takeBack(int length) {
        out.out.truncate(length);
    }

    /** Forgets all that was written. */
    void clear() {
        out.clear();
    }

    /** Passes the whole message on. */
    void writeTo(TextOutput to) throws IOException {
        if (!unit.isEmpty()) {
            out.text(UNIT, unit);
        }
        out.writeTo(to);
    }
}
