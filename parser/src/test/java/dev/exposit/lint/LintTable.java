package dev.exposit.lint;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Tables of test cases: columns between tabs, {@code \n} for a line feed, {@code ##} before a comment. */
final class LintTable {
    private LintTable() {}

    static List<List<String>> rows(String file) {
        try (InputStream in = LintTable.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + file);
            }
            List<List<String>> rows = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.startsWith("##")) {
                    rows.add(Arrays.asList(line.split("\t", -1)));
                }
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ExpositionFormat format(String column) {
        return switch (column) {
            case "om" -> ExpositionFormat.OPENMETRICS_1;
            case "om2" -> ExpositionFormat.OPENMETRICS_2;
            case "prom" -> ExpositionFormat.PROMETHEUS_TEXT;
            default -> throw new IllegalStateException(column);
        };
    }

    static byte[] bytes(String column) {
        return column.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Where a rule found fault, as {@code line:column} with blanks between, or {@code -}. */
    static String places(LintReport report, String code) {
        List<Problem> found = report.problems().stream()
                .filter(problem -> problem.code().equals(code))
                .toList();
        return found.isEmpty()
                ? "-"
                : found.stream()
                        .map(p -> p.location().line() + ":" + p.location().column())
                        .collect(Collectors.joining(" "));
    }
}
