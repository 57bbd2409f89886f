package dev.exposit.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.exposit.format.ExpositionFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader of OpenMetrics protobuf against the reference parser, beginning with what the differential run generates. */
class OpenMetricsProtobufFuzzing {
    static List<byte[]> sets() {
        return LongStream.range(0, 200).mapToObj(OpenMetricsMessages::of).toList();
    }

    @MethodSource("sets")
    @FuzzTest(maxDuration = "30s")
    void bothReadTheSame(byte[] sets) {
        assertThat(Agreement.disagreement(sets, ExpositionFormat.OPENMETRICS_PROTOBUF))
                .isEmpty();
    }
}
