package dev.exposit.graphite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a path as it grows; used again for the next. Not safe for use by several threads. */
final class PathBuffer {
    private static final int FIRST = 256;

    private byte[] bytes = new byte[FIRST];
    private int length;

    /** The bytes, of which the first {@link #length()} count; valid until more are added. */
    byte[] bytes() {
        return bytes;
    }

    /** How many bytes there are. */
    int length() {
        return length;
    }

    /** Keeps only the first bytes. */
    void truncate(int length) {
        this.length = length;
    }

    /** Adds one byte. */
    void add(byte b) {
        require(1);
        bytes[length++] = b;
    }

    /** Adds an ASCII character. */
    void add(char ascii) {
        add((byte) ascii);
    }

    /** Adds bytes. */
    void add(byte[] from, int offset, int count) {
        require(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /**
     * Makes room, to be written to directly from {@link #length()} on and told by {@link #advance}.
     *
     * @return the bytes; valid until more are added
     */
    byte[] reserve(int count) {
        require(count);
        return bytes;
    }

    /** Tells that so many bytes have been written to the room {@link #reserve reserved}. */
    void advance(int count) {
        length += count;
    }

    /** A copy of the bytes. */
    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void require(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, count)));
        }
    }

    /** The bytes as text. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
