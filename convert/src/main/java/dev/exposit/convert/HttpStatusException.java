package dev.exposit.convert;

import java.io.Serial;

/** A server answered with another status than 200. */
public final class HttpStatusException extends ScrapeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    HttpStatusException(String name, int status, String firstLine) {
        super(name, "expected status 200, got " + status + (firstLine.isEmpty() ? "" : ": " + firstLine), null);
        this.status = status;
    }

    /** The status code, 503 for example. */
    public int status() {
        return status;
    }
}
