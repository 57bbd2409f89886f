package dev.exposit.grammar;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** A protobuf message written by hand, field by field, so that nothing generated vouches for the schema. */
final class Wire {
    /** What writes one field or anything else. */
    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static Wire message() {
        return new Wire();
    }

    private Wire write(Writing writing) {
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Wire string(int field, String value) {
        return write(out -> out.writeString(field, value));
    }

    Wire bytes(int field, int... value) {
        byte[] content = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            content[i] = (byte) value[i];
        }
        return write(out -> out.writeByteArray(field, content));
    }

    /** int32, int64, uint32, uint64, bool or enum. */
    Wire varint(int field, long value) {
        return write(out -> out.writeUInt64(field, value));
    }

    /** sint32 or sint64. */
    Wire zigzag(int field, long value) {
        return write(out -> out.writeSInt64(field, value));
    }

    Wire number(int field, double value) {
        return write(out -> out.writeDouble(field, value));
    }

    Wire message(int field, Wire message) {
        return write(out -> out.writeByteArray(field, message.toBytes()));
    }

    /** google.protobuf.Timestamp. */
    Wire timestamp(int field, long seconds, int nanos) {
        return message(field, message().varint(1, seconds).varint(2, nanos));
    }

    /** Bytes that belong to no field. */
    Wire raw(int... raw) {
        for (int b : raw) {
            bytes.write(b);
        }
        return this;
    }

    /** Bytes that belong to no field, as hexadecimal numbers with blanks between. */
    Wire hex(String spaced) {
        bytes.writeBytes(HexFormat.ofDelimiter(" ").parseHex(spaced));
        return this;
    }

    /** The message with its length before it. */
    byte[] delimited() {
        byte[] content = toBytes();
        Wire framed = new Wire();
        framed.write(out -> {
            out.writeUInt32NoTag(content.length);
            out.writeRawBytes(content);
        });
        return framed.toBytes();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
