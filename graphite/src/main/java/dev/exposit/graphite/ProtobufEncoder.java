package dev.exposit.graphite;

import java.io.IOException;

/**
 * carbon's protobuf message behind its length in four bytes:
 *
 * <pre>{@code
 * message Payload { repeated Metric metrics = 1; }
 * message Metric { string metric = 1; repeated Point points = 2; }
 * message Point { uint32 timestamp = 1; double value = 2; }
 * }</pre>
 *
 * <p>Written by hand: it is five tags, and so nobody needs protobuf's library to speak to Graphite. carbon takes 1 MiB at most;
 * a batch is never larger.
 */
final class ProtobufEncoder implements BatchEncoder {
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED64 = 1;
    private static final int VARINT = 0;

    private static final byte METRICS = 1 << 3 | LENGTH_DELIMITED;
    private static final byte METRIC = 1 << 3 | LENGTH_DELIMITED;
    private static final byte POINTS = 2 << 3 | LENGTH_DELIMITED;
    private static final byte TIMESTAMP = 1 << 3 | VARINT;
    private static final byte VALUE = 2 << 3 | FIXED64;

    private static final byte[] HEAD = {0, 0, 0, 0};
    private static final byte[] TAIL = {};
    /** The most that a sample has beside its path: four tags and a length each for metric, path and point, and the point. */
    private static final int BESIDE_PATH = 40;

    private final BatchBuffer buffer;

    ProtobufEncoder(BatchBuffer buffer) {
        this.buffer = buffer;
        buffer.frame(HEAD, TAIL);
    }

    @Override
    public boolean add(PathBuffer path, double value, long seconds) throws IOException {
        int pathLength = path.length();
        if (pathLength > buffer.room() - BESIDE_PATH) {
            return false;
        }
        int pointLength = 1 + varintLength(seconds) + 1 + Double.BYTES;
        int metricLength = 1 + varintLength(pathLength) + pathLength + 2 + pointLength;
        byte[] bytes = buffer.bytes();
        int at = buffer.length();
        bytes[at++] = METRICS;
        at = varint(metricLength, bytes, at);
        bytes[at++] = METRIC;
        at = varint(pathLength, bytes, at);
        System.arraycopy(path.bytes(), 0, bytes, at, pathLength);
        at += pathLength;
        bytes[at++] = POINTS;
        bytes[at++] = (byte) pointLength;
        bytes[at++] = TIMESTAMP;
        at = varint(seconds, bytes, at);
        bytes[at++] = VALUE;
        long bits = Double.doubleToRawLongBits(value);
        BatchBuffer.littleEndian((int) bits, bytes, at);
        BatchBuffer.littleEndian((int) (bits >>> 32), bytes, at + 4);
        buffer.accept(at + Double.BYTES);
        return true;
    }

    private static int varintLength(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    private static int varint(long value, byte[] into, int from) {
        long left = value;
        int at = from;
        while (left > 0x7f) {
            into[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        into[at++] = (byte) left;
        return at;
    }

    @Override
    public void flush() throws IOException {
        buffer.flush();
    }
}
