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
    /** What a reader says of some expositions. */
    interface Judge {
        List<Verdict> read(List<byte[]> expositions) throws IOException, InterruptedException;
    }

    /** Copies the list. */
    Score {
        failed = List.copyOf(failed);
    }

    /** The score of a reader. */
    static Score of(Suite suite, Judge judge) throws IOException, InterruptedException {
        List<SuiteCase> cases = suite.cases();
        List<Verdict> verdicts = judge.read(cases.stream().map(SuiteCase::input).toList());
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i)
                    .mistake(verdicts.get(i), SuiteCase.Strictness.VERDICT)
                    .isPresent()) {
                failed.add(cases.get(i).name());
            }
        }
        return new Score(cases.size(), failed);
    }

    @Override
    public String toString() {
        return (cases - failed.size()) + " of " + cases;
    }
}
