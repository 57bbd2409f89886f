package dev.exposit.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * The fast protobuf readers against the references, which have protobuf-java read the messages: both refuse an exposition, or both
 * read the same metrics from it. {@code exposit.seed} and {@code exposit.cases} as in {@link DifferentialTest}.
 */
class ProtobufDifferentialTest {
    private static final long SEED = Long.getLong("exposit.seed", 20250107L);
    private static final long CASES = Long.getLong("exposit.cases", 20_000L);
    private static final int MOST_FAILURES = 5;

    @Test
    void prometheusProtobuf() {
        assertAgreement(ExpositionFormat.PROTOBUF, ProtobufMessages::of);
    }

    @Test
    void openMetricsProtobuf() {
        assertAgreement(ExpositionFormat.OPENMETRICS_PROTOBUF, OpenMetricsMessages::of);
    }

    private static void assertAgreement(ExpositionFormat format, LongFunction<byte[]> messages) {
        List<String> failures = new ArrayList<>();
        for (long seed = SEED; seed < SEED + CASES && failures.size() < MOST_FAILURES; seed++) {
            byte[] exposition = messages.apply(seed);
            String hex = HexFormat.of().formatHex(exposition);
            String its = "exposit.seed=" + seed + "\n" + hex + "\n";
            Agreement.disagreement(exposition, format).ifPresent(what -> failures.add(its + what));
        }
        assertThat(failures).isEmpty();
    }
}
