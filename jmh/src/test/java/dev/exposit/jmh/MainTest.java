package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {"ReadBenchmark -p file=a.prom", "ReadBenchmark -pfile=a.prom -f 1"})
    void aFileIsReadOnceNotForEachWorkload(String args) {
        assertThat(Main.withOneWorkload(args.split(" "))).containsExactly((args + " -p workload=file").split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ReadBenchmark", "ReadBenchmark -p workload=node", "-p file=a.prom -p workload=x"})
    void otherwiseArgumentsStayAsTheyAre(String args) {
        assertThat(Main.withOneWorkload(args.split(" "))).containsExactly(args.split(" "));
    }

    @Test
    void aFileMayBeOfAnyFormat(@TempDir Path folder) throws IOException {
        ScrapeInput node = Inputs.of(Workload.NODE);
        for (ExpositionFormat format : new ExpositionFormat[] {
            ExpositionFormat.PROMETHEUS_TEXT, ExpositionFormat.OPENMETRICS_1, ExpositionFormat.PROTOBUF
        }) {
            Path file = Files.write(folder.resolve(format.id()), node.as(format));
            ScrapeInput input = new ScrapeInput();
            input.take(file);
            assertThat(input.options().format()).isEqualTo(format);
            assertThat(Sample.ofModel(input.model())).hasSize(1196);
        }
    }
}
