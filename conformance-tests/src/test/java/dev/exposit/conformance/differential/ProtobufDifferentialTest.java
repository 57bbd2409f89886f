package dev.exposit.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
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
        assertAgreement(ProtobufMessages::of, ExpositionFormat.PROTOBUF, HexFormat.of()::formatHex);
    }

    @Test
    void openMetricsProtobuf() {
        assertAgreement(OpenMetricsMessages::of, ExpositionFormat.OPENMETRICS_PROTOBUF, HexFormat.of()::formatHex);
    }

    /** Every spelling of the text format, and what is none. */
    @Test
    void protobufText() {
        assertAgreement(
                ProtobufTexts::of,
                ExpositionFormat.PROTOBUF_TEXT,
                exposition -> new String(exposition, StandardCharsets.UTF_8));
    }

    private static void assertAgreement(
            LongFunction<byte[]> expositions, ExpositionFormat format, Function<byte[], String> shown) {
        List<String> failures = new ArrayList<>();
        for (long seed = SEED; seed < SEED + CASES && failures.size() < MOST_FAILURES; seed++) {
            byte[] exposition = expositions.apply(seed);
            String its = "exposit.seed=" + seed + "\n" + shown.apply(exposition) + "\n";
            Agreement.disagreement(exposition, format).ifPresent(what -> failures.add(its + what));
        }
        assertThat(failures).isEmpty();
    }
}
