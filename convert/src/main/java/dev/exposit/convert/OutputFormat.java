package dev.exposit.convert;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Outline;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A format that metric families are written in, with all that is to be said of how. The exposition formats are some; who
 * has another one implements this and gives it to {@link Converter#of(ReadOptions, OutputFormat)}.
 *
 * <p>Implementations are safe for use by several threads.
 *
 * @see Json#lines(WriteOptions)
 */
public interface OutputFormat {
    /**
     * The exposition format that the options name, JSON as an array included.
     *
     * @throws IllegalArgumentException if it cannot be written as the options say
     */
    static OutputFormat of(WriteOptions options) {
        if (options.format() == ExpositionFormat.JSON) {
            return new JsonOutput(options, JsonForm.ARRAY);
        }
        return new ExpositionOutput(options);
    }

    /** What is written, in a word, {@code openmetrics-1} for example. */
    String id();

    /** What becomes of what the format cannot carry, and of what was read but could not be held exactly. */
    default LossPolicy onLoss() {
        return LossPolicy.REPORT;
    }

    /** Whether the format asks for the names of all families before the first one is written; that takes a second pass. */
    default boolean needsOutline() {
        return false;
    }

    /**
     * Begins to write.
     *
     * @param out where the bytes go; stays open
     * @param outline the families that will come, as far as they are known
     * @throws IOException if the stream cannot take the beginning
     */
    FamilyTarget open(OutputStream out, Outline outline) throws IOException;
}
