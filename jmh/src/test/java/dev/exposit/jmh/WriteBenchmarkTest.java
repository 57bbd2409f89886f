package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WriteBenchmarkTest {
    private final WriteBenchmark benchmark = new WriteBenchmark();
    private final Volume volume = new Volume();
    private final Target target = new Target();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void writeToArray() {
        target.set(out);
    }

    /** What was written since the last call, read by us; it is also what the volume says. */
    private List<Sample> written(ExpositionFormat format) {
        assertThat(volume.megabytes).isEqualTo(out.size() / 1e6);
        List<Sample> samples = Sample.ofModel(Exposition.parse(out.toByteArray(), ReadOptions.of(format)));
        out.reset();
        volume.megabytes = 0;
        return samples;
    }

    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void ourWritersWriteEverySample(Workload workload) throws IOException {
        List<Sample> samples = Sample.ofText(workload.text());
        var model = new WriteBenchmark.Model();
        model.build(Inputs.of(workload));
        benchmark.exposit(model, target, volume);
        assertThat(written(ExpositionFormat.PROMETHEUS_TEXT)).containsExactlyInAnyOrderElementsOf(samples);
        benchmark.expositOpenMetrics1(model, target, volume);
        assertThat(written(ExpositionFormat.OPENMETRICS_1)).containsExactlyInAnyOrderElementsOf(samples);
        benchmark.expositOpenMetrics2(model, target, volume);
        assertThat(written(ExpositionFormat.OPENMETRICS_2)).containsExactlyInAnyOrderElementsOf(samples);
        benchmark.expositProtobuf(model, target, volume);
        assertThat(written(ExpositionFormat.PROTOBUF)).containsExactlyInAnyOrderElementsOf(samples);
    }

    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void whatIsRememberedChangesNothing(Workload workload) throws IOException {
        List<Sample> samples = Sample.ofText(workload.text());
        var model = new WriteBenchmark.Model();
        model.build(Inputs.of(workload));
        var remembered = new WriteBenchmark.Remembered();
        for (int exposition = 0; exposition < 3; exposition++) {
            benchmark.cached(model, remembered, target, volume);
            assertThat(written(ExpositionFormat.PROMETHEUS_TEXT)).containsExactlyInAnyOrderElementsOf(samples);
            benchmark.cachedOpenMetrics1(model, remembered, target, volume);
            assertThat(written(ExpositionFormat.OPENMETRICS_1)).containsExactlyInAnyOrderElementsOf(samples);
            benchmark.cachedOpenMetrics2(model, remembered, target, volume);
            assertThat(written(ExpositionFormat.OPENMETRICS_2)).containsExactlyInAnyOrderElementsOf(samples);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void theJavaClientsWritersWriteEverySample(Workload workload) throws IOException {
        List<Sample> samples = Sample.ofText(workload.text());
        var snapshots = new WriteBenchmark.Snapshots();
        snapshots.build(Inputs.of(workload));
        benchmark.javaClient(snapshots, target, volume);
        assertThat(written(ExpositionFormat.PROMETHEUS_TEXT)).containsExactlyInAnyOrderElementsOf(samples);
        benchmark.javaClientOpenMetrics1(snapshots, target, volume);
        assertThat(written(ExpositionFormat.OPENMETRICS_1)).containsExactlyInAnyOrderElementsOf(samples);
        benchmark.javaClientOpenMetrics2(snapshots, target, volume);
        assertThat(written(ExpositionFormat.OPENMETRICS_2)).containsExactlyInAnyOrderElementsOf(samples);
        benchmark.javaClientProtobuf(snapshots, target, volume);
        assertThat(written(ExpositionFormat.PROTOBUF)).containsExactlyInAnyOrderElementsOf(samples);
    }

    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void micrometerWritesEverySampleUnderAnotherName(Workload workload) throws IOException {
        var meters = new WriteBenchmark.Meters();
        meters.build(Inputs.of(workload));
        benchmark.micrometer(meters, target, volume);
        assertThat(Sample.ofText(out.toByteArray()))
                .containsExactlyInAnyOrderElementsOf(Sample.ofText(workload.text()).stream()
                        .map(sample ->
                                new Sample(MicrometerGauges.name(sample.name()), sample.labels(), sample.value()))
                        .toList());
        assertThat(volume.megabytes).isEqualTo(out.size() / 1e6);
    }
}
