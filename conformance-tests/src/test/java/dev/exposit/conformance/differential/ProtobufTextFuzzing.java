package dev.exposit.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.exposit.format.ExpositionFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader of protobuf as text against the reference parser, beginning with what the differential run generates. */
class ProtobufTextFuzzing {
    static List<byte[]> texts() {
        return LongStream.range(0, 200).mapToObj(ProtobufTexts::of).toList();
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "30s")
    void bothReadTheSame(byte[] texts) {
        assertThat(Agreement.disagreement(texts, ExpositionFormat.PROTOBUF_TEXT))
                .isEmpty();
    }
}
