package dev.exposit.parser;

import dev.exposit.model.MetricType;
import dev.exposit.model.Timestamp;

/**
 * Reads one {@code io.prometheus.client.Metric} into the parts of a reader's event. Nothing is judged before the metric's
 * end.
 */
final class MetricMessage extends MetricParts {
    private static final byte LABEL = (1 << 3) | BYTES;

    private final HistogramMessage histogram;
    final ExemplarMessage exemplar;

    // The metric at hand.
    private MetricType type = MetricType.UNKNOWN;
    private boolean hasValue;
    private boolean hasOtherValue;
    private double number;
    private long timestampMs;
    private boolean hasExemplar;
    final TimestampMessage start = new TimestampMessage();

    // A summary's.
    private long count;
    private double sum;

    MetricMessage(ProtobufReader reader) {
        super(reader);
        this.exemplar = new ExemplarMessage(this, 1, 2, 3);
        this.histogram = new HistogramMessage(this);
    }

    /** Reads the message at {@code [from, to)}. */
    Event read(int from, int to, MetricType familyType) {
        base = from;
        type = familyType;
        hasValue = false;
        hasOtherValue = false;
        number = 0;
        timestampMs = 0;
        hasExemplar = false;
        start.clear();
        count = 0;
        sum = 0;
        reader.labels.clear();
        reader.clearOptionalParts();
        int at = reader.plainLabels(LABEL, from, to);
        if (!isPlainNumber(at, to)) {
            histogram.clear();
            in.enter(at, to);
            readFields();
        }
        return finish();
    }

    /** Reads what is at {@code [at, to)} if it is the field of the family's type, with a number and no more. */
    private boolean isPlainNumber(int at, int to) {
        int field = switch (type) {
            case GAUGE -> 2;
            case COUNTER -> 3;
            case UNKNOWN -> 5;
            default -> -1;
        };
        byte[] b = reader.b;
        if (to - at != 3 + Double.BYTES
                || b[at] != (field << 3 | BYTES)
                || b[at + 1] != 1 + Double.BYTES
                || b[at + 2] != (1 << 3 | FIXED64)) {
            return false;
        }
        hasValue = true;
        number = Double.longBitsToDouble(EightBytes.get(b, at + 3));
        return true;
    }

    private void readFields() {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case (1 << 3) | BYTES -> label(reader.labels);
                case (2 << 3) | BYTES -> value(MetricType.GAUGE);
                case (3 << 3) | BYTES -> value(MetricType.COUNTER);
                case (4 << 3) | BYTES -> value(MetricType.SUMMARY);
                case (5 << 3) | BYTES -> value(MetricType.UNKNOWN);
                case (6 << 3) | VARINT -> timestampMs = in.varint();
                case (7 << 3) | BYTES -> value(MetricType.HISTOGRAM);
                default -> in.skip(tag);
            }
        }
    }

    /** Reads the field that has the value in families of a type; of other types it only matters that it is there. */
    private void value(MetricType ofType) {
        boolean expected = ofType == type || (ofType == MetricType.HISTOGRAM && type == MetricType.GAUGE_HISTOGRAM);
        int limit = in.begin();
        if (!expected) {
            hasOtherValue = true;
            in.at = in.end();
        } else {
            hasValue = true;
            switch (ofType) {
                case COUNTER -> counter();
                case SUMMARY -> summary();
                case HISTOGRAM -> histogram.read(in);
                default -> number();
            }
        }
        in.leave(limit);
    }

    private void number() {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            numberField(tag);
        }
    }

    private void numberField(int tag) {
        if (tag == ((1 << 3) | FIXED64)) {
            number = in.float64();
        } else {
            in.skip(tag);
        }
    }

    private void counter() {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case (2 << 3) | BYTES -> {
                    if (!hasExemplar) {
                        hasExemplar = true;
                        exemplar.begin(reader.exemplars.begin());
                    }
                    exemplar.read();
                }
                case (3 << 3) | BYTES -> start.read(this);
                default -> numberField(tag);
            }
        }
    }

    private void summary() {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case (1 << 3) | VARINT -> count = in.varint();
                case (2 << 3) | FIXED64 -> sum = in.float64();
                case (3 << 3) | BYTES -> quantile();
                case (4 << 3) | BYTES -> start.read(this);
                default -> in.skip(tag);
            }
        }
    }

    // ---- What it comes to

    private Event finish() {
        if (!hasValue || hasOtherValue) {
            throw reader.error(
                    ErrorCode.UNEXPECTED_SAMPLE,
                    base,
                    "a value of type " + type.keyword() + " and no other",
                    hasOtherValue ? "a value of another type" : "none");
        }
        checkLabels(reader.labels);
        if (timestampMs != 0) {
            Timestamp time = Timestamp.ofMillis(timestampMs);
            reader.setTimestamp(time.seconds(), time.nanos(), 0, -1);
        }
        if (start.isThere()) {
            start.check(this);
            reader.setStartTimestamp(start.seconds(), start.nanos(), 0, -1);
        }
        switch (type) {
            case SUMMARY -> {
                refuseLabel(QUANTILE);
                reader.composite.setKind(Composite.Kind.SUMMARY);
                reader.composite.setCount(unsigned(count));
                reader.composite.setSum(sum);
                checkBounds();
                return Event.COMPOSITE;
            }
            case HISTOGRAM, GAUGE_HISTOGRAM -> {
                refuseLabel(LE);
                histogram.finish(type == MetricType.GAUGE_HISTOGRAM);
                checkBounds();
                return Event.COMPOSITE;
            }
            default -> {
                reader.setValue(number, 0, -1);
                if (hasExemplar) {
                    exemplar.addTo(reader.exemplars);
                }
                return Event.SAMPLE;
            }
        }
    }
}
