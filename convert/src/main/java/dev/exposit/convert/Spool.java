package dev.exposit.convert;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is read from a stream so that it can be read a second time: in memory up to a bound, beyond it in a
 * temporary file, which is gone when this is closed.
 */
final class Spool implements Closeable {
    /** How many bytes are kept in memory: 8 MiB. */
    static final int MEMORY_BYTES = 8 << 20;

    private final InputStream in;
    private final long limit;
    private final Memory memory = new Memory();
    private @Nullable FileChannel file;
    private long count;

    /**
     * @param in what to keep; closed by whoever opened it
     * @param limit from how many bytes on reading stops; the reader refuses them anyway
     */
    Spool(InputStream in, long limit) {
        this.in = in;
        this.limit = limit;
    }

    /** The stream, of which all that is read is kept. */
    InputStream recorded() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int n = in.read(target, offset, length);
                if (n > 0) {
                    keep(target, offset, n);
                }
                return n;
            }
        };
    }

    /** All bytes from the first on, those included that nobody has read yet. */
    InputStream replayed() throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int n = 0; n >= 0 && count <= limit; n = in.read(buffer)) {
            keep(buffer, 0, n);
        }
        FileChannel kept = file;
        return kept == null ? memory.toInputStream() : Channels.newInputStream(kept.position(0));
    }

    private void keep(byte[] bytes, int offset, int length) throws IOException {
        count += length;
        FileChannel kept = file;
        if (kept == null && count <= MEMORY_BYTES) {
            memory.write(bytes, offset, length);
            return;
        }
        try {
            if (kept == null) {
                file = kept = open();
                memory.moveTo(kept);
            }
            writeFully(kept, ByteBuffer.wrap(bytes, offset, length));
        } catch (IOException e) {
            throw new IOException("cannot keep what was read in a temporary file: " + e.getMessage(), e);
        }
    }

    /** The file has no name any more once it is open, on systems that can do this, so that not even a crash leaves it. */
    private static FileChannel open() throws IOException {
        Path path = Files.createTempFile("exposit-", ".spool");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /** Whether the bound on memory was exceeded. */
    boolean isInFile() {
        return file != null;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** A byte array that grows, read in place. */
    private static final class Memory extends ByteArrayOutputStream {
        InputStream toInputStream() {
            return new ByteArrayInputStream(buf, 0, count);
        }

        void moveTo(FileChannel file) throws IOException {
            writeFully(file, ByteBuffer.wrap(buf, 0, count));
            buf = new byte[0];
            count = 0;
        }
    }
}
