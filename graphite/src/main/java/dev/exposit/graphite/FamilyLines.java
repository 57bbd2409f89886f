package dev.exposit.graphite;

import dev.exposit.model.MetricFamily;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the samples of families as lines, and counts those that it could not write. Not safe for use by several threads. */
interface FamilyLines {
    /** Begins to write; counts in {@code statistics}, and gives samples without a time of their own that of {@code now}. */
    @FunctionalInterface
    interface Opener {
        /** Begins to write. */
        FamilyLines open(OutputStream out, BridgeStatistics statistics, long now);
    }

    /** Writes the metrics of a family, or of a piece of one. */
    void write(MetricFamily family) throws IOException;

    /** Writes what is still held back. */
    void flush() throws IOException;
}
