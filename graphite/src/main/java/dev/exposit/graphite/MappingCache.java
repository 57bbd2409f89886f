package dev.exposit.graphite;

import dev.exposit.graphite.GraphiteMapping.Mapped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping made of the paths looked up last: with tags a path stands in many lines, and regular expressions take their
 * time. Not safe for use by several threads.
 */
final class MappingCache {
    private static final int MOST = 10_000;

    private final GraphiteMapping mapping;
    private final Map<String, Optional<Mapped>> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Mapped>> eldest) {
            return size() > MOST;
        }
    };

    MappingCache(GraphiteMapping mapping) {
        this.mapping = mapping;
    }

    /** As {@link GraphiteMapping#map}. */
    @Nullable
    Mapped map(String path) {
        Optional<Mapped> mapped = known.get(path);
        if (mapped == null) {
            mapped = Optional.ofNullable(mapping.map(path));
            known.put(path, mapped);
        }
        return mapped.orElse(null);
    }
}
