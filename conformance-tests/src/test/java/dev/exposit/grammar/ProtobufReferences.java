package dev.exposit.grammar;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;

/** Lets tests of other packages at the reference parsers for protobuf, which are package-private. */
public final class ProtobufReferences {
    private ProtobufReferences() {}

    /** The metrics of some bytes in one of the four protobuf formats. */
    public static MetricSet parse(byte[] exposition, ExpositionFormat format) {
        return switch (format) {
            case PROTOBUF -> PrometheusProtobufReference.parse(exposition);
            case PROTOBUF_TEXT, PROTOBUF_COMPACT -> PrometheusProtobufReference.parseText(exposition);
            case OPENMETRICS_PROTOBUF -> OpenMetricsProtobufReference.parse(exposition);
            default -> throw new IllegalArgumentException(format + " is no protobuf");
        };
    }
}
