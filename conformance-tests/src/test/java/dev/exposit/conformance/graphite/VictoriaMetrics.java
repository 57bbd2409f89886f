package dev.exposit.conformance.graphite;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.exposit.conformance.Outside;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A VictoriaMetrics of our own, which takes Graphite's lines over TCP and UDP and tells what it keeps. */
final class VictoriaMetrics implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    /** The numbers of a line; what looks like them within a string has its quotes escaped. */
    private static final Pattern VALUES = Pattern.compile("\"values\":\\[[^]]*]");

    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration STORED = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServerProcess process;
    private final int http;
    private final int graphite;

    private VictoriaMetrics(ServerProcess process, int http, int graphite) {
        this.process = process;
        this.http = http;
        this.graphite = graphite;
    }

    /** Starts one that listens on 127.0.0.1 only. */
    static VictoriaMetrics start() throws Exception {
        String program = Outside.victoriaMetrics();
        Path folder = ServerProcess.newFolder("exposit-victoria-metrics");
        int[] ports = Ports.free(2);
        ServerProcess process = new ServerProcess(
                folder,
                Map.of(),
                program,
                "-httpListenAddr=127.0.0.1:" + ports[0],
                "-graphiteListenAddr=127.0.0.1:" + ports[1],
                "-storageDataPath=" + folder.resolve("data"),
                "-memory.allowedBytes=128MB",
                "-loggerLevel=WARN");
        VictoriaMetrics victoria = new VictoriaMetrics(process, ports[0], ports[1]);
        try {
            process.awaitReady(() -> victoria.get("/health").equals("OK"));
        } catch (Throwable e) {
            victoria.close();
            throw e;
        }
        return victoria;
    }

    /** Where it takes lines, over TCP and UDP. */
    int port() {
        return graphite;
    }

    /** What it complained about. */
    String log() {
        return process.log();
    }

    /**
     * The newest value of each series that it keeps, named as carbon would name it: tags behind the name, sorted. Waits until
     * there are some, for half a minute, and then until no more come.
     */
    Map<String, Received> series(int atLeast) throws Exception {
        Instant end = Instant.now().plus(STORED);
        Map<String, Received> series = export();
        while (series.size() < atLeast && Instant.now().isBefore(end)) {
            Thread.sleep(200);
            series = export();
        }
        for (Map<String, Received> before = Map.of(); !series.equals(before); ) {
            Thread.sleep(1_200); // It keeps lines for a second, at most, before it stores them.
            before = series;
            series = export();
        }
        return series;
    }

    private Map<String, Received> export() throws Exception {
        get("/internal/force_flush");
        String match = URLEncoder.encode("{__name__!=\"\"}", StandardCharsets.UTF_8);
        Map<String, Received> series = new TreeMap<>();
        for (String line :
                (Iterable<String>) get("/api/v1/export?match=" + match).lines()::iterator) {
            JsonNode node = JSON.readTree(VALUES.matcher(line)
                    .replaceFirst(
                            values -> values.group().replace("+Inf", "Infinity").replace("-Inf", "-Infinity")));
            JsonNode times = node.get("timestamps");
            int newest = 0;
            for (int i = 1; i < times.size(); i++) {
                newest = times.get(i).longValue() >= times.get(newest).longValue() ? i : newest;
            }
            series.put(
                    name(node.get("metric")),
                    new Received(
                            times.get(newest).longValue() / 1_000,
                            node.get("values").get(newest).doubleValue()));
        }
        return series;
    }

    private static String name(JsonNode metric) {
        Map<String, String> tags = new TreeMap<>();
        metric.properties()
                .forEach(field -> tags.put(field.getKey(), field.getValue().textValue()));
        StringBuilder name = new StringBuilder(tags.getOrDefault("__name__", ""));
        tags.remove("__name__");
        tags.forEach((tag, value) -> name.append(';').append(tag).append('=').append(value));
        return name.toString();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path))
                .timeout(ANSWER)
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
