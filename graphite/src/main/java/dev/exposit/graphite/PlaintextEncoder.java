package dev.exposit.graphite;

import dev.exposit.writer.NumberText;
import java.io.IOException;

/**
 * Lines {@code path value seconds\n}. A batch ends behind a line, so that each datagram over UDP has whole lines, and what a
 * connection has written has too unless it broke within a batch.
 */
final class PlaintextEncoder implements BatchEncoder {
    /**
     * The longest line without its end, the MAX_LENGTH of Twisted's {@code LineOnlyReceiver}. carbon closes the connection on
     * a longer one, and with it goes what it has not read yet.
     */
    private static final int LINE_LIMIT = 16_384;

    private static final int TIME_BYTES = 24;

    private final BatchBuffer buffer;
    private final int limit;
    /** A blank, the time and the line's end as written last: one push mostly has one time. */
    private final byte[] time = new byte[TIME_BYTES];

    private int timeLength;
    private long timeSeconds = -1;

    PlaintextEncoder(BatchBuffer buffer) {
        this.buffer = buffer;
        limit = Math.min(LINE_LIMIT + 1, buffer.room());
    }

    @Override
    public boolean add(PathBuffer path, double value, long seconds) throws IOException {
        int pathLength = path.length();
        if (pathLength >= limit) {
            return false;
        }
        if (seconds != timeSeconds) {
            writeTime(seconds);
        }
        byte[] bytes = buffer.bytes();
        int begin = buffer.length();
        System.arraycopy(path.bytes(), 0, bytes, begin, pathLength);
        int at = begin + pathLength;
        bytes[at++] = ' ';
        at = NumberText.write(value, bytes, at);
        System.arraycopy(time, 0, bytes, at, timeLength);
        at += timeLength;
        if (at - begin > limit) {
            return false;
        }
        buffer.accept(at);
        return true;
    }

    private void writeTime(long seconds) {
        timeSeconds = seconds;
        time[0] = ' ';
        timeLength = NumberText.write(seconds, time, 1);
        time[timeLength++] = '\n';
    }

    @Override
    public void flush() throws IOException {
        buffer.flush();
    }
}
