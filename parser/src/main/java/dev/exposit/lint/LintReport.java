package dev.exposit.lint;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import java.util.List;

/**
 * What was found out about an exposition.
 *
 * @param format the format it was read in
 * @param families how many metric families it has
 * @param samples how many sample lines could be read
 * @param problems the problems in the order of their places, at most {@link dev.exposit.parser.ReadLimits.Limit#PROBLEMS},
 *     at least one; where there are more, errors go before warnings
 * @param errorCount how many errors there are, those not kept included
 * @param warningCount how many warnings there are, those not kept included
 */
public record LintReport(
        ExpositionFormat format,
        long families,
        long samples,
        List<Problem> problems,
        long errorCount,
        long warningCount) {
    /** Copies the list. */
    public LintReport {
        problems = List.copyOf(problems);
    }

    /** Whether the exposition is valid: nothing is an error. */
    public boolean valid() {
        return errorCount == 0;
    }

    /** Whether there is nothing to complain about at all. */
    public boolean clean() {
        return problemCount() == 0;
    }

    /** How many problems there are, those not kept included. */
    public long problemCount() {
        return errorCount + warningCount;
    }
}
