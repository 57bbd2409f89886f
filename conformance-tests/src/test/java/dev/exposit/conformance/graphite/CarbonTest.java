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
 * The bridge with a real carbon-cache: over each transport, with tags and without, each finite sample of a scrape is on disk
 * under the path that {@link GraphiteNames} say, with its value, and nothing else.
 */
class CarbonTest {
    /** How one scrape is sent. */
    private record Way(String scrape, Transport transport, boolean tags) {
        /** Tells the ways apart at the one carbon that there is. */
        String prefix() {
            return scrape + "." + transport + (tags ? ".tags" : ".dots");
        }

        GraphiteNames names() {
            return (tags ? GraphiteNames.tags() : GraphiteNames.dotted()).withPrefix(prefix());
        }
    }

    @TestFactory
    List<DynamicTest> everySampleIsStored() throws Exception {
        long begin = Instant.now().getEpochSecond();
        Map<String, byte[]> scrapes = Scrapes.all();
        List<Way> ways = new ArrayList<>();
        for (String scrape : scrapes.keySet()) {
            for (Transport transport : Transport.values()) {
                ways.add(new Way(scrape, transport, false));
                ways.add(new Way(scrape, transport, true));
            }
        }
        Map<String, Received> stored;
        try (CarbonCache carbon = CarbonCache.start();
                TlsProxy proxy = new TlsProxy(carbon.port(Transport.TCP))) {
            int expected = 0;
            for (Way way : ways) {
                byte[] scrape = scrapes.get(way.scrape());
                Push.scrape(target(way.transport(), carbon, proxy), way.names(), scrape);
                expected += new ExpectedSeries(scrape, way.names()).size();
                if (way.transport() == Transport.UDP) {
                    carbon.awaitWritten(expected); // So that no more is under way than the socket's buffer holds.
                }
            }
            carbon.settle(expected);
            stored = carbon.series();
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (Way way : ways) {
            ExpectedSeries expected = new ExpectedSeries(scrapes.get(way.scrape()), way.names());
            tests.add(DynamicTest.dynamicTest(
                    way.prefix(),
                    () -> assertThat(expected.differences(stored, way.prefix() + ".", begin, ExpectedSeries.EXACTLY))
                            .isEmpty()));
        }
        tests.add(DynamicTest.dynamicTest(
                "nothing else",
                () -> assertThat(stored.keySet())
                        .allMatch(path -> ways.stream().anyMatch(way -> path.startsWith(way.prefix() + ".")))));
        return tests;
    }

    private static GraphiteTarget target(Transport transport, CarbonCache carbon, TlsProxy proxy) {
        if (transport != Transport.TLS) {
            return carbon.target(transport);
        }
        return GraphiteTarget.of("localhost", proxy.port(), transport).withTls(proxy.trusting());
    }
}
