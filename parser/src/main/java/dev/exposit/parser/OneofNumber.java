package dev.exposit.parser;

/** Reads the oneof of a number that OpenMetrics protobuf has in many places: a double in field 1 or an integer in field 2. */
final class OneofNumber {
    private static final int DOUBLE_VALUE = (1 << 3) | WireCursor.FIXED64;
    private static final int INT_VALUE = (2 << 3) | WireCursor.VARINT;

    private enum Kind {
        NONE,
        DOUBLE,
        SIGNED,
        UNSIGNED
    }

    private final MetricParts metric;
    private Kind kind = Kind.NONE;
    private double floating;
    private long integer;

    OneofNumber(MetricParts metric) {
        this.metric = metric;
    }

    void clear() {
        kind = Kind.NONE;
    }

    boolean isThere() {
        return kind != Kind.NONE;
    }

    /** Reads a field where integers are of the type int64. */
    void signed(int tag) {
        field(tag, Kind.SIGNED);
    }

    /** Reads a field where integers are of the type uint64. */
    void unsigned(int tag) {
        field(tag, Kind.UNSIGNED);
    }

    private void field(int tag, Kind integers) {
        if (tag == DOUBLE_VALUE) {
            kind = Kind.DOUBLE;
            floating = metric.in.float64();
        } else if (tag == INT_VALUE) {
            kind = integers;
            integer = metric.in.varint();
        } else {
            metric.in.skip(tag);
        }
    }

    /** The number, or the double nearest to the integer; takes note if it is not the same. */
    double value() {
        return switch (kind) {
            case NONE -> throw new IllegalStateException("no number");
            case DOUBLE -> floating;
            case UNSIGNED -> metric.unsigned(integer);
            case SIGNED -> metric.signed(integer);
        };
    }
}
