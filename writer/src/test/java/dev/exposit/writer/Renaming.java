package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A metric set under other names: of families, raw samples and labels, those of exemplars included.
 *
 * @param rename the new name by the old one
 */
record Renaming(UnaryOperator<String> rename) {
    MetricSet of(MetricSet set) {
        return MetricSet.of(set.stream().map(this::of).toList());
    }

    private MetricFamily of(MetricFamily family) {
        Metadata metadata = new Metadata(rename.apply(family.name()), family.type(), family.unit(), family.help());
        return new MetricFamily(
                metadata, family.metrics().stream().map(this::of).toList());
    }

    private Metric of(Metric metric) {
        List<Point> points = new ArrayList<>();
        for (Point point : metric.points()) {
            points.add(point.withValue(of(point.value()))
                    .withExemplars(point.exemplars().stream().map(this::of).toArray(Exemplar[]::new)));
        }
        return new Metric(of(metric.labels()), points);
    }

    private Labels of(Labels labels) {
        String[] pairs = new String[2 * labels.size()];
        for (int i = 0; i < labels.size(); i++) {
            pairs[2 * i] = rename.apply(labels.name(i));
            pairs[2 * i + 1] = labels.value(i);
        }
        return Labels.of(pairs);
    }

    private Exemplar of(Exemplar exemplar) {
        return new Exemplar(of(exemplar.labels()), exemplar.value(), exemplar.timestamp());
    }

    private Value of(Value value) {
        if (value instanceof RawValue raw) {
            return new RawValue(rename.apply(raw.sampleName()), raw.value());
        }
        if (!(value instanceof HistogramValue histogram)) {
            return value;
        }
        List<HistogramValue.Bucket> buckets = new ArrayList<>();
        for (HistogramValue.Bucket bucket : histogram.buckets()) {
            Exemplar exemplar = bucket.exemplar();
            buckets.add(new HistogramValue.Bucket(
                    bucket.le(), bucket.cumulativeCount(), exemplar == null ? null : of(exemplar)));
        }
        return new HistogramValue(histogram.count(), histogram.sum(), buckets, histogram.nativeBuckets());
    }
}
