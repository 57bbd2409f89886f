package dev.exposit.conformance.graphite;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.graphite.GraphiteBridge;
import dev.exposit.graphite.GraphiteNames;
import dev.exposit.graphite.GraphiteTarget;
import dev.exposit.graphite.MetricSource;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ReadOptions;

/** Sends what tests send. */
final class Push {
    private Push() {}

    /** Sends all samples of a scrape once and waits until they have gone. */
    static void scrape(GraphiteTarget target, GraphiteNames names, byte[] scrape) throws Exception {
        MetricSource source = () -> Exposition.parse(scrape, ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT));
        try (GraphiteBridge bridge =
                GraphiteBridge.builder(target).source(source).names(names).build()) {
            bridge.pushOnce();
        }
    }
}
