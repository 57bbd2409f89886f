package dev.exposit.grammar;

import dev.exposit.format.Names;
import dev.exposit.grammar.generated.openmetrics.Label;
import dev.exposit.grammar.generated.openmetrics.Metric;
import dev.exposit.grammar.generated.openmetrics.MetricPoint;
import dev.exposit.grammar.generated.openmetrics.MetricPoint.ValueCase;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The model of an {@code openmetrics.Metric}: its labels and its points. */
final class OpenMetricsProtobufMetric {
    private OpenMetricsProtobufMetric() {}

    /**
     * What a message says: one metric; of an info, one for each set of labels that a point gives together with its own. Labels
     * with an empty value make no other set.
     *
     * @param familyName the family's name on the wire
     */
    static List<dev.exposit.model.Metric> metrics(Metric message, MetricType type, String familyName) {
        if (message.getMetricPointsCount() == 0) {
            throw new InvalidMessageException("a metric without points");
        }
        requireNoPartLabel(labels(message.getLabelsList()), type, familyName);
        Map<Labels, Labels> labelsOf = new HashMap<>();
        Map<Labels, List<Point>> points = new LinkedHashMap<>();
        for (MetricPoint point : message.getMetricPointsList()) {
            requireOnly(valueCase(type), point);
            List<Label> all = new ArrayList<>(message.getLabelsList());
            all.addAll(point.getInfoValue().getInfoList());
            Labels labels = labels(all);
            Labels first = labelsOf.computeIfAbsent(labels.withoutEmpty(), key -> labels);
            points.computeIfAbsent(first, key -> new ArrayList<>()).add(point(point));
        }
        List<dev.exposit.model.Metric> metrics = new ArrayList<>();
        points.forEach((labels, own) -> {
            requireRisingTimestamps(own, type);
            metrics.add(new dev.exposit.model.Metric(labels, own));
        });
        return metrics;
    }

    /** Refuses the label that tells the parts of a value of some types apart in text. */
    private static void requireNoPartLabel(Labels labels, MetricType type, String familyName) {
        switch (type) {
            case HISTOGRAM, GAUGE_HISTOGRAM -> ProtobufParts.requireNoLabel(labels, "le");
            case SUMMARY -> ProtobufParts.requireNoLabel(labels, "quantile");
            case STATE_SET -> ProtobufParts.requireNoLabel(labels, familyName);
            case COUNTER, GAUGE, INFO, UNKNOWN -> {}
        }
    }

    /** The member of a point's value that is set in families of a type. */
    private static ValueCase valueCase(MetricType type) {
        return switch (type) {
            case UNKNOWN -> ValueCase.UNKNOWN_VALUE;
            case GAUGE -> ValueCase.GAUGE_VALUE;
            case COUNTER -> ValueCase.COUNTER_VALUE;
            case STATE_SET -> ValueCase.STATE_SET_VALUE;
            case INFO -> ValueCase.INFO_VALUE;
            case HISTOGRAM, GAUGE_HISTOGRAM -> ValueCase.HISTOGRAM_VALUE;
            case SUMMARY -> ValueCase.SUMMARY_VALUE;
        };
    }

    private static void requireOnly(ValueCase expected, MetricPoint message) {
        if (message.getValueCase() != expected) {
            throw new InvalidMessageException(
                    "a point whose type wants " + expected + " has " + message.getValueCase());
        }
    }

    private static Point point(MetricPoint message) {
        Point point = switch (message.getValueCase()) {
            case UNKNOWN_VALUE -> OpenMetricsProtobufValue.unknown(message.getUnknownValue());
            case GAUGE_VALUE -> OpenMetricsProtobufValue.gauge(message.getGaugeValue());
            case COUNTER_VALUE -> OpenMetricsProtobufValue.counter(message.getCounterValue());
            case HISTOGRAM_VALUE -> OpenMetricsProtobufValue.histogram(message.getHistogramValue());
            case STATE_SET_VALUE -> OpenMetricsProtobufValue.stateSet(message.getStateSetValue());
            case INFO_VALUE -> OpenMetricsProtobufValue.info();
            case SUMMARY_VALUE -> OpenMetricsProtobufValue.summary(message.getSummaryValue());
            case VALUE_NOT_SET -> throw new InvalidMessageException("a point without a value");
        };
        return message.hasTimestamp() ? point.at(ProtobufParts.timestamp(message.getTimestamp())) : point;
    }

    /**
     * Refuses points that go back in time. "Monotonically increasing" allows equal times, as the test suite of OpenMetrics has
     * it; where a point is several samples in text, these would be the same series twice there.
     */
    private static void requireRisingTimestamps(List<Point> points, MetricType type) {
        boolean severalSamples = switch (type) {
            case COUNTER, GAUGE, INFO, UNKNOWN -> false;
            case HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY, STATE_SET -> true;
        };
        for (int i = 1; i < points.size(); i++) {
            Timestamp before = points.get(i - 1).timestamp();
            Timestamp after = points.get(i).timestamp();
            if (before == null || after == null || before.compareTo(after) > (severalSamples ? -1 : 0)) {
                throw new InvalidMessageException(
                        "points of a metric that do not rise in time: " + before + ", " + after);
            }
        }
    }

    /** Labels, whose names are those of the text format. */
    static Labels labels(List<Label> messages) {
        Labels labels = ProtobufParts.labels(messages, Label::getName, Label::getValue);
        for (dev.exposit.model.Label label : labels) {
            if (!Names.isLegacyLabelName(label.name())) {
                throw new InvalidMessageException("no label name: \"" + label.name() + '"');
            }
        }
        return labels;
    }
}
