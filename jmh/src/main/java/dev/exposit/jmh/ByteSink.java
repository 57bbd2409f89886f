package dev.exposit.jmh;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/** Reads connections on loopback to their ends, one after the other, and closes them, as carbon does. */
final class ByteSink implements Closeable {
    private static final int PIECE = 1 << 18;

    private final ServerSocket server;
    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private final Semaphore read = new Semaphore(0);
    private volatile boolean recording;

    private ByteSink(ServerSocket server) {
        this.server = server;
    }

    static ByteSink open() {
        try {
            ByteSink sink = new ByteSink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(sink::read, "byte-sink");
            thread.setDaemon(true);
            thread.start();
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        byte[] piece = new byte[PIECE];
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream()) {
                for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                    if (recording) {
                        recorded.write(piece, 0, length);
                    }
                }
            } catch (IOException e) {
                // The next connection, or the end.
            }
            read.release();
        }
    }

    /** Waits until one more connection has been read to its end. */
    void awaitConnection() throws InterruptedException {
        read.acquire();
    }

    InetAddress address() {
        return server.getInetAddress();
    }

    int port() {
        return server.getLocalPort();
    }

    /** From the next connection on, keeps what is read or does not. */
    void record(boolean kept) {
        recording = kept;
    }

    /** What was kept; to be asked when the connection has been closed. */
    byte[] recorded() {
        return recorded.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
