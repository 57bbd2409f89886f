package dev.exposit.graphite;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a thread that delivers waits on: its channel, another thread's call, or time. All its waits are calls of {@link #await},
 * hence all are bounded, and one call of {@link #cutOff} bounds them all together. One thread waits; any thread may wake it.
 */
final class Waiter implements Closeable {
    private static final long FOREVER_NANOS = TimeUnit.DAYS.toNanos(365);

    private final Selector selector;
    private volatile boolean cutOff;
    private volatile long cutOffNanos;

    Waiter() throws IOException {
        selector = Selector.open();
    }

    /** Has the waits end at a point in time, as {@link System#nanoTime} has it. */
    void cutOff(long nanoTime) {
        cutOffNanos = nanoTime;
        cutOff = true;
        wake();
    }

    /** Whether the point in time is over at which the waits end. */
    boolean isCutOff() {
        return cutOff && cutOffNanos - System.nanoTime() <= 0;
    }

    /** Ends the wait that is under way, or else the next. */
    void wake() {
        selector.wakeup();
    }

    /** Makes a channel one that is waited on. */
    SelectionKey register(SelectableChannel channel) throws ClosedChannelException {
        return channel.register(selector, 0);
    }

    /** Waits until something comes; may return early. */
    void await() throws CutOffException, IOException {
        await(FOREVER_NANOS);
    }

    /**
     * Waits for the channel or for a call; may return early.
     *
     * @param nanos how long at most
     * @throws CutOffException if the thread is interrupted, which it stays, or has been cut off
     */
    void await(long nanos) throws CutOffException, IOException {
        long left = nanos;
        if (cutOff) {
            left = Math.min(left, cutOffNanos - System.nanoTime());
            if (left <= 0) {
                throw new CutOffException("closed before it was done");
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CutOffException("interrupted");
        }
        if (left <= 0) {
            selector.selectNow();
        } else {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left + 999_999)));
        }
        selector.selectedKeys().clear();
    }

    /** Lets go of channels that have been closed: until then their descriptors stay open. */
    void release() {
        try {
            selector.selectNow();
        } catch (IOException e) {
            // The next wait does it.
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }

    /** A duration in nanoseconds, at most a year. */
    static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofDays(365)) >= 0 ? FOREVER_NANOS : duration.toNanos();
    }

    /** A duration as messages have it. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
