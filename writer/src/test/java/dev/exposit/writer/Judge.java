package dev.exposit.writer;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other people's programs that say whether an exposition is valid. */
final class Judge {
    private static final int TIMEOUT_SECONDS = 120;

    private Judge() {}

    /** What a program printed and how it ended. */
    record Answer(int exitCode, String output) {}

    /** Skips the test if the program is missing; where {@code exposit.ci} is true, fails it. */
    static void require(boolean there, String what) {
        if (there) {
            return;
        }
        if (Boolean.getBoolean("exposit.ci")) {
            fail(what + " is missing, and exposit.ci says that it must be there");
        }
        abort(what + " is missing");
    }

    static Answer run(Path directory, Path input, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command.get(0) + " took more than " + TIMEOUT_SECONDS + " s");
        }
        return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    static boolean isExecutable(String program) {
        return new File(program).canExecute();
    }
}
