package dev.exposit.lint;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import dev.exposit.parser.ByteView;
import dev.exposit.parser.Composite;
import dev.exposit.parser.Composite.Part;
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
        /** The later start time, in seconds since the epoch. */
        @Nullable
        Double start;

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
    private record Fallen(EarlierMetric metric, Spot spot, String expected, String got) {}

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
        EarlierMetric metric = comparable(in, family, before, labels);
        if (metric == null) {
            return;
        }
        if (role == SampleRole.CREATED) {
            takeStart(in, metric, in.value(), in.valueText());
        }
        takeStart(in, metric);
        Double value = role == SampleRole.BUCKET && bound >= 0
                ? bucket(in, before, metric, in.labelValue(bound))
                : countedBefore(metric.point.value(), role, family);
        boolean rises = role != SampleRole.BUCKET || family.type() == MetricType.HISTOGRAM;
        if (rises && value != null && in.value() < value) {
            fell(in, metric, value, in.valueText());
        }
    }

    @Override
    void composite(ExpositionReader in, LintedFamily family, Composite composite) {
        EarlierFamily before = earlier.get(family.exposedName());
        if (before == null) {
            return;
        }
        Labels labels = in.toLabels().withoutEmpty();
        EarlierMetric metric = comparable(in, family, before, labels);
        if (metric == null) {
            return;
        }
        takeStart(in, metric);
        if (metric.point.value() instanceof SummaryValue summary) {
            compare(in, metric, summary.count(), composite.count(), composite.text(Part.COUNT, 0));
            compare(in, metric, summary.sum(), composite.sum(), composite.text(Part.SUM, 0));
        } else if (metric.point.value() instanceof HistogramValue histogram) {
            boolean rises = family.type() == MetricType.HISTOGRAM;
            if (rises) {
                // A sum may fall: nothing forbids negative events.
                compare(in, metric, histogram.count(), composite.count(), composite.text(Part.COUNT, 0));
            }
            metric.bucketsSeen = 0;
            for (int i = 0; i < composite.bucketCount(); i++) {
                Double count = bucket(in, before, metric, composite.upperBound(i), composite.text(Part.BOUND, i));
                if (rises) {
                    compare(in, metric, count, composite.cumulativeCount(i), composite.text(Part.VALUE, i));
                }
            }
            NativeBuckets then = histogram.nativeBuckets();
            NativeBuckets now = composite.nativeBuckets();
            if (rises && then != null && now != null && haveSameBounds(then, now)) {
                compare(in, metric, then.zeroCount(), now.zeroCount(), composite.text(Part.ZERO_COUNT, 0));
                compare(in, metric, then.negative(), now.negative(), composite, Part.NEGATIVE_BUCKET);
                compare(in, metric, then.positive(), now.positive(), composite, Part.POSITIVE_BUCKET);
            }
        }
    }

    /** The earlier metric of those labels, or null if there was none or it cannot be compared with the sample at hand. */
    private static @Nullable EarlierMetric comparable(
            ExpositionReader in, LintedFamily family, EarlierFamily before, Labels labels) {
        EarlierMetric metric = before.metrics.get(labels);
        if (metric == null) {
            return null;
        }
        metric.seen = true;
        boolean older = isOlder(in.timestamp(), metric.point.timestamp());
        return before.family.type() != family.type() || older ? null : metric;
    }

    /** Resolutions may change at any time, and events then move from bucket to bucket. */
    private static boolean haveSameBounds(NativeBuckets then, NativeBuckets now) {
        return then.schema() == now.schema() && then.zeroThreshold() == now.zeroThreshold();
    }

    private void compare(
            ExpositionReader in,
            EarlierMetric metric,
            NativeBuckets.Side then,
            NativeBuckets.Side now,
            Composite composite,
            Part part) {
        Map<Long, Integer> places = places(now);
        places(then).forEach((index, place) -> {
            double before = then.counts().get(place);
            Integer placeNow = places.get(index);
            if (placeNow == null) {
                compare(in, metric, before, 0, null);
            } else {
                compare(in, metric, before, now.counts().get(placeNow), composite.text(part, placeNow));
            }
        });
    }

    /** Where in the list of counts each bucket stands, by its index. */
    private static Map<Long, Integer> places(NativeBuckets.Side side) {
        Map<Long, Integer> places = new LinkedHashMap<>();
        long index = 0;
        for (NativeBuckets.Span span : side.spans()) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++) {
                places.put(index++, places.size());
            }
        }
        return places;
    }

    private void compare(
            ExpositionReader in, EarlierMetric metric, @Nullable Double before, double now, @Nullable ByteView at) {
        if (before != null && now < before) {
            fell(in, metric, before, at);
        }
    }

    private void fell(ExpositionReader in, EarlierMetric metric, double before, @Nullable ByteView at) {
        if (!metric.fell) {
            metric.fell = true;
            fallen.add(new Fallen(
                    metric,
                    Spot.of(in, at),
                    "at least " + Numbers.text(before) + ", as in the earlier scrape",
                    at == null ? "nothing" : at.toString()));
        }
    }

    /** Takes note of a start timestamp in the line of its sample. */
    private void takeStart(ExpositionReader in, EarlierMetric metric) {
        Timestamp start = in.startTimestamp();
        if (start != null) {
            takeStart(in, metric, start.toSeconds(), in.startTimestampText());
        }
    }

    private void takeStart(ExpositionReader in, EarlierMetric metric, double start, ByteView text) {
        metric.start = start;
        Timestamp before = metric.point.startTimestamp();
        if (before != null && start < before.toSeconds()) {
            String expected = "not before " + before + ", as in the earlier scrape";
            findings.add(LintRule.START_FELL, in, text, expected, quote(text.toString()));
        }
    }

    private static boolean isOlder(@Nullable Timestamp now, @Nullable Timestamp before) {
        return now != null && before != null && now.compareTo(before) < 0;
    }

    private @Nullable Double bucket(
            ExpositionReader in, EarlierFamily before, EarlierMetric metric, ByteView spelling) {
        return bucket(in, before, metric, bounds.get(spelling.toString()).value(), spelling);
    }

    private @Nullable Double bucket(
            ExpositionReader in, EarlierFamily before, EarlierMetric metric, double bound, ByteView spelling) {
        Double count = metric.bucket(bound);
        if (count == null && !metric.buckets().isEmpty()) {
            before.newBuckets = true;
            findings.add(
                    LintRule.BUCKETS_CHANGED,
                    in,
                    spelling,
                    "the bounds of the earlier scrape",
                    "a new one, " + quote(spelling.toString()));
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
            Timestamp startBefore = it.metric.point.startTimestamp();
            Double start = it.metric.start;
            if (startBefore == null || start == null) {
                findings.add(LintRule.COUNTER_FELL, it.spot, it.expected + ", or a start time since", it.got);
            } else if (start <= startBefore.toSeconds()) {
                findings.add(LintRule.COUNTER_FELL_UNRESET, it.spot, it.expected + ", or a later start time", it.got);
            }
        }
        fallen.clear();
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
