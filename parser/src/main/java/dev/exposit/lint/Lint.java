package dev.exposit.lint;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is wrong with an exposition, all of it and not only the first error.
 *
 * <pre>{@code
 * LintReport report = Lint.check(body, ReadOptions.of(contentType));
 * if (!report.valid()) {
 *     report.problems().forEach(problem -> log.warn("{}\n{}", problem, problem.excerptWithCaret()));
 * }
 * }</pre>
 *
 * <p>What a line alone shows is refused by the reader, see {@link dev.exposit.parser.ErrorCode}; what only several
 * lines show is checked by the rules of {@link LintRule}. The exposition streams through: memory grows with the number
 * of its families, and with that of the metrics in the one family at hand up to
 * {@link dev.exposit.parser.ReadLimits.Limit#ASSEMBLED_BYTES}. The options' recovery and listener are of no account; a line
 * that cannot be read is passed over.
 *
 * <p>All methods may be called by several threads at once. They throw {@link dev.exposit.parser.ReadLimitException} for
 * input larger than the options' limits and {@link IllegalArgumentException} for a format that cannot be read, or that is
 * protobuf, in text or not: rules are about how Prometheus text and OpenMetrics are written.
 */
public final class Lint {
    private Lint() {}

    /** Checks some bytes. */
    public static LintReport check(byte[] exposition, ReadOptions options) {
        return run(ExpositionReader.open(exposition, reading(options)), options, null);
    }

    /**
     * Checks a stream, which is read to its end and left open.
     *
     * @throws IOException if the stream does
     */
    public static LintReport check(InputStream exposition, ReadOptions options) throws IOException {
        try {
            return run(ExpositionReader.open(exposition, reading(options)), options, null);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Checks some bytes, and what became of the metrics of an earlier scrape of the same target. */
    public static LintReport check(byte[] exposition, ReadOptions options, MetricSet earlier) {
        return run(ExpositionReader.open(exposition, reading(options)), options, earlier);
    }

    /**
     * Checks a stream, which is read to its end and left open, and what became of the metrics of an earlier scrape of
     * the same target.
     *
     * @throws IOException if the stream does
     */
    public static LintReport check(InputStream exposition, ReadOptions options, MetricSet earlier) throws IOException {
        try {
            return run(ExpositionReader.open(exposition, reading(options)), options, earlier);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ReadOptions reading(ReadOptions options) {
        // No reader of this package would be found for it.
        if (options.format() == ExpositionFormat.JSON) {
            throw refused(ExpositionFormat.JSON);
        }
        // Names stay as they stand: what is wrong with them would else not show.
        return options.withRecovery(Recovery.SKIP_LINE).withUnescaping(null).withProblemListener(problem -> {});
    }

    private static LintReport run(ExpositionReader in, ReadOptions options, @Nullable MetricSet earlier) {
        return switch (in.format()) {
            case PROMETHEUS_TEXT, PROMETHEUS_TEXT_0_0_4, OPENMETRICS_1, OPENMETRICS_2 ->
                new LintRun(in, options, earlier).report();
            default -> throw refused(in.format());
        };
    }

    private static IllegalArgumentException refused(ExpositionFormat format) {
        return new IllegalArgumentException("lint reads Prometheus text and OpenMetrics text, got " + format.id());
    }
}
