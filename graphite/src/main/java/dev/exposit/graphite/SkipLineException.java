package dev.exposit.graphite;

import dev.exposit.parser.ErrorCode;
import java.io.Serial;

/** A line that cannot be read, and why. Caught where lines are read. */
final class SkipLineException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    final ErrorCode code;
    /** The index in the line's text of the character that is wrong. */
    final int at;

    final String expected;
    final String got;

    SkipLineException(ErrorCode code, int at, String expected, String got) {
        super(null, null, false, false);
        this.code = code;
        this.at = at;
        this.expected = expected;
        this.got = got;
    }

    /** The same, for somebody who sees the text from an earlier character on. */
    SkipLineException movedBy(int distance) {
        return new SkipLineException(code, at + distance, expected, got);
    }
}
