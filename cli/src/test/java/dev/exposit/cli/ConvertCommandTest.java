package dev.exposit.cli;

import static dev.exposit.cli.Run.exposit;
import static dev.exposit.cli.Run.withInput;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options do, and with which status the command ends. */
class ConvertCommandTest {
    private static final String TEXT = "# TYPE a_total counter\na_total 1\nb 2\n";
    private static final String OPEN_METRICS = """
            # TYPE a counter
            a_total 1.0
            # TYPE b unknown
            b 2.0
            # EOF
            """;
    /** OpenMetrics 1.0 cannot have both. */
    private static final String CLASHING =
            "# TYPE a_bytes gauge\na_bytes 1\n# TYPE a_bytes_total counter\na_bytes_total 2\n";

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static void assertDone(Run run, String out) {
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(out);
        assertThat(run.status()).isZero();
    }

    // ---- Input

    @Test
    void protobufIsReadAsItComes() {
        assertDone(
                withInput("\u0012\n\u0001a\u0018\u0001\"\u000b\u0012\t\t\u0000\u0000\u0000\u0000\u0000\u0000\u0000@")
                        .with("convert", "--to", "prometheus-text"),
                """
                # TYPE a gauge
                a 2
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: \"a\"\ntype: GAUGE\nmetric: <\n  gauge: <\n    value: 2\n  >\n>\n\n",
                "name:\"a\" type:GAUGE metric:<gauge:<value:2 > > \n"
            })
    void protobufInTextIsReadAsItComes(String text) {
        assertDone(withInput(text).with("convert", "--to", "prometheus-text"), """
                # TYPE a gauge
                a 2
                """);
    }

    /** A counter without its suffix, in the one field of the set, as it is written and as it is recognised. */
    @Test
    void openMetricsProtobufIsWrittenAndReadAsItComes() {
        String set =
                "\n\u0018\n\u0001a\u0010\u0002*\u0011\u0012\u000f\u001a\r\t\u0000\u0000\u0000\u0000\u0000\u0000\u0000@"
                        + "\u001a\u0002\b\u0005";
        String text = """
                # TYPE a counter
                a_total 2.0
                a_created 5
                # EOF
                """;
        assertDone(withInput(text).with("convert", "--to", "openmetrics-protobuf"), set);
        assertDone(withInput(set).with("convert", "--to", "openmetrics-1"), text);
    }

    @Test
    void fileIsConverted() throws IOException {
        assertDone(exposit("convert", "--to", "openmetrics-1", file("x.prom", TEXT)), OPEN_METRICS);
    }

    @Test
    void fileMayBeCompressed() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(TEXT.getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("x.prom.gz"), gzip.toByteArray());
        assertDone(exposit("convert", "--to", "openmetrics-1", file.toString()), OPEN_METRICS);
        assertDone(withInput(gzip.toByteArray()).with("convert", "--to", "openmetrics-1"), OPEN_METRICS);
    }

    @Test
    void standardInputIsConvertedByNameAndByDefault() {
        assertDone(withInput(TEXT).with("convert", "--to", "openmetrics-1", "-"), OPEN_METRICS);
        assertDone(withInput(TEXT).with("convert", "--to", "openmetrics-1"), OPEN_METRICS);
    }

    @Test
    void nameOfAFileMayBeginWithAnAt() throws IOException {
        String file = file("@x", TEXT);
        Path relative = Path.of("").toAbsolutePath().relativize(Path.of(file));
        assertDone(exposit("convert", "--to", "openmetrics-1", relative.toString()), OPEN_METRICS);
        assertThat(exposit("convert", "--to", "openmetrics-1", "@none").err())
                .isEqualTo("exposit: @none: no such file or folder\n");
    }

    @Test
    void formatIsRecognisedOrGiven() {
        assertThat(withInput(OPEN_METRICS)
                        .with("convert", "--to", "prometheus-text")
                        .out())
                .isEqualTo("# TYPE a_total counter\na_total 1\nb 2\n");
        Run run = withInput(TEXT).with("convert", "--from", "openmetrics-1", "--to", "prometheus-text");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("<stdin>:");
    }

    @Test
    void emptyInputIsAnEmptyExposition() {
        assertDone(withInput("").with("convert", "--to", "openmetrics-1"), "# EOF\n");
    }

    // ---- Malformed input

    @Test
    void malformedInputIsShownWithACaret() throws IOException {
        String file = file("x.prom", "a 1\nb{x=\"1\" 2\nc 3\n");
        Run run = exposit("convert", "--to", "prometheus-text", file);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith(file + ":2:9: error: ")
                .endsWith(System.lineSeparator() + "b{x=\"1\" 2\n        ^\n");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void malformedLineIsSkippedOnRequest() {
        Run run = withInput("a 1\nb{x=\"1\" 2\nb 3\n")
                .with("convert", "--to", "prometheus-text", "--on-error", "skip-line");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("a 1\n", "b 3\n");
        assertThat(run.err()).startsWith("<stdin>:2:9: error: ").hasLineCount(3);
    }

    @Test
    void familyOfAMalformedLineIsSkippedOnRequest() {
        Run run = withInput("# TYPE b gauge\nb{x=\"1\" 2\nb 3\n# TYPE a gauge\na 1\n")
                .with("convert", "--to", "prometheus-text", "--on-error", "skip-family");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("a 1\n").doesNotContain("b 3");
        assertThat(run.err()).startsWith("<stdin>:2:9: error: ");
    }

    @Test
    void problemsAreToldUpToABound() {
        Run run = withInput("}\n}\n}\na 1\n")
                .with("convert", "--to", "openmetrics-1", "--on-error", "skip-line", "--limit", "problems=1");
        assertThat(run.status()).isZero();
        assertThat(run.err())
                .startsWith("<stdin>:1:1: error: ")
                .endsWith("exposit: and 2 more problems\n")
                .hasLineCount(4);
    }

    @Test
    void dialectDecidesWhatIsMalformed() {
        String unfinished = "a 1";
        assertThat(withInput(unfinished)
                        .with("convert", "--to", "prometheus-text")
                        .status())
                .isEqualTo(1);
        Run run = withInput(unfinished).with("convert", "--to", "prometheus-text", "--dialect", "prometheus");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("a 1\n");
        assertThat(run.err()).contains(": warning: MISSING_FINAL_NEWLINE: ");
    }

    @Test
    void problemsAreColouredAtATerminal() {
        Run run = withInput("}\n").inColor().with("convert", "--to", "prometheus-text");
        assertThat(run.err()).contains("\u001b[1;31merror\u001b[0m", "\u001b[1;32m^\u001b[0m");
        assertThat(withInput("}\n").with("convert", "--to", "prometheus-text").err())
                .doesNotContain("\u001b");
    }

    @Test
    void controlCharactersOfTheInputDoNotReachTheTerminal() {
        Run run = withInput("a\u001b[31m 1\n").with("convert", "--to", "prometheus-text");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).doesNotContain("\u001b");
    }

    // ---- Loss

    @Test
    void lossIsReported() {
        Run run = withInput(CLASHING).with("convert", "--to", "openmetrics-1");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("a_bytes 1.0\n", "a_bytes_total 2.0\n");
        assertThat(run.err()).startsWith("lost: a_bytes_total: ").hasLineCount(1);
    }

    @Test
    void lossIsRefusedOnRequest() {
        Run run = withInput(CLASHING).with("convert", "--to", "openmetrics-1", "--on-loss", "fail");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .startsWith("exposit: <stdin>: openmetrics-1 cannot carry all of it: a_bytes_total: ")
                .hasLineCount(1);
    }

    @Test
    void lostDigitsAreRefusedOnRequest() {
        String digits = "# TYPE a counter\na_total 9007199254740993\n# EOF\n";
        Run run = withInput(digits).with("convert", "--to", "prometheus-text", "--on-loss", "fail");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("a_total: ", "9007199254740993");
    }

    @Test
    void lossesAreToldUpToABoundUnlessAllAreAskedFor() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            text.append(CLASHING.replace("a_bytes", "a" + i + "_bytes"));
        }
        Run bounded = withInput(text.toString()).with("convert", "--to", "openmetrics-1");
        assertThat(bounded.err()).hasLineCount(21).endsWith("lost: and 5 more, all of them with --verbose\n");
        Run all = withInput(text.toString()).with("convert", "--to", "openmetrics-1", "--verbose");
        assertThat(all.err())
                .hasLineCount(26)
                .contains("lost: a24_bytes_total: ")
                .endsWith("exposit: converted 50 families with 50 metrics from prometheus-text to openmetrics-1\n");
    }

    // ---- Names

    @ParameterizedTest
    @CsvSource({
        "allow-utf-8, '{\"a.b\"} 1'",
        "underscores, 'a_b 1'",
        "dots,        'a_dot_b 1'",
        "values,      'U__a_2e_b 1'",
    })
    void namesAreEscapedAsAsked(String scheme, String line) {
        Run run = withInput("{\"a.b\"} 1\n").with("convert", "--to", "prometheus-text", "--escaping", scheme);
        assertThat(run.status()).isZero();
        assertThat(run.out()).endsWith(line + "\n");
    }

    @ParameterizedTest
    @CsvSource({"values, U__a_2e_b, U__l_2e_1", "dots, a_dot_b, l_dot_1"})
    void namesAreUnescapedAsAsked(String scheme, String name, String label) {
        String text = "# TYPE " + name + "_ counter\n" + name + "__total{" + label + "=\"x\"} 1\n# EOF\n";

        assertDone(withInput(text).with("convert", "--to", "prometheus-text", "--unescape", scheme), """
                # TYPE "a.b_total" counter
                {"a.b_total","l.1"="x"} 1
                """);
        assertThat(withInput(text)
                        .with("convert", "--to", "openmetrics-1", "--unescape", scheme, "--only", "a.b_total")
                        .out())
                .isEqualTo("""
                        # TYPE a_b counter
                        a_b_total{l_1="x"} 1.0
                        # EOF
                        """);
    }

    @Test
    void namesThatWouldBecomeOneStayAndAreTold() {
        Run run = withInput("U__a_2e_b 1\n{\"a.b\"} 2\n").with("convert", "--to", "json-lines", "--unescape", "values");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("\"U__a_2e_b\"", "\"a.b\"");
        assertThat(run.err()).contains("<stdin>:1:1: warning: CLASHING_ESCAPED_NAME");
    }

    // ---- OpenMetrics 2.0, start timestamps and native histograms

    private static final String STARTED = """
            # TYPE a counter
            a_total 1
            a_created 1.5
            # TYPE s summary
            s_count 2
            s_sum 3
            s{quantile="0.5"} 1
            # EOF
            """;

    private static final String NATIVE = """
            # TYPE h histogram
            h {count:3,sum:4,schema:0,zero_threshold:0.5,zero_count:1,positive_spans:[1:1],positive_buckets:[2]}
            # EOF
            """;

    @Test
    void openMetrics2IsWritten() {
        assertDone(withInput(STARTED).with("convert", "--to", "openmetrics-2"), """
                # TYPE a_total counter
                a_total 1 st@1.5
                # TYPE s summary
                s {count:2,sum:3,quantile:[0.5:1]}
                # EOF
                """);
        assertDone(withInput(TEXT).with("convert", "--to", "openmetrics-2"), """
                # TYPE a_total counter
                a_total 1
                # TYPE b unknown
                b 2
                # EOF
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "openmetrics-2,   by-format, 'a_total 1 st@1.5'",
        "openmetrics-2,   created,   'a_created 1.5'",
        "openmetrics-1,   by-format, 'a_created 1.5'",
        "openmetrics-1,   created,   'a_created 1.5'",
        "prometheus-text, by-format, 'a_created 1.5'",
        "prometheus-text, created,   'a_created 1.5'",
    })
    void startTimestampsHaveTheFormAskedFor(String format, String form, String line) {
        Run run = withInput(STARTED).with("convert", "--to", format, "--start-timestamps", form, "--on-loss", "fail");
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).contains(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmetrics-2", "openmetrics-1", "prometheus-text"})
    void startTimestampsAreLeftOutOnRequest(String format) {
        Run run = withInput(STARTED).with("convert", "--to", format, "--start-timestamps", "omit", "--on-loss", "fail");
        assertThat(run.status()).isZero();
        assertThat(run.out()).doesNotContain("1.5");
        assertThat(run.err()).isEqualTo("lost: a_total: start timestamp left out as asked for\n");
    }

    @ParameterizedTest
    @CsvSource({
        "openmetrics-2,   by-format, 'h {count:3,sum:4,schema:0,zero_threshold:0.5,zero_count:1,positive_spans:[1:1],positive_buckets:[2]}'",
        "openmetrics-2,   classic,   'h {count:3,sum:4,bucket:[-0.5:0,0.5:1,1:1,2:3,+Inf:3]}'",
        "openmetrics-1,   by-format, 'h_count 3.0'",
        "openmetrics-1,   classic,   'h_bucket{le=\"2.0\"} 3.0'",
        "prometheus-text, by-format, 'h_count 3'",
        "prometheus-text, classic,   'h_bucket{le=\"2\"} 3'",
    })
    void nativeHistogramsHaveTheFormAskedFor(String format, String form, String line) {
        Run run = withInput(NATIVE).with("convert", "--to", format, "--native-histograms", form);
        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).contains(line);
    }

    @Test
    void whatIsAskedForIsToldAndNotRefused() {
        Run run = withInput(NATIVE)
                .with("convert", "--to", "prometheus-text", "--native-histograms", "classic", "--on-loss", "fail");
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEqualTo("""
                lost: h: native buckets written as classic ones, negative bounds count as part of the bucket below
                """);
        assertThat(withInput(NATIVE)
                        .with("convert", "--to", "prometheus-text", "--on-loss", "fail")
                        .status())
                .isEqualTo(3);
    }

    @Test
    void onlyNamedFamiliesAreConverted() {
        Run run = withInput("a_total 1\nb 2\nc 3\n")
                .with("convert", "--to", "prometheus-text", "--only", "c", "--only", "a_total", "-");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("a_total 1\n", "c 3\n").doesNotContain("b 2");
    }

    @Test
    void nameThatIsNotThereIsTold() {
        Run run = withInput("a 1\n").with("convert", "--to", "prometheus-text", "--only", "z");
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("exposit: no family has a name given with --only\n");
    }

    // ---- Failures

    @Test
    void missingFileFails() {
        Run run = exposit(
                "convert", "--to", "prometheus-text", folder.resolve("none").toString());
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).isEqualTo("exposit: " + folder.resolve("none") + ": no such file or folder\n");
    }

    @Test
    void folderFails() {
        Run run = exposit("convert", "--to", "prometheus-text", folder.toString());
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).isEqualTo("exposit: " + folder + ": is a directory\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"line-bytes=20", "labels-per-series=1", "total-bytes=1K", "total-bytes=1k", "total-bytes=1024"})
    void exceededLimitNamesTheOptionThatRaisesIt(String limit) {
        String name = limit.substring(0, limit.indexOf('='));
        Run run = withInput("a{x=\"1\",y=\"2\",z=\"3\"} 1\n".repeat(100))
                .with("convert", "--to", "openmetrics-1", "--limit", limit);
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err())
                .startsWith("exposit: <stdin>: more than the limit " + name + " = ")
                .endsWith(" allows; raise it with --limit " + name + "=SIZE\n");
    }

    @Test
    void limitOnWhatIsHeldNamesItsOptionToo() {
        StringBuilder scattered = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            scattered
                    .append("a{i=\"")
                    .append(i)
                    .append("\"} 1\nb{i=\"")
                    .append(i)
                    .append("\"} 1\n");
        }
        Run run = withInput(scattered.toString())
                .with("convert", "--to", "openmetrics-1", "--dialect", "prometheus", "--limit", "assembled-bytes=64K");
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).endsWith("raise it with --limit assembled-bytes=SIZE\n");
    }

    @Test
    void severalLimitsMayBeGiven() {
        Run run = withInput("a 1\n")
                .with("convert", "--to", "prometheus-text", "--limit", "line-bytes=1M", "--limit", "total-bytes=1G");
        assertThat(run.status()).isZero();
    }
}
