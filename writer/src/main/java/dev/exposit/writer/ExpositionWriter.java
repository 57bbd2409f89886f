package dev.exposit.writer;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes metric families in an exposition format: Prometheus text 0.0.4 and 1.0.0, OpenMetrics text 1.0.0
 * and 2.0.0, Prometheus protobuf, delimited or as text, and OpenMetrics protobuf.
 *
 * <pre>{@code
 * String text = ExpositionWriter.toString(metrics, ExpositionFormat.PROMETHEUS_TEXT);
 *
 * WriteOptions options = WriteOptions.of(ExpositionFormat.OPENMETRICS_1);
 * try (ExpositionWriter writer = ExpositionWriter.open(response, options)) {
 *     for (MetricFamily family : families) {
 *         writer.write(family);
 *     }
 *     log(writer.losses());
 * }
 * }</pre>
 *
 * <p>The same families give the same bytes. What the format cannot carry is never dropped in silence: it stands in
 * {@link #losses()}, or is refused with a {@link LossRefusedException}, see {@link WriteOptions#onLoss()}.
 *
 * <p>Text is written as UTF-8. An unpaired surrogate is no character and becomes {@code ?}, as everywhere in Java.
 *
 * <p>After an exception a writer takes nothing more, and {@link #close()} does not finish the exposition, so that nobody
 * takes it for whole.
 *
 * <p>Not safe for use by several threads.
 */
public sealed interface ExpositionWriter extends Closeable permits SequencedWriter {
    /** Whether there is a writer for a format. */
    static boolean canWrite(ExpositionFormat format) {
        return switch (format) {
            case PROMETHEUS_TEXT,
                    PROMETHEUS_TEXT_0_0_4,
                    OPENMETRICS_1,
                    OPENMETRICS_2,
                    PROTOBUF,
                    PROTOBUF_TEXT,
                    PROTOBUF_COMPACT,
                    OPENMETRICS_PROTOBUF -> true;
            default -> false;
        };
    }

    /**
     * A writer to a stream. It buffers by itself.
     *
     * @throws IllegalArgumentException if there is no writer for the format
     */
    static ExpositionWriter open(OutputStream out, WriteOptions options) {
        return open(new StreamSink(out), options);
    }

    /**
     * A writer to a sink. It buffers by itself.
     *
     * @throws IllegalArgumentException if there is no writer for the format
     */
    static ExpositionWriter open(ByteSink sink, WriteOptions options) {
        return switch (options.format()) {
            case PROMETHEUS_TEXT, PROMETHEUS_TEXT_0_0_4 -> new PrometheusTextWriter(sink, options);
            case OPENMETRICS_1 -> new OpenMetrics1Writer(sink, options);
            case OPENMETRICS_2 -> new OpenMetrics2Writer(sink, options);
            case PROTOBUF, PROTOBUF_TEXT, PROTOBUF_COMPACT -> new ProtobufWriter(sink, options);
            case OPENMETRICS_PROTOBUF -> new OpenMetricsProtobufWriter(sink, options);
            default ->
                throw new IllegalArgumentException("writing " + options.format().id() + " is not supported");
        };
    }

    /**
     * Writes a whole exposition to a stream, which stays open.
     *
     * @return what was lost
     * @throws IOException if the stream cannot take it
     * @throws LossRefusedException if something does not fit and {@link LossPolicy#FAIL} was asked for
     */
    static LossReport write(MetricSet set, OutputStream out, WriteOptions options) throws IOException {
        ExpositionWriter writer = open(out, options);
        try (writer) {
            writer.write(set);
        }
        return writer.losses();
    }

    /**
     * A whole exposition as text; what the format cannot carry is left out, see {@link LossPolicy#REPORT}.
     *
     * @throws IllegalArgumentException if there is no writer for the format, or it is not text
     */
    static String toString(MetricSet set, ExpositionFormat format) {
        if (!format.isText()) {
            throw new IllegalArgumentException("expected a text format, got " + format.id());
        }
        return new String(toBytes(set, format), StandardCharsets.UTF_8);
    }

    /**
     * A whole exposition; what the format cannot carry is left out, see {@link LossPolicy#REPORT}.
     *
     * @throws IllegalArgumentException if there is no writer for the format
     */
    static byte[] toBytes(MetricSet set, ExpositionFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(set, out, WriteOptions.of(format));
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array does not fail", e);
        }
        return out.toByteArray();
    }

    /**
     * Writes a family, or a piece of one. The pieces of a family follow each other without anything in between.
     *
     * @throws IOException if the sink cannot take it
     * @throws LossRefusedException if something does not fit and {@link LossPolicy#FAIL} was asked for. Then nothing of
     *     this piece has been written.
     * @throws IllegalArgumentException if the piece does not follow from the one before it
     * @throws IllegalStateException if the writer has been closed, or has thrown before
     */
    void write(FamilyPart part) throws IOException;

    /** Writes a whole family; throws as {@link #write(FamilyPart)} does. */
    default void write(MetricFamily family) throws IOException {
        write(FamilyPart.whole(family));
    }

    /**
     * Writes all families of a set, which need not be in {@link WriteOptions#outline()}; throws as
     * {@link #write(FamilyPart)} does.
     */
    default void write(MetricSet set) throws IOException {
        for (MetricFamily family : set) {
            write(family);
        }
    }

    /** What was lost up to now. Families that are held back may add to it until the writer is closed. */
    LossReport losses();

    /**
     * Gives up: what the writer still holds is not written, and {@link #close()} does not finish the exposition. For who
     * finds out half-way that the rest will not come.
     */
    void abort();

    /**
     * Finishes the exposition: writes what was held back and, in OpenMetrics, {@code # EOF}, then flushes the stream or
     * sink, but does not close it. Does nothing the second time, nor after {@link #abort()} or an exception.
     *
     * @throws IOException if the sink cannot take it
     * @throws LossRefusedException if something held back does not fit and {@link LossPolicy#FAIL} was asked for
     * @throws IllegalStateException if the last piece of a family is missing
     */
    @Override
    void close() throws IOException;
}
