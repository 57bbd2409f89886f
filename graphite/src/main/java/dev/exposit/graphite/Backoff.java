package dev.exposit.graphite;

import java.util.random.RandomGenerator;

/**
 * How long to wait after the nth failure in a row: a random part of a bound that doubles each time, up to a most. The part is
 * anything from nothing to the whole ("full jitter"), so that clients that lost the same target at once come back spread over
 * the time and not together. Not safe for use by several threads.
 */
final class Backoff {
    private final long firstNanos;
    private final long maxNanos;
    private final RandomGenerator random;

    Backoff(DeliveryOptions options, RandomGenerator random) {
        firstNanos = Waiter.nanos(options.backoffFirst());
        maxNanos = Waiter.nanos(options.backoffMax());
        this.random = random;
    }

    /** The most to wait after a number of failures in a row, at least 1. */
    long bound(int failures) {
        int doublings = Math.min(failures - 1, Long.numberOfLeadingZeros(firstNanos) - 1);
        return Math.min(maxNanos, firstNanos << doublings);
    }

    /** The wait after a number of failures in a row, at least 1. */
    long delay(int failures) {
        return random.nextLong(bound(failures) + 1);
    }
}
