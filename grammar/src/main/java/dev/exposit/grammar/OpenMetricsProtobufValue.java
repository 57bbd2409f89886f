package dev.exposit.grammar;

import dev.exposit.grammar.generated.openmetrics.CounterValue;
import dev.exposit.grammar.generated.openmetrics.Exemplar;
import dev.exposit.grammar.generated.openmetrics.GaugeValue;
import dev.exposit.grammar.generated.openmetrics.HistogramValue;
import dev.exposit.grammar.generated.openmetrics.StateSetValue;
import dev.exposit.grammar.generated.openmetrics.SummaryValue;
import dev.exposit.grammar.generated.openmetrics.UnknownValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model of what a point of OpenMetrics protobuf has as its value: a method for each message. */
final class OpenMetricsProtobufValue {
    private static final int LONGEST_EXEMPLAR = 128;

    private OpenMetricsProtobufValue() {}

    static Point unknown(UnknownValue message) {
        return switch (message.getValueCase()) {
            case DOUBLE_VALUE -> Point.of(message.getDoubleValue());
            case INT_VALUE -> Point.of((double) message.getIntValue());
            case VALUE_NOT_SET -> throw new InvalidMessageException("an unknown value without a number");
        };
    }

    static Point gauge(GaugeValue message) {
        return switch (message.getValueCase()) {
            case DOUBLE_VALUE -> Point.of(message.getDoubleValue());
            case INT_VALUE -> Point.of((double) message.getIntValue());
            case VALUE_NOT_SET -> throw new InvalidMessageException("a gauge value without a number");
        };
    }

    static Point counter(CounterValue message) {
        double total = switch (message.getTotalCase()) {
            case DOUBLE_VALUE -> message.getDoubleValue();
            case INT_VALUE -> ProtobufParts.unsigned(message.getIntValue());
            case TOTAL_NOT_SET -> throw new InvalidMessageException("a counter value without a total");
        };
        return new Point(
                new NumberValue(total),
                null,
                message.hasCreated() ? ProtobufParts.timestamp(message.getCreated()) : null,
                message.hasExemplar() ? List.of(exemplar(message.getExemplar())) : List.of());
    }

    static Point histogram(HistogramValue message) {
        Double sum = switch (message.getSumCase()) {
            case DOUBLE_VALUE -> message.getDoubleValue();
            case INT_VALUE -> (double) message.getIntValue();
            case SUM_NOT_SET -> null;
        };
        List<dev.exposit.model.HistogramValue.Bucket> buckets =
                ProtobufParts.each(message.getBucketsList(), OpenMetricsProtobufValue::bucket);
        ProtobufParts.requireDistinct("upper bound", buckets, dev.exposit.model.HistogramValue.Bucket::le);
        return Point.of(new dev.exposit.model.HistogramValue(count(message.getCount(), sum), sum, buckets, null))
                .startedAt(message.hasCreated() ? ProtobufParts.timestamp(message.getCreated()) : null);
    }

    private static dev.exposit.model.HistogramValue.Bucket bucket(HistogramValue.Bucket message) {
        return new dev.exposit.model.HistogramValue.Bucket(
                ProtobufParts.bound(message.getUpperBound()),
                ProtobufParts.unsigned(message.getCount()),
                message.hasExemplar() ? exemplar(message.getExemplar()) : null);
    }

    static Point stateSet(StateSetValue message) {
        List<dev.exposit.model.StateSetValue.State> states =
                ProtobufParts.each(message.getStatesList(), OpenMetricsProtobufValue::state);
        ProtobufParts.requireDistinct("state", states, dev.exposit.model.StateSetValue.State::name);
        return Point.of(new dev.exposit.model.StateSetValue(states));
    }

    private static dev.exposit.model.StateSetValue.State state(StateSetValue.State message) {
        return new dev.exposit.model.StateSetValue.State(message.getName(), message.getEnabled());
    }

    /** An info says all in its labels, which are the metric's. */
    static Point info() {
        return Point.of(new InfoValue());
    }

    static Point summary(SummaryValue message) {
        Double sum = switch (message.getSumCase()) {
            case DOUBLE_VALUE -> message.getDoubleValue();
            case INT_VALUE -> (double) message.getIntValue();
            case SUM_NOT_SET -> null;
        };
        List<dev.exposit.model.SummaryValue.Quantile> quantiles =
                ProtobufParts.each(message.getQuantileList(), OpenMetricsProtobufValue::quantile);
        ProtobufParts.requireDistinct("quantile", quantiles, dev.exposit.model.SummaryValue.Quantile::quantile);
        return Point.of(new dev.exposit.model.SummaryValue(count(message.getCount(), sum), sum, quantiles))
                .startedAt(message.hasCreated() ? ProtobufParts.timestamp(message.getCreated()) : null);
    }

    private static dev.exposit.model.SummaryValue.Quantile quantile(SummaryValue.Quantile message) {
        return new dev.exposit.model.SummaryValue.Quantile(
                ProtobufParts.bound(message.getQuantile()), message.getValue());
    }

    /** The schema cannot tell 0 events from no count. Who gives a sum counts; who does not, and has 0, does not. */
    private static @Nullable Double count(long count, @Nullable Double sum) {
        return count == 0 && sum == null ? null : (Double) ProtobufParts.unsigned(count);
    }

    private static dev.exposit.model.Exemplar exemplar(Exemplar message) {
        Labels labels = OpenMetricsProtobufMetric.labels(message.getLabelList());
        int length = 0;
        for (dev.exposit.model.Label label : labels) {
            length += label.name().codePointCount(0, label.name().length());
            length += label.value().codePointCount(0, label.value().length());
        }
        if (length > LONGEST_EXEMPLAR) {
            throw new InvalidMessageException("an exemplar's labels of more than 128 characters: " + length);
        }
        return new dev.exposit.model.Exemplar(
                labels,
                message.getValue(),
                message.hasTimestamp() ? ProtobufParts.timestamp(message.getTimestamp()) : null);
    }
}
