package dev.exposit.graphite;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One connection to the target. Every wait is bounded, and ends at once when the {@link Waiter} is cut off. Not safe for use
 * by several threads.
 *
 * <h2>How it is known what has arrived</h2>
 *
 * <p>Graphite's protocols have no answer. TCP's own acknowledgement says that the peer's kernel has the bytes, not that
 * anybody has read them, and Java does not even show that. What can be seen is how the connection ends:
 *
 * <ul>
 *   <li>a kernel whose process closes a connection, or dies, with bytes unread <em>resets</em> it;
 *   <li>if all had been read, it ends the connection <em>in order</em>;
 *   <li>bytes that come after the peer has closed are answered with a reset.
 * </ul>
 *
 * <p>So when a connection ends in order, what the peer had received by then it has read. To have it end, we end our direction
 * ({@link #end}); carbon, and every server that reads until there is no more, then closes.
 *
 * <p>That leaves the bytes that were under way when the peer closed by itself: its end in order passes them, and the reset
 * that follows cannot be seen any more, as reading answers "the end" from then on. Therefore a batch counts only if the
 * connection was still <em>seen open</em> a while after the batch had been written, long enough for the batch to arrive and
 * for a close that came before it to be seen here ({@link #settledNanos}). The while is a multiple of the time that connecting
 * took, which is one round trip. {@link #end} waits for it, watching, before it ends our direction. The rule is the same
 * whoever ends the connection: a batch has arrived if the connection was seen open a while after it, and then ended in order.
 *
 * <p>What stays: a packet lost on the way in the very moment in which the peer closes by itself; a process that dies after it
 * has read and before it has stored; a proxy that has read and cannot pass on. And what was read without our knowing is sent
 * again: the same path with the same time and value, which Graphite's stores overwrite.
 *
 * <p>Seeing the end needs no thread: the same wait that waits for room to write, or for something to write, also waits for the
 * peer, so that nothing is written into a connection of which it can be known that it is gone.
 */
abstract sealed class Connection implements Closeable permits StreamConnection, DatagramConnection {
    /** Where the other side is. */
    abstract InetSocketAddress peer();

    /**
     * Looks whether the peer is there.
     *
     * @return false once the peer has ended the connection in order
     * @throws IOException if the connection is broken
     */
    abstract boolean isOpen() throws IOException;

    /**
     * Waits for the peer to end the connection, or for a wake-up.
     *
     * @param nanos how long at most
     */
    abstract void await(long nanos) throws IOException;

    /**
     * Writes a batch within the target's {@code writeTimeout}.
     *
     * @return when it had been written, for comparison with {@link #settledNanos}
     * @throws IOException if it could not be written whole; how much of it arrives is unknown
     */
    abstract long write(Batch batch) throws IOException;

    /**
     * Ends the connection in order. Where the target confirms, returns when the peer has ended it too, so that
     * {@link #isOpen} is false; otherwise does not wait.
     *
     * @throws IOException if the peer does not in time, or breaks the connection
     */
    abstract void end() throws IOException;

    /** What was written by then, as {@link System#nanoTime} has it, has arrived if the connection ends in order. */
    abstract long settledNanos();

    /** When what has been written until now will have settled, if {@link #isOpen} is asked then. */
    abstract long settlesAt();

    /** Whether the end of the connection in order has been seen. */
    abstract boolean hasEnded();

    /**
     * Lets go of the connection. What has been written is still delivered if the peer takes it; but if writing a batch broke
     * off, the connection is reset.
     */
    @Override
    public abstract void close();

    /**
     * Connects within the target's {@code connectTimeout}. Tries all addresses that the host has, each with its share of the
     * time that is left, so that one that does not answer leaves time for the next.
     */
    static Connection open(GraphiteTarget target, NameLookup lookup, Waiter waiter) throws IOException {
        long deadline = System.nanoTime() + Waiter.nanos(target.connectTimeout());
        InetAddress[] addresses = lookup.addresses(waiter, deadline);
        IOException failure = null;
        for (int i = 0; i < addresses.length; i++) {
            long now = System.nanoTime();
            long until = now + Math.max(0, deadline - now) / (addresses.length - i);
            InetSocketAddress peer = new InetSocketAddress(addresses[i], target.port());
            try {
                return target.transport() == GraphiteTarget.Transport.UDP
                        ? DatagramConnection.open(target, peer, waiter)
                        : StreamConnection.open(target, peer, waiter, until);
            } catch (CutOffException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                // Not only IOException: an address of a family that this machine does not have is an illegal argument.
                IOException next =
                        failure(target, "connecting to " + peer.getAddress().getHostAddress(), e);
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        if (failure == null) {
            throw new IOException(target.address() + ": the name has no address");
        }
        throw failure;
    }

    /** A failure with where and at what it was; one that has it already stays as it is. */
    static IOException failure(GraphiteTarget target, String doing, Exception cause) {
        if (cause instanceof CutOffException cut) {
            return cut;
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IOException(target.address() + ": " + doing + ": " + message, cause);
    }
}
