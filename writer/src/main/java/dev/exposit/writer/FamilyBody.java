package dev.exposit.writer;

import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
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

    /** Ends the family: writes what was held back. */
    void end() throws IOException;
}
