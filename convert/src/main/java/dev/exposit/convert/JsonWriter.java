package dev.exposit.convert;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.writer.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes metric families in JSON, each on a line of its own; docs/json.md has the keys. The lines are the elements of an
 * array, or nothing stands around them.
 */
final class JsonWriter implements FamilyTarget {
    private enum State {
        OPEN,
        CLOSED,
        /** Something failed half-way. What was written must not look whole. */
        BROKEN
    }

    private final JsonOut out;
    private final JsonForm form;
    private final JsonFit fit;
    private final JsonMetricWriter metrics;

    private State state = State.OPEN;
    /** The family whose last piece has not come yet. */
    private @Nullable String unfinished;

    private boolean isEmpty = true;
    private boolean inMetrics;

    JsonWriter(OutputStream out, WriteOptions options, JsonForm form) throws IOException {
        this.out = new JsonOut(out);
        this.form = form;
        this.fit = new JsonFit(options);
        this.metrics = new JsonMetricWriter(this.out);
    }

    @Override
    public void write(FamilyPart part) throws IOException {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    state == State.CLOSED ? "the writer has been closed" : "the writer failed or was aborted before");
        }
        requireInSequence(part);
        unfinished = part.last() ? null : part.family().name();
        state = State.BROKEN;
        // All that can be refused is refused before anything of the piece is written.
        MetricFamily family = fit.fit(part);
        if (family != null) {
            write(family, part);
        }
        state = State.OPEN;
    }

    private void requireInSequence(FamilyPart part) {
        String name = part.family().name();
        boolean inSequence = part.first() ? unfinished == null : name.equals(unfinished);
        if (!inSequence) {
            String expected = unfinished == null ? "the first piece of a family" : "a further piece of " + unfinished;
            throw new IllegalArgumentException("expected " + expected + ", got "
                    + (part.first() ? "the first" : "a further") + " piece of " + name);
        }
    }

    private void write(MetricFamily family, FamilyPart part) throws IOException {
        if (part.first()) {
            begin(family.metadata());
        }
        for (Metric metric : family.metrics()) {
            if (!inMetrics) {
                out.beginArray("metrics");
                inMetrics = true;
            }
            metrics.write(metric, family.type());
        }
        if (part.last()) {
            if (inMetrics) {
                out.endArray();
            }
            inMetrics = false;
            out.endObject();
            if (form == JsonForm.LINES) {
                out.raw("\n");
            }
        }
    }

    private void begin(Metadata family) throws IOException {
        if (form == JsonForm.ARRAY) {
            out.raw(isEmpty ? "[\n" : ",\n");
        }
        isEmpty = false;
        out.beginObject();
        out.text("name", family.name());
        // Empty or not, as prom2json has it.
        out.text("help", family.help());
        out.text("type", word(family.type()));
        if (!family.unit().isEmpty()) {
            out.text("unit", family.unit());
        }
    }

    private static String word(MetricType type) {
        return switch (type) {
            case UNKNOWN -> "UNTYPED";
            case STATE_SET -> "STATESET";
            default -> type.name();
        };
    }

    @Override
    public LossReport losses() {
        return fit.losses();
    }

    @Override
    public void abort() {
        if (state == State.OPEN) {
            state = State.BROKEN;
        }
    }

    @Override
    public void close() throws IOException {
        if (state != State.OPEN) {
            return;
        }
        if (unfinished != null) {
            state = State.BROKEN;
            throw new IllegalStateException("expected a further piece of " + unfinished + ", got the end");
        }
        state = State.CLOSED;
        if (form == JsonForm.ARRAY) {
            out.raw(isEmpty ? "[]\n" : "\n]\n");
        }
        out.flush();
    }
}
