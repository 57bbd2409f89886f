package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.ByteView;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReadBenchmarkTest {
    private final ReadBenchmark benchmark = new ReadBenchmark();
    private final Volume volume = new Volume();

    /** Keeps the samples it is handed. */
    private static final class Keeping implements SampleSink {
        private final List<Sample> samples = new ArrayList<>();
        private final Map<String, String> labels = new HashMap<>();
        private String name = "";

        @Override
        public void name(ByteView name) {
            this.name = name.toString();
            labels.clear();
        }

        @Override
        public void label(ByteView name, ByteView value) {
            labels.put(name.toString(), value.toString());
        }

        @Override
        public void value(double value) {
            samples.add(new Sample(name, labels, value));
        }
    }

    private static List<Sample> walk(byte[] bytes, ExpositionFormat format) throws IOException {
        Keeping sink = new Keeping();
        try (ExpositionReader in = ExpositionReader.open(bytes, ReadOptions.of(format))) {
            assertThat(EventWalk.walk(in.expanded(), sink)).isEqualTo(sink.samples.size());
        }
        return sink.samples;
    }

    @ParameterizedTest
    @EnumSource
    void theSinkIsHandedEverySampleWithEscapesResolved(Workload workload) throws IOException {
        assertThat(walk(workload.text(), ExpositionFormat.PROMETHEUS_TEXT)).isEqualTo(Sample.ofText(workload.text()));
    }

    @ParameterizedTest
    @CsvSource({
        "NODE, OPENMETRICS_1", "NODE, OPENMETRICS_2", "NODE, PROTOBUF",
        "ALLTYPES, OPENMETRICS_1", "ALLTYPES, OPENMETRICS_2", "ALLTYPES, PROTOBUF"
    })
    void theOtherFormatsHaveTheSameSamples(Workload workload, ExpositionFormat format) throws IOException {
        assertThat(walk(Inputs.of(workload).as(format), format))
                .containsExactlyInAnyOrderElementsOf(Sample.ofText(workload.text()));
    }

    /** A histogram or summary in one piece counts once, and all its numbers are handed out. */
    @ParameterizedTest
    @CsvSource({"OPENMETRICS_2", "PROTOBUF"})
    void pieceByPieceAllNumbersAreThere(ExpositionFormat format) throws IOException {
        ScrapeInput input = Inputs.of(Workload.ALLTYPES);
        Keeping sink = new Keeping();
        try (ExpositionReader in = ExpositionReader.open(input.as(format), ReadOptions.of(format))) {
            assertThat(EventWalk.walk(in, sink))
                    .isEqualTo(input.model().stream()
                            .mapToLong(family -> family.metrics().size())
                            .sum());
        }
        long bounds = Sample.ofText(input.bytes()).stream()
                .filter(sample ->
                        sample.labels().containsKey("le") || sample.labels().containsKey("quantile"))
                .count();
        assertThat(sink.samples).hasSize(1857 + (int) bounds);
    }

    @ParameterizedTest
    @EnumSource
    void ourReadersGoToTheEnd(Workload workload) throws IOException {
        ScrapeInput input = Inputs.of(workload);
        int samples = Sample.ofText(input.bytes()).size();
        assertThat(benchmark.cursor(input, volume, Inputs.blackhole())).isEqualTo(samples);
        assertThat(benchmark.cursorOfStream(input, volume, Inputs.blackhole())).isEqualTo(samples);
        assertThat(volume.megabytes).isEqualTo(2 * (input.bytes().length / 1e6));
    }

    @Test
    void ourReadersOfOtherFormatsGoToTheEnd() throws IOException {
        var openMetrics1 = Inputs.take(new ReadBenchmark.OpenMetrics1Input(), Workload.NODE);
        openMetrics1.converted();
        assertThat(benchmark.cursorOpenMetrics1(openMetrics1, volume, Inputs.blackhole()))
                .isEqualTo(1196);
        var openMetrics2 = Inputs.take(new ReadBenchmark.OpenMetrics2Input(), Workload.NODE);
        openMetrics2.converted();
        // The one summary is in one piece.
        assertThat(benchmark.cursorOpenMetrics2(openMetrics2, volume, Inputs.blackhole()))
                .isEqualTo(1190);
        var protobuf = Inputs.take(new ReadBenchmark.ProtobufInput(), Workload.NODE);
        protobuf.converted();
        assertThat(benchmark.cursorProtobuf(protobuf, volume, Inputs.blackhole()))
                .isEqualTo(1190);
        double before = volume.megabytes;
        benchmark.protobufJava(protobuf, volume, Inputs.blackhole());
        assertThat(volume.megabytes - before).isPositive();
    }

    @Test
    void peersAreFedTheWholeScrape() throws IOException {
        ScrapeInput input = Inputs.of(Workload.NODE);
        benchmark.hawkular(input, volume, Inputs.blackhole());
        benchmark.skyWalking(input, volume, Inputs.blackhole());
        assertThat(volume.megabytes).isEqualTo(2 * (input.bytes().length / 1e6));
    }
}
