package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamBenchmarkTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 33", "34, 2, 66", "35, 2, 66", "4000, 115, 4035", "2500000, 74799, 3000099"})
    void readsAllOfTheStream(long length, long samples, long bytes) throws IOException {
        StreamBenchmark benchmark = new StreamBenchmark();
        benchmark.setLength(length);
        benchmark.makeText();
        Volume volume = new Volume();
        assertThat(benchmark.cursor(volume, Inputs.blackhole())).isEqualTo(samples);
        assertThat(volume.megabytes).isEqualTo(bytes / 1e6);
    }
}
