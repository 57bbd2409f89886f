package dev.exposit.parser;

import java.io.IOException;

/** Messages with nothing but their lengths in front of them. */
final class DelimitedMessages extends BinaryMessages {
    DelimitedMessages(LineBuffer buffer, ReadLimits limits) {
        super(buffer, limits);
    }

    @Override
    boolean next(MessageReader reader) throws IOException {
        if (isAtEnd()) {
            return false;
        }
        take(reader, varint(reader, "the length of a message"));
        return true;
    }
}
