package dev.exposit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/lint.md} to the rules; with {@code -Dexposit.update=true} it writes the file. */
class LintDocTest {
    private static final Path ROOT = Path.of(System.getProperty("exposit.root", ".."));

    @Test
    void docsAreNotStale() throws IOException {
        Path file = ROOT.resolve("docs/lint.md");
        String text = text();
        if (Boolean.getBoolean("exposit.update")) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file))
                .as("docs/lint.md; write it with -Dexposit.update=true")
                .isEqualTo(text);
    }

    private static String text() throws IOException {
        StringBuilder out = new StringBuilder("""
                # What lint finds

                Generated from `LintRule` and `ErrorCode`; a test holds this page to them.

                `exposit lint` and `dev.exposit.lint.Lint` read on behind what is wrong and list it all. Codes are stable. What a
                specification demands is an error in its format, what it recommends a warning. In dialect `prometheus` an error is
                only what the Prometheus scraper refuses; it refuses none of the rules in the first table.

                "OpenMetrics" without a number is both 1.0 and 2.0. An exemplar that a reader of OpenMetrics 2.0 drops because it
                is malformed is an error here, though the exposition is none the worse for it.

                What cannot be read at all has the code `IO_ERROR`, what is larger than a limit `LIMIT_EXCEEDED`, both in line 0.

                ## Rules over several lines, and over values by their type

                | code | OpenMetrics 1.0 | OpenMetrics 2.0 | Prometheus text | rule | from |
                | --- | --- | --- | --- | --- | --- |
                """);
        for (LintRule rule : LintRule.values()) {
            out.append("| `")
                    .append(rule)
                    .append("` | ")
                    .append(severity(rule, ExpositionFormat.OPENMETRICS_1))
                    .append(" | ")
                    .append(severity(rule, ExpositionFormat.OPENMETRICS_2))
                    .append(" | ")
                    .append(severity(rule, ExpositionFormat.PROMETHEUS_TEXT))
                    .append(" | ")
                    .append(rule.help())
                    .append(" | ")
                    .append(rule.reference())
                    .append(" |\n");
        }
        out.append("""

                ## What a line shows, or a family in the making

                These are the reader's codes, the same in every use of the library. Some of them are warnings where the text has but
                one reading.

                | code | what is wrong |
                | --- | --- |
                """);
        String source = Files.readString(ROOT.resolve("parser/src/main/java/dev/exposit/parser/ErrorCode.java"));
        for (ErrorCode code : ErrorCode.values()) {
            out.append("| `")
                    .append(code)
                    .append("` | ")
                    .append(javadoc(source, code))
                    .append(" |\n");
        }
        return out.toString();
    }

    private static String severity(LintRule rule, ExpositionFormat format) {
        Optional<Severity> severity = rule.severity(format, Dialect.SPEC);
        return severity.map(it -> it.name().toLowerCase(Locale.ROOT)).orElse("–");
    }

    /** The one line of Javadoc above a constant. */
    private static String javadoc(String source, ErrorCode code) {
        int constant = source.indexOf("\n    " + code.name());
        while (Character.isJavaIdentifierPart(
                source.charAt(constant + 5 + code.name().length()))) {
            constant = source.indexOf("\n    " + code.name(), constant + 1);
        }
        int end = source.lastIndexOf(" */", constant);
        int start = source.lastIndexOf("/** ", constant) + "/** ".length();
        return source.substring(start, end)
                .replace("{@code ", "`")
                .replace("}", "`")
                .replace("|", "\\|")
                .replace("\n     * ", " ");
    }
}
