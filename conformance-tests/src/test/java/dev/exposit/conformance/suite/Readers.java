package dev.exposit.conformance.suite;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.InvalidExpositionException;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.lint.Lint;
import dev.exposit.lint.LintReport;
import dev.exposit.lint.LintRule;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.Location;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Problem;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.FamilyReader;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The project's own readers, as the suite sees them. */
final class Readers {
    private Readers() {}

    /** The fast reader of a format, which is fed in some shape. */
    static Verdict fast(byte[] exposition, ExpositionFormat format, InputShape shape) {
        try (ExpositionReader in = shape.opener().open(exposition, options(format))) {
            FamilyReader reader = FamilyReader.merging(in);
            List<MetricFamily> families = new ArrayList<>();
            for (FamilyPart part = reader.next(); part != null; part = reader.next()) {
                families.add(part.family());
            }
            return new Verdict.Accepted(ModelJson.of(MetricSet.of(families)));
        } catch (ExpositionSyntaxException e) {
            return new Verdict.Refused(
                    String.valueOf(e.getMessage()), List.of(flaw(e.code().name(), e.location())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #lint}, but that it takes an exposition of which a reader only has to drop an exemplar. */
    static Verdict fastWithRules(byte[] exposition, ExpositionFormat format) {
        boolean broken = Lint.check(exposition, options(format)).problems().stream()
                .anyMatch(problem -> problem.severity() == Problem.Severity.ERROR && isRule(problem.code()));
        boolean read =
                fast(exposition, format, InputShape.all(exposition.length).get(0)) instanceof Verdict.Accepted;
        return read && !broken ? new Verdict.Accepted(null) : lint(exposition, format);
    }

    private static boolean isRule(String code) {
        return Arrays.stream(LintRule.values()).anyMatch(rule -> rule.name().equals(code));
    }

    /** Lint: all that is wrong with an exposition. */
    static Verdict lint(byte[] exposition, ExpositionFormat format) {
        LintReport report = Lint.check(exposition, options(format));
        if (report.valid()) {
            return new Verdict.Accepted(null);
        }
        List<SuiteCase.Flaw> flaws = report.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .map(problem -> flaw(problem.code(), problem.location()))
                .toList();
        return new Verdict.Refused(report.problems().toString(), flaws);
    }

    /** The reference parser of a format. */
    static Verdict reference(byte[] exposition, ExpositionFormat format) {
        try {
            return new Verdict.Accepted(ModelJson.of(ReferenceParser.parse(exposition, format)));
        } catch (InvalidExpositionException e) {
            return new Verdict.Refused(String.valueOf(e.getMessage()), List.of(flaw("", e.location())));
        }
    }

    /** The reference parser of a format with the rules over whole expositions; it does not tell where they are broken. */
    static Verdict referenceRules(byte[] exposition, ExpositionFormat format) {
        try {
            List<String> broken = ReferenceParser.brokenRules(exposition, format);
            return broken.isEmpty() ? new Verdict.Accepted(null) : new Verdict.Refused(broken.toString(), List.of());
        } catch (InvalidExpositionException e) {
            return new Verdict.Refused(String.valueOf(e.getMessage()), List.of());
        }
    }

    private static ReadOptions options(ExpositionFormat format) {
        return ReadOptions.of(format).withDialect(Dialect.SPEC).withRecovery(Recovery.THROW);
    }

    private static SuiteCase.Flaw flaw(String code, Location location) {
        return new SuiteCase.Flaw(code, location.line(), location.column(), location.offset());
    }
}
