package dev.exposit.conformance.others;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.InvalidExpositionException;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.MetricDiff;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What our readers make of an exposition: the fast one, which must agree with the reference parser, and the reference's rules.
 *
 * @param metrics what it holds, null if it is refused
 * @param refusal why it is refused
 * @param brokenRules the rules over whole expositions that it breaks, in words
 */
record Reading(@Nullable MetricSet metrics, @Nullable ErrorCode refusal, List<String> brokenRules) {
    /** Reads as the specification has it. */
    static Reading of(byte[] text, ExpositionFormat format) {
        MetricSet reference = reference(text, format);
        try {
            MetricSet metrics = Exposition.parse(text, ReadOptions.of(format));
            if (reference == null || !MetricDiff.between(reference, metrics).isEmpty()) {
                throw new AssertionError("the reference reads " + reference + "\nthe fast reader " + metrics);
            }
            return new Reading(metrics, null, format.isText() ? ReferenceParser.brokenRules(text, format) : List.of());
        } catch (ExpositionSyntaxException e) {
            if (reference != null) {
                throw new AssertionError("the reference reads " + reference, e);
            }
            return new Reading(null, e.code(), List.of());
        }
    }

    private static @Nullable MetricSet reference(byte[] text, ExpositionFormat format) {
        try {
            return ReferenceParser.parse(text, format);
        } catch (InvalidExpositionException e) {
            return null;
        }
    }

    /** How it differs from what is expected, in words. */
    Optional<String> difference(Expectation expected) {
        if (refusal != null || !expected.refusals().isEmpty()) {
            return refusal != null && expected.refusals().contains(refusal)
                    ? Optional.empty()
                    : Optional.of("expected to be refused for one of " + expected.refusals() + ", got " + refusal);
        }
        MetricDiff diff = MetricDiff.between(
                MetricSet.of(expected.families()), MetricSet.of(metrics().families()));
        if (!diff.isEmpty()) {
            return Optional.of(diff.toString());
        }
        return expected.breaksRules() != brokenRules.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "expected " + (expected.breaksRules() ? "broken rules" : "none") + ", got " + brokenRules);
    }
}
