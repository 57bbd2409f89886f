package dev.exposit.cli;

import static dev.exposit.cli.Run.exposit;
import static dev.exposit.cli.Run.withInput;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where the result goes, and what is left of it after a failure. */
class OutputTest {
    private static final String CONVERTED = "# TYPE a unknown\na 1.0\n# EOF\n";

    /** More than a writer's buffer, and then an error that only the second pass sees. */
    private static final String LONG_AND_WRONG = longText() + "second 1\nthird 1\nfirst 1\n";

    @TempDir
    Path folder;

    private static String longText() {
        StringBuilder text = new StringBuilder("first 1\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("a{i=\"").append(i).append("\"} 1\n");
        }
        return text.toString();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static final class Failing extends OutputStream {
        private final String message;

        Failing(String message) {
            this.message = message;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(message);
        }
    }

    @Test
    void fileIsThereWhenItIsWhole() throws IOException {
        Path file = folder.resolve("x.om");
        Run run = withInput("a 1\n").with("convert", "--to", "openmetrics-1", "-o", file.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEmpty();
        assertThat(file).hasContent(CONVERTED);
        assertThat(files()).containsExactly(file);
    }

    @Test
    void fileIsReplacedOnlyByAWholeOne() throws IOException {
        Path file = Files.writeString(folder.resolve("x.om"), "before");
        Run failed = withInput(LONG_AND_WRONG).with("convert", "--to", "prometheus-text", "-o", file.toString());
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).doesNotContain("incomplete");
        assertThat(file).hasContent("before");
        assertThat(files()).containsExactly(file);

        assertThat(withInput("a 1\n")
                        .with("convert", "--to", "openmetrics-1", "--output", file.toString())
                        .status())
                .isZero();
        assertThat(file).hasContent(CONVERTED);
    }

    @Test
    void fileMayBeTheInput() throws IOException {
        Path file = Files.writeString(folder.resolve("x.prom"), "a 1\n");
        assertThat(exposit("convert", "--to", "openmetrics-1", "-o", file.toString(), file.toString())
                        .status())
                .isZero();
        assertThat(file).hasContent(CONVERTED);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileHasThePermissionsOfANewOne() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "");
        Path file = folder.resolve("x.om");
        withInput("a 1\n").with("convert", "--to", "openmetrics-1", "-o", file.toString());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("x.om"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        withInput("a 1\n").with("convert", "--to", "openmetrics-1", "-o", link.toString());
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent(CONVERTED);
    }

    @Test
    @EnabledIf("hasDevNull")
    void deviceStaysADevice() {
        Run run = withInput("a 1\n").with("convert", "--to", "openmetrics-1", "-o", "/dev/null");
        assertThat(run.status()).isZero();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    static boolean hasDevNull() {
        return Files.exists(Path.of("/dev/null"));
    }

    @Test
    void minusIsStandardOutput() {
        assertThat(withInput("a 1\n")
                        .with("convert", "--to", "openmetrics-1", "-o", "-")
                        .out())
                .isEqualTo(CONVERTED);
    }

    @Test
    void fileThatCannotBeWrittenFails() {
        Run inFolder = withInput("a 1\n").with("convert", "--to", "openmetrics-1", "-o", folder.toString());
        assertThat(inFolder.status()).isEqualTo(4);
        assertThat(inFolder.err()).isEqualTo("exposit: " + folder + ": is a directory\n");

        Path nowhere = folder.resolve("none").resolve("x.om");
        Run missing = withInput("a 1\n").with("convert", "--to", "openmetrics-1", "-o", nowhere.toString());
        assertThat(missing.status()).isEqualTo(4);
        assertThat(missing.err()).isEqualTo("exposit: " + nowhere + ": cannot be written, the folder is missing\n");
    }

    @Test
    void partOnStandardOutputIsCalledIncomplete() {
        Run run = withInput(LONG_AND_WRONG).with("convert", "--to", "prometheus-text");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isNotEmpty();
        assertThat(run.err())
                .contains(": error: FAMILY_REOPENED: ")
                .endsWith("exposit: what was written to standard output is incomplete\n");
    }

    @Test
    void fullDiskFails() {
        Run run = withInput("a 1\n")
                .writingTo(new Failing("No space left on device"))
                .with("convert", "--to", "openmetrics-1");
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).isEqualTo("""
                exposit: cannot write standard output: No space left on device
                exposit: what was written to standard output is incomplete
                """);
    }

    @Test
    void readerThatHasSeenEnoughIsToldNothing() {
        Run run = withInput("a 1\n").writingTo(new Failing("Broken pipe")).with("convert", "--to", "openmetrics-1");
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).isEmpty();
    }
}
