package dev.exposit.writer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** A stream as a sink. */
record StreamSink(OutputStream out) implements ByteSink {
    StreamSink {
        Objects.requireNonNull(out, "out");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
