package dev.exposit.convert;

import java.io.IOException;
import java.io.InputStream;

/** A stream that fails at once. */
final class CutCable extends InputStream {
    @Override
    public int read() throws IOException {
        throw new IOException("the cable is out");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return read();
    }
}
