package dev.exposit.parser;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

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

    void read(MetricParts metric) throws IOException {
        there = true;
        CodedInputStream in = metric.in;
        int limit = metric.begin();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (1 << 3) | WireFormat.WIRETYPE_VARINT -> seconds = in.readInt64();
                case (2 << 3) | WireFormat.WIRETYPE_VARINT -> nanos = in.readInt32();
                default -> MessageReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
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
