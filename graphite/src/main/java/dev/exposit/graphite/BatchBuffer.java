package dev.exposit.graphite;

import java.io.IOException;
import java.util.Arrays;

/**
 * The batch that an encoder is filling. An encoder writes a sample behind {@link #length()}, where there is always room for
 * the longest one, and then has it {@linkplain #accept taken in}; a sample that does not fit any more becomes the first of
 * the next batch. Not safe for use by several threads.
 */
final class BatchBuffer {
    private static final byte[] NOTHING = {};
    /** Room for what an encoder writes beside a path before it looks at the length: a number, a time, tags. */
    private static final int SLACK = 128;

    private final int limit;
    private final int samplesLimit;
    private final BatchEncoder.Sink sink;
    private final byte[] bytes;
    private byte[] head = NOTHING;
    private byte[] tail = NOTHING;
    private boolean lengthFirst;
    private int length;
    private int samples;

    /**
     * @param limit the most bytes in a batch
     * @param samplesLimit the most samples in a batch
     */
    BatchBuffer(int limit, int samplesLimit, BatchEncoder.Sink sink) {
        this.limit = limit;
        this.samplesLimit = samplesLimit;
        this.sink = sink;
        bytes = new byte[2 * limit + SLACK];
    }

    /**
     * What each batch begins and ends with. The first four bytes of the head become the length of what follows, highest byte
     * first, as Twisted's {@code Int32StringReceiver} reads it.
     */
    void frame(byte[] head, byte[] tail) {
        this.head = head;
        this.tail = tail;
        lengthFirst = true;
        begin();
    }

    /** The longest sample that fits into a batch of its own; a path of that length still fits into {@link #bytes()}. */
    int room() {
        return limit - head.length - tail.length;
    }

    /** Where the next sample goes. */
    byte[] bytes() {
        return bytes;
    }

    /** The position at which the next sample goes. */
    int length() {
        return length;
    }

    /** Takes in the sample that ends at a position and is not longer than {@link #room()}. */
    void accept(int end) throws IOException {
        if (end + tail.length <= limit && samples < samplesLimit) {
            length = end;
            samples++;
            return;
        }
        // The sample is taken in before the batch is handed over: should that fail, the batch is lost but not the
        // sample.
        Batch full = pack();
        int from = length;
        begin();
        System.arraycopy(bytes, from, bytes, length, end - from);
        length += end - from;
        samples = 1;
        sink.take(full);
    }

    /** Hands over what there is. */
    void flush() throws IOException {
        if (samples > 0) {
            Batch last = pack();
            begin();
            sink.take(last);
        }
    }

    private void begin() {
        System.arraycopy(head, 0, bytes, 0, head.length);
        length = head.length;
        samples = 0;
    }

    private Batch pack() {
        byte[] batch = Arrays.copyOf(bytes, length + tail.length);
        System.arraycopy(tail, 0, batch, length, tail.length);
        if (lengthFirst) {
            bigEndian(batch.length - Integer.BYTES, batch, 0);
        }
        return new Batch(batch, samples);
    }

    /** Writes four bytes, the highest first. */
    static void bigEndian(int value, byte[] into, int at) {
        into[at] = (byte) (value >>> 24);
        into[at + 1] = (byte) (value >>> 16);
        into[at + 2] = (byte) (value >>> 8);
        into[at + 3] = (byte) value;
    }

    /** Writes four bytes, the lowest first. */
    static void littleEndian(int value, byte[] into, int at) {
        into[at] = (byte) value;
        into[at + 1] = (byte) (value >>> 8);
        into[at + 2] = (byte) (value >>> 16);
        into[at + 3] = (byte) (value >>> 24);
    }
}
