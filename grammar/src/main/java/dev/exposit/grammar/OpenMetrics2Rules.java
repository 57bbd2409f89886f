package dev.exposit.grammar;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.Label;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.SummaryValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What OpenMetrics 2.0 demands with MUST of an exposition that could be read: sentence by sentence, in the order of the
 * specification.
 */
final class OpenMetrics2Rules {
    /** "Such Label names MAY be used in place of TYPE and UNIT metadata" ("Label"). */
    private static final Set<String> LABELS_FOR_METADATA = Set.of("__type__", "__unit__");
    /** Fractions rarely add up to the last digit. */
    private static final double ROUNDING = 1e-9;
    /** The exponent of the power of two that no double reaches. */
    private static final long OVERFLOW_EXPONENT = 1024;

    private final List<String> violations = new ArrayList<>();

    private OpenMetrics2Rules() {}

    /** The rules that a metric set breaks, in words. */
    static List<String> violations(MetricSet metrics) {
        OpenMetrics2Rules rules = new OpenMetrics2Rules();
        metrics.forEach(rules::check);
        return rules.violations;
    }

    private void demand(boolean rule, String what, Object where) {
        if (!rule) {
            violations.add(what + ": " + where);
        }
    }

    private void check(MetricFamily family) {
        // "Name", then "Info" of names, then "StateSet" and "Info" of units.
        MetricType type = family.type();
        demand(!family.name().startsWith("_"), "a family's name does not begin with an underscore", family.name());
        demand(type != MetricType.INFO || family.name().endsWith("_info"), "an info ends in _info", family.name());
        boolean unitless = type == MetricType.STATE_SET || type == MetricType.INFO;
        demand(!unitless || family.unit().isEmpty(), "statesets and infos have no unit", family.name());
        for (Metric metric : family.metrics()) {
            String where = family.name() + metric.labels();
            check(metric.labels());
            for (Point point : metric.points()) {
                point.exemplars().forEach(exemplar -> check(exemplar.labels()));
                check(type, metric, point, where);
            }
        }
    }

    /** "Label" */
    private void check(Labels labels) {
        for (Label label : labels) {
            demand(
                    !label.name().startsWith("_") || LABELS_FOR_METADATA.contains(label.name()),
                    "a label's name does not begin with an underscore",
                    label);
        }
    }

    private void check(MetricType type, Metric metric, Point point, String where) {
        if (point.value() instanceof NumberValue number && type == MetricType.COUNTER) {
            demand(number.value() >= 0, "a counter is neither NaN nor negative", where);
        } else if (point.value() instanceof HistogramValue histogram) {
            boolean classic = !histogram.buckets().isEmpty();
            demand(!classic || metric.labels().get("le") == null, "label le is for buckets", where);
            check(histogram, type == MetricType.HISTOGRAM, where);
        } else if (point.value() instanceof SummaryValue summary) {
            demand(metric.labels().get("quantile") == null, "a summary has no label quantile", where);
            check(summary, where);
        }
    }

    /**
     * "Histogram", "Classic Buckets", "Native Buckets" and "GaugeHistogram".
     *
     * @param counts whether it counts what happened; a gauge histogram may be a rate and fall below zero
     */
    private void check(HistogramValue histogram, boolean counts, String where) {
        // The grammar leaves neither out.
        double count = Objects.requireNonNull(histogram.count());
        double sum = Objects.requireNonNull(histogram.sum());
        demand(!counts || !(count < 0), "a count is not negative", where);
        checkClassic(histogram.buckets(), count, sum, counts, where);
        NativeBuckets buckets = histogram.nativeBuckets();
        if (buckets != null) {
            check(buckets, count, sum, counts, where);
        }
    }

    private void checkClassic(List<Bucket> buckets, double count, double sum, boolean counts, String where) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < buckets.size(); i++) {
            Bucket bucket = buckets.get(i);
            demand(!counts || !(bucket.cumulativeCount() < 0), "a bucket is not negative", where);
            if (i > 0) {
                Bucket before = buckets.get(i - 1);
                demand(bucket.upperBound() > before.upperBound(), "buckets stand in rising order, each once", where);
            }
            // Of NaN, which "SHOULD NOT" be there, nobody can tell.
            demand(!counts || !(bucket.cumulativeCount() < highest), "buckets are cumulative", where);
            highest = Double.isNaN(bucket.cumulativeCount()) ? highest : bucket.cumulativeCount();
            boolean infinite = bucket.upperBound() == Double.NEGATIVE_INFINITY && bucket.cumulativeCount() > 0;
            checkInfinite(infinite, Double.NEGATIVE_INFINITY, sum, where);
            boolean last = bucket.upperBound() == Double.POSITIVE_INFINITY;
            demand(!last || isSame(bucket.cumulativeCount(), count), "the count is the +Inf bucket", where);
        }
    }

    private void check(NativeBuckets buckets, double count, double sum, boolean counts, String where) {
        demand(!counts || !(buckets.zeroCount() < 0), "a bucket is not negative", where);
        demand(buckets.zeroThreshold() >= 0, "the zero threshold is not negative", where);
        check(buckets.negative(), buckets.schema(), Double.NEGATIVE_INFINITY, sum, counts, where);
        check(buckets.positive(), buckets.schema(), Double.POSITIVE_INFINITY, sum, counts, where);
        double total = buckets.zeroCount() + total(buckets.negative(), false) + total(buckets.positive(), false);
        double terms =
                Math.abs(buckets.zeroCount()) + total(buckets.negative(), true) + total(buckets.positive(), true);
        boolean close = terms < Double.POSITIVE_INFINITY && Math.abs(count - total) <= ROUNDING * terms;
        boolean equal = isSame(count, total) || close;
        demand(equal || count > total, "the count is the sum of all native buckets", where);
        demand(equal || !(count > total) || Double.isNaN(sum), "only NaN is in no native bucket", where);
    }

    private static boolean isSame(double one, double other) {
        return one == other || (Double.isNaN(one) && Double.isNaN(other));
    }

    private void check(NativeBuckets.Side side, int schema, double infinity, double sum, boolean counts, String where) {
        double last = 0;
        for (double bucket : side.counts()) {
            demand(!counts || !(bucket < 0), "a bucket is not negative", where);
            last = bucket;
        }
        long highest = highestIndex(side);
        demand(highest <= indexOfInfinity(schema), "no bucket beyond infinity", where);
        checkInfinite(highest == indexOfInfinity(schema) && last > 0, infinity, sum, where);
    }

    /** "If a Histogram includes +Inf or -Inf measurement, then +Inf or -Inf … MUST be added to the Sum" */
    private void checkInfinite(boolean measured, double infinity, double sum, String where) {
        demand(!measured || sum == infinity || Double.isNaN(sum), "infinity is in the sum", where);
    }

    private static double total(NativeBuckets.Side side, boolean absolute) {
        return side.counts().stream()
                .mapToDouble(count -> absolute ? Math.abs(count) : count)
                .sum();
    }

    /** The index of the last bucket, or the lowest number if there are none. */
    private static long highestIndex(NativeBuckets.Side side) {
        long highest = Long.MIN_VALUE;
        long next = 0;
        for (NativeBuckets.Span span : side.spans()) {
            next += span.offset() + (long) span.length();
            highest = span.length() > 0 ? next - 1 : highest;
        }
        return highest;
    }

    /** The upper bound of bucket i is 2^(i / 2^schema); the bucket behind the one that reaches 2^1024 is the last. */
    private static long indexOfInfinity(int schema) {
        return (schema >= 0 ? OVERFLOW_EXPONENT << schema : OVERFLOW_EXPONENT >> -schema) + 1;
    }

    /** "Summary", both in "MetricFamily Types" and in "Text Format". */
    private void check(SummaryValue summary, String where) {
        double count = Objects.requireNonNull(summary.count());
        double sum = Objects.requireNonNull(summary.sum());
        demand(count >= 0, "a count is neither NaN nor negative", where);
        demand(count == Math.rint(count) && !Double.isInfinite(count), "a count is an integer", where);
        demand(sum >= 0, "a sum is neither NaN nor negative", where);
        double before = Double.NEGATIVE_INFINITY;
        for (SummaryValue.Quantile quantile : summary.quantiles()) {
            double which = quantile.quantile().value();
            demand(which >= 0 && which <= 1, "a quantile is from 0 to 1", where);
            demand(which > before, "quantiles stand in rising order, each once", where);
            demand(!(quantile.value() < 0), "a quantile's value is not negative", where);
            before = which;
        }
    }
}
