package dev.exposit.cli;

import static dev.exposit.cli.Run.exposit;
import static dev.exposit.cli.Run.withInput;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code convert --report}. */
class ReportTest {
    /** OpenMetrics 1.0 cannot have both, and one line is malformed. */
    private static final String TEXT = "# TYPE a gauge\na 1\n# TYPE a_total counter\na_total 2\nb{x=\"1\" 2\n";

    @TempDir
    Path folder;

    private Path report() {
        return folder.resolve("report.json");
    }

    private Run convert(String input, String... more) {
        Stream<String> args = Stream.of("convert", "--to", "openmetrics-1", "--report", report().toString());
        return withInput(input).with(Stream.concat(args, Stream.of(more)).toArray(String[]::new));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void tellsWhatTheConversionDid() throws IOException {
        Run run = convert(TEXT, "--on-error", "skip-line");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("a_total 2.0\n").endsWith("# EOF\n");
        assertThat(Files.readString(report()))
                .isEqualTo(String.join(
                        "",
                        "{\"from\":\"prometheus-text\",\"to\":\"openmetrics-1\",\"families\":2,\"metrics\":2,",
                        "\"losses\":[{\"kind\":\"type\",\"family\":\"a_total\",",
                        "\"detail\":\"counter written as unknown: name a belongs to family a\",\"count\":1}],\"lossCount\":1,",
                        "\"problems\":[{\"code\":\"UNTERMINATED_LABELS\",\"severity\":\"error\",\"line\":5,\"column\":9,\"offset\":60,",
                        "\"message\":\"expected ',' or '}', got '2'\",\"expected\":\"',' or '}'\",\"got\":\"'2'\",\"excerpt\":\"b{x=\\\"1\\\" 2\"}],",
                        "\"problemCount\":1}\n"));
    }

    @Test
    void isEmptyWhereNothingWasLost() throws IOException {
        Run run = convert("a 1\n", "-o", folder.resolve("a.om").toString());
        assertThat(run.err()).isEmpty();
        assertThat(Files.readString(report())).isEqualTo("""
                {"from":"prometheus-text","to":"openmetrics-1","families":1,"metrics":1,"losses":[],"lossCount":0,\
                "problems":[],"problemCount":0}
                """);
        assertThat(files()).containsExactly(folder.resolve("a.om"), report());
    }

    @Test
    void countsTheProblemsThatAreNotKept() throws IOException {
        assertThat(convert("}\n}\n}\na 1\n", "--on-error", "skip-line", "--limit", "problems=1")
                        .status())
                .isZero();
        assertThat(Files.readString(report())).containsOnlyOnce("\"code\":").endsWith("\"problemCount\":3}\n");
    }

    @Test
    void isNotWrittenWhereTheConversionFails() throws IOException {
        Files.writeString(report(), "earlier");
        assertThat(convert(TEXT).status()).isEqualTo(1);
        assertThat(Files.readString(report())).isEqualTo("earlier");
        assertThat(files()).containsExactly(report());
    }

    @Test
    void placeThatCannotBeWrittenIsToldBeforeAnythingIsDone() {
        Run run = withInput("a 1\n")
                .with(
                        "convert",
                        "--to",
                        "openmetrics-1",
                        "--report",
                        folder.resolve("none/r.json").toString());
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("cannot be written, the folder is missing");
    }

    @Test
    void failureToWriteItDoesNotSpoilTheResult() {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Run run = withInput("a 1\n").with("convert", "--to", "openmetrics-1", "--report", full.toString());
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.out()).endsWith("# EOF\n");
        assertThat(run.err()).startsWith("exposit: cannot write /dev/full: ").doesNotContain("incomplete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "RESULT"})
    void needsAFileOfItsOwn(String place) throws IOException {
        String result = folder.resolve("a.om").toString();
        Run run = exposit(
                "convert", "--to", "openmetrics-1", "-o", result, "--report", place.replace("RESULT", result), "x");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("exposit: --report expects ");
        assertThat(files()).isEmpty();
    }
}
