package dev.exposit.graphite;

/** What becomes of samples when the queue to the target is full. */
public enum QueueFull {
    /**
     * The oldest samples go. First those that have been written and only wait to be confirmed, as they have most likely
     * arrived; never those that are being written.
     */
    DROP_OLDEST,
    /** The samples that came last go. */
    DROP_NEWEST,
    /**
     * Whoever offers samples waits for room, for a bounded time; then as {@link #DROP_NEWEST}. After a wait in vain nobody
     * waits again before there has been room, so that a target that is down costs one wait and not one for each batch.
     */
    BLOCK
}
