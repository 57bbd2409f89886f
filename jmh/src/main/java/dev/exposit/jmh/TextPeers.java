package dev.exposit.jmh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.skywalking.oap.server.library.util.prometheus.Parser;
import org.apache.skywalking.oap.server.library.util.prometheus.Parsers;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricDataParser;
import org.hawkular.agent.prometheus.types.MetricFamily;

/**
 * Others' readers of Prometheus text, which build objects for every family. What each makes of the workloads is stated in
 * this module's tests: Hawkular's keeps all their samples, SkyWalking's spoils label values with escapes, and both lose
 * samples without a type. HertzBeat's reader is not published as an artifact.
 */
final class TextPeers {
    private TextPeers() {}

    static void hawkular(byte[] text, Consumer<MetricFamily> sink) throws IOException {
        TextPrometheusMetricDataParser parser = new TextPrometheusMetricDataParser(new ByteArrayInputStream(text));
        for (MetricFamily family = parser.parse(); family != null; family = parser.parse()) {
            sink.accept(family);
        }
    }

    static void skyWalking(
            byte[] text, Consumer<org.apache.skywalking.oap.server.library.util.prometheus.metrics.MetricFamily> sink)
            throws IOException {
        Parser parser = Parsers.text(new ByteArrayInputStream(text));
        for (var family = parser.parse(1); family != null; family = parser.parse(1)) {
            sink.accept(family);
        }
    }
}
