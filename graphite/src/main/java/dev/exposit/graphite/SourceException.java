package dev.exposit.graphite;

import java.io.IOException;
import java.util.Objects;

/** A source of a {@link GraphiteBridge} did not give its metrics; the cause is what it threw. */
public final class SourceException extends IOException {
    private static final long serialVersionUID = 1;

    private final String source;

    SourceException(String source, Throwable cause) {
        super(message(source, cause), cause);
        this.source = source;
    }

    /** Whoever reads files and URLs says by himself which one. */
    private static String message(String source, Throwable cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        return message.startsWith(source) ? message : source + ": " + message;
    }

    /** The source's name. */
    public String source() {
        return source;
    }
}
