package dev.exposit.convert;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server on the loopback that sends what a well-behaved one would not. */
final class RawServer implements AutoCloseable {
    /** Writes the answer, and maybe waits. */
    interface Answer {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final CountDownLatch clientGone = new CountDownLatch(1);
    private final boolean hangUp;

    private RawServer(Answer answer, boolean hangUp) throws IOException {
        this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.hangUp = hangUp;
        Thread thread = new Thread(() -> serveAll(answer), "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Writes the answer and closes the connection. */
    static RawServer thatHangsUp(Answer answer) throws IOException {
        return new RawServer(answer, true);
    }

    /** Writes the answer and waits until the client closes the connection. */
    static RawServer thatWaits(Answer answer) throws IOException {
        return new RawServer(answer, false);
    }

    private void serveAll(Answer answer) {
        // The client may try again where it got no answer.
        while (!server.isClosed()) {
            serve(answer);
        }
    }

    private void serve(Answer answer) {
        try (Socket client = server.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null && !line.isEmpty(); ) {
                line = in.readLine();
            }
            try {
                answer.to(client.getOutputStream());
                client.getOutputStream().flush();
                while (!hangUp && in.read() >= 0) {
                    // A client that is done closes the connection.
                }
            } catch (IOException e) {
                // So does one that resets it.
            }
            clientGone.countDown();
        } catch (IOException | InterruptedException e) {
            // The test is over.
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/metrics");
    }

    /** Whether the client closed the connection, or does within some seconds. */
    boolean sawClientGo() throws InterruptedException {
        return clientGone.await(5, TimeUnit.SECONDS);
    }

    static byte[] head(String... lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String line : lines) {
            out.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        out.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
