package dev.exposit.cli;

import static dev.exposit.cli.Run.exposit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code exposit lint}: what it says in each style, and its exit status. */
class LintCommandTest {
    private static final String CLEAN = "# HELP a A.\n# TYPE a gauge\na 1\n";
    private static final String UNWISE = "# TYPE a gauge\na 1\n";
    private static final String WRONG = "# HELP a A.\n# TYPE a gauge\na{b=\"1} 1\na 2\n";

    @TempDir
    Path folder;

    private String clean;
    private String unwise;
    private String wrong;
    private String missing;

    @BeforeEach
    void write() throws IOException {
        clean = file("clean.prom", CLEAN);
        unwise = file("unwise.prom", UNWISE);
        wrong = file("wrong.prom", WRONG);
        missing = folder.resolve("missing.prom").toString();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String json(String file, String rest) {
        return "{\"file\":\"" + file + "\"," + rest + "}\n";
    }

    @Test
    void statusSaysTheWorst() {
        assertThat(exposit("lint", clean).status()).isEqualTo(0);
        assertThat(exposit("lint", clean, unwise).status()).isEqualTo(3);
        assertThat(exposit("lint", unwise, wrong, clean).status()).isEqualTo(1);
        assertThat(exposit("lint", missing, wrong, clean).status()).isEqualTo(4);
        assertThat(exposit("lint", "--no-such-option", clean).status()).isEqualTo(2);
        assertThat(exposit("lint", "--json", "--github", clean).status()).isEqualTo(2);
        assertThat(exposit("lint", "--help").status()).isEqualTo(0);
    }

    @Test
    void peopleSeeTheLineAndACaret() {
        Run run = exposit("lint", wrong);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(wrong
                        + ":3:10: error: UNTERMINATED_LABEL_VALUE: expected a closing '\"', got the end of the line\n"
                        + "a{b=\"1} 1\n"
                        + "         ^\n"
                        + "exposit: " + wrong + ": 1 error, 0 warnings; 1 family with 1 sample in prometheus-text\n");
    }

    @Test
    void peopleSeeThatNothingIsWrong() {
        Run run = exposit("lint", clean);
        assertThat(run.err()).isEqualTo("exposit: " + clean + ": clean; 1 family with 1 sample in prometheus-text\n");
    }

    @Test
    void colorIsForTerminals() {
        assertThat(exposit("lint", wrong).err()).doesNotContain("\u001b");
        assertThat(new Run().inColor().with("lint", wrong).err()).contains("\u001b[1;31merror\u001b[0m");
    }

    @Test
    void programsGetAnObjectALineForEachArgument() {
        Run run = exposit("lint", "--json", clean, unwise, wrong, missing);
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(json(
                                clean,
                                "\"format\":\"prometheus-text\",\"valid\":true,\"families\":1,\"samples\":1,"
                                        + "\"problems\":[]")
                        + json(
                                unwise,
                                "\"format\":\"prometheus-text\",\"valid\":true,\"families\":1,\"samples\":1,"
                                        + "\"problems\":[{\"code\":\"MISSING_HELP\",\"severity\":\"warning\",\"line\":1,"
                                        + "\"column\":1,\"offset\":0,\"message\":\"expected a HELP line for 'a', got no"
                                        + " help text\"}]")
                        + json(
                                wrong,
                                "\"format\":\"prometheus-text\",\"valid\":false,\"families\":1,\"samples\":1,"
                                        + "\"problems\":[{\"code\":\"UNTERMINATED_LABEL_VALUE\",\"severity\":\"error\","
                                        + "\"line\":3,\"column\":10,\"offset\":36,\"message\":\"expected a closing '\\\"',"
                                        + " got the end of the line\"}]")
                        + json(
                                missing,
                                "\"format\":null,\"valid\":false,\"families\":0,\"samples\":0,"
                                        + "\"problems\":[{\"code\":\"IO_ERROR\",\"severity\":\"error\",\"line\":0,"
                                        + "\"column\":0,\"offset\":0,\"message\":\"expected an exposition that can be read,"
                                        + " got " + missing + ": no such file or folder\"}]"));
    }

    @Test
    void jsonHoldsWhateverTheTextHolds() throws IOException {
        String odd = file("odd \u00e4.prom", "\"\u0001\ud83d\ude00\\ 1\n");
        Run run = exposit("lint", "--json", "--from", "prometheus-text", odd);
        StringBuilder strings = new StringBuilder();
        try (JsonParser parser = new JsonFactory().createParser(run.out())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                strings.append(token == JsonToken.VALUE_STRING ? parser.getText() + "\n" : "");
            }
        }
        assertThat(strings).startsWith(odd + "\n").contains("INVALID_METRIC_NAME");
    }

    @Test
    void protobufIsNoText() {
        Run run = Run.withInput("\u0005\n\u0001a\u0018\u0001").with("lint", "--json", "-");
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.out())
                .contains("\"UNSUPPORTED_FORMAT\"", "lint reads Prometheus text and OpenMetrics text, got protobuf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sub"})
    void foldersCannotBeRead(String name) throws IOException {
        Path path = Files.createDirectories(folder.resolve(name));
        Run run = exposit("lint", "--json", path.toString(), clean);
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.out().lines()).hasSize(2).first().asString().contains("\"IO_ERROR\"", "\"valid\":false");
    }

    @Test
    void limitsAreToldLikeUnreadableFiles() {
        Run run = exposit("lint", "--json", "--limit", "line-bytes=5", clean);
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.out()).contains("\"LIMIT_EXCEEDED\"", "--limit line-bytes=SIZE", "\"valid\":false");
    }

    @Test
    void formatAndDialectAreAsAsked() {
        assertThat(exposit("lint", "--json", "--from", "openmetrics-1", clean).out())
                .contains("\"format\":\"openmetrics-1\"", "\"MISSING_EOF\"", "\"valid\":false");
        Run late = Run.withInput("a 1\n# TYPE a gauge\n");
        assertThat(late.with("lint", "--json", "--dialect", "prometheus").status())
                .isEqualTo(3);
        assertThat(late.out()).contains("\"file\":\"-\"", "\"METADATA_AFTER_SAMPLES\",\"severity\":\"warning\"");
    }

    @Test
    void githubShowsProblemsBesideLines() throws IOException {
        String file = file("a,b 100%.prom", WRONG);
        Run run = exposit("lint", "--github", file, missing);
        String escaped = file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A");
        assertThat(run.out())
                .isEqualTo(
                        "::error file=" + escaped + ",line=3,col=10,title=UNTERMINATED_LABEL_VALUE::expected a closing"
                                + " '\"', got the end of the line\n"
                                + "::error file=" + missing.replace(":", "%3A") + ",title=IO_ERROR::" + missing
                                + ": no such file or folder\n");
    }

    @Test
    void standardInputMayBeCompressed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(CLEAN.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Run.withInput(bytes.toByteArray()).with("lint", "-").status())
                .isEqualTo(0);
    }

    @Test
    void earlierScrapeIsComparedWith() throws IOException {
        String before = file("before.prom", "# HELP c_total C.\n# TYPE c_total counter\nc_total 5\ngone 1\n");
        String after = file("after.prom", "# HELP c_total C.\n# TYPE c_total counter\nc_total 4\n");
        Run run = exposit("lint", "--since", before, after);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .contains(
                        ":3:9: warning: COUNTER_FELL: expected at least 5",
                        ": SERIES_VANISHED: expected family 'gone' of the earlier scrape, got none of its 1 series");
        assertThat(exposit("lint", "--since", missing, after).status()).isEqualTo(4);
    }

    @Test
    void keyboardIsRefused() {
        assertThat(Run.atKeyboard().with("lint").status()).isEqualTo(2);
    }

    @Test
    void standardInputIsReadOnce() {
        assertThat(exposit("lint", "-", "-").status()).isEqualTo(2);
        assertThat(exposit("lint", "--since", "-").status()).isEqualTo(2);
        Run run = exposit("lint", "--since", "-", clean, "-");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("expected standard input once");
        assertThat(Run.withInput(CLEAN).with("lint", "--since", "-", clean).status())
                .isEqualTo(0);
    }

    @Test
    void wrongArgumentEndsBeforeAnythingIsChecked() {
        Run run = exposit("lint", "--json", clean, "ftp://host/metrics");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("expected a URL of http or https, got 'ftp://host/metrics'");
    }
}
