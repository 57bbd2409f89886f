package dev.exposit.parser;

import dev.exposit.model.Problem;
import java.io.Serial;

/** Thrown and caught where text is read that is no message. */
final class MessageTextException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    final ErrorCode code;
    final transient Problem problem;

    MessageTextException(ErrorCode code, Problem problem) {
        super(null, null, false, false);
        this.code = code;
        this.problem = problem;
    }
}
