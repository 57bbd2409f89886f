package dev.exposit.parser;

/** Reading stopped: the exposition is malformed, or larger than a limit allows. */
public abstract sealed class ExpositionException extends RuntimeException
        permits ExpositionSyntaxException, ReadLimitException {
    private static final long serialVersionUID = 1L;

    ExpositionException(String message) {
        super(message);
    }
}
