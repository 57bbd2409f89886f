package dev.exposit.graphite;

import java.io.IOException;

/** A wait was cut short: by the thread's interruption, or since the time given to {@code close} was over. */
@SuppressWarnings("serial") // never serialised
final class CutOffException extends IOException {
    CutOffException(String message) {
        super(message);
    }
}
