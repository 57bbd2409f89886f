package dev.exposit.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What tests use that is not part of the project: a folder of real scrapes, programs of others. Where something is
 * missing the test is skipped with a message; with {@code -Dexposit.ci=true} a missing program fails it instead, but
 * for those packages in {@code -Dexposit.unavailable}, separated by commas, that cannot be had.
 */
public final class Outside {
    /** The Python that Debian's packages are for. */
    public static final String PYTHON = "/usr/bin/python3";

    /** Packages that cannot be had on this system, so that even CI has to do without. */
    private static final Set<String> UNAVAILABLE =
            Set.copyOf(List.of(System.getProperty("exposit.unavailable", "").split(",", -1)));

    /** Which packages have been looked for, and whether they are there. */
    private static final Map<String, Boolean> FOUND = new ConcurrentHashMap<>();

    private static final String READ_OPENMETRICS = """
            import sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            for family in text_string_to_metric_families(sys.stdin.buffer.read().decode("utf-8")):
                list(family.samples)
            """;

    /** How a program ended. */
    record Ended(int status, String output) {}

    private Outside() {}

    /** A folder beside the project, such as {@code corpus/scraped}. */
    static Path shared(String folder) {
        Path path = Path.of(System.getProperty("exposit.shared", "../../shared"), folder);
        assumeTrue(Files.isDirectory(path), () -> "skipped: there is no " + path + "; -Dexposit.shared=FOLDER");
        return path;
    }

    /** Those of some folders beside the project that are there. */
    public static List<Path> sharedIfThere(String... folders) {
        return Stream.of(folders)
                .map(folder -> Path.of(System.getProperty("exposit.shared", "../../shared"), folder))
                .filter(Files::isDirectory)
                .toList();
    }

    /** The files in a folder beside the project whose names end so, in alphabetical order. */
    static List<Path> files(String folder, String suffix) {
        try (Stream<Path> files = Files.list(shared(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets {@code promtool check metrics} judge Prometheus text: 0 clean, 3 valid but unwise, else malformed. */
    static Ended promtool(byte[] text) throws Exception {
        require("promtool", "/usr/bin/promtool", "--version");
        return run(text, "/usr/bin/promtool", "check", "metrics");
    }

    /** The Prometheus server's program. */
    public static String prometheus() throws Exception {
        require("prometheus", "/usr/bin/prometheus", "--version");
        return "/usr/bin/prometheus";
    }

    /** Lets Python's strict parser judge OpenMetrics text: 0 if it is valid. */
    static Ended python(byte[] text) throws Exception {
        require("python3-prometheus-client", PYTHON, "-c", "import prometheus_client");
        return run(text, PYTHON, "-c", READ_OPENMETRICS);
    }

    /** The program of Graphite's carbon-cache; whisper and protobuf, for Python, are there as well. */
    public static String carbonCache() throws Exception {
        require("graphite-carbon", "/usr/bin/carbon-cache", "--help");
        require("python3-whisper", PYTHON, "-c", "import whisper");
        require("python3-protobuf", PYTHON, "-c", "import google.protobuf");
        return "/usr/bin/carbon-cache";
    }

    /** The program of VictoriaMetrics. */
    public static String victoriaMetrics() throws Exception {
        require("victoria-metrics", "/usr/bin/victoria-metrics", "--version");
        return "/usr/bin/victoria-metrics";
    }

    /** What a script for Python prints, which needs Python's Prometheus client. */
    public static String pythonClient(Path script, byte[] input, String... arguments) throws Exception {
        require("python3-prometheus-client", PYTHON, "-c", "import prometheus_client");
        return python(script, input, arguments);
    }

    /** What a script for Python prints. */
    public static String python(Path script, byte[] input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
        command.addAll(List.of(arguments));
        Ended ended = run(input, command.toArray(String[]::new));
        if (ended.status() != 0) {
            throw new AssertionError(script + " failed: " + ended.output());
        }
        return ended.output();
    }

    /** What a command prints; nothing of why it failed. */
    public static String output(String... command) throws Exception {
        return run(new byte[0], command).output();
    }

    private static void require(String what, String... probe) throws Exception {
        Boolean found = FOUND.get(what);
        if (found == null) {
            found = Files.isExecutable(Path.of(probe[0]))
                    && run(new byte[0], probe).status() == 0;
            FOUND.put(what, found);
        }
        boolean there = found;
        if (!there && Boolean.getBoolean("exposit.ci") && !UNAVAILABLE.contains(what)) {
            throw new AssertionError(what + " is not installed");
        }
        assumeTrue(there, () -> "skipped: " + what + " is not installed");
    }

    private static Ended run(byte[] input, String... command) throws Exception {
        Path in = Files.createTempFile("exposit", ".in");
        Path out = Files.createTempFile("exposit", ".out");
        try {
            Files.write(in, input);
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command[0] + " did not end within two minutes");
            }
            return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }
}
