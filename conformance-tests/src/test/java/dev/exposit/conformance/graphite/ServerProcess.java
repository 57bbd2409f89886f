package dev.exposit.conformance.graphite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of others, with a folder of its own that goes when it ends. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH = 1L << 30;

    private final Path folder;
    private final Process process;
    private final Path log;

    /** A new folder for a server, in memory where there is much: some write thousands of files. */
    static Path newFolder(String name) throws IOException {
        if (Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ENOUGH) {
            return Files.createTempDirectory(MEMORY, name);
        }
        return Files.createTempDirectory(name);
    }

    /**
     * Starts a server.
     *
     * @param folder what it works in; deleted with all that is in it by {@link #close()}
     * @param environment what its environment has beyond ours
     */
    ServerProcess(Path folder, Map<String, String> environment, String... command) throws IOException {
        this.folder = folder;
        log = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** What it printed. */
    String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is ready; a check that throws an {@link IOException} says that it is not. */
    void awaitReady(Callable<Boolean> check) throws Exception {
        Instant end = Instant.now().plus(START);
        while (!isReady(check)) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("the server did not start: " + log());
            }
            Thread.sleep(50);
        }
    }

    private static boolean isReady(Callable<Boolean> check) throws Exception {
        try {
            return check.call();
        } catch (IOException e) {
            return false; // It does not listen yet.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            // It has nothing to save.
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
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
