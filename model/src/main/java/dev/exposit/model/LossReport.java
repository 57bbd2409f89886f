package dev.exposit.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that was lost on the way, one entry for each family and kind.
 *
 * @param losses the entries in the order of their first cases, at most {@link Collector#MAX_ENTRIES}
 * @param total how many cases there were in all, those beyond the entries included
 */
public record LossReport(List<Loss> losses, long total) {
    private static final LossReport NONE = new LossReport(List.of(), 0);

    /** Copies the list. */
    public LossReport {
        losses = List.copyOf(losses);
    }

    /** The report of a way on which nothing was lost. */
    public static LossReport none() {
        return NONE;
    }

    /** Whether nothing was lost. */
    public boolean isEmpty() {
        return total == 0;
    }

    /** A line for each entry, and one for the cases beyond the entries. */
    @Override
    public String toString() {
        long beyond = total - losses.stream().mapToLong(Loss::count).sum();
        return losses.stream().map(Loss::toString).collect(Collectors.joining("\n"))
                + (beyond > 0 ? "\nand in further places (" + beyond + " times)" : "");
    }

    /** Gathers losses; not safe for use by several threads. */
    public static final class Collector {
        /** How many entries are held; further ones are only counted. */
        public static final int MAX_ENTRIES = 10_000;

        private record Key(Loss.Kind kind, String family) {}

        private final Map<Key, Loss> losses = new LinkedHashMap<>();
        private long total;

        /** A collector that has gathered nothing. */
        public Collector() {}

        /** Adds one case. */
        public void add(Loss.Kind kind, String family, String detail) {
            total++;
            Key key = new Key(kind, family);
            Loss known = losses.get(key);
            if (known != null) {
                losses.put(key, new Loss(kind, family, known.detail(), known.count() + 1));
            } else if (losses.size() < MAX_ENTRIES) {
                losses.put(key, new Loss(kind, family, detail, 1));
            }
        }

        /** What was gathered so far. */
        public LossReport report() {
            return total == 0 ? NONE : new LossReport(new ArrayList<>(losses.values()), total);
        }
    }
}
