package dev.exposit.cli;

import dev.exposit.convert.ScrapeOptions;
import dev.exposit.convert.Source;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that reads an exposition. */
final class InputOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "FORMAT",
            converter = Formats.ToRead.class,
            completionCandidates = Formats.ToRead.class,
            description = "Format to read: ${COMPLETION-CANDIDATES}. Without it, what the server says or the first"
                    + " bytes show, which never is graphite.")
    private Formats.@Nullable ReadFormat from;

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            defaultValue = "spec",
            converter = Words.Dialects.class,
            completionCandidates = Words.Dialects.class,
            description = "Whose word decides what is valid, the specification's or the Prometheus scraper's:"
                    + " ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Dialect dialect;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Read this metric family only; may be given several times. Names are as in Prometheus"
                    + " text, with _total and _info.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "NAME=SIZE",
            converter = Limit.Converter.class,
            completionCandidates = Limit.Converter.class,
            description =
                    "How much to take: line-bytes, message-bytes, name-bytes, label-value-bytes, labels-per-series,"
                            + " exemplar-bytes, samples, families, total-bytes, compression-ratio, assembled-bytes, problems;"
                            + " sizes may end in K, M or G. May be given several times.")
    private List<Limit> limits = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for a URL's server in all. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    /** The options to read with, as far as they are given here. */
    ReadOptions readOptions() {
        ReadLimits all = ReadLimits.defaults();
        for (Limit limit : limits) {
            all = limit.apply(all);
        }
        return ReadOptions.defaults()
                .withFormat(from == null ? null : from.exposition())
                .withDialect(dialect)
                .withLimits(all)
                .withNames(isFiltering() ? new HashSet<>(only) : null);
    }

    /** The format given with {@code --from}, or null. */
    Formats.@Nullable ReadFormat from() {
        return from;
    }

    /** Whether only some families are wanted. */
    boolean isFiltering() {
        return !only.isEmpty();
    }

    /** What a positional argument stands for; without one it is standard input, unless that is a keyboard. */
    Source source(@Nullable String name, Terminal terminal) {
        if (name == null && terminal.inIsKeyboard()) {
            throw wrong("expected a FILE, a URL, or - for standard input");
        }
        if (name == null || name.equals("-")) {
            return Source.of(terminal.in(), "<stdin>");
        }
        if (name.regionMatches(true, 0, "http://", 0, 7) || name.regionMatches(true, 0, "https://", 0, 8)) {
            return url(name);
        }
        Path path = path(name);
        if (name.contains("://") && Files.notExists(path)) {
            throw wrong("expected a URL of http or https, got '" + name + "'");
        }
        return Source.of(path);
    }

    private Source url(String url) {
        if (timeout < 1) {
            throw wrong("expected at least 1 second for --timeout, got " + timeout);
        }
        ScrapeOptions options = ScrapeOptions.defaults().withTimeout(Duration.ofSeconds(timeout));
        for (Limit limit : limits) {
            if (limit.name().equals("total-bytes")) {
                options = options.withTotalBytes(limit.value());
            }
        }
        try {
            return Source.of(new URI(url), options);
        } catch (URISyntaxException e) {
            throw wrong("expected a URL, got '" + url + "': " + e.getReason());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** The path that an argument names. */
    Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw wrong("expected the name of a file, got '" + name + "': " + e.getReason());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
