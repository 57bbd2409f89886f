package dev.exposit.parser;

import dev.exposit.model.Location;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import java.nio.charset.StandardCharsets;

/**
 * The byte scanner that the text readers share: line ends, names, quoted texts, numbers, blanks, and how to say what is
 * wrong at an index.
 *
 * <p>Every scan relies on {@link LineBuffer}'s invariant that a line feed stands behind all it may look at; none checks
 * for the end of the buffer. Where a method takes an index it answers the index behind what it read, and throws what
 * {@link #error} made if it does not find it.
 */
abstract sealed class LineScanner extends EventReader permits TextReader {
    final LineBuffer buffer;
    final NumberReader numbers = new NumberReader();

    /** Where the line being read begins, and the next one. */
    int lineStart;

    int next;
    /** The number of the line being read, from 1; 0 before the first. */
    long line;
    /** Line feeds inside the line read last: only dialect PROMETHEUS has them, in label values. */
    int innerLineFeeds;

    /** Whether an error is thrown as {@link SkipLine}, for somebody to catch who goes on. */
    private boolean tolerant;

    /** Whether the buffer holds all that is left of the input, as {@link NeedMoreInput} found out. */
    boolean exhausted;

    LineScanner(LineBuffer buffer, ReadOptions options) {
        super(options);
        this.buffer = buffer;
        this.b = buffer.bytes;
        this.next = buffer.start;
        this.lineStart = next;
        endTolerance();
    }

    // ---- Lines

    /** The index of the first line feed from {@code i} on. */
    final int lineEnd(int i) {
        int end = i;
        while (b[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Ends the line at {@code i}, where its line feed must be. */
    final int endOfLine(int i) {
        if (b[i] == '\n') {
            return i + 1;
        }
        if (isCarriageReturn(i)) {
            violation(ErrorCode.CARRIAGE_RETURN, i, "a line feed alone", "a carriage return before it");
            return i + 2;
        }
        throw error(ErrorCode.TRAILING_CHARACTERS, i, "the end of the line", got(i));
    }

    final boolean isCarriageReturn(int i) {
        return b[i] == '\r' && b[i + 1] == '\n';
    }

    final boolean isEndOfLine(int i) {
        return b[i] == '\n' || isCarriageReturn(i);
    }

    /** How many bytes the line at hand has. */
    @Override
    final int eventBytes() {
        return next - lineStart;
    }

    // ---- The scanner: names, quoted texts, numbers, blanks

    final int skipBlanks(int i) {
        // Mostly none or one: no loop then.
        int at = b[i] == ' ' ? i + 1 : i;
        return b[at] > ' ' ? at : furtherBlanks(at);
    }

    private int furtherBlanks(int i) {
        int at = i;
        while (ByteClass.is(ByteClass.BLANK, b[at])) {
            at++;
        }
        return at;
    }

    /** Reads a bare metric name. */
    final int bareMetricName(int i) {
        if (!ByteClass.is(ByteClass.METRIC_NAME_START, b[i])) {
            throw error(ErrorCode.INVALID_METRIC_NAME, i, "a metric name", got(i));
        }
        return EightBytes.metricNameEnd(b, i + 1);
    }

    /** Reads a bare label name. */
    final int bareLabelName(int i) {
        if (!ByteClass.is(ByteClass.LABEL_NAME_START, b[i])) {
            throw error(ErrorCode.INVALID_LABEL_NAME, i, "a label name", got(i));
        }
        int at = i + 1;
        while (ByteClass.is(ByteClass.LABEL_NAME, b[at])) {
            at++;
        }
        return at;
    }

    /** Where the text that {@link #quoted} read lies, as a place for a {@link LabelTable}. */
    int quotedFrom;

    int quotedTo;

    /**
     * Reads a quoted text whose opening quote is at {@code i}: the bytes up to the closing quote, escapes resolved into
     * the table's scratch buffer.
     */
    final int quoted(int i, LabelTable table) {
        boolean escaped = false;
        int at = EightBytes.plainEnd(b, i + 1);
        while (b[at] != '"') {
            byte c = b[at];
            if (c == '\\') {
                escaped = true;
                at = escape(at);
            } else if (c == '\n') {
                lineFeedInside(at);
                at++;
            } else {
                at = utf8(at);
            }
            at = EightBytes.plainEnd(b, at);
        }
        if (escaped) {
            quotedFrom = table.scratchMark();
            table.unescape(b, i + 1, at);
            quotedTo = table.scratchMark();
        } else {
            quotedFrom = i + 1;
            quotedTo = at;
        }
        return at + 1;
    }

    /** Reads the escape that begins with the backslash at {@code i}. */
    private int escape(int i) {
        byte c = b[i + 1];
        if (c == 'n' || c == '"' || c == '\\') {
            return i + 2;
        }
        if (c != '\n') {
            unknownEscape(i);
        }
        // What follows is read on its own: it may be the end of the line or begin a character of several bytes.
        return i + 1;
    }

    /** Called for a backslash, in a label value, that escapes nothing. */
    abstract void unknownEscape(int i);

    /** Reads a line feed inside a quoted text, where the dialect lets it stand. */
    private void lineFeedInside(int i) {
        boolean last = i + 1 == buffer.limit;
        if (allowsLineFeedInside() && last && !exhausted) {
            throw new NeedMoreInput();
        }
        if (!allowsLineFeedInside() || last) {
            throw error(ErrorCode.UNTERMINATED_LABEL_VALUE, i, "a closing '\"'", got(i));
        }
        innerLineFeeds++;
    }

    /** Whether a line feed may stand in a quoted text as it is. */
    boolean allowsLineFeedInside() {
        return false;
    }

    /** Reads a UTF-8 sequence of several bytes. */
    final int utf8(int i) {
        int after = Utf8.afterSequence(b, i);
        if (after < 0) {
            throw error(ErrorCode.INVALID_UTF8, i, "UTF-8", got(i));
        }
        return after;
    }

    /** Reads a number that ends before a blank or the end of the line. */
    final int number(int i) {
        int end = numbers.read(b, i);
        if (end < 0 || !endsToken(b[end])) {
            throw isEndOfLine(i) || b[i] == '#'
                    ? error(ErrorCode.MISSING_VALUE, i, "a value", got(i))
                    : error(ErrorCode.INVALID_VALUE, i, "a number", token(i));
        }
        if (numbers.overflow()) {
            throw error(ErrorCode.VALUE_OUT_OF_RANGE, i, "a number that fits a 64-bit float", token(i));
        }
        return end;
    }

    static boolean endsToken(byte c) {
        return c == '\n' || c == ' ' || c == '\t' || c == '\r';
    }

    // ---- Problems

    /** An error at {@code at} in the line: it ends reading, or the reader goes on behind the line. */
    final RuntimeException error(ErrorCode code, int at, String expected, String got) {
        Problem problem = problem(code, log.severity(code), at, expected, got);
        return tolerant ? new SkipLine(problem) : new ExpositionSyntaxException(code, problem);
    }

    /** From here on {@link #error} makes a {@link SkipLine}, whatever the recovery. */
    final void beginTolerance() {
        tolerant = true;
    }

    final void endTolerance() {
        tolerant = options.recovery() != Recovery.THROW;
    }

    /** Takes note of a broken rule at {@code at} in the line; goes on if dialect and recovery allow. */
    final void violation(ErrorCode code, int at, String expected, String got) {
        log.violation(code, problem(code, log.severity(code), at, expected, got));
    }

    /** Takes note of an integer that a double cannot hold. */
    abstract void reportLostDigits(double value, int from, int to);

    /** Takes note of a broken rule that the line read last shows; goes on if dialect and recovery allow. */
    @Override
    final void finding(ErrorCode code, String expected, String got) {
        violation(code, lineStart, expected, got);
        log.endLine();
    }

    /** Takes note of something odd that the line read last shows. */
    @Override
    final void oddity(ErrorCode code, String expected, String got) {
        warning(code, lineStart, expected, got);
        log.endLine();
    }

    /** Takes note of something unwise at {@code at} in the line. */
    final void warning(ErrorCode code, int at, String expected, String got) {
        log.violation(code, problem(code, Severity.WARNING, at, expected, got));
    }

    /** A problem at {@code at} in the line. */
    final Problem problem(ErrorCode code, Severity severity, int at, String expected, String got) {
        return problem(code.name(), severity, at, expected, got);
    }

    /** A problem of that code at {@code at} in the line. */
    final Problem problem(String code, Severity severity, int at, String expected, String got) {
        long atLine = line;
        int from = lineStart;
        for (int i = lineStart; i < at; i++) {
            if (b[i] == '\n') {
                atLine++;
                from = i + 1;
            }
        }
        int to = at < buffer.limit ? lineEnd(at) : at;
        Excerpt excerpt = Excerpt.of(b, from, to, at);
        Location location = new Location(Math.max(atLine, 1), 1 + Utf8.characters(b, from, at), buffer.base + at);
        return new Problem(code, severity, location, expected, got, excerpt.text(), excerpt.caret());
    }

    /** The character at {@code i}, in words. */
    final String got(int i) {
        if (i == buffer.limit - 1 && buffer.isUnterminated()) {
            return "the end of the exposition";
        }
        if (isEndOfLine(i)) {
            return "the end of the line";
        }
        int after = b[i] >= 0 ? i + 1 : Utf8.afterSequence(b, i);
        if (after < 0) {
            return String.format("byte 0x%02X", b[i]);
        }
        int character = text(i, after).codePointAt(0);
        return Character.isISOControl(character) || Character.isSpaceChar(character)
                ? (character == ' ' ? "a blank" : character == '\t' ? "a tab" : String.format("U+%04X", character))
                : "'" + Character.toString(character) + "'";
    }

    /** What stands at {@code i} up to the next blank, in words. */
    final String token(int i) {
        int end = i;
        while (!endsToken(b[end])) {
            end++;
        }
        return end == i ? got(i) : quote(crop(Excerpt.printable(b, i, end)));
    }

    static String quote(String text) {
        return "'" + text + "'";
    }

    static String crop(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    final String text(int from, int to) {
        return new String(b, from, to - from, StandardCharsets.UTF_8);
    }
}
