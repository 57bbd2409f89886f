package dev.exposit.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts lists where something about their elements changes. */
final class Stretches {
    private Stretches() {}

    /** The longest stretches of neighbours that have the same key. */
    static <T> List<List<T>> of(List<T> elements, Function<T, Object> keyOf) {
        List<List<T>> stretches = new ArrayList<>();
        @Nullable Object before = null;
        for (T element : elements) {
            Object key = keyOf.apply(element);
            if (!key.equals(before)) {
                stretches.add(new ArrayList<>());
            }
            stretches.get(stretches.size() - 1).add(element);
            before = key;
        }
        return stretches;
    }
}
