package dev.exposit.lint;

import dev.exposit.format.EscapingScheme;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Names, and which of them one escaping scheme or another makes equal. */
final class Collisions {
    private static final List<EscapingScheme> SCHEMES =
            List.of(EscapingScheme.UNDERSCORES, EscapingScheme.DOTS, EscapingScheme.VALUES);

    /**
     * Two names that become one.
     *
     * @param other the name met before
     * @param escaped what both become
     * @param scheme how
     */
    record Collision(String other, String escaped, EscapingScheme scheme) {}

    private final BiFunction<EscapingScheme, String, String> escape;
    /** Names that no scheme changes. */
    private final Set<String> plain = new HashSet<>();
    /** For each scheme, names that it changes by what it makes of them. */
    private final Map<EscapingScheme, Map<String, String>> escaped = new EnumMap<>(EscapingScheme.class);

    Collisions(BiFunction<EscapingScheme, String, String> escape) {
        this.escape = escape;
        SCHEMES.forEach(scheme -> escaped.put(scheme, new HashMap<>()));
    }

    /** Adds a name; answers a name before it that it collides with, or null. */
    @Nullable
    Collision add(String name) {
        Collision found = null;
        for (EscapingScheme scheme : SCHEMES) {
            Map<String, String> changed = escaped.getOrDefault(scheme, Map.of());
            String target = escape.apply(scheme, name);
            String other;
            if (target.equals(name)) {
                plain.add(name);
                other = changed.get(name);
            } else {
                other = changed.putIfAbsent(target, name);
                other = other == null && plain.contains(target) ? target : other;
            }
            if (found == null && other != null && !other.equals(name)) {
                found = new Collision(other, target, scheme);
            }
        }
        return found;
    }

    int size() {
        return plain.size()
                + escaped.getOrDefault(EscapingScheme.UNDERSCORES, Map.of()).size();
    }
}
