package dev.exposit.parser;

import dev.exposit.model.Location;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.IOException;

/** Messages each of which has its length in front of it, as a varint. */
final class DelimitedMessages extends MessageSource {
    private static final int LONGEST_VARINT = 10;

    private final LineBuffer buffer;
    private final ReadLimits limits;
    private boolean lost;

    DelimitedMessages(LineBuffer buffer, ReadLimits limits) {
        super(buffer.bytes, buffer.start);
        this.buffer = buffer;
        this.limits = limits;
    }

    @Override
    boolean next(MessageReader reader) throws IOException {
        int available = ensure(to, LONGEST_VARINT);
        if (available == 0) {
            return false;
        }
        int at = from;
        long length = 0;
        for (int shift = 0; ; shift += 7) {
            if (at - from == Math.min(available, LONGEST_VARINT)) {
                throw endReading(reader, "a varint, the length of a message", "one that does not end");
            }
            length |= (long) (bytes[at] & 0x7F) << shift;
            if (bytes[at++] >= 0) {
                break;
            }
        }
        if (length < 0 || length > limits.get(Limit.MESSAGE_BYTES)) {
            // A length that lies is no reason to wait for so many bytes.
            if (length < 0 || !buffer.mayHold(at, length)) {
                throw endReading(
                        reader,
                        "a message within the exposition",
                        "one of " + Long.toUnsignedString(length) + " bytes");
            }
            throw new ReadLimitException(Limit.MESSAGE_BYTES, limits, "a metric family's message is too long");
        }
        int head = at - from;
        long left = ensure(from, head + (int) length) - (long) head;
        if (left < length) {
            throw endReading(reader, "a message of " + length + " bytes", left + " bytes");
        }
        from += head;
        to = from + (int) length;
        return true;
    }

    /** Makes sure of so many bytes from an index on, which becomes {@link #from}; answers how many there are. */
    private int ensure(int at, int wanted) throws IOException {
        int there = buffer.fillBytes(at, wanted);
        bytes = buffer.bytes;
        from = buffer.start;
        to = from;
        return there;
    }

    /** An error behind which nobody knows where a message begins. */
    private RuntimeException endReading(MessageReader reader, String expected, String got) {
        lost = true;
        return reader.error(ErrorCode.MALFORMED_MESSAGE, from, expected, got);
    }

    @Override
    boolean isLost() {
        return lost;
    }

    /** An exposition without lines has but its first; the offset tells the place. */
    @Override
    Location location(int at) {
        return new Location(1, 1, buffer.base + at);
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }
}
