package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Composites as the classic series that Prometheus would store. */
class ExpansionTest {
    private static List<String> expanded(String lines) {
        ExpositionReader in = open(lines).expanded();
        List<String> events = new ArrayList<>();
        while (in.next() != Event.END) {
            assertThat(in.event()).isEqualTo(Event.SAMPLE);
            assertThat(in.toLabels().size()).isEqualTo(in.labelCount());
            events.add(EventDump.event(in));
        }
        return events;
    }

    private static ExpositionReader open(String lines) {
        return ExpositionReader.open(
                (lines + "\n# EOF\n").getBytes(StandardCharsets.UTF_8), ReadOptions.of(ExpositionFormat.OPENMETRICS_2));
    }

    @Test
    void aHistogramIsCountSumAndBuckets() {
        assertThat(expanded("""
                        h{a="b\\\\"} {count:3,sum:4.5,bucket:[1:2,+Inf:3]} 5 st@1 # {t="x"} 0.5 6 # {} 2 7 # {} 1 8 # {} NaN 9
                        b 1"""))
                .containsExactly(
                        "h_count{a=\"b\\\\\"} 3.0 @5 since @1 of h",
                        "h_sum{a=\"b\\\\\"} 4.5 @5 since @1 of h",
                        "h_bucket{a=\"b\\\\\",le=\"1.0\"} 2.0 @5 since @1 # {t=\"x\"} 0.5 @6 # {} 1.0 @8 of h",
                        "h_bucket{a=\"b\\\\\",le=\"+Inf\"} 3.0 @5 since @1 # {} 2.0 @7 # {} NaN @9 of h",
                        "b{} 1.0");
    }

    @Test
    void nativeBucketsAloneLeaveTheBucketOfAll() {
        assertThat(expanded("{\"h.h\"} {gcount:3,gsum:4,schema:0,zero_threshold:0,zero_count:3} # {} -1 2"))
                .containsExactly(
                        "h.h_count{} 3.0 of h.h",
                        "h.h_sum{} 4.0 of h.h",
                        "h.h_bucket{le=\"+Inf\"} 3.0 # {} -1.0 @2 of h.h");
    }

    @Test
    void aSummaryIsCountSumAndQuantiles() {
        assertThat(expanded("s {count:3,sum:4,quantile:[0.5:1,0.99:2]}"))
                .containsExactly(
                        "s_count{} 3.0 of s",
                        "s_sum{} 4.0 of s",
                        "s{quantile=\"0.5\"} 1.0",
                        "s{quantile=\"0.99\"} 2.0");
    }

    @Test
    void aLabelNamedLeGivesWay() {
        assertThat(expanded("h{le=\"x\",z=\"y\"} {count:1,sum:1,bucket:[+Inf:1]}"))
                .containsExactly(
                        "h_count{le=\"x\",z=\"y\"} 1.0 of h",
                        "h_sum{le=\"x\",z=\"y\"} 1.0 of h",
                        "h_bucket{le=\"+Inf\",z=\"y\"} 1.0 of h");
    }

    @Test
    void familiesKeepTheirComposites() {
        String line = "h {count:1,sum:1,bucket:[+Inf:1]}";
        assertThat(open(line).expanded().assembled().families().toList())
                .isEqualTo(open(line).assembled().families().toList());
    }

    @Test
    void anExpandedSampleHasNoSpellingOfItsOwn() {
        ExpositionReader in = open("h {count:1,sum:1,bucket:[+Inf:1]}").expanded();
        in.next();
        assertThatThrownBy(in::valueText).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(in::composite).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0",
        "0, 0.0",
        "-0.0, 0.0",
        "0.1, 0.1",
        "0.1, 0.1",
        "100000, 100000.0",
        "1000000, 1e+06",
        "1234567, 1.234567e+06",
        "123456.75, 123456.75",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "-2.5e-7, -2.5e-07",
        "2e23, 2e+23",
        "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "NaN, NaN",
    })
    void boundsAreSpelledAsPrometheusDoes(double bound, String spelling) {
        assertThat(BoundSpelling.of(bound)).isEqualTo(spelling);
    }
}
