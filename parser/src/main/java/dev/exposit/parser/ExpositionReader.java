package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.Timestamp;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an exposition piece by piece, without building anything: each call of {@link #next()} moves to the next help
 * text, type, unit, comment, sample or composite, whose parts are then at hand as views into the buffer.
 *
 * <pre>{@code
 * int alive = 0;
 * try (ExpositionReader in = ExpositionReader.open(body, ReadOptions.of(contentType))) {
 *     while (in.next() != Event.END) {
 *         if (in.event() == Event.SAMPLE && in.sampleName().contentEquals("up")) {
 *             alive += (int) in.value();
 *         }
 *     }
 * } catch (ExpositionSyntaxException e) {
 *     report(e.code(), e.location()); // UNTERMINATED_LABEL_VALUE, line 12, column 31, byte 1044
 * }
 * }</pre>
 *
 * <p>The reader checks what a line can show: syntax, UTF-8, names, escapes, numbers, repeated label names, the order
 * of metadata. Rules over the whole exposition (families that come back, series that stand twice) are checked where
 * families are built, see {@link #assembled()}.
 *
 * <p>Memory does not grow with the exposition: an array is read in place, a stream through a buffer as long as the
 * longest line, or, in protobuf, the longest message. A reader is not safe for use by several threads. I/O errors come as
 * {@link UncheckedIOException}, malformed input as {@link ExpositionSyntaxException}, an exceeded limit as {@link ReadLimitException}, and a call
 * that does not fit the event as {@link IllegalStateException}. After any of them the reader is of no further use
 * but to be closed.
 */
public sealed interface ExpositionReader extends Closeable permits EventReader, CustomBucketsReader {
    /** A reader of the bytes of an array, which must not change meanwhile. */
    static ExpositionReader open(byte[] exposition, ReadOptions options) {
        return open(exposition, 0, exposition.length, options);
    }

    /** A reader of some of the bytes of an array, which must not change meanwhile. */
    static ExpositionReader open(byte[] exposition, int offset, int length, ReadOptions options) {
        return Readers.open(LineBuffer.of(exposition, offset, offset + length, options.limits()), options);
    }

    /** A reader of a buffer's remaining bytes, which must not change meanwhile. */
    static ExpositionReader open(ByteBuffer exposition, ReadOptions options) {
        return Readers.open(LineBuffer.of(exposition, options.limits()), options);
    }

    /** A reader of a stream, which it closes when it is closed itself. */
    static ExpositionReader open(InputStream exposition, ReadOptions options) {
        return Readers.open(LineBuffer.of(exposition, options.limits()), options);
    }

    /** A reader of a channel in blocking mode, which it closes when it is closed itself. */
    static ExpositionReader open(ReadableByteChannel exposition, ReadOptions options) {
        return Readers.open(LineBuffer.of(exposition, options.limits()), options);
    }

    /** The format that is read. */
    ExpositionFormat format();

    /** Moves on; views of the event before are no longer valid. */
    Event next();

    /** What the last {@link #next()} came upon. */
    Event event();

    /** Where the event begins. */
    Location location();

    /**
     * The name of the family that the event belongs to, as it stands on the wire: OpenMetrics 1.0 speaks of family
     * {@code http_requests} where all others say {@code http_requests_total}. The other form is
     * {@link #exposedFamilyName()}.
     */
    ByteView familyName();

    /**
     * The family's exposed name by all that is known of its type so far, as the model has it: {@link #familyName()},
     * with {@code _total} or {@code _info} behind it for a counter or an info of OpenMetrics 1.0.
     */
    String exposedFamilyName();

    /** How many families there were before this one; rises whenever another family's name is met. */
    long familyOrdinal();

    /** The family's type as far as it was stated, {@link MetricType#UNKNOWN} before. */
    MetricType type();

    /** The text of a help, a unit or a comment. */
    ByteView text();

    /** The name of a sample or composite. */
    ByteView sampleName();

    /** How many labels the sample or composite has. */
    int labelCount();

    /** The name of the label at a position in wire order, from 0. */
    ByteView labelName(int index);

    /** The value of the label at a position in wire order, from 0. */
    ByteView labelValue(int index);

    /** The sample's labels, a copy that lasts. */
    Labels toLabels();

    /** The sample's number. */
    double value();

    /** The sample's number as it is spelled; only in text. */
    ByteView valueText();

    /** The value of a composite, valid until the next call of {@link #next()}. */
    Composite composite();

    /** Whether the sample or composite has a timestamp. */
    boolean hasTimestamp();

    /** The sample's timestamp, or null if it has none. */
    @Nullable
    Timestamp timestamp();

    /** The sample's timestamp as it is spelled; only in text, for a sample that has one. */
    ByteView timestampText();

    /** Whether the sample or composite says when it began to count, with it as OpenMetrics 2.0 and protobuf have it. */
    boolean hasStartTimestamp();

    /** When the sample or composite began to count, or null if it does not say. */
    @Nullable
    Timestamp startTimestamp();

    /** The start timestamp as it is spelled, without {@code st@}; only for a sample or composite that has one. */
    ByteView startTimestampText();

    /** Whether the sample or composite has an exemplar. */
    boolean hasExemplar();

    /** The first exemplar of the sample or composite, a copy that lasts, or null if it has none. */
    @Nullable
    Exemplar exemplar();

    /**
     * All exemplars of the sample or composite, copies that last: any number in OpenMetrics 2.0 and of
     * protobuf's histograms, else at most one. Those of single buckets are {@link Composite#bucketExemplar}.
     */
    List<Exemplar> exemplars();

    /**
     * A problem with the event at hand, for those who check rules of their own. It is not among {@link #problems()}.
     *
     * @param code a stable name of the rule
     * @param severity how bad it is
     * @param at the part of the event that it is with, a view this event handed out, or null for its line
     * @param expected what should have stood there, in words
     * @param got what stood there, in words
     */
    Problem problem(String code, Problem.Severity severity, @Nullable ByteView at, String expected, String got);

    /** The problems that did not end reading, in order, at most {@link ReadLimits.Limit#PROBLEMS}. */
    List<Problem> problems();

    /** How many problems did not end reading, those beyond the bound included. */
    long problemCount();

    /** Digits that a double or a {@link Timestamp} could not hold. */
    LossReport losses();

    /**
     * Takes composites apart: from here on each comes as the samples that Prometheus would store it in, {@code x_count},
     * {@code x_sum}, and {@code x_bucket} with {@code le}, or {@code x} with {@code quantile}. A bound is spelled as
     * Prometheus spells it ({@code 1.0}, {@code +Inf}), an exemplar stands at the bucket that its value is in, and a histogram
     * without classic buckets has {@code +Inf} alone: native ones have no such series. It has no say in
     * {@link #assembled()}.
     *
     * @return this reader
     */
    ExpositionReader expanded();

    /**
     * Shows each classic histogram as one composite that has native buckets with custom bounds (NHCB) in their place, as a
     * Prometheus does that is told to {@code convert_classic_histograms_to_nhcb}. Where a histogram is spread over samples,
     * these are gathered as long as they stand one behind the other, a {@code _created} with them as the start timestamp. A
     * histogram whose buckets make no sense, see {@link dev.exposit.model.HistogramValue#classicDefect()}, comes as a composite
     * with its classic buckets; one that has native buckets already, and all else, as it is.
     *
     * <p>Specification: Prometheus, "Native histograms", "Scraping classic histograms as NHCBs".
     *
     * @return a reader to be used instead of this one from here on; closing it closes this
     */
    ExpositionReader withCustomBuckets();

    /**
     * Turns samples into metric families, piece by piece. Use the answer from here on instead of this reader; closing
     * it closes this.
     */
    FamilyReader assembled();

    @Override
    void close() throws IOException;
}
