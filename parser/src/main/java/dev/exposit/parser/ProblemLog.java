package dev.exposit.parser;

import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.ReadLimits.Limit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a problem by dialect and recovery, and keeps those that do not end reading. */
final class ProblemLog {
    /** What the Prometheus scraper does not mind. */
    private static final Set<ErrorCode> FINE_BY_PROMETHEUS = EnumSet.of(
            ErrorCode.INVALID_ESCAPE,
            ErrorCode.DUPLICATE_METADATA,
            ErrorCode.METADATA_AFTER_SAMPLES,
            ErrorCode.MISSING_FINAL_NEWLINE,
            ErrorCode.FAMILY_REOPENED,
            ErrorCode.CLASHING_NAME,
            ErrorCode.DUPLICATE_SERIES,
            ErrorCode.METRIC_INTERLEAVED,
            ErrorCode.MIXED_TIMESTAMPS,
            ErrorCode.UNEXPECTED_SAMPLE,
            ErrorCode.MISSING_LABEL,
            ErrorCode.INVALID_BOUND,
            ErrorCode.INVALID_STATE,
            ErrorCode.INVALID_CREATED,
            ErrorCode.EXEMPLAR_TOO_LONG);

    private final ReadOptions options;
    private final List<Problem> problems = new ArrayList<>();
    /** Problems of the line being read, which may have to be read again. */
    private final List<Problem> ofLine = new ArrayList<>();

    private long count;
    private @Nullable ReadObserver observer;

    ProblemLog(ReadOptions options) {
        this.options = options;
    }

    /** Tells somebody of each problem from here on. */
    void observe(ReadObserver watching) {
        observer = watching;
    }

    /** Whether a problem is an error in the dialect that is read, or only a warning. */
    Severity severity(ErrorCode code) {
        return options.dialect() == Dialect.PROMETHEUS && FINE_BY_PROMETHEUS.contains(code)
                ? Severity.WARNING
                : Severity.ERROR;
    }

    /**
     * Takes note of a problem that has a reading, or ends reading because of it.
     *
     * @throws ExpositionSyntaxException if it is an error and the first one is to end reading
     */
    void violation(ErrorCode code, Problem problem) {
        if (problem.severity() == Severity.ERROR && options.recovery() == Recovery.THROW) {
            throw new ExpositionSyntaxException(code, problem);
        }
        ofLine.add(problem);
    }

    /** Takes note of a problem that ends nothing, whatever the recovery. */
    void tolerate(Problem problem) {
        ofLine.add(problem);
    }

    /** Whether no problem was met so far in the line being read. */
    boolean isCleanLine() {
        return ofLine.isEmpty();
    }

    /** Whether the line being read has a problem of this kind. */
    boolean isOfLine(ErrorCode code) {
        for (Problem problem : ofLine) {
            if (problem.code().equals(code.name())) {
                return true;
            }
        }
        return false;
    }

    /** Forgets the problems of the line, which will be read again. */
    void forgetLine() {
        ofLine.clear();
    }

    /** Takes the problems of the line for final. */
    void endLine() {
        if (!ofLine.isEmpty()) {
            List<Problem> found = List.copyOf(ofLine);
            ofLine.clear();
            found.forEach(this::note);
        }
    }

    /** Takes note of a problem that was dealt with. */
    void note(Problem problem) {
        count++;
        ReadObserver watching = observer;
        if (watching != null) {
            watching.problem(problem);
        }
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
}
