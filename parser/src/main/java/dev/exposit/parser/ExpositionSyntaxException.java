package dev.exposit.parser;

import dev.exposit.model.Location;
import dev.exposit.model.Problem;

/**
 * The exposition breaks the rules it is read by. Its message has the code, the place, what was expected and what was
 * there, and the line with a caret; the same stands in {@link #problem()} as data.
 */
public final class ExpositionSyntaxException extends ExpositionException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final ErrorCode code;

    /** An exception for a problem of that code, for those who read further formats. */
    public ExpositionSyntaxException(ErrorCode code, Problem problem) {
        super(problem + "\n" + problem.excerptWithCaret());
        this.code = code;
        this.problem = problem;
    }

    /** What is wrong. */
    public ErrorCode code() {
        return code;
    }

    /** Where it is wrong. */
    public Location location() {
        return problem.location();
    }

    /** All that is known of it. */
    public Problem problem() {
        return problem;
    }
}
