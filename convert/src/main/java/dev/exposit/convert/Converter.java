package dev.exposit.convert;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import dev.exposit.model.Outline;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import dev.exposit.parser.Survey;
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
 * families are scattered over the exposition and the dialect or the recovery has them brought together, or where
 * {@linkplain ReadOptions#withUnescaping unescaped} names would clash, for which
 * {@link dev.exposit.parser.ReadLimits.Limit#ASSEMBLED_BYTES} is the limit. In either case the source is read twice: a file
 * from the disk, a {@link ByteArrayInputStream} where it lies, anything else from memory up to 8 MiB, and from a temporary
 * file beyond.
 *
 * <p>JSON is one of the exposition formats here. Formats that this library does not know are plugged in as an
 * {@link InputFormat} and an {@link OutputFormat}.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public final class Converter {
    private final InputFormat input;
    private final ReadOptions read;
    private final OutputFormat output;

    private Converter(InputFormat input, ReadOptions read, OutputFormat output) {
        this.input = Objects.requireNonNull(input, "input");
        this.read = Objects.requireNonNull(read, "read");
        this.output = Objects.requireNonNull(output, "output");
    }

    /** A converter to a format, with the defaults: by the specification, up to the first error, losses reported. */
    public static Converter to(ExpositionFormat format) {
        return of(ReadOptions.defaults(), WriteOptions.of(format));
    }

    /**
     * A converter with these options. Without a format to read, a URL's answer is read by its content type, everything
     * else as its first bytes show. The outline in the options to write is replaced where one is needed.
     *
     * @throws IllegalArgumentException if the format cannot be written, or not as the options say
     */
    public static Converter of(ReadOptions read, WriteOptions write) {
        return of(read, OutputFormat.of(write));
    }

    /** A converter of expositions into any format. */
    public static Converter of(ReadOptions read, OutputFormat output) {
        return new Converter(InputFormat.ofExpositions(), read, output);
    }

    /** This converter for another format to read from, whatever a URL's server says of its answer. */
    public Converter from(InputFormat format) {
        return new Converter(format, read, output);
    }

    /**
     * Converts a text, which need not end with a line feed; what the target format cannot carry is left out unless
     * {@link LossPolicy#FAIL} was asked for. Throws as {@link #convert(Source, OutputStream)} does.
     */
    public String convert(String text) {
        Source source = Source.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "<text>");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new Converter(input, read.withLastLineFeedOptional(true), output).convert(source, out);
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
     *     {@link ScrapeException} if a URL cannot be scraped
     * @throws dev.exposit.parser.ExpositionSyntaxException if the exposition is malformed and that is to end reading
     * @throws dev.exposit.parser.ReadLimitException if the exposition is larger than a limit allows
     * @throws LossRefusedException if something does not fit the target format, or a number has more digits than the
     *     model holds, and {@link LossPolicy#FAIL} was asked for
     * @throws IllegalArgumentException if the format asked for cannot be read
     */
    public ConversionReport convert(Source source, OutputStream out) throws IOException {
        try (Source.Body body = source.open(read)) {
            ReadOptions options = body.apply(read, input);
            if (!isSurveyed()) {
                return transfer(open(body.stream(), options), Outline.empty(), out);
            }
            if (source.isRepeatable()) {
                Survey survey = input.survey(body.stream(), options);
                try (Source.Body again = source.reopen(read)) {
                    return transfer(survey, again.stream(), options, out);
                }
            }
            try (Spool spool = new Spool(body.stream(), options.limits().get(ReadLimits.Limit.TOTAL_BYTES))) {
                Survey survey = input.survey(spool.recorded(), options);
                return transfer(survey, spool.replayed(), options, out);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Whether a first pass has something to tell: the names in advance, or whether families must be brought together. */
    private boolean isSurveyed() {
        return output.needsOutline() || mayBeMerged();
    }

    /** Whether reading goes on where a family comes back, or names may clash when unescaped, which it takes all to see. */
    private boolean mayBeMerged() {
        return read.dialect() == Dialect.PROMETHEUS || read.recovery() != Recovery.THROW || read.unescaping() != null;
    }

    /** The second pass. */
    private ConversionReport transfer(Survey survey, InputStream in, ReadOptions options, OutputStream out)
            throws IOException {
        boolean merging = survey.scattered() && mayBeMerged();
        FamilySource families = merging ? input.openMerging(in, options) : open(in, options);
        return transfer(families, survey.outline(), out);
    }

    /** Opens the source for the target: most writers of expositions can do without the objects that others look at. */
    private FamilySource open(InputStream in, ReadOptions options) throws IOException {
        boolean passing = input instanceof ExpositionInput && output instanceof ExpositionOutput to && to.copiesText();
        return passing ? ExpositionInput.INSTANCE.openPassing(in, options) : input.open(in, options);
    }

    private ConversionReport transfer(FamilySource in, Outline outline, OutputStream out) throws IOException {
        FamilyTarget target = output.open(out, outline);
        try {
            long families = 0;
            long metrics = 0;
            for (FamilyPart part = in.next(); part != null; part = in.next()) {
                refuseLosses(in);
                target.write(part);
                families += part.last() ? 1 : 0;
                metrics += part.family().metrics().size();
            }
            refuseLosses(in);
            target.close();
            return new ConversionReport(
                    in.format(),
                    output.id(),
                    families,
                    metrics,
                    sum(in.losses(), target.losses()),
                    in.problems(),
                    in.problemCount());
        } catch (IOException | RuntimeException | Error e) {
            // What it still holds must not be taken for the end.
            target.abort();
            throw e;
        }
    }

    private void refuseLosses(FamilySource in) {
        if (output.onLoss() == LossPolicy.FAIL && !in.losses().isEmpty()) {
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
