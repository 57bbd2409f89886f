package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH itself runs every benchmark for a moment: set up in JMH's order, each has something to read or write. */
class RunTest {
    @Test
    void everyBenchmarkHasVolume() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(".*")
                        .exclude("LinearTimeBenchmark|StreamBenchmark")
                        .param("workload", "node")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertThat(results)
                .hasSizeGreaterThan(30)
                .allSatisfy(result -> assertThat(result.getSecondaryResults())
                        .as(result.getParams().getBenchmark())
                        .hasEntrySatisfying(
                                "megabytes", rate -> assertThat(rate.getScore()).isPositive())
                        .hasEntrySatisfying(
                                "megabytesOfCpu",
                                rate -> assertThat(rate.getScore()).isPositive()));
    }
}
