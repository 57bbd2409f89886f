package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the benchmark of the bridge computes. */
class GraphiteBenchmarkTest {
    @Test
    void bothSendTheSameLines() throws Exception {
        GraphiteBenchmark.Pushes pushes = new GraphiteBenchmark.Pushes();
        ScrapeInput input = new ScrapeInput();
        input.take(Workload.NODE);
        pushes.push(input);
        try {
            GraphiteBenchmark benchmark = new GraphiteBenchmark();
            GraphiteBenchmark.Lines lines = new GraphiteBenchmark.Lines();
            Volume volume = new Volume();

            assertThat(benchmark.exposit(pushes, volume, lines).samples()).isEqualTo(1196);
            double ofBridge = lines.millionLines;
            assertThat(ofBridge).isEqualTo(1196 / 1e6);
            assertThat(benchmark.prepared(pushes, volume, lines))
                    .isEqualTo((int) Math.round(volume.megabytes * 1e6 / 2));
            assertThat(lines.millionLines).isEqualTo(2 * ofBridge);
            assertThat(volume.megabytes).isGreaterThan(0);
        } finally {
            pushes.close();
        }
    }
}
