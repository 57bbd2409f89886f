package dev.exposit.lint;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.ExpositionReader;
import org.jspecify.annotations.Nullable;

/** What numbers may stand where something is counted. */
final class ValueCheck extends Check {
    ValueCheck(Findings findings) {
        super(findings);
    }

    @Override
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {
        if (role == null) {
            return;
        }
        double value = in.value();
        switch (role) {
            case TOTAL -> {
                refuseNaN(in, role);
                refuseNegative(in, value, "a counter of at least 0, or type gauge");
            }
            case BUCKET, COUNT, GCOUNT -> {
                refuseNaN(in, role);
                refuseNegative(in, value, "a count of at least 0");
                // Infinity is no integer either.
                if (!Double.isNaN(value) && (value != Math.rint(value) || Double.isInfinite(value))) {
                    String text = in.valueText().toString();
                    findings.add(LintRule.FRACTIONAL_COUNT, in, in.valueText(), "a whole number of events", text);
                }
            }
            case SUM -> {
                refuseNaN(in, role);
                // Prometheus text does not ask whether the events can be negative.
                if (family.openMetrics) {
                    refuseNegative(in, value, "a sum of at least 0, or none");
                }
            }
            case GSUM -> refuseNaN(in, role);
            case VALUE -> {
                if (family.type() == MetricType.SUMMARY && family.openMetrics) {
                    refuseNegative(in, value, "a quantile's value of at least 0");
                }
            }
            case CREATED, INFO -> {
                // The reader looks at these.
            }
        }
    }

    private void refuseNaN(ExpositionReader in, SampleRole role) {
        if (Double.isNaN(in.value())) {
            String what = role == SampleRole.TOTAL ? "a counter's value" : "a number";
            findings.add(LintRule.NAN_VALUE, in, in.valueText(), what + ", or no sample", "NaN");
        }
    }

    private void refuseNegative(ExpositionReader in, double value, String expected) {
        if (value < 0) {
            findings.add(
                    LintRule.NEGATIVE_VALUE,
                    in,
                    in.valueText(),
                    expected,
                    quote(in.valueText().toString()));
        }
    }
}
