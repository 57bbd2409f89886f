package dev.exposit.graphite;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * One push over a connection of its own, in the calling thread: batches are written as they come, nothing is queued, nothing
 * is tried again. All waits are bounded, and an interruption ends them. Not safe for use by several threads.
 *
 * <p>What it has taken counts as sent if {@link #finish} returns, and otherwise as dropped when it is closed.
 */
final class OneShot implements BatchEncoder.Sink, Closeable {
    private final GraphiteTarget target;
    private final BridgeStatistics statistics;
    private final Waiter waiter;
    private final Connection connection;
    private long pending;

    private OneShot(GraphiteTarget target, BridgeStatistics statistics, Waiter waiter, Connection connection) {
        this.target = target;
        this.statistics = statistics;
        this.waiter = waiter;
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @throws IOException if that fails; says where, at what and how long was waited, as all methods' do
     */
    static OneShot open(GraphiteTarget target, BridgeStatistics statistics) throws IOException {
        return open(target, statistics, Resolver.SYSTEM);
    }

    static OneShot open(GraphiteTarget target, BridgeStatistics statistics, Resolver resolver) throws IOException {
        Waiter waiter = new Waiter();
        try {
            Connection connection = Connection.open(target, new NameLookup(target, resolver), waiter);
            statistics.connections.increment();
            return new OneShot(target, statistics, waiter, connection);
        } catch (CutOffException e) {
            waiter.close();
            throw interrupted(target, e);
        } catch (Throwable t) {
            waiter.close();
            throw t;
        }
    }

    @Override
    public void take(Batch batch) throws IOException {
        pending += batch.samples();
        try {
            if (!connection.isOpen()) {
                throw closedEarly();
            }
            connection.write(batch);
        } catch (CutOffException e) {
            throw interrupted(target, e);
        }
        statistics.bytes.add(batch.bytes().length);
    }

    /** Ends the connection in order; returns when the target has shown that it has read everything, where it does. */
    void finish() throws IOException {
        try {
            connection.end();
            if (!connection.hasReadAll()) {
                throw closedEarly();
            }
        } catch (CutOffException e) {
            throw interrupted(target, e);
        }
        statistics.sent.add(pending);
        pending = 0;
        statistics.lastSuccessMillis = System.currentTimeMillis();
    }

    private IOException closedEarly() {
        return new IOException(target.address() + ": the peer closed the connection before it had read everything");
    }

    private static IOException interrupted(GraphiteTarget target, CutOffException cause) {
        InterruptedIOException interrupted = new InterruptedIOException(target.address() + ": interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    /** Lets go of the connection, finished or not. */
    @Override
    public void close() throws IOException {
        statistics.drop(DropReason.FAILED, pending);
        pending = 0;
        connection.close();
        waiter.close();
    }
}
