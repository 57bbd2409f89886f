package dev.exposit.parser;

import java.io.IOException;

/**
 * The metric families of one {@code openmetrics.MetricSet}, which is the exposition and is never held as a whole: each is a
 * field of it, so that a tag stands in front of its length. Other fields are passed over, as in all of protobuf, be they as
 * long as they will.
 */
final class MetricSetMessages extends BinaryMessages {
    private static final int METRIC_FAMILIES = (1 << 3) | WireCursor.BYTES;

    private static final int CHUNK = 1 << 13;

    MetricSetMessages(LineBuffer buffer, ReadLimits limits) {
        super(buffer, limits);
    }

    @Override
    boolean next(MessageReader reader) throws IOException {
        while (!isAtEnd()) {
            int tag = tag(reader);
            if (tag == METRIC_FAMILIES) {
                take(reader, length(reader));
                return true;
            }
            passOver(reader, tag);
        }
        return false;
    }

    /** Tags and lengths of fields have 32 bits, whatever else their varints hold. */
    private int tag(MessageReader reader) throws IOException {
        return (int) varint(reader, "the tag of a field");
    }

    private int length(MessageReader reader) throws IOException {
        return (int) varint(reader, "the length of a field");
    }

    /** Passes over a field that the schema does not have, all that is in it if it is a group. */
    private void passOver(MessageReader reader, int firstTag) throws IOException {
        int[] open = new int[WireCursor.DEEPEST_GROUP];
        int depth = 0;
        int tag = firstTag;
        while (true) {
            int number = WireCursor.field(tag);
            if (number == 0) {
                throw endReading(reader, "the number of a field", "0");
            }
            switch (WireCursor.type(tag)) {
                case WireCursor.VARINT -> varint(reader, "the value of a field");
                case WireCursor.FIXED64 -> passOverBytes(reader, Long.BYTES);
                case WireCursor.FIXED32 -> passOverBytes(reader, Integer.BYTES);
                case WireCursor.BYTES -> passOverBytes(reader, length(reader));
                case WireCursor.GROUP -> {
                    if (depth == WireCursor.DEEPEST_GROUP) {
                        throw endReading(
                                reader, "at most " + WireCursor.DEEPEST_GROUP + " groups in each other", "more");
                    }
                    open[depth++] = number;
                }
                case WireCursor.GROUP_END -> {
                    if (depth == 0 || open[--depth] != number) {
                        throw endReading(reader, "the end of a group that began", "that of another");
                    }
                }
                default -> throw endReading(reader, "a wire type", "" + WireCursor.type(tag));
            }
            if (depth == 0) {
                return;
            }
            tag = tag(reader);
        }
    }

    private void passOverBytes(MessageReader reader, int length) throws IOException {
        if (length < 0) {
            throw endReading(reader, "a field within the exposition", "one of " + length + " bytes");
        }
        for (int left = length; left > 0; ) {
            int there = ensure(Math.min(left, CHUNK));
            if (there == 0) {
                throw endReading(reader, "a field of " + length + " bytes", (length - left) + " bytes");
            }
            to += there;
            left -= there;
        }
    }
}
