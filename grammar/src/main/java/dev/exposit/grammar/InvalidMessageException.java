package dev.exposit.grammar;

/**
 * A protobuf message that breaks a rule. Whoever read it knows where it began and says so with an
 * {@link InvalidExpositionException}.
 */
final class InvalidMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidMessageException(String message) {
        super(message);
    }
}
