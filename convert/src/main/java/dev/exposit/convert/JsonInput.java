package dev.exposit.convert;

import dev.exposit.model.Location;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.Excerpt;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes that the JSON parser reads, kept from the metric at hand on, so that a place can be told by line and column
 * and be shown. Checks that they are UTF-8, of which Jackson takes more than there is.
 */
final class JsonInput extends InputStream {
    private static final int CHUNK = 1 << 16;
    /** How much of what stands before a place is kept to show it. */
    private static final int MARGIN = 128;

    /**
     * A place, and what to show of it.
     *
     * @param location where it is
     * @param excerpt what stands there
     */
    record Spot(Location location, Excerpt excerpt) {
        Problem problem(ErrorCode code, Severity severity, String expected, String got) {
            return new Problem(code.name(), severity, location, expected, got, excerpt.text(), excerpt.caret());
        }
    }

    private final InputStream in;
    private final ReadLimits limits;

    private byte[] bytes = new byte[CHUNK];
    /** The first byte that the parser has not got yet. */
    private int next;
    /** The end of the bytes that are there and are UTF-8. */
    private int end;
    /** The offset of the first byte kept, its line and its column. */
    private long base;

    private long line = 1;
    private long column = 1;

    /** The offset from which on bytes are kept for the metric at hand. */
    private long kept;
    /** How many bytes of the character at the end are still to come. */
    private int missing;
    /** What the next byte must be at least and at most, if some are missing. */
    private int least;

    private int most;
    /** The offset of the character at the end. */
    private long character;

    private boolean isBroken;

    JsonInput(InputStream in, ReadLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /**
     * Skips a byte order mark, and refuses what the parser would take for another encoding.
     *
     * @return how many bytes were skipped
     */
    int begin() throws IOException {
        while (end < 4 && fill()) {
            // Some more.
        }
        for (int i = 0; i < Math.min(4, end); i++) {
            if (bytes[i] == 0) {
                throw exception(ErrorCode.MALFORMED_JSON, i, "JSON in UTF-8", "a zero byte");
            }
        }
        boolean mark = end >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        next = mark ? 3 : 0;
        return next;
    }

    @Override
    public int read() throws IOException {
        return next == end && !fill() ? -1 : bytes[next++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (next == end && !fill()) {
            return -1;
        }
        int n = Math.min(length, end - next);
        System.arraycopy(bytes, next, target, offset, n);
        next += n;
        return n;
    }

    /** Reads some more bytes; false at the end. */
    private boolean fill() throws IOException {
        if (isBroken) {
            throw exception(ErrorCode.INVALID_UTF8, character, "UTF-8", "bytes that are none");
        }
        if (end == bytes.length) {
            makeRoom();
        }
        int n = in.read(bytes, end, bytes.length - end);
        if (n <= 0) {
            if (n < 0 && missing > 0) {
                isBroken = true;
                return fill();
            }
            return n == 0;
        }
        if (base + end + n > limits.get(Limit.TOTAL_BYTES)) {
            throw new ReadLimitException(Limit.TOTAL_BYTES, limits, "the exposition is too long");
        }
        int from = end;
        for (int i = from; i < from + n && !isBroken; i++) {
            check(bytes[i] & 0xFF, base + i);
            // What is no character is not handed out, and what is before it is.
            end = isBroken ? Math.max(from, (int) (character - base)) : i + 1;
        }
        return end > from || fill();
    }

    /** Drops what is not needed any more; grows, if a metric needs all of it. */
    private void makeRoom() {
        long dropped = Math.max(base, Math.min(kept - MARGIN, base + next));
        for (int i = 0; i < dropped - base; i++) {
            count(bytes[i]);
        }
        int from = (int) (dropped - base);
        if (from < bytes.length / 2) {
            // What the parser reads ahead does not belong to the metric.
            if (end - (kept - base) > limits.get(Limit.LINE_BYTES) + CHUNK) {
                throw tooLong();
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 16));
        }
        System.arraycopy(bytes, from, bytes, 0, end - from);
        base = dropped;
        next -= from;
        end -= from;
    }

    private void count(byte b) {
        if (b == '\n') {
            line++;
            column = 1;
        } else if ((b & 0xC0) != 0x80) {
            column++;
        }
    }

    /** Looks at one more byte: RFC 3629 section 4, by which byte may follow which. */
    private void check(int b, long offset) {
        if (missing > 0) {
            isBroken = b < least || b > most;
            missing--;
            least = 0x80;
            most = 0xBF;
            return;
        }
        character = offset;
        if (b < 0x80) {
            return;
        }
        missing = b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        least = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80;
        most = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF;
        isBroken = b < 0xC2 || b > 0xF4;
    }

    /** Bytes before an offset are needed no more. */
    void keepFrom(long offset) {
        kept = offset;
    }

    /** Refuses a metric that begins where bytes are kept from, if it is longer than a line may be. */
    void refuseTooLong(long to) {
        if (to - kept > limits.get(Limit.LINE_BYTES)) {
            throw tooLong();
        }
    }

    private ReadLimitException tooLong() {
        return new ReadLimitException(Limit.LINE_BYTES, limits, "a metric, or what is said of its family, is too long");
    }

    /** The offset behind the last byte that was read. */
    long offset() {
        return base + end;
    }

    /** A place among the bytes that are kept; one before them is moved to their beginning. */
    Spot spot(long offset) {
        int at = (int) Math.max(0, Math.min(offset - base, end));
        long lineBefore = line;
        long columnBefore = column;
        int lineFrom = 0;
        for (int i = 0; i < at; i++) {
            count(bytes[i]);
            lineFrom = bytes[i] == '\n' ? i + 1 : lineFrom;
        }
        int lineTo = at;
        while (lineTo < end && bytes[lineTo] != '\n') {
            lineTo++;
        }
        Spot spot = new Spot(
                new Location(line, column, base + at),
                Excerpt.of(bytes, Math.max(lineFrom, at - MARGIN), Math.min(lineTo, at + MARGIN), at));
        line = lineBefore;
        column = columnBefore;
        return spot;
    }

    /** The exception for what ends reading, whatever the recovery. */
    ExpositionSyntaxException exception(ErrorCode code, long offset, String expected, String got) {
        return new ExpositionSyntaxException(code, spot(offset).problem(code, Severity.ERROR, expected, got));
    }

    /** The offset of the quoted text, or else of the word, that ends before an offset. */
    long beginOfTokenBefore(long offset) {
        int at = (int) Math.max(0, Math.min(offset - base, end));
        boolean quoted = at > 0 && bytes[at - 1] == '"';
        at -= quoted ? 1 : 0;
        while (at > 0
                && (quoted ? bytes[at - 1] != '"' || isEscaped(at - 1) : Character.isLetterOrDigit(bytes[at - 1]))) {
            at--;
        }
        return base + (quoted ? at - 1 : at);
    }

    /** Whether an odd number of backslashes stands before an index. */
    private boolean isEscaped(int at) {
        int from = at;
        while (from > 0 && bytes[from - 1] == '\\') {
            from--;
        }
        return (at - from) % 2 == 1;
    }

    /** The character at an offset in words, or that the input ends there. */
    String characterAt(long offset) {
        int at = (int) (offset - base);
        if (at < 0 || at >= end) {
            return "the end";
        }
        int length = 1;
        while (at + length < end && length < 4 && (bytes[at + length] & 0xC0) == 0x80) {
            length++;
        }
        return "'" + Excerpt.of(bytes, at, at + length, at).text() + "'";
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
