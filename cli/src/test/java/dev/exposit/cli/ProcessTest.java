package dev.exposit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only a process of its own can show: real pipes, and the exit status. */
@Timeout(60)
class ProcessTest {
    static Process start(String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command()
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().add("-XX:+UseSerialGC");
        builder.command().add("-cp");
        builder.command().add(System.getProperty("java.class.path"));
        builder.command().add(Main.class.getName());
        builder.command().addAll(List.of(args));
        return builder.start();
    }

    private static String err(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void bytesPassFromPipeToPipe() throws Exception {
        Process process = start("convert", "--to", "prometheus-text");
        try (OutputStream in = process.getOutputStream()) {
            in.write("a{x=\"äöü\u20ac\"} 1\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("a{x=\"äöü\u20ac\"} 1\n");
        assertThat(err(process)).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void statusIsThatOfTheCommand() throws Exception {
        Process process = start("convert", "--to", "prometheus-text");
        try (OutputStream in = process.getOutputStream()) {
            in.write("a{x=\"€ 1\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(err(process)).startsWith("<stdin>:1:").contains("a{x=\"€ 1");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void readerThatStopsEarlyEndsTheProgramQuietly() throws Exception {
        Process process = start("convert", "--to", "prometheus-text");
        Thread feeder = new Thread(() -> {
            try (OutputStream in = process.getOutputStream()) {
                for (int i = 0; i < 200_000; i++) {
                    in.write(("x{i=\"" + i + "\"} 1\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // The program has ended, as it should.
            }
        });
        feeder.start();
        assertThat(process.getInputStream().readNBytes(10)).hasSize(10);
        process.getInputStream().close();
        assertThat(err(process)).isEmpty();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(4);
        feeder.join();
    }
}
