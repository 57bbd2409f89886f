package dev.exposit.graphite;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes lines as carbon does: reads each connection to its end, then closes it. */
final class LineSink implements Closeable {
    private final ServerSocket server;
    private final List<String> lines = new ArrayList<>();

    private LineSink(ServerSocket server) {
        this.server = server;
    }

    static LineSink open() {
        try {
            LineSink sink = new LineSink(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(sink::accept, "line-sink");
            thread.setDaemon(true);
            thread.start();
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    synchronized (this) {
                        lines.add(line);
                        notifyAll();
                    }
                }
            } catch (IOException e) {
                // The next connection, or the end.
            }
        }
    }

    /** What has arrived, in order. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits until so many lines have arrived. */
    synchronized List<String> await(int count) throws InterruptedException {
        while (lines.size() < count) {
            wait();
        }
        return lines();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
