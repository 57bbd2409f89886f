package dev.exposit.graphite;

import dev.exposit.convert.FamilyTarget;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Writes families as Graphite's lines, and accounts for what these cannot say. */
final class GraphiteWriter implements FamilyTarget {
    private enum State {
        OPEN,
        CLOSED,
        /** Something failed half-way. What was written must not look whole. */
        BROKEN
    }

    private final OutputStream out;
    private final SampleWalk walk;
    private final BatchEncoder lines;
    private final GraphiteLosses losses;

    private State state = State.OPEN;
    /** The family whose last piece has not come yet. */
    private @Nullable String unfinished;

    GraphiteWriter(OutputStream out, SampleWalk walk, BatchEncoder lines, GraphiteLosses losses) {
        this.out = out;
        this.walk = walk;
        this.lines = lines;
        this.losses = losses;
    }

    @Override
    public void write(FamilyPart part) throws IOException {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    state == State.CLOSED ? "the writer has been closed" : "the writer failed or was aborted before");
        }
        String name = part.family().name();
        boolean inSequence = part.first() ? unfinished == null : name.equals(unfinished);
        if (!inSequence) {
            throw new IllegalArgumentException("expected "
                    + (unfinished == null ? "the first piece of a family" : "a further piece of " + unfinished)
                    + ", got " + (part.first() ? "the first" : "a further") + " piece of " + name);
        }
        unfinished = part.last() ? null : name;
        state = State.BROKEN;
        losses.before(part);
        walk.walk(part.family());
        losses.after(name);
        state = State.OPEN;
    }

    @Override
    public LossReport losses() {
        return losses.report();
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
        state = State.BROKEN;
        if (unfinished != null) {
            throw new IllegalStateException("expected a further piece of " + unfinished + ", got the end");
        }
        lines.flush();
        out.flush();
        state = State.CLOSED;
    }
}
