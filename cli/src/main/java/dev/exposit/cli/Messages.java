package dev.exposit.cli;

import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.Problem;
import dev.exposit.parser.ReadLimitException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;

/** What the user is told on standard error. */
final class Messages {
    /** How many losses are told unless all are asked for. */
    private static final int LOSSES = 20;

    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String GREEN = "\u001b[1;32m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream err;
    private final boolean color;

    Messages(Terminal terminal) {
        this.err = terminal.err();
        this.color = terminal.color();
    }

    /** Something about the run as a whole. */
    void tell(String message) {
        err.println("exposit: " + message);
    }

    /** A problem with the line it is in: place, severity, code and message, then the line and a caret. */
    void problem(String source, Problem problem) {
        boolean error = problem.severity() == Problem.Severity.ERROR;
        String severity = error ? painted(RED, "error") : painted(YELLOW, "warning");
        String line = problem.excerptWithCaret();
        int caret = line.length() - 1;
        err.println(source + ':' + problem.location().line() + ':'
                + problem.location().column() + ": " + severity
                + ": " + problem.code() + ": " + problem.message() + System.lineSeparator()
                + line.substring(0, caret) + painted(GREEN, line.substring(caret)));
    }

    /** Says how many problems were not told. */
    void moreProblems(long count) {
        if (count > 0) {
            tell("and " + count + " more problems");
        }
    }

    /** What was lost, a line for each entry. */
    void losses(LossReport report, boolean all) {
        List<Loss> losses = report.losses();
        List<Loss> told = all ? losses : losses.subList(0, Math.min(LOSSES, losses.size()));
        told.forEach(loss -> err.println("lost: " + loss));
        long more = report.total() - told.stream().mapToLong(Loss::count).sum();
        if (more > 0) {
            err.println("lost: and " + more + " more"
                    + (told.size() < losses.size() ? ", all of them with --verbose" : ""));
        }
    }

    private String painted(String paint, String text) {
        return color ? paint + text + PLAIN : text;
    }

    /** Which limit was exceeded, and how to raise it. */
    static String why(ReadLimitException e) {
        String limit = Limit.nameOf(e.limit());
        return "more than the limit " + limit + " = " + e.value() + " allows; raise it with --limit " + limit + "=SIZE";
    }

    /** Why reading or writing failed; the JDK's messages about files are often but the name. */
    static String why(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (e instanceof FileSystemException file) {
            return file.getFile() + ": " + Objects.requireNonNullElse(file.getReason(), "cannot be used");
        }
        return Objects.requireNonNullElse(e.getMessage(), e.toString());
    }
}
