package dev.exposit.convert;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A URL could not be scraped. The message begins with the URL, without user and password, and says why. */
public sealed class ScrapeException extends IOException permits HttpStatusException, ScrapeTimeoutException {
    @Serial
    private static final long serialVersionUID = 1L;

    ScrapeException(String name, String what, @Nullable Throwable cause) {
        super(name + ": " + what, cause);
    }
}
