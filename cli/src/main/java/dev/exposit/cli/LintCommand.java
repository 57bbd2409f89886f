package dev.exposit.cli;

import dev.exposit.lint.Lint;
import dev.exposit.lint.LintReport;
import dev.exposit.model.Location;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.Gunzip;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code exposit lint}. */
@Command(
        name = "lint",
        description = {
            "Finds out what is wrong with an exposition: all of it, each with its place and what to change.",
            "Findings go to standard error; with --json or --github they go to standard output."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing to complain about",
            "1:some problem is an error",
            "2:the command line is wrong",
            "3:there are warnings only",
            "4:reading or writing failed, or a limit was exceeded"
        })
final class LintCommand implements Callable<Integer> {
    private static final int ONLY_WARNINGS = 3;

    private final Terminal terminal;
    private final Messages messages;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final InputOptions from = new InputOptions();

    @ArgGroup
    private Style style = new Style();

    /** What the findings are for; people if for nothing else. */
    private static final class Style {
        @Option(names = "--json", description = "Print a JSON object for each argument, one a line.")
        private boolean json;

        @Option(names = "--github", description = "Print workflow commands of GitHub Actions.")
        private boolean github;
    }

    @Option(
            names = "--since",
            paramLabel = "EARLIER",
            description = "An earlier scrape of the same target: tell also what fell, changed its type or vanished.")
    private @Nullable String since;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("unused")
    private boolean help;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "What to check: a file, compressed with gzip or not; - for standard input, which is the"
                    + " default unless it is a keyboard.")
    private List<String> files = new ArrayList<>();

    private boolean invalid;
    private boolean unwise;
    private boolean failed;

    LintCommand(Terminal terminal) {
        this.terminal = terminal;
        this.messages = new Messages(terminal);
    }

    @Override
    public Integer call() {
        if (files.isEmpty()) {
            // Refuses a keyboard.
            from.source(null, terminal);
            files = List.of("-");
        }
        for (String file : files) {
            refuseUrl(file);
        }
        ReadOptions options = from.readOptions();
        MetricSet earlier = null;
        if (since != null) {
            try {
                earlier = from.source(since, terminal).read(options.withRecovery(Recovery.SKIP_LINE));
            } catch (IOException e) {
                messages.tell(Messages.why(e));
                return ExitCode.FAILED;
            } catch (ReadLimitException e) {
                messages.tell(since + ": " + Messages.why(e));
                return ExitCode.FAILED;
            }
        }
        try (LintOutput out = output()) {
            for (String file : files) {
                lint(file, options, earlier, out);
            }
        } catch (IOException e) {
            messages.tell("cannot write: " + Messages.why(e));
            return ExitCode.FAILED;
        }
        if (failed) {
            return ExitCode.FAILED;
        }
        return invalid ? ExitCode.MALFORMED : unwise ? ONLY_WARNINGS : ExitCode.DONE;
    }

    private LintOutput output() throws IOException {
        if (style.json) {
            return new LintJson(terminal.out());
        }
        return style.github ? new LintGithub(terminal.out()) : new LintText(messages);
    }

    private void lint(String file, ReadOptions options, @Nullable MetricSet earlier, LintOutput out)
            throws IOException {
        LintReport report;
        try (InputStream in = open(file, options.limits())) {
            report = earlier == null ? Lint.check(in, options) : Lint.check(in, options, earlier);
        } catch (IOException e) {
            failed = true;
            String why = Messages.why(e);
            out.unreadable(file, options.format(), problem("IO_ERROR", why.contains(file) ? why : file + ": " + why));
            return;
        } catch (ReadLimitException e) {
            failed = true;
            out.unreadable(file, options.format(), problem("LIMIT_EXCEEDED", file + ": " + Messages.why(e)));
            return;
        } catch (OutOfMemoryError e) {
            failed = true;
            out.unreadable(
                    file,
                    options.format(),
                    problem(
                            "LIMIT_EXCEEDED",
                            file + ": not enough memory; give more with EXPOSIT_JAVA_OPTS=-Xmx1g, or bound what is held"
                                    + " with --limit assembled-bytes=SIZE"));
            return;
        }
        invalid |= !report.valid();
        unwise |= !report.clean();
        out.checked(file, report);
    }

    /** A file or standard input, which stays open, decompressed if it begins as gzip does. */
    private InputStream open(String file, ReadLimits limits) throws IOException {
        if (!file.equals("-")) {
            return Gunzip.ifCompressed(Files.newInputStream(from.path(file)), limits);
        }
        InputStream kept = new FilterInputStream(terminal.in()) {
            @Override
            public void close() {}
        };
        return Gunzip.ifCompressed(kept, limits);
    }

    /** A problem with a file as a whole. */
    private static Problem problem(String code, String what) {
        return new Problem(code, Severity.ERROR, new Location(0, 0, 0), "an exposition that can be read", what, "", 0);
    }

    private void refuseUrl(String file) {
        if (file.regionMatches(true, 0, "http://", 0, 7) || file.regionMatches(true, 0, "https://", 0, 8)) {
            throw new ParameterException(
                    spec.commandLine(), "expected a FILE, got '" + file + "'; pipe what a URL answers into lint -");
        }
    }
}
