package dev.exposit.graphite;

import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Delivers batches to a target in a thread of its own: a queue in front, tried again after failures, each sample counted as
 * sent or dropped, once. What counts as sent has arrived, as far as {@link Connection} can tell; what counts as dropped may
 * have. Safe for use by several threads.
 */
final class Delivery implements AutoCloseable, BatchEncoder.Sink {
    /** What the names of all threads of this module begin with. */
    static final String THREAD_PREFIX = "exposit-graphite ";

    /** How long the thread may take to end once all its waits have been cut off. */
    private static final long GRACE_MILLIS = 2_000;

    private static final Duration DEFAULT_CLOSE = Duration.ofSeconds(10);

    private final GraphiteTarget target;
    private final BatchQueue queue;
    private final Waiter waiter;
    private final Sender sender;
    private final Thread thread;

    /**
     * Not started yet; batches may be offered already.
     *
     * @throws IOException if the system has no more descriptors
     */
    Delivery(GraphiteTarget target, DeliveryOptions options, BridgeStatistics statistics, DeliveryListener listener)
            throws IOException {
        this(target, options, statistics, listener, Resolver.SYSTEM);
    }

    Delivery(
            GraphiteTarget target,
            DeliveryOptions options,
            BridgeStatistics statistics,
            DeliveryListener listener,
            Resolver resolver)
            throws IOException {
        this.target = target;
        queue = new BatchQueue(options, statistics);
        waiter = new Waiter();
        sender = new Sender(
                target,
                options,
                queue,
                statistics,
                listener,
                waiter,
                new NameLookup(target, resolver),
                new Backoff(options, new SplittableRandom()));
        thread = new Thread(sender, THREAD_PREFIX + "sender " + target.address());
        thread.setDaemon(true);
    }

    /** Starts the thread; to be called once. */
    void start() {
        thread.start();
    }

    /** Queues a batch. Waits only under {@link QueueFull#BLOCK}. After {@link #close} the batch is dropped. */
    void offer(Batch batch) {
        queue.offer(batch);
        waiter.wake();
    }

    /** The same as {@link #offer}. */
    @Override
    public void take(Batch batch) {
        offer(batch);
    }

    /** One push has been offered whole. Where a connection is kept for one push, it is ended when that has been written. */
    void pushEnds() {
        if (target.connectionLifetime().isZero()) {
            sender.askForEnd();
        }
    }

    /**
     * Has everything that was offered sent and confirmed now, and waits for it.
     *
     * @return whether the queue is empty
     */
    boolean awaitEmpty(Duration timeout) throws InterruptedException {
        sender.askForEnd();
        return queue.awaitEmpty(Waiter.nanos(timeout));
    }

    /** Closes within 10 s. */
    @Override
    public void close() {
        close(DEFAULT_CLOSE);
    }

    /**
     * Ends the delivery: sends what is queued, drops what could not be sent and confirmed in time, and ends the thread. May be
     * called again.
     *
     * @param deadline how long sending may still take, zero for not at all; if the calling thread is interrupted, sending ends
     *     at once
     */
    void close(Duration deadline) {
        queue.close();
        sender.close(System.nanoTime() + Waiter.nanos(deadline));
        boolean interrupted = false;
        if (thread != Thread.currentThread()) {
            interrupted = join(TimeUnit.NANOSECONDS.toMillis(Waiter.nanos(deadline)) + GRACE_MILLIS);
            if (interrupted) {
                sender.close(System.nanoTime());
                join(GRACE_MILLIS);
            }
            if (thread.isAlive()) {
                // Only foreign code can hold it: a listener, or what decides for TLS whom to trust.
                thread.interrupt();
                join(GRACE_MILLIS);
            }
        }
        // Not done by the thread if it was never started.
        queue.drain();
        if (!thread.isAlive()) {
            closeWaiter();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the thread's end; whether that was interrupted. */
    private boolean join(long millis) {
        try {
            thread.join(millis);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void closeWaiter() {
        try {
            waiter.close();
        } catch (IOException e) {
            // Nothing is left that waits.
        }
    }
}
