package dev.exposit.grammar;

import dev.exposit.format.Names;
import dev.exposit.grammar.generated.openmetrics.MetricFamily;
import dev.exposit.grammar.generated.openmetrics.MetricType;
import dev.exposit.model.Location;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricSet;
import dev.exposit.model.SampleRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * OpenMetrics protobuf: one {@code openmetrics.MetricSet}, by the schema in {@code metric_set.proto}. Reading the
 * message is protobuf-java's work; what it means is said here of the set and its families, by
 * {@link OpenMetricsProtobufMetric} of their metrics and by {@link OpenMetricsProtobufValue} of the values.
 *
 * <p>Specification: OpenMetrics 1.0, "Data Model" and "Protobuf format".
 */
final class OpenMetricsProtobufReference {
    private OpenMetricsProtobufReference() {}

    static MetricSet parse(byte[] exposition) {
        try {
            return metricSet(
                    dev.exposit.grammar.generated.openmetrics.MetricSet.parseFrom(ProtobufParts.stream(exposition)));
        } catch (IOException e) {
            throw new InvalidExpositionException(new Location(1, 1, 0), "No MetricSet: " + e.getMessage());
        } catch (InvalidMessageException e) {
            throw new InvalidExpositionException(new Location(1, 1, 0), "Invalid MetricSet: " + e.getMessage());
        }
    }

    private static MetricSet metricSet(dev.exposit.grammar.generated.openmetrics.MetricSet message) {
        Set<String> claimed = new HashSet<>();
        List<dev.exposit.model.MetricFamily> families = new ArrayList<>();
        for (MetricFamily family : message.getMetricFamiliesList()) {
            requireNoClash(family, claimed);
            families.add(family(family));
        }
        return MetricSet.of(families);
    }

    /** Refuses a family whose name, or one of whose samples' names in text, could be another family's. */
    private static void requireNoClash(MetricFamily message, Set<String> claimed) {
        Set<String> names = new HashSet<>(Set.of(message.getName()));
        for (SampleRole role : type(message.getType()).roles()) {
            names.add(message.getName() + role.suffix());
        }
        for (String name : names) {
            if (!claimed.add(name)) {
                throw new InvalidMessageException("two metric families that could have a sample \"" + name + '"');
            }
        }
    }

    private static dev.exposit.model.MetricFamily family(MetricFamily message) {
        String name = message.getName();
        if (!Names.isLegacyMetricName(name)) {
            throw new InvalidMessageException("no metric name: \"" + name + '"');
        }
        String unit = message.getUnit();
        if (!unit.isEmpty() && !name.endsWith('_' + unit)) {
            throw new InvalidMessageException("a unit that does not end the name \"" + name + "\": \"" + unit + '"');
        }
        dev.exposit.model.MetricType type = type(message.getType());
        List<Metric> metrics = new ArrayList<>();
        message.getMetricsList()
                .forEach(metric -> metrics.addAll(OpenMetricsProtobufMetric.metrics(metric, type, name)));
        ProtobufParts.requireDistinct(
                "metric", metrics, metric -> metric.labels().withoutEmpty());
        return new dev.exposit.model.MetricFamily(
                new Metadata(name + type.exposedSuffix(), type, unit, message.getHelp()), metrics);
    }

    private static dev.exposit.model.MetricType type(MetricType type) {
        return switch (type) {
            case UNKNOWN -> dev.exposit.model.MetricType.UNKNOWN;
            case GAUGE -> dev.exposit.model.MetricType.GAUGE;
            case COUNTER -> dev.exposit.model.MetricType.COUNTER;
            case STATE_SET -> dev.exposit.model.MetricType.STATE_SET;
            case INFO -> dev.exposit.model.MetricType.INFO;
            case HISTOGRAM -> dev.exposit.model.MetricType.HISTOGRAM;
            case GAUGE_HISTOGRAM -> dev.exposit.model.MetricType.GAUGE_HISTOGRAM;
            case SUMMARY -> dev.exposit.model.MetricType.SUMMARY;
            case UNRECOGNIZED -> throw new InvalidMessageException("a type that the schema does not have");
        };
    }
}
