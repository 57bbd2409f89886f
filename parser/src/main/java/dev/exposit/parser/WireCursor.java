package dev.exposit.parser;

/**
 * Walks through a protobuf message in memory, field by field, and through those in it. Nothing is read beyond the end of the
 * message at hand, and no object is made, so one cursor serves all messages of a reader; what is malformed is the reader's
 * {@linkplain MessageReader#error error}.
 *
 * <p>What is left open by the wire's rules is as in protobuf's own readers: a varint may have up to ten bytes, whatever it
 * needs; tags and lengths are its lower 32 bits; a field that the schema does not have is passed over by its wire type.
 *
 * <p>Specification: "Protocol Buffers", "Encoding".
 */
final class WireCursor {
    // The wire types.
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int GROUP = 3;
    static final int GROUP_END = 4;
    static final int FIXED32 = 5;

    private static final int TYPE_BITS = 3;
    /** The tag of least value that there is. */
    private static final int FIRST_TAG = 1 << TYPE_BITS;

    private static final int LONGEST_VARINT = 10;
    /** As deep as protobuf's own readers go. */
    static final int DEEPEST_GROUP = 100;

    private final MessageReader reader;

    byte[] b = {};
    /** Where reading is. */
    int at;
    /** Where the message at hand ends. */
    private int end;

    WireCursor(MessageReader reader) {
        this.reader = reader;
    }

    /** Makes the message at {@code [from, to)} of the reader's bytes the one at hand. */
    void enter(int from, int to) {
        // A reference stored costs more than one compared.
        if (b != reader.b) {
            b = reader.b;
        }
        at = from;
        end = to;
    }

    /** Where the message at hand ends. */
    int end() {
        return end;
    }

    static int field(int tag) {
        return tag >>> TYPE_BITS;
    }

    static int type(int tag) {
        return tag & (FIRST_TAG - 1);
    }

    // ---- Fields

    /** The tag of the next field, or 0 at the end of the message. */
    int tag() {
        if (at == end) {
            return 0;
        }
        int tag = b[at];
        if (tag < FIRST_TAG) {
            return longTag();
        }
        at++;
        return tag;
    }

    private int longTag() {
        int from = at;
        int tag = (int) varint();
        if (field(tag) == 0) {
            throw malformed(from, "the number of a field", "0");
        }
        return tag;
    }

    /** A varint of up to 64 bits: an int64 or uint64, or by its lower bits an int32, uint32 or enum. */
    long varint() {
        if (at < end && b[at] >= 0) {
            return b[at++];
        }
        int from = at;
        int last = Math.min(end, from + LONGEST_VARINT);
        long value = 0;
        for (int shift = 0; at < last; shift += 7) {
            byte next = b[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed(from, "a varint", "one that does not end");
    }

    int sint32() {
        int bits = (int) varint();
        return bits >>> 1 ^ -(bits & 1);
    }

    long sint64() {
        long bits = varint();
        return bits >>> 1 ^ -(bits & 1);
    }

    double float64() {
        int from = at;
        pass(Double.BYTES);
        return Double.longBitsToDouble(EightBytes.get(b, from));
    }

    /** Reads the length of a text or message that begins behind it; answers where that ends. */
    int stretch() {
        int from = at;
        int length = (int) varint();
        if (length < 0 || length > end - at) {
            throw malformed(
                    from, "a field within its message", "one of " + Integer.toUnsignedString(length) + " bytes");
        }
        return at + length;
    }

    /** Makes the message of a field, which has its length before it, the one at hand; answers what {@link #leave} takes. */
    int begin() {
        int to = stretch();
        int outer = end;
        end = to;
        return outer;
    }

    /** Makes the message around the one at hand, which was read to its end, the one at hand again. */
    void leave(int outer) {
        end = outer;
    }

    /** Passes over the value of a field, all that is in it if it is a group. */
    void skip(int tag) {
        skip(tag, 0);
    }

    // What is wrong with a tag is told of its last byte, which mostly is all of it.
    private void skip(int tag, int depth) {
        switch (type(tag)) {
            case VARINT -> varint();
            case FIXED64 -> pass(Long.BYTES);
            case BYTES -> at = stretch();
            case GROUP -> skipGroup(field(tag), depth + 1);
            case GROUP_END -> throw malformed(at - 1, "the end of a group that began", "that of another");
            case FIXED32 -> pass(Integer.BYTES);
            default -> throw malformed(at - 1, "a wire type", "" + type(tag));
        }
    }

    private void skipGroup(int number, int depth) {
        if (depth > DEEPEST_GROUP) {
            throw malformed(at - 1, "at most " + DEEPEST_GROUP + " groups in each other", "more");
        }
        int groupEnd = number << TYPE_BITS | GROUP_END;
        for (int tag = tag(); tag != groupEnd; tag = tag()) {
            if (tag == 0) {
                throw malformed(at, "the end of a group", "that of the message");
            }
            skip(tag, depth);
        }
    }

    private void pass(int bytes) {
        if (bytes > end - at) {
            throw malformed(at, "a field of " + bytes + " bytes", (end - at) + " bytes");
        }
        at += bytes;
    }

    private RuntimeException malformed(int from, String expected, String got) {
        return reader.error(ErrorCode.MALFORMED_MESSAGE, from, expected, got);
    }
}
