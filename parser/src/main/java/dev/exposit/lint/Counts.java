package dev.exposit.lint;

import dev.exposit.parser.Composite;
import dev.exposit.parser.Composite.Part;
import dev.exposit.parser.ExpositionReader;

/** What may stand where the histogram at hand counts. */
final class Counts {
    private final Findings findings;
    private final ExpositionReader in;
    private final Composite composite;
    private final boolean rise;

    /**
     * The counts of a composite.
     *
     * @param rise whether they only rise; those of a gauge histogram may be a rate, and below zero
     */
    Counts(Findings findings, ExpositionReader in, Composite composite, boolean rise) {
        this.findings = findings;
        this.in = in;
        this.composite = composite;
        this.rise = rise;
    }

    void check(double count, Part part, int index) {
        if (count >= 0 && count == Math.rint(count) && !Double.isInfinite(count)) {
            return;
        }
        if (rise && count < 0) {
            add(LintRule.NEGATIVE_VALUE, part, index, "a count of at least 0");
        } else if (findings.wants(LintRule.UNUSUAL_COUNT)) {
            add(LintRule.UNUSUAL_COUNT, part, index, "a whole number of events");
        }
    }

    /** A bucket counts less than one before it. */
    void falling(double before, double count, int index) {
        String expected = "at least " + Numbers.text(before) + ", as in the bucket before: buckets are cumulative";
        findings.add(
                rise ? LintRule.FALLING_BUCKET_COUNTS : LintRule.UNUSUAL_COUNT,
                in,
                composite.text(Part.VALUE, index),
                expected,
                Numbers.text(count));
    }

    /** The count is not what the buckets make it. */
    void mismatch(String expected, String inBuckets) {
        findings.add(
                LintRule.COUNT_MISMATCH,
                in,
                composite.text(Part.COUNT, 0),
                expected,
                Numbers.text(composite.count()) + " beside " + inBuckets);
    }

    /** An infinity was measured: it is part of the sum, unless there is another or a NaN. */
    void wantInfiniteSum(double infinity) {
        if (composite.sum() != infinity && !Double.isNaN(composite.sum())) {
            String expected = "the sum " + Numbers.text(infinity) + " or NaN, since a bucket of infinity counts events";
            add(LintRule.SUM_MISMATCH, Part.SUM, 0, expected);
        }
    }

    void add(LintRule rule, Part part, int index, String expected) {
        String got = Check.quote(composite.text(part, index).toString());
        findings.add(rule, in, composite.text(part, index), expected, got);
    }
}
