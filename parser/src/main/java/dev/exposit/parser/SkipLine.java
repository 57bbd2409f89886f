package dev.exposit.parser;

import dev.exposit.model.Problem;

/** Tells {@link TextReader#next()} to go on behind the line that cannot be read. Never leaves the package. */
final class SkipLine extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final transient Problem problem;

    SkipLine(Problem problem) {
        // Without a stack trace: it is thrown once for each bad line and caught right away.
        super(null, null, false, false);
        this.problem = problem;
    }
}
