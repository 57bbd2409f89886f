package dev.exposit.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts of others on their own inputs, which lie beside the project. */
class OutsideCasesTest {
    /** Newer scrapers read quoted names; 2.42 misreads leading blanks and refuses the specification's own timestamp. */
    private static final List<String> ASIDE =
            List.of("UTF-8 quoted", "quoted label", "ts neg", "many spaces", "leading space");

    static List<List<String>> suite() {
        return LintTable.rows("openmetrics-suite.tsv");
    }

    private static Path shared(String name) {
        Path path = Path.of(System.getProperty("exposit.shared", "../../shared"), name);
        assumeTrue(Files.exists(path), () -> "skipped: there is no " + path + "; -Dexposit.shared=FOLDER");
        return path;
    }

    @ParameterizedTest
    @MethodSource("suite")
    void suiteOfOpenMetricsAgreesAndEachRefusalHasItsCode(List<String> row) throws IOException {
        Path folder = shared("suites/openmetrics").resolve(row.get(0));
        LintReport report = Lint.check(
                Files.readAllBytes(folder.resolve("metrics")), ReadOptions.of(ExpositionFormat.OPENMETRICS_1));
        boolean shouldParse = Files.readString(folder.resolve("test.json")).contains("\"shouldParse\": true");
        assertThat(report.valid()).isEqualTo(shouldParse);
        Problem first = report.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .findFirst()
                .orElse(null);
        String code = first == null ? "-" : first.code();
        String place = first == null
                ? "-"
                : first.location().line() + ":" + first.location().column();
        assertThat(List.of(code, place)).isEqualTo(row.subList(1, 3));
    }

    @Test
    void suiteIsWhole() throws IOException {
        try (var folders = Files.list(shared("suites/openmetrics"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            suite().stream().map(row -> row.get(0)).toList());
        }
    }

    @Test
    void scraperAgreesOnPrometheusText() throws IOException {
        List<String> judged = new ArrayList<>();
        List<String> disagreeing = new ArrayList<>();
        for (String row : Files.readAllLines(shared("suites/verdicts.jsonl"))) {
            String name = field(row, "case");
            boolean text = row.contains("\"content_type\": \"text/plain");
            if (text && ASIDE.stream().noneMatch(name::startsWith)) {
                judged.add(name);
                byte[] body = Base64.getDecoder().decode(field(row, "body_base64"));
                ReadOptions options =
                        ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT).withDialect(Dialect.PROMETHEUS);
                if (Lint.check(body, options).valid() != field(row, "scraper").equals("accept")) {
                    disagreeing.add(name);
                }
            }
        }
        assertThat(judged).hasSizeGreaterThan(50);
        assertThat(disagreeing).isEmpty();
    }

    /** A field whose value has no escapes. */
    private static String field(String row, String name) {
        String before = "\"" + name + "\": \"";
        int from = row.indexOf(before) + before.length();
        return row.substring(from, row.indexOf('"', from));
    }
}
