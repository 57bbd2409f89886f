package dev.exposit.parser;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A piece of text as UTF-8 bytes in a reader's buffer, with escapes resolved. It is valid until the reader's next call
 * of {@link ExpositionReader#next()}; {@link #toString()} makes a copy that lasts. With assertions switched on, a view
 * that is used too late fails. Not safe for use by several threads.
 */
public final class ByteView {
    /** Shared by the views that one event handed out; ends with the next event. */
    static final class Lease {
        boolean ended;
    }

    private final Lease lease;
    private byte[] bytes = {};
    private int from;
    private int to;

    ByteView(Lease lease) {
        this.lease = lease;
    }

    ByteView set(byte[] bytes, int from, int to) {
        // Storing a reference costs more than a look, as the collector has to hear of it.
        if (this.bytes != bytes) {
            this.bytes = bytes;
        }
        this.from = from;
        this.to = to;
        return this;
    }

    /** Shows another stretch of the same array. */
    void move(int from, int to) {
        this.from = from;
        this.to = to;
    }

    private void check() {
        assert !lease.ended : "a view was used after the reader went on: copy it with toString()";
    }

    /** How many bytes there are. */
    public int length() {
        check();
        return to - from;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return length() == 0;
    }

    /** The byte at a position from 0. */
    public byte byteAt(int index) {
        check();
        if (index < 0 || index >= to - from) {
            throw new IndexOutOfBoundsException(index);
        }
        return bytes[from + index];
    }

    /** Whether this is the same text as a view of any reader. */
    public boolean contentEquals(ByteView other) {
        check();
        other.check();
        return Arrays.equals(bytes, from, to, other.bytes, other.from, other.to);
    }

    /** Whether this is the given text. */
    public boolean contentEquals(String text) {
        check();
        int length = to - from;
        for (int i = 0; i < Math.min(length, text.length()); i++) {
            byte b = bytes[from + i];
            if (b < 0) {
                // Only text beyond ASCII has more bytes than characters.
                return toString().equals(text);
            }
            if (b != text.charAt(i)) {
                return false;
            }
        }
        return length == text.length();
    }

    /** Whether the text begins with these bytes. */
    boolean startsWith(byte[] start) {
        check();
        return to - from >= start.length && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }

    /** Whether the text ends with these ASCII characters. */
    boolean endsWith(String end) {
        check();
        int start = to - end.length();
        if (start < from) {
            return false;
        }
        for (int i = 0; i < end.length(); i++) {
            if (bytes[start + i] != end.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Copies the bytes to a place in an array, which must have {@link #length()} bytes of room there. */
    public void copyTo(byte[] target, int at) {
        check();
        System.arraycopy(bytes, from, target, at, to - from);
    }

    byte[] array() {
        check();
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The text, a copy that lasts. */
    @Override
    public String toString() {
        check();
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
