package dev.exposit.lint;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.ByteView;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers problems: by format and dialect how bad each is, no rule told too often, no more kept than is allowed. */
final class Findings {
    private final ExpositionFormat format;
    private final ReadOptions options;
    private final int most;
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private long errorCount;
    private long warningCount;
    private final Set<LintRule> toldOfFamily = EnumSet.noneOf(LintRule.class);
    private final Set<LintRule> told = EnumSet.noneOf(LintRule.class);

    Findings(ExpositionFormat format, ReadOptions options) {
        this.format = format;
        this.options = options;
        // One at least: a report of an invalid exposition without any error would contradict itself.
        this.most = (int) Math.max(1, options.limits().get(ReadLimits.Limit.PROBLEMS));
    }

    /** Begins anew with what is told once a family. */
    void enterFamily() {
        toldOfFamily.clear();
    }

    /** Whether the format has the rule and it is still to be told of. */
    boolean wants(LintRule rule) {
        return rule.severity(format, options.dialect()).isPresent()
                && !told.contains(rule)
                && !toldOfFamily.contains(rule);
    }

    /** Takes note of a broken rule at the event at hand; {@code at} is a part of it, or null for its line. */
    void add(LintRule rule, ExpositionReader in, @Nullable ByteView at, String expected, String got) {
        Severity severity = severity(rule);
        if (severity != null) {
            add(in.problem(rule.name(), severity, at, expected, got));
        }
    }

    /** Takes note of a broken rule at a line read before. */
    void add(LintRule rule, Spot spot, String expected, String got) {
        Severity severity = severity(rule);
        if (severity != null) {
            add(new Problem(rule.name(), severity, spot.location(), expected, got, spot.excerpt(), spot.caret()));
        }
    }

    /** How bad it is, or null if there is no such rule or it was told of often enough. */
    private @Nullable Severity severity(LintRule rule) {
        Optional<Severity> severity = rule.severity(format, options.dialect());
        if (severity.isEmpty()) {
            return null;
        }
        boolean first = switch (rule.told()) {
            case EACH_TIME -> true;
            case ONCE_A_FAMILY -> toldOfFamily.add(rule);
            case ONCE -> told.add(rule);
        };
        return first ? severity.get() : null;
    }

    /** Takes note of a problem. */
    void add(Problem problem) {
        boolean error = problem.severity() == Severity.ERROR;
        if (error) {
            errorCount++;
        } else {
            warningCount++;
        }
        List<Problem> kept = error ? errors : warnings;
        if (kept.size() < most) {
            kept.add(problem);
        }
    }

    LintReport report(long families, long samples) {
        List<Problem> all = new ArrayList<>(errors);
        all.addAll(warnings.subList(0, Math.min(warnings.size(), most - errors.size())));
        all.sort(Comparator.comparingLong(problem -> problem.location().offset()));
        return new LintReport(format, families, samples, all, errorCount, warningCount);
    }
}
