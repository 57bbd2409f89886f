package dev.exposit.convert;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.ReadOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Tells JSON by its first bytes: an array of objects, or an object. Text can begin with a brace and a quoted name as
 * well, but none has a colon behind it.
 */
final class JsonSniffer {
    /** How many bytes are looked at: enough for blanks and one key, and a key is short. */
    private static final int SIGHT = 4096;

    private final byte[] b;
    private final int end;
    private int at;

    private JsonSniffer(byte[] b, int end) {
        this.b = b;
        this.end = end;
    }

    /** The stream, or one around it, so that it can be looked into. */
    static InputStream lookable(InputStream in) {
        return in.markSupported() ? in : new BufferedInputStream(in, 1 << 16);
    }

    /** The options with the format JSON, if they name none and the stream shows it; nothing is taken from the stream. */
    static ReadOptions recognise(InputStream in, ReadOptions options) throws IOException {
        if (options.format() != null) {
            return options;
        }
        in.mark(SIGHT);
        byte[] sight = in.readNBytes(SIGHT);
        in.reset();
        return isJson(sight, sight.length) ? options.withFormat(ExpositionFormat.JSON) : options;
    }

    static boolean isJson(byte[] b, int end) {
        return new JsonSniffer(b, end).isJson();
    }

    private boolean isJson() {
        if (end >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
            at = 3;
        }
        return switch (next()) {
            case '[' -> isOneOf(next(), '{', ']');
            case '{' -> isObject();
            default -> false;
        };
    }

    private boolean isObject() {
        int first = next();
        return first == '}' || (first == '"' && skipText() && next() == ':');
    }

    /** Moves behind the closing quote. */
    private boolean skipText() {
        while (at < end) {
            byte c = b[at++];
            if (c == '"') {
                return true;
            }
            at += c == '\\' ? 1 : 0;
        }
        return false;
    }

    /** The next byte that is no blank, or -1. */
    private int next() {
        while (at < end) {
            byte c = b[at++];
            if (!isOneOf(c, ' ', '\t') && !isOneOf(c, '\n', '\r')) {
                return c;
            }
        }
        return -1;
    }

    private static boolean isOneOf(int c, char one, char other) {
        return c == one || c == other;
    }
}
