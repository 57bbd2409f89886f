package dev.exposit.writer;

import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.PlainMetrics;
import java.io.IOException;

/** Writes the lines of a family that stands as one, given that its metrics keep the format's rules. */
interface FamilyBody {
    /**
     * Begins a family with its header.
     *
     * @param heldBytes how many bytes may be held back until it ends
     */
    void begin(Placement placement, Metadata metadata, long heldBytes) throws IOException;

    /** Writes a metric, whose label names have been escaped. */
    void write(Metric metric) throws IOException;

    /** Writes metrics that are numbers, as {@link #write(Metric)} does one after the other. */
    default void write(PlainMetrics metrics) throws IOException {
        for (Metric metric : metrics) {
            write(metric);
        }
    }

    /** Ends the family: writes what was held back. */
    void end() throws IOException;
}
