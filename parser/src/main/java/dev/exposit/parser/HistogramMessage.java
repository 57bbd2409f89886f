package dev.exposit.parser;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Reads an {@code io.prometheus.client.Histogram}, field by field, into the reader's {@link Composite}. Integer counts and float
 * counts have fields of their own; the float overrides if it is greater than 0. Integer counts of native buckets are
 * deltas, each the difference from the bucket before.
 *
 * <p>Specification: Prometheus, "Native histograms", "Exposition formats".
 */
final class HistogramMessage {
    private static final int VARINT = WireFormat.WIRETYPE_VARINT;
    private static final int FIXED64 = WireFormat.WIRETYPE_FIXED64;
    private static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private static final int LOWEST_SCHEMA = -4;
    private static final int HIGHEST_SCHEMA = 8;

    private final MetricMessage metric;
    private final Composite composite;

    private long count;
    private double floatCount;
    private double sum;
    private int schema;
    private double zeroThreshold;
    private long zeroCount;
    private double floatZeroCount;
    private final SideMessage negative = new SideMessage();
    private final SideMessage positive = new SideMessage();

    /** One side's fields. */
    private static final class SideMessage {
        private final Composite.Side spans = new Composite.Side();
        /** The counts of the deltas, added up, or float counts. */
        private final Composite.Side floats = new Composite.Side();

        private final Composite.Side integers = new Composite.Side();
        private long last;
        private boolean isImpossible;
        private boolean overlaps;

        void clear() {
            spans.clear();
            floats.clear();
            integers.clear();
            last = 0;
            isImpossible = false;
            overlaps = false;
        }

        void addDelta(long delta) {
            // Both below 2^63: a sum beyond it comes out negative, as a count below 0 does.
            last += delta;
            isImpossible |= last < 0;
            integers.addCount((double) last);
        }
    }

    HistogramMessage(MetricMessage metric) {
        this.metric = metric;
        this.composite = metric.reader.composite;
    }

    void clear() {
        composite.begin(Composite.Kind.HISTOGRAM, metric.reader.b);
        count = 0;
        floatCount = 0;
        sum = 0;
        schema = 0;
        zeroThreshold = 0;
        zeroCount = 0;
        floatZeroCount = 0;
        negative.clear();
        positive.clear();
    }

    void field(int tag) throws IOException {
        CodedInputStream in = metric.in;
        switch (tag) {
            case (1 << 3) | VARINT -> count = in.readUInt64();
            case (2 << 3) | FIXED64 -> sum = in.readDouble();
            case (3 << 3) | BYTES -> bucket(in);
            case (4 << 3) | FIXED64 -> floatCount = in.readDouble();
            case (5 << 3) | VARINT -> schema = in.readSInt32();
            case (6 << 3) | FIXED64 -> zeroThreshold = in.readDouble();
            case (7 << 3) | VARINT -> zeroCount = in.readUInt64();
            case (8 << 3) | FIXED64 -> floatZeroCount = in.readDouble();
            case (9 << 3) | BYTES -> span(in, negative);
            case (10 << 3) | VARINT -> negative.addDelta(in.readSInt64());
            case (10 << 3) | BYTES -> deltas(in, negative);
            case (11 << 3) | FIXED64 -> negative.floats.addCount(in.readDouble());
            case (11 << 3) | BYTES -> floats(in, negative);
            case (12 << 3) | BYTES -> span(in, positive);
            case (13 << 3) | VARINT -> positive.addDelta(in.readSInt64());
            case (13 << 3) | BYTES -> deltas(in, positive);
            case (14 << 3) | FIXED64 -> positive.floats.addCount(in.readDouble());
            case (14 << 3) | BYTES -> floats(in, positive);
            case (15 << 3) | BYTES -> metric.start.read(metric);
            case (16 << 3) | BYTES -> exemplar();
            default -> MessageReader.skip(in, tag);
        }
    }

    private void exemplar() throws IOException {
        ExemplarTable exemplars = metric.reader.exemplars;
        metric.exemplar.begin(exemplars.begin());
        metric.exemplar.read();
        metric.exemplar.addTo(exemplars);
    }

    private void bucket(CodedInputStream in) throws IOException {
        byte[] b = metric.reader.b;
        int from = metric.position() + 1;
        // A length of more than one byte is below 0 here.
        int length = in.getBytesUntilLimit() > 0 ? b[from - 1] : -1;
        int count = length < in.getBytesUntilLimit() ? PlainWire.bucketCount(b, from, from + length) : PlainWire.ODD;
        if (count == PlainWire.ODD) {
            anyBucket(in);
        } else {
            composite.add(Double.longBitsToDouble(EightBytes.get(b, from + length - Double.BYTES)), count, 0, -1);
            in.skipRawBytes(1 + length);
        }
    }

    private void anyBucket(CodedInputStream in) throws IOException {
        int limit = metric.begin();
        long cumulative = 0;
        double floatCumulative = 0;
        double bound = 0;
        boolean hasExemplar = false;
        int spelledFrom = 0;
        int spelledTo = -1;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (1 << 3) | VARINT -> cumulative = in.readUInt64();
                case (2 << 3) | FIXED64 -> bound = in.readDouble();
                case (3 << 3) | BYTES -> {
                    if (!hasExemplar) {
                        hasExemplar = true;
                        metric.exemplar.begin(composite.bucketExemplars().begin());
                    }
                    metric.exemplar.read();
                }
                case (4 << 3) | FIXED64 -> floatCumulative = in.readDouble();
                case MetricParts.SPELLING -> {
                    spelledTo = metric.spelling();
                    spelledFrom = metric.reader.textFrom;
                }
                default -> MessageReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        metric.addSpelled(bound, overridden(cumulative, floatCumulative), spelledFrom, spelledTo);
        if (hasExemplar) {
            metric.exemplar.addTo(composite.bucketExemplars());
            composite.giveExemplarToLastBucket();
        }
    }

    private void span(CodedInputStream in, SideMessage side) throws IOException {
        int limit = metric.begin();
        int offset = 0;
        int length = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (1 << 3) | VARINT -> offset = in.readSInt32();
                case (2 << 3) | VARINT -> length = in.readUInt32();
                default -> MessageReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        side.overlaps |= !side.spans.isEmpty() && offset < 0;
        side.spans.addSpan(offset, length);
    }

    private void deltas(CodedInputStream in, SideMessage side) throws IOException {
        int limit = metric.begin();
        while (in.getBytesUntilLimit() > 0) {
            side.addDelta(in.readSInt64());
        }
        in.popLimit(limit);
    }

    private void floats(CodedInputStream in, SideMessage side) throws IOException {
        int limit = metric.begin();
        while (in.getBytesUntilLimit() > 0) {
            side.floats.addCount(in.readDouble());
        }
        in.popLimit(limit);
    }

    private double overridden(long integer, double floating) {
        return floating > 0 ? floating : metric.unsigned(integer);
    }

    // ---- What it comes to

    void finish(boolean gauge) {
        composite.setKind(gauge ? Composite.Kind.GAUGE_HISTOGRAM : Composite.Kind.HISTOGRAM);
        double total = overridden(count, floatCount);
        composite.setCount(total);
        composite.setSum(sum);
        boolean floats =
                floatCount > 0 || floatZeroCount > 0 || negative.floats.size() > 0 || positive.floats.size() > 0;
        // Of a classic histogram too, where counts that no span places make no sense.
        finish(positive, composite.positive(), floats);
        finish(negative, composite.negative(), floats);
        boolean isNative = !positive.spans.isEmpty()
                || !negative.spans.isEmpty()
                || zeroThreshold > 0
                || zeroCount != 0
                || floatZeroCount > 0;
        if (isNative) {
            finishNative(floats);
        }
        if (!isNative || composite.bucketCount() > 0) {
            composite.addInfinity(total);
        }
    }

    private void finishNative(boolean floats) {
        if (schema < LOWEST_SCHEMA || schema > HIGHEST_SCHEMA) {
            throw metric.error(ErrorCode.INVALID_BUCKETS, "a schema from -4 to 8", "" + schema);
        }
        if (!(zeroThreshold >= 0)) {
            throw metric.error(ErrorCode.INVALID_BUCKETS, "a zero threshold of at least 0", "" + zeroThreshold);
        }
        composite.setNative(schema, zeroThreshold, overridden(zeroCount, floatZeroCount), floats);
    }

    private void finish(SideMessage from, Composite.Side to, boolean floats) {
        if (floats && from.integers.size() > 0) {
            throw metric.error(ErrorCode.INVALID_BUCKETS, "counts in integers or in floats", "both");
        }
        if (from.isImpossible) {
            throw metric.error(ErrorCode.INVALID_BUCKETS, "counts from 0 to 2^63 - 1", "another one");
        }
        Composite.Side counts = floats ? from.floats : from.integers;
        if (from.spans.length() != counts.size()) {
            throw metric.error(
                    ErrorCode.INVALID_BUCKETS,
                    "as many counts as the spans name, " + from.spans.length(),
                    counts.size() + " of them");
        }
        if (from.overlaps) {
            throw metric.error(ErrorCode.INVALID_BUCKETS, "spans that follow each other", "one inside the one before");
        }
        // The no-op span only says that a histogram is native.
        if (!from.spans.isNoOp()) {
            to.set(from.spans, counts);
        }
    }
}
