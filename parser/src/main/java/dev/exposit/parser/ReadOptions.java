package dev.exposit.parser;

import dev.exposit.format.ContentType;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to read an exposition. Immutable; each {@code with} method answers a changed copy.
 *
 * <pre>{@code
 * ReadOptions options = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT)
 *         .withRecovery(Recovery.SKIP_LINE)
 *         .withProblemListener(problem -> log.warn(problem.toString()));
 * }</pre>
 *
 * @param format the format, or null to recognise it by the first bytes
 * @param dialect whose word decides what is valid; default {@link Dialect#SPEC}
 * @param recovery what to do about malformed input; default {@link Recovery#THROW}
 * @param limits how much to take
 * @param names exposed names of the wanted families, or null for all; others are skipped unread
 * @param problemListener told of each problem that does not end reading, at most {@link ReadLimits.Limit#PROBLEMS} times
 * @param lastLineFeedOptional whether the last line may end without a line feed in dialect {@code SPEC}, as people
 *     write texts in tests; it is a warning then
 */
public record ReadOptions(
        @Nullable ExpositionFormat format,
        Dialect dialect,
        Recovery recovery,
        ReadLimits limits,
        @Nullable Set<String> names,
        Consumer<Problem> problemListener,
        boolean lastLineFeedOptional) {
    private static final ReadOptions DEFAULTS =
            new ReadOptions(null, Dialect.SPEC, Recovery.THROW, ReadLimits.defaults(), null, problem -> {}, false);

    /** Copies the names. */
    public ReadOptions {
        names = names == null ? null : Set.copyOf(names);
    }

    /** The defaults: by the specification, up to the first error, in a format recognised by the first bytes. */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /** The defaults for a known format. */
    public static ReadOptions of(ExpositionFormat format) {
        return DEFAULTS.withFormat(format);
    }

    /**
     * The defaults for the format that a response's content type names; one that names none leaves the format to be
     * recognised by the first bytes.
     */
    public static ReadOptions of(ContentType contentType) {
        return DEFAULTS.withFormat(ExpositionFormat.of(contentType).orElse(null));
    }

    /** These options for another format, or null to recognise it by the first bytes. */
    public ReadOptions withFormat(@Nullable ExpositionFormat format) {
        return new ReadOptions(format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional);
    }

    /** These options with another dialect. */
    public ReadOptions withDialect(Dialect dialect) {
        return new ReadOptions(format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional);
    }

    /** These options with another recovery. */
    public ReadOptions withRecovery(Recovery recovery) {
        return new ReadOptions(format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional);
    }

    /** These options with other limits. */
    public ReadOptions withLimits(ReadLimits limits) {
        return new ReadOptions(format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional);
    }

    /** These options for families of these exposed names only, or null for all. */
    public ReadOptions withNames(@Nullable Set<String> names) {
        return new ReadOptions(format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional);
    }

    /** These options with another listener. */
    public ReadOptions withProblemListener(Consumer<Problem> problemListener) {
        return new ReadOptions(format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional);
    }

    /** These options with another demand on the last line. */
    public ReadOptions withLastLineFeedOptional(boolean lastLineFeedOptional) {
        return new ReadOptions(format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional);
    }
}
