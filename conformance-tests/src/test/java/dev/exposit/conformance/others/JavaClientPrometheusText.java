package dev.exposit.conformance.others;

import dev.exposit.conformance.others.Finding.Right;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.Timestamp;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the Java client's writer of Prometheus text makes of a snapshot, beside what the snapshot holds. */
final class JavaClientPrometheusText {
    /** In the order in which they apply. */
    static final List<Difference<JavaClientSettings, MetricSnapshot>> DIFFERENCES = List.of(
            new Difference<>(
                    "A metric without points, and a summary's point without count, sum and quantiles, is not written.",
                    Right.BOTH,
                    "Text format details",
                    (settings, snapshot) ->
                            snapshot.getDataPoints().isEmpty() || Points.any(snapshot, Points::isEmptySummary),
                    (expected, settings, snapshot) -> expected.holding(Points.withoutEmpty(expected.families()))),
            new Difference<>(
                    "Names end in the unit and, of counters, in `_total`, whatever was given.",
                    Right.BOTH,
                    "Text format details",
                    (settings, snapshot) -> true,
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(family -> JavaClientModel.named(family, JavaClientOpenMetrics1.name(snapshot)))
                            .toList())),
            new Difference<>(
                    "A gauge `jobs.total` or `jobs.created` is written as `jobs`.",
                    Right.OPEN,
                    "Text format details",
                    (settings, snapshot) -> snapshot instanceof GaugeSnapshot
                            && snapshot.getMetadata().getOriginalName().endsWith(".total"),
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(family -> JavaClientModel.named(
                                    family,
                                    family.name().substring(0, family.name().lastIndexOf('.'))))
                            .toList())),
            new Difference<>(
                    "A help text loses the blanks at its beginning; nothing can keep them.",
                    Right.BOTH,
                    "Comments, help text, and type information",
                    (settings, snapshot) -> snapshot.getMetadata().getHelp() != null,
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(JavaClientPrometheusText::withHelpStripped)
                            .toList())),
            new Difference<>(
                    "Units, exemplars and native buckets are not written; the format has none.",
                    Right.BOTH,
                    "Text format details",
                    (settings, snapshot) -> true,
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                                    .map(JavaClientPrometheusText::withoutUnit)
                                    .toList())
                            .points(Points::withoutNative)
                            .points(Point::withExemplars)),
            new Difference<>(
                    "Starts are gauges `…_created` in milliseconds, with `includeCreatedTimestamps` only, be their points written or not.",
                    Right.OPEN,
                    "Text format details",
                    (settings, snapshot) -> true,
                    (expected, settings, snapshot) -> withCreated(expected, settings, snapshot)),
            new Difference<>(
                    "Infos are gauges of 1, and so are the states of state sets that hold.",
                    Right.BOTH,
                    "Text format details",
                    (settings, snapshot) -> snapshot instanceof InfoSnapshot || snapshot instanceof StateSetSnapshot,
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(JavaClientPrometheusText::asGauge)
                            .toList())),
            new Difference<>(
                    "Gauge histograms, which the format lacks, are histograms without count and sum, beside two gauges.",
                    Right.OPEN,
                    "Histograms and summaries",
                    (settings, snapshot) -> JavaClientModel.type(snapshot) == MetricType.GAUGE_HISTOGRAM
                            && !snapshot.getDataPoints().isEmpty(),
                    (expected, settings, snapshot) -> withGaugesBeside(expected)),
            new Difference<>(
                    "Names of state sets and of their labels are not quoted, whatever they hold.",
                    Right.SPECIFICATION,
                    "Text format details",
                    (settings, snapshot) -> StateSets.needsQuotes(snapshot),
                    (expected, settings, snapshot) -> StateSets.refused(expected)));

    private JavaClientPrometheusText() {}

    private static MetricFamily withHelpStripped(MetricFamily family) {
        Metadata from = family.metadata();
        return new MetricFamily(
                new Metadata(from.name(), from.type(), from.unit(), from.help().stripLeading()), family.metrics());
    }

    static MetricFamily withoutUnit(MetricFamily family) {
        return family(family, family.name(), family.type(), Metric::point);
    }

    /** Some points of a family's metrics as another family. */
    private static MetricFamily family(
            MetricFamily from, String name, MetricType type, Function<Metric, @Nullable Point> points) {
        MetricFamily.Builder family = MetricFamily.builder(name, type).help(from.help());
        for (Metric metric : from.metrics()) {
            Point point = points.apply(metric);
            if (point != null) {
                family.add(new Metric(metric.labels(), point));
            }
        }
        return family.build();
    }

    private static Expectation withCreated(Expectation expected, JavaClientSettings settings, MetricSnapshot snapshot) {
        Expectation without = expected.points(point -> point.startedAt(null));
        boolean has = snapshot instanceof CounterSnapshot
                || snapshot instanceof HistogramSnapshot
                || snapshot instanceof SummarySnapshot;
        if (!settings.createdTimestamps() || !has) {
            return without;
        }
        String name = JavaClientOpenMetrics1.name(snapshot);
        String base = snapshot instanceof CounterSnapshot ? name.substring(0, name.length() - "_total".length()) : name;
        List<MetricFamily> families = new ArrayList<>(without.families());
        families.add(family(
                withHelpStripped(JavaClientModel.of(snapshot)), base + "_created", MetricType.GAUGE, metric -> {
                    Timestamp start = metric.point().startTimestamp();
                    return start == null ? null : number(metric.point(), (double) start.toMillis());
                }));
        return without.holding(
                families.stream().filter(one -> !one.metrics().isEmpty()).toList());
    }

    private static Point number(Point point, @Nullable Double value) {
        return Point.of(new NumberValue(value == null ? Double.NaN : value)).at(point.timestamp());
    }

    static MetricFamily asGauge(MetricFamily family) {
        MetricFamily.Builder gauge =
                MetricFamily.builder(family.name(), MetricType.GAUGE).help(family.help());
        for (Metric metric : family.metrics()) {
            if (metric.value() instanceof StateSetValue states) {
                for (StateSetValue.State state : states.states()) {
                    gauge.add(new Metric(
                            with(metric.labels(), family.name(), state.name()),
                            number(metric.point(), state.enabled() ? 1.0 : 0.0)));
                }
            } else {
                gauge.add(new Metric(metric.labels(), number(metric.point(), 1.0)));
            }
        }
        return gauge.build();
    }

    private static Labels with(Labels labels, String name, String value) {
        List<String> pairs = new ArrayList<>();
        labels.forEach(label -> {
            pairs.add(label.name());
            pairs.add(label.value());
        });
        pairs.add(name);
        pairs.add(value);
        return Labels.of(pairs.toArray(String[]::new));
    }

    private static Expectation withGaugesBeside(Expectation expected) {
        List<MetricFamily> families = new ArrayList<>(expected.families());
        MetricFamily family = families.remove(0);
        families.add(family(family, family.name(), MetricType.HISTOGRAM, metric -> {
            HistogramValue value = (HistogramValue) metric.value();
            return Points.withValue(metric.point(), new HistogramValue(null, null, value.buckets(), null));
        }));
        families.add(family(family, family.name() + "_gcount", MetricType.GAUGE, metric -> {
            HistogramValue value = (HistogramValue) metric.value();
            return number(metric.point(), value.count());
        }));
        families.add(family(family, family.name() + "_gsum", MetricType.GAUGE, metric -> {
            HistogramValue value = (HistogramValue) metric.value();
            return value.sum() == null ? null : number(metric.point(), value.sum());
        }));
        return expected.holding(
                families.stream().filter(one -> !one.metrics().isEmpty()).toList());
    }
}
