package dev.exposit.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.exposit.format.ExpositionFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fast readers against the reference parsers on inputs that a coverage-guided fuzzer looks for, beginning with the cases
 * of the conformance suite. Only those are run without {@code JAZZER_FUZZ=1}; with it one test is fuzzed for half a minute,
 * or longer: {@code -Djazzer.max_duration=8h}.
 */
class FuzzingTest {
    static List<byte[]> prometheusTexts() throws IOException {
        return texts("prometheus-text");
    }

    static List<byte[]> openMetrics1Texts() throws IOException {
        return texts("openmetrics-1");
    }

    static List<byte[]> openMetrics2Texts() throws IOException {
        return texts("openmetrics-2");
    }

    /** The texts of a format's cases. */
    static List<byte[]> texts(String format) throws IOException {
        Path folder = Path.of(System.getProperty("exposit.root", ".."), "conformance-tests/suite", format);
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> texts = files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
            byte[][] contents = new byte[texts.size()][];
            for (int i = 0; i < contents.length; i++) {
                contents[i] = Files.readAllBytes(texts.get(i));
            }
            return List.of(contents);
        }
    }

    @MethodSource("prometheusTexts")
    @FuzzTest(maxDuration = "30s")
    void prometheusText(byte[] text) {
        assertThat(Agreement.disagreement(text, ExpositionFormat.PROMETHEUS_TEXT))
                .isEmpty();
    }

    @MethodSource("openMetrics1Texts")
    @FuzzTest(maxDuration = "30s")
    void openMetrics1(byte[] text) {
        assertThat(Agreement.disagreement(text, ExpositionFormat.OPENMETRICS_1)).isEmpty();
    }

    @MethodSource("openMetrics2Texts")
    @FuzzTest(maxDuration = "30s")
    void openMetrics2(byte[] text) {
        assertThat(Agreement.disagreement(text, ExpositionFormat.OPENMETRICS_2)).isEmpty();
    }

    // ---- Protobuf: what the differential runs generate is what the fuzzer begins with

    static List<byte[]> messages() {
        return LongStream.range(0, 200).mapToObj(ProtobufMessages::of).toList();
    }

    static List<byte[]> messageTexts() {
        return LongStream.range(0, 200).mapToObj(ProtobufTexts::of).toList();
    }

    static List<byte[]> openMetricsMessages() {
        return LongStream.range(0, 200).mapToObj(OpenMetricsMessages::of).toList();
    }

    @MethodSource("messages")
    @FuzzTest(maxDuration = "30s")
    void protobuf(byte[] messages) {
        assertThat(Agreement.disagreement(messages, ExpositionFormat.PROTOBUF)).isEmpty();
    }

    @MethodSource("messageTexts")
    @FuzzTest(maxDuration = "30s")
    void textOfProtobuf(byte[] text) {
        assertThat(Agreement.disagreement(text, ExpositionFormat.PROTOBUF_TEXT)).isEmpty();
    }

    @MethodSource("openMetricsMessages")
    @FuzzTest(maxDuration = "30s")
    void setOfOpenMetrics(byte[] set) {
        assertThat(Agreement.disagreement(set, ExpositionFormat.OPENMETRICS_PROTOBUF))
                .isEmpty();
    }
}
