package dev.exposit.convert;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ExpositionException;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.FamilyReader;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import dev.exposit.parser.Survey;
import dev.exposit.writer.ExpositionWriter;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.LossRefusedException;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Converts an exposition from one format into another.
 *
 * <pre>{@code
 * String openMetrics = Converter.to(ExpositionFormat.OPENMETRICS_1).convert(prometheusText);
 *
 * Converter converter = Converter.of(
 *         ReadOptions.defaults().withRecovery(Recovery.SKIP_LINE),
 *         WriteOptions.of(ExpositionFormat.OPENMETRICS_1));
 * ConversionReport report = converter.convert(Source.of(Path.of("node.prom")), response);
 * log(report.losses());
 * }</pre>
 *
 * <p>Conversion streams, and what it takes of memory does not grow with the exposition, with two exceptions: the
 * families' names where the target format asks for them in advance, as OpenMetrics 1.0 does, and the metrics where
 * families are scattered over the exposition and the dialect or the recovery has them brought together, for which
 * {@link dev.exposit.parser.ReadLimits.Limit#ASSEMBLED_BYTES} is the limit. In either case the source is read twice: a file
 * from the disk, anything else from memory up to 8 MiB, and from a temporary file beyond.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public final class Converter {
    private final ReadOptions read;
    private final WriteOptions write;

    private Converter(ReadOptions read, WriteOptions write) {
        this.read = Objects.requireNonNull(read, "read");
        this.write = Objects.requireNonNull(write, "write");
    }

    /** A converter to a format, with the defaults: by the specification, up to the first error, losses reported. */
    public static Converter to(ExpositionFormat format) {
        return of(ReadOptions.defaults(), WriteOptions.of(format));
    }

    /**
     * A converter with these options. Without a format to read, a URL's answer is read by its content type, everything
     * else as its first bytes show. The outline in the options to write is replaced where one is needed.
     */
    public static Converter of(ReadOptions read, WriteOptions write) {
        return new Converter(read, write);
    }

    /**
     * Converts a text, which need not end with a line feed; what the target format cannot carry is left out unless
     * {@link LossPolicy#FAIL} was asked for. Throws as {@link #convert(Source, OutputStream)} does.
     */
    public String convert(String text) {
        Source source = Source.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "<text>");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new Converter(read.withLastLineFeedOptional(true), write).convert(source, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * Converts a source. After an exception what was written to the stream so far is not a whole exposition.
     *
     * @param out where the result goes, in pieces of about 64 KiB; is flushed and left open
     * @throws IOException if the source cannot be read, the stream cannot be written, or a temporary file fails;
     *     {@link ScrapeException} if a URL cannot be scraped, {@link UnsupportedFormatException} if a URL's answer has a
     *     format that cannot be read
     * @throws dev.exposit.parser.ExpositionSyntaxException if the exposition is malformed and that is to end reading
     * @throws dev.exposit.parser.ReadLimitException if the exposition is larger than a limit allows
     * @throws LossRefusedException if something does not fit the target format, or a number has more digits than the
     *     model holds, and {@link LossPolicy#FAIL} was asked for
     * @throws IllegalArgumentException if one of the formats asked for cannot be read or written
     */
    public ConversionReport convert(Source source, OutputStream out) throws IOException {
        try (Source.Body body = source.open(read)) {
            ReadOptions options = body.apply(read);
            if (!isSurveyed()) {
                return transfer(assembled(body.stream(), options), write, out);
            }
            if (source.isRepeatable()) {
                Found found = survey(body.stream(), options);
                try (Source.Body again = source.open(read)) {
                    return transfer(found, again.stream(), options, out);
                }
            }
            try (Spool spool = new Spool(body.stream(), options.limits().get(ReadLimits.Limit.TOTAL_BYTES))) {
                Found found = survey(spool.recorded(), options);
                return transfer(found, spool.replayed(), options, out);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    // ---- The first pass

    /** What the first pass found. */
    private record Found(Survey survey, ExpositionFormat format) {}

    /** Whether a first pass has something to tell: the names in advance, or which families are scattered. */
    private boolean isSurveyed() {
        return write.format() == ExpositionFormat.OPENMETRICS_1
                || write.format() == ExpositionFormat.OPENMETRICS_PROTOBUF
                || mayBeScattered();
    }

    /** Whether reading goes on where a family comes back. */
    private boolean mayBeScattered() {
        return read.dialect() == Dialect.PROMETHEUS || read.recovery() != Recovery.THROW;
    }

    private static Found survey(InputStream in, ReadOptions options) {
        // The second pass comes upon the same problems again, and tells them then.
        ExpositionReader reader = ExpositionReader.open(in, options.withProblemListener(problem -> {}));
        try {
            return new Found(Survey.of(reader), reader.format());
        } catch (ExpositionException e) {
            // There will be no second pass.
            reader.problems().forEach(options.problemListener());
            throw e;
        }
    }

    // ---- The second pass, or the only one

    private ConversionReport transfer(Found found, InputStream in, ReadOptions options, OutputStream out)
            throws IOException {
        ExpositionReader reader = ExpositionReader.open(in, options.withFormat(found.format()));
        boolean merging = found.survey().scattered() && mayBeScattered();
        return transfer(
                merging ? FamilyReader.merging(reader) : reader.assembled(),
                write.toBuilder().outline(found.survey().outline()).build(),
                out);
    }

    private static FamilyReader assembled(InputStream in, ReadOptions options) {
        return ExpositionReader.open(in, options).assembled();
    }

    private static ConversionReport transfer(FamilyReader in, WriteOptions options, OutputStream out)
            throws IOException {
        ExpositionWriter writer = ExpositionWriter.open(out, options);
        try {
            long families = 0;
            long metrics = 0;
            for (FamilyPart part = in.next(); part != null; part = in.next()) {
                refuseLosses(in, options.onLoss());
                writer.write(part);
                families += part.last() ? 1 : 0;
                metrics += part.family().metrics().size();
            }
            refuseLosses(in, options.onLoss());
            writer.close();
            return new ConversionReport(
                    in.format(),
                    options.format(),
                    families,
                    metrics,
                    sum(in.losses(), writer.losses()),
                    in.problems(),
                    in.problemCount());
        } catch (IOException | RuntimeException | Error e) {
            // What it still holds must not be taken for the end.
            writer.abort();
            throw e;
        }
    }

    private static void refuseLosses(FamilyReader in, LossPolicy policy) {
        if (policy == LossPolicy.FAIL && !in.losses().isEmpty()) {
            throw new LossRefusedException(in.losses().losses().get(0));
        }
    }

    private static LossReport sum(LossReport ofReader, LossReport ofWriter) {
        if (ofReader.isEmpty()) {
            return ofWriter;
        }
        return new LossReport(
                Stream.concat(ofReader.losses().stream(), ofWriter.losses().stream())
                        .toList(),
                ofReader.total() + ofWriter.total());
    }
}
