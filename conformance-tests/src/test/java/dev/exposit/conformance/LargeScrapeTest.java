package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.convert.Converter;
import dev.exposit.convert.Source;
import dev.exposit.format.ExpositionFormat;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Memory does not grow with the scrape, nor does the result depend on how its bytes arrive. The size is 128 MiB, or what
 * {@code -Dexposit.large=BYTES} says.
 */
class LargeScrapeTest {
    private static final long SIZE = Long.getLong("exposit.large", 128L << 20);

    @Test
    void convertsInAHeapMuchSmallerThanTheScrape(@TempDir Path folder) throws Exception {
        Path scrape = folder.resolve("large.prom");
        LargeScrape.main(new String[] {Long.toString(SIZE), scrape.toString()});
        long samples;
        try (Stream<String> lines = Files.lines(scrape)) {
            samples = lines.filter(line -> !line.startsWith("#")).count();
        }
        Process process = exposit(folder.resolve("errors"), "convert", "--to", "openmetrics-1", scrape.toString());
        long converted = 0;
        String last = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                converted += line.startsWith("#") ? 0 : 1;
                last = line;
            }
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(folder.resolve("errors"))).isEmpty();
        assertThat(process.exitValue()).isZero();
        assertThat(last).isEqualTo("# EOF");
        assertThat(converted).isEqualTo(samples);
    }

    /** Out to JSON and back, in either form. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "json-lines"})
    void jsonIsWrittenAndReadInASmallHeap(String form, @TempDir Path folder) throws Exception {
        Path scrape = folder.resolve("large.prom");
        LargeScrape.main(new String[] {Long.toString(SIZE / 4), scrape.toString()});
        Path json = folder.resolve("large.json");
        Path back = folder.resolve("back.prom");
        Path again = folder.resolve("again.prom");
        run(folder, "convert", "--to", form, "-o", json.toString(), scrape.toString());
        run(folder, "convert", "--to", "prometheus-text", "-o", back.toString(), json.toString());
        run(folder, "convert", "--to", "prometheus-text", "-o", again.toString(), scrape.toString());
        assertThat(Files.mismatch(back, again)).isEqualTo(-1);
    }

    private static void run(Path folder, String... arguments) throws Exception {
        Process process = exposit(folder.resolve("errors"), arguments);
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(folder.resolve("errors"))).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    /** Starts the command line with a heap of an eighth of a scrape of 512 MiB, and of 64 MiB beyond. */
    private static Process exposit(Path errors, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + Math.min(64, Math.max(24, SIZE >> 23)) + "m");
        command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.add("dev.exposit.cli.Main");
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    @Test
    void bytesThatArriveOneByOneGiveTheSameResult() throws IOException {
        byte[] scrape = new LargeScrape(1 << 20).readAllBytes();
        assertThat(convert(new OneByOne(scrape))).isEqualTo(convert(new ByteArrayInputStream(scrape)));
    }

    private static byte[] convert(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Converter.to(ExpositionFormat.OPENMETRICS_1).convert(Source.of(in, "scrape"), out);
        return out.toByteArray();
    }

    /** A stream that answers one byte to each call. */
    private static final class OneByOne extends InputStream {
        private final byte[] bytes;
        private int next;

        OneByOne(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return next == bytes.length ? -1 : bytes[next++] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int b = read();
            if (b >= 0) {
                target[offset] = (byte) b;
            }
            return b < 0 ? -1 : 1;
        }
    }
}
