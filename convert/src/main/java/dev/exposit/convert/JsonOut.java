package dev.exposit.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.exposit.format.Names;
import dev.exposit.model.Timestamp;
import dev.exposit.writer.NumberText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Jackson's generator, with texts and numbers as our JSON has them. */
final class JsonOut {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LAST_ASCII = 127;
    /** As far as integers reach that Go prints of 64 bits. */
    private static final double INTEGERS_BELOW = 0x1p63;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            // What was broken off must not look whole.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    private final JsonGenerator json;

    JsonOut(OutputStream out) throws IOException {
        this.json = FACTORY.createGenerator(new BufferedOutputStream(out, BUFFER_BYTES))
                // What stands between two families is written here.
                .setRootValueSeparator(null);
    }

    void raw(String text) throws IOException {
        json.writeRaw(text);
    }

    void flush() throws IOException {
        json.flush();
    }

    // ---- Structure

    void beginObject() throws IOException {
        json.writeStartObject();
    }

    void beginObject(String key) throws IOException {
        key(key);
        json.writeStartObject();
    }

    void endObject() throws IOException {
        json.writeEndObject();
    }

    void beginArray() throws IOException {
        json.writeStartArray();
    }

    void beginArray(String key) throws IOException {
        key(key);
        json.writeStartArray();
    }

    void endArray() throws IOException {
        json.writeEndArray();
    }

    // ---- Texts

    void key(String key) throws IOException {
        json.writeFieldName(key);
    }

    /** Half a character is nothing that UTF-8 has; an escape can say it. */
    void text(String text) throws IOException {
        boolean odd = !text.isEmpty() && !Names.isValidUtf8Name(text);
        if (odd) {
            json.setHighestNonEscapedChar(LAST_ASCII);
        }
        json.writeString(text);
        if (odd) {
            json.setHighestNonEscapedChar(0);
        }
    }

    void text(String key, String text) throws IOException {
        key(key);
        text(text);
    }

    // ---- Others

    void flag(String key, boolean value) throws IOException {
        key(key);
        json.writeBoolean(value);
    }

    void integer(String key, long value) throws IOException {
        key(key);
        json.writeNumber(value);
    }

    void integer(int value) throws IOException {
        json.writeNumber(value);
    }

    void nothing(String key) throws IOException {
        key(key);
        json.writeNull();
    }

    void number(String key, double number) throws IOException {
        key(key);
        number(number);
    }

    void number(double number) throws IOException {
        json.writeString(NumberText.of(number));
    }

    /** A count, as an integer where it is one; Go prints it so. */
    void count(String key, double count, boolean isFloat) throws IOException {
        key(key);
        count(count, isFloat);
    }

    void count(double count, boolean isFloat) throws IOException {
        boolean integer = !isFloat
                && count == Math.rint(count)
                && Math.abs(count) < INTEGERS_BELOW
                && Double.compare(count, -0.0) != 0;
        json.writeString(integer ? Long.toString((long) count) : NumberText.of(count));
    }

    void time(String key, Timestamp time) throws IOException {
        text(key, time.toString());
    }
}
