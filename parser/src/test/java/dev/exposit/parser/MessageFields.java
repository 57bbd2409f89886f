package dev.exposit.parser;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Protobuf messages, written field by field, and what a reader shows of them. */
final class MessageFields {
    private MessageFields() {}

    /** Writes a field of a message. */
    interface Field {
        void to(CodedOutputStream out) throws IOException;
    }

    static byte[] message(Field... fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            for (Field field : fields) {
                field.to(out);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Field bytes(int number, byte[] value) {
        return out -> out.writeByteArray(number, value);
    }

    static Field text(int number, String value) {
        return bytes(number, value.getBytes(StandardCharsets.UTF_8));
    }

    static Field integer(int number, long value) {
        return out -> out.writeInt64(number, value);
    }

    static Field number(int number, double value) {
        return out -> out.writeDouble(number, value);
    }

    static List<String> events(ExpositionReader in) {
        List<String> events = new ArrayList<>();
        while (in.next() != Event.END) {
            events.add(EventDump.event(in));
        }
        return events;
    }
}
