package dev.exposit.convert;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A server took longer than {@link ScrapeOptions} allows: to connect, to answer, or to send the body. */
public final class ScrapeTimeoutException extends ScrapeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ScrapeTimeoutException(String name, String what, @Nullable Throwable cause) {
        super(name, what, cause);
    }
}
