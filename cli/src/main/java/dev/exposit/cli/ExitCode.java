package dev.exposit.cli;

/** What the program's exit status means. Scripts depend on the numbers. */
final class ExitCode {
    /** Done, also when something was skipped or lost that was allowed to be. */
    static final int DONE = 0;
    /** The input is malformed. */
    static final int MALFORMED = 1;
    /** The command line is wrong. */
    static final int USAGE = 2;
    /** Something does not fit the target format, and was not allowed to be lost. */
    static final int LOSS_REFUSED = 3;
    /** Reading or writing failed, or a limit was exceeded. */
    static final int FAILED = 4;

    private ExitCode() {}
}
