package dev.exposit.parser;

import dev.exposit.model.Location;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.IOException;

/**
 * The tokens of protobuf's text format, and where they stand. Text that was read is dropped as more is needed, but for the
 * token at hand and some of what stands before it, which an error shows.
 *
 * <pre>
 * blanks   = { " " | \t | \n | \v | \f | \r | "#" up to the end of the line }      between all tokens
 * IDENT    = letter { letter | digit }                    a letter may be "_"
 * number   = DEC_INT | OCT_INT | HEX_INT | FLOAT          what {@link MessageNumber} reads
 * STRING   = quote { character | escape } quote           on one line
 * escape   = \a \b \f \n \r \t \v \? \\ \' \" | \ooo | \xhh | &#92;uhhhh | \Uhhhhhhhh
 * </pre>
 *
 * <p>Specification: "Protocol Buffers Text Format Language", "Lexical Elements".
 */
final class MessageTextScanner {
    /** How much is kept before a token, so that an {@link Excerpt} and the character that it begins with have room. */
    private static final int KEPT = 100;

    private static final int EXCERPT_AFTER = 44;

    /** Escapes of one character, and what they stand for. */
    private static final String PLAIN_ESCAPES = "abfnrtv?\\'\"";

    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000B?\\'\"";

    private final LineBuffer buffer;
    private final ReadLimits limits;
    private byte[] b;
    /** Where reading is. */
    private int at;
    /** The end of what is there. */
    private int end;
    /** The first byte that is still there. */
    private int oldest;
    /** Where the token at hand begins. */
    private int token;
    /** Where the first token of the line begins, if in the line's first column and not that of the message, else -1. */
    private int lineToken = -1;

    // The place of the token at hand.
    private long line = 1;
    private long column = 1;
    private int lineStart;

    /** Where the message at hand begins. */
    private long messageOffset;

    MessageTextScanner(LineBuffer buffer, ReadLimits limits) {
        this.buffer = buffer;
        this.limits = limits;
        this.b = buffer.bytes;
        this.at = buffer.start;
        this.end = at;
        this.oldest = at;
        this.token = at;
        this.lineStart = at;
    }

    // ---- Bytes

    /** Makes sure of one more byte; false at the end of the exposition. */
    private boolean more() throws IOException {
        if (end - token > limits.get(Limit.MESSAGE_BYTES)) {
            throw new ReadLimitException(Limit.MESSAGE_BYTES, limits, "a token of a message is too long");
        }
        int keep = Math.max(oldest, (lineToken < 0 ? token : Math.min(lineToken, token)) - KEPT);
        boolean more = buffer.fillMore(keep);
        int moved = keep - buffer.start;
        b = buffer.bytes;
        end = buffer.limit;
        oldest = buffer.start;
        at -= moved;
        token -= moved;
        lineStart -= moved;
        lineToken = lineToken < 0 ? -1 : lineToken - moved;
        return more;
    }

    /** Makes sure of so many bytes from where reading is, if there are as many. */
    private boolean ensure(int wanted) throws IOException {
        while (end - at < wanted) {
            if (!more()) {
                return false;
            }
        }
        return true;
    }

    private boolean isAtEnd() throws IOException {
        return at == end && !more();
    }

    // ---- Blanks and single characters

    /** Passes over blanks and comments; answers the byte behind them, where a token begins, or -1 at the end. */
    int peek() throws IOException {
        while (true) {
            beginToken();
            if (isAtEnd()) {
                return -1;
            }
            byte c = b[at];
            if (c == '#') {
                comment();
            } else if (isBlank(c)) {
                at++;
            } else {
                if (column == 1 && offset() != messageOffset) {
                    lineToken = token;
                }
                return c & 0xFF;
            }
        }
    }

    /** Takes a character, behind blanks, if it is that one. */
    boolean take(char expected) throws IOException {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private void comment() throws IOException {
        while (!isAtEnd() && b[at] != '\n') {
            at = afterCharacter();
            if (at - token > KEPT) {
                beginToken();
            }
        }
    }

    /** Where the character ends that begins where reading is. */
    private int afterCharacter() throws IOException {
        if (b[at] > 0) {
            return at + 1;
        }
        if (b[at] == 0) {
            throw error(ErrorCode.MALFORMED_MESSAGE, at, "text", "a NUL byte");
        }
        boolean whole = ensure(4);
        int after;
        if (whole) {
            after = Utf8.afterSequence(b, at);
        } else {
            byte[] rest = new byte[4];
            System.arraycopy(b, at, rest, 0, end - at);
            int length = Utf8.afterSequence(rest, 0);
            after = length < 0 ? -1 : at + length;
        }
        if (after < 0) {
            throw error(ErrorCode.INVALID_UTF8, at, "UTF-8", String.format("byte 0x%02X", b[at]));
        }
        return after;
    }

    // ---- Tokens

    /** The place where reading is becomes that of the token at hand. */
    private void beginToken() {
        for (; token < at; token++) {
            if (b[token] == '\n') {
                line++;
                column = 1;
                lineStart = token + 1;
                lineToken = -1;
            } else if ((b[token] & 0xC0) != 0x80) {
                column++;
            }
        }
    }

    /** Reads an identifier, behind blanks; answers whether there is one, which is then the token at hand. */
    boolean identifier() throws IOException {
        int first = peek();
        if (first < 0 || !ByteClass.is(ByteClass.LABEL_NAME_START, (byte) first)) {
            return false;
        }
        while (!isAtEnd() && ByteClass.is(ByteClass.LABEL_NAME, b[at])) {
            at++;
        }
        return true;
    }

    /** Reads, behind blanks, what a number is made of, without a sign before it; answers whether there is any of it. */
    boolean digits() throws IOException {
        peek();
        while (!isAtEnd() && isPartOfNumber(b[at])) {
            at++;
        }
        return at > token;
    }

    private boolean isPartOfNumber(byte c) {
        boolean sign = c == '+' || c == '-';
        return ByteClass.is(ByteClass.LABEL_NAME, c)
                || c == '.'
                || (sign && at > token && (b[at - 1] | 0x20) == 'e' && MessageNumber.mayHaveExponent(b, token));
    }

    /** Whether the token at hand is a word, in whatever case. */
    boolean isToken(String word) {
        if (at - token != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((b[token + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Goes back to the beginning of the token at hand. */
    void goBack() {
        at = token;
    }

    /** The bytes that {@link #tokenFrom} and {@link #tokenTo} are indexes of. */
    byte[] bytes() {
        return b;
    }

    int tokenFrom() {
        return token;
    }

    int tokenTo() {
        return at;
    }

    long tokenOffset() {
        return buffer.base + token;
    }

    long tokenLine() {
        return line;
    }

    long tokenColumn() {
        return column;
    }

    private long offset() {
        return buffer.base + at;
    }

    /** How many bytes of text the message at hand has so far. */
    long messageBytes() {
        return offset() - messageOffset;
    }

    /** Takes the token that {@link #peek} found for the beginning of a message. */
    void beginMessage() {
        messageOffset = tokenOffset();
        lineToken = -1;
    }

    // ---- Strings

    /** Whether a string's escapes gave bytes that are no characters by themselves. */
    private boolean hasEscapedBytes;

    /**
     * Reads a string, which may come in pieces; where it begins, {@link #peek} has found a quote.
     *
     * @param out gets its bytes
     * @return false if it is no UTF-8
     */
    boolean string(WireBuffer out) throws IOException {
        int from = out.size();
        hasEscapedBytes = false;
        for (int quote = peek(); quote == '"' || quote == '\''; quote = peek()) {
            piece((byte) quote, out);
        }
        return !hasEscapedBytes || Utf8.isValid(out.bytes, from, out.size());
    }

    private void piece(byte quote, WireBuffer out) throws IOException {
        at++;
        while (true) {
            int from = at;
            while (at < end && b[at] > 0 && b[at] != quote && b[at] != '\\' && b[at] != '\n') {
                at++;
            }
            out.put(b, from, at - from);
            out.refuseLonger(messageBytes());
            if (isAtEnd() || b[at] == '\n') {
                String got = got(at);
                throw error(ErrorCode.UNTERMINATED_LABEL_VALUE, "a closing quote on the line", got);
            }
            byte c = b[at];
            if (c == quote) {
                at++;
                return;
            }
            if (c == '\\') {
                escape(out);
            } else {
                // First, since reading on may move what is there.
                int after = afterCharacter();
                out.put(b, at, after - at);
                at = after;
            }
        }
    }

    private void escape(WireBuffer out) throws IOException {
        ensure(10);
        if (at + 1 == end || b[at + 1] == '\n') {
            // The string ends with its line, whose end is not escaped.
            at++;
            return;
        }
        byte c = b[at + 1];
        int plain = PLAIN_ESCAPES.indexOf(c);
        if (plain >= 0) {
            out.put(ESCAPED.charAt(plain));
            at += 2;
            return;
        }
        switch (c) {
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int digits = digits(at + 1, 3, 8);
                int value = value(at + 1, digits, 8);
                if (value > 0xFF) {
                    throw invalidEscape("an octal escape of at most \\377", 1 + digits);
                }
                hasEscapedBytes |= value > 0x7F;
                out.put(value);
                at += 1 + digits;
            }
            case 'x' -> {
                int digits = digits(at + 2, 2, 16);
                if (digits == 0) {
                    throw invalidEscape("hexadecimal digits behind \\x", 2);
                }
                int value = value(at + 2, digits, 16);
                hasEscapedBytes |= value > 0x7F;
                out.put(value);
                at += 2 + digits;
            }
            case 'u' -> codePoint(4, out);
            case 'U' -> codePoint(8, out);
            default -> throw invalidEscape("an escape of protobuf's text format", 2);
        }
    }

    private void codePoint(int digits, WireBuffer out) throws IOException {
        if (digits(at + 2, digits, 16) < digits) {
            throw invalidEscape(digits + " hexadecimal digits", 2);
        }
        int value = value(at + 2, digits, 16);
        if (!Character.isValidCodePoint(value)
                || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
            throw invalidEscape("a character's code point", 2 + digits);
        }
        at += 2 + digits;
        if (value < 0x80) {
            out.put(value);
        } else if (value < 0x800) {
            out.put(0xC0 | value >> 6);
            out.put(0x80 | (value & 0x3F));
        } else if (value < 0x10000) {
            out.put(0xE0 | value >> 12);
            out.put(0x80 | (value >> 6 & 0x3F));
            out.put(0x80 | (value & 0x3F));
        } else {
            out.put(0xF0 | value >> 18);
            out.put(0x80 | (value >> 12 & 0x3F));
            out.put(0x80 | (value >> 6 & 0x3F));
            out.put(0x80 | (value & 0x3F));
        }
    }

    /** How many digits stand at an index, at most so many. */
    private int digits(int from, int most, int radix) {
        int i = from;
        while (i < end && i - from < most && b[i] > 0 && Character.digit(b[i], radix) >= 0) {
            i++;
        }
        return i - from;
    }

    private int value(int from, int digits, int radix) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * radix + Character.digit(b[i], radix);
        }
        return value;
    }

    private RuntimeException invalidEscape(String expected, int length) throws IOException {
        String got = at + 1 < end && b[at + 1] > ' ' ? Excerpt.printable(b, at, Math.min(end, at + length)) : "\\";
        return error(ErrorCode.INVALID_ESCAPE, at, expected, LineScanner.quote(got));
    }

    // ---- Errors

    /** An error of the token at hand. */
    MessageTextException error(ErrorCode code, String expected, String got) throws IOException {
        return error(code, token, expected, got);
    }

    /** An error of a string whose pieces have been read, at the place where it begins. */
    MessageTextException error(ErrorCode code, Location place, String expected, String got) throws IOException {
        // The text is gone, or may be.
        return new MessageTextException(code, new Problem(code.name(), Severity.ERROR, place, expected, got, "", 0));
    }

    private MessageTextException error(ErrorCode code, int place, String expected, String got) throws IOException {
        // The excerpt wants some of what follows, but not as the token at hand: it may move.
        int ahead = place - at;
        ensure(Math.max(ahead, 0) + EXCERPT_AFTER);
        int index = at + ahead;
        int lineEnd = index;
        while (lineEnd < end && lineEnd - index < EXCERPT_AFTER && b[lineEnd] != '\n') {
            lineEnd++;
        }
        long atColumn = column;
        for (int i = token; i < index; i++) {
            atColumn += (b[i] & 0xC0) != 0x80 ? 1 : 0;
        }
        Excerpt excerpt = Excerpt.of(b, Math.max(lineStart, Math.max(oldest, index - KEPT + 10)), lineEnd, index);
        Location location = new Location(line, atColumn, buffer.base + index);
        return new MessageTextException(
                code,
                new Problem(code.name(), Severity.ERROR, location, expected, got, excerpt.text(), excerpt.caret()));
    }

    /** What stands at the token at hand, in words. */
    String got() throws IOException {
        return got(token);
    }

    private String got(int index) throws IOException {
        int ahead = index - at;
        ensure(Math.max(ahead, 0) + EXCERPT_AFTER);
        int from = at + ahead;
        if (from == end) {
            return "the end of the exposition";
        }
        if (b[from] == '\n') {
            return "the end of the line";
        }
        int to = Math.max(from + 1, at);
        if (ByteClass.is(ByteClass.LABEL_NAME, b[from])) {
            while (to < end && to - from <= 40 && ByteClass.is(ByteClass.LABEL_NAME, b[to])) {
                to++;
            }
        } else if (b[from] < 0) {
            to = end - from >= 4 ? Utf8.afterSequence(b, from) : -1;
            if (to < 0) {
                return String.format("byte 0x%02X", b[from]);
            }
        }
        return LineScanner.quote(LineScanner.crop(Excerpt.printable(b, from, to)));
    }

    // ---- After an error

    /**
     * Goes on behind an error where a family can safely be taken to begin: at the next line that begins with {@code name} and
     * a colon. That may be the line of the error, if the message began above it.
     */
    void goToNextFamily() throws IOException {
        if (lineToken >= 0) {
            at = lineToken;
            token = at;
            column = 1;
            lineStart = at;
        } else {
            passLine();
        }
        while (!isAtEnd() && !isFirstField()) {
            passLine();
        }
        lineToken = -1;
    }

    private void passLine() throws IOException {
        while (!isAtEnd() && b[at] != '\n') {
            at++;
            beginToken();
        }
        if (!isAtEnd()) {
            at++;
        }
        beginToken();
    }

    private static final byte[] NAME = {'n', 'a', 'm', 'e'};

    private boolean isFirstField() throws IOException {
        for (byte c : NAME) {
            if (isAtEnd() || b[at] != c) {
                goBack();
                return false;
            }
            at++;
        }
        while (!isAtEnd() && b[at] != '\n' && isBlank(b[at])) {
            at++;
        }
        boolean first = !isAtEnd() && b[at] == ':';
        goBack();
        return first;
    }
}
