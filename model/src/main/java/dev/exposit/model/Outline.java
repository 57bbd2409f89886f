package dev.exposit.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The families of a metric set before their metrics are seen: exposed names and types, in order. A writer that must
 * know early which names will clash, as OpenMetrics 1.0 asks, is given one. Two are equal if they name the same types,
 * in whatever order.
 *
 * @param types types by exposed name, in order
 */
public record Outline(Map<String, MetricType> types) {
    private static final Outline EMPTY = new Outline(Map.of());

    /** Copies the map, in its order. */
    public Outline {
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    /** An outline that knows of no family. */
    public static Outline empty() {
        return EMPTY;
    }

    /** An outline of these names and types, in the map's order. */
    public static Outline of(Map<String, MetricType> types) {
        return new Outline(types);
    }

    /** The outline of a set. */
    public static Outline of(MetricSet set) {
        Map<String, MetricType> types = new LinkedHashMap<>();
        set.forEach(family -> types.put(family.name(), family.type()));
        return new Outline(types);
    }

    /** The type of the family of that exposed name, or null if there is none. */
    public @Nullable MetricType type(String name) {
        return types.get(name);
    }
}
