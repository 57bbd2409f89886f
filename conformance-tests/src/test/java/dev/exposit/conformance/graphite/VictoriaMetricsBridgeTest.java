package dev.exposit.conformance.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.graphite.GraphiteNames;
import dev.exposit.graphite.GraphiteTarget;
import dev.exposit.graphite.GraphiteTarget.Transport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The bridge with a real VictoriaMetrics: lines over TCP and UDP, with tags and without; each finite sample of a scrape is kept
 * under the path that {@link GraphiteNames} say, as near as it keeps numbers, and nothing else.
 */
class VictoriaMetricsBridgeTest {
    /** It keeps some 14 digits, and takes for 0 what is next to it; see {@link VictoriaMetricsTest}. */
    private static final ExpectedSeries.Keeps NEARLY =
            (sent, stored) -> Math.abs(sent) < 1e-300 ? stored == 0 : Math.abs(stored - sent) <= 1e-13 * Math.abs(sent);

    private record Way(String scrape, Transport transport, boolean tags) {
        String prefix() {
            return scrape + "." + transport + (tags ? ".tags" : ".dots");
        }

        GraphiteNames names() {
            return (tags ? GraphiteNames.tags() : GraphiteNames.dotted()).withPrefix(prefix());
        }
    }

    @TestFactory
    List<DynamicTest> everySampleIsKept() throws Exception {
        long begin = Instant.now().getEpochSecond();
        Map<String, byte[]> scrapes = Scrapes.all();
        List<Way> ways = new ArrayList<>();
        for (String scrape : scrapes.keySet()) {
            for (Transport transport : List.of(Transport.TCP, Transport.UDP)) {
                ways.add(new Way(scrape, transport, false));
                ways.add(new Way(scrape, transport, true));
            }
        }
        Map<String, Received> kept = Map.of();
        try (VictoriaMetrics victoria = VictoriaMetrics.start()) {
            int expected = 0;
            for (Way way : ways) {
                byte[] scrape = scrapes.get(way.scrape());
                Push.scrape(GraphiteTarget.of("127.0.0.1", victoria.port(), way.transport()), way.names(), scrape);
                expected += new ExpectedSeries(scrape, way.names()).size();
                if (way.transport() == Transport.UDP) {
                    kept = victoria.series(expected); // So that no more is under way than the socket's buffer holds.
                }
            }
        }
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, Received> all = kept;
        for (Way way : ways) {
            ExpectedSeries expected = new ExpectedSeries(scrapes.get(way.scrape()), way.names());
            tests.add(DynamicTest.dynamicTest(
                    way.prefix(),
                    () -> assertThat(expected.differences(all, way.prefix() + ".", begin, NEARLY))
                            .isEmpty()));
        }
        tests.add(DynamicTest.dynamicTest(
                "nothing else",
                () -> assertThat(all.keySet())
                        .allMatch(path -> ways.stream().anyMatch(way -> path.startsWith(way.prefix() + ".")))));
        return tests;
    }
}
