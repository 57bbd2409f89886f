package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Outline;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a metric set says, as lines that are the same in whatever form a format has them: a histogram has a line for each
 * sample it would be in Prometheus text, whether it is one value or was taken apart. Worked out by simple means that share
 * nothing with the writers.
 */
final class Account {
    /**
     * What a point says.
     *
     * @param samples its samples and start timestamp
     * @param exemplars its exemplars, each with the place where it stands
     * @param nativeBuckets its native buckets, if any
     */
    record Entry(List<String> samples, List<String> exemplars, List<String> nativeBuckets) {}

    /** The families before they were written: names of samples follow from the type that they had there. */
    private final Outline before;

    private final List<Entry> entries = new ArrayList<>();

    private Account(Outline before) {
        this.before = before;
    }

    /** An account of a set that comes from another one. */
    static List<Entry> of(MetricSet set, Outline before) {
        Account account = new Account(before);
        for (MetricFamily family : set) {
            for (Metric metric : family.metrics()) {
                metric.points().forEach(point -> account.add(family, metric.labels(), point));
            }
        }
        return account.entries;
    }

    private void add(MetricFamily family, Labels labels, Point point) {
        Entry entry = new Entry(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        entries.add(entry);
        String name = family.name();
        MetricType known = before.type(name);
        MetricType type = known == null ? family.type() : known;
        Lines lines = new Lines(entry.samples(), labels, point.timestamp());
        String place = name + sorted(labels) + " at " + point.timestamp() + ": ";
        addStart(lines, name, type, point.startTimestamp());
        point.exemplars().forEach(exemplar -> entry.exemplars().add(place + text(exemplar)));
        if (point.value() instanceof NumberValue number) {
            lines.add(name, number.value());
        } else if (point.value() instanceof InfoValue) {
            lines.add(name, 1);
        } else if (point.value() instanceof RawValue raw) {
            lines.add(raw.sampleName(), raw.value());
        } else if (point.value() instanceof StateSetValue states) {
            states.states().forEach(state -> lines.add(name, name, state.name(), state.enabled() ? 1 : 0));
        } else if (point.value() instanceof SummaryValue summary) {
            summary.quantiles()
                    .forEach(quantile -> lines.add(name, "quantile", text(quantile.quantile()), quantile.value()));
            addTotals(lines, name + "_", summary.count(), summary.sum());
        } else if (point.value() instanceof HistogramValue histogram) {
            for (HistogramValue.Bucket bucket : histogram.buckets()) {
                lines.add(name + "_bucket", "le", text(bucket.le()), bucket.cumulativeCount());
                if (bucket.exemplar() != null) {
                    entry.exemplars().add(place + "bucket " + text(bucket.le()) + ' ' + text(bucket.exemplar()));
                }
            }
            addTotals(
                    lines,
                    name + (type == MetricType.GAUGE_HISTOGRAM ? "_g" : "_"),
                    histogram.count(),
                    histogram.sum());
            if (histogram.nativeBuckets() != null) {
                entry.nativeBuckets().add(place + text(histogram.nativeBuckets()));
            }
        }
    }

    private static void addStart(Lines lines, String name, MetricType type, @Nullable Timestamp start) {
        if (start != null) {
            boolean suffixed = type == MetricType.COUNTER && name.endsWith("_total");
            String stem = suffixed ? name.substring(0, name.length() - "_total".length()) : name;
            lines.add(stem + "_created", start.toSeconds());
        }
    }

    private static void addTotals(Lines lines, String prefix, @Nullable Double count, @Nullable Double sum) {
        if (count != null) {
            lines.add(prefix + "count", count);
        }
        if (sum != null) {
            lines.add(prefix + "sum", sum);
        }
    }

    /** The samples of one point. */
    private record Lines(
            List<String> lines, Labels labels, @Nullable Timestamp at) {
        void add(String name, double number) {
            lines.add(name + sorted(labels) + ' ' + number + " at " + at);
        }

        void add(String name, String label, String value, double number) {
            Map<String, String> all = sorted(labels);
            // A label that stands already leaves the sample no way to be written.
            String unwritable = all.put(label, value) == null ? "" : " twice " + label;
            lines.add(name + all + unwritable + ' ' + number + " at " + at);
        }
    }

    /** Labels by name; bounds and quantiles compare as numbers. */
    private static Map<String, String> sorted(Labels labels) {
        Map<String, String> sorted = new TreeMap<>(labels.toMap());
        sorted.computeIfPresent("le", (name, number) -> number(number));
        sorted.computeIfPresent("quantile", (name, number) -> number(number));
        return sorted;
    }

    private static String number(String text) {
        try {
            return Double.toString(Double.parseDouble(text.replace("Inf", "Infinity")));
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static String text(LabelNumber number) {
        return Double.toString(number.value());
    }

    private static String text(Exemplar exemplar) {
        return exemplar.toString();
    }

    /** Buckets that the spans do not name are not told. */
    private static String text(NativeBuckets buckets) {
        return new NativeBuckets(
                        buckets.schema(),
                        buckets.zeroThreshold(),
                        buckets.zeroCount(),
                        unlessEmpty(buckets.positive()),
                        unlessEmpty(buckets.negative()),
                        buckets.customBounds(),
                        buckets.floatCounts())
                .toString();
    }

    private static NativeBuckets.Side unlessEmpty(NativeBuckets.Side side) {
        return side.counts().isEmpty() ? NativeBuckets.Side.none() : side;
    }
}
