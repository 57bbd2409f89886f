package dev.exposit.lint;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.Composite;
import dev.exposit.parser.ExpositionReader;
import org.jspecify.annotations.Nullable;

/** Labels {@code le} and {@code quantile}: where they stand, how they are spelled, what they may be. */
final class BoundCheck extends Check {
    private final Bound.Cache bounds = new Bound.Cache();

    BoundCheck(Findings findings) {
        super(findings);
    }

    @Override
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {
        if (family.type() == MetricType.UNKNOWN || role == null) {
            return;
        }
        String own = family.type() == MetricType.STATE_SET ? null : family.boundLabel(role);
        boolean summary = family.type() == MetricType.SUMMARY;
        for (int i = 0; i < in.labelCount(); i++) {
            boolean le = in.labelName(i).contentEquals("le");
            if (!le && !in.labelName(i).contentEquals("quantile")) {
                continue;
            }
            String name = le ? "le" : "quantile";
            if (name.equals(own)) {
                own(in, family, i);
            } else if (le ? family.isHistogram() : summary) {
                String where = le ? "buckets" : "quantiles";
                findings.add(
                        LintRule.MISPLACED_BOUND,
                        in,
                        in.labelName(i),
                        "label '" + name + "' at " + where + " only",
                        "one at " + quote(in.sampleName().toString()));
            } else {
                findings.add(
                        LintRule.BOUND_ON_OTHER_TYPE,
                        in,
                        in.labelName(i),
                        "label '" + name + "' in a " + (le ? "histogram" : "summary") + " only, another name here",
                        "one in a " + family.type().keyword());
            }
        }
    }

    /** Here bounds are no labels. A label of such a name comes twice where the composite is taken apart. */
    @Override
    void composite(ExpositionReader in, LintedFamily family, Composite composite) {
        String taken =
                composite.kind() == Composite.Kind.SUMMARY ? "quantile" : composite.bucketCount() > 0 ? "le" : "";
        for (int i = 0; i < in.labelCount(); i++) {
            if (in.labelName(i).contentEquals(taken)) {
                findings.add(
                        LintRule.MISPLACED_BOUND,
                        in,
                        in.labelName(i),
                        "no label " + quote(taken) + " beside such a value",
                        "one");
            } else if (in.labelName(i).contentEquals("le") || in.labelName(i).contentEquals("quantile")) {
                findings.add(
                        LintRule.BOUND_ON_OTHER_TYPE,
                        in,
                        in.labelName(i),
                        "another name than " + quote(in.labelName(i).toString()),
                        "one in a " + family.type().keyword());
            }
        }
    }

    private void own(ExpositionReader in, LintedFamily family, int label) {
        String spelling = in.labelValue(label).toString();
        Bound bound = bounds.get(spelling);
        if (!bound.isNumber()) {
            return; // The reader tells.
        }
        boolean canonical = bound.canonical().equals(spelling);
        if (!canonical && Double.isInfinite(bound.value())) {
            findings.add(
                    LintRule.INFINITY_SPELLING, in, in.labelValue(label), quote(bound.canonical()), quote(spelling));
        } else if (!canonical) {
            findings.add(
                    LintRule.NON_CANONICAL_NUMBER,
                    in,
                    in.labelValue(label),
                    quote(bound.canonical()) + ", the spelling that servers can compare",
                    quote(spelling));
        }
        if (family.type() == MetricType.SUMMARY && !(bound.value() >= 0 && bound.value() <= 1)) {
            findings.add(
                    LintRule.QUANTILE_OUT_OF_RANGE,
                    in,
                    in.labelValue(label),
                    "a quantile from 0 to 1",
                    quote(spelling));
        }
    }
}
