package dev.exposit.format;

import java.io.Serial;

/**
 * A content type that does not follow the grammar of RFC 9110 section 8.3.1; the message says what was expected, what
 * was there, and where.
 */
public final class InvalidContentTypeException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final int position;

    InvalidContentTypeException(String header, int position, String expected, String got) {
        super("expected " + expected + " but got " + got + " at position " + position + " of content type \""
                + printable(header) + '"');
        this.expected = expected;
        this.position = position;
    }

    /** What the grammar allows at {@link #position()}, in words. */
    public String expected() {
        return expected;
    }

    /** Where the error is: a count of characters from the start of the header, the first is 0. */
    public int position() {
        return position;
    }

    /** Headers come from strangers: no line of theirs shall start in a log. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
