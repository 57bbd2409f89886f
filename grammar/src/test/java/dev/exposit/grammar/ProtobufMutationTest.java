package dev.exposit.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, there is a model or an {@link InvalidExpositionException} that points into them. */
class ProtobufMutationTest {
    private static final long SEED = Long.getLong("exposit.seed", 20_250_101);
    private static final int MUTANTS = 5_000;

    private static final String FAMILIES = """
            name: "c_seconds_total" help: "C \\303\\251 \\"" type: COUNTER unit: 'seconds'
            metric < label < name: "a" value: "b" > counter < value: 1.5 exemplar < label < name: "t" value: "1" >
              value: 2 timestamp < seconds: 1 nanos: 2 > > start_timestamp < seconds: 3 > > timestamp_ms: -4 >

            # summary
            name: "s" type: SUMMARY
            metric { summary { sample_count: 2 sample_sum: nan quantile { quantile: 0.5 value: -inf } } }

            name: "h" type: HISTOGRAM
            metric { histogram { sample_count: 2 schema: 3 zero_threshold: 0.25 zero_count: 1
              bucket { upper_bound: 1 cumulative_count: 1 } bucket { upper_bound: inf cumulative_count_float: 2 }
              positive_span { offset: -2 length: 2 } positive_span { offset: 1 length: 1 } positive_delta: [1, -1, 2]
              negative_span { length: 1 } negative_delta: 3 exemplars { value: 1 } } }
            """;

    private static final String METRIC_SET = """
            metric_families { name: "c" type: COUNTER metrics { labels { name: "a" value: "b" }
              metric_points { counter_value { int_value: 2 created { seconds: 1 } exemplar { value: 1 } } } } }
            metric_families { name: "h_s" type: HISTOGRAM unit: "s" help: "H" metrics { metric_points {
              histogram_value { double_value: 1 count: 2 buckets { count: 2 upper_bound: inf } }
              timestamp { nanos: 1 } } } }
            metric_families { name: "i" type: INFO metrics { metric_points { info_value { info { name: "x" } } } } }
            metric_families { name: "e" type: STATE_SET metrics { metric_points {
              state_set_value { states { name: "x" enabled: true } states { name: "y" } } } } }
            metric_families { name: "s" type: SUMMARY metrics { metric_points {
              summary_value { int_value: 1 count: 2 quantile { quantile: 1 } } } } }
            """;

    @Test
    void delimited() {
        byte[] valid = ProtobufCases.delimited(FAMILIES.split("\n\n", -1));
        assertThat(PrometheusProtobufReference.parse(valid).families()).hasSize(3);
        mutate(valid, PrometheusProtobufReference::parse);
    }

    @Test
    void text() {
        byte[] valid = FAMILIES.getBytes(StandardCharsets.UTF_8);
        assertThat(PrometheusProtobufReference.parseText(valid).families()).hasSize(3);
        mutate(valid, PrometheusProtobufReference::parseText);
    }

    @Test
    void openMetrics() {
        byte[] valid = ProtobufCases.metricSet(METRIC_SET);
        assertThat(OpenMetricsProtobufReference.parse(valid).families()).hasSize(5);
        mutate(valid, OpenMetricsProtobufReference::parse);
    }

    private static void mutate(byte[] valid, Consumer<byte[]> read) {
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutant(valid, random);
            try {
                read.accept(mutant);
            } catch (InvalidExpositionException e) {
                refused++;
                assertThat(e.location().offset()).isBetween(0L, (long) mutant.length);
            } catch (RuntimeException e) {
                fail(
                        "exposit.seed=" + SEED + ", mutant " + i + ": "
                                + HexFormat.of().formatHex(mutant),
                        e);
            }
        }
        assertThat(refused).isBetween(MUTANTS / 4, MUTANTS - 1);
    }

    /** The bytes with one to three of them changed, or stretches taken out or doubled. */
    private static byte[] mutant(byte[] valid, SplittableRandom random) {
        byte[] mutant = valid;
        List<Integer> odd = List.of(0, 1, 0x7F, 0x80, 0xFF, (int) '"', (int) '\\', (int) '{', (int) '>', (int) '\n');
        for (int change = random.nextInt(3); change >= 0 && mutant.length > 0; change--) {
            int from = random.nextInt(mutant.length);
            int to = Math.min(mutant.length, from + 1 + random.nextInt(8));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(mutant, 0, from);
            switch (random.nextInt(4)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> out.write(odd.get(random.nextInt(odd.size())));
                case 2 -> out.writeBytes(Arrays.copyOfRange(valid, Math.min(from, valid.length - 1), valid.length));
                default -> out.write(mutant, from, to - from);
            }
            int rest = random.nextBoolean() ? from + 1 : to;
            out.write(mutant, Math.min(rest, mutant.length), mutant.length - Math.min(rest, mutant.length));
            mutant = out.toByteArray();
        }
        return mutant;
    }
}
