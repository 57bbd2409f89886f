package dev.exposit.convert;

import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Somebody's stream, which stays open. */
final class StreamSource extends Source {
    private final InputStream stream;
    private final AtomicBoolean opened = new AtomicBoolean();

    StreamSource(InputStream stream, String name) {
        super(Objects.requireNonNull(name, "name"));
        this.stream = Objects.requireNonNull(stream, "stream");
    }

    @Override
    Body open(ReadOptions options) throws IOException {
        if (opened.getAndSet(true)) {
            throw new IllegalStateException(name() + " has been read before, and a stream can be read only once");
        }
        if (isRepeatable()) {
            stream.mark(Integer.MAX_VALUE);
        }
        return body(options);
    }

    /** Whether the bytes are in memory anyway; what a subclass does nobody knows. */
    @Override
    boolean isRepeatable() {
        return stream.getClass() == ByteArrayInputStream.class;
    }

    @Override
    Body reopen(ReadOptions options) throws IOException {
        stream.reset();
        return body(options);
    }

    private Body body(ReadOptions options) throws IOException {
        InputStream guarded = new FilterInputStream(stream) {
            @Override
            public void close() {
                // It is the caller's.
            }
        };
        return decompressed(guarded, options.limits());
    }
}
