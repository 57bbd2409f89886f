package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumberBenchmarkTest {
    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void allReadAndWriteTheScrapesNumbers(Workload workload) throws IOException {
        NumberBenchmark benchmark = new NumberBenchmark();
        ScrapeNumbers numbers = new ScrapeNumbers();
        numbers.collect(Inputs.of(workload));
        double sum = 0;
        long characters = 0;
        long ofJdk = 0;
        for (Sample sample : Sample.ofText(workload.text())) {
            sum += sample.value();
            ofJdk += Double.toString(sample.value()).length();
        }
        for (String line :
                new String(numbers.lines(), StandardCharsets.US_ASCII).lines().toList()) {
            characters += line.length() - ScrapeNumbers.BEFORE;
        }
        Volume volume = new Volume();
        assertThat(benchmark.readExposit(numbers, volume)).isEqualTo(sum);
        assertThat(volume.megabytes).isEqualTo(characters / 1e6);
        assertThat(benchmark.readJdk(numbers, volume)).isEqualTo(sum);
        assertThat(benchmark.readFastDoubleParser(numbers, volume)).isEqualTo(sum);
        assertThat(benchmark.readExpositOnes(numbers, volume)).isEqualTo(numbers.values().length);
        assertThat(benchmark.writeExposit(numbers, volume)).isEqualTo(characters);
        assertThat(benchmark.writeJdk(numbers, volume)).isEqualTo(ofJdk);
    }
}
