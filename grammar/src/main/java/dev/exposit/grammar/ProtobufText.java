package dev.exposit.grammar;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.TextFormat;
import dev.exposit.model.Location;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages in protobuf's text format, one behind the other. The text format itself has no notion of that: it would
 * merge them into one. Prometheus writes a family's fields in the order of their numbers, so each family begins with
 * its {@code name}; and a field {@code name} outside of all braces is a family's. What stands before the first is taken
 * for a message as well, which then has no name.
 *
 * <p>Strings are looked at on the way, since protobuf-java puts a replacement character where escapes give bytes that
 * are no UTF-8. Where else protobuf-java does not keep to the specification, {@link ProtobufTextSpelling} sees to.
 *
 * <p>Specification: "Protocol Buffers Text Format Language", sections "Lexical Elements" and "Syntax Elements".
 */
final class ProtobufText {
    /** One message; {@code start} is the index of its first character in the whole text. */
    record Message(String text, int start) {}

    private final String text;
    private final List<Integer> starts = new ArrayList<>();
    private int depth;

    private ProtobufText(String text) {
        this.text = text;
        scan();
    }

    /** The text that some bytes are, which must be UTF-8, of messages of a type. */
    static ProtobufText decode(byte[] bytes, Descriptor type) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new InvalidExpositionException(location(text, text.length()), "Bytes that are no UTF-8");
        }
        return new ProtobufText(ProtobufTextSpelling.of(text, type));
    }

    /** The messages in the order of the text. */
    List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int start = starts.get(i);
            int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
            messages.add(new Message(text.substring(start, end), start));
        }
        return messages;
    }

    // ---- Where messages begin

    private void scan() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '#') {
                i = endOfLine(text, i);
            } else if (isBlank(c)) {
                i++;
            } else if (starts.isEmpty()) {
                starts.add(i);
            } else {
                i = token(i);
            }
        }
    }

    /** Takes the token at an index, which is no blank or comment, and answers where it ends. */
    private int token(int i) {
        char c = text.charAt(i);
        if (c == '"' || c == '\'') {
            return strings(i);
        }
        if (c == '{' || c == '<') {
            depth++;
        } else if (c == '}' || c == '>') {
            depth--;
        }
        int end = endOfWord(i);
        if (depth == 0 && i != starts.get(0) && text.substring(i, end).equals("name")) {
            starts.add(i);
        }
        return Math.max(end, i + 1);
    }

    /** Takes strings that follow each other, which are one string in pieces, and answers where the last one ends. */
    private int strings(int start) {
        ByteString whole = ByteString.EMPTY;
        int end = start;
        for (int i = start; i < text.length() && isQuote(text.charAt(i)); i = endOfBlanks(text, end)) {
            end = endOfString(text, i);
            ByteString piece = unescaped(text.substring(i + 1, Math.max(i + 1, end - 1)));
            if (piece == null) {
                return end;
            }
            whole = whole.concat(piece);
        }
        if (!whole.isValidUtf8()) {
            throw new InvalidExpositionException(location(start), "A string that is no UTF-8");
        }
        return end;
    }

    /** A string's bytes, or null if an escape is wrong, which protobuf-java will say with its place. */
    private static @Nullable ByteString unescaped(String escaped) {
        try {
            return TextFormat.unescapeBytes(escaped);
        } catch (TextFormat.InvalidEscapeSequenceException e) {
            return null;
        }
    }

    private static boolean isBlank(char c) {
        return " \t\n\u000B\f\r".indexOf(c) >= 0;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static int endOfLine(String text, int i) {
        int end = text.indexOf('\n', i);
        return end < 0 ? text.length() : end;
    }

    static int endOfBlanks(String text, int i) {
        int end = i;
        while (end < text.length() && (isBlank(text.charAt(end)) || text.charAt(end) == '#')) {
            end = text.charAt(end) == '#' ? endOfLine(text, end) : end + 1;
        }
        return end;
    }

    private int endOfWord(int i) {
        int end = i;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "_.+-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }

    /** Where the string ends that begins at an index: behind its closing quote, or at the end of its line. */
    static int endOfString(String text, int start) {
        char quote = text.charAt(start);
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != '\n') {
            char c = text.charAt(i);
            if (c == quote) {
                return i + 1;
            }
            i += c == '\\' ? 2 : 1;
        }
        return Math.min(i, text.length());
    }

    // ---- Places

    /** The place of an index of the text. */
    Location location(int index) {
        return location(text, index);
    }

    /** The place that protobuf-java calls so in a message: both numbers from 1, columns in UTF-16. */
    Location location(Message message, int line, int column) {
        int start = message.start();
        for (int i = 1; i < line; i++) {
            start = endOfLine(text, start) + 1;
        }
        return location(Math.max(message.start(), Math.min(text.length(), start + column - 1)));
    }

    static Location location(String text, int index) {
        String before = text.substring(0, index);
        int lineStart = before.lastIndexOf('\n') + 1;
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        long column = before.codePointCount(lineStart, index) + 1L;
        return new Location(line, column, before.getBytes(StandardCharsets.UTF_8).length);
    }
}
