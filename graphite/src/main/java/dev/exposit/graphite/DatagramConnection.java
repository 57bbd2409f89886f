package dev.exposit.graphite;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/**
 * A socket that sends datagrams to one address. Nothing tells whether they arrive; only that nobody listens is told, by a
 * machine that is up, and then with one of the next calls: that one fails, what went before is lost.
 */
final class DatagramConnection extends Connection {
    private static final int READ_BYTES = 1_024;

    private final GraphiteTarget target;
    private final InetSocketAddress peer;
    private final Waiter waiter;
    private final DatagramChannel channel;
    private final SelectionKey key;
    private final ByteBuffer waste = ByteBuffer.allocate(READ_BYTES);

    private DatagramConnection(
            GraphiteTarget target, InetSocketAddress peer, Waiter waiter, DatagramChannel channel, SelectionKey key) {
        this.target = target;
        this.peer = peer;
        this.waiter = waiter;
        this.channel = channel;
        this.key = key;
    }

    static DatagramConnection open(GraphiteTarget target, InetSocketAddress peer, Waiter waiter) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(peer);
            return new DatagramConnection(target, peer, waiter, channel, waiter.register(channel));
        } catch (Throwable t) {
            channel.close();
            throw t;
        }
    }

    @Override
    InetSocketAddress peer() {
        return peer;
    }

    @Override
    boolean isOpen() throws IOException {
        try {
            waste.clear();
            channel.read(waste);
            return true;
        } catch (IOException e) {
            throw failure(target, "sending datagrams", e);
        }
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
        try {
            // A datagram is taken whole or not at all.
            while (channel.write(source) == 0) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    throw new IOException("took longer than " + Waiter.text(target.writeTimeout()) + " (writeTimeout)");
                }
                key.interestOps(SelectionKey.OP_WRITE);
                waiter.await(left);
            }
        } catch (IOException e) {
            throw failure(target, "sending a datagram of " + batch.bytes().length + " bytes", e);
        }
    }

    /** Looks once whether the datagram before was refused, which on the same machine is known at once. */
    @Override
    void end() throws IOException {
        isOpen();
    }

    @Override
    boolean hasReadAll() {
        return true;
    }

    @Override
    void knock() {}

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is left to lose.
        }
        waiter.release();
    }
}
