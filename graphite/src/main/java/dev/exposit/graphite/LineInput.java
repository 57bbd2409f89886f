package dev.exposit.graphite;

import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Bytes as lines, each in a buffer that grows to the longest. Not safe for use by several threads. */
final class LineInput implements Closeable {
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final ReadLimits limits;

    private byte[] bytes = new byte[CHUNK];
    /** The line at hand, without its line feed. */
    private int from;

    private int to;
    /** Where the next line begins, and the end of what was read. */
    private int next;

    private int end;
    /** The offset of the first byte of the buffer. */
    private long base;

    private long number;
    private boolean terminated;

    LineInput(InputStream in, ReadLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** Goes to the next line; false at the end. */
    boolean next() throws IOException {
        int scanned = next;
        while (true) {
            for (int i = scanned; i < end; i++) {
                if (bytes[i] == '\n') {
                    take(i, true);
                    next = i + 1;
                    return true;
                }
            }
            scanned = end - next;
            if (!fill()) {
                if (next == end) {
                    return false;
                }
                take(end, false);
                next = end;
                return true;
            }
        }
    }

    private void take(int lineEnd, boolean hasLineFeed) {
        if (lineEnd - next >= limits.get(Limit.LINE_BYTES)) {
            throw tooLong();
        }
        from = next;
        to = lineEnd;
        number++;
        terminated = hasLineFeed;
    }

    /** Moves the line that is not whole yet to the front and reads some more; false at the end. */
    private boolean fill() throws IOException {
        if (end - next > limits.get(Limit.LINE_BYTES)) {
            throw tooLong();
        }
        System.arraycopy(bytes, next, bytes, 0, end - next);
        base += next;
        end -= next;
        next = 0;
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 16));
        }
        int n = in.read(bytes, end, bytes.length - end);
        if (n < 0) {
            return false;
        }
        end += n;
        if (base + end > limits.get(Limit.TOTAL_BYTES)) {
            throw new ReadLimitException(Limit.TOTAL_BYTES, limits, "the input is too long");
        }
        return true;
    }

    private ReadLimitException tooLong() {
        return new ReadLimitException(Limit.LINE_BYTES, limits, "a line is too long");
    }

    /** Leaves out the first bytes of the line at hand. */
    void skip(int count) {
        from += count;
    }

    /** The buffer, which holds the line until the next is asked for. */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The line's number, from 1. */
    long number() {
        return number;
    }

    /** The offset in the input of a byte of the line, given by its index. */
    long offset(int index) {
        return base + index;
    }

    /** Whether a line feed ends the line. */
    boolean isTerminated() {
        return terminated;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
