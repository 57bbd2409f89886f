package dev.exposit.graphite;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A connection over TCP, with TLS or without. */
final class StreamConnection extends Connection {
    /** How many times the time to connect a batch takes at most until it has arrived and a refusal of it would be here. */
    private static final int ROUND_TRIPS = 4;

    private static final long LEAST_SETTLING = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long MOST_SETTLING = TimeUnit.SECONDS.toNanos(1);

    private final GraphiteTarget target;
    private final InetSocketAddress peer;
    private final Waiter waiter;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Wire wire;
    private final long settling;
    private boolean ended;
    private boolean withinBatch;
    private long seenOpen;
    private long lastWrite;

    private StreamConnection(
            GraphiteTarget target,
            InetSocketAddress peer,
            Waiter waiter,
            SelectionKey key,
            SocketChannel channel,
            Wire wire,
            long settling) {
        this.target = target;
        this.peer = peer;
        this.waiter = waiter;
        this.key = key;
        this.channel = channel;
        this.wire = wire;
        this.settling = settling;
        seenOpen = System.nanoTime();
        lastWrite = seenOpen - settling;
    }

    static StreamConnection open(GraphiteTarget target, InetSocketAddress peer, Waiter waiter, long until)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            SelectionKey key = waiter.register(channel);
            long begun = System.nanoTime();
            if (!channel.connect(peer)) {
                while (!channel.finishConnect()) {
                    await(target, waiter, key, SelectionKey.OP_CONNECT, until, "no answer");
                }
            }
            long took = System.nanoTime() - begun;
            Wire wire = target.transport() == GraphiteTarget.Transport.TLS
                    ? handshake(new TlsWire(channel, target), target, waiter, key, until)
                    : new PlainWire(channel);
            long settling = Math.min(MOST_SETTLING, Math.max(LEAST_SETTLING, ROUND_TRIPS * took));
            return new StreamConnection(target, peer, waiter, key, channel, wire, settling);
        } catch (Throwable t) {
            close(channel, waiter);
            throw t;
        }
    }

    private static TlsWire handshake(TlsWire wire, GraphiteTarget target, Waiter waiter, SelectionKey key, long until)
            throws IOException {
        for (int operation = wire.handshake(); operation != 0; operation = wire.handshake()) {
            await(target, waiter, key, operation, until, "TLS's handshake did not end");
        }
        return wire;
    }

    private static void await(
            GraphiteTarget target, Waiter waiter, SelectionKey key, int operation, long until, String otherwise)
            throws IOException {
        long left = until - System.nanoTime();
        if (left <= 0) {
            throw new IOException(otherwise + " in time, connectTimeout is " + Waiter.text(target.connectTimeout())
                    + " for all addresses");
        }
        key.interestOps(operation);
        waiter.await(left);
    }

    @Override
    InetSocketAddress peer() {
        return peer;
    }

    @Override
    boolean isOpen() throws IOException {
        if (ended) {
            return false;
        }
        // The time is taken first: at that time, at least, the end had not come.
        long now = System.nanoTime();
        try {
            ended = !wire.drain();
        } catch (IOException e) {
            throw failure(target, "the connection broke", e);
        }
        if (!ended) {
            seenOpen = now;
        }
        return !ended;
    }

    @Override
    void await(long nanos) throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        waiter.await(nanos);
    }

    @Override
    long write(Batch batch) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(batch.bytes());
        long until = System.nanoTime() + Waiter.nanos(target.writeTimeout());
        withinBatch = true;
        try {
            while (!wire.write(source)) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    throw new IOException("took longer than " + Waiter.text(target.writeTimeout()) + " (writeTimeout)");
                }
                if (!isOpen()) {
                    throw new EOFException("the peer closed the connection meanwhile");
                }
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                waiter.await(left);
            }
            withinBatch = false;
            lastWrite = System.nanoTime();
            return lastWrite;
        } catch (IOException e) {
            throw failure(target, "writing " + batch.bytes().length + " bytes", e);
        }
    }

    @Override
    void end() throws IOException {
        if (!target.confirms()) {
            sayEnd(System.nanoTime());
            return;
        }
        while (isOpen() && seenOpen - lastWrite < settling) {
            await(Math.max(1, settlesAt() - System.nanoTime()));
        }
        long until = System.nanoTime() + Waiter.nanos(target.confirmTimeout());
        if (!ended && !sayEnd(until)) {
            throw unconfirmed();
        }
        while (isOpen()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                throw unconfirmed();
            }
            await(left);
        }
    }

    private boolean sayEnd(long until) throws IOException {
        try {
            while (!wire.end()) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                key.interestOps(SelectionKey.OP_WRITE);
                waiter.await(left);
            }
            return true;
        } catch (IOException e) {
            throw failure(target, "ending the connection", e);
        }
    }

    private IOException unconfirmed() {
        Duration timeout = target.confirmTimeout();
        return new IOException(target.address() + ": the connection was ended, but the peer did not close it within "
                + Waiter.text(timeout)
                + " to show that it has read everything; a longer confirmTimeout helps if it is slow, "
                + "confirmTimeout 0 if it never closes");
    }

    @Override
    long settledNanos() {
        return seenOpen - settling;
    }

    @Override
    long settlesAt() {
        return lastWrite + settling;
    }

    @Override
    boolean hasEnded() {
        return ended;
    }

    /**
     * Resets the connection within a batch: a line that was cut in two must not look like a last line without its end, which
     * some servers take, with a time or value that lacks digits.
     */
    @Override
    public void close() {
        if (withinBatch) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // Broken already; closing it is all that is left.
            }
        }
        close(channel, waiter);
    }

    private static void close(SocketChannel channel, Waiter waiter) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is left to lose.
        }
        waiter.release();
    }
}
