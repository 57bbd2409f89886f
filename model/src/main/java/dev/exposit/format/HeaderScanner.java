package dev.exposit.format;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the productions that RFC 9110 section 5.6 defines for header fields, each by a method named after it. Header
 * fields have been decoded before: what RFC 9110 calls {@code obs-text} is any character beyond ASCII here.
 */
final class HeaderScanner {

    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    private final String header;
    private int position;

    HeaderScanner(String header) {
        this.header = header;
    }

    /** {@code token}, section 5.6.2. */
    String token(String what) {
        int start = position;
        while (position < header.length() && isTokenCharacter(header.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw expected(what);
        }
        return header.substring(start, position);
    }

    /** {@code OWS}, section 5.6.3. */
    void optionalWhitespace() {
        while (position < header.length() && (header.charAt(position) == ' ' || header.charAt(position) == '\t')) {
            position++;
        }
    }

    /** {@code quoted-string}, section 5.6.4; answers the text it stands for. */
    String quotedString() {
        require('"');
        StringBuilder text = new StringBuilder();
        while (!consume('"')) {
            consume('\\');
            if (position == header.length() || !isQuotable(header.charAt(position))) {
                throw expected("text or the closing '\"' of a quoted string");
            }
            text.append(header.charAt(position));
            position++;
        }
        return text.toString();
    }

    /**
     * {@code parameters}, section 5.6.6, in their order, names in lower case. Stops before anything but a semicolon. A
     * name may come again only with the same value: RFC 6838 section 4.3 calls a second value an error.
     */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        optionalWhitespace();
        while (consume(';')) {
            optionalWhitespace();
            if (position == header.length() || header.charAt(position) == ';') {
                continue;
            }
            parameter(parameters);
            optionalWhitespace();
        }
        return parameters;
    }

    private void parameter(Map<String, String> parameters) {
        int start = position;
        String name = token("a parameter name").toLowerCase(Locale.ROOT);
        require('=');
        String value = header.startsWith("\"", position) ? quotedString() : token("a parameter value");
        String earlier = parameters.putIfAbsent(name, value);
        if (earlier != null && !earlier.equals(value)) {
            position = start;
            throw expected("no second value for parameter " + name);
        }
    }

    boolean consume(char c) {
        if (position < header.length() && header.charAt(position) == c) {
            position++;
            return true;
        }
        return false;
    }

    void require(char c) {
        if (!consume(c)) {
            throw expected("'" + c + "'");
        }
    }

    void requireEnd(String expected) {
        if (position < header.length()) {
            throw expected(expected);
        }
    }

    private InvalidContentTypeException expected(String expected) {
        String got = position == header.length()
                ? "the end"
                : "'" + InvalidContentTypeException.printable(header.substring(position, position + 1)) + "'";
        return new InvalidContentTypeException(header, position, expected, got);
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** {@code tchar}, section 5.6.2. */
    static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_PUNCTUATION.indexOf(c) >= 0;
    }

    /** What may follow the backslash of a {@code quoted-pair}, section 5.6.4: all but control characters. */
    static boolean isQuotable(char c) {
        return c == '\t' || (c >= ' ' && c != 0x7F);
    }
}
