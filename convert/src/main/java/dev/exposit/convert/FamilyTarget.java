package dev.exposit.convert;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import java.io.Closeable;
import java.io.IOException;

/**
 * Takes metric families on their way into some format, one by one. What a {@link Converter} writes to, whatever the
 * format; see {@link OutputFormat}. Not safe for use by several threads.
 */
public interface FamilyTarget extends Closeable {
    /**
     * Writes a family, or a piece of one. The pieces of a family follow each other without anything in between.
     *
     * @throws IOException if the stream cannot take it
     * @throws dev.exposit.writer.LossRefusedException if something does not fit and that was to be refused
     */
    void write(FamilyPart part) throws IOException;

    /** Writes all families of a set; throws as {@link #write(FamilyPart)} does. */
    default void write(MetricSet set) throws IOException {
        for (MetricFamily family : set) {
            write(FamilyPart.whole(family));
        }
    }

    /** What the format could not carry, up to now. */
    LossReport losses();

    /** Gives up: {@link #close()} does not finish what was begun, so that nobody takes it for whole. */
    void abort();

    /**
     * Finishes what was written and flushes the stream, but does not close it. Does nothing the second time, nor after
     * {@link #abort()} or an exception.
     *
     * @throws IOException if the stream cannot take it
     * @throws dev.exposit.writer.LossRefusedException if something does not fit and that was to be refused
     */
    @Override
    void close() throws IOException;
}
