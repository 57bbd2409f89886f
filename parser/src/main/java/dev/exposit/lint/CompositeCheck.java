package dev.exposit.lint;

import dev.exposit.model.MetricType;
import dev.exposit.parser.Composite;
import dev.exposit.parser.Composite.Part;
import dev.exposit.parser.ExpositionReader;

/**
 * Whether count, sum, classic buckets and quantiles of a composite agree with each other; of native buckets see
 * {@link NativeCheck}.
 *
 * <p>Specification: OpenMetrics 2.0, "Histogram", "Classic Buckets", "GaugeHistogram" and "Summary".
 */
final class CompositeCheck extends Check {
    /** The bounds of the family's first histogram with classic buckets; none before. */
    private double[] first = {};

    CompositeCheck(Findings findings) {
        super(findings);
    }

    @Override
    void enter(LintedFamily family) {
        first = new double[0];
    }

    @Override
    void composite(ExpositionReader in, LintedFamily family, Composite composite) {
        if (composite.kind() == Composite.Kind.SUMMARY) {
            summary(in, composite);
        } else {
            histogram(in, family, composite);
        }
    }

    // ---- Histograms

    private void histogram(ExpositionReader in, LintedFamily family, Composite composite) {
        Counts counts = new Counts(findings, in, composite, family.type() == MetricType.HISTOGRAM);
        counts.check(composite.count(), Part.COUNT, 0);
        if (Double.isNaN(composite.sum())) {
            findings.add(LintRule.NAN_SUM, in, composite.text(Part.SUM, 0), "a number, since NaN hides it", "NaN");
        }
        int buckets = composite.bucketCount();
        if (buckets == 0) {
            return;
        }
        checkBuckets(in, composite, counts);
        if (composite.upperBound(0) == Double.NEGATIVE_INFINITY && composite.cumulativeCount(0) > 0) {
            counts.wantInfiniteSum(Double.NEGATIVE_INFINITY);
        }
        double all = composite.cumulativeCount(buckets - 1);
        boolean equal = composite.count() == all || (Double.isNaN(composite.count()) && Double.isNaN(all));
        if (!equal) {
            counts.mismatch("a count equal to the +Inf bucket", Numbers.text(all) + " in the bucket");
        }
        compareWithFirst(in, composite);
    }

    private void checkBuckets(ExpositionReader in, Composite composite, Counts counts) {
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < composite.bucketCount(); i++) {
            double bound = composite.upperBound(i);
            double count = composite.cumulativeCount(i);
            counts.check(count, Part.VALUE, i);
            if (i > 0 && bound <= composite.upperBound(i - 1)) {
                String expected = "a bound above the one before, " + Numbers.text(composite.upperBound(i - 1));
                findings.add(
                        LintRule.UNSORTED_BUCKETS, in, composite.text(Part.BOUND, i), expected, Numbers.text(bound));
            }
            if (count < last) {
                counts.falling(last, count, i);
            }
            last = Double.isNaN(count) ? last : count;
        }
    }

    private void compareWithFirst(ExpositionReader in, Composite composite) {
        boolean same = first.length == composite.bucketCount();
        if (first.length == 0) {
            first = new double[composite.bucketCount()];
            for (int i = 0; i < first.length; i++) {
                first[i] = composite.upperBound(i);
            }
            return;
        }
        for (int i = 0; same && i < first.length; i++) {
            same = first[i] == composite.upperBound(i);
        }
        if (!same) {
            String expected = "the buckets of the family's first metric";
            findings.add(LintRule.MIXED_BUCKETS, in, composite.text(Part.BOUND, 0), expected, "other bounds");
        }
    }

    // ---- Summaries

    private void summary(ExpositionReader in, Composite composite) {
        double count = composite.count();
        double sum = composite.sum();
        refuse(Double.isNaN(count), LintRule.NAN_VALUE, Part.COUNT, 0, "a number", in, composite);
        refuse(count < 0, LintRule.NEGATIVE_VALUE, Part.COUNT, 0, "a count of at least 0", in, composite);
        boolean fraction = !Double.isNaN(count) && (count != Math.rint(count) || Double.isInfinite(count));
        refuse(fraction, LintRule.FRACTIONAL_COUNT, Part.COUNT, 0, "a whole number of events", in, composite);
        refuse(Double.isNaN(sum), LintRule.NAN_VALUE, Part.SUM, 0, "a number", in, composite);
        refuse(sum < 0, LintRule.NEGATIVE_VALUE, Part.SUM, 0, "a sum of at least 0", in, composite);
        if (composite.quantileCount() > 0) {
            findings.add(
                    LintRule.PRECOMPUTED_QUANTILES,
                    in,
                    null,
                    "a histogram, whose quantiles can be reckoned over all instances",
                    "a summary with quantiles");
        }
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < composite.quantileCount(); i++) {
            double quantile = composite.quantile(i);
            boolean outside = quantile < 0 || quantile > 1;
            refuse(outside, LintRule.QUANTILE_OUT_OF_RANGE, Part.BOUND, i, "a quantile from 0 to 1", in, composite);
            boolean falls = quantile <= before;
            String above = falls ? "a quantile above the one before, " + Numbers.text(before) : "";
            refuse(falls, LintRule.UNSORTED_QUANTILES, Part.BOUND, i, above, in, composite);
            boolean negative = composite.quantileValue(i) < 0;
            refuse(negative, LintRule.NEGATIVE_VALUE, Part.VALUE, i, "a value of at least 0", in, composite);
            before = quantile;
        }
    }

    private void refuse(
            boolean broken,
            LintRule rule,
            Part part,
            int index,
            String expected,
            ExpositionReader in,
            Composite composite) {
        if (broken) {
            String got = composite.text(part, index).toString();
            findings.add(rule, in, composite.text(part, index), expected, quote(got));
        }
    }
}
