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

    /** Not only the way counts: a server that accepts to close at once, as a proxy without its server does, takes a moment. */
    private static final long LEAST_SETTLING = TimeUnit.MILLISECONDS.toNanos(100);

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
    private boolean endedByUs;
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
        lastWrite = System.nanoTime() - settling;
    }

    static StreamConnection open(GraphiteTarget target, InetSocketAddress peer, Waiter waiter, long until)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            long begun = System.nanoTime();
            SelectionKey key = connect(channel, target, peer, waiter, until);
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

    private static SelectionKey connect(
            SocketChannel channel, GraphiteTarget target, InetSocketAddress peer, Waiter waiter, long until)
            throws IOException {
        channel.configureBlocking(false);
        SelectionKey key = waiter.register(channel);
        if (!channel.connect(peer)) {
            while (!channel.finishConnect()) {
                await(target, waiter, key, SelectionKey.OP_CONNECT, until, "no answer");
            }
        }
        return key;
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
        try {
            ended = !wire.drain();
        } catch (IOException e) {
            throw failure(target, "the connection broke", e);
        }
        return !ended;
    }

    @Override
    void await(long nanos) throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        waiter.await(nanos);
    }

    @Override
    void write(Batch batch) throws IOException {
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
        settle(lastWrite);
        if (!isOpen()) {
            return;
        }
        endedByUs = true;
        long until = System.nanoTime() + Waiter.nanos(target.confirmTimeout());
        if (!sayEnd(until)) {
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

    /** Waits until what was written before a time has arrived, and the answer to it too; or until the peer ends. */
    private void settle(long since) throws IOException {
        boolean wasOpen = !ended;
        long left = settling;
        while (left > 0 && isOpen() == wasOpen) {
            if (wasOpen) {
                await(left);
            } else {
                key.interestOps(0); // the end would wake us again and again
                waiter.await(left);
            }
            left = since + settling - System.nanoTime();
        }
    }

    @Override
    boolean hasReadAll() throws IOException {
        if (!target.confirms()) {
            return true;
        }
        if (endedByUs) {
            return true;
        }
        settle(System.nanoTime());
        return wire.takesByte();
    }

    @Override
    void knock() throws IOException {
        if (!endedByUs) {
            return;
        }
        long until = System.nanoTime() + Waiter.nanos(target.connectTimeout());
        try (SocketChannel door = SocketChannel.open()) {
            connect(door, target, peer, waiter, until);
        } catch (IOException e) {
            throw failure(
                    target, "the peer closed the connection, maybe since it went down, as connecting again failed", e);
        } finally {
            waiter.release();
        }
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
