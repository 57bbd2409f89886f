package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What OpenMetrics 2.0 demands of the metrics of one family, given that {@link CompositeFit} has been over them.
 *
 * <p>Specification: OpenMetrics 2.0, "MetricFamily Types" and "Metric types".
 */
final class OpenMetrics2Rules implements FamilyRules {
    private final MetricType type;
    private final MetricType ownType;
    private final String family;
    private final @Nullable String stateLabel;

    /**
     * Rules for a family.
     *
     * @param type the type it is to be written with
     * @param placement where it is to stand
     * @param stateLabel the label of the states of a stateset, or null if it cannot have the name of the family
     */
    OpenMetrics2Rules(MetricType type, Placement placement, @Nullable String stateLabel) {
        this.type = type;
        this.ownType = placement.ownType();
        this.family = placement.family();
        this.stateLabel = stateLabel;
    }

    @Override
    public @Nullable String violation(Metric metric) {
        if (ownType == MetricType.STATE_SET) {
            if (stateLabel == null) {
                return "its name cannot be a label's name";
            }
            if (metric.labels().contains(stateLabel)) {
                return "a metric has a label " + stateLabel;
            }
        }
        List<Point> points = metric.points();
        for (int i = 0; i < points.size(); i++) {
            String violation = violation(metric, points.get(i).value());
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private @Nullable String violation(Metric metric, Value value) {
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
            case HISTOGRAM -> value instanceof HistogramValue histogram ? counting(metric, histogram) : mismatch();
            case GAUGE_HISTOGRAM -> value instanceof HistogramValue histogram ? any(metric, histogram) : mismatch();
            case SUMMARY -> value instanceof SummaryValue summary ? summary(metric, summary) : mismatch();
            case INFO -> value instanceof InfoValue ? null : mismatch();
            case STATE_SET -> value instanceof StateSetValue ? null : mismatch();
        };
    }

    private String mismatch() {
        return "it holds a value of another type than " + type.keyword();
    }

    /** "A Sample in a metric with the Unknown Type MUST have a Number or CompositeValue value." */
    private @Nullable String unknown(Metric metric, Value value) {
        if (value instanceof HistogramValue histogram) {
            return any(metric, histogram);
        }
        if (value instanceof SummaryValue summary) {
            return summary(summary);
        }
        boolean states = value instanceof StateSetValue;
        return states && ownType != MetricType.STATE_SET ? mismatch() : null;
    }

    private static @Nullable String counter(String what, double value) {
        return value >= 0 ? null : what + " is " + (Double.isNaN(value) ? "NaN" : "negative");
    }

    private static @Nullable String counting(Metric metric, HistogramValue histogram) {
        String violation = any(metric, histogram);
        if (violation == null && !isCounting(histogram)) {
            violation = "its counts are negative or fall";
        }
        return violation;
    }

    /** Whether a histogram can be one of events that happened, and is not a rate of change, for example. */
    static boolean isCounting(HistogramValue histogram) {
        Double count = histogram.count();
        if (count != null && count < 0) {
            return false;
        }
        double last = 0;
        for (HistogramValue.Bucket bucket : histogram.buckets()) {
            if (bucket.cumulativeCount() < last) {
                return false;
            }
            last = bucket.cumulativeCount();
        }
        NativeBuckets buckets = histogram.nativeBuckets();
        return buckets == null
                || !(buckets.zeroCount() < 0 || anyNegative(buckets.negative()) || anyNegative(buckets.positive()));
    }

    private static boolean anyNegative(NativeBuckets.Side side) {
        for (double count : side.counts()) {
            if (count < 0) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String any(Metric metric, HistogramValue histogram) {
        Double count = histogram.count();
        Double sum = histogram.sum();
        if (count == null || sum == null) {
            return "it has no " + (count == null ? "count" : "sum");
        }
        List<HistogramValue.Bucket> buckets = histogram.buckets();
        if (buckets.isEmpty()) {
            return histogram.nativeBuckets() == null ? "it has no buckets" : null;
        }
        return metric.labels().contains("le") ? "a metric has a label le" : buckets(buckets, count, sum);
    }

    private static @Nullable String buckets(List<HistogramValue.Bucket> buckets, double count, double sum) {
        for (int i = 1; i < buckets.size(); i++) {
            if (!(buckets.get(i - 1).upperBound() < buckets.get(i).upperBound())) {
                return "two buckets have the same le, or one is NaN";
            }
        }
        HistogramValue.Bucket first = buckets.get(0);
        boolean below = first.upperBound() == Double.NEGATIVE_INFINITY && first.cumulativeCount() > 0;
        if (!NativeBucketRules.isInSum(below, Double.NEGATIVE_INFINITY, sum)) {
            return "infinity is not in the sum";
        }
        HistogramValue.Bucket last = buckets.get(buckets.size() - 1);
        if (last.upperBound() != Double.POSITIVE_INFINITY) {
            return "it has no +Inf bucket";
        }
        return Double.compare(last.cumulativeCount(), count) == 0 ? null : "count and +Inf bucket differ";
    }

    private static @Nullable String summary(Metric metric, SummaryValue summary) {
        return metric.labels().contains("quantile") ? "a metric has a label quantile" : summary(summary);
    }

    private static @Nullable String summary(SummaryValue summary) {
        Double count = summary.count();
        Double sum = summary.sum();
        if (count == null || sum == null) {
            return "it has no " + (count == null ? "count" : "sum");
        }
        if (count != Math.rint(count) || Double.isInfinite(count)) {
            return "count is no integer";
        }
        String violation = counter("count", count);
        return violation == null ? summary(summary.quantiles(), sum) : violation;
    }

    private static @Nullable String summary(List<SummaryValue.Quantile> quantiles, double sum) {
        double last = Double.NEGATIVE_INFINITY;
        for (SummaryValue.Quantile quantile : quantiles) {
            double number = quantile.quantile().value();
            if (!(number >= 0 && number <= 1)) {
                return "quantile " + quantile.quantile() + " is not within 0 and 1";
            }
            if (!(number > last)) {
                return "quantile " + quantile.quantile() + " stands twice";
            }
            if (quantile.value() < 0) {
                return "a quantile's value is negative";
            }
            last = number;
        }
        return counter("sum", sum);
    }
}
