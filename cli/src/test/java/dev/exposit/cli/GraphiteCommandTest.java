package dev.exposit.cli;

import static dev.exposit.cli.Run.exposit;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class GraphiteCommandTest {
    private static final String SCRAPE = """
            # TYPE requests_total counter
            requests_total{code="200",path="/a b"} 3 1000
            # TYPE latency histogram
            latency_bucket{le="1"} 1
            latency_bucket{le="+Inf"} 2
            latency_sum 4
            latency_count 2
            broken NaN 1000
            """;

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();
    private ServerSocket server;
    private Path scrape;

    @BeforeEach
    void start() throws IOException {
        scrape = Files.writeString(folder.resolve("scrape.prom"), SCRAPE);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "sink");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    synchronized (lines) {
                        lines.add(line);
                        lines.notifyAll();
                    }
                }
            } catch (IOException e) {
                // The next connection, or the end.
            }
        }
    }

    private List<String> await(int count) throws InterruptedException {
        synchronized (lines) {
            while (lines.size() < count) {
                lines.wait();
            }
            return List.copyOf(lines);
        }
    }

    private Run graphite(String... args) {
        List<String> all = new ArrayList<>(List.of("graphite", "--to", "127.0.0.1:" + server.getLocalPort()));
        all.addAll(List.of(args));
        return exposit(all.toArray(String[]::new));
    }

    @Test
    void onePushIsToldInOneLine() throws InterruptedException {
        Run run = graphite("--once", scrape.toString());

        assertThat(run.status()).isZero();
        assertThat(run.err())
                .matches("exposit: pushed 6 samples of 1 source to 127\\.0\\.0\\.1:\\d+ in \\d+ ms, left out 1\n");
        assertThat(run.out()).isEmpty();
        List<String> sent = await(5);
        assertThat(sent).hasSize(5).startsWith("requests_total;code=200;path=/a%20b 3 1");
        assertThat(sent.get(1)).startsWith("latency_bucket;le=1 1 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --prefix p                                   | p.requests_total;code=200;path=/a%20b 3 1
            --tags                                       | requests_total;code=200;path=/a%20b 3 1
            --template {code}.{__name__}.{label...}      | 200.requests_total.path.%2Fa%20b 3 1
            --path-escaping underscore                   | requests_total;code=200;path=/a_b 3 1
            --layout go                                  | requests_total.code.200.path._a.b 3 1
            --layout go --tags                           | requests_total;code=200;path=/a%20b 3 1
            --layout python --prefix p                   | p.requests_total.code.200.path._a_b 3
            --label job=node --label path=x              | requests_total;code=200;exported_path=/a%20b;job=node;path=x 3 1
            """)
    void pathsAreAsAskedFor(String options, String line) throws InterruptedException {
        List<String> args = new ArrayList<>(List.of("--once", "--only", "requests_total", scrape.toString()));
        args.addAll(List.of(options.split(" +")));
        Run run = graphite(args.toArray(String[]::new));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(await(1).get(0)).startsWith(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --histograms quantiles --quantile 0.25,0.5   | latency;quantile=0.25, latency;quantile=0.5, latency_count, latency_sum
            --histograms totals                          | latency_count, latency_sum, latency_avg
            --counters delta                             | ''
            """)
    void valuesAreAsAskedFor(String options, String paths) throws InterruptedException {
        List<String> args = new ArrayList<>(List.of("--once", "--only", "latency", scrape.toString()));
        args.addAll(List.of(options.split(" +")));
        Run run = graphite(args.toArray(String[]::new));

        assertThat(run.status()).as(run.err()).isZero();
        List<String> expected = paths.isEmpty() ? List.of() : List.of(paths.split(", "));
        assertThat(await(expected.size()))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void severalUrlsHaveAnInstanceEach() throws IOException, InterruptedException {
        HttpServer first = serve();
        HttpServer second = serve();
        try {
            Run run = graphite("--once", url(first), url(second));

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(await(2))
                    .extracting(line -> line.substring(0, line.lastIndexOf(' ')))
                    .containsExactly("up;instance=" + address(first) + " 1", "up;instance=" + address(second) + " 1");
        } finally {
            first.stop(0);
            second.stop(0);
        }
    }

    private static HttpServer serve() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/metrics", exchange -> {
            byte[] body = "up 1\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
        return http;
    }

    private static String address(HttpServer http) {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    private static String url(HttpServer http) {
        return "http://" + address(http) + "/metrics";
    }

    @Test
    void standardInputIsPushedOnce() throws InterruptedException {
        Run run = Run.withInput("up 1\n").with("graphite", "--once", "--to", "127.0.0.1:" + server.getLocalPort(), "-");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(await(1).get(0)).startsWith("up 1 ");
    }

    @Test
    void malformedInputIsToldWithItsPlace() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.prom"), "up 1\nup{\n");
        Run run = graphite("--once", broken.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("exposit: " + broken + ": ").contains("line 2");
        assertThat(graphite("--once", "--on-error", "skip-line", broken.toString())
                        .status())
                .isZero();
    }

    @Test
    void whatCannotBeReadOrReachedFails() throws IOException {
        Run missing = graphite("--once", folder.resolve("none").toString());
        assertThat(missing.status()).isEqualTo(4);
        assertThat(missing.err()).isEqualTo("exposit: " + folder.resolve("none") + ": no such file or folder\n");

        // A port that is held and not listened on refuses; one that is free again may be another process's by then.
        try (Socket held = new Socket()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "127.0.0.1:" + held.getLocalPort();
            Run unreachable = exposit("graphite", "--once", "--to", address, scrape.toString());
            assertThat(unreachable.status()).isEqualTo(4);
            assertThat(unreachable.err()).startsWith("exposit: " + address);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --to localhost                       | expected HOST:PORT for --to, got 'localhost'
            --to localhost:0                     | expected HOST:PORT for --to, got 'localhost:0'
            --to ::1:2003                        | expected an IPv6 address in brackets
            --to h:1 --interval 0s               | expected a time, digits and ms, s, m or h behind them, got '0s'
            --to h:1 --interval soon             | expected a time
            --to h:1 --queue 0                   | expected at least 1 sample for --queue, got 0
            --to h:1 --template {a} --tags       | --template excludes --tags and --layout
            --to h:1 --template {a               | {a
            --to h:1 --quantile 2                | a quantile must be 0 to 1, got 2.0
            --to h:1 --transport smtp            | expected one of tcp, udp, tls, pickle, protobuf, got 'smtp'
            --to h:1 -                           | standard input can be read once only; give --once, or a FILE or URL
            --to h:1 --once - -                  | standard input can be read once only
            --to h:1 --tls-ca none.pem           | none.pem: no such file or folder
            """)
    void wrongOptionsAreTold(String options, String message) {
        List<String> args = new ArrayList<>(List.of("graphite"));
        args.addAll(List.of(options.split(" +")));
        if (!options.endsWith("-")) {
            args.add(scrape.toString());
        }
        Run run = exposit(args.toArray(String[]::new));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void endsCleanlyWhenToldTo() throws Exception {
        Process process = ProcessTest.start(
                "graphite",
                "--to",
                "127.0.0.1:" + server.getLocalPort(),
                "--interval",
                "200ms",
                "--only",
                "requests_total",
                "--times",
                "push",
                scrape.toString());
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            int pushes = 0;
            while (pushes < 2) {
                // A machine that is busy may leave a tick out, and says so.
                pushes += err.readLine().startsWith("exposit: pushed 1 samples of 1 source") ? 1 : 0;
            }
            // Not destroy() of the process, which closes its streams as well.
            process.toHandle().destroy();
            String last = "";
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                last = line;
            }
            assertThat(last).startsWith("exposit: ended; sent ").endsWith(" samples in all, dropped 0");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            long sent = Long.parseLong(last.replaceAll(".*sent (\\d+) samples.*", "$1"));
            assertThat(await((int) sent)).hasSize((int) sent);
        } finally {
            process.destroyForcibly();
        }
    }
}
