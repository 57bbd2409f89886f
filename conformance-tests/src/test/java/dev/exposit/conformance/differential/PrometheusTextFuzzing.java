package dev.exposit.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.exposit.format.ExpositionFormat;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader of Prometheus text against the reference parser, beginning with the cases of the conformance suite. */
class PrometheusTextFuzzing {
    static List<byte[]> texts() throws IOException {
        return SuiteTexts.of("prometheus-text");
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "30s")
    void bothReadTheSame(byte[] text) {
        assertThat(Agreement.disagreement(text, ExpositionFormat.PROMETHEUS_TEXT))
                .isEmpty();
    }
}
