package dev.exposit.model;

import dev.exposit.model.DiffOptions.Aspect;
import dev.exposit.model.Facts.Fact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares the series of two families of the same name. Points are grouped by what must be the same for them to be
 * compared at all; mostly a group has one point on either side. Groups are found by hash, and only those that differ
 * are sorted.
 */
final class SeriesComparison {
    /**
     * What tells series apart.
     *
     * @param sampleName the name of a sample that could not be assembled, else empty
     * @param labels the labels that are compared
     */
    private record Key(String sampleName, Labels labels) {}

    /** A point and the metric that it is of. */
    private record Entry(Metric metric, Point point) {}

    /** A point and what it says, worked out once for many comparisons. */
    private record Statement(Entry entry, List<Fact> facts) {}

    private static final class Group {
        final List<Entry> left = new ArrayList<>(1);
        final List<Entry> right = new ArrayList<>(1);
    }

    /** A group in which something differs. */
    private record Finding(Labels labels, String sampleName, List<Difference> differences) {
        static final Comparator<Finding> ORDER =
                Comparator.comparing(Finding::labels, Facts::compareSorted).thenComparing(Finding::sampleName);
    }

    private final String family;
    private final DiffOptions options;
    private final Facts facts;
    private final PointComparison points;

    SeriesComparison(String family, DiffOptions options) {
        this.family = family;
        this.options = options;
        this.facts = new Facts(options);
        this.points = new PointComparison(facts);
    }

    /** The differences, by labels. */
    List<Difference> differences(List<Metric> left, List<Metric> right) {
        Map<Key, Group> groups = new HashMap<>();
        forEachPoint(left, (key, entry) -> groupOf(groups, key).left.add(entry));
        forEachPoint(right, (key, entry) -> groupOf(groups, key).right.add(entry));
        List<Finding> findings = new ArrayList<>();
        groups.forEach((key, group) -> {
            if (!isPlainlyEqual(group)) {
                Labels labels = Facts.sorted(key.labels());
                List<Difference> found = compare(labels, group);
                if (!found.isEmpty()) {
                    findings.add(new Finding(labels, key.sampleName(), found));
                }
            }
        });
        findings.sort(Finding.ORDER);
        return findings.stream()
                .flatMap(finding -> finding.differences().stream())
                .toList();
    }

    private interface EntryConsumer {
        void accept(Key key, Entry entry);
    }

    private void forEachPoint(List<Metric> metrics, EntryConsumer consumer) {
        for (Metric metric : metrics) {
            Labels labels = options.key(metric.labels());
            for (Point point : metric.points()) {
                String sampleName = point.value() instanceof RawValue raw ? raw.sampleName() : "";
                consumer.accept(new Key(sampleName, labels), new Entry(metric, point));
            }
        }
    }

    private static Group groupOf(Map<Key, Group> groups, Key key) {
        return groups.computeIfAbsent(key, absent -> new Group());
    }

    /** Spares most points from being taken apart: records that are equal mean the same. */
    private static boolean isPlainlyEqual(Group group) {
        return group.left.size() == 1
                && group.right.size() == 1
                && group.left.get(0).point().equals(group.right.get(0).point());
    }

    private List<Difference> compare(Labels labels, Group group) {
        List<Difference> found = new ArrayList<>();
        if (group.left.isEmpty()) {
            metrics(group.right).forEach(metric -> found.add(new Difference.OfSeries(family, labels, null, metric)));
        } else if (group.right.isEmpty()) {
            metrics(group.left).forEach(metric -> found.add(new Difference.OfSeries(family, labels, metric, null)));
        } else if (group.left.size() == 1 && group.right.size() == 1) {
            // Compared whatever their timestamps: a series that was measured again is still the same series.
            compare(labels, false, group, found);
        } else {
            byTimestamp(group).values().forEach(simultaneous -> compare(labels, true, simultaneous, found));
        }
        return found;
    }

    /** The metrics of these points, each once, in the order of what they say. */
    private List<Metric> metrics(List<Entry> entries) {
        Set<Metric> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Metric> metrics = new ArrayList<>();
        for (Statement statement : statements(entries)) {
            Metric metric = statement.entry().metric();
            if (seen.add(metric)) {
                metrics.add(metric);
            }
        }
        return metrics;
    }

    private Map<@Nullable Timestamp, Group> byTimestamp(Group group) {
        Map<@Nullable Timestamp, Group> groups = new TreeMap<>(Comparator.nullsFirst(Comparator.naturalOrder()));
        for (Entry entry : group.left) {
            groups.computeIfAbsent(time(entry), absent -> new Group()).left.add(entry);
        }
        for (Entry entry : group.right) {
            groups.computeIfAbsent(time(entry), absent -> new Group()).right.add(entry);
        }
        return groups;
    }

    private @Nullable Timestamp time(Entry entry) {
        return options.ignores(Aspect.TIMESTAMPS) ? null : entry.point().timestamp();
    }

    /** Compares points that belong together; one of several is named by its timestamp. */
    private void compare(Labels labels, boolean several, Group group, List<Difference> found) {
        Pairing.pair(
                statements(group.left),
                statements(group.right),
                (a, b) -> facts.compare(a.facts(), b.facts()),
                (a, b) -> differences(labels, null, a, b).isEmpty(),
                (a, b) -> {
                    if (a != null && b != null) {
                        found.addAll(differences(labels, several ? time(a.entry()) : null, a, b));
                    } else {
                        found.add(new Difference.OfPoint(family, labels, point(a), point(b)));
                    }
                });
    }

    private List<Difference> differences(Labels labels, @Nullable Timestamp at, Statement a, Statement b) {
        return points.differences(new PointComparison.Place(family, labels, at), a.facts(), b.facts());
    }

    private List<Statement> statements(List<Entry> entries) {
        return entries.stream()
                .map(entry -> new Statement(entry, facts.of(entry.point())))
                .sorted((a, b) -> facts.compare(a.facts(), b.facts()))
                .toList();
    }

    private static @Nullable Point point(@Nullable Statement statement) {
        return statement == null ? null : statement.entry().point();
    }
}
