package dev.exposit.conformance.suite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How many cases of a suite a reader gets right.
 *
 * @param failed the others, by name
 */
record Score(int cases, List<String> failed) {
    /** A reader's verdict on one exposition. */
    interface Judge {
        Verdict read(byte[] exposition) throws IOException, InterruptedException;
    }

    /** Copies the list. */
    Score {
        failed = List.copyOf(failed);
    }

    /** The score of a reader. */
    static Score of(Suite suite, Judge judge) throws IOException, InterruptedException {
        List<String> failed = new ArrayList<>();
        for (SuiteCase one : suite.cases()) {
            if (one.mistake(judge.read(one.input()), SuiteCase.Strictness.VERDICT)
                    .isPresent()) {
                failed.add(one.name());
            }
        }
        return new Score(suite.cases().size(), failed);
    }

    @Override
    public String toString() {
        return (cases - failed.size()) + " of " + cases;
    }
}
