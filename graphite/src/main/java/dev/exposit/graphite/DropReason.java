package dev.exposit.graphite;

import java.util.Locale;

/** Why a sample did not reach Graphite; {@link #label()} is how {@code exposit_graphite_dropped_total} tells it. */
public enum DropReason {
    /** NaN or an infinity, and the policy leaves such values out. */
    NOT_FINITE,
    /** The sample's timestamp lies outside of what the transport can say. */
    TIMESTAMP,
    /** Another series of the same push has the same path. */
    COLLISION,
    /** A name or value was empty or too long, and the policy leaves such series out. */
    NAME,
    /** The line is longer than the transport takes. */
    TOO_LONG,
    /** The first value of a counter that is sent as the difference to the value before. */
    FIRST_DELTA,
    /** The queue was full; the sample may have been written and arrived, but that was not known yet. */
    QUEUE_FULL,
    /** The bridge was closed before it was known that the sample had arrived. */
    CLOSED,
    /** A push that is not tried again failed before it was known that the sample had arrived. */
    FAILED;

    /** The reason as a label value, {@code queue_full} for example. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
