package dev.exposit.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.exposit.format.ExpositionFormat;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader of OpenMetrics 1.0 against the reference parser, beginning with the cases of the conformance suite. */
class OpenMetrics1Fuzzing {
    static List<byte[]> texts() throws IOException {
        return SuiteTexts.of("openmetrics-1");
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "30s")
    void bothReadTheSame(byte[] text) {
        assertThat(Agreement.disagreement(text, ExpositionFormat.OPENMETRICS_1)).isEmpty();
    }
}
