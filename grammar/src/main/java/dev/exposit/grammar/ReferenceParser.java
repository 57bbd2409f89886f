package dev.exposit.grammar;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;

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
            case OPENMETRICS_2 -> OpenMetrics2Reference.parse(exposition);
            case OPENMETRICS_1 -> OpenMetrics1Reference.parse(exposition);
            default -> throw new IllegalArgumentException("no reference parser for " + format.id());
        };
    }
}
