package dev.exposit.cli;

import static dev.exposit.cli.Run.exposit;
import static dev.exposit.cli.Run.withInput;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed, and with which status the command ends. */
class DiffCommandTest {
    private static final String TEXT = """
            # HELP requests_total Requests.
            # TYPE requests_total counter
            requests_total{code="200",pod="a"} 1027
            requests_total{code="500",pod="a"} 3
            # TYPE up gauge
            up 1 5000
            """;
    private static final String OPEN_METRICS = """
            # TYPE up gauge
            up 1.0 5
            # HELP requests Requests.
            # TYPE requests counter
            requests_total{pod="a",code="500"} 3.0
            requests_total{pod="a",code="200"} 1027.0
            # EOF
            """;

    @TempDir
    Path folder;

    private String a;

    @BeforeEach
    void writeA() throws IOException {
        a = file("a.prom", TEXT);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static void assertSaid(Run run, int status, String... lines) {
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(lines.length == 0 ? "" : String.join("\n", lines) + "\n");
        assertThat(run.status()).isEqualTo(status);
    }

    private static void assertWrong(Run run, String... parts) {
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("exposit: ").contains(parts);
    }

    // ---- Equal and different

    @Test
    void formatsAndOrderDoNotMatter() throws IOException {
        assertSaid(exposit("diff", a, file("b.om", OPEN_METRICS)), 0);
        assertSaid(withInput(OPEN_METRICS).with("diff", a, "-"), 0);
        assertSaid(withInput(OPEN_METRICS).with("diff", "-", a), 0);
        assertSaid(exposit("diff", a, a), 0);
    }

    @Test
    void differencesArePrinted() throws IOException {
        String b = file("b.prom", """
                # HELP requests_total All\\nrequests.
                # TYPE requests_total gauge
                requests_total{code="200",pod="a"} 1030
                requests_total{code="404",pod="a"} 1
                # TYPE latency histogram
                latency_bucket{le="+Inf"} 1
                latency_sum 1
                latency_count 1
                """);
        assertSaid(
                exposit("diff", a, b),
                1,
                "+ family latency: histogram with 1 series",
                "~ requests_total type: counter -> gauge",
                "~ requests_total help: \"Requests.\" -> \"All\\nrequests.\"",
                "~ requests_total{code=\"200\",pod=\"a\"} value: 1027 -> 1030",
                "+ series requests_total{code=\"404\",pod=\"a\"}: 1",
                "- series requests_total{code=\"500\",pod=\"a\"}: 3",
                "- family up: gauge with 1 series");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --ignore types,help                                | value: 1 -> 2; timestamp: 5 -> 6
            --ignore values                                    | type: unknown -> gauge; help: Help; timestamp: 5 -> 6
            --ignore timestamps                                | type: unknown -> gauge; help: Help; value: 1 -> 2
            --ignore values,timestamps,help --ignore types     |
            --tolerance 1 --ignore timestamps,help,types       |
            --tolerance 50% --ignore timestamps,help,types     |
            --tolerance 0.1,50% --ignore timestamps,help,types |
            --tolerance 0.5 --ignore timestamps,help,types     | value: 1 -> 2
            --tolerance 49% --ignore timestamps,help,types     | value: 1 -> 2
            """)
    void optionsSayWhatIsOverlooked(String options, @Nullable String differences) throws IOException {
        List<String> args = new ArrayList<>(List.of("diff"));
        args.addAll(Arrays.asList(options.split(" ")));
        args.add(file("x.prom", "x 1 5000\n"));
        args.add(file("y.prom", "# HELP x Help\n# TYPE x gauge\nx 2 6000\n"));
        Run run = exposit(args.toArray(new String[0]));
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(differences == null ? 0 : 1);
        assertThat(run.out().lines().map(line -> line.substring("~ x ".length())))
                .isEqualTo(differences == null ? List.of() : Arrays.asList(differences.split("; ")));
    }

    @Test
    void labelsAreIgnoredByName() throws IOException {
        String b = file("b.prom", TEXT.replace("pod=\"a\"", "pod=\"b\",zone=\"z\""));
        assertThat(exposit("diff", "--ignore", "label:pod", a, b).status()).isEqualTo(1);
        assertSaid(exposit("diff", "--ignore", "label:pod,label:zone", a, b), 0);
        assertSaid(exposit("diff", "--ignore", "label:pod", "--ignore", "label:zone", a, b), 0);
    }

    @Test
    void exemplarsAndStartsAreIgnoredOnRequest() throws IOException {
        String plain = file("plain.om", "# TYPE c counter\nc_total 1\n# EOF\n");
        String rich = file("rich.om", "# TYPE c counter\nc_total 1 # {id=\"x\"} 1\nc_created 5\n# EOF\n");
        assertSaid(
                exposit("diff", plain, rich), 1, "+ c_total start timestamp: 5", "+ c_total exemplar: # {id=\"x\"} 1");
        assertSaid(exposit("diff", "--ignore", "created,exemplars", plain, rich), 0);
    }

    /** Whatever one format cannot carry is what the options name. */
    @Test
    void convertedExpositionIsTheSameButForWhatIsIgnored() throws IOException {
        String rich = file("rich.om", """
                # TYPE c counter
                c_total 1 # {id="x"} 1
                c_created 5
                # TYPE build info
                build_info{version="1"} 1
                # TYPE mode stateset
                mode{mode="on"} 1
                mode{mode="off"} 0
                # TYPE t_seconds gauge
                # UNIT t_seconds seconds
                t_seconds 1
                # EOF
                """);
        String text = file(
                "x.prom", exposit("convert", "--to", "prometheus-text", rich).out());
        Run run = exposit("diff", rich, text);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        "~ build_info type: info -> gauge\n",
                        "~ mode type: stateset -> gauge\n",
                        "- t_seconds unit: seconds\n");
        assertSaid(exposit("diff", "--ignore", "types,units,exemplars,created", rich, text), 0);
    }

    @Test
    void formatIsGivenForBothOrForOne() throws IOException {
        String b = file("b.om", OPEN_METRICS);
        assertSaid(exposit("diff", "--from-a", "prometheus-text", "--from-b", "openmetrics-1", a, b), 0);
        assertSaid(exposit("diff", "--from", "prometheus-text", "--from-b", "openmetrics-1", a, b), 0);
        Run run = exposit("diff", "--from", "openmetrics-1", b, a);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).startsWith(a + ":");
        assertThat(exposit("diff", "--from-a", "openmetrics-1", a, b).err()).startsWith(a + ":");
    }

    @Test
    void onlyNamedFamiliesAreCompared() throws IOException {
        String b = file("b.prom", TEXT.replace("1027", "1028"));
        assertSaid(exposit("diff", "--only", "up", a, b), 0);
        Run none = exposit("diff", "--only", "down", a, b);
        assertThat(none.status()).isZero();
        assertThat(none.err()).isEqualTo("exposit: no family has a name given with --only\n");
    }

    @Test
    void lineStaysALineAndMovesNoCursor() throws IOException {
        String b = file("b.prom", TEXT + "z{x=\"\u001b[2J\r\\n\"} 1\n");
        assertSaid(exposit("diff", "--only", "z", "--only", "up", a, b), 1, "+ family z: unknown with 1 series");
        String c = file("c.prom", TEXT + "z{x=\"\u001b[2J\r\\n\"} 1\nz 1\n");
        String d = file("d.prom", TEXT + "z 1\n");
        assertSaid(exposit("diff", c, d), 1, "- series z{x=\"\\u001b[2J\\u000d\\n\"}: 1");
    }

    @Test
    @Timeout(20)
    void urlIsScraped() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] bytes = OPEN_METRICS.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/openmetrics-text; version=1.0.0");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
            assertSaid(exposit("diff", a, url), 0);
            assertSaid(exposit("diff", url, url), 0);
        } finally {
            server.stop(0);
        }
    }

    // ---- Wrong usage

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --ignore order      | expected one of values, timestamps, exemplars, help, created, types, units, label:NAME, got 'order'
            --ignore help,label: | got 'label:'
            --ignore VALUES     | got 'VALUES'
            --tolerance much    | expected a number of at least 0, or a percentage such as 1%, got 'much'
            --tolerance -1      | got '-1'
            --tolerance NaN     | got 'NaN'
            --tolerance %       | got '%'
            --from-a text       | expected a format
            --from-b carbon     | expected a format
            --mapping x.yml     | --mapping expects --from graphite beside it
            """)
    void wrongOptionsAreToldWithWhatIsRight(String options, String message) {
        int blank = options.indexOf(' ');
        String name = options.substring(0, blank);
        assertWrong(
                exposit("diff", name, options.substring(blank + 1), a, a), name, message, "More: exposit diff --help");
    }

    @Test
    void twoInputsAreNeeded() {
        assertWrong(exposit("diff"), "'A'", "Usage: exposit diff ");
        assertWrong(exposit("diff", a), "'B'");
        assertWrong(exposit("diff", a, a, a), a);
        assertWrong(withInput(TEXT).with("diff", "-", "-"), "expected standard input for A or B, got it for both");
    }

    @Test
    void helpNamesEveryOptionAndExitStatus() {
        Run run = exposit("diff", "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("Usage: exposit diff ")
                .contains("--from", "--from-a", "--from-b", "--dialect", "--ignore", "--tolerance", "label:")
                .contains("  0 ", "  1 ", "  2 ", "  3 ", "  4 ")
                .doesNotContain("${", "%%");
    }

    // ---- Failures

    @Test
    void malformedInputIsShownWithACaret() throws IOException {
        String b = file("b.prom", "a 1\nb{x=\"1\" 2\nc 3\n");
        for (String[] args : new String[][] {{"diff", a, b}, {"diff", b, a}}) {
            Run run = exposit(args);
            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err())
                    .startsWith(b + ":2:9: error: ")
                    .endsWith(System.lineSeparator() + "b{x=\"1\" 2\n        ^\n");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void missingFileFails() {
        Run run = exposit("diff", a, folder.resolve("none").toString());
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).isEqualTo("exposit: " + folder.resolve("none") + ": no such file or folder\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"line-bytes=20", "total-bytes=20"})
    void exceededLimitNamesTheOptionThatRaisesIt(String limit) {
        Run run = exposit("diff", "--limit", limit, a, a);
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err())
                .startsWith("exposit: " + a + ": more than the limit ")
                .contains("raise it with --limit " + limit.substring(0, limit.indexOf('=')) + "=SIZE\n");
    }

    @Test
    void outputThatCannotBeWrittenFails() throws IOException {
        String b = file("b.prom", "a 1\n");
        assertThat(withInput("").writingTo(failing("No space left on device")).with("diff", a, b))
                .returns(4, Run::status)
                .returns("exposit: cannot write standard output: No space left on device\n", Run::err);
        assertThat(withInput("").writingTo(failing("Broken pipe")).with("diff", a, b))
                .returns(4, Run::status)
                .returns("", Run::err);
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }

    @Test
    void escapedNamesAreThoseThatTheyStandFor() throws IOException {
        String escaped = file("escaped.prom", "U__a_2e_b 1\n");
        String quoted = file("quoted.prom", "{\"a.b\"} 1\n");

        assertThat(exposit("diff", escaped, quoted).status()).isEqualTo(1);
        assertThat(exposit("diff", "--unescape", "values", escaped, quoted).status())
                .isZero();
    }
}
