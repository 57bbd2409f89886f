package dev.exposit.grammar;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.Label;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SummaryValue;
import java.util.ArrayList;
import java.util.List;

/**
 * What OpenMetrics 1.0 demands with MUST of an exposition that could be read: sentence by sentence, in the order of the
 * specification.
 */
final class OpenMetrics1Rules {
    private final List<String> violations = new ArrayList<>();

    private OpenMetrics1Rules() {}

    /** The rules that a metric set breaks, in words. */
    static List<String> violations(MetricSet metrics) {
        OpenMetrics1Rules rules = new OpenMetrics1Rules();
        metrics.forEach(rules::check);
        return rules.violations;
    }

    private void demand(boolean rule, String what, Object where) {
        if (!rule) {
            violations.add(what + ": " + where);
        }
    }

    private void check(MetricFamily family) {
        // "Name", and "StateSet" and "Info" of units.
        demand(!family.name().startsWith("_"), "a family's name does not begin with an underscore", family.name());
        boolean unitless = family.type() == MetricType.STATE_SET || family.type() == MetricType.INFO;
        demand(!unitless || family.unit().isEmpty(), "statesets and infos have no unit", family.name());
        for (Metric metric : family.metrics()) {
            String where = family.name() + metric.labels();
            check(metric.labels());
            if (isHistogram(family.type())) {
                demand(metric.labels().get("le") == null, "label le is for buckets", where);
            }
            if (family.type() == MetricType.SUMMARY) {
                demand(metric.labels().get("quantile") == null, "label quantile is for quantiles", where);
            }
            for (Point point : metric.points()) {
                point.exemplars().forEach(this::check);
                check(family.type(), point, where);
            }
        }
    }

    private static boolean isHistogram(MetricType type) {
        return type == MetricType.HISTOGRAM || type == MetricType.GAUGE_HISTOGRAM;
    }

    /** "Label" */
    private void check(Labels labels) {
        for (Label label : labels) {
            demand(!label.name().startsWith("_"), "a label's name does not begin with an underscore", label);
        }
    }

    private void check(Exemplar exemplar) {
        check(exemplar.labels());
    }

    private void check(MetricType type, Point point, String where) {
        if (point.value() instanceof RawValue) {
            // Nothing but a start time.
            demand(type != MetricType.COUNTER, "a counter has a total", where);
            demand(!isHistogram(type), "a histogram has a +Inf bucket", where);
        } else if (point.value() instanceof NumberValue number && type == MetricType.COUNTER) {
            checkCount(number.value(), "a total", where);
        } else if (point.value() instanceof HistogramValue histogram) {
            check(histogram, type == MetricType.GAUGE_HISTOGRAM, where);
        } else if (point.value() instanceof SummaryValue summary) {
            check(summary, where);
        }
    }

    /** "MUST NOT be NaN or negative" */
    private void checkCount(double number, String what, String where) {
        demand(number >= 0, what + " is neither NaN nor negative", where + ' ' + number);
    }

    /** "… MUST be integers" */
    private void checkInteger(double number, String what, String where) {
        checkCount(number, what, where);
        demand(
                number == Math.rint(number) && !Double.isInfinite(number),
                what + " is an integer",
                where + ' ' + number);
    }

    /** "Histogram" and "GaugeHistogram", both in "Metric Types" and in "Text format". */
    private void check(HistogramValue histogram, boolean gauge, String where) {
        double bound = Double.NEGATIVE_INFINITY;
        double count = 0;
        boolean negativeBound = false;
        boolean first = true;
        Double infinite = null;
        for (Bucket bucket : histogram.buckets()) {
            double le = bucket.upperBound();
            demand(first || le > bound, "buckets stand in rising order of their bounds", where);
            checkInteger(bucket.cumulativeCount(), "a bucket", where);
            demand(!(bucket.cumulativeCount() < count), "buckets are cumulative", where);
            demand(!Double.isInfinite(le) || bucket.le().toString().equals(le > 0 ? "+Inf" : "-Inf"), "+Inf", where);
            Exemplar exemplar = bucket.exemplar();
            if (exemplar != null) {
                check(exemplar);
                demand(exemplar.value() <= le, "an exemplar is within its bucket", where);
            }
            first = false;
            bound = le;
            count = bucket.cumulativeCount();
            negativeBound |= le < 0;
            infinite = le == Double.POSITIVE_INFINITY ? (Double) count : infinite;
        }
        demand(infinite != null, "a histogram has a +Inf bucket", where);
        Double total = histogram.count();
        Double sum = histogram.sum();
        demand((total == null) == (sum == null), "a sum and a count, or neither", where);
        if (total != null) {
            checkInteger(total, "a count", where);
            demand(infinite == null || total.doubleValue() == infinite, "the count is the +Inf bucket", where);
        }
        if (sum != null && gauge) {
            demand(!Double.isNaN(sum), "a gauge histogram's sum is not NaN", where);
            demand(negativeBound || sum >= 0, "a sum is negative only beside negative bounds", where);
        } else if (sum != null) {
            checkCount(sum, "a sum", where);
            demand(!negativeBound, "no sum beside negative bounds", where);
        }
    }

    /** "Summary" */
    private void check(SummaryValue summary, String where) {
        Double count = summary.count();
        Double sum = summary.sum();
        if (count != null) {
            checkInteger(count, "a count", where);
        }
        if (sum != null) {
            checkCount(sum, "a sum", where);
        }
        for (SummaryValue.Quantile quantile : summary.quantiles()) {
            double which = quantile.quantile().value();
            demand(which >= 0 && which <= 1, "a quantile is from 0 to 1", where);
            demand(!(quantile.value() < 0), "a quantile's value is not negative", where);
        }
    }
}
