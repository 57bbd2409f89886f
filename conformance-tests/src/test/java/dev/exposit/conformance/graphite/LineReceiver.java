package dev.exposit.conformance.graphite;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Takes what a bridge sends, and keeps it as it came. */
final class LineReceiver implements AutoCloseable {
    private static final int PATIENCE = 60_000; // milliseconds

    private final ServerSocket socket;

    LineReceiver() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(PATIENCE);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** All that comes over the next connection, which may have been made already. */
    String receive() throws IOException {
        try (Socket connection = socket.accept()) {
            connection.setSoTimeout(PATIENCE);
            InputStream in = connection.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
