package dev.exposit.convert;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.exposit.convert.JsonInput.Spot;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.ExpositionSyntaxException;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Jackson's tokens, with how deep they stand, their places, and what they are in words. */
final class JsonTokens implements Closeable {
    private final JsonParser parser;
    private final JsonInput input;
    /** How many bytes of the input the parser was not given. */
    private final int skipped;

    private int depth;

    JsonTokens(JsonParser parser, JsonInput input, int skipped) {
        this.parser = parser;
        this.input = input;
        this.skipped = skipped;
    }

    /** Moves on; null at the end. */
    @Nullable
    JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token != null) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return token;
    }

    /** Moves on within an object: to a key, or its end, which is answered as null. */
    @Nullable
    String nextKey() throws IOException {
        return next() == JsonToken.END_OBJECT ? null : key();
    }

    @Nullable
    JsonToken token() {
        return parser.currentToken();
    }

    boolean is(JsonToken token) {
        return parser.hasToken(token);
    }

    /** How many objects and arrays are open. */
    int depth() {
        return depth;
    }

    /** The key at hand, or the one that the value at hand belongs to. */
    String key() throws IOException {
        return parser.currentName();
    }

    /** The text at hand. */
    String text(JsonLog log, String expected) throws IOException {
        if (!is(JsonToken.VALUE_STRING)) {
            throw unexpected(log, expected);
        }
        return parser.getText();
    }

    /** The text or number at hand, as it is spelled. */
    String scalar(JsonLog log, String expected) throws IOException {
        JsonToken token = token();
        if (token != JsonToken.VALUE_STRING && (token == null || !token.isNumeric())) {
            throw unexpected(log, expected);
        }
        return parser.getText();
    }

    void requireObject(JsonLog log, String expected) throws IOException {
        if (!is(JsonToken.START_OBJECT)) {
            throw unexpected(log, expected);
        }
    }

    void requireArray(JsonLog log, String expected) throws IOException {
        if (!is(JsonToken.START_ARRAY)) {
            throw unexpected(log, expected);
        }
    }

    // ---- Skipping

    /** Moves to the end of what stands deeper than that. */
    void skipTo(int outside) throws IOException {
        while (depth > outside) {
            next();
            keepFromHere();
        }
    }

    /** Moves to the end of the value at hand. */
    void skipValue() throws IOException {
        skipTo(is(JsonToken.START_OBJECT) || is(JsonToken.START_ARRAY) ? depth - 1 : depth);
    }

    // ---- Places

    /** The offset of the token at hand. */
    long offset() {
        return skipped + parser.currentTokenLocation().getByteOffset();
    }

    /** The offset behind the token at hand. */
    long end() {
        return skipped + parser.currentLocation().getByteOffset();
    }

    Spot spot() {
        return input.spot(offset());
    }

    Spot spot(long offset) {
        return input.spot(offset);
    }

    /** Nothing before the token at hand is needed any more. */
    void keepFromHere() {
        input.keepFrom(offset());
    }

    void refuseTooLong() {
        input.refuseTooLong(end());
    }

    // ---- What is wrong

    /** What to throw where another kind of token is wanted. */
    JsonLog.Skip unexpected(JsonLog log, String expected) throws IOException {
        return log.error(ErrorCode.UNEXPECTED_JSON, spot(), expected, got());
    }

    /** The token at hand in words. */
    String got() throws IOException {
        JsonToken token = token();
        if (token == null) {
            return "the end";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the text " + quoted(parser.getText());
            default -> cropped(parser.getText());
        };
    }

    static String quoted(String text) {
        return "'" + cropped(text) + "'";
    }

    private static String cropped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 40); i++) {
            char c = text.charAt(i);
            // Nothing of a stranger's shall move the cursor of a terminal.
            out.append(c < ' ' ? (char) ('\u2400' + c) : c >= 0x7F && c < 0xA0 ? '\uFFFD' : c);
        }
        return text.length() > 40 ? out.append('…').toString() : out.toString();
    }

    /** Where Jackson came upon something it does not take. */
    long offset(JsonProcessingException e) {
        long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return offset < 0 ? input.offset() : skipped + offset;
    }

    /** The exception for what is no JSON. */
    ExpositionSyntaxException malformed(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return input.exception(ErrorCode.MALFORMED_JSON, input.offset(), "JSON that is complete", "the end");
        }
        String words = String.valueOf(e.getOriginalMessage());
        if (words.startsWith("Duplicate")) {
            long key = input.beginOfTokenBefore(offset(e));
            return input.exception(ErrorCode.MALFORMED_JSON, key, "each key once", "a key a second time");
        }
        boolean isWord = words.startsWith("Unrecognized token") || words.startsWith("Non-standard token");
        long at = isWord ? input.beginOfTokenBefore(offset(e)) : offset(e);
        return input.exception(ErrorCode.MALFORMED_JSON, at, "JSON (RFC 8259)", input.characterAt(at));
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
