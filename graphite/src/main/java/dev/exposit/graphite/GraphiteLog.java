package dev.exposit.graphite;

import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadLimits.Limit;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The account of what was wrong with Graphite's lines, and of the digits that could not be held. */
final class GraphiteLog {
    private final ReadOptions options;
    private final List<Problem> problems = new ArrayList<>();
    private final LossReport.Collector losses = new LossReport.Collector();
    private long count;

    GraphiteLog(ReadOptions options) {
        this.options = options;
    }

    /**
     * Takes note of a problem.
     *
     * @throws ExpositionSyntaxException if it is an error and the first one is to end reading
     */
    void report(ErrorCode code, Severity severity, Spot spot, String expected, String got) {
        Problem problem = new Problem(
                code.name(),
                severity,
                spot.location(),
                expected,
                got,
                spot.excerpt().text(),
                spot.excerpt().caret());
        if (severity == Severity.ERROR && options.recovery() == Recovery.THROW) {
            throw new ExpositionSyntaxException(code, problem);
        }
        count++;
        if (problems.size() < options.limits().get(Limit.PROBLEMS)) {
            problems.add(problem);
            options.problemListener().accept(problem);
        }
    }

    /** Takes note of a number of a family that has more digits than could be held. */
    void lose(String family, String detail) {
        losses.add(Loss.Kind.DIGITS, family, detail);
    }

    LossReport losses() {
        return losses.report();
    }

    List<Problem> problems() {
        return Collections.unmodifiableList(problems);
    }

    long count() {
        return count;
    }
}
