package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConvertBenchmarkTest {
    private interface Conversion {
        long run(ScrapeInput input, Target target, Volume volume) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void theResultIsWhatTheWriterMakesOfTheModel(Workload workload) throws IOException {
        ConvertBenchmark benchmark = new ConvertBenchmark();
        check(workload, benchmark::toPrometheusText, ExpositionFormat.PROMETHEUS_TEXT);
        check(workload, benchmark::toOpenMetrics1, ExpositionFormat.OPENMETRICS_1);
        check(workload, benchmark::toOpenMetrics2, ExpositionFormat.OPENMETRICS_2);
        check(workload, benchmark::toProtobuf, ExpositionFormat.PROTOBUF);
    }

    private static void check(Workload workload, Conversion conversion, ExpositionFormat format) throws IOException {
        ScrapeInput input = Inputs.of(workload);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Target target = new Target();
        target.set(out);
        Volume volume = new Volume();
        assertThat(conversion.run(input, target, volume))
                .isEqualTo(input.model().stream()
                        .mapToLong(family -> family.metrics().size())
                        .sum());
        assertThat(out.toByteArray()).isEqualTo(input.as(format));
        assertThat(volume.megabytes).isEqualTo(input.bytes().length / 1e6);
    }
}
