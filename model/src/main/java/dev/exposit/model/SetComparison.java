package dev.exposit.model;

import dev.exposit.model.DiffOptions.Aspect;
import dev.exposit.model.Difference.OfMetadata.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two metric sets family by family. */
final class SetComparison {
    private final MetricSet left;
    private final MetricSet right;
    private final DiffOptions options;
    private final List<Difference> found = new ArrayList<>();

    SetComparison(MetricSet left, MetricSet right, DiffOptions options) {
        this.left = left;
        this.right = right;
        this.options = options;
    }

    /** The differences, by family name. */
    List<Difference> differences() {
        TreeSet<String> names = new TreeSet<>();
        left.forEach(family -> names.add(family.name()));
        right.forEach(family -> names.add(family.name()));
        for (String name : names) {
            MetricFamily a = family(left, name);
            MetricFamily b = family(right, name);
            if (a != null && b != null) {
                compare(a, b);
            } else if (a != null || b != null) {
                found.add(new Difference.OfFamily(name, a, b));
            }
        }
        return found;
    }

    /** The family of that name if it is to be compared. */
    private @Nullable MetricFamily family(MetricSet set, String name) {
        boolean ignored = options.ignores(Aspect.CREATED) && isCreatedOfAnother(set, name);
        return ignored ? null : set.family(name).orElse(null);
    }

    private static boolean isCreatedOfAnother(MetricSet set, String name) {
        String suffix = SampleRole.CREATED.suffix();
        if (!name.endsWith(suffix)) {
            return false;
        }
        String base = name.substring(0, name.length() - suffix.length());
        return hasCreated(set, base) || hasCreated(set, base + MetricType.COUNTER.exposedSuffix());
    }

    private static boolean hasCreated(MetricSet set, String name) {
        return set.family(name)
                .filter(family -> family.type().roles().contains(SampleRole.CREATED))
                .isPresent();
    }

    private void compare(MetricFamily a, MetricFamily b) {
        if (!options.ignores(Aspect.TYPES)) {
            compareTexts(a.name(), Item.TYPE, a.type().keyword(), b.type().keyword());
        }
        if (!options.ignores(Aspect.UNITS)) {
            compareTexts(a.name(), Item.UNIT, a.unit(), b.unit());
        }
        if (!options.ignores(Aspect.HELP)) {
            compareTexts(a.name(), Item.HELP, a.help(), b.help());
        }
        boolean sameKind = a.type() == b.type() || !options.ignores(Aspect.TYPES);
        SeriesComparison series = new SeriesComparison(a.name(), options);
        found.addAll(series.differences(
                sameKind ? a.metrics() : withoutStateSets(a), sameKind ? b.metrics() : withoutStateSets(b)));
    }

    private void compareTexts(String family, Item item, String a, String b) {
        if (!a.equals(b)) {
            found.add(new Difference.OfMetadata(family, item, a.isEmpty() ? null : a, b.isEmpty() ? null : b));
        }
    }

    /**
     * The metrics with each state of a stateset as a metric of its own, as formats write them that have no statesets.
     *
     * <p>Specification: OpenMetrics 1.0, "StateSet".
     */
    private static List<Metric> withoutStateSets(MetricFamily family) {
        List<Metric> metrics = new ArrayList<>();
        for (Metric metric : family.metrics()) {
            for (Point point : metric.points()) {
                if (point.value() instanceof StateSetValue states) {
                    for (StateSetValue.State state : states.states()) {
                        metrics.add(new Metric(
                                metric.labels().with(family.name(), state.name()),
                                new Point(
                                        new NumberValue(state.enabled() ? 1 : 0),
                                        point.timestamp(),
                                        point.startTimestamp(),
                                        point.exemplars())));
                    }
                } else {
                    metrics.add(new Metric(metric.labels(), point));
                }
            }
        }
        return metrics;
    }
}
