package dev.exposit.convert;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** A stream whose failures say what they mean and where they come from. */
final class ExplainedStream extends InputStream {
    private final InputStream in;
    private final UnaryOperator<IOException> explanation;

    ExplainedStream(InputStream in, UnaryOperator<IOException> explanation) {
        this.in = in;
        this.explanation = explanation;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            throw explanation.apply(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
