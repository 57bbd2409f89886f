package dev.exposit.graphite;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * TLS over the socket, by the JDK's engine, which turns bytes into bytes and never waits. An {@code SSLSocket} has no time-out
 * for writing, and closing one can block behind a write that does.
 *
 * <p>To end the connection is to send close_notify and then the end of the TCP stream. What the peer's end is, is TCP's end
 * alone. Its close_notify is no proof: a server that closes with bytes unread sends it too, before the reset. Nor is it asked
 * for: many servers leave it out, and to insist would be to send everything again to them for ever. So somebody on the way
 * who can forge the end of a TCP stream can make us believe in a delivery; one who can do that can as well keep the target
 * from us.
 */
final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    /** Whether the peer's close_notify has come. */
    private boolean peerEnded;
    /** What has come and is not decrypted; ready to be filled. */
    private ByteBuffer in;
    /** What is encrypted and has not gone; ready to be written from. */
    private ByteBuffer out;

    private ByteBuffer waste;

    TlsWire(SocketChannel channel, GraphiteTarget target) throws IOException {
        this.channel = channel;
        engine = context(target).createSSLEngine(target.host(), target.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        // Without this any valid certificate would do, whomever it names.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        in = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
        waste = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        engine.beginHandshake();
    }

    private static SSLContext context(GraphiteTarget target) throws IOException {
        try {
            return target.tls() != null ? target.tls() : SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("the JDK's default for TLS cannot be had: " + e.getMessage(), e);
        }
    }

    /**
     * Takes the handshake as far as it goes now.
     *
     * @return 0 when it is done; otherwise the operation to wait for, as {@link SelectionKey} has them
     */
    int handshake() throws IOException {
        try {
            while (true) {
                if (!flushed()) {
                    return SelectionKey.OP_WRITE;
                }
                switch (engine.getHandshakeStatus()) {
                    case NEED_WRAP -> wrap(NOTHING);
                    case NEED_TASK -> runTasks();
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        if (unwrap() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                            int count = channel.read(in);
                            if (count < 0) {
                                throw new EOFException("the peer closed the connection during TLS's handshake");
                            }
                            if (count == 0) {
                                return SelectionKey.OP_READ;
                            }
                        }
                    }
                    case FINISHED, NOT_HANDSHAKING -> {
                        return 0;
                    }
                }
            }
        } catch (SSLException e) {
            sayWhy();
            throw e;
        }
    }

    /** Sends the alert, so that the peer's log can tell what was wrong. */
    private void sayWhy() {
        try {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && flushed()) {
                wrap(NOTHING);
            }
            flushed();
        } catch (IOException e) {
            // What is reported is why, not that it could not be said.
        }
    }

    /** At most one read from the socket, as in {@link PlainWire#drain}. */
    @Override
    public boolean drain() throws IOException {
        if (!peerEnded) {
            peerEnded = !decrypt();
        }
        if (peerEnded) {
            in.clear();
            return channel.read(in) >= 0;
        }
        int count = channel.read(in);
        if (count > 0) {
            peerEnded = !decrypt();
        }
        return count >= 0;
    }

    /** Decrypts what is there; whether the peer may say more. */
    private boolean decrypt() throws IOException {
        while (true) {
            switch (unwrap()) {
                case CLOSED -> {
                    return false;
                }
                case BUFFER_UNDERFLOW -> {
                    return true;
                }
                default -> {
                    // TLS 1.3 may ask for new keys at any time, and nothing is decrypted before the answer is
                    // encrypted.
                    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                        if (!flushed()) {
                            return true;
                        }
                        wrap(NOTHING);
                    }
                }
            }
        }
    }

    @Override
    public boolean write(ByteBuffer source) throws IOException {
        while (flushed()) {
            if (!source.hasRemaining()) {
                return true;
            }
            if (wrap(source) == SSLEngineResult.Status.CLOSED) {
                throw new EOFException("the peer has ended TLS");
            }
        }
        return false;
    }

    @Override
    public boolean end() throws IOException {
        engine.closeOutbound();
        while (flushed()) {
            if (engine.isOutboundDone()) {
                channel.shutdownOutput();
                return true;
            }
            wrap(NOTHING);
        }
        return false;
    }

    /** What TLS makes of the byte does not matter: the peer has ended, and it is the kernel that is asked. */
    @Override
    public boolean takesByte() {
        return PlainWire.takesByte(channel);
    }

    /** Writes what is encrypted; whether all of it has gone. */
    private boolean flushed() throws IOException {
        if (out.hasRemaining()) {
            channel.write(out);
        }
        return !out.hasRemaining();
    }

    /** Encrypts into {@link #out}, which is empty. */
    private SSLEngineResult.Status wrap(ByteBuffer source) throws SSLException {
        out.clear();
        SSLEngineResult.Status status;
        try {
            status = engine.wrap(source, out).getStatus();
        } finally {
            out.flip();
        }
        if (status == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
        }
        return status;
    }

    /** Decrypts one record of {@link #in}, if it is there whole. */
    private SSLEngineResult.Status unwrap() throws SSLException {
        in.flip();
        waste.clear();
        SSLEngineResult result;
        try {
            result = engine.unwrap(in, waste);
        } finally {
            in.compact();
        }
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW && !in.hasRemaining()) {
            in.flip();
            in = ByteBuffer.allocate(
                            Math.max(2 * in.capacity(), engine.getSession().getPacketBufferSize()))
                    .put(in);
        }
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            waste = ByteBuffer.allocate(
                    Math.max(2 * waste.capacity(), engine.getSession().getApplicationBufferSize()));
        }
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        return result.getStatus();
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
