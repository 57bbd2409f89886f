package dev.exposit.parser;

import dev.exposit.parser.ReadLimits.Limit;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes being read, as a stretch of whole lines.
 *
 * <p>Invariant: if {@link #fill} answered true, {@code bytes[limit - 1]} is a line feed. A scan that stops at line
 * feeds therefore needs no other bound. Where the input's last line has none, one is put behind it and
 * {@link #isUnterminated()} says so.
 *
 * <p>An array is read where it lies, but for such a last line; a stream is read through a small buffer, which grows for a long
 * stream, and up to the longest line.
 */
final class LineBuffer implements Closeable {
    private static final int CHUNK = 1 << 16;
    /** What a stream is read through at first: a larger buffer takes longer to be made than a small text to be read. */
    private static final int SMALL_CHUNK = 1 << 13;
    /** From this offset on a stream is long enough to be read in chunks of full size. */
    private static final int LONG = 1 << 18;

    /** Where bytes come from; as {@link InputStream#read(byte[], int, int)}. */
    private interface Input extends Closeable {
        int read(byte[] target, int at, int length) throws IOException;

        @Override
        default void close() throws IOException {}
    }

    byte[] bytes;
    /** Where the byte is that {@link #fill} was asked to keep; at first, the first byte. */
    int start;
    /** The end of the whole lines in {@link #bytes}. */
    int limit;
    /** The offset in the exposition of the byte at index 0, negative where an array begins with foreign bytes. */
    long base;

    private final @Nullable Input input;
    private final ReadLimits limits;
    /** The end of what was read, at least {@link #limit}. */
    private int end;

    private boolean ended;
    private boolean unterminated;

    private LineBuffer(byte[] bytes, int from, int to, @Nullable Input input, ReadLimits limits) {
        this.bytes = bytes;
        this.start = from;
        this.limit = from;
        this.end = to;
        this.base = -from;
        this.input = input;
        this.limits = limits;
        this.ended = input == null;
        refuseTotal(to - from);
    }

    static LineBuffer of(byte[] bytes, int from, int to, ReadLimits limits) {
        return new LineBuffer(bytes, from, to, null, limits);
    }

    static LineBuffer of(ByteBuffer source, ReadLimits limits) {
        if (source.hasArray()) {
            int from = source.arrayOffset() + source.position();
            LineBuffer buffer = of(source.array(), from, from + source.remaining(), limits);
            source.position(source.limit());
            return buffer;
        }
        return stream(
                (target, at, length) -> {
                    int n = Math.min(length, source.remaining());
                    source.get(target, at, n);
                    return n == 0 ? -1 : n;
                },
                limits);
    }

    static LineBuffer of(InputStream source, ReadLimits limits) {
        return stream(
                new Input() {
                    @Override
                    public int read(byte[] target, int at, int length) throws IOException {
                        return source.read(target, at, length);
                    }

                    @Override
                    public void close() throws IOException {
                        source.close();
                    }
                },
                limits);
    }

    static LineBuffer of(ReadableByteChannel source, ReadLimits limits) {
        return of(Channels.newInputStream(source), limits);
    }

    private static LineBuffer stream(Input input, ReadLimits limits) {
        return new LineBuffer(new byte[chunk(SMALL_CHUNK, limits)], 0, 0, input, limits);
    }

    /** So many bytes, or less where lines must be shorter. */
    private static int chunk(int bytes, ReadLimits limits) {
        return Math.min(bytes - 1, limits.intValue(Limit.LINE_BYTES)) + 1;
    }

    /** Whether the line feed at {@code limit - 1} is ours, since the input ended without one. */
    boolean isUnterminated() {
        return unterminated;
    }

    /**
     * Makes sure of at least one more whole line behind {@link #limit}, and moves {@code keep} and what follows it to
     * the front if need be. Afterwards {@link #start} is where the byte at {@code keep} is now, and {@link #base} plus
     * an index is an offset again.
     *
     * @param keep the first byte that is still needed
     * @return whether there is one more line
     */
    boolean fill(int keep) throws IOException {
        start = keep;
        if (unterminated) {
            return false;
        }
        int scanned = limit;
        while (true) {
            int lineEnd = lastLineFeed(scanned, end);
            if (lineEnd >= 0) {
                limit = lineEnd + 1;
                return true;
            }
            if (ended) {
                if (end > limit) {
                    terminate();
                    return true;
                }
                return false;
            }
            // What was there has been searched: all of it, wherever it is now.
            moveToFront();
            scanned = end;
            if (base > LONG) {
                growToChunk();
            }
            read(limits.intValue(Limit.LINE_BYTES));
        }
    }

    /**
     * Makes sure of bytes from {@code keep} on, whatever they are, and moves them to the front if need be, for formats without
     * lines. Afterwards {@link #start} is where the byte at {@code keep} is now, and {@link #base} plus an index is an
     * offset again. The buffer grows as bytes arrive, not as they are asked for.
     *
     * @return how many of the wanted bytes there are
     */
    int fillBytes(int keep, int wanted) throws IOException {
        start = keep;
        limit = keep;
        while (!ended && end - start < wanted) {
            moveToFront();
            read(Integer.MAX_VALUE);
        }
        return Math.min(end - start, wanted);
    }

    /**
     * Makes sure of more bytes behind {@link #limit}, whatever they are, and moves {@code keep} and what follows it to the
     * front if need be, for formats whose lines say nothing. Afterwards {@link #start} is where the byte at {@code keep} is
     * now, {@link #limit} is the end of all that is there, and {@link #base} plus an index is an offset again.
     *
     * @return whether there are more
     */
    boolean fillMore(int keep) throws IOException {
        start = keep;
        while (end == limit && !ended) {
            moveToFront();
            read(Integer.MAX_VALUE);
        }
        boolean more = end > limit;
        limit = end;
        return more;
    }

    /** Whether so many bytes from an index on can be there, as far as is known without waiting for them. */
    boolean mayHold(int from, long bytes) {
        return !ended || end - from >= bytes;
    }

    /** Drops what stands before {@link #start}. */
    private void moveToFront() {
        int moved = start;
        if (moved > 0) {
            System.arraycopy(bytes, moved, bytes, 0, end - moved);
            base += moved;
            limit -= moved;
            end -= moved;
            start = 0;
        }
    }

    /**
     * Reads ahead so that as much of the beginning is in sight as fits, however it arrives.
     *
     * @return the end of what is in sight, from {@link #start} on
     */
    int lookAhead() throws IOException {
        if (!ended) {
            growToChunk();
        }
        while (!ended && end < bytes.length) {
            read(0);
        }
        return Math.min(end, start + CHUNK);
    }

    /** Whether the exposition ends at an index. */
    boolean isWhole(int at) {
        return ended && at == end;
    }

    private int lastLineFeed(int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Reads some more; the buffer grows as long as no more than so many bytes of it belong to one line. */
    private void read(int longestLine) throws IOException {
        if (end == bytes.length) {
            if (end - limit > longestLine) {
                throw lineTooLong();
            }
            if (!growToChunk()) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 16));
            }
        }
        Input source = input;
        int n = source == null ? -1 : source.read(bytes, end, bytes.length - end);
        if (n < 0) {
            ended = true;
        } else {
            end += n;
            refuseTotal(base + end);
        }
    }

    /** Makes the buffer one of a full chunk; false if it is one already. */
    private boolean growToChunk() {
        int full = chunk(CHUNK, limits);
        boolean grows = bytes.length < full;
        if (grows) {
            bytes = Arrays.copyOf(bytes, full);
        }
        return grows;
    }

    private void refuseTotal(long offset) {
        if (offset > limits.get(Limit.TOTAL_BYTES)) {
            throw new ReadLimitException(Limit.TOTAL_BYTES, limits, "the exposition is too long");
        }
    }

    ReadLimitException lineTooLong() {
        return new ReadLimitException(Limit.LINE_BYTES, limits, "a line is too long");
    }

    /** Copies the lines from {@link #start} on and puts a line feed behind the last. */
    private void terminate() {
        // A copy, since the array may be the caller's.
        byte[] copy = Arrays.copyOfRange(bytes, start, end + 1);
        copy[end - start] = '\n';
        base += start;
        start = 0;
        bytes = copy;
        end = copy.length;
        limit = end;
        unterminated = true;
    }

    @Override
    public void close() throws IOException {
        if (input != null) {
            input.close();
        }
    }
}
