package dev.exposit.parser;

import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.Point;
import java.util.ArrayList;
import java.util.List;

/** Turns the classic histograms of families into ones with custom bounds; exemplars of buckets become the point's. */
final class CustomBuckets {
    private CustomBuckets() {}

    static FamilyPart of(FamilyPart part) {
        List<Metric> metrics = new ArrayList<>();
        for (Metric metric : part.family().metrics()) {
            metrics.add(new Metric(
                    metric.labels(),
                    metric.points().stream().map(CustomBuckets::of).toList()));
        }
        MetricFamily family = new MetricFamily(part.family().metadata(), metrics);
        return new FamilyPart(family, part.first(), part.last());
    }

    private static Point of(Point point) {
        if (!(point.value() instanceof HistogramValue histogram)
                || histogram.buckets().isEmpty()
                || histogram.nativeBuckets() != null
                || histogram.classicDefect().isPresent()) {
            return point;
        }
        List<Exemplar> exemplars = new ArrayList<>(point.exemplars());
        for (HistogramValue.Bucket bucket : histogram.buckets()) {
            Exemplar exemplar = bucket.exemplar();
            if (exemplar != null) {
                exemplars.add(exemplar);
            }
        }
        return new Point(histogram.toCustomBuckets(), point.timestamp(), point.startTimestamp(), exemplars);
    }
}
