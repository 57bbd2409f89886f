package dev.exposit.lint;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import dev.exposit.parser.ExpositionReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the metrics of an earlier scrape: counters that fell, types that changed, series that vanished. */
final class EarlierCheck extends Check {
    private final Bound.Cache bounds = new Bound.Cache();
    /** The earlier families by their exposed names. */
    private final Map<String, EarlierFamily> earlier = new LinkedHashMap<>();

    private final List<Fallen> fallen = new ArrayList<>();
    /** Start times of the family at hand, in seconds since the epoch, as far as something of the metric fell. */
    private final Map<Labels, Double> starts = new HashMap<>();

    /** A family of the earlier scrape. */
    private static final class EarlierFamily {
        final MetricFamily family;
        final Map<Labels, EarlierMetric> metrics = new LinkedHashMap<>();
        /** Where it stands in the later scrape, null as long as it was not met there. */
        @Nullable
        Spot spot;

        boolean newBuckets;

        EarlierFamily(MetricFamily family) {
            this.family = family;
            for (Metric metric : family.metrics()) {
                Point last = metric.points().get(metric.points().size() - 1);
                if (!(last.value() instanceof RawValue)) {
                    metrics.put(metric.labels().withoutEmpty(), new EarlierMetric(last));
                }
            }
        }
    }

    /** A metric of the earlier scrape. */
    private static final class EarlierMetric {
        final Point point;
        boolean seen;
        boolean fell;
        int bucketsSeen;
        private @Nullable Map<LabelNumber, Double> buckets;

        EarlierMetric(Point point) {
            this.point = point;
        }

        List<HistogramValue.Bucket> buckets() {
            return point.value() instanceof HistogramValue histogram ? histogram.buckets() : List.of();
        }

        /** What the bucket of that bound had counted, or null if there was none. */
        @Nullable
        Double bucket(double bound) {
            List<HistogramValue.Bucket> all = buckets();
            // Mostly the buckets are the same in the same order.
            if (bucketsSeen < all.size() && all.get(bucketsSeen).upperBound() == bound) {
                return all.get(bucketsSeen).cumulativeCount();
            }
            Map<LabelNumber, Double> known = buckets;
            if (known == null) {
                known = new HashMap<>();
                for (HistogramValue.Bucket bucket : all) {
                    known.put(bucket.le(), bucket.cumulativeCount());
                }
                buckets = known;
            }
            return known.get(LabelNumber.of(bound));
        }
    }

    /** Something that fell; whether it may have depends on a start time that may come later. */
    private record Fallen(Labels labels, @Nullable Timestamp startBefore, Spot spot, String expected, String got) {}

    EarlierCheck(Findings findings, MetricSet earlier) {
        super(findings);
        for (MetricFamily family : earlier) {
            this.earlier.put(family.name(), new EarlierFamily(family));
        }
    }

    @Override
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {
        EarlierFamily before = earlier.get(family.exposedName());
        if (before == null || role == null) {
            return;
        }
        String boundLabel = family.boundLabel(role);
        int bound = boundLabel == null ? -1 : indexOf(in, boundLabel);
        Labels labels = in.toLabels().withoutEmpty();
        if (boundLabel != null && bound >= 0) {
            labels = labels.without(boundLabel);
        }
        EarlierMetric metric = before.metrics.get(labels);
        if (metric == null) {
            return;
        }
        metric.seen = true;
        if (role == SampleRole.CREATED && metric.fell) {
            starts.put(labels, in.value());
        }
        if (before.family.type() != family.type() || isOlder(in.timestamp(), metric.point.timestamp())) {
            return;
        }
        Double value = role == SampleRole.BUCKET && bound >= 0
                ? bucket(in, before, metric, bound)
                : countedBefore(metric.point.value(), role, family);
        if (value != null && in.value() < value && !metric.fell) {
            metric.fell = true;
            fallen.add(new Fallen(
                    labels,
                    metric.point.startTimestamp(),
                    Spot.of(in, in.valueText()),
                    "at least " + Numbers.text(value) + ", as in the earlier scrape",
                    in.valueText().toString()));
        }
    }

    private static boolean isOlder(@Nullable Timestamp now, @Nullable Timestamp before) {
        return now != null && before != null && now.compareTo(before) < 0;
    }

    private @Nullable Double bucket(ExpositionReader in, EarlierFamily before, EarlierMetric metric, int label) {
        String spelling = in.labelValue(label).toString();
        Double count = metric.bucket(bounds.get(spelling).value());
        if (count == null && !metric.buckets().isEmpty()) {
            before.newBuckets = true;
            findings.add(
                    LintRule.BUCKETS_CHANGED,
                    in,
                    in.labelValue(label),
                    "the bounds of the earlier scrape",
                    "a new one, " + quote(spelling));
        } else if (count != null) {
            metric.bucketsSeen++;
        }
        return count;
    }

    /** The number that must not fall, or null if the sample's may. */
    private static @Nullable Double countedBefore(Value value, SampleRole role, LintedFamily family) {
        // In Prometheus text nothing forbids negative events, which make a sum fall.
        boolean sumMayFall = !family.openMetrics;
        if (value instanceof NumberValue number) {
            return role == SampleRole.TOTAL ? number.value() : null;
        }
        if (value instanceof HistogramValue histogram && family.type() == MetricType.HISTOGRAM) {
            return switch (role) {
                case COUNT -> histogram.count();
                case SUM -> sumMayFall ? null : histogram.sum();
                default -> null;
            };
        }
        if (value instanceof SummaryValue summary) {
            return switch (role) {
                case COUNT -> summary.count();
                case SUM -> sumMayFall ? null : summary.sum();
                default -> null;
            };
        }
        return null;
    }

    @Override
    void leave(LintedFamily family) {
        for (Fallen it : fallen) {
            Timestamp startBefore = it.startBefore;
            Double start = starts.get(it.labels);
            if (startBefore == null || start == null) {
                findings.add(LintRule.COUNTER_FELL, it.spot, it.expected + ", or a start time since", it.got);
            } else if (start <= startBefore.toSeconds()) {
                findings.add(LintRule.COUNTER_FELL_UNRESET, it.spot, it.expected + ", or a later start time", it.got);
            }
        }
        fallen.clear();
        starts.clear();
        EarlierFamily before = earlier.get(family.exposedName());
        if (before != null && before.spot == null) {
            before.spot = family.spot;
            MetricType type = before.family.type();
            if (type != family.type()) {
                findings.add(
                        LintRule.TYPE_CHANGED,
                        family.spot,
                        "type " + type.keyword() + " for " + quote(family.wireName) + ", as in the earlier scrape",
                        family.type().keyword());
            }
        }
    }

    @Override
    void end() {
        for (EarlierFamily before : earlier.values()) {
            findings.enterFamily();
            Spot spot = before.spot;
            if (spot == null) {
                String name = quote(before.family.name());
                int series = before.family.metrics().size();
                String got = series == 1 ? "none of its 1 series" : "none of its " + series + " series";
                findings.add(LintRule.SERIES_VANISHED, Spot.NOWHERE, "family " + name + " of the earlier scrape", got);
                continue;
            }
            before.metrics.forEach((labels, metric) -> judge(before, spot, labels, metric));
        }
    }

    private void judge(EarlierFamily before, Spot spot, Labels labels, EarlierMetric metric) {
        if (!metric.seen) {
            String series = before.family.name() + (labels.isEmpty() ? "" : labels.toString());
            findings.add(LintRule.SERIES_VANISHED, spot, quote(series) + " of the earlier scrape", "nothing");
        } else if (!before.newBuckets
                && metric.bucketsSeen > 0
                && metric.bucketsSeen < metric.buckets().size()) {
            findings.add(
                    LintRule.BUCKETS_CHANGED,
                    spot,
                    metric.buckets().size() + " buckets, as in the earlier scrape",
                    metric.bucketsSeen + " of them");
        }
    }
}
