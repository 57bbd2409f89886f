package dev.exposit.model;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metric families of one exposition, in wire order; each name stands once. Immutable and safe for use by several
 * threads, like all of the model.
 */
public final class MetricSet implements Iterable<MetricFamily> {
    private final List<MetricFamily> families;
    /** Null until it is asked for, by whoever trusts the names; threads that race for it make the same. */
    private volatile @Nullable Map<String, MetricFamily> byName;

    private MetricSet(List<MetricFamily> families) {
        this.families = List.copyOf(families);
    }

    private Map<String, MetricFamily> byName() {
        Map<String, MetricFamily> known = byName;
        if (known == null) {
            known = new HashMap<>(families.size() * 2);
            for (MetricFamily family : families) {
                if (known.put(family.name(), family) != null) {
                    throw new IllegalArgumentException("family " + Quoting.quote(family.name()) + " stands twice");
                }
            }
            byName = known;
        }
        return known;
    }

    /**
     * A set of these families.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public static MetricSet of(List<MetricFamily> families) {
        MetricSet set = new MetricSet(families);
        set.byName();
        return set;
    }

    /**
     * A set of these families, for somebody who knows that no two have the same name, as a reader does. That is not looked at
     * before the first {@link #family} or {@link #value}, which would throw what {@link #of(List)} does.
     */
    public static MetricSet ofDistinct(List<MetricFamily> families) {
        return new MetricSet(families);
    }

    /**
     * A set of these families.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public static MetricSet of(MetricFamily... families) {
        return of(List.of(families));
    }

    /** The families in wire order. */
    public List<MetricFamily> families() {
        return families;
    }

    /** The family of that exposed name. */
    public Optional<MetricFamily> family(String name) {
        return Optional.ofNullable(byName().get(name));
    }

    /**
     * The number of the counter, gauge or unknown metric of that name with exactly these labels, given as names and
     * values in turn.
     */
    public Optional<Double> value(String name, String... namesAndValues) {
        return family(name)
                .flatMap(family -> family.metric(namesAndValues))
                .map(Metric::value)
                .filter(NumberValue.class::isInstance)
                .map(value -> ((NumberValue) value).value());
    }

    /** The families in wire order. */
    public Stream<MetricFamily> stream() {
        return families.stream();
    }

    @Override
    public Iterator<MetricFamily> iterator() {
        return families.iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetricSet that && families.equals(that.families);
    }

    @Override
    public int hashCode() {
        return families.hashCode();
    }

    /** The families one after the other, as each prints itself. */
    @Override
    public String toString() {
        return families.stream().map(MetricFamily::toString).collect(Collectors.joining("\n"));
    }
}
