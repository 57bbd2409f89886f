package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;

/** Picks the reader for a format, which it recognises by the first bytes if nobody named it. */
final class Readers {
    private static final Set<ExpositionFormat> READABLE = EnumSet.of(
            ExpositionFormat.PROMETHEUS_TEXT,
            ExpositionFormat.PROMETHEUS_TEXT_0_0_4,
            ExpositionFormat.OPENMETRICS_1,
            ExpositionFormat.OPENMETRICS_2,
            ExpositionFormat.PROTOBUF,
            ExpositionFormat.PROTOBUF_TEXT,
            ExpositionFormat.PROTOBUF_COMPACT,
            ExpositionFormat.OPENMETRICS_PROTOBUF);

    private Readers() {}

    static boolean canRead(ExpositionFormat format) {
        return READABLE.contains(format);
    }

    static ExpositionReader open(LineBuffer buffer, ReadOptions options) {
        try {
            ExpositionFormat format = options.format();
            if (format == null) {
                int end = buffer.lookAhead();
                format = FormatSniffer.recognise(buffer.bytes, buffer.start, end, buffer.isWhole(end));
            }
            ReadLimits limits = options.limits();
            return switch (format) {
                case PROMETHEUS_TEXT, PROMETHEUS_TEXT_0_0_4 -> new PrometheusTextReader(buffer, format, options);
                case OPENMETRICS_1 -> new OpenMetrics1Reader(buffer, options);
                case OPENMETRICS_2 -> new OpenMetrics2Reader(buffer, options);
                case PROTOBUF -> new ProtobufReader(new DelimitedMessages(buffer, limits), format, options);
                case PROTOBUF_TEXT, PROTOBUF_COMPACT ->
                    new ProtobufReader(new TextMessages(buffer, limits), format, options);
                case OPENMETRICS_PROTOBUF ->
                    new OpenMetricsProtobufReader(new MetricSetMessages(buffer, limits), options);
                default -> throw new IllegalArgumentException("reading " + format.id() + " is not supported");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
