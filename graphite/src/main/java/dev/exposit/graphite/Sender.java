package dev.exposit.graphite;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The loop of the thread that delivers. It survives whatever is thrown, and ends only when it is told to.
 *
 * <table>
 * <caption>What one {@link #step} does</caption>
 * <tr><th>connection</th><th>situation</th><th>step</th></tr>
 * <tr><td>none</td><td>nothing waits</td><td>wait</td></tr>
 * <tr><td>none</td><td>a failure was not long ago</td><td>wait until it was</td></tr>
 * <tr><td>none</td><td>otherwise</td><td>connect</td></tr>
 * <tr><td>open</td><td>ended by the peer</td><td>confirm if it has read everything, let go</td></tr>
 * <tr><td>open</td><td>{@link #isDueToEnd}</td><td>end it, confirm, let go</td></tr>
 * <tr><td>open</td><td>a batch waits</td><td>write it</td></tr>
 * <tr><td>open</td><td>otherwise</td><td>wait</td></tr>
 * <tr><td>any</td><td>anything is thrown</td><td>let go, back to the first unconfirmed batch, wait for a random time that
 * grows</td></tr>
 * </table>
 *
 * <p>Written batches stay in the queue until they are confirmed, which needs the connection's end ({@link Connection} says
 * why). So a connection is ended when it is old, when somebody waits, and when the unconfirmed samples reach the
 * <em>window</em>: half of the queue at first, half as many after each failure, twice as many after each good end. Where
 * connections break again and again, after a minute or a megabyte, ever fewer samples go over each, so that in the end some
 * arrive for certain and not always the same ones are sent again. And after a failure a connection is ended as soon as
 * nothing waits, so that it is known soon whether the target is back.
 */
final class Sender implements Runnable {
    private static final long FOREVER_NANOS = TimeUnit.DAYS.toNanos(365);

    private final GraphiteTarget target;
    private final BatchQueue queue;
    private final BridgeStatistics statistics;
    private final DeliveryListener listener;
    private final Waiter waiter;
    private final NameLookup lookup;
    private final Backoff backoff;
    private final long lifetime;
    private final long largestWindow;
    private volatile boolean closing;
    /** How many times an early end was asked for; what was offered before is to be confirmed. */
    private volatile int endsAsked;

    private int endsServed;
    private long window;
    private @Nullable Connection connection;
    private boolean wrote;
    private long openedAt;
    private int failures;
    private long retryAt;
    private boolean hurried;

    Sender(
            GraphiteTarget target,
            DeliveryOptions options,
            BatchQueue queue,
            BridgeStatistics statistics,
            DeliveryListener listener,
            Waiter waiter,
            NameLookup lookup,
            Backoff backoff) {
        this.target = target;
        this.queue = queue;
        this.statistics = statistics;
        this.listener = listener;
        this.waiter = waiter;
        this.lookup = lookup;
        this.backoff = backoff;
        lifetime = Waiter.nanos(target.connectionLifetime());
        largestWindow = Math.max(1, options.queueSamples() / 2);
        window = largestWindow;
    }

    /** Has what was offered until now confirmed without waiting for the connection's time. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the monitor
    synchronized void askForEnd() {
        endsAsked++;
        waiter.wake();
    }

    /** Ends the loop when the queue is empty, at the latest at a point in time. */
    void close(long nanoTime) {
        closing = true;
        waiter.cutOff(nanoTime);
    }

    @Override
    public void run() {
        try {
            while (!isDone()) {
                try {
                    step();
                } catch (Throwable t) {
                    // An interruption is nobody's business here; if it stayed it would end every wait to come.
                    Thread.interrupted();
                    if (!isDone()) {
                        survive(t);
                    }
                }
            }
        } finally {
            queue.drain();
            letGo();
        }
    }

    private boolean isDone() {
        return closing && (waiter.isCutOff() || (queue.isEmpty() && connection == null));
    }

    private void step() throws IOException {
        Connection current = connection;
        if (current == null) {
            waitOrConnect();
        } else if (!current.isOpen()) {
            ended(current);
        } else if (isDueToEnd()) {
            // Not counted as served before it has succeeded: what is asked for is that the samples arrive.
            current.end();
            ended(current);
        } else {
            writeOrWait(current);
        }
    }

    private void waitOrConnect() throws IOException {
        int asked = endsAsked;
        if (!queue.hasWaiting()) {
            endsServed = asked;
            if (!closing) {
                waiter.await();
            }
            return;
        }
        if (closing && !hurried) {
            hurried = true;
            retryAt = System.nanoTime();
        }
        long left = retryAt - System.nanoTime();
        if (failures > 0 && left > 0) {
            waiter.await(left);
            return;
        }
        Connection opened = Connection.open(target, lookup, waiter);
        connection = opened;
        wrote = false;
        openedAt = System.nanoTime();
        statistics.connections.increment();
        tell(() -> listener.connected(opened.peer()));
    }

    private boolean isDueToEnd() {
        if (!wrote) {
            return closing && queue.isEmpty();
        }
        if (target.confirms() && queue.isUnconfirmed(window)) {
            return true;
        }
        if (lifetime > 0 && System.nanoTime() - openedAt >= lifetime) {
            return true;
        }
        int asked = endsAsked; // before the queue is looked at: what was offered before the question is seen there
        return (asked != endsServed || closing || failures > 0) && !queue.hasWaiting();
    }

    private void writeOrWait(Connection current) throws IOException {
        Batch batch = queue.begin();
        if (batch == null) {
            long left = lifetime > 0 ? openedAt + lifetime - System.nanoTime() : FOREVER_NANOS;
            current.await(Math.max(1, left));
            return;
        }
        wrote = true;
        current.write(batch);
        queue.written();
        statistics.bytes.add(batch.bytes().length);
        if (!target.confirms()) {
            queue.confirm();
            succeeded();
        }
    }

    /** The connection has ended in order, whoever began it. */
    private void ended(Connection current) throws IOException {
        int asked = endsAsked;
        if (!wrote && !closing) {
            throw new EOFException(target.address() + ": the peer closed the connection before anything was written");
        }
        if (!current.hasReadAll()) {
            throw new EOFException(target.address() + ": the peer closed the connection before it had read everything");
        }
        current.knock();
        if (queue.confirm()) {
            succeeded();
        }
        window = Math.min(largestWindow, 2 * window);
        if (!queue.hasWaiting()) {
            endsServed = asked;
        }
        letGo();
    }

    private void succeeded() {
        int before = failures;
        failures = 0;
        if (before > 0) {
            tell(() -> listener.recovered(before));
        }
    }

    private void survive(Throwable cause) {
        try {
            failed(cause);
        } catch (Throwable again) {
            // No memory even for that, say. What counts has been done first, and the loop goes on.
        }
    }

    private void failed(Throwable cause) {
        long lost = queue.unconfirmed();
        if (lost > 0) {
            window = Math.max(1, Math.min(window, lost) / 2);
        }
        queue.rewind();
        failures++;
        long delay = backoff.delay(failures);
        retryAt = System.nanoTime() + delay;
        statistics.retries.increment();
        letGo();
        int count = failures;
        tell(() -> listener.failed(cause, count, Duration.ofNanos(delay)));
    }

    private void letGo() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            current.close();
        }
    }

    /** A listener is somebody else's code. */
    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (Throwable t) {
            // Told not to throw.
        }
    }
}
