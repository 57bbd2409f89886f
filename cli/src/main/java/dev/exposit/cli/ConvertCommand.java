package dev.exposit.cli;

import dev.exposit.convert.ConversionReport;
import dev.exposit.convert.Converter;
import dev.exposit.convert.OutputFormat;
import dev.exposit.convert.Source;
import dev.exposit.format.EscapingScheme;
import dev.exposit.graphite.MappingSyntaxException;
import dev.exposit.model.Loss;
import dev.exposit.model.Problem;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.LossRefusedException;
import dev.exposit.writer.NativeHistograms;
import dev.exposit.writer.StartTimestamps;
import dev.exposit.writer.WriteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code exposit convert}. */
@Command(
        name = "convert",
        description = {
            "Converts an exposition from one format into another.",
            "The result goes to standard output; problems and losses go to standard error."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, also when lines were skipped on request",
            "1:the input is malformed",
            "2:the command line or the mapping is wrong",
            "3:something does not fit, and --on-loss fail was given",
            "4:reading or writing failed, or a limit was exceeded"
        })
final class ConvertCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Messages messages;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final InputOptions from = new InputOptions();

    @Mixin
    private final UnescapeOption unescape = new UnescapeOption();

    @Mixin
    private final MappingOptions mapping = new MappingOptions();

    @Mixin
    private final GraphiteNameOptions names = new GraphiteNameOptions();

    @Option(
            names = "--to",
            paramLabel = "FORMAT",
            required = true,
            converter = Formats.ToWrite.class,
            completionCandidates = Formats.ToWrite.class,
            description = "Format to write: ${COMPLETION-CANDIDATES}. json is an array of families, json-lines a"
                    + " family a line, graphite a sample a line.")
    @SuppressWarnings("NullAway.Init")
    private Formats.Writable to;

    @Option(
            names = "--on-error",
            paramLabel = "ACTION",
            defaultValue = "fail",
            converter = Words.Recoveries.class,
            completionCandidates = Words.Recoveries.class,
            description = "What to do about malformed input: ${COMPLETION-CANDIDATES}. Skipping repairs first what has"
                    + " only one reading. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Words.Recoveries.OnError onError;

    @Option(
            names = "--on-loss",
            paramLabel = "ACTION",
            defaultValue = "report",
            converter = Words.LossPolicies.class,
            completionCandidates = Words.LossPolicies.class,
            description = "What to do about what does not fit the format: ${COMPLETION-CANDIDATES}. Default:"
                    + " ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private LossPolicy onLoss;

    @Option(
            names = "--escaping",
            paramLabel = "SCHEME",
            converter = Words.Escapings.class,
            completionCandidates = Words.Escapings.class,
            description = "What to make of names that are not legal everywhere: ${COMPLETION-CANDIDATES}. Default:"
                    + " allow-utf-8 where the format can quote them, else underscores.")
    private @Nullable EscapingScheme escaping;

    @Option(
            names = "--start-timestamps",
            paramLabel = "FORM",
            defaultValue = "by-format",
            converter = Words.StartTimestampForms.class,
            completionCandidates = Words.StartTimestampForms.class,
            description = "In what form to write since when counters, histograms and summaries count:"
                    + " ${COMPLETION-CANDIDATES}. created is x_created also in openmetrics-2, which has st@ by its"
                    + " format. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private StartTimestamps startTimestamps;

    @Option(
            names = "--native-histograms",
            paramLabel = "FORM",
            defaultValue = "by-format",
            converter = Words.NativeHistogramForms.class,
            completionCandidates = Words.NativeHistogramForms.class,
            description =
                    "In what form to write native histograms: ${COMPLETION-CANDIDATES}. classic turns their buckets"
                            + " into classic ones; by-format writes them as they are in openmetrics-2, and leaves them out where"
                            + " the format has none. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private NativeHistograms nativeHistograms;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to this file, which is replaced once the result is whole.")
    private @Nullable String output;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write what was lost and what was wrong to this file, as JSON, once the result is whole.")
    private @Nullable String report;

    @Option(
            names = {"-v", "--verbose"},
            description = "Tell all losses, and what was done.")
    private boolean verbose;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|URL|-",
            description = "What to read: a file, compressed with gzip or not; a URL of http or https; - for standard"
                    + " input, which is the default unless it is a keyboard.")
    private @Nullable String input;

    private long problemsTold;

    ConvertCommand(Terminal terminal) {
        this.terminal = terminal;
        this.messages = new Messages(terminal);
    }

    @Override
    public Integer call() {
        Source source = from.source(input, terminal);
        ReadOptions read = unescape.apply(from.readOptions())
                .withRecovery(onError.recovery)
                .withProblemListener(problem -> tell(source, problem));
        WriteOptions write = to.options()
                .escaping(escaping)
                .onLoss(onLoss)
                .startTimestamps(startTimestamps)
                .nativeHistograms(nativeHistograms)
                .build();
        OutputFormat output = output(write);
        refuseNoPlaceForReport();
        Converter converter;
        try {
            converter = Converter.of(read, output).from(mapping.input(from, messages));
        } catch (MappingSyntaxException e) {
            messages.tell(mapping.malformed(e));
            return ExitCode.USAGE;
        } catch (IOException e) {
            messages.tell(Messages.why(e));
            return ExitCode.FAILED;
        }
        // The report's place is tried before the work is done.
        try (Target target = target();
                Target account = report == null ? null : Target.of(from.path(report))) {
            int status = convert(converter, output, source, target, account);
            if (status != ExitCode.DONE && target.isPartlyVisible() && !isReaderGone(target)) {
                messages.tell("what was written to " + target.name() + " is incomplete");
            }
            return status;
        } catch (IOException e) {
            messages.tell(Messages.why(e));
            return ExitCode.FAILED;
        }
    }

    private int convert(
            Converter converter, OutputFormat output, Source source, Target target, @Nullable Target account) {
        try {
            ConversionReport done = converter.convert(source, target.stream());
            target.complete();
            tell(done);
            return account == null ? ExitCode.DONE : write(done, account);
        } catch (ExpositionSyntaxException e) {
            tell(source, e.problem());
            return ExitCode.MALFORMED;
        } catch (ReadLimitException e) {
            messages.tell(source.name() + ": " + Messages.why(e));
            return ExitCode.FAILED;
        } catch (LossRefusedException e) {
            return refused(source, output, e.loss());
        } catch (IOException e) {
            if (target.failure() == null) {
                messages.tell(Messages.why(e));
            } else if (!isReaderGone(target)) {
                messages.tell("cannot write " + target.name() + ": " + Messages.why(e));
            }
            return ExitCode.FAILED;
        } catch (OutOfMemoryError e) {
            messages.tell(source.name() + ": not enough memory; give more with EXPOSIT_JAVA_OPTS=-Xmx1g, or bound what"
                    + " is held with --limit assembled-bytes=SIZE");
            return ExitCode.FAILED;
        }
    }

    private int write(ConversionReport done, Target account) {
        try {
            account.stream().write((done.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
            account.complete();
            return ExitCode.DONE;
        } catch (IOException e) {
            messages.tell("cannot write " + account.name() + ": " + Messages.why(e));
            return ExitCode.FAILED;
        }
    }

    /** Whether whoever read our output has stopped reading, as {@code head} does: nobody is left to be told. */
    private static boolean isReaderGone(Target target) {
        IOException failure = target.failure();
        return failure != null
                && failure.getMessage() != null
                && failure.getMessage().toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    // ---- What is told

    private void tell(Source source, Problem problem) {
        problemsTold++;
        messages.problem(source.name(), problem);
    }

    private int refused(Source source, OutputFormat output, Loss loss) {
        messages.tell(source.name() + ": " + output.id() + " cannot carry all of it: " + loss
                + " (--on-loss report goes on)");
        return ExitCode.LOSS_REFUSED;
    }

    private void tell(ConversionReport report) {
        messages.moreProblems(report.problemCount() - problemsTold);
        messages.losses(report.losses(), verbose);
        if (from.isFiltering() && report.families() == 0) {
            messages.tell("no family has a name given with --only");
        }
        if (verbose) {
            messages.tell("converted " + report.families() + " families with " + report.metrics() + " metrics from "
                    + report.from() + " to " + report.to());
        }
    }

    // ---- What was asked for

    private OutputFormat output(WriteOptions write) {
        if (to.isGraphite() && escaping != null) {
            throw new ParameterException(
                    spec.commandLine(), "--escaping is not for graphite, whose paths have an escaping of their own");
        }
        if (!to.isGraphite() && names.isGiven()) {
            throw new ParameterException(spec.commandLine(), "options for Graphite's paths expect --to graphite");
        }
        try {
            return to.format().apply(write, names.names());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private void refuseNoPlaceForReport() {
        if (report == null) {
            return;
        }
        if (report.equals("-")) {
            throw new ParameterException(
                    spec.commandLine(), "--report expects a file, standard output is the result's");
        }
        if (output != null && place(report).equals(place(output))) {
            throw new ParameterException(
                    spec.commandLine(), "--report expects another file than the result's, got '" + report + "'");
        }
    }

    private Path place(String file) {
        return from.path(file).toAbsolutePath().normalize();
    }

    private Target target() throws IOException {
        return output == null || output.equals("-") ? Target.of(terminal.out()) : Target.of(from.path(output));
    }
}
