package dev.exposit.parser;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a protobuf message, and those of the messages in it: what one has to know to make wire bytes of text. What the
 * fields mean, those who read the bytes know.
 */
final class MessageSchema {
    /** How a field is spelled in text and written on the wire. */
    enum Kind {
        MESSAGE(Wire.BYTES),
        STRING(Wire.BYTES),
        DOUBLE(Wire.FIXED64),
        METRIC_TYPE(Wire.VARINT),
        INT32(Wire.VARINT),
        INT64(Wire.VARINT),
        UINT32(Wire.VARINT),
        UINT64(Wire.VARINT),
        SINT32(Wire.VARINT),
        SINT64(Wire.VARINT);

        final Wire wire;

        Kind(Wire wire) {
            this.wire = wire;
        }
    }

    /** Protobuf's wire types, as far as the schema has them. */
    enum Wire {
        VARINT(0),
        FIXED64(1),
        BYTES(2);

        final int number;

        Wire(int number) {
            this.number = number;
        }
    }

    /** A field. */
    static final class Field {
        private final byte[] name;
        final int number;
        final Kind kind;
        final boolean repeated;
        /** What a field of kind {@link Kind#MESSAGE} holds. */
        final @Nullable MessageSchema message;

        private Field(String name, int number, Kind kind, boolean repeated, @Nullable MessageSchema message) {
            this.name = ascii(name);
            this.number = number;
            this.kind = kind;
            this.repeated = repeated;
            this.message = message;
        }

        /** What stands before the field's value on the wire. */
        int tag() {
            return number << 3 | kind.wire.number;
        }
    }

    /** The values of {@code io.prometheus.client.MetricType}, in the order of their numbers. */
    private static final List<byte[]> METRIC_TYPES = List.of(
            ascii("COUNTER"),
            ascii("GAUGE"),
            ascii("SUMMARY"),
            ascii("UNTYPED"),
            ascii("HISTOGRAM"),
            ascii("GAUGE_HISTOGRAM"));

    private static final byte[] START = ascii("start_timestamp");
    /** What {@code start_timestamp} was called before it was renamed; most programs in use write that. */
    private static final byte[] CREATED = ascii("created_timestamp");

    // By google/protobuf/timestamp.proto and Prometheus' metrics.proto, from the inside out.
    private static final MessageSchema TIMESTAMP =
            new MessageSchema(one("seconds", 1, Kind.INT64), one("nanos", 2, Kind.INT32));
    private static final MessageSchema LABEL =
            new MessageSchema(one("name", 1, Kind.STRING), one("value", 2, Kind.STRING));
    private static final MessageSchema EXEMPLAR =
            new MessageSchema(each("label", 1, LABEL), one("value", 2, Kind.DOUBLE), one("timestamp", 3, TIMESTAMP));
    private static final MessageSchema NUMBER = new MessageSchema(one("value", 1, Kind.DOUBLE));
    private static final MessageSchema COUNTER = new MessageSchema(
            one("value", 1, Kind.DOUBLE), one("exemplar", 2, EXEMPLAR), one("start_timestamp", 3, TIMESTAMP));
    private static final MessageSchema QUANTILE =
            new MessageSchema(one("quantile", 1, Kind.DOUBLE), one("value", 2, Kind.DOUBLE));
    private static final MessageSchema SUMMARY = new MessageSchema(
            one("sample_count", 1, Kind.UINT64),
            one("sample_sum", 2, Kind.DOUBLE),
            each("quantile", 3, QUANTILE),
            one("start_timestamp", 4, TIMESTAMP));
    private static final MessageSchema BUCKET = new MessageSchema(
            one("cumulative_count", 1, Kind.UINT64),
            one("upper_bound", 2, Kind.DOUBLE),
            one("exemplar", 3, EXEMPLAR),
            one("cumulative_count_float", 4, Kind.DOUBLE));
    private static final MessageSchema SPAN =
            new MessageSchema(one("offset", 1, Kind.SINT32), one("length", 2, Kind.UINT32));
    private static final MessageSchema HISTOGRAM = new MessageSchema(
            one("sample_count", 1, Kind.UINT64),
            one("sample_sum", 2, Kind.DOUBLE),
            each("bucket", 3, BUCKET),
            one("sample_count_float", 4, Kind.DOUBLE),
            one("schema", 5, Kind.SINT32),
            one("zero_threshold", 6, Kind.DOUBLE),
            one("zero_count", 7, Kind.UINT64),
            one("zero_count_float", 8, Kind.DOUBLE),
            each("negative_span", 9, SPAN),
            each("negative_delta", 10, Kind.SINT64),
            each("negative_count", 11, Kind.DOUBLE),
            each("positive_span", 12, SPAN),
            each("positive_delta", 13, Kind.SINT64),
            each("positive_count", 14, Kind.DOUBLE),
            one("start_timestamp", 15, TIMESTAMP),
            each("exemplars", 16, EXEMPLAR));
    private static final MessageSchema METRIC = new MessageSchema(
            each("label", 1, LABEL),
            one("gauge", 2, NUMBER),
            one("counter", 3, COUNTER),
            one("summary", 4, SUMMARY),
            one("untyped", 5, NUMBER),
            one("timestamp_ms", 6, Kind.INT64),
            one("histogram", 7, HISTOGRAM));

    /** The first field of a {@link #METRIC_FAMILY}. */
    static final Field FAMILY_NAME = one("name", 1, Kind.STRING);
    /** {@code io.prometheus.client.MetricFamily}. */
    static final MessageSchema METRIC_FAMILY = new MessageSchema(
            FAMILY_NAME,
            one("help", 2, Kind.STRING),
            one("type", 3, Kind.METRIC_TYPE),
            each("metric", 4, METRIC),
            one("unit", 5, Kind.STRING));

    private final Field[] fields;

    private MessageSchema(Field... fields) {
        this.fields = fields;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Field one(String name, int number, Kind kind) {
        return new Field(name, number, kind, false, null);
    }

    private static Field one(String name, int number, MessageSchema message) {
        return new Field(name, number, Kind.MESSAGE, false, message);
    }

    private static Field each(String name, int number, Kind kind) {
        return new Field(name, number, kind, true, null);
    }

    private static Field each(String name, int number, MessageSchema message) {
        return new Field(name, number, Kind.MESSAGE, true, message);
    }

    /** The field whose name, or earlier name, the bytes at {@code [from, to)} are, or null if there is none. */
    @Nullable
    Field field(byte[] b, int from, int to) {
        return Arrays.equals(CREATED, 0, CREATED.length, b, from, to)
                ? named(START, 0, START.length)
                : named(b, from, to);
    }

    private @Nullable Field named(byte[] b, int from, int to) {
        for (Field field : fields) {
            if (Arrays.equals(field.name, 0, field.name.length, b, from, to)) {
                return field;
            }
        }
        return null;
    }

    /** The number of the metric type whose name the bytes at {@code [from, to)} are, or -1 if there is none. */
    static int metricType(byte[] b, int from, int to) {
        for (int number = 0; number < METRIC_TYPES.size(); number++) {
            byte[] name = METRIC_TYPES.get(number);
            if (Arrays.equals(name, 0, name.length, b, from, to)) {
                return number;
            }
        }
        return -1;
    }
}
