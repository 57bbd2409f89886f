package dev.exposit.conformance.others;

import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ErrorCode;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A histogram or summary as samples whose names have suffixes, as a reader of OpenMetrics 2.0 understands them. */
final class SuffixedSamples {
    private final JavaClientSettings settings;
    private final MetricFamily family;
    /** The metrics of each name. */
    private final Map<String, List<Metric>> byName = new LinkedHashMap<>();

    private String last;
    private boolean comesBack;

    private SuffixedSamples(JavaClientSettings settings, MetricFamily family) {
        this.settings = settings;
        this.family = family;
        this.last = family.name();
        byName.put(family.name(), new ArrayList<>());
    }

    /** What becomes of an expectation that holds the snapshot's family, if it is written at all. */
    static Expectation of(Expectation expected, JavaClientSettings settings, MetricSnapshot snapshot) {
        if (expected.families().isEmpty()) {
            return expected;
        }
        SuffixedSamples samples =
                new SuffixedSamples(settings, expected.families().get(0));
        if (snapshot instanceof HistogramSnapshot histogram) {
            histogram.getDataPoints().forEach(point -> samples.addHistogram(point, histogram.isGaugeHistogram()));
        } else if (snapshot instanceof SummarySnapshot summary) {
            summary.getDataPoints().stream()
                    .filter(point -> !Points.isEmptySummary(point))
                    .forEach(samples::addSummary);
        }
        return samples.change(expected);
    }

    private Expectation change(Expectation expected) {
        boolean refused = !byName.get(family.name()).isEmpty();
        List<MetricFamily> families = new ArrayList<>();
        byName.forEach((name, metrics) -> families.add(
                name.equals(family.name())
                        ? new MetricFamily(family.metadata(), List.of())
                        : add(MetricFamily.builder(name, MetricType.UNKNOWN), metrics)));
        Expectation changed = expected.holding(families);
        if (refused) {
            changed = changed.refused(ErrorCode.UNEXPECTED_SAMPLE);
        }
        return comesBack ? changed.refused(ErrorCode.FAMILY_REOPENED) : changed;
    }

    private static MetricFamily add(MetricFamily.Builder family, List<Metric> metrics) {
        metrics.forEach(family::add);
        return family.build();
    }

    private void addHistogram(HistogramDataPointSnapshot point, boolean gauge) {
        ClassicHistogramBuckets buckets = point.getClassicBuckets().isEmpty()
                ? ClassicHistogramBuckets.of(new double[] {Double.POSITIVE_INFINITY}, new long[] {point.getCount()})
                : point.getClassicBuckets();
        Exemplars exemplars = point.getExemplars();
        double count = 0;
        double lower = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < buckets.size(); i++) {
            double bound = buckets.getUpperBound(i);
            count += buckets.getCount(i);
            add("_bucket", point, "le", bound, count, exemplars.get(lower, bound));
            lower = bound;
        }
        String g = gauge ? "g" : "";
        if (point.hasSum()) {
            add("_" + g + "count", point, null, 0, count, onAll(exemplars.getLatest()));
            add("_" + g + "sum", point, null, 0, point.getSum(), null);
        }
        addCreated(point);
    }

    private void addSummary(SummaryDataPointSnapshot point) {
        point.getQuantiles()
                .forEach(quantile -> add("", point, "quantile", quantile.getQuantile(), quantile.getValue(), null));
        if (point.hasCount()) {
            add(
                    "_count",
                    point,
                    null,
                    0,
                    (double) point.getCount(),
                    onAll(point.getExemplars().getLatest()));
        }
        if (point.hasSum()) {
            add("_sum", point, null, 0, point.getSum(), null);
        }
        addCreated(point);
    }

    private void addCreated(DataPointSnapshot point) {
        Timestamp start = JavaClientModel.start(point);
        if (settings.createdTimestamps() && start != null) {
            add("_created", point, null, 0, start.toSeconds(), null);
        }
    }

    private io.prometheus.metrics.model.snapshots.@Nullable Exemplar onAll(
            io.prometheus.metrics.model.snapshots.@Nullable Exemplar exemplar) {
        return settings.exemplarsOnAllTypes() ? exemplar : null;
    }

    private void add(
            String suffix,
            DataPointSnapshot point,
            @Nullable String label,
            double bound,
            double value,
            io.prometheus.metrics.model.snapshots.@Nullable Exemplar exemplar) {
        String name = family.name() + suffix;
        comesBack |= !name.equals(last) && byName.containsKey(name);
        last = name;
        List<Exemplar> exemplars = exemplar == null ? List.of() : List.of(JavaClientModel.exemplar(exemplar));
        byName.computeIfAbsent(name, n -> new ArrayList<>())
                .add(new Metric(
                        labels(JavaClientModel.labels(point.getLabels()), label, bound),
                        new Point(new NumberValue(value), JavaClientModel.timestamp(point), null, exemplars)));
    }

    private static Labels labels(Labels labels, @Nullable String label, double bound) {
        if (label == null) {
            return labels;
        }
        List<String> pairs = new ArrayList<>();
        labels.forEach(pair -> {
            pairs.add(pair.name());
            pairs.add(pair.value());
        });
        pairs.add(label);
        pairs.add(bound == Double.POSITIVE_INFINITY ? "+Inf" : Double.toString(bound));
        return Labels.of(pairs.toArray(String[]::new));
    }
}
