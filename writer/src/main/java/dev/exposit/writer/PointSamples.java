package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Value;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes the value of a point apart into the samples that stand for it in the text formats. */
final class PointSamples {
    private PointSamples() {}

    /**
     * Hands over the samples of a value in order; start timestamps are not among them.
     *
     * @param type the family's own type, which names the count and sum of a histogram
     * @param sumFirst whether the sum comes before the count, as Prometheus' Go code has it, or behind it, as the
     *     examples of the OpenMetrics specification
     */
    static void visit(Value value, MetricType type, boolean sumFirst, SampleVisitor visitor) throws IOException {
        if (value instanceof NumberValue number) {
            visitor.sample(SampleRole.VALUE, null, null, number.value(), null);
        } else if (value instanceof HistogramValue histogram) {
            for (HistogramValue.Bucket bucket : histogram.buckets()) {
                visitor.sample(SampleRole.BUCKET, bucket.le(), null, bucket.cumulativeCount(), bucket.exemplar());
            }
            boolean gauge = type == MetricType.GAUGE_HISTOGRAM;
            totals(
                    gauge ? SampleRole.GCOUNT : SampleRole.COUNT,
                    histogram.count(),
                    gauge ? SampleRole.GSUM : SampleRole.SUM,
                    histogram.sum(),
                    sumFirst,
                    visitor);
        } else if (value instanceof SummaryValue summary) {
            for (SummaryValue.Quantile quantile : summary.quantiles()) {
                visitor.sample(SampleRole.VALUE, quantile.quantile(), null, quantile.value(), null);
            }
            totals(SampleRole.COUNT, summary.count(), SampleRole.SUM, summary.sum(), sumFirst, visitor);
        } else if (value instanceof StateSetValue states) {
            for (StateSetValue.State state : states.states()) {
                visitor.sample(SampleRole.VALUE, null, state.name(), state.enabled() ? 1 : 0, null);
            }
        } else if (value instanceof InfoValue) {
            visitor.sample(SampleRole.VALUE, null, null, 1, null);
        } else if (value instanceof RawValue raw) {
            visitor.raw(raw.sampleName(), raw.value());
        }
    }

    private static void totals(
            SampleRole countRole,
            @Nullable Double count,
            SampleRole sumRole,
            @Nullable Double sum,
            boolean sumFirst,
            SampleVisitor visitor)
            throws IOException {
        if (sumFirst && sum != null) {
            visitor.sample(sumRole, null, null, sum, null);
        }
        if (count != null) {
            visitor.sample(countRole, null, null, count, null);
        }
        if (!sumFirst && sum != null) {
            visitor.sample(sumRole, null, null, sum, null);
        }
    }

    /** Whether a metric is one sample, but for start timestamps. */
    static boolean isOne(Metric metric) {
        return metric.points().size() == 1
                && (metric.value() instanceof NumberValue || metric.value() instanceof InfoValue);
    }

    /** How many samples a point consists of, that of its start timestamp included. */
    static int count(Point point) {
        return count(point.value()) + (point.startTimestamp() == null ? 0 : 1);
    }

    /** How many samples all points of a metric consist of. */
    static int count(Metric metric) {
        int samples = 0;
        for (Point point : metric.points()) {
            samples += count(point);
        }
        return samples;
    }

    /** Whether a family has no sample at all, whose loss would tell of its own. */
    static boolean isEmpty(MetricFamily family) {
        return family.metrics().stream().allMatch(metric -> count(metric) == 0);
    }

    private static int count(Value value) {
        if (value instanceof HistogramValue histogram) {
            return histogram.buckets().size() + present(histogram.count()) + present(histogram.sum());
        }
        if (value instanceof SummaryValue summary) {
            return summary.quantiles().size() + present(summary.count()) + present(summary.sum());
        }
        return value instanceof StateSetValue states ? states.states().size() : 1;
    }

    private static int present(@Nullable Double number) {
        return number == null ? 0 : 1;
    }

    /** The label that a sample has beyond those of its metric, given the number it holds. */
    static String numberLabel(SampleRole role) {
        return role == SampleRole.BUCKET ? "le" : "quantile";
    }
}
