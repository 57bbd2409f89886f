package dev.exposit.graphite;

import dev.exposit.parser.ErrorCode;

/**
 * The three fields of a line and where they begin in it.
 *
 * @param path the path
 * @param pathAt the index of its first character
 * @param value the value as it stands
 * @param valueAt the index of its first character
 * @param timestamp the timestamp as it stands
 * @param timestampAt the index of its first character
 */
record Fields(String path, int pathAt, String value, int valueAt, String timestamp, int timestampAt) {
    /** Splits a line that is not blank, as Python's {@code str.split()} does. */
    static Fields of(String line) throws SkipLineException {
        int pathAt = skipBlanks(line, 0);
        int pathEnd = skipField(line, pathAt);
        int valueAt = skipBlanks(line, pathEnd);
        if (valueAt == line.length()) {
            throw new SkipLineException(ErrorCode.MISSING_VALUE, pathEnd, "a value behind the path", "the line's end");
        }
        int valueEnd = skipField(line, valueAt);
        int timestampAt = skipBlanks(line, valueEnd);
        if (timestampAt == line.length()) {
            throw new SkipLineException(
                    ErrorCode.INVALID_TIMESTAMP, valueEnd, "a timestamp behind the value", "the line's end");
        }
        int timestampEnd = skipField(line, timestampAt);
        int rest = skipBlanks(line, timestampEnd);
        if (rest < line.length()) {
            throw new SkipLineException(
                    ErrorCode.TRAILING_CHARACTERS,
                    rest,
                    "the line's end behind the timestamp",
                    quoted(line.substring(rest, skipField(line, rest))));
        }
        return new Fields(
                line.substring(pathAt, pathEnd),
                pathAt,
                line.substring(valueAt, valueEnd),
                valueAt,
                line.substring(timestampAt, timestampEnd),
                timestampAt);
    }

    /** Whether a line has no fields at all. */
    static boolean isBlank(String line) {
        return skipBlanks(line, 0) == line.length();
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int skipField(String line, int from) {
        int at = from;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Whether a character is white space to Python; none has more than one {@code char}. */
    static boolean isBlank(char c) {
        return c <= ' '
                ? c == ' ' || (c >= '\t' && c <= '\r') || c >= 0x1C
                : c >= 0x80 && (c == 0x85 || Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    /** A piece of a line as messages show it, cut if it is long. */
    static String quoted(String text) {
        int most = 60;
        if (text.length() <= most) {
            return "'" + text + "'";
        }
        int end = text.offsetByCodePoints(0, text.codePointCount(0, most - 1));
        return "'" + text.substring(0, end) + "…'";
    }
}
