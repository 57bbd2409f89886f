package dev.exposit.conformance.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A reader that is a program, started once for all expositions: it gets the name of a file in each line of its standard input,
 * and answers each with a line {@code valid} or {@code invalid}. For programs that take long to start.
 *
 * @param timeout how long it may take for all of them
 */
record BatchReader(List<String> command, Duration timeout) {
    /** Copies the command. */
    BatchReader {
        command = List.copyOf(command);
    }

    /**
     * What the program says of each exposition.
     *
     * @throws IOException if it cannot be run
     */
    List<Verdict> read(List<byte[]> expositions) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("expositions");
        try {
            List<String> names = new ArrayList<>();
            for (byte[] exposition : expositions) {
                Path file = folder.resolve(names.size() + ".txt");
                Files.write(file, exposition);
                names.add(file.toString());
            }
            Path in = Files.write(folder.resolve("in"), names);
            Path out = folder.resolve("out");
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            return verdicts(Files.readAllLines(out, StandardCharsets.ISO_8859_1), names.size());
        } finally {
            delete(folder);
        }
    }

    /** The verdict of each line; where there are too few, the program ended or was too slow. */
    private static List<Verdict> verdicts(List<String> answers, int count) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String answer = i < answers.size() ? answers.get(i) : "no answer";
            verdicts.add(
                    switch (answer) {
                        case "valid" -> new Verdict.Accepted(null);
                        case "invalid" -> new Verdict.Refused("", List.of());
                        default -> new Verdict.Failed("neither valid nor invalid: " + answer);
                    });
        }
        return verdicts;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
