package dev.exposit.conformance.conversion;

import dev.exposit.model.DiffOptions;
import dev.exposit.model.DiffOptions.Aspect;
import dev.exposit.model.Difference;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricDiff;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import dev.exposit.writer.NumberText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Whether one set is as good as another, spelling included, which the semantic diff passes over. */
final class Likeness {
    /** What the diff is not to look at for a kind of loss that leaves the rest of the family as it is. */
    private static final Map<Loss.Kind, Set<Aspect>> ASPECTS = Map.of(
            Loss.Kind.TYPE, Set.of(Aspect.TYPES),
            Loss.Kind.UNIT, Set.of(Aspect.UNITS),
            Loss.Kind.HELP, Set.of(Aspect.HELP),
            Loss.Kind.TIMESTAMP, Set.of(Aspect.TIMESTAMPS),
            Loss.Kind.EXEMPLAR, Set.of(Aspect.EXEMPLARS),
            // Start timestamps are families of their own here.
            Loss.Kind.START_TIMESTAMP, Set.of(),
            Loss.Kind.SPELLING, Set.of());

    private Likeness() {}

    /** Whether the second set differs in meaning, or has lost how a number was spelled or that counts are floats. */
    static boolean isChanged(MetricSet before, MetricSet after) {
        if (!MetricDiff.between(before, after).isEmpty()) {
            return true;
        }
        Map<String, String> kept = unseen(after, true);
        return unseen(before, false).entrySet().stream()
                .anyMatch(entry -> !entry.getValue().equals(kept.get(entry.getKey())));
    }

    /**
     * The differences that are not of a family that the report names, or not of a kind that it names for the family. Where a
     * family may have been renamed or taken apart, nothing is said of what became of it.
     */
    static List<Difference> unexplained(MetricSet before, MetricSet after, LossReport losses) {
        Map<String, Set<Loss.Kind>> reported = new TreeMap<>();
        for (Loss loss : losses.losses()) {
            reported.computeIfAbsent(loss.family(), family -> EnumSet.noneOf(Loss.Kind.class))
                    .add(loss.kind());
        }
        Map<String, Set<Loss.Kind>> starts = ofStarts(before, reported);
        starts.forEach((name, kinds) -> reported.merge(name, kinds, Likeness::union));
        boolean unnamed = reported.values().stream()
                .anyMatch(kinds ->
                        kinds.contains(Loss.Kind.TYPE) || !ASPECTS.keySet().containsAll(kinds));
        List<Difference> unexplained = new ArrayList<>();
        for (MetricFamily family : withCreated(before)) {
            Set<Loss.Kind> kinds = reported.getOrDefault(family.name(), Set.of());
            boolean comparable = ASPECTS.keySet().containsAll(kinds)
                    && !starts.getOrDefault(family.name(), Set.of()).contains(Loss.Kind.START_TIMESTAMP)
                    && !(kinds.contains(Loss.Kind.TYPE) && mayLoseItsName(family));
            if (comparable) {
                DiffOptions options = DiffOptions.defaults();
                for (Loss.Kind kind : kinds) {
                    options = options.ignoring(ASPECTS.get(kind).toArray(Aspect[]::new));
                }
                MetricSet left = MetricSet.of(family);
                MetricSet right = withCreated(after)
                        .family(family.name())
                        .map(MetricSet::of)
                        .orElse(MetricSet.of());
                unexplained.addAll(MetricDiff.between(left, right, options).differences());
            }
        }
        if (!unnamed) {
            // No family may be new.
            withCreated(after).stream()
                    .filter(family -> withCreated(before).family(family.name()).isEmpty())
                    .forEach(family -> unexplained.add(new Difference.OfFamily(family.name(), null, family)));
        }
        return unexplained;
    }

    /** Whether the family may be taken apart into samples with names of their own, or be left out as it is empty. */
    private static boolean mayLoseItsName(MetricFamily family) {
        Stream<Value> values = family.metrics().stream()
                .flatMap(metric -> metric.points().stream())
                .map(Point::value);
        return family.metrics().isEmpty()
                || values.anyMatch(value ->
                        value instanceof HistogramValue || value instanceof SummaryValue || value instanceof RawValue);
    }

    /** What was reported of families with start timestamps, by the families that {@link #withCreated} makes of those. */
    private static Map<String, Set<Loss.Kind>> ofStarts(MetricSet before, Map<String, Set<Loss.Kind>> reported) {
        Map<String, Set<Loss.Kind>> created = new TreeMap<>();
        for (MetricFamily family : before) {
            Set<Loss.Kind> kinds = reported.get(family.name());
            if (kinds != null) {
                // Of another type it would have another name.
                Set<Loss.Kind> all =
                        kinds.contains(Loss.Kind.TYPE) ? union(kinds, Set.of(Loss.Kind.START_TIMESTAMP)) : kinds;
                created.merge(stem(family) + SampleRole.CREATED.suffix(), all, Likeness::union);
            }
        }
        return created;
    }

    private static Set<Loss.Kind> union(Set<Loss.Kind> some, Set<Loss.Kind> more) {
        Set<Loss.Kind> union = EnumSet.copyOf(some);
        union.addAll(more);
        return union;
    }

    /**
     * The set with all start timestamps as gauges {@code x_created}, which is how formats write them that have no place for
     * them.
     */
    static MetricSet withCreated(MetricSet set) {
        Map<String, MetricFamily.Builder> families = new LinkedHashMap<>();
        for (MetricFamily family : set) {
            MetricFamily.Builder plain = builder(families, family.name(), family.type(), family.help())
                    .unit(family.unit());
            for (Metric metric : family.metrics()) {
                List<Point> points = new ArrayList<>();
                for (Point point : metric.points()) {
                    points.add(point.startedAt(null));
                    Timestamp start = point.startTimestamp();
                    if (start != null) {
                        Point since = Point.of(start.toSeconds()).at(point.timestamp());
                        String created = stem(family) + SampleRole.CREATED.suffix();
                        builder(families, created, MetricType.GAUGE, family.help())
                                .add(new Metric(metric.labels(), since));
                    }
                }
                plain.add(new Metric(metric.labels(), points));
            }
        }
        return MetricSet.of(
                families.values().stream().map(MetricFamily.Builder::build).toList());
    }

    private static MetricFamily.Builder builder(
            Map<String, MetricFamily.Builder> families, String name, MetricType type, String help) {
        return families.computeIfAbsent(
                name, key -> MetricFamily.builder(name, type).help(help));
    }

    private static String stem(MetricFamily family) {
        String suffix = SampleRole.TOTAL.suffix();
        return family.type() == MetricType.COUNTER && family.name().endsWith(suffix)
                ? family.name().substring(0, family.name().length() - suffix.length())
                : family.name();
    }

    /** What the diff passes over, by place; of numbers that were never spelled as they would be, or nothing. */
    private static Map<String, String> unseen(MetricSet set, boolean spelled) {
        Map<String, String> unseen = new TreeMap<>();
        for (MetricFamily family : set) {
            for (Metric metric : family.metrics()) {
                for (Point point : metric.points()) {
                    String series = new TreeMap<>(metric.labels().withoutEmpty().toMap()).toString();
                    String place = family.name() + series + point.timestamp();
                    add(place, metric.labels(), point.value(), spelled, unseen);
                }
            }
        }
        return unseen;
    }

    private static void add(String place, Labels labels, Value value, boolean spelled, Map<String, String> unseen) {
        for (int i = 0; i < labels.size(); i++) {
            if (labels.value(i).isEmpty()) {
                unseen.put(place + " label " + labels.name(i), "empty");
            }
        }
        for (LabelNumber number : numbers(value)) {
            String spelling = number.spelling();
            if (spelling != null || spelled) {
                unseen.put(
                        place + " number " + number.value(),
                        spelling != null ? spelling : NumberText.of(number.value()));
            }
        }
        NativeBuckets buckets = value instanceof HistogramValue histogram ? histogram.nativeBuckets() : null;
        if (buckets != null) {
            unseen.put(place + " counts", buckets.floatCounts() ? "float" : "integer");
        }
    }

    private static List<LabelNumber> numbers(Value value) {
        if (value instanceof HistogramValue histogram) {
            return histogram.buckets().stream().map(HistogramValue.Bucket::le).toList();
        }
        return value instanceof SummaryValue summary
                ? summary.quantiles().stream()
                        .map(SummaryValue.Quantile::quantile)
                        .toList()
                : List.of();
    }
}
