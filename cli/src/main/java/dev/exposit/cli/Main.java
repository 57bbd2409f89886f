package dev.exposit.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code exposit}. */
@Command(
        name = "exposit",
        description = "Reads, writes and converts metric exposition formats.",
        versionProvider = Main.Version.class,
        footerHeading = "%nMore about a command: exposit COMMAND --help%n")
public final class Main {
    /** Of every command. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("unused")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print version information and exit.")
    @SuppressWarnings("unused")
    private boolean version;

    private Main() {}

    /** Runs the command that the arguments name, and ends the process with its exit status. */
    public static void main(String[] args) {
        System.exit(run(Terminal.ofProcess(), args));
    }

    /** Runs the command that the arguments name, and answers its exit status. */
    static int run(Terminal terminal, String... args) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
        CommandLine program = new CommandLine(new Main())
                .addSubcommand(new ConvertCommand(terminal))
                .addSubcommand(new LintCommand(terminal))
                .addSubcommand(new DiffCommand(terminal))
                .addSubcommand(new GraphiteCommand(terminal))
                .addSubcommand(new CompletionCommand())
                .setOut(out)
                .setErr(new PrintWriter(new OutputStreamWriter(terminal.err(), StandardCharsets.UTF_8), true))
                // A file's name may begin with @.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((e, given) -> wrongUsage(e))
                .setExecutionExceptionHandler((e, command, given) -> {
                    terminal.err().println("exposit: internal error, please report it");
                    e.printStackTrace(terminal.err());
                    return ExitCode.FAILED;
                });
        int status = program.execute(args);
        out.flush();
        return status;
    }

    private static int wrongUsage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("exposit: " + e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            CommandLine.Help help = command.getHelp();
            err.println("Usage: " + help.synopsis("Usage: ".length()).stripTrailing());
        }
        err.println("More: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"exposit " + Objects.requireNonNullElse(version, "(not packaged)")};
        }
    }
}
