package dev.exposit.conformance.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That {@link Bridges} has what others write. */
class BridgesTest {
    private static final String EXPOSITION = """
            # TYPE x_total counter
            x_total{b="a.b",a="/:"} 1e+06
            # TYPE h histogram
            h_bucket{le="0.5"} 1
            h_bucket{le="+Inf"} 1
            h_sum 0.25
            h_count 1
            # TYPE g gauge
            g -Inf 1395066363000
            """;

    @Test
    void pythonsIsThere() throws Exception {
        long begin = System.currentTimeMillis() / 1000;
        List<String> pushed = Bridges.python(
                List.of(new Bridges.Push(EXPOSITION, "p.q", false), new Bridges.Push(EXPOSITION, "", true)));
        assertThat(pushed).hasSize(2);
        assertThat(PushedLine.parse(pushed.get(0), begin))
                .containsExactly(
                        new PushedLine("p.q.x_total.a.__.b.a_b", Set.of(), 1e6, "NOW"),
                        new PushedLine("p.q.h_bucket.le.0_5", Set.of(), 1, "NOW"),
                        new PushedLine("p.q.h_bucket.le._Inf", Set.of(), 1, "NOW"),
                        new PushedLine("p.q.h_sum", Set.of(), 0.25, "NOW"),
                        new PushedLine("p.q.h_count", Set.of(), 1, "NOW"),
                        new PushedLine("p.q.g", Set.of(), Double.NEGATIVE_INFINITY, "NOW"));
        assertThat(PushedLine.parse(pushed.get(1), begin))
                .contains(
                        new PushedLine("x_total", Set.of("a=__", "b=a_b"), 1e6, "NOW"),
                        new PushedLine("h_bucket", Set.of("le=_Inf"), 1, "NOW"));
    }

    @Test
    void gosIsThere() throws Exception {
        assertThat(PushedLine.parse(Bridges.go("types", "pre.fix", true), Long.MAX_VALUE))
                .hasSize(26)
                .contains(
                        new PushedLine("pre.fix.requests_total", Set.of("code=200", "method=post"), 3, "NOW"),
                        new PushedLine("pre.fix.request_seconds_bucket", Set.of("le=1e+06"), 5, "NOW"));
        assertThat(PushedLine.parse(Bridges.go("timestamps", "", false), Long.MAX_VALUE))
                .contains(
                        new PushedLine("stamped.i.0", Set.of(), 1, "1395066363"),
                        new PushedLine("stamped.i.4", Set.of(), 5, "NOW"));
    }

    /** Where Go's bridge was recorded with other settings, there are as many lines, with a prefix and the same values. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recordingsAreWhole(boolean tags) throws Exception {
        for (String exposition : List.of("created", "labels", "odd", "timestamps", "types", "values")) {
            List<PushedLine> plain = PushedLine.parse(Bridges.go(exposition, "", tags), Long.MAX_VALUE);
            List<PushedLine> prefixed = PushedLine.parse(Bridges.go(exposition, "pre.fix", tags), Long.MAX_VALUE);
            assertThat(plain).as(exposition).isNotEmpty();
            assertThat(prefixed)
                    .as(exposition)
                    .isEqualTo(plain.stream()
                            .map(line ->
                                    new PushedLine("pre.fix." + line.path(), line.tags(), line.value(), line.time()))
                            .toList());
        }
    }
}
