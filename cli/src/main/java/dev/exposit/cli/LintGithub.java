package dev.exposit.cli;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.lint.LintReport;
import dev.exposit.model.Location;
import dev.exposit.model.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Findings as workflow commands of GitHub Actions, which shows them beside the lines of a change. */
final class LintGithub implements LintOutput {
    private final Writer out;

    LintGithub(OutputStream out) {
        this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }

    @Override
    public void checked(String file, LintReport report) throws IOException {
        for (Problem problem : report.problems()) {
            write(file, problem, problem.message());
        }
        long more = report.problemCount() - report.problems().size();
        if (more > 0) {
            out.write("::notice file=" + property(file) + "::and " + more + " more problems\n");
        }
        out.flush();
    }

    @Override
    public void unreadable(String file, @Nullable ExpositionFormat format, Problem why) throws IOException {
        write(file, why, why.got());
        out.flush();
    }

    private void write(String file, Problem problem, String message) throws IOException {
        Location location = problem.location();
        out.write("::" + problem.severity().name().toLowerCase(Locale.ROOT) + " file=" + property(file));
        if (location.line() > 0) {
            out.write(",line=" + location.line() + ",col=" + location.column());
        }
        out.write(",title=" + property(problem.code()) + "::" + data(message) + "\n");
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
