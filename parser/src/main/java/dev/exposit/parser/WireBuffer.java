package dev.exposit.parser;

import dev.exposit.parser.ReadLimits.Limit;
import java.util.Arrays;

/**
 * A protobuf message as it is put together. Lengths take five bytes, whatever they are: a varint may have more bytes than it
 * needs, and so what stands behind a length need not move when it becomes known.
 */
final class WireBuffer {
    private static final int LENGTH_BYTES = 5;
    private static final int LONGEST_VARINT = 10;

    byte[] bytes = new byte[1024];
    private int size;
    private final ReadLimits limits;
    private final int most;

    WireBuffer(ReadLimits limits) {
        this.limits = limits;
        this.most = limits.intValue(Limit.MESSAGE_BYTES);
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void put(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void put(byte[] from, int at, int length) {
        reserve(length);
        System.arraycopy(from, at, bytes, size, length);
        size += length;
    }

    void putVarint(long value) {
        reserve(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void putFixed64(long value) {
        reserve(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** How many bytes stand before what begins with a tag and its length. */
    static int headBytes(int tag) {
        return (tag < 0x80 ? 1 : 2) + LENGTH_BYTES;
    }

    /** Begins something that has its length before it; answers where its first byte will be. */
    int begin() {
        reserve(LENGTH_BYTES);
        size += LENGTH_BYTES;
        return size;
    }

    /** Ends what begins at an index. */
    void end(int from) {
        int length = size - from;
        for (int at = from - LENGTH_BYTES; at < from - 1; at++) {
            bytes[at] = (byte) (length | 0x80);
            length >>>= 7;
        }
        bytes[from - 1] = (byte) length;
    }

    private void reserve(int more) {
        long wanted = (long) size + more;
        if (wanted > most) {
            throw tooLong();
        }
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(wanted, 2L * bytes.length), Integer.MAX_VALUE - 64));
        }
    }

    /** Refuses a message whose text has so many bytes. */
    void refuseLonger(long text) {
        if (text > most) {
            throw tooLong();
        }
    }

    private ReadLimitException tooLong() {
        return new ReadLimitException(Limit.MESSAGE_BYTES, limits, "a metric family's message is too long");
    }
}
