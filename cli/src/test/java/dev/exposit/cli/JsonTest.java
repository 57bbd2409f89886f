package dev.exposit.cli;

import static dev.exposit.cli.Run.exposit;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON in and out of the commands. */
class JsonTest {
    private static final String TEXT = """
            # HELP a_total Things.
            # TYPE a_total counter
            a_total{l="x"} 1
            # TYPE b gauge
            b 2.5
            """;
    private static final String FIRST =
            "{\"name\":\"a_total\",\"help\":\"Things.\",\"type\":\"COUNTER\",\"metrics\":[{\"labels\":{\"l\":\"x\"},\"value\":\"1\"}]}";
    private static final String SECOND =
            "{\"name\":\"b\",\"help\":\"\",\"type\":\"GAUGE\",\"metrics\":[{\"value\":\"2.5\"}]}";
    private static final String ARRAY = "[\n" + FIRST + ",\n" + SECOND + "\n]\n";
    private static final String LINES = FIRST + "\n" + SECOND + "\n";

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void isWrittenAsAnArrayOrALineAFamily() {
        assertThat(Run.withInput(TEXT).with("convert", "--to", "json").out()).isEqualTo(ARRAY);
        assertThat(Run.withInput(TEXT).with("convert", "--to", "json-lines").out())
                .isEqualTo(LINES);
    }

    @Test
    void isReadInEitherFormNamedOrNot() throws IOException {
        for (String json : new String[] {ARRAY, LINES}) {
            String file = file("metrics.json", json);
            assertThat(exposit("convert", "--from", "json", "--to", "prometheus-text", file)
                            .out())
                    .isEqualTo(TEXT);
            assertThat(exposit("convert", "--to", "prometheus-text", file).out())
                    .isEqualTo(TEXT);
            assertThat(Run.withInput(json)
                            .with("convert", "--to", "openmetrics-1", "--on-error", "skip-line")
                            .out())
                    .endsWith("# EOF\n");
        }
    }

    @Test
    void isReported() throws IOException {
        Run run = exposit("convert", "-v", "--to", "json-lines", file("metrics.json", ARRAY));
        assertThat(run.err()).contains("converted 2 families with 2 metrics from json to json-lines");
    }

    @Test
    void malformedHasItsPlace() throws IOException {
        String file = file("metrics.json", ARRAY.replace("\"2.5\"", "\"two\""));

        Run failing = exposit("convert", "--to", "prometheus-text", file);
        Run skipping = exposit("convert", "--to", "prometheus-text", "--on-error", "skip-line", file);

        assertThat(failing.status()).isEqualTo(1);
        assertThat(failing.err())
                .contains(":3:58: error: INVALID_VALUE: expected a number, got 'two'")
                .doesNotContain("\tat ");
        assertThat(skipping.status()).isZero();
        assertThat(skipping.out()).endsWith("a_total{l=\"x\"} 1\n# TYPE b gauge\n");
    }

    @Test
    void lintRefusesIt() throws IOException {
        for (String json : new String[] {ARRAY, LINES}) {
            Run run = exposit("lint", "--json", file("metrics.json", json));
            assertThat(run.status()).isEqualTo(4);
            assertThat(run.out())
                    .contains("\"UNSUPPORTED_FORMAT\"", "lint reads Prometheus text and OpenMetrics text, got json");
        }
        assertThat(exposit("lint", "--from", "json", file("metrics.json", ARRAY))
                        .err())
                .contains("lint reads Prometheus text and OpenMetrics text, got json");
    }

    @Test
    void diffReadsIt() throws IOException {
        String json = file("metrics.json", ARRAY);
        String text = file("metrics.prom", TEXT);

        assertThat(exposit("diff", json, text).status()).isZero();
        assertThat(exposit("diff", "--from-a", "json", json, file("other.prom", TEXT.replace("2.5", "3")))
                        .out())
                .isEqualTo("~ b value: 2.5 -> 3\n");
    }

    @Test
    void lossesAreRefusedOnRequest() {
        Run run = Run.withInput("# TYPE \"a.b\" gauge\n{\"a.b\"} 1\n")
                .with("convert", "--to", "json", "--escaping", "underscores", "--on-loss", "fail");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("json cannot carry all of it");
    }
}
