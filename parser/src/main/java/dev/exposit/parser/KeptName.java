package dev.exposit.parser;

import java.util.Arrays;

/**
 * A name that outlasts the line it stood on: it lies in the reader's buffer until that is about to change, and only then in a
 * copy. Most names are never asked for again by then.
 */
final class KeptName {
    private byte[] copy = {};
    private byte[] bytes = copy;
    private int from;
    private int length;

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Takes a name that lies in the buffer; {@link #keep()} is to be called before that changes. */
    void set(byte[] b, int start, int end) {
        if (bytes != b) {
            bytes = b;
        }
        from = start;
        length = end - start;
    }

    /** Takes a copy of a name. */
    void copyOf(ByteView name) {
        set(name.array(), name.from(), name.to());
        keep();
    }

    /** Copies the name, if it lies in the buffer yet. */
    void keep() {
        if (bytes != copy) {
            if (copy.length - length < Long.BYTES) {
                // Room for eight bytes behind it, so that it is compared fast.
                copy = new byte[2 * length + 64];
            }
            System.arraycopy(bytes, from, copy, 0, length);
            bytes = copy;
            from = 0;
        }
    }

    ByteView view(ByteView view) {
        return view.set(bytes, from, from + length);
    }

    /** Whether it is the text at {@code [start, end)}. */
    boolean is(byte[] b, int start, int end) {
        return end - start == length && EightBytes.same(bytes, from, b, start, length);
    }

    boolean isStartOf(ByteView name) {
        return name.length() >= length
                && Arrays.equals(bytes, from, from + length, name.array(), name.from(), name.from() + length);
    }

    /** The index behind the text at {@code i}, if it begins with the name; else -1. */
    int endAt(byte[] b, int i) {
        return EightBytes.same(bytes, from, b, i, length) ? i + length : -1;
    }
}
