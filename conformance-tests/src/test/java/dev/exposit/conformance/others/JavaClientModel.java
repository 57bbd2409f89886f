package dev.exposit.conformance.others;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Label;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Snapshots of the Java client as families of our model, with all they hold. */
final class JavaClientModel {
    private JavaClientModel() {}

    static MetricFamily of(MetricSnapshot snapshot) {
        MetricMetadata metadata = snapshot.getMetadata();
        MetricType type = type(snapshot);
        MetricFamily.Builder family = MetricFamily.builder(
                        type == MetricType.INFO
                                ? ending(metadata.getOriginalName(), "_info")
                                : metadata.getOriginalName(),
                        type)
                .help(Objects.requireNonNullElse(metadata.getHelp(), ""))
                .unit(metadata.getUnit() == null ? "" : metadata.getUnit().toString());
        for (DataPointSnapshot point : snapshot.getDataPoints()) {
            family.add(new Metric(labels(point.getLabels()), point(point)));
        }
        return family.build();
    }

    static String ending(String name, String suffix) {
        return name.endsWith(suffix) ? name : name + suffix;
    }

    static MetricType type(MetricSnapshot snapshot) {
        if (snapshot instanceof HistogramSnapshot histogram) {
            return histogram.isGaugeHistogram() ? MetricType.GAUGE_HISTOGRAM : MetricType.HISTOGRAM;
        }
        if (snapshot instanceof CounterSnapshot) {
            return MetricType.COUNTER;
        } else if (snapshot instanceof GaugeSnapshot) {
            return MetricType.GAUGE;
        } else if (snapshot instanceof SummarySnapshot) {
            return MetricType.SUMMARY;
        } else if (snapshot instanceof InfoSnapshot) {
            return MetricType.INFO;
        }
        return snapshot instanceof StateSetSnapshot ? MetricType.STATE_SET : MetricType.UNKNOWN;
    }

    static Labels labels(io.prometheus.metrics.model.snapshots.Labels labels) {
        List<String> pairs = new ArrayList<>();
        labels.forEach(label -> {
            pairs.add(label.getName());
            pairs.add(label.getValue());
        });
        return Labels.of(pairs.toArray(String[]::new));
    }

    static Stream<Label> stream(Labels labels) {
        return StreamSupport.stream(labels.spliterator(), false);
    }

    static Point point(DataPointSnapshot point) {
        return new Point(value(point), timestamp(point), start(point), exemplars(point));
    }

    static @Nullable Timestamp timestamp(DataPointSnapshot point) {
        return point.hasScrapeTimestamp() ? Timestamp.ofMillis(point.getScrapeTimestampMillis()) : null;
    }

    static @Nullable Timestamp start(DataPointSnapshot point) {
        return point.hasCreatedTimestamp() ? Timestamp.ofMillis(point.getCreatedTimestampMillis()) : null;
    }

    private static Value value(DataPointSnapshot point) {
        if (point instanceof CounterSnapshot.CounterDataPointSnapshot counter) {
            return new NumberValue(counter.getValue());
        } else if (point instanceof GaugeSnapshot.GaugeDataPointSnapshot gauge) {
            return new NumberValue(gauge.getValue());
        } else if (point instanceof UnknownSnapshot.UnknownDataPointSnapshot unknown) {
            return new NumberValue(unknown.getValue());
        } else if (point instanceof StateSetSnapshot.StateSetDataPointSnapshot states) {
            return new StateSetValue(states.stream()
                    .map(state -> new StateSetValue.State(state.getName(), state.isTrue()))
                    .toList());
        } else if (point instanceof SummarySnapshot.SummaryDataPointSnapshot summary) {
            return summary(summary);
        } else if (point instanceof HistogramSnapshot.HistogramDataPointSnapshot histogram) {
            return new HistogramValue(
                    (double) histogram.getCount(), sum(histogram), buckets(histogram), nativeBuckets(histogram));
        }
        return new InfoValue();
    }

    private static SummaryValue summary(SummarySnapshot.SummaryDataPointSnapshot point) {
        SummaryValue.Builder summary = SummaryValue.builder();
        if (point.hasCount()) {
            summary.count((double) point.getCount());
        }
        if (point.hasSum()) {
            summary.sum(point.getSum());
        }
        point.getQuantiles().forEach(quantile -> summary.quantile(quantile.getQuantile(), quantile.getValue()));
        return summary.build();
    }

    private static @Nullable Double sum(HistogramSnapshot.HistogramDataPointSnapshot point) {
        return point.hasSum() ? point.getSum() : null;
    }

    private static List<HistogramValue.Bucket> buckets(HistogramSnapshot.HistogramDataPointSnapshot point) {
        HistogramValue.Builder histogram = HistogramValue.builder();
        ClassicHistogramBuckets buckets = point.getClassicBuckets();
        double count = 0;
        for (int i = 0; i < buckets.size(); i++) {
            count += buckets.getCount(i);
            histogram.bucket(buckets.getUpperBound(i), count);
        }
        return histogram.build().buckets();
    }

    private static @Nullable NativeBuckets nativeBuckets(HistogramSnapshot.HistogramDataPointSnapshot point) {
        return point.hasNativeHistogramData()
                ? new NativeBuckets(
                        point.getNativeSchema(),
                        point.getNativeZeroThreshold(),
                        point.getNativeZeroCount(),
                        side(point.getNativeBucketsForPositiveValues()),
                        side(point.getNativeBucketsForNegativeValues()),
                        List.of(),
                        false)
                : null;
    }

    /** Each bucket as a span of its own. */
    private static NativeBuckets.Side side(NativeHistogramBuckets buckets) {
        List<NativeBuckets.Span> spans = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < buckets.size(); i++) {
            spans.add(new NativeBuckets.Span(buckets.getBucketIndex(i) - next, 1));
            next = buckets.getBucketIndex(i) + 1;
            counts.add((double) buckets.getCount(i));
        }
        return new NativeBuckets.Side(spans, counts);
    }

    static List<Exemplar> exemplars(DataPointSnapshot point) {
        List<io.prometheus.metrics.model.snapshots.Exemplar> exemplars = new ArrayList<>();
        if (point instanceof CounterSnapshot.CounterDataPointSnapshot counter) {
            exemplars.add(counter.getExemplar());
        } else if (point instanceof GaugeSnapshot.GaugeDataPointSnapshot gauge) {
            exemplars.add(gauge.getExemplar());
        } else if (point instanceof UnknownSnapshot.UnknownDataPointSnapshot unknown) {
            exemplars.add(unknown.getExemplar());
        } else if (point instanceof SummarySnapshot.SummaryDataPointSnapshot summary) {
            summary.getExemplars().forEach(exemplars::add);
        } else if (point instanceof HistogramSnapshot.HistogramDataPointSnapshot histogram) {
            histogram.getExemplars().forEach(exemplars::add);
        }
        return exemplars.stream()
                .filter(Objects::nonNull)
                .map(JavaClientModel::exemplar)
                .toList();
    }

    static Exemplar exemplar(io.prometheus.metrics.model.snapshots.Exemplar exemplar) {
        return new Exemplar(
                labels(exemplar.getLabels()),
                exemplar.getValue(),
                exemplar.hasTimestamp() ? Timestamp.ofMillis(exemplar.getTimestampMillis()) : null);
    }

    // ---- Changes

    static MetricFamily named(MetricFamily family, String name) {
        MetricFamily.Builder other =
                MetricFamily.builder(name, family.type()).help(family.help()).unit(family.unit());
        family.metrics().forEach(other::add);
        return other.build();
    }

    static MetricFamily points(MetricFamily family, UnaryOperator<Point> change) {
        return new MetricFamily(
                family.metadata(),
                family.metrics().stream()
                        .map(metric -> new Metric(
                                metric.labels(),
                                metric.points().stream().map(change).toList()))
                        .toList());
    }
}
