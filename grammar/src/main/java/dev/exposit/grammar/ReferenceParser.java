package dev.exposit.grammar;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;
import java.util.List;

/**
 * Reads an exposition by its format's grammar.
 *
 * <pre>{@code
 * MetricSet metrics = ReferenceParser.parse(body, ExpositionFormat.OPENMETRICS_1);
 * }</pre>
 *
 * <p>It takes exactly what the specification allows, as {@code docs/interpretation.md} reads it, and holds the whole
 * exposition in memory several times over. All methods may be called by several threads at once.
 */
public final class ReferenceParser {
    private ReferenceParser() {}

    /**
     * The metrics of an exposition.
     *
     * @throws InvalidExpositionException if the specification does not allow it
     * @throws IllegalArgumentException if there is no reference parser for the format
     */
    public static MetricSet parse(byte[] exposition, ExpositionFormat format) {
        return switch (format) {
            case PROMETHEUS_TEXT -> PrometheusTextReference.parse(exposition, true);
            case PROMETHEUS_TEXT_0_0_4 -> PrometheusTextReference.parse(exposition, false);
            case OPENMETRICS_1 -> OpenMetrics1Reference.parse(exposition, false);
            case OPENMETRICS_2 -> OpenMetrics2Reference.parse(exposition, false);
            case PROTOBUF -> PrometheusProtobufReference.parse(exposition);
            case PROTOBUF_TEXT, PROTOBUF_COMPACT -> PrometheusProtobufReference.parseText(exposition);
            case OPENMETRICS_PROTOBUF -> OpenMetricsProtobufReference.parse(exposition);
            default -> throw new IllegalArgumentException("no reference parser for " + format.id());
        };
    }

    /**
     * What a specification demands with MUST of a whole exposition and {@link #parse} does not need to build the metrics:
     * that a histogram's parts agree with one another, for example.
     *
     * @return what the exposition breaks, in words; empty if it is valid
     * @throws InvalidExpositionException as {@link #parse} does
     * @throws IllegalArgumentException if there is no reference parser for the format, or there are no such rules for it
     */
    public static List<String> brokenRules(byte[] exposition, ExpositionFormat format) {
        return switch (format) {
            case PROMETHEUS_TEXT, PROMETHEUS_TEXT_0_0_4 -> PrometheusTextRules.violations(parse(exposition, format));
            // A time beyond 64 bits is valid; it is only our model that cannot hold it.
            case OPENMETRICS_1 -> OpenMetrics1Rules.violations(OpenMetrics1Reference.parse(exposition, true));
            case OPENMETRICS_2 -> OpenMetrics2Rules.violations(OpenMetrics2Reference.parse(exposition, true));
            default -> throw new IllegalArgumentException("no rules for " + format.id());
        };
    }
}
