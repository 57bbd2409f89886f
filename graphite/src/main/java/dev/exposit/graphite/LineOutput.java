package dev.exposit.graphite;

import dev.exposit.writer.NumberText;
import java.io.IOException;
import java.io.OutputStream;

/** Writes samples as lines to a stream, in pieces of some 64 KiB. Not safe for use by several threads. */
final class LineOutput implements BatchEncoder {
    /** The longest line without its line feed that carbon takes. */
    static final int MOST_BYTES = 16_384;

    private static final int CHUNK = 1 << 16;
    /** A blank, a value, a blank, a time and a line feed are never longer. */
    private static final int NUMBER_BYTES = 64;

    private final OutputStream out;
    private final byte[] bytes = new byte[CHUNK + MOST_BYTES + NUMBER_BYTES];
    private int length;

    LineOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public boolean add(PathBuffer path, double value, long seconds) throws IOException {
        if (path.length() > MOST_BYTES) {
            return false;
        }
        System.arraycopy(path.bytes(), 0, bytes, length, path.length());
        int at = length + path.length();
        bytes[at++] = ' ';
        at = NumberText.write(value, bytes, at);
        bytes[at++] = ' ';
        at = NumberText.write(seconds, bytes, at);
        if (at - length > MOST_BYTES) {
            return false;
        }
        bytes[at++] = '\n';
        length = at;
        if (length >= CHUNK) {
            flush();
        }
        return true;
    }

    @Override
    public void flush() throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }
}
