package dev.exposit.parser;

/** Reads a {@code google.protobuf.Timestamp}, which may come in several pieces. */
final class TimestampMessage {
    // 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z, as its schema says.
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int LAST_NANO = 999_999_999;

    private boolean there;
    private long seconds;
    private int nanos;

    void clear() {
        there = false;
        seconds = 0;
        nanos = 0;
    }

    boolean isThere() {
        return there;
    }

    long seconds() {
        return seconds;
    }

    int nanos() {
        return nanos;
    }

    void read(MetricParts metric) {
        there = true;
        WireCursor in = metric.in;
        int limit = in.begin();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case (1 << 3) | WireCursor.VARINT -> seconds = in.varint();
                case (2 << 3) | WireCursor.VARINT -> nanos = (int) in.varint();
                default -> in.skip(tag);
            }
        }
        in.leave(limit);
    }

    /** Refuses a time that its schema does not allow. */
    void check(MetricParts metric) {
        if (nanos < 0 || nanos > LAST_NANO) {
            throw metric.error(ErrorCode.INVALID_TIMESTAMP, "nanoseconds from 0 to 999999999", "" + nanos);
        }
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            throw metric.error(ErrorCode.INVALID_TIMESTAMP, "seconds within the years 1 to 9999", "" + seconds);
        }
    }
}
