package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.SummaryValue;
import org.jspecify.annotations.Nullable;

/**
 * What OpenMetrics protobuf demands of the metrics of one family: what text does, and that counts fit into 64 bits. A count
 * of 0 cannot be told from none, but by the sum beside it.
 */
final class OpenMetricsProtobufRules implements FamilyRules {
    private final FamilyRules ofText;
    private final MetricType type;

    /**
     * Rules for a family.
     *
     * @param type the type it is to be written with
     * @param family its exposed name
     * @param written that name as it is written
     */
    OpenMetricsProtobufRules(MetricType type, String family, String written) {
        this.ofText = OpenMetrics1Rules.inMessages(type, family, written);
        this.type = type;
    }

    @Override
    public @Nullable String violation(Metric metric) {
        String violation = ofText.violation(metric);
        if (violation != null || type == MetricType.UNKNOWN) {
            return violation;
        }
        for (Point point : metric.points()) {
            if (point.value() instanceof HistogramValue histogram) {
                violation = histogram(histogram);
            } else if (point.value() instanceof SummaryValue summary) {
                violation = summary(summary);
            }
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private static @Nullable String histogram(HistogramValue histogram) {
        for (HistogramValue.Bucket bucket : histogram.buckets()) {
            if (!Counts.isUnsigned(bucket.cumulativeCount())) {
                return "a bucket's value does not fit into 64 bits";
            }
        }
        return count(histogram.count());
    }

    private static @Nullable String summary(SummaryValue summary) {
        Double count = summary.count();
        boolean summed = summary.sum() != null;
        if (count == null && summed) {
            return "it has a sum and no count";
        }
        if (count != null && count == 0 && !summed) {
            return "it has a count of 0 and no sum";
        }
        return count(count);
    }

    private static @Nullable String count(@Nullable Double count) {
        return count == null || Counts.isUnsigned(count) ? null : "its count does not fit into 64 bits";
    }
}
