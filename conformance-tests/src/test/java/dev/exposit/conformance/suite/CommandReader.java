package dev.exposit.conformance.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A reader that is a program: it gets the exposition on its standard input, and its exit status is the verdict, 0 for valid.
 *
 * @param model whether the program prints the model to its standard output, as an object with the field {@code families}
 * @param timeout how long it may take for one exposition
 */
record CommandReader(List<String> command, boolean model, Duration timeout) {
    private static final int LONGEST_MESSAGE = 200;
    /** Shells and the JVM report the end by signal n as status 128 + n. */
    private static final int SIGNALLED = 128;

    private static final int LAST_SIGNAL = 31;

    /** Copies the command. */
    CommandReader {
        command = List.copyOf(command);
    }

    /**
     * What the program says of an exposition.
     *
     * @throws IOException if it cannot be run
     */
    Verdict read(byte[] exposition) throws IOException, InterruptedException {
        Path in = Files.createTempFile("exposition", ".txt");
        Path out = Files.createTempFile("exposition", ".out");
        Path error = Files.createTempFile("exposition", ".err");
        try {
            Files.write(in, exposition);
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(error.toFile())
                    .start();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                return new Verdict.Failed("did not end within " + timeout.toSeconds() + " s");
            }
            int status = process.exitValue();
            if (status > SIGNALLED && status <= SIGNALLED + LAST_SIGNAL) {
                return new Verdict.Failed("ended by signal " + (status - SIGNALLED));
            }
            return status == 0 ? accepted(Files.readAllBytes(out)) : new Verdict.Refused(message(error), List.of());
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(error);
        }
    }

    private Verdict accepted(byte[] out) throws IOException {
        if (!model) {
            return new Verdict.Accepted(null);
        }
        try {
            JsonNode printed = Json.read(out);
            JsonNode families = printed == null ? null : printed.get("families");
            return families == null
                    ? new Verdict.Failed("printed no object with the field families")
                    : new Verdict.Accepted(families);
        } catch (JsonProcessingException e) {
            return new Verdict.Failed("printed no JSON: " + e.getOriginalMessage());
        }
    }

    /** The end of what the program complained: where some print a trace first, the reason comes last. */
    private static String message(Path error) throws IOException {
        String text = new String(Files.readAllBytes(error), StandardCharsets.UTF_8)
                .strip()
                .replaceAll("\\s+", " ");
        return text.length() <= LONGEST_MESSAGE ? text : "… " + text.substring(text.length() - LONGEST_MESSAGE);
    }
}
