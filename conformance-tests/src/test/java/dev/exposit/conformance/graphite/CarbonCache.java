package dev.exposit.conformance.graphite;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.exposit.conformance.Outside;
import dev.exposit.graphite.GraphiteTarget;
import dev.exposit.graphite.GraphiteTarget.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A carbon-cache of our own, which takes whatever comes as fast as it comes, and tells what it has written to disk. It
 * writes what it has in its cache once a second.
 */
final class CarbonCache implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final Pattern CREATED =
            Pattern.compile("creating database metric (.*?) \\(archive=\\[\\(1, 3600\\)] xff=", Pattern.DOTALL);
    private static final Duration WRITTEN = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofMillis(2_200); // two of its rounds

    private final ServerProcess process;
    private final Path whisper;
    private final Map<Transport, Integer> ports;
    private final long started = Instant.now().getEpochSecond();

    private CarbonCache(ServerProcess process, Path whisper, Map<Transport, Integer> ports) {
        this.process = process;
        this.whisper = whisper;
        this.ports = ports;
    }

    /** Starts one that listens on 127.0.0.1 only. */
    static CarbonCache start() throws Exception {
        String program = Outside.carbonCache();
        Path folder = ServerProcess.newFolder("exposit-carbon");
        int[] ports = Ports.free(4);
        Files.writeString(folder.resolve("carbon.conf"), """
                [cache]
                STORAGE_DIR = %1$s
                LOCAL_DATA_DIR = %1$s/whisper
                CONF_DIR = %1$s
                LOG_DIR = %1$s
                PID_DIR = %1$s
                USER =
                LINE_RECEIVER_INTERFACE = 127.0.0.1
                LINE_RECEIVER_PORT = %2$d
                ENABLE_UDP_LISTENER = True
                UDP_RECEIVER_INTERFACE = 127.0.0.1
                UDP_RECEIVER_PORT = %2$d
                PICKLE_RECEIVER_INTERFACE = 127.0.0.1
                PICKLE_RECEIVER_PORT = %3$d
                PROTOBUF_RECEIVER_INTERFACE = 127.0.0.1
                PROTOBUF_RECEIVER_PORT = %4$d
                CACHE_QUERY_INTERFACE = 127.0.0.1
                CACHE_QUERY_PORT = %5$d
                MAX_CACHE_SIZE = inf
                MAX_UPDATES_PER_SECOND = inf
                MAX_CREATES_PER_MINUTE = inf
                CACHE_WRITE_STRATEGY = naive
                WHISPER_SPARSE_CREATE = True
                WHISPER_FALLOCATE_CREATE = False
                CARBON_METRIC_INTERVAL = 0
                ENABLE_TAGS = False
                LOG_UPDATES = False
                LOG_CREATES = True
                """.formatted(folder, ports[0], ports[1], ports[2], ports[3]));
        Files.writeString(folder.resolve("storage-schemas.conf"), """
                [all]
                pattern = .*
                retentions = 1s:1h
                """);
        ServerProcess process = new ServerProcess(
                folder,
                Map.of("PYTHONUTF8", "1"),
                program,
                "--config=" + folder.resolve("carbon.conf"),
                "--pidfile=" + folder.resolve("pid"),
                "--logdir=" + folder,
                "--nodaemon",
                "start");
        CarbonCache carbon = new CarbonCache(
                process,
                folder.resolve("whisper"),
                Map.of(
                        Transport.TCP, ports[0],
                        Transport.UDP, ports[0],
                        Transport.PICKLE, ports[1],
                        Transport.PROTOBUF, ports[2]));
        try {
            process.awaitReady(carbon::isReady);
        } catch (Throwable e) {
            carbon.close();
            throw e;
        }
        return carbon;
    }

    private boolean isReady() throws IOException {
        for (int port : ports.values()) {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        }
        return true;
    }

    /** Where it listens; it knows no TLS. */
    int port(Transport transport) {
        Integer port = ports.get(transport);
        if (port == null) {
            throw new AssertionError("carbon has no " + transport);
        }
        return port;
    }

    /** A target with the defaults; not for TLS. */
    GraphiteTarget target(Transport transport) {
        return GraphiteTarget.of("127.0.0.1", port(transport), transport);
    }

    /** What it printed; each series that it created is there, each line that it refused. */
    String log() {
        return process.log();
    }

    /** Waits until it has written some series, or for half a minute. */
    void awaitWritten(int series) throws Exception {
        Instant end = Instant.now().plus(WRITTEN);
        while (written() < series && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
    }

    /** As {@link #awaitWritten}, and then until no more come. */
    void settle(int series) throws Exception {
        awaitWritten(series);
        long written = written();
        Instant quiet = Instant.now().plus(QUIET);
        while (Instant.now().isBefore(quiet)) {
            Thread.sleep(100);
            long now = written();
            if (now != written) {
                written = now;
                quiet = Instant.now().plus(QUIET);
            }
        }
    }

    private long written() throws IOException {
        if (!Files.isDirectory(whisper)) {
            return 0;
        }
        try (Stream<Path> files = Files.find(whisper, 1_000, (path, attributes) -> attributes.isRegularFile())) {
            return files.count();
        }
    }

    /** The newest value of each series that it has written, by the name that it gave it: tags are sorted there. */
    Map<String, Received> series() throws Exception {
        Map<Path, String> names = new HashMap<>();
        Matcher created = CREATED.matcher(log());
        while (created.find()) {
            names.putIfAbsent(file(created.group(1)), created.group(1));
        }
        Map<String, Received> series = new TreeMap<>();
        String[] since = {whisper.toString(), String.valueOf(started - 60)};
        for (String line : (Iterable<String>) Outside.python(Resources.file("read_whisper.py"), new byte[0], since)
                .lines()::iterator) {
            JsonNode node = JSON.readTree(line);
            String file = node.get(0).textValue();
            String name = names.getOrDefault(Path.of(file), "nobody created " + file);
            series.put(name, new Received(node.get(1).longValue(), node.get(2).doubleValue()));
        }
        return series;
    }

    /** The file of a series below the folder of all; the files of series with tags are named by hashes. */
    private static Path file(String name) {
        if (name.indexOf(';') < 0) {
            return Path.of(name.replace('.', '/').replaceFirst("^/+", "") + ".wsp");
        }
        String hash;
        try {
            hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        return Path.of("_tagged", hash.substring(0, 3), hash.substring(3, 6), hash + ".wsp");
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
