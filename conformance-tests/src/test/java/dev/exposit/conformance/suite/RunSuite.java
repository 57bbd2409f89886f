package dev.exposit.conformance.suite;

import dev.exposit.conformance.suite.SuiteCase.Strictness;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a suite against any implementation that is a command; {@code run-suite} starts it. */
final class RunSuite {
    private static final String USAGE = """
            usage: run-suite [--model|--batch] [--without-rules] [--timeout SECONDS] SUITE -- COMMAND [ARG…]

            SUITE is a format (openmetrics-2, …) or a folder of cases. COMMAND gets each case's exposition on its
            standard input and says by its exit status what it thinks of it: 0 valid, else invalid.

              --model            COMMAND prints what it read as JSON, which is compared too; see suite/README.md
              --batch            COMMAND is started once: it gets a file name in each line of its standard input, and
                                 answers each with the line "valid" or "invalid"
              --without-rules    leave out the invalid cases that can be read, and contradict themselves or their types
              --timeout SECONDS  how long COMMAND may take for one case; 10 unless told

            Exit status: 0 all passed, 1 some failed, 2 wrong usage, 4 COMMAND or a case cannot be run.""";

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int BROKEN = 4;

    private Strictness strictness = Strictness.VERDICT;
    private boolean batch;
    private boolean rules = true;
    private Duration timeout = Duration.ofSeconds(10);
    private Path folder = Path.of("");

    private RunSuite() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream error = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, error));
    }

    /** The exit status. */
    static int run(List<String> arguments, PrintStream out, PrintStream error) {
        RunSuite run = new RunSuite();
        int dashes = arguments.indexOf("--");
        if (dashes < 0 || dashes + 1 == arguments.size() || !run.understands(arguments.subList(0, dashes))) {
            error.println(USAGE);
            return WRONG_USAGE;
        }
        try {
            return run.run(arguments.subList(dashes + 1, arguments.size()), out);
        } catch (IOException e) {
            error.println("run-suite: " + e.getMessage());
            return BROKEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return BROKEN;
        }
    }

    private boolean understands(List<String> options) {
        boolean found = false;
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            if (option.equals("--model")) {
                strictness = Strictness.MODEL;
            } else if (option.equals("--batch")) {
                batch = true;
            } else if (option.equals("--without-rules")) {
                rules = false;
            } else if (option.equals("--timeout") && i + 1 < options.size()) {
                i++;
                if (!options.get(i).matches("[1-9][0-9]{0,4}")) {
                    return false;
                }
                timeout = Duration.ofSeconds(Long.parseLong(options.get(i)));
            } else if (!option.startsWith("-") && !found) {
                found = true;
                Path ours = Suite.FOLDER.resolve(option);
                folder = Files.isDirectory(ours) ? ours : Path.of(option);
            } else {
                return false;
            }
        }
        return found && !(batch && strictness == Strictness.MODEL);
    }

    private int run(List<String> command, PrintStream out) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no suite " + folder);
        }
        Suite suite = Suite.in(folder);
        List<SuiteCase> cases = suite.cases().stream()
                .filter(one -> rules || one.valid() || !suite.isForRules(one))
                .toList();
        if (cases.isEmpty()) {
            throw new IOException("there are no cases in " + folder);
        }
        List<Verdict> verdicts = verdicts(command, cases);
        int count = cases.size();
        int passed = 0;
        boolean accepted = false;
        for (int i = 0; i < count; i++) {
            accepted |= verdicts.get(i) instanceof Verdict.Accepted;
            Optional<String> mistake = cases.get(i).mistake(verdicts.get(i), strictness);
            if (mistake.isEmpty()) {
                passed++;
            } else {
                out.println("FAIL " + cases.get(i).name() + ": " + mistake.get().replace("\n", "\n     "));
            }
        }
        if (!accepted) {
            out.println("the command accepted nothing at all; does it run?");
        }
        out.println("passed " + passed + " of " + count);
        return passed == count ? 0 : FAILED;
    }

    private List<Verdict> verdicts(List<String> command, List<SuiteCase> cases)
            throws IOException, InterruptedException {
        if (batch) {
            return new BatchReader(command, timeout.multipliedBy(cases.size()))
                    .read(cases.stream().map(SuiteCase::input).toList());
        }
        CommandReader reader = new CommandReader(command, strictness == Strictness.MODEL, timeout);
        List<Verdict> verdicts = new ArrayList<>();
        for (SuiteCase one : cases) {
            verdicts.add(reader.read(one.input()));
        }
        return verdicts;
    }
}
