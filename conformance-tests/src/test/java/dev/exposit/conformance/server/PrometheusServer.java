package dev.exposit.conformance.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.exposit.conformance.Outside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Prometheus server of our own, which scrapes what a {@link Target} exposes and tells what it made of it. */
final class PrometheusServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration SCRAPES = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final Process process;
    private final String address;

    private PrometheusServer(Path folder, Process process, String address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    /** Starts one that scrapes every page of some targets, each under the label {@code instance} with the page's name. */
    static PrometheusServer scraping(Target target) throws Exception {
        String program = Outside.prometheus();
        Path folder = Files.createTempDirectory("exposit-prometheus");
        StringBuilder config = new StringBuilder("""
                global: {scrape_interval: 2s, scrape_timeout: 2s}
                scrape_configs:
                - job_name: exposit
                  static_configs:
                """);
        for (String page : target.pages()) {
            config.append("  - {targets: ['%s'], labels: {__metrics_path__: '/%s', instance: '%s'}}%n"
                    .formatted(target.address(), page, page));
        }
        Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
        String address = "127.0.0.1:" + freePort();
        Process process = new ProcessBuilder(
                        program,
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + address,
                        "--enable-feature=exemplar-storage,native-histograms",
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        PrometheusServer server = new PrometheusServer(folder, process, address);
        try {
            server.awaitReady();
        } catch (Throwable e) {
            server.close();
            throw e;
        }
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(START);
        while (!isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("Prometheus did not start: " + log());
            }
            Thread.sleep(50);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false; // It does not listen yet.
        }
    }

    /** Waits until what all pages answered is stored: {@code up} is stored together with the rest. */
    void awaitScrapes(int pages) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(SCRAPES);
        while (true) {
            JsonNode up =
                    api("query", "query", "count(max_over_time(up[10m]) == 1)").get("result");
            if (up.size() == 1 && up.get(0).get("value").get(1).asInt() == pages) {
                return;
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not all was scraped: " + api("targets") + log());
            }
            Thread.sleep(100);
        }
    }

    /** What it complained about. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** The part {@code data} of an answer of the HTTP API; parameters are given as names and values in turn. */
    JsonNode api(String path, String... parameters) throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder("/api/v1/").append(path);
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        HttpResponse<String> response = get(query.toString());
        if (response.statusCode() != 200) {
            throw new AssertionError(query + ": " + response.body());
        }
        return JSON.readTree(response.body()).get("data");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://" + address + path))
                        .timeout(ANSWER)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
