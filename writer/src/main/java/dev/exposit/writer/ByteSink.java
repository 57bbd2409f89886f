package dev.exposit.writer;

import java.io.IOException;

/**
 * Where a writer's bytes go: a channel, a buffer, a socket. A writer calls it with pieces of about 64 KiB, or with whole messages if those are longer, and never from
 * two threads at once.
 */
@FunctionalInterface
public interface ByteSink {
    /**
     * Takes bytes. The array is the writer's own and changes after the call: who needs the bytes later copies them.
     *
     * @param bytes holds the bytes
     * @param offset where they begin, from 0
     * @param length how many there are, at least 1
     * @throws IOException if they cannot be taken; the writer is of no use after that
     */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Passes on what the sink itself holds back; called once, when the writer is closed. Does nothing by default. */
    default void flush() throws IOException {}
}
