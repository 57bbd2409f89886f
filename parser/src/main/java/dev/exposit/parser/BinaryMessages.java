package dev.exposit.parser;

import dev.exposit.model.Location;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.IOException;

/** Messages in bytes, each of which has its length in front of it, as a varint. */
abstract class BinaryMessages extends MessageSource {
    private static final int LONGEST_VARINT = 10;

    private final LineBuffer buffer;
    private final ReadLimits limits;
    /** The offset of the first of the bytes. */
    private long base;
    /** The offset of what was begun last. */
    private long offset;

    private boolean lost;

    BinaryMessages(LineBuffer buffer, ReadLimits limits) {
        super(buffer.bytes, buffer.start);
        this.buffer = buffer;
        this.limits = limits;
    }

    // ---- What is in front of a message

    /** Whether there is nothing more; if there is, something begins here that errors are told of. */
    final boolean isAtEnd() throws IOException {
        boolean atEnd = ensure(1) == 0;
        offset = buffer.base + from;
        return atEnd;
    }

    /** Reads a varint of up to 64 bits, whatever its spelling. */
    final long varint(MessageReader reader, String what) throws IOException {
        int available = ensure(LONGEST_VARINT);
        long value = 0;
        for (int shift = 0; to - from < available; shift += 7) {
            value |= (long) (bytes[to] & 0x7F) << shift;
            if (bytes[to++] >= 0) {
                return value;
            }
        }
        throw endReading(reader, "a varint, " + what, "one that does not end");
    }

    /** Makes the next so many bytes the message at hand. */
    final void take(MessageReader reader, long length) throws IOException {
        if (length < 0 || length > limits.get(Limit.MESSAGE_BYTES)) {
            // A length that lies is no reason to wait for so many bytes.
            if (length < 0 || !buffer.mayHold(to, length)) {
                throw endReading(
                        reader,
                        "a message within the exposition",
                        "one of " + Long.toUnsignedString(length) + " bytes");
            }
            throw new ReadLimitException(Limit.MESSAGE_BYTES, limits, "a metric family's message is too long");
        }
        int there = ensure((int) length);
        if (there < length) {
            throw endReading(reader, "a message of " + length + " bytes", there + " bytes");
        }
        to = from + (int) length;
    }

    /** Makes sure of so many bytes behind the last that were used, if there are so many; answers how many there are. */
    final int ensure(int wanted) throws IOException {
        int there = buffer.fillBytes(to, wanted);
        moved |= buffer.base != base || buffer.bytes != bytes;
        base = buffer.base;
        bytes = buffer.bytes;
        from = buffer.start;
        to = from;
        return there;
    }

    /** An error behind which nobody knows where a message begins. */
    final RuntimeException endReading(MessageReader reader, String expected, String got) {
        lost = true;
        return reader.error(ErrorCode.MALFORMED_MESSAGE, new Location(1, 1, offset), expected, got);
    }

    @Override
    final boolean isLost() {
        return lost;
    }

    /** An exposition without lines has but its first; the offset tells the place. */
    @Override
    final Location location(int at) {
        return new Location(1, 1, buffer.base + at);
    }

    @Override
    public final void close() throws IOException {
        buffer.close();
    }
}
