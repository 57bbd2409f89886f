package dev.exposit.cli;

import dev.exposit.convert.Source;
import dev.exposit.lint.Lint;
import dev.exposit.lint.LintReport;
import dev.exposit.model.Location;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import java.io.IOException;
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

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|URL|-",
            description = "What to check: files, compressed with gzip or not; URLs of http or https; - for standard"
                    + " input, which is the default unless it is a keyboard.")
    private List<String> arguments = new ArrayList<>();

    private boolean invalid;
    private boolean unwise;
    private boolean failed;

    LintCommand(Terminal terminal) {
        this.terminal = terminal;
        this.messages = new Messages(terminal);
    }

    @Override
    public Integer call() {
        refuseGraphite();
        refuseStandardInputTwice();
        // All of them first: a command line that is wrong ends before anything was done.
        List<Source> sources = new ArrayList<>();
        if (arguments.isEmpty()) {
            sources.add(from.source(null, terminal));
            arguments = List.of("-");
        } else {
            arguments.forEach(argument -> sources.add(from.source(argument, terminal)));
        }
        Source before = since == null ? null : from.source(since, terminal);
        ReadOptions options = from.readOptions();
        MetricSet earlier = null;
        if (before != null) {
            try {
                earlier = before.read(options.withRecovery(Recovery.SKIP_LINE));
            } catch (IOException e) {
                messages.tell(Messages.why(e));
                return ExitCode.FAILED;
            } catch (ReadLimitException e) {
                messages.tell(before.name() + ": " + Messages.why(e));
                return ExitCode.FAILED;
            }
        }
        try (LintOutput out = output()) {
            for (int i = 0; i < sources.size(); i++) {
                // Programs find their argument again; people need not read its password.
                String name = style.json ? arguments.get(i) : sources.get(i).name();
                lint(name, sources.get(i), options, earlier, out);
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

    private void refuseGraphite() {
        Formats.ReadFormat given = from.from();
        if (given != null && given.isGraphite()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "lint knows the rules of expositions; convert and diff read " + Formats.GRAPHITE);
        }
    }

    private void refuseStandardInputTwice() {
        long times =
                arguments.isEmpty() ? 1 : arguments.stream().filter("-"::equals).count();
        if (times + ("-".equals(since) ? 1 : 0) > 1) {
            throw new ParameterException(
                    spec.commandLine(), "expected standard input once, got it several times among --since and FILEs");
        }
    }

    private LintOutput output() throws IOException {
        if (style.json) {
            return new LintJson(terminal.out());
        }
        return style.github ? new LintGithub(terminal.out()) : new LintText(messages);
    }

    private void lint(String name, Source source, ReadOptions options, @Nullable MetricSet earlier, LintOutput out)
            throws IOException {
        LintReport report;
        try {
            report = source.read(
                    options,
                    (body, with) -> earlier == null ? Lint.check(body, with) : Lint.check(body, with, earlier));
        } catch (IOException e) {
            failed = true;
            out.unreadable(name, options.format(), problem("IO_ERROR", Messages.why(e)));
            return;
        } catch (ReadLimitException e) {
            failed = true;
            String why = source.name() + ": " + Messages.why(e);
            out.unreadable(name, options.format(), problem("LIMIT_EXCEEDED", why));
            return;
        } catch (IllegalArgumentException e) {
            failed = true;
            out.unreadable(
                    name, options.format(), problem("UNSUPPORTED_FORMAT", source.name() + ": " + e.getMessage()));
            return;
        } catch (OutOfMemoryError e) {
            failed = true;
            out.unreadable(
                    name,
                    options.format(),
                    problem(
                            "LIMIT_EXCEEDED",
                            source.name()
                                    + ": not enough memory; give more with EXPOSIT_JAVA_OPTS=-Xmx1g, or bound what"
                                    + " is held with --limit assembled-bytes=SIZE"));
            return;
        }
        invalid |= !report.valid();
        unwise |= !report.clean();
        out.checked(name, report);
    }

    /** A problem with an argument as a whole. */
    private static Problem problem(String code, String what) {
        return new Problem(code, Severity.ERROR, new Location(0, 0, 0), "an exposition that can be read", what, "", 0);
    }
}
