package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code openmetrics.MetricFamily} messages of a MetricSet, by the schema of OpenMetrics 1.0 ("Protobuf format"). What
 * "Data Model" demands of names and units holds as in text. What is in a metric, {@link OpenMetricsMetricMessage} reads.
 *
 * <p>Families are named here as in text, without the suffixes of samples; the sample of a counter or info is shown with the
 * name that it has there. Each point is an event.
 */
final class OpenMetricsProtobufReader extends MessageReader {
    private static final FamilySchema SCHEMA = new FamilySchema(
            4,
            2,
            3,
            5,
            List.of(
                    MetricType.UNKNOWN,
                    MetricType.GAUGE,
                    MetricType.COUNTER,
                    MetricType.STATE_SET,
                    MetricType.INFO,
                    MetricType.HISTOGRAM,
                    MetricType.GAUGE_HISTOGRAM,
                    MetricType.SUMMARY));

    private final OpenMetricsMetricMessage metric = new OpenMetricsMetricMessage(this);

    OpenMetricsProtobufReader(MessageSource source, ReadOptions options) {
        super(source, SCHEMA, options);
    }

    @Override
    public ExpositionFormat format() {
        return ExpositionFormat.OPENMETRICS_PROTOBUF;
    }

    @Override
    String exposedName(String wireName, MetricType type) {
        return wireName + type.exposedSuffix();
    }

    @Override
    List<SampleRole> roles(MetricType type) {
        return type.roles();
    }

    // ---- Points

    @Override
    boolean continuesMetric() {
        return metric.isContinued();
    }

    @Override
    boolean mixesLabels() {
        return true;
    }

    @Override
    boolean repeatsTimes() {
        return true;
    }

    /** The labels belong to each point, as each line has them in text. */
    @Override
    int eventBytes() {
        return super.eventBytes() + metric.labelBytes();
    }

    @Override
    @Nullable
    Event firstOfMetric(int from, int to) {
        metric.begin(from, to, family.type());
        return metric.next();
    }

    @Override
    @Nullable
    Event nextOfMetric() {
        return metric.next();
    }

    @Override
    void leaveMetric() {
        metric.leave();
    }

    // ---- Names

    @Override
    void checkFamilyName(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!ByteClass.is(i == from ? ByteClass.METRIC_NAME_START : ByteClass.METRIC_NAME, b[i])) {
                throw error(
                        ErrorCode.INVALID_METRIC_NAME,
                        i,
                        "a metric name of letters, digits, '_' and ':'",
                        LineScanner.quote(place(from, to).toString()));
            }
        }
    }

    @Override
    void checkUnit(int from, int to) {
        String unit = place(from, to).toString();
        if (!family.wireName().endsWith('_' + unit)) {
            violation(
                    ErrorCode.UNIT_MISMATCH,
                    from,
                    "a unit that ends the name of its family",
                    LineScanner.quote(unit) + " for " + LineScanner.quote(family.wireName()));
        }
    }
}
