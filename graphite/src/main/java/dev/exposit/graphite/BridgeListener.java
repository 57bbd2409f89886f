package dev.exposit.graphite;

import java.time.Duration;

/**
 * Hears what a started bridge does, to log it for example. Called by the bridge's threads, which wait meanwhile; what it
 * throws is ignored.
 */
public interface BridgeListener {
    /** A listener that does nothing. */
    BridgeListener NONE = new BridgeListener() {};

    /** A push has ended. */
    default void pushed(PushReport report) {}

    /** A source did not give its metrics, or not in time; the others are pushed. */
    default void sourceFailed(SourceException why) {}

    /** A push failed as a whole, for a reason that the bridge does not know; the next comes at its time. */
    default void pushFailed(Throwable why) {}

    /** A tick of the schedule was left out, since the push before had not ended. */
    default void ticksSkipped(long count) {}

    /**
     * Samples could not be delivered; they stay in the queue.
     *
     * @param why what happened; its message names the target
     * @param failures how many times in a row, at least 1
     * @param retryIn after how long it is tried again
     */
    default void deliveryFailed(Throwable why, int failures, Duration retryIn) {}

    /**
     * After failures the target has taken samples again.
     *
     * @param failures how many times in a row it had failed, at least 1
     */
    default void deliveryRecovered(int failures) {}
}
