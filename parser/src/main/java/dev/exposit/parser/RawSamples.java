package dev.exposit.parser;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns points of a family back into the raw samples that they consist of in the text formats.
 *
 * @param type the family's type
 * @param wireName the family's name, which the samples' names begin with
 * @param totalRole what a counter's own sample is in the format: its name has a suffix in OpenMetrics 1.0
 */
record RawSamples(MetricType type, String wireName, SampleRole totalRole) {
    /** Adds the samples of a metric's point; native buckets have none, exemplars of the point go with its count. */
    void takeApart(Labels labels, Point point, List<Metric> raw) {
        boolean gauge = type == MetricType.GAUGE_HISTOGRAM;
        Value value = point.value();
        if (value instanceof NumberValue single) {
            SampleRole role = type == MetricType.COUNTER ? totalRole : SampleRole.VALUE;
            raw.add(raw(labels, wireName + role.suffix(), single.value(), point, point.exemplars()));
        } else if (value instanceof InfoValue) {
            raw.add(raw(labels, wireName + SampleRole.INFO.suffix(), 1, point, List.of()));
        } else if (value instanceof HistogramValue histogram) {
            for (HistogramValue.Bucket bucket : histogram.buckets()) {
                Labels all = labels.with("le", bucket.le().toString());
                Exemplar exemplar = bucket.exemplar();
                List<Exemplar> own = exemplar == null ? List.of() : List.of(exemplar);
                raw.add(raw(all, wireName + SampleRole.BUCKET.suffix(), bucket.cumulativeCount(), point, own));
            }
            addRaw(
                    raw,
                    labels,
                    gauge ? SampleRole.GCOUNT : SampleRole.COUNT,
                    histogram.count(),
                    point,
                    point.exemplars());
            addRaw(raw, labels, gauge ? SampleRole.GSUM : SampleRole.SUM, histogram.sum(), point, List.of());
        } else if (value instanceof SummaryValue summary) {
            for (SummaryValue.Quantile quantile : summary.quantiles()) {
                Labels all = labels.with("quantile", quantile.quantile().toString());
                raw.add(raw(all, wireName, quantile.value(), point, List.of()));
            }
            addRaw(raw, labels, SampleRole.COUNT, summary.count(), point, point.exemplars());
            addRaw(raw, labels, SampleRole.SUM, summary.sum(), point, List.of());
        } else if (value instanceof StateSetValue set) {
            for (StateSetValue.State state : set.states()) {
                Labels all = labels.with(wireName, state.name());
                raw.add(raw(all, wireName, state.enabled() ? 1 : 0, point, List.of()));
            }
        }
        Timestamp created = point.startTimestamp();
        if (created != null) {
            addRaw(raw, labels, SampleRole.CREATED, created.toSeconds(), point, List.of());
        }
    }

    private void addRaw(
            List<Metric> raw,
            Labels labels,
            SampleRole role,
            @Nullable Double value,
            Point point,
            List<Exemplar> exemplars) {
        if (value != null) {
            raw.add(raw(labels, wireName + role.suffix(), value, point, exemplars));
        }
    }

    private static Metric raw(Labels all, String name, double value, Point point, List<Exemplar> exemplars) {
        return new Metric(all, new Point(new RawValue(name, value), point.timestamp(), null, exemplars));
    }
}
