package dev.exposit.convert;

import dev.exposit.format.ContentType;
import dev.exposit.format.ExpositionFormat;
import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A server answered a format that this version cannot read. */
public final class UnsupportedFormatException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ExpositionFormat format;

    private UnsupportedFormatException(String name, ExpositionFormat format) {
        super(name + ": the answer has the format " + format.id() + ", which cannot be read yet");
        this.format = format;
    }

    /** The format of the answer. */
    public ExpositionFormat format() {
        return format;
    }

    /**
     * The format that a content type names, or null if it names none and the first bytes must tell, as Prometheus
     * itself falls back to its text format.
     */
    static @Nullable ExpositionFormat readable(String name, ContentType contentType) throws UnsupportedFormatException {
        ExpositionFormat format = ExpositionFormat.of(contentType).orElse(null);
        if (format != null && !InputFormat.canRead(format)) {
            throw new UnsupportedFormatException(name, format);
        }
        return format;
    }
}
