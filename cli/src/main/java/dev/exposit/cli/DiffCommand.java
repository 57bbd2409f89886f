package dev.exposit.cli;

import dev.exposit.convert.InputFormat;
import dev.exposit.convert.Source;
import dev.exposit.graphite.MappingSyntaxException;
import dev.exposit.model.DiffOptions;
import dev.exposit.model.Difference;
import dev.exposit.model.MetricDiff;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

/** {@code exposit diff}. */
@Command(
        name = "diff",
        description = {
            "Compares two expositions by meaning, also across formats.",
            "Order and spelling do not matter. Each difference is a line on standard output: - before what only A has,"
                    + " + before what only B has, ~ before what changed."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:no differences",
            "1:differences",
            "2:the command line or the mapping is wrong",
            "3:an input is malformed",
            "4:reading or writing failed, or a limit was exceeded"
        })
final class DiffCommand implements Callable<Integer> {
    // As diff and cmp have it, 1 is a difference; what is malformed takes the next number that is free.
    private static final int DIFFERENT = 1;
    private static final int MALFORMED = 3;

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

    @Option(
            names = "--from-a",
            paramLabel = "FORMAT",
            converter = Formats.ToRead.class,
            completionCandidates = Formats.ToRead.class,
            description = "Format of A, if --from is not that of both.")
    private Formats.@Nullable ReadFormat fromA;

    @Option(
            names = "--from-b",
            paramLabel = "FORMAT",
            converter = Formats.ToRead.class,
            completionCandidates = Formats.ToRead.class,
            description = "Format of B, if --from is not that of both.")
    private Formats.@Nullable ReadFormat fromB;

    @Option(
            names = "--ignore",
            paramLabel = "WHAT",
            split = ",",
            converter = Leniency.Ignored.class,
            completionCandidates = Leniency.Ignored.class,
            description = "Do not compare this: ${COMPLETION-CANDIDATES}, followed by a label's name. Series that"
                    + " become the same without the label are matched by their values. May be given several times, or"
                    + " with commas.")
    private List<Leniency> ignored = new ArrayList<>();

    @Option(
            names = "--tolerance",
            paramLabel = "NUMBER|PERCENT%",
            split = ",",
            converter = Leniency.Tolerance.class,
            description = "How far two numbers may be apart, absolutely or as a part of the larger one; of both the"
                    + " larger holds. Default: 0.")
    private List<Leniency> tolerances = new ArrayList<>();

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "What to compare: a file, compressed with gzip or not; a URL of http or https; - for standard"
                    + " input.")
    @SuppressWarnings("NullAway.Init")
    private String a;

    @Parameters(index = "1", paramLabel = "B", description = "What to compare it with, likewise.")
    @SuppressWarnings("NullAway.Init")
    private String b;

    DiffCommand(Terminal terminal) {
        this.terminal = terminal;
        this.messages = new Messages(terminal);
    }

    @Override
    public Integer call() {
        if (a.equals("-") && b.equals("-")) {
            throw new ParameterException(spec.commandLine(), "expected standard input for A or B, got it for both");
        }
        DiffOptions options = DiffOptions.defaults();
        for (Leniency leniency : ignored) {
            options = leniency.apply(options);
        }
        for (Leniency leniency : tolerances) {
            options = leniency.apply(options);
        }
        Source sourceA = from.source(a, terminal);
        Source sourceB = from.source(b, terminal);
        Formats.ReadFormat formatA = fromA == null ? from.from() : fromA;
        Formats.ReadFormat formatB = fromB == null ? from.from() : fromB;
        Source reading = sourceA;
        try {
            InputFormat lines = mapping.graphite(isGraphite(formatA) || isGraphite(formatB), from, messages);
            MetricSet left = read(sourceA, formatA, lines);
            reading = sourceB;
            MetricSet right = read(sourceB, formatB, lines);
            if (from.isFiltering()
                    && left.families().isEmpty()
                    && right.families().isEmpty()) {
                messages.tell("no family has a name given with --only");
            }
            return print(MetricDiff.between(left, right, options));
        } catch (ExpositionSyntaxException e) {
            messages.problem(reading.name(), e.problem());
            return MALFORMED;
        } catch (MappingSyntaxException e) {
            messages.tell(mapping.malformed(e));
            return ExitCode.USAGE;
        } catch (ReadLimitException e) {
            messages.tell(reading.name() + ": " + Messages.why(e));
            return ExitCode.FAILED;
        } catch (IOException e) {
            messages.tell(Messages.why(e));
            return ExitCode.FAILED;
        } catch (OutOfMemoryError e) {
            messages.tell("not enough memory to hold both; give more with EXPOSIT_JAVA_OPTS=-Xmx1g, or compare some"
                    + " families with --only NAME");
            return ExitCode.FAILED;
        }
    }

    private static boolean isGraphite(Formats.@Nullable ReadFormat format) {
        return format != null && format.isGraphite();
    }

    private MetricSet read(Source source, Formats.@Nullable ReadFormat format, InputFormat lines) throws IOException {
        ReadOptions options = unescape.apply(from.readOptions())
                .withFormat(format == null ? null : format.exposition())
                .withProblemListener(problem -> messages.problem(source.name(), problem));
        return source.read(isGraphite(format) ? lines : InputFormat.ofExpositions(), options);
    }

    private int print(MetricDiff diff) {
        // Not closed: standard output stays open.
        Writer out = new BufferedWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
        try {
            for (Difference difference : diff.differences()) {
                out.write(printable(difference.toString()));
                out.write('\n');
            }
            out.flush();
        } catch (IOException e) {
            // Whoever read our output has stopped, as head does: nobody is left to be told.
            if (!String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe")) {
                messages.tell("cannot write standard output: " + Messages.why(e));
            }
            return ExitCode.FAILED;
        }
        return diff.isEmpty() ? ExitCode.DONE : DIFFERENT;
    }

    /** Expositions are strangers': nothing of theirs shall move the cursor of a terminal or end a line. */
    private static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
