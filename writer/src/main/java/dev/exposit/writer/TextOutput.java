package dev.exposit.writer;

import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A buffer that text, or a message, is encoded into, byte by byte and without an object per line. In front of a {@link ByteSink} it is
 * emptied whenever it holds about {@value #FLUSH_AT} bytes; without one it grows.
 *
 * <p>Strings become UTF-8. An unpaired surrogate is no character and becomes {@code ?}, as with
 * {@link String#getBytes(java.nio.charset.Charset)}.
 */
final class TextOutput {
    static final int FLUSH_AT = 64 * 1024;

    private static final int FIRST_IN_MEMORY = 256;
    /** Strings are encoded in pieces of so many chars, so that a long one does not blow up the buffer. */
    private static final int PIECE = 4096;

    private static final int ASCII = 0x80;

    // Which ASCII characters get a backslash.
    private static final boolean[] NO_ESCAPES = escapes("");
    private static final boolean[] LINE_ESCAPES = escapes("\\\n");
    private static final boolean[] QUOTED_ESCAPES = escapes("\\\n\"");

    private static final int MAX_BYTES_PER_CHAR = 3;
    private static final int MAX_VARINT_BYTES = 10;
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int NANO_DIGITS = 9;

    private final @Nullable ByteSink sink;
    private byte[] buffer;
    private int length;
    /** Whether nothing may reach the sink for now. */
    private boolean kept;

    private TextOutput(@Nullable ByteSink sink, int capacity) {
        this.sink = sink;
        this.buffer = new byte[capacity];
    }

    /** An output in front of a sink. */
    static TextOutput to(ByteSink sink) {
        return new TextOutput(sink, FLUSH_AT);
    }

    /** An output that only grows. */
    static TextOutput inMemory() {
        return new TextOutput(null, FIRST_IN_MEMORY);
    }

    /** How many bytes there are that did not reach the sink. */
    int length() {
        return length;
    }

    /** Takes back all but the first bytes of those that {@link #length} counts. */
    void truncate(int length) {
        this.length = length;
    }

    /** From now on, until {@link #release}, grows instead of passing bytes on; or does not. */
    void keep(boolean kept) {
        this.kept = kept;
    }

    /** From now on passes bytes on, and does so with those that it kept, if they are many. */
    void release() throws IOException {
        kept = false;
        if (sink != null && length >= FLUSH_AT) {
            drain(sink);
        }
    }

    /** Passes everything on to the sink and asks it to do so too. */
    void flush() throws IOException {
        if (sink != null) {
            drain(sink);
            sink.flush();
        }
    }

    private void drain(ByteSink to) throws IOException {
        if (length > 0) {
            to.write(buffer, 0, length);
            length = 0;
        }
    }

    private void require(int bytes) throws IOException {
        if (buffer.length - length < bytes) {
            makeRoom(bytes);
        }
    }

    private void makeRoom(int bytes) throws IOException {
        if (sink != null && !kept) {
            drain(sink);
        }
        if (buffer.length - length < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, Math.addExact(length, bytes)));
        }
    }

    /** Writes one ASCII character. */
    void ascii(char c) throws IOException {
        require(1);
        buffer[length++] = (byte) c;
    }

    void bytes(byte[] bytes) throws IOException {
        bytes(bytes, 0, bytes.length);
    }

    void bytes(byte[] bytes, int from, int count) throws IOException {
        require(count);
        System.arraycopy(bytes, from, buffer, length, count);
        length += count;
    }

    /** A copy of the bytes written since {@link #length} was so much. */
    byte[] toBytes(int since) {
        return Arrays.copyOfRange(buffer, since, length);
    }

    /** Writes all that another output holds. */
    void append(TextOutput other) throws IOException {
        if (sink != null && !kept && other.length >= FLUSH_AT) {
            drain(sink);
            sink.write(other.buffer, 0, other.length);
            return;
        }
        bytes(other.buffer, 0, other.length);
    }

    /** Writes text as it is. */
    @SuppressWarnings("deprecation") // the method takes the low byte of each character, which of ASCII is all
    void text(String text) throws IOException {
        int chars = text.length();
        if (chars > PIECE || !isAscii(text)) {
            encode(text, NO_ESCAPES);
            return;
        }
        require(chars);
        text.getBytes(0, chars, buffer, length);
        length += chars;
    }

    /** A loop without an end but the last is faster than one that copies as well; what copies all at once is very fast. */
    private static boolean isAscii(String text) {
        int all = 0;
        for (int i = 0; i < text.length(); i++) {
            all |= text.charAt(i);
        }
        return all < ASCII;
    }

    /** Writes text with backslash and line feed escaped: the help text of Prometheus text. */
    void escapedLine(String text) throws IOException {
        encode(text, LINE_ESCAPES);
    }

    /** Writes text with backslash, line feed and double quote escaped: what stands in quotes, and OpenMetrics' help. */
    void escaped(String text) throws IOException {
        encode(text, QUOTED_ESCAPES);
    }

    /**
     * Writes bytes from a place on, and behind them text that is ASCII and needs no escapes, as
     * {@link dev.exposit.model.Labels#isPlainText} knows: at once, where {@link #escaped} looks at each character.
     */
    @SuppressWarnings("deprecation") // the method takes the low byte of each character, which of ASCII is all
    void plain(byte[] before, int from, String text) throws IOException {
        int count = before.length - from;
        int chars = text.length();
        if (chars > PIECE) {
            bytes(before, from, count);
            escaped(text);
            return;
        }
        require(count + chars);
        System.arraycopy(before, from, buffer, length, count);
        text.getBytes(0, chars, buffer, length + count);
        length += count + chars;
    }

    /** Writes text with backslash, double quote and all control characters escaped: a string of protobuf's text format. */
    void escapedControls(String text) throws IOException {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7F || c == '"' || c == '\\') {
                text(text.substring(from, i));
                from = i + 1;
                ascii('\\');
                switch (c) {
                    case '\n' -> ascii('n');
                    case '\r' -> ascii('r');
                    case '\t' -> ascii('t');
                    case '"', '\\' -> ascii(c);
                    default -> octal(c);
                }
            }
        }
        text(text.substring(from));
    }

    private void octal(char c) throws IOException {
        ascii((char) ('0' + (c >> 6)));
        ascii((char) ('0' + (c >> 3 & 7)));
        ascii((char) ('0' + (c & 7)));
    }

    private static boolean[] escapes(String chars) {
        boolean[] escaped = new boolean[ASCII];
        for (int i = 0; i < chars.length(); i++) {
            escaped[chars.charAt(i)] = true;
        }
        return escaped;
    }

    private void encode(String text, boolean[] escaped) throws IOException {
        int end = text.length();
        int i = 0;
        while (i < end) {
            int stop = Math.min(end, i + PIECE);
            // A pair that straddles the piece's end takes four bytes for the one char counted here.
            require(MAX_BYTES_PER_CHAR * (stop - i) + 1);
            byte[] to = buffer;
            int plain = copyPlain(text, i, stop, escaped, to, length);
            int at = length + plain;
            i += plain;
            while (i < stop) {
                char c = text.charAt(i++);
                if (c >= ASCII) {
                    if (Character.isHighSurrogate(c) && i < end && Character.isLowSurrogate(text.charAt(i))) {
                        at = encodeSupplementary(Character.toCodePoint(c, text.charAt(i++)), to, at);
                    } else {
                        at = encodeNonAscii(c, to, at);
                    }
                } else if (escaped[c]) {
                    to[at++] = '\\';
                    to[at++] = (byte) (c == '\n' ? 'n' : c);
                } else {
                    to[at++] = (byte) c;
                }
            }
            length = at;
        }
    }

    /**
     * Copies chars up to the first that is more than one byte; answers how many. Mostly that is all of them, and a loop
     * with one end, one step and one table is several times as fast as the general one.
     */
    private static int copyPlain(String text, int from, int stop, boolean[] escaped, byte[] to, int at) {
        int shift = at - from;
        for (int i = from; i < stop; i++) {
            char c = text.charAt(i);
            if (c >= ASCII || escaped[c]) {
                return i - from;
            }
            to[shift + i] = (byte) c;
        }
        return stop - from;
    }

    /** Two or three bytes (Unicode, table 3-6), or {@code ?} for a surrogate without its partner. */
    private static int encodeNonAscii(char c, byte[] to, int at) {
        if (Character.isSurrogate(c)) {
            to[at] = '?';
            return at + 1;
        }
        if (c < 0x800) {
            to[at] = (byte) (0xC0 | (c >> 6));
            to[at + 1] = (byte) (0x80 | (c & 0x3F));
            return at + 2;
        }
        to[at] = (byte) (0xE0 | (c >> 12));
        to[at + 1] = (byte) (0x80 | ((c >> 6) & 0x3F));
        to[at + 2] = (byte) (0x80 | (c & 0x3F));
        return at + 3;
    }

    private static int encodeSupplementary(int codePoint, byte[] to, int at) {
        to[at] = (byte) (0xF0 | (codePoint >> 18));
        to[at + 1] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
        to[at + 2] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        to[at + 3] = (byte) (0x80 | (codePoint & 0x3F));
        return at + 4;
    }

    /** Writes a number as Go's shortest {@code %g}. */
    void number(double value) throws IOException {
        require(NumberWriter.MAX_BYTES);
        length = NumberWriter.writeDouble(value, buffer, length);
    }

    /** Writes a number likewise, with {@code .0} behind an integer. */
    void floatNumber(double value) throws IOException {
        require(NumberWriter.MAX_BYTES);
        length = NumberWriter.writeFloatStyle(value, buffer, length);
    }

    /** Writes a time in milliseconds. */
    void integer(long value) throws IOException {
        require(NumberWriter.MAX_BYTES);
        length = NumberWriter.writeLong(value, buffer, length);
    }

    /** Writes a time in exact decimal seconds, as {@link Timestamp#toString()}. */
    void seconds(Timestamp time) throws IOException {
        require(NumberWriter.MAX_BYTES + 1 + NANO_DIGITS);
        long seconds = time.seconds();
        int nanos = time.nanos();
        if (seconds < 0 && nanos > 0) {
            // -2 s + 0.5 s is written -1.5
            buffer[length++] = '-';
            seconds = -(seconds + 1);
            nanos = NANOS_PER_SECOND - nanos;
        }
        length = NumberWriter.writeLong(seconds, buffer, length);
        if (nanos > 0) {
            buffer[length++] = '.';
            int first = length;
            for (int i = first + NANO_DIGITS - 1; i >= first; i--) {
                buffer[i] = (byte) ('0' + nanos % 10);
                nanos /= 10;
            }
            length = first + NANO_DIGITS;
            while (buffer[length - 1] == '0') {
                length--;
            }
        }
    }

    // ---- Protobuf's wire format

    /** Writes a varint: seven bits a byte, the lowest first, all but the last byte with the highest bit set. */
    void varint(long value) throws IOException {
        require(MAX_VARINT_BYTES);
        length = putVarint(value, buffer, length);
    }

    /** Writes a varint behind a tag of one byte. */
    void varint(int tag, long value) throws IOException {
        require(1 + MAX_VARINT_BYTES);
        buffer[length] = (byte) tag;
        length = putVarint(value, buffer, length + 1);
    }

    private static int putVarint(long value, byte[] to, int at) {
        int next = at;
        long left = value;
        while ((left & ~0x7FL) != 0) {
            to[next++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        to[next++] = (byte) left;
        return next;
    }

    /** Writes eight bytes, the lowest first. */
    void fixed64(long bits) throws IOException {
        require(Long.BYTES);
        LITTLE_ENDIAN.set(buffer, length, bits);
        length += Long.BYTES;
    }

    /** Writes eight bytes behind a tag of one byte. */
    void fixed64(int tag, long bits) throws IOException {
        require(1 + Long.BYTES);
        buffer[length] = (byte) tag;
        LITTLE_ENDIAN.set(buffer, length + 1, bits);
        length += 1 + Long.BYTES;
    }

    /** Writes a tag of one byte, and a byte that {@link #putLength} wants. */
    void begin(int tag) throws IOException {
        require(2);
        buffer[length] = (byte) tag;
        length += 2;
    }

    /**
     * Writes a message within the message, of bytes the last of which is to be the length of a text, and that text, which is plain
     * as {@link #plain} has it: if each length is one byte, else nothing.
     *
     * @return whether it was written
     */
    @SuppressWarnings("deprecation") // as there
    boolean shortMessage(int tag, byte[] before, String plain) throws IOException {
        int chars = plain.length();
        int bytes = before.length + chars;
        if (bytes >= 0x80) {
            return false;
        }
        require(2 + bytes);
        byte[] to = buffer;
        int at = length;
        to[at] = (byte) tag;
        to[at + 1] = (byte) bytes;
        System.arraycopy(before, 0, to, at + 2, before.length);
        to[at + 1 + before.length] = (byte) chars;
        plain.getBytes(0, chars, to, at + 2 + before.length);
        length = at + 2 + bytes;
        return true;
    }

    /**
     * Puts the length of what was written since a place in front of it, as a varint for which one byte was left free; what was
     * written moves if that is not enough.
     */
    void putLength(int since) throws IOException {
        int bytes = length - since;
        if (bytes < 0x80) {
            buffer[since - 1] = (byte) bytes;
            return;
        }
        int more = varintBytes(bytes) - 1;
        if (more > 0) {
            require(more);
            System.arraycopy(buffer, since, buffer, since + more, bytes);
            length += more;
        }
        putVarint(bytes, buffer, since - 1);
    }

    private static int varintBytes(int value) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
    }
}
