package dev.exposit.graphite;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The batches on their way, oldest first, in one list of three parts:
 *
 * <pre>
 *   oldest → … written, unconfirmed … → next (maybe being written) → … waiting … → newest
 * </pre>
 *
 * <p>Confirming takes from the front. After a broken connection {@code next} goes back to the front, and all is sent again in
 * order: nothing moves and nothing is allocated, so that this cannot fail either when memory has run out. All three parts count
 * against the bounds.
 *
 * <p>Each sample that is offered leaves the list once: confirmed, which counts as sent, or dropped. Safe for use by several
 * threads; {@link #begin}, {@link #written}, {@link #confirm} and {@link #rewind} are for the sender's thread.
 */
final class BatchQueue {
    private static final class Node {
        final Batch batch;

        @Nullable
        Node after;

        boolean begunBefore;

        Node(Batch batch) {
            this.batch = batch;
        }
    }

    private final DeliveryOptions options;
    private final BridgeStatistics statistics;
    private final ReentrantLock lock = new ReentrantLock();
    /** Signalled when batches have left. */
    private final Condition room = lock.newCondition();

    private @Nullable Node oldest;
    private @Nullable Node next;
    private @Nullable Node newest;
    private boolean writing;
    private boolean closed;
    /** Set by a wait for room in vain, unset when there was room. */
    private boolean stuck;

    private long samples;
    private long bytes;
    private long unconfirmedSamples;
    private long unconfirmedBytes;

    BatchQueue(DeliveryOptions options, BridgeStatistics statistics) {
        this.options = options;
        this.statistics = statistics;
        statistics.queueCapacity = options.queueSamples();
    }

    /** Takes a batch or drops one, as the policy says; a batch larger than the whole queue is dropped. */
    void offer(Batch batch) {
        lock.lock();
        try {
            if (!closed && !fits(batch)) {
                switch (options.queueFull()) {
                    case DROP_OLDEST -> dropOldestFor(batch);
                    case DROP_NEWEST -> {}
                    case BLOCK -> awaitRoomFor(batch);
                }
            }
            if (closed) {
                statistics.drop(DropReason.CLOSED, batch.samples());
            } else if (!fits(batch)) {
                statistics.drop(DropReason.QUEUE_FULL, batch.samples());
            } else {
                append(new Node(batch));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean fits(Batch batch) {
        return samples + batch.samples() <= options.queueSamples()
                && bytes + batch.bytes().length <= options.queueBytes();
    }

    private void append(Node node) {
        if (newest == null) {
            oldest = node;
        } else {
            newest.after = node;
        }
        newest = node;
        if (next == null) {
            next = node;
        }
        samples += node.batch.samples();
        bytes += node.batch.bytes().length;
        statistics.queued = samples;
    }

    private void dropOldestFor(Batch batch) {
        if (batch.samples() > options.queueSamples() || batch.bytes().length > options.queueBytes()) {
            return;
        }
        while (!fits(batch)) {
            Node node = oldest;
            if (node == null) {
                return;
            }
            if (node == next && writing) {
                Node second = node.after;
                if (second == null) {
                    return;
                }
                node.after = second.after;
                if (newest == second) {
                    newest = node;
                }
                gone(second);
                statistics.drop(DropReason.QUEUE_FULL, second.batch.samples());
            } else {
                removeOldest(node);
                statistics.drop(DropReason.QUEUE_FULL, node.batch.samples());
            }
        }
    }

    private void awaitRoomFor(Batch batch) {
        long left = stuck ? 0 : Waiter.nanos(options.blockTimeout());
        try {
            while (!closed && !fits(batch) && left > 0) {
                left = room.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stuck = !fits(batch);
    }

    /** Takes the oldest out, which is not being written. */
    private void removeOldest(Node node) {
        oldest = node.after;
        if (oldest == null) {
            newest = null;
        }
        if (node == next) {
            next = node.after;
        } else {
            unconfirmedSamples -= node.batch.samples();
            unconfirmedBytes -= node.batch.bytes().length;
        }
        gone(node);
    }

    private void gone(Node node) {
        samples -= node.batch.samples();
        bytes -= node.batch.bytes().length;
        statistics.queued = samples;
        stuck = false;
        room.signalAll();
    }

    /** The next batch, which counts as being written from now on; null if none waits. */
    @Nullable
    Batch begin() {
        lock.lock();
        try {
            Node node = next;
            if (node == null) {
                return null;
            }
            writing = true;
            if (node.begunBefore) {
                statistics.resent.add(node.batch.samples());
            }
            node.begunBefore = true;
            return node.batch;
        } finally {
            lock.unlock();
        }
    }

    /** The batch begun last has been written. */
    void written() {
        lock.lock();
        try {
            Node node = next;
            if (node != null && writing) {
                writing = false;
                next = node.after;
                unconfirmedSamples += node.batch.samples();
                unconfirmedBytes += node.batch.bytes().length;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was written has arrived.
     *
     * @return whether that were any
     */
    boolean confirm() {
        lock.lock();
        try {
            boolean any = oldest != next;
            if (any) {
                statistics.lastSuccessMillis = System.currentTimeMillis();
            }
            for (Node node = oldest; node != null && node != next; node = oldest) {
                removeOldest(node);
                statistics.sent.add(node.batch.samples());
            }
            return any;
        } finally {
            lock.unlock();
        }
    }

    /** What has been written and is unconfirmed is to be written again. */
    void rewind() {
        lock.lock();
        try {
            writing = false;
            next = oldest;
            unconfirmedSamples = 0;
            unconfirmedBytes = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a batch waits to be written. */
    boolean hasWaiting() {
        lock.lock();
        try {
            return next != null;
        } finally {
            lock.unlock();
        }
    }

    /** How many samples have been written and are unconfirmed. */
    long unconfirmed() {
        lock.lock();
        try {
            return unconfirmedSamples;
        } finally {
            lock.unlock();
        }
    }

    /** Whether so many samples are unconfirmed, or half of the queue's bytes. */
    boolean isUnconfirmed(long window) {
        lock.lock();
        try {
            return unconfirmedSamples >= window || unconfirmedBytes > options.queueBytes() / 2;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is nothing. */
    boolean isEmpty() {
        lock.lock();
        try {
            return oldest == null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is nothing.
     *
     * @return whether that is so
     */
    boolean awaitEmpty(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (oldest != null && left > 0) {
                left = room.awaitNanos(left);
            }
            return oldest == null;
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is taken; what is offered is dropped, and who waits for room waits no more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes, and drops all that is left. */
    void drain() {
        lock.lock();
        try {
            closed = true;
            writing = false;
            statistics.drop(DropReason.CLOSED, samples);
            oldest = null;
            next = null;
            newest = null;
            samples = 0;
            bytes = 0;
            unconfirmedSamples = 0;
            unconfirmedBytes = 0;
            statistics.queued = 0;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
