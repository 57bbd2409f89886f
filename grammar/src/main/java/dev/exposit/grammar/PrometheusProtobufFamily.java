package dev.exposit.grammar;

import dev.exposit.grammar.generated.prometheus.Counter;
import dev.exposit.grammar.generated.prometheus.Exemplar;
import dev.exposit.grammar.generated.prometheus.LabelPair;
import dev.exposit.grammar.generated.prometheus.Metric;
import dev.exposit.grammar.generated.prometheus.MetricFamily;
import dev.exposit.grammar.generated.prometheus.MetricType;
import dev.exposit.grammar.generated.prometheus.Quantile;
import dev.exposit.grammar.generated.prometheus.Summary;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model of an {@code io.prometheus.client.MetricFamily}: a method for each message, histograms apart. */
final class PrometheusProtobufFamily {
    private PrometheusProtobufFamily() {}

    static dev.exposit.model.MetricFamily family(MetricFamily message) {
        if (message.getName().isEmpty()) {
            throw new InvalidMessageException("a metric family without a name");
        }
        MetricType type = message.getType();
        Metadata metadata = new Metadata(message.getName(), type(type), message.getUnit(), message.getHelp());
        List<dev.exposit.model.Metric> metrics =
                ProtobufParts.each(message.getMetricList(), metric -> metric(metric, type));
        ProtobufParts.requireDistinct(
                "metric", metrics, metric -> metric.labels().withoutEmpty());
        return new dev.exposit.model.MetricFamily(metadata, metrics);
    }

    private static dev.exposit.model.MetricType type(MetricType type) {
        return switch (type) {
            case COUNTER -> dev.exposit.model.MetricType.COUNTER;
            case GAUGE -> dev.exposit.model.MetricType.GAUGE;
            case SUMMARY -> dev.exposit.model.MetricType.SUMMARY;
            case UNTYPED -> dev.exposit.model.MetricType.UNKNOWN;
            case HISTOGRAM -> dev.exposit.model.MetricType.HISTOGRAM;
            case GAUGE_HISTOGRAM -> dev.exposit.model.MetricType.GAUGE_HISTOGRAM;
            case UNRECOGNIZED -> throw new InvalidMessageException("a type that the schema does not have");
        };
    }

    private static dev.exposit.model.Metric metric(Metric message, MetricType type) {
        Labels labels = labels(message.getLabelList());
        requireOnly(valueField(type), message);
        Point point = switch (type) {
            case COUNTER -> counter(message.getCounter());
            case GAUGE -> Point.of(message.getGauge().getValue());
            case SUMMARY -> summary(message.getSummary(), labels);
            case UNTYPED -> Point.of(message.getUntyped().getValue());
            case HISTOGRAM, GAUGE_HISTOGRAM -> PrometheusProtobufHistogram.point(message.getHistogram(), labels);
            case UNRECOGNIZED -> throw new InvalidMessageException("a type that the schema does not have");
        };
        return new dev.exposit.model.Metric(labels, point.at(timestampMs(message.getTimestampMs())));
    }

    /** The field of a metric that has the value in families of a type. */
    private static String valueField(MetricType type) {
        return switch (type) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case SUMMARY -> "summary";
            case UNTYPED -> "untyped";
            case HISTOGRAM, GAUGE_HISTOGRAM -> "histogram";
            case UNRECOGNIZED -> throw new InvalidMessageException("a type that the schema does not have");
        };
    }

    private static void requireOnly(String field, Metric message) {
        List<String> fields = new ArrayList<>();
        if (message.hasGauge()) {
            fields.add("gauge");
        }
        if (message.hasCounter()) {
            fields.add("counter");
        }
        if (message.hasSummary()) {
            fields.add("summary");
        }
        if (message.hasUntyped()) {
            fields.add("untyped");
        }
        if (message.hasHistogram()) {
            fields.add("histogram");
        }
        if (!fields.equals(List.of(field))) {
            throw new InvalidMessageException("a metric whose type wants the value " + field + " has " + fields);
        }
    }

    private static @Nullable Timestamp timestampMs(long millis) {
        return millis == 0 ? null : Timestamp.ofMillis(millis);
    }

    private static Point counter(Counter message) {
        return new Point(
                new NumberValue(message.getValue()),
                null,
                message.hasStartTimestamp() ? ProtobufParts.timestamp(message.getStartTimestamp()) : null,
                message.hasExemplar() ? List.of(exemplar(message.getExemplar())) : List.of());
    }

    private static Point summary(Summary message, Labels labels) {
        ProtobufParts.requireNoLabel(labels, "quantile");
        List<SummaryValue.Quantile> quantiles =
                ProtobufParts.each(message.getQuantileList(), PrometheusProtobufFamily::quantile);
        ProtobufParts.requireDistinct("quantile", quantiles, SummaryValue.Quantile::quantile);
        Value value =
                new SummaryValue(ProtobufParts.unsigned(message.getSampleCount()), message.getSampleSum(), quantiles);
        return Point.of(value)
                .startedAt(message.hasStartTimestamp() ? ProtobufParts.timestamp(message.getStartTimestamp()) : null);
    }

    private static SummaryValue.Quantile quantile(Quantile message) {
        return new SummaryValue.Quantile(ProtobufParts.bound(message.getQuantile()), message.getValue());
    }

    static dev.exposit.model.Exemplar exemplar(Exemplar message) {
        return new dev.exposit.model.Exemplar(
                labels(message.getLabelList()),
                message.getValue(),
                message.hasTimestamp() ? ProtobufParts.timestamp(message.getTimestamp()) : null);
    }

    private static Labels labels(List<LabelPair> messages) {
        return ProtobufParts.labels(messages, LabelPair::getName, LabelPair::getValue);
    }
}
