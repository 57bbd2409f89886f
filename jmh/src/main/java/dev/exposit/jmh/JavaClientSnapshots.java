package dev.exposit.jmh;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.NumberValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Value;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Our model as the Prometheus Java client's, as far as Prometheus text goes: numbers, classic histograms, summaries.
 * Anything else, which a file of the user's may have, is refused.
 */
final class JavaClientSnapshots {
    private JavaClientSnapshots() {}

    static MetricSnapshots of(MetricSet model) {
        return new MetricSnapshots(
                model.stream().map(JavaClientSnapshots::family).toList());
    }

    private static MetricSnapshot family(MetricFamily family) {
        return switch (family.type()) {
            case COUNTER -> counter(family);
            case GAUGE ->
                new GaugeSnapshot(
                        metadata(family),
                        points(family, (labels, value) -> new GaugeDataPointSnapshot(number(value), labels, null)));
            case HISTOGRAM -> new HistogramSnapshot(metadata(family), points(family, JavaClientSnapshots::histogram));
            case SUMMARY -> new SummarySnapshot(metadata(family), points(family, JavaClientSnapshots::summary));
            case UNKNOWN ->
                new UnknownSnapshot(
                        metadata(family),
                        points(family, (labels, value) -> new UnknownDataPointSnapshot(number(value), labels, null)));
            default -> throw new IllegalArgumentException(family.name() + " is a " + family.type());
        };
    }

    /** By the builder, which knows how names and {@code _total} go together. */
    private static CounterSnapshot counter(MetricFamily family) {
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder().name(family.name()).help(family.help());
        for (Metric metric : family.metrics()) {
            counter.dataPoint(new CounterDataPointSnapshot(number(metric.value()), labels(metric.labels()), null, 0));
        }
        return counter.build();
    }

    private static MetricMetadata metadata(MetricFamily family) {
        return new MetricMetadata(family.name(), family.help());
    }

    private static <P> List<P> points(MetricFamily family, BiFunction<Labels, Value, P> point) {
        List<P> points = new ArrayList<>(family.metrics().size());
        for (Metric metric : family.metrics()) {
            points.add(point.apply(labels(metric.labels()), metric.value()));
        }
        return points;
    }

    private static Labels labels(dev.exposit.model.Labels labels) {
        String[] pairs = new String[2 * labels.size()];
        for (int i = 0; i < labels.size(); i++) {
            pairs[2 * i] = labels.name(i);
            pairs[2 * i + 1] = labels.value(i);
        }
        return Labels.of(pairs);
    }

    private static double number(Value value) {
        return ((NumberValue) value).value();
    }

    private static HistogramDataPointSnapshot histogram(Labels labels, Value value) {
        HistogramValue histogram = (HistogramValue) value;
        List<HistogramValue.Bucket> buckets = histogram.buckets();
        double[] bounds = new double[buckets.size()];
        long[] counts = new long[buckets.size()];
        double before = 0;
        for (int i = 0; i < bounds.length; i++) {
            double count = buckets.get(i).cumulativeCount();
            bounds[i] = buckets.get(i).upperBound();
            counts[i] = (long) (count - before);
            before = count;
        }
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(bounds, counts), orNaN(histogram.sum()), labels, Exemplars.EMPTY, 0);
    }

    private static SummaryDataPointSnapshot summary(Labels labels, Value value) {
        SummaryValue summary = (SummaryValue) value;
        List<Quantile> quantiles = new ArrayList<>();
        for (SummaryValue.Quantile quantile : summary.quantiles()) {
            quantiles.add(new Quantile(quantile.quantile().value(), quantile.value()));
        }
        // Less than 0 and NaN are how the client says that there is none.
        long count = summary.count() == null ? -1 : summary.count().longValue();
        return new SummaryDataPointSnapshot(
                count, orNaN(summary.sum()), Quantiles.of(quantiles), labels, Exemplars.EMPTY, 0);
    }

    private static double orNaN(@Nullable Double number) {
        return number == null ? Double.NaN : number;
    }
}
