package dev.exposit.graphite;

import java.time.Duration;
import java.util.Objects;

/**
 * How samples are queued, batched and tried again. Immutable; each {@code with} method answers a changed copy.
 *
 * <p>The queue also holds what has been written and is not yet known to have arrived. It should hold at least two pushes:
 * one on its way, one that comes while the target is away.
 *
 * @param queueSamples how many samples the queue holds at most; at least {@code batchSamples}. Default 1,000,000
 * @param queueBytes how many bytes the queue holds at most, as they go over the wire; at least {@code batchBytes}. Default
 *     64 MiB
 * @param queueFull what becomes of samples when the queue is full. Default {@link QueueFull#DROP_OLDEST}
 * @param blockTimeout how long {@link QueueFull#BLOCK} waits at most; not negative. Default 10 s
 * @param batchSamples how many samples are written at once at most, 1 to 1,000,000. Default 10,000
 * @param batchBytes how many bytes are written at once at most, 32 KiB to 1 MiB, which is the most that carbon takes as one
 *     pickle or protobuf message; over UDP {@link GraphiteTarget#datagramBytes()} holds instead. Default 64 KiB
 * @param backoffFirst how long to wait at most after a first failure; more than zero. It doubles with each failure that
 *     follows, and each wait is a random part of it, so that many clients do not come back at once. Default 100 ms
 * @param backoffMax how long to wait at most after many failures; at least {@code backoffFirst}. Default 30 s
 */
public record DeliveryOptions(
        int queueSamples,
        long queueBytes,
        QueueFull queueFull,
        Duration blockTimeout,
        int batchSamples,
        int batchBytes,
        Duration backoffFirst,
        Duration backoffMax) {
    /** The smallest batch in bytes: the longest line that carbon takes fits. */
    private static final int LEAST_BATCH_BYTES = 32 << 10;

    private static final int MOST_BATCH_BYTES = 1 << 20;
    private static final int MOST_BATCH_SAMPLES = 1_000_000;

    /** Refuses values out of range. */
    public DeliveryOptions {
        Objects.requireNonNull(queueFull, "queueFull");
        within("batchSamples", batchSamples, 1, MOST_BATCH_SAMPLES);
        within("batchBytes", batchBytes, LEAST_BATCH_BYTES, MOST_BATCH_BYTES);
        within("queueSamples", queueSamples, batchSamples, Integer.MAX_VALUE);
        within("queueBytes", queueBytes, batchBytes, Long.MAX_VALUE);
        if (blockTimeout.isNegative()) {
            throw new IllegalArgumentException("blockTimeout must not be negative, got " + blockTimeout);
        }
        if (backoffFirst.isNegative() || backoffFirst.isZero()) {
            throw new IllegalArgumentException("backoffFirst must be more than zero, got " + backoffFirst);
        }
        if (backoffMax.compareTo(backoffFirst) < 0) {
            throw new IllegalArgumentException(
                    "backoffMax must be at least backoffFirst, " + backoffFirst + ", got " + backoffMax);
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", got " + value);
        }
    }

    /** The defaults. */
    public static DeliveryOptions defaults() {
        return new DeliveryOptions(
                1_000_000,
                64L << 20,
                QueueFull.DROP_OLDEST,
                Duration.ofSeconds(10),
                10_000,
                64 << 10,
                Duration.ofMillis(100),
                Duration.ofSeconds(30));
    }

    /** The same with another size of the queue. */
    public DeliveryOptions withQueue(int queueSamples, long queueBytes) {
        return new DeliveryOptions(
                queueSamples, queueBytes, queueFull, blockTimeout, batchSamples, batchBytes, backoffFirst, backoffMax);
    }

    /** The same with another policy for a full queue. */
    public DeliveryOptions withQueueFull(QueueFull queueFull) {
        return new DeliveryOptions(
                queueSamples, queueBytes, queueFull, blockTimeout, batchSamples, batchBytes, backoffFirst, backoffMax);
    }

    /** The same with another longest wait for room in the queue. */
    public DeliveryOptions withBlockTimeout(Duration blockTimeout) {
        return new DeliveryOptions(
                queueSamples, queueBytes, queueFull, blockTimeout, batchSamples, batchBytes, backoffFirst, backoffMax);
    }

    /** The same with another size of the batches. */
    public DeliveryOptions withBatch(int batchSamples, int batchBytes) {
        return new DeliveryOptions(
                queueSamples, queueBytes, queueFull, blockTimeout, batchSamples, batchBytes, backoffFirst, backoffMax);
    }

    /** The same with other waits after failures. */
    public DeliveryOptions withBackoff(Duration backoffFirst, Duration backoffMax) {
        return new DeliveryOptions(
                queueSamples, queueBytes, queueFull, blockTimeout, batchSamples, batchBytes, backoffFirst, backoffMax);
    }
}
