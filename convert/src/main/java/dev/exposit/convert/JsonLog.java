package dev.exposit.convert;

import dev.exposit.convert.JsonInput.Spot;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadLimits.Limit;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The account of what was wrong with a JSON text, and of the digits that could not be held. */
final class JsonLog {
    /** Leaves out the metric or family at hand; reported already. */
    static final class Skip extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private Skip() {
            super(null, null, false, false);
        }
    }

    private final ReadOptions options;
    private final List<Problem> problems = new ArrayList<>();
    private long count;
    private final LossReport.Collector losses = new LossReport.Collector();
    /** Losses in a family whose name has not come yet. */
    private final List<String> ofNameless = new ArrayList<>();

    private String family = "";

    JsonLog(ReadOptions options) {
        this.options = options;
    }

    /**
     * Takes note of an error with which what it is in cannot be read.
     *
     * @return what to throw so that it is left out
     * @throws ExpositionSyntaxException if the first error is to end reading
     */
    Skip error(ErrorCode code, Spot spot, String expected, String got) {
        finding(code, spot, expected, got);
        return new Skip();
    }

    /**
     * Takes note of an error that has a reading.
     *
     * @throws ExpositionSyntaxException if the first error is to end reading
     */
    void finding(ErrorCode code, Spot spot, String expected, String got) {
        Problem problem = spot.problem(code, Severity.ERROR, expected, got);
        if (options.recovery() == Recovery.THROW) {
            throw new ExpositionSyntaxException(code, problem);
        }
        note(problem);
    }

    /** Takes note of what should not be so. */
    void warn(ErrorCode code, Spot spot, String expected, String got) {
        note(spot.problem(code, Severity.WARNING, expected, got));
    }

    private void note(Problem problem) {
        count++;
        if (problems.size() < options.limits().get(Limit.PROBLEMS)) {
            problems.add(problem);
            options.problemListener().accept(problem);
        }
    }

    List<Problem> problems() {
        return Collections.unmodifiableList(problems);
    }

    long count() {
        return count;
    }

    // ---- Losses

    /** A family begins, whose name is to come. */
    void beginFamily() {
        family = "";
        ofNameless.clear();
    }

    void nameFamily(String name) {
        family = name;
        ofNameless.forEach(this::lose);
        ofNameless.clear();
    }

    /** A number of the family at hand has digits that could not be held. */
    void lose(String detail) {
        if (family.isEmpty()) {
            ofNameless.add(detail);
        } else {
            losses.add(Loss.Kind.DIGITS, family, detail);
        }
    }

    LossReport losses() {
        return losses.report();
    }
}
