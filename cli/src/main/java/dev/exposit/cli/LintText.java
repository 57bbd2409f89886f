package dev.exposit.cli;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.lint.LintReport;
import dev.exposit.model.Problem;
import org.jspecify.annotations.Nullable;

/** Findings for people: each with its line and a caret, then how many there are. */
final class LintText implements LintOutput {
    private final Messages messages;

    LintText(Messages messages) {
        this.messages = messages;
    }

    @Override
    public void checked(String file, LintReport report) {
        for (Problem problem : report.problems()) {
            if (problem.location().line() > 0) {
                messages.problem(file, problem);
            } else {
                messages.tell(file + ": " + problem.code() + ": " + problem.message());
            }
        }
        messages.moreProblems(report.problemCount() - report.problems().size());
        String read =
                count(report.families(), "family", "families") + " with " + count(report.samples(), "sample", "samples")
                        + " in " + report.format().id();
        String found = report.clean()
                ? "clean"
                : count(report.errorCount(), "error", "errors") + ", "
                        + count(report.warningCount(), "warning", "warnings");
        messages.tell(file + ": " + found + "; " + read);
    }

    private static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    @Override
    public void unreadable(String file, @Nullable ExpositionFormat format, Problem why) {
        messages.tell(why.got());
    }

    @Override
    public void close() {}
}
