package dev.exposit.graphite;

import java.time.Clock;

/**
 * The times of pushes, which do not go back when the clock is set back: else a push would overwrite the values of an earlier
 * one, which have the same second. While the clock is behind the push before, each push is a second later than that one,
 * and so the clock catches up with any interval longer than a second. If it is behind by more than an hour the times before
 * were wrong by far, and the clock is followed at once. Used by one thread at a time.
 */
final class PushClock {
    private static final long FOLLOWED_BEYOND_SECONDS = 3600;

    private final Clock clock;
    private long last = Long.MIN_VALUE;

    PushClock(Clock clock) {
        this.clock = clock;
    }

    /** The second since the epoch that the next push has. */
    long nextSecond() {
        long now = Math.floorDiv(clock.millis(), 1000L);
        boolean setBack = now < last && last - now <= FOLLOWED_BEYOND_SECONDS;
        last = setBack ? last + 1 : now;
        return last;
    }
}
