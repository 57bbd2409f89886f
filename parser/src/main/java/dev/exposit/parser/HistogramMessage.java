package dev.exposit.parser;

/**
 * Reads an {@code io.prometheus.client.Histogram}, field by field, into the reader's {@link Composite}. Integer counts and float
 * counts have fields of their own; the float overrides if it is greater than 0. Integer counts of native buckets are
 * deltas, each the difference from the bucket before.
 *
 * <p>Specification: Prometheus, "Native histograms", "Exposition formats".
 */
final class HistogramMessage {
    private static final int VARINT = WireCursor.VARINT;
    private static final int FIXED64 = WireCursor.FIXED64;
    private static final int BYTES = WireCursor.BYTES;

    private static final int BUCKET = (3 << 3) | BYTES;

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

    /** Reads the fields up to the end of the message at hand. */
    void read(WireCursor in) {
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            field(in, tag);
        }
    }

    private void field(WireCursor in, int tag) {
        switch (tag) {
            case (1 << 3) | VARINT -> count = in.varint();
            case (2 << 3) | FIXED64 -> sum = in.float64();
            case BUCKET -> buckets(in);
            case (4 << 3) | FIXED64 -> floatCount = in.float64();
            case (5 << 3) | VARINT -> schema = in.sint32();
            case (6 << 3) | FIXED64 -> zeroThreshold = in.float64();
            case (7 << 3) | VARINT -> zeroCount = in.varint();
            case (8 << 3) | FIXED64 -> floatZeroCount = in.float64();
            case (9 << 3) | BYTES -> span(in, negative);
            case (10 << 3) | VARINT -> negative.addDelta(in.sint64());
            case (10 << 3) | BYTES -> deltas(in, negative);
            case (11 << 3) | FIXED64 -> negative.floats.addCount(in.float64());
            case (11 << 3) | BYTES -> floats(in, negative);
            case (12 << 3) | BYTES -> span(in, positive);
            case (13 << 3) | VARINT -> positive.addDelta(in.sint64());
            case (13 << 3) | BYTES -> deltas(in, positive);
            case (14 << 3) | FIXED64 -> positive.floats.addCount(in.float64());
            case (14 << 3) | BYTES -> floats(in, positive);
            case (15 << 3) | BYTES -> metric.start.read(metric);
            case (16 << 3) | BYTES -> exemplar();
            default -> in.skip(tag);
        }
    }

    private void exemplar() {
        ExemplarTable exemplars = metric.reader.exemplars;
        metric.exemplar.begin(exemplars.begin());
        metric.exemplar.read();
        metric.exemplar.addTo(exemplars);
    }

    /** Reads the bucket whose field begins behind its tag, and those that follow on it, as long as they are usual. */
    private void buckets(WireCursor in) {
        byte[] b = in.b;
        int end = in.end();
        int at = in.at;
        while (true) {
            int from = at + 1;
            // A length of more than one byte is below 0 here.
            int length = at < end ? b[at] : -1;
            int bucketCount = from + length <= end ? PlainWire.bucketCount(b, from, from + length) : PlainWire.ODD;
            if (bucketCount == PlainWire.ODD) {
                in.at = at;
                bucket(in);
                return;
            }
            at = from + length;
            composite.add(Double.longBitsToDouble(EightBytes.get(b, at - Double.BYTES)), bucketCount, 0, -1);
            if (at == end || b[at] != BUCKET) {
                break;
            }
            at++;
        }
        in.at = at;
    }

    private void bucket(WireCursor in) {
        int limit = in.begin();
        long cumulative = 0;
        double floatCumulative = 0;
        double bound = 0;
        boolean hasExemplar = false;
        int spelledFrom = 0;
        int spelledTo = -1;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case (1 << 3) | VARINT -> cumulative = in.varint();
                case (2 << 3) | FIXED64 -> bound = in.float64();
                case (3 << 3) | BYTES -> {
                    if (!hasExemplar) {
                        hasExemplar = true;
                        metric.exemplar.begin(composite.bucketExemplars().begin());
                    }
                    metric.exemplar.read();
                }
                case (4 << 3) | FIXED64 -> floatCumulative = in.float64();
                case MetricParts.SPELLING -> {
                    spelledTo = metric.spelling();
                    spelledFrom = metric.reader.textFrom;
                }
                default -> in.skip(tag);
            }
        }
        in.leave(limit);
        metric.addSpelled(bound, overridden(cumulative, floatCumulative), spelledFrom, spelledTo);
        if (hasExemplar) {
            metric.exemplar.addTo(composite.bucketExemplars());
            composite.giveExemplarToLastBucket();
        }
    }

    private void span(WireCursor in, SideMessage side) {
        int limit = in.begin();
        int offset = 0;
        int length = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case (1 << 3) | VARINT -> offset = in.sint32();
                case (2 << 3) | VARINT -> length = (int) in.varint();
                default -> in.skip(tag);
            }
        }
        in.leave(limit);
        side.overlaps |= !side.spans.isEmpty() && offset < 0;
        side.spans.addSpan(offset, length);
    }

    private void deltas(WireCursor in, SideMessage side) {
        int limit = in.begin();
        while (in.at < in.end()) {
            side.addDelta(in.sint64());
        }
        in.leave(limit);
    }

    private void floats(WireCursor in, SideMessage side) {
        int limit = in.begin();
        while (in.at < in.end()) {
            side.floats.addCount(in.float64());
        }
        in.leave(limit);
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
