package dev.exposit.parser;

import dev.exposit.model.Location;
import java.io.Closeable;
import java.io.IOException;

/** Where a {@link MessageReader} gets the messages from, one metric family after the other. */
abstract class MessageSource implements Closeable {
    /** The bytes of the message at hand, among others. */
    byte[] bytes;
    /** Whether bytes were moved, so that what stood before the message at hand may stand elsewhere; whoever asks makes it false. */
    boolean moved;
    /** Where the message at hand begins. */
    int from;
    /** Where it ends. */
    int to;

    MessageSource(byte[] bytes, int from) {
        this.bytes = bytes;
        this.from = from;
        this.to = from;
    }

    /**
     * Makes the next message the one at hand. What is wrong with it is an {@link MessageReader#error error} of the reader.
     *
     * @return false at the end
     */
    abstract boolean next(MessageReader reader) throws IOException;

    /** Whether it is not known where the next message begins. */
    abstract boolean isLost();

    /** The place of an index of {@link #bytes}. */
    abstract Location location(int at);
}
