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
 * anybody has read them, and Java does not even show that. What can be seen is how the connection ends, for a kernel whose
 * process closes a connection, or dies, with bytes unread <em>resets</em> it, and so it does when bytes come after the close.
 * If everything had been read, the connection ends <em>in order</em>.
 *
 * <p>To have it end we end our direction ({@link #end}). carbon, and every server that reads until there is no more, then
 * closes. Two things would make its end in order a lie, and both are looked for:
 *
 * <ul>
 *   <li><em>The peer had closed by itself while bytes were under way.</em> Its end passes them, and the reset that answers them
 *       comes too late to be seen. So before we end our direction we wait until such an end would be here: a few times as long
 *       as connecting took, which is one round trip.
 *   <li><em>The peer is going down.</em> Many servers, carbon and Java's among them, first end their direction and then close,
 *       so that the reset that tells of bytes unread follows an end in order, and Java does not show it any more. So afterwards
 *       we {@link #knock}: a server that goes down listens no more. A single push does not: whoever takes one connection
 *       only, as {@code nc -l} does, would seem to have lost it.
 * </ul>
 *
 * <p>When the peer ends the connection and we have not, such a reset can be seen: after the same wait one more byte is written.
 * The kernel takes it if there was no reset, and refuses it if there was. Whoever has closed gets no byte; whoever still reads
 * gets an empty line.
 *
 * <p>What stays: a packet lost on the way in the very moment in which the peer closes by itself; a server that closes by
 * itself with bytes unread, the end in order first, after we have ended our direction, and still listens; a process that dies
 * after it has read and before it has stored; a proxy that has read and cannot pass on. And what was read without our knowing is sent
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
     * @throws IOException if it could not be written whole; how much of it arrives is unknown
     */
    abstract void write(Batch batch) throws IOException;

    /**
     * Ends the connection in order. Where the target confirms, returns when the peer has ended it too, so that
     * {@link #isOpen} is false; otherwise does not wait.
     *
     * @throws IOException if the peer does not in time, or breaks the connection
     */
    abstract void end() throws IOException;

    /**
     * Whether the peer has read everything, unless it went down meanwhile; to be asked once {@link #isOpen} is false. Where the
     * target does not confirm, true.
     *
     * @throws IOException if that cannot be found out
     */
    abstract boolean hasReadAll() throws IOException;

    /**
     * Connects once more, if the peer has ended the connection after us, to see that it did not go down.
     *
     * @throws IOException if it does not listen
     */
    abstract void knock() throws IOException;

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
        if (cause instanceof IOException said
                && said.getMessage() != null
                && said.getMessage().startsWith(target.address() + ": ")) {
            return said;
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IOException(target.address() + ": " + doing + ": " + message, cause);
    }
}
