package dev.exposit.grammar;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.SummaryValue;
import java.util.ArrayList;
import java.util.List;

/** What Prometheus text demands of an exposition that could be read: "Histograms and summaries". */
final class PrometheusTextRules {
    private PrometheusTextRules() {}

    /** The rules that a metric set breaks, in words. */
    static List<String> violations(MetricSet metrics) {
        List<String> violations = new ArrayList<>();
        for (MetricFamily family : metrics) {
            for (Metric metric : family.metrics()) {
                String where = ": " + family.name() + metric.labels();
                if (metric.value() instanceof HistogramValue histogram) {
                    check(histogram, where, violations);
                } else if (metric.value() instanceof SummaryValue summary) {
                    List<Double> quantiles = summary.quantiles().stream()
                            .map(quantile -> quantile.quantile().value())
                            .toList();
                    demand(rise(quantiles), "quantiles appear in increasing order" + where, violations);
                }
            }
        }
        return violations;
    }

    private static void demand(boolean rule, String what, List<String> violations) {
        if (!rule) {
            violations.add(what);
        }
    }

    private static void check(HistogramValue histogram, String where, List<String> violations) {
        List<Double> bounds =
                histogram.buckets().stream().map(Bucket::upperBound).toList();
        demand(rise(bounds), "buckets appear in increasing order" + where, violations);
        int infinite = bounds.indexOf(Double.POSITIVE_INFINITY);
        demand(infinite >= 0, "a histogram must have a bucket with {le=\"+Inf\"}" + where, violations);
        Double count = histogram.count();
        if (infinite >= 0 && count != null) {
            double all = histogram.buckets().get(infinite).cumulativeCount();
            // NaN equals nothing, yet neither says that the two differ.
            boolean differ = all < count || all > count;
            demand(!differ, "the +Inf bucket must be identical to the count" + where, violations);
        }
    }

    private static boolean rise(List<Double> numbers) {
        for (int i = 1; i < numbers.size(); i++) {
            if (numbers.get(i) <= numbers.get(i - 1)) {
                return false;
            }
        }
        return true;
    }
}
