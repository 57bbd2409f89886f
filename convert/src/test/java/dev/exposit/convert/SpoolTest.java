package dev.exposit.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpoolTest {
    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** On both sides of the bound, and with different shares of it read the first time. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "100000, 0",
        "8388608, 8388608",
        "8388609, 8388609",
        "8388609, 0",
        "20000000, 8388608",
        "20000000, 12345678",
        "20000000, 20000000",
    })
    void secondReadingGivesAllBytes(int length, int readFirst) throws IOException {
        byte[] bytes = random(length);
        try (Spool spool = new Spool(new ByteArrayInputStream(bytes), Long.MAX_VALUE)) {
            assertThat(spool.recorded().readNBytes(readFirst)).hasSize(readFirst);
            assertThat(spool.replayed().readAllBytes()).isEqualTo(bytes);
            assertThat(spool.isInFile()).isEqualTo(length > Spool.MEMORY_BYTES);
        }
    }

    @Test
    void readingStopsBeyondTheLimit() throws IOException {
        try (Spool spool = new Spool(new ByteArrayInputStream(random(10_000_000)), 1_000_000)) {
            assertThat(spool.replayed().readAllBytes()).hasSizeBetween(1_000_001, 1_100_000);
        }
    }

    @Test
    void nothingStaysBehind() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        long before = count(folder);
        try (Spool spool = new Spool(new ByteArrayInputStream(random(Spool.MEMORY_BYTES + 1)), Long.MAX_VALUE)) {
            assertThat(spool.replayed().readAllBytes()).hasSize(Spool.MEMORY_BYTES + 1);
        }
        assertThat(count(folder)).isLessThanOrEqualTo(before);
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".spool"))
                    .count();
        }
    }
}
