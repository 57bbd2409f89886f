package dev.exposit.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.exposit.format.ExpositionFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader of delimited protobuf against the reference parser, beginning with what the differential run generates. */
class ProtobufFuzzing {
    static List<byte[]> messages() {
        return LongStream.range(0, 200).mapToObj(ProtobufMessages::of).toList();
    }

    @MethodSource("messages")
    @FuzzTest(maxDuration = "30s")
    void bothReadTheSame(byte[] messages) {
        assertThat(Agreement.disagreement(messages, ExpositionFormat.PROTOBUF)).isEmpty();
    }
}
