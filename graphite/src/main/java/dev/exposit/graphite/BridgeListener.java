package dev.exposit.graphite;

import java.io.IOException;
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

    /**
     * A source did not give its metrics; the others are pushed.
     *
     * @param source its name
     * @param why what it threw, or a {@link java.util.concurrent.TimeoutException}
     */
    default void sourceFailed(String source, Throwable why) {}

    /** A push failed as a whole, for a reason that the bridge does not know; the next comes at its time. */
    default void pushFailed(Throwable why) {}

    /** A tick of the schedule was left out, since the push before had not ended. */
    default void ticksSkipped(long count) {}

    /**
     * Samples could not be delivered; they stay in the queue.
     *
     * @param why what happened
     * @param retryIn after how long it is tried again
     */
    default void deliveryFailed(IOException why, Duration retryIn) {}

    /** After a failure the target takes samples again. */
    default void deliveryRecovered() {}
}
