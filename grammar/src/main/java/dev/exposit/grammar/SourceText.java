package dev.exposit.grammar;

import dev.exposit.model.Location;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CharStreams;

/** An exposition as Unicode text, which knows where each of its characters stands. */
final class SourceText {
    private final String text;

    private SourceText(String text) {
        this.text = text;
    }

    /** Decodes UTF-8, and refuses bytes that are none: overlong forms, surrogates, sequences cut short. */
    static SourceText decode(byte[] exposition) {
        ByteBuffer in = ByteBuffer.wrap(exposition);
        CharBuffer out = CharBuffer.allocate(exposition.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        SourceText decoded = new SourceText(out.flip().toString());
        if (result.isError()) {
            throw decoded.error(decoded.text.codePointCount(0, decoded.text.length()), "not UTF-8");
        }
        return decoded;
    }

    CharStream characters() {
        return CharStreams.fromString(text);
    }

    InvalidExpositionException error(int index, String message) {
        return new InvalidExpositionException(location(index), message);
    }

    /** The place of the character at an index, counted from 0 in code points. */
    private Location location(int index) {
        String before = text.substring(0, text.offsetByCodePoints(0, index));
        String line = before.substring(before.lastIndexOf('\n') + 1);
        return new Location(
                1 + before.chars().filter(c -> c == '\n').count(),
                1 + line.codePointCount(0, line.length()),
                before.getBytes(StandardCharsets.UTF_8).length);
    }
}
