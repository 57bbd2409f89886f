package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the peers keep is in {@link PeersTest}. */
class ModelBenchmarkTest {
    private final ModelBenchmark benchmark = new ModelBenchmark();
    private final Volume volume = new Volume();

    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void ourModelsHoldEverySample(Workload workload) throws IOException {
        var input = Inputs.take(new ReadBenchmark.ProtobufInput(), workload);
        input.converted();
        assertThat(Sample.ofModel(benchmark.exposit(input, volume)))
                .containsExactlyInAnyOrderElementsOf(Sample.ofText(input.bytes()));
        assertThat(volume.megabytes).isEqualTo(input.bytes().length / 1e6);
        assertThat(Sample.ofModel(benchmark.expositProtobuf(input, volume)))
                .containsExactlyInAnyOrderElementsOf(Sample.ofText(input.bytes()));
    }

    @ParameterizedTest
    @EnumSource(names = "NODE")
    void peersAreFedTheWholeScrape(Workload workload) throws IOException {
        var input = Inputs.take(new ReadBenchmark.ProtobufInput(), workload);
        input.converted();
        benchmark.hawkular(input, volume, Inputs.blackhole());
        benchmark.skyWalking(input, volume, Inputs.blackhole());
        benchmark.protobufJava(input, volume, Inputs.blackhole());
        assertThat(volume.megabytes).isEqualTo(2 * (input.bytes().length / 1e6) + input.messages().length / 1e6);
    }
}
