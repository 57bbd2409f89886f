package dev.exposit.parser;

import dev.exposit.parser.ReadLimits.Limit;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Decompresses gzip (RFC 1952) up to {@link Limit#COMPRESSION_RATIO}, with messages that say what is wrong with it. Not
 * safe for use by several threads.
 */
public final class Gunzip extends InputStream {
    private static final int BUFFER_BYTES = 1 << 16;
    /** So many bytes may come of any number of compressed ones. */
    private static final int FREE_BYTES = 1 << 20;

    private final Members in;

    private Gunzip(Members in) {
        this.in = in;
    }

    /**
     * The stream's bytes, decompressed if they begin as gzip does. Closes the stream if it cannot be read.
     *
     * @throws IOException if the stream does, or the data are no gzip after all
     */
    public static InputStream ifCompressed(InputStream in, ReadLimits limits) throws IOException {
        BufferedInputStream buffered = new Lookahead(in);
        try {
            buffered.mark(2);
            boolean gzip = buffered.read() == 0x1F && buffered.read() == 0x8B;
            buffered.reset();
            return gzip ? decompressing(buffered, limits) : buffered;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * The stream's bytes decompressed. Closes the stream if they do not begin as gzip does.
     *
     * @throws IOException if the stream does, or the data are no gzip
     */
    public static InputStream of(InputStream in, ReadLimits limits) throws IOException {
        try {
            return decompressing(new Lookahead(in), limits);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static Gunzip decompressing(BufferedInputStream in, ReadLimits limits) throws IOException {
        try {
            return new Gunzip(new Members(in, limits));
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

    /** The members of a gzip stream, one after the other, none of which may grow beyond the ratio. */
    private static final class Members extends GZIPInputStream {
        private final ReadLimits limits;
        private final long ratio;

        Members(InputStream in, ReadLimits limits) throws IOException {
            super(in, BUFFER_BYTES);
            this.limits = limits;
            this.ratio = limits.get(Limit.COMPRESSION_RATIO);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            long written = inf.getBytesWritten();
            if (written > FREE_BYTES && written / ratio > inf.getBytesRead()) {
                throw new ReadLimitException(
                        Limit.COMPRESSION_RATIO, limits, "the exposition is compressed too well to be one");
            }
            return n;
        }
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
