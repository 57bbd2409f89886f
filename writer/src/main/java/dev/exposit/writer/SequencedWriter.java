package dev.exposit.writer;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Outline;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the writers share: their life from open to closed, the order of the pieces, and their tools. */
abstract sealed class SequencedWriter implements ExpositionWriter
        permits PrometheusTextWriter,
                OpenMetrics1Writer,
                OpenMetrics2Writer,
                ProtobufWriter,
                OpenMetricsProtobufWriter {
    private enum State {
        OPEN,
        CLOSED,
        /** Something failed half-way. What was written is no exposition and must not look like one. */
        BROKEN
    }

    final WriteOptions options;
    final TextOutput out;
    final Losses losses;
    final NameEscaping escaping;
    /** What is known from expositions before, or null. */
    final @Nullable BlockTable blocks;

    private boolean blocksGivenBack;
    private State state = State.OPEN;
    /** The family whose last piece has not come yet. */
    private @Nullable String unfinished;

    SequencedWriter(ByteSink sink, WriteOptions options) {
        this.options = options;
        this.out = TextOutput.to(sink);
        this.losses = new Losses(options.onLoss());
        this.escaping = new NameEscaping(options.escaping(), losses);
        SeriesBlocks remembered = options.seriesBlocks();
        this.blocks = remembered == null ? null : remembered.take(options.format());
    }

    /** Learns of families that will come. */
    abstract void announce(Outline outline);

    /** Learns of the families of a set, which will come. */
    void announce(MetricSet set) {
        announce(Outline.of(set));
    }

    /** Writes a piece that is known to follow from the one before it. */
    abstract void writePart(FamilyPart part) throws IOException;

    /** Writes what is held back and the end of the exposition. */
    abstract void finish() throws IOException;

    @Override
    public final void write(MetricSet set) throws IOException {
        requireOpen();
        announce(set);
        ExpositionWriter.super.write(set);
    }

    @Override
    public final void write(FamilyPart part) throws IOException {
        requireOpen();
        requireInSequence(part);
        unfinished = part.last() ? null : part.family().name();
        allOrNothing(() -> writePart(part));
    }

    private void requireOpen() {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    state == State.CLOSED ? "the writer has been closed" : "the writer failed or was aborted before");
        }
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

    private interface Step {
        void run() throws IOException;
    }

    /** Where a loss is refused, nothing of the step must have reached the sink by then. */
    private void allOrNothing(Step step) throws IOException {
        out.keep(options.onLoss() == LossPolicy.FAIL);
        boolean done = false;
        try {
            step.run();
            out.release();
            done = true;
        } finally {
            if (!done) {
                state = State.BROKEN;
            }
        }
    }

    @Override
    public final LossReport losses() {
        return losses.report();
    }

    @Override
    public final void abort() {
        if (state == State.OPEN) {
            state = State.BROKEN;
        }
    }

    @Override
    public final void close() throws IOException {
        try {
            if (state == State.OPEN) {
                end();
            }
        } finally {
            giveBackBlocks();
        }
    }

    private void end() throws IOException {
        if (unfinished != null) {
            state = State.BROKEN;
            throw new IllegalStateException("expected a further piece of " + unfinished + ", got the end");
        }
        allOrNothing(this::finish);
        state = State.CLOSED;
        out.flush();
    }

    private void giveBackBlocks() {
        SeriesBlocks owner = options.seriesBlocks();
        if (owner != null && blocks != null && !blocksGivenBack) {
            blocksGivenBack = true;
            if (state == State.CLOSED) {
                blocks.end();
            }
            owner.giveBack(blocks);
        }
    }
}
