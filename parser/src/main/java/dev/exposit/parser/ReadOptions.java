package dev.exposit.parser;

import dev.exposit.format.ContentType;
import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import dev.exposit.model.SampleRole;
import java.util.HashSet;
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
 * @param unescaping the scheme by which names are unescaped, or null to leave them as they stand, which is the default also
 *     where a response says that it is escaped; see {@link #withUnescaping}
 */
public record ReadOptions(
        @Nullable ExpositionFormat format,
        Dialect dialect,
        Recovery recovery,
        ReadLimits limits,
        @Nullable Set<String> names,
        Consumer<Problem> problemListener,
        boolean lastLineFeedOptional,
        @Nullable EscapingScheme unescaping) {
    private static final ReadOptions DEFAULTS = new ReadOptions(
            null, Dialect.SPEC, Recovery.THROW, ReadLimits.defaults(), null, problem -> {}, false, null);

    /** Copies the names; refuses a scheme that cannot be undone. */
    public ReadOptions {
        names = names == null ? null : Set.copyOf(names);
        if (unescaping == EscapingScheme.UNDERSCORES || unescaping == EscapingScheme.ALLOW_UTF_8) {
            throw new IllegalArgumentException(
                    "escaping can be undone with values and dots, not with " + unescaping.id());
        }
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
        return new ReadOptions(
                format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional, unescaping);
    }

    /** These options with another dialect. */
    public ReadOptions withDialect(Dialect dialect) {
        return new ReadOptions(
                format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional, unescaping);
    }

    /** These options with another recovery. */
    public ReadOptions withRecovery(Recovery recovery) {
        return new ReadOptions(
                format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional, unescaping);
    }

    /** These options with other limits. */
    public ReadOptions withLimits(ReadLimits limits) {
        return new ReadOptions(
                format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional, unescaping);
    }

    /** These options for families of these exposed names only, or null for all. */
    public ReadOptions withNames(@Nullable Set<String> names) {
        return new ReadOptions(
                format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional, unescaping);
    }

    /** These options with another listener. */
    public ReadOptions withProblemListener(Consumer<Problem> problemListener) {
        return new ReadOptions(
                format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional, unescaping);
    }

    /** These options with another demand on the last line. */
    public ReadOptions withLastLineFeedOptional(boolean lastLineFeedOptional) {
        return new ReadOptions(
                format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional, unescaping);
    }

    /**
     * These options with names unescaped, or null for names as they stand. In effect where metric families are built: in
     * {@link Exposition}, {@link FamilyReader} and all that stands on them. {@link ExpositionReader} itself and lint show names
     * as they stand, and so do problems and losses. The wanted names are those after unescaping.
     *
     * <p>Names of families, raw samples and labels are unescaped, those in exemplars too. A name that was not escaped stays,
     * and so does one that cannot be unescaped: {@link ErrorCode#INVALID_ESCAPED_NAME} if it begins as {@code values} makes
     * them. Two names are never made one: they stay, and are {@link ErrorCode#CLASHING_ESCAPED_NAME}. Whoever does not hold all
     * families, as {@link Exposition#families} does not, may have handed out a name when a family comes that has it by itself;
     * that one is then left out, an error.
     *
     * @throws IllegalArgumentException if the scheme is neither {@link EscapingScheme#VALUES} nor {@link EscapingScheme#DOTS},
     *     as no other can be undone
     */
    public ReadOptions withUnescaping(@Nullable EscapingScheme unescaping) {
        return new ReadOptions(
                format, dialect, recovery, limits, names, problemListener, lastLineFeedOptional, unescaping);
    }

    /** The exposed names that wanted families may have in the exposition itself, or null for all. */
    @Nullable
    Set<String> escapedNames() {
        Set<String> wanted = names;
        EscapingScheme scheme = unescaping;
        if (wanted == null || scheme == null) {
            return wanted;
        }
        Set<String> escaped = new HashSet<>(wanted);
        for (String name : wanted) {
            escaped.add(scheme.escapeMetricName(name));
            for (SampleRole role : SampleRole.values()) {
                if (!role.suffix().isEmpty() && name.endsWith(role.suffix())) {
                    // A part of a family taken apart, whose suffix stands behind the escaped name.
                    String stem =
                            name.substring(0, name.length() - role.suffix().length());
                    escaped.add(scheme.escapeMetricName(stem) + role.suffix());
                }
            }
        }
        return escaped;
    }
}
