package dev.exposit.lint;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.ExpositionReader;
import org.jspecify.annotations.Nullable;

/** Quantiles: that there are any, and their order. */
final class SummaryCheck extends Check {
    private final Bound.Cache bounds = new Bound.Cache();
    private final OpenStates<Quantiles> metrics = new OpenStates<>(spot -> new Quantiles());

    SummaryCheck(Findings findings) {
        super(findings);
    }

    /** The quantiles of one summary. */
    private static final class Quantiles implements MetricState {
        private double last = Double.NEGATIVE_INFINITY;

        @Override
        public boolean isComplete() {
            return true;
        }

        @Override
        public void finish() {}
    }

    @Override
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {
        if (family.type() != MetricType.SUMMARY || role != SampleRole.VALUE) {
            return;
        }
        int label = indexOf(in, "quantile");
        if (label < 0) {
            return; // The reader tells.
        }
        findings.add(
                LintRule.PRECOMPUTED_QUANTILES,
                in,
                null,
                "a histogram, whose quantiles can be reckoned over all instances",
                "a summary with quantiles");
        if (!findings.wants(LintRule.UNSORTED_QUANTILES)) {
            return;
        }
        String spelling = in.labelValue(label).toString();
        double quantile = bounds.get(spelling).value();
        Quantiles metric = metrics.of(in, family, label);
        if (quantile < metric.last) {
            findings.add(
                    LintRule.UNSORTED_QUANTILES,
                    in,
                    in.labelValue(label),
                    "a quantile above the one before, " + Numbers.text(metric.last),
                    quote(spelling));
        }
        metric.last = Double.isNaN(quantile) ? metric.last : quantile;
    }

    @Override
    void leave(LintedFamily family) {
        metrics.finish();
    }
}
