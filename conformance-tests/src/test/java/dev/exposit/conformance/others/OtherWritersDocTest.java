package dev.exposit.conformance.others;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.conformance.server.PrometheusFindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The section "Other writers" of docs/interpretation.md has the findings of these tests, each in its words, and no more. */
class OtherWritersDocTest {
    private static final String HEADING = "## Other writers";

    @Test
    void everyFindingIsARow() throws IOException {
        List<String> rows = new ArrayList<>();
        for (JavaClientWriter writer : JavaClientWriter.values()) {
            writer.differences()
                    .forEach(difference -> rows.add(difference.finding().row()));
        }
        JavaClientFindingsTest.ALL.forEach(finding -> rows.add(finding.row()));
        MicrometerTest.ALL.forEach(finding -> rows.add(finding.row()));
        for (ExpfmtFinding finding : ExpfmtFinding.values()) {
            rows.add(finding.finding().row());
        }
        PrometheusFindings.ALL.forEach(finding -> rows.add(finding.row()));
        assertThat(rowsOfTheSection()).containsExactlyElementsOf(rows);
    }

    private static List<String> rowsOfTheSection() throws IOException {
        Path page = Path.of(System.getProperty("exposit.root", ".."), "docs", "interpretation.md");
        String text = Files.readString(page);
        int start = text.indexOf(HEADING);
        assertThat(start).as("the section " + HEADING).isNotNegative();
        int end = text.indexOf("\n## ", start);
        return (end < 0 ? text.substring(start) : text.substring(start, end))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what") && !line.startsWith("| ---"))
                .toList();
    }
}
