package dev.exposit.graphite;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes over a socket that never blocks: each method does what can be done at once. Not safe for use by several threads. */
sealed interface Wire permits PlainWire, TlsWire {
    /**
     * Reads what the peer says, which nobody asked for, and throws it away.
     *
     * @return whether the peer may say more; false once it has ended the connection in order
     * @throws IOException if the peer has reset the connection
     */
    boolean drain() throws IOException;

    /**
     * Writes.
     *
     * @return whether all has been written
     */
    boolean write(ByteBuffer source) throws IOException;

    /**
     * Tells the peer that nothing more comes; it may still answer.
     *
     * @return whether that has been written
     */
    boolean end() throws IOException;

    /** Whether the kernel still takes a byte, which goes to a peer that has ended the connection. */
    boolean takesByte();
}
