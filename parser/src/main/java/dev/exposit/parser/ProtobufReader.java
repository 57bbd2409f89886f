package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricType;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Reads {@code io.prometheus.client.MetricFamily} messages, by the schema in force ("Prometheus Protobuf Format" of
 * the Prometheus exposition formats, {@code metrics.proto} of Prometheus). What is in a metric, {@link MetricMessage} reads.
 */
final class ProtobufReader extends MessageReader {
    private static final FamilySchema SCHEMA = new FamilySchema(
            2,
            3,
            5,
            4,
            List.of(
                    MetricType.COUNTER,
                    MetricType.GAUGE,
                    MetricType.SUMMARY,
                    MetricType.UNKNOWN,
                    MetricType.HISTOGRAM,
                    MetricType.GAUGE_HISTOGRAM));

    private final ExpositionFormat format;
    private final MetricMessage metric = new MetricMessage(this);

    /** A reader of the messages of a source, which come in the wrapping of a format. */
    ProtobufReader(MessageSource source, ExpositionFormat format, ReadOptions options) {
        super(source, SCHEMA, options);
        this.format = format;
    }

    @Override
    public ExpositionFormat format() {
        return format;
    }

    /** Each metric has one value. */
    @Override
    boolean hasSeveralPoints() {
        return false;
    }

    @Override
    WholeMessages readWhole(Set<String> others, LongSupplier othersBytes) {
        WholeMessage message = new WholeMessage(SCHEMA.types(), strings, options.limits());
        WholeMessages families = new WholeMessages(this, message, others, othersBytes);
        whole = families;
        return families;
    }

    @Override
    Event firstOfMetric(int from, int to) {
        setSampleName(nameFrom, nameTo);
        return metric.read(from, to, family.type());
    }
}
