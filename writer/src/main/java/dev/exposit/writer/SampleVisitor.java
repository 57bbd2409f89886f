package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.SampleRole;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes the samples of a point one by one; see {@link PointSamples}. */
interface SampleVisitor {
    /**
     * Takes one sample.
     *
     * @param role tells its name, see {@link FamilyNames}
     * @param number the value of its label {@code le} or {@code quantile}, or null if it has none
     * @param state the value of the label that is named like its stateset, or null if it has none
     * @param value its value
     * @param exemplar its exemplar, or null
     */
    void sample(
            SampleRole role,
            @Nullable LabelNumber number,
            @Nullable String state,
            double value,
            @Nullable Exemplar exemplar)
            throws IOException;

    /** Takes a sample that was not assembled. */
    void raw(String sampleName, double value) throws IOException;
}
