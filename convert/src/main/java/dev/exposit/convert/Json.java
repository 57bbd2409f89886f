package dev.exposit.convert;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Outline;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Metric families in JSON: what the tool prom2json prints, read and written, with further keys for the rest of the model.
 * Nothing is lost on the way: {@code parse(toString(m))} equals {@code m} for every set. The keys stand in
 * {@code docs/json.md} of the project.
 *
 * <pre>{@code
 * String json = Json.toString(Exposition.parse(text));
 * MetricSet metrics = Json.parse(json);
 * }</pre>
 *
 * <p>Reading takes an array of families, or families one after the other, and tells them apart by itself. Malformed input
 * is an {@link dev.exposit.parser.ExpositionSyntaxException} unless the options say otherwise: with
 * {@link dev.exposit.parser.Recovery#SKIP_LINE} a metric that cannot be read is left out and reported, with
 * {@link dev.exposit.parser.Recovery#SKIP_FAMILY} its family; what is no JSON ends reading in any case. An exceeded limit is
 * a {@link dev.exposit.parser.ReadLimitException}; of {@link dev.exposit.parser.ReadLimits.Limit#LINE_BYTES} it is one metric
 * that may not be longer. The options' dialect is of no account.
 *
 * <p>All methods may be called by several threads at once. Larger amounts go through a {@link Converter}, or
 * {@link #open} and {@link #writer}, which hold a family's metrics up to some megabytes.
 */
public final class Json {
    private Json() {}

    /** The metrics of a text. */
    public static MetricSet parse(String json) {
        return parse(json, ReadOptions.defaults());
    }

    /** The metrics of a text; whatever format the options name is of no account. */
    public static MetricSet parse(String json, ReadOptions options) {
        try {
            return parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), options);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array does not fail", e);
        }
    }

    /**
     * The metrics of a stream, which is read to its end and left open.
     *
     * @throws IOException if the stream cannot be read
     */
    public static MetricSet parse(InputStream json, ReadOptions options) throws IOException {
        return new JsonReader(json, options, true).toMetricSet();
    }

    /**
     * The families of a stream one by one, large ones in parts. Closing the source closes the stream.
     *
     * @throws IOException if the stream cannot be read
     */
    public static FamilySource open(InputStream json, ReadOptions options) throws IOException {
        return new JsonReader(json, options, false);
    }

    /** A set as an array of families. */
    public static String toString(MetricSet set) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(set, out, WriteOptions.of(ExpositionFormat.JSON), JsonForm.ARRAY);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array does not fail", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * Writes a set to a stream, which stays open.
     *
     * @return what was left out or changed because the options say so
     * @throws IOException if the stream cannot take it
     * @throws dev.exposit.writer.LossRefusedException if escaping changes a name and that is to be refused
     */
    public static LossReport write(MetricSet set, OutputStream out, WriteOptions options, JsonForm form)
            throws IOException {
        FamilyTarget writer = writer(out, options, form);
        try (writer) {
            writer.write(set);
        }
        return writer.losses();
    }

    /**
     * A writer to a stream; it buffers by itself. Of the options count escaping, start timestamps, native histograms and
     * what to do about losses.
     *
     * @throws IllegalArgumentException if start timestamps are asked for as {@code x_created}
     * @throws IOException if the stream cannot take the beginning
     */
    public static FamilyTarget writer(OutputStream out, WriteOptions options, JsonForm form) throws IOException {
        return new JsonOutput(options, form).open(out, Outline.empty());
    }

    /**
     * Families one after the other, each on a line of its own, as something that a {@link Converter} writes.
     *
     * @throws IllegalArgumentException if start timestamps are asked for as {@code x_created}
     */
    public static OutputFormat lines(WriteOptions options) {
        return new JsonOutput(options, JsonForm.LINES);
    }
}
