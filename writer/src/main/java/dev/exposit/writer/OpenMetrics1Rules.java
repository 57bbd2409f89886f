package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What OpenMetrics 1.0 demands of the metrics of one family, beyond what Prometheus text does: its section "Metric
 * Types", read as strictly as Python's parser does it.
 */
final class OpenMetrics1Rules implements FamilyRules {
    private final MetricType type;
    private final String family;
    private final boolean inText;
    /** What the label of its states is called, if it is a stateset. */
    private final String stateLabel;

    private final boolean stateLabelKept;
    /** Whether the metrics seen so far have timestamps, null before the first. */
    private @Nullable Boolean timed;

    /**
     * Rules for a family in text.
     *
     * @param type the type it is to be written with
     * @param family its exposed name
     * @param written that name as it is written
     * @param writtenAsLabel that name as it is written for a label's
     */
    static OpenMetrics1Rules inText(MetricType type, String family, String written, String writtenAsLabel) {
        return new OpenMetrics1Rules(type, family, writtenAsLabel, written.equals(writtenAsLabel), true);
    }

    private OpenMetrics1Rules(
            MetricType type, String family, String stateLabel, boolean stateLabelKept, boolean inText) {
        this.type = type;
        this.family = family;
        this.stateLabel = stateLabel;
        this.inText = inText;
        this.stateLabelKept = stateLabelKept;
    }

    /**
     * Rules for a family in messages, which need not say of anything how it is spelled.
     *
     * @param type the type it is to be written with
     * @param family its exposed name
     * @param written that name as it is written
     */
    static OpenMetrics1Rules inMessages(MetricType type, String family, String written) {
        return new OpenMetrics1Rules(type, family, written, true, false);
    }

    @Override
    public @Nullable String violation(Metric metric) {
        List<Point> points = metric.points();
        for (int i = 0; i < points.size(); i++) {
            String violation = violation(metric, points.get(i));
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private @Nullable String violation(Metric metric, Point point) {
        Value value = point.value();
        if (value instanceof RawValue raw) {
            boolean plain = type == MetricType.GAUGE || type == MetricType.UNKNOWN;
            return plain && raw.sampleName().equals(family)
                    ? null
                    : "sample " + raw.sampleName() + " is not part of it";
        }
        return switch (type) {
            case GAUGE -> value instanceof NumberValue ? null : mismatch();
            case UNKNOWN -> unknown(metric, value);
            case COUNTER -> value instanceof NumberValue number ? counter("its value", number.value()) : mismatch();
            case HISTOGRAM, GAUGE_HISTOGRAM ->
                value instanceof HistogramValue histogram ? histogram(metric, histogram) : mismatch();
            case SUMMARY -> value instanceof SummaryValue summary ? summary(metric, summary) : mismatch();
            case INFO -> value instanceof InfoValue ? info(point) : mismatch();
            case STATE_SET -> value instanceof StateSetValue ? stateSet(metric) : mismatch();
        };
    }

    private String mismatch() {
        return "it holds a value of another type than " + type.keyword();
    }

    /** What has given way: anything that is one sample under the exposed name, or a row of them. */
    private @Nullable String unknown(Metric metric, Value value) {
        boolean fits = value instanceof NumberValue
                || value instanceof InfoValue
                || (value instanceof StateSetValue && metric.points().size() == 1);
        return fits ? null : mismatch();
    }

    private static @Nullable String counter(String what, double value) {
        return value >= 0 ? null : what + " is " + (Double.isNaN(value) ? "NaN" : "negative");
    }

    private static @Nullable String integer(String what, double value) {
        return value == Math.rint(value) && !Double.isInfinite(value) ? counter(what, value) : what + " is no integer";
    }

    private @Nullable String histogram(Metric metric, HistogramValue histogram) {
        if (metric.labels().contains("le")) {
            return "a metric has a label le";
        }
        String violation = buckets(histogram);
        return violation != null ? violation : totals(histogram);
    }

    private @Nullable String buckets(HistogramValue histogram) {
        double lastBound = Double.NaN;
        double lastCount = 0;
        for (HistogramValue.Bucket bucket : histogram.buckets()) {
            double bound = bucket.upperBound();
            String spelling = bucket.le().spelling();
            if (Double.isNaN(bound)) {
                return "a bucket's le is NaN";
            }
            if (inText && bound == Double.POSITIVE_INFINITY && spelling != null && !spelling.equals("+Inf")) {
                return "le of the +Inf bucket is spelled " + spelling;
            }
            if (bound <= lastBound) {
                return "the buckets' le do not rise";
            }
            String violation = integer("a bucket's value", bucket.cumulativeCount());
            if (violation != null) {
                return violation;
            }
            if (bucket.cumulativeCount() < lastCount) {
                return "the buckets' values fall";
            }
            lastBound = bound;
            lastCount = bucket.cumulativeCount();
        }
        return lastBound == Double.POSITIVE_INFINITY ? null : "it has no +Inf bucket";
    }

    private @Nullable String totals(HistogramValue histogram) {
        Double count = histogram.count();
        Double sum = histogram.sum();
        if (count == null || sum == null) {
            return count == null && sum == null ? null : "it has " + (count == null ? "no count" : "no sum");
        }
        HistogramValue.Bucket last = histogram.buckets().get(histogram.buckets().size() - 1);
        if (count != last.cumulativeCount()) {
            return "count and +Inf bucket differ";
        }
        boolean negativeBounds = histogram.buckets().get(0).upperBound() < 0;
        if (type == MetricType.HISTOGRAM) {
            return negativeBounds ? "it has a sum beside a bucket below zero" : counter("sum", sum);
        }
        return negativeBounds && !Double.isNaN(sum) ? null : counter("sum", sum);
    }

    private static @Nullable String summary(Metric metric, SummaryValue summary) {
        if (metric.labels().contains("quantile")) {
            return "a metric has a label quantile";
        }
        Set<Double> quantiles = new HashSet<>();
        for (SummaryValue.Quantile quantile : summary.quantiles()) {
            double number = quantile.quantile().value();
            if (!(number >= 0 && number <= 1)) {
                return "quantile " + quantile.quantile() + " is not within 0 and 1";
            }
            if (!quantiles.add(number + 0.0)) { // -0.0 + 0.0 is 0.0
                return "quantile " + quantile.quantile() + " stands twice";
            }
            if (quantile.value() < 0) {
                return "a quantile's value is negative";
            }
        }
        String violation = summary.sum() == null ? null : counter("sum", summary.sum());
        return violation != null || summary.count() == null ? violation : integer("count", summary.count());
    }

    /** Python's parser takes all of an info family for one metric, whose samples must all have timestamps or none. */
    private @Nullable String info(Point point) {
        boolean now = point.timestamp() != null;
        if (timed == null) {
            timed = now;
        }
        return timed == now || !inText ? null : "some of its samples have timestamps and some have not";
    }

    private @Nullable String stateSet(Metric metric) {
        if (!stateLabelKept) {
            return "its name cannot be a label's name";
        }
        return metric.labels().contains(stateLabel) ? "a metric has a label " + stateLabel : null;
    }
}
