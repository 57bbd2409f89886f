package dev.exposit.parser;

import dev.exposit.model.Labels;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers series: exactly as long as they are few, by fingerprints of some eight bytes beyond that. Not safe for use by
 * several threads.
 */
public final class SeriesSet {
    private static final int FEW = 1000;

    private record Series(String name, Labels labels) {}

    private final Set<Series> few = new HashSet<>();
    private @Nullable FingerprintSet many;

    /** A set without series. */
    public SeriesSet() {}

    /** Adds a series, labels with empty values left out; false if it was there before. */
    public boolean add(String name, Labels labels) {
        Series series = new Series(name, labels.withoutEmpty());
        if (few.size() < FEW) {
            return few.add(series);
        }
        FingerprintSet others = many;
        if (others == null) {
            others = new FingerprintSet();
            many = others;
        }
        return !few.contains(series) && others.add(name, labels);
    }
}
