package dev.exposit.convert;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Decompresses gzip (RFC 1952), with messages that say what is wrong with it. */
final class Gunzip extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final GZIPInputStream in;

    private Gunzip(GZIPInputStream in) {
        this.in = in;
    }

    /** The stream's bytes, decompressed if they begin as gzip does. Closes the stream if it cannot be read. */
    static InputStream ifCompressed(InputStream in) throws IOException {
        BufferedInputStream buffered = new Lookahead(in);
        try {
            buffered.mark(2);
            boolean gzip = buffered.read() == 0x1F && buffered.read() == 0x8B;
            buffered.reset();
            return gzip ? decompressing(buffered) : buffered;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The stream's bytes decompressed. Closes the stream if they do not begin as gzip does. */
    static InputStream of(InputStream in) throws IOException {
        try {
            return decompressing(new Lookahead(in));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static Gunzip decompressing(BufferedInputStream in) throws IOException {
        try {
            return new Gunzip(new GZIPInputStream(in, BUFFER_BYTES));
        } catch (EOFException | ZipException e) {
            throw explained(e);
        }
    }

    private static IOException explained(IOException e) {
        return e instanceof EOFException
                ? new EOFException("the gzip data end before they are complete")
                : new ZipException("the gzip data are broken: " + e.getMessage());
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
        } catch (EOFException | ZipException e) {
            throw explained(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /**
     * Answers {@link #available()} by looking: {@link GZIPInputStream} takes 0 for the end and would drop the gzip
     * members that a socket has not delivered yet.
     */
    private static final class Lookahead extends BufferedInputStream {
        Lookahead(InputStream in) {
            super(in, BUFFER_BYTES);
        }

        @Override
        public synchronized int available() throws IOException {
            int known = super.available();
            if (known > 0) {
                return known;
            }
            mark(1);
            boolean more = read() >= 0;
            reset();
            return more ? 1 : 0;
        }
    }
}
