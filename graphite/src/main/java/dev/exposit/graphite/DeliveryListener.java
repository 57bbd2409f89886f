package dev.exposit.graphite;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Told what becomes of a delivery, by its thread, which waits meanwhile. What a method throws is ignored.
 */
interface DeliveryListener {
    /** Hears nothing. */
    DeliveryListener NONE = new DeliveryListener() {};

    /** A connection stands. */
    default void connected(InetSocketAddress peer) {}

    /**
     * Delivery failed, and is tried again later.
     *
     * @param cause has the target's address and what was being done in its message
     * @param failures how many times in a row, at least 1
     * @param retryIn how long until then
     */
    default void failed(Throwable cause, int failures, Duration retryIn) {}

    /**
     * After failures the target has taken samples again.
     *
     * @param failures how many times in a row it had failed, at least 1
     */
    default void recovered(int failures) {}
}
