package dev.exposit.lint;

import dev.exposit.model.Labels;
import dev.exposit.parser.ExpositionReader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a family whose samples are coming in. In Prometheus text they may come in any order, so a metric stays
 * open until its family ends; in a large family only until it is complete. The reader that builds the metrics meanwhile
 * holds as much of them, and bounds it.
 */
final class OpenStates<S extends MetricState> {
    private static final int MANY = 10_000;

    private final Function<Spot, S> begin;
    private final Map<Labels, S> open = new LinkedHashMap<>();
    private int releaseAt = MANY;
    private Labels currentLabels = Labels.of();
    private @Nullable S current;

    OpenStates(Function<Spot, S> begin) {
        this.begin = begin;
    }

    /**
     * The state of the metric that the sample at hand belongs to.
     *
     * @param bound the position of the label that is not the metric's, or -1
     */
    S of(ExpositionReader in, LintedFamily family, int bound) {
        S known = current;
        if (known != null && hasLabels(in, currentLabels, bound)) {
            return known;
        }
        Labels labels = in.toLabels();
        if (bound >= 0) {
            labels = labels.without(in.labelName(bound).toString());
        }
        Labels key = labels.withoutEmpty();
        S state = open.get(key);
        if (state == null) {
            if (open.size() >= releaseAt) {
                release(family.openMetrics);
            }
            state = begin.apply(Spot.of(in));
            open.put(key, state);
        }
        currentLabels = labels;
        current = state;
        return state;
    }

    private static boolean hasLabels(ExpositionReader in, Labels labels, int bound) {
        int count = in.labelCount() - (bound < 0 ? 0 : 1);
        if (labels.size() != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int at = bound >= 0 && i >= bound ? i + 1 : i;
            if (!in.labelName(at).contentEquals(labels.name(i))
                    || !in.labelValue(at).contentEquals(labels.value(i))) {
                return false;
            }
        }
        return true;
    }

    /** Lets go what nothing more is expected of; in OpenMetrics that is all, since a metric's samples stand together. */
    private void release(boolean all) {
        for (Iterator<S> states = open.values().iterator(); states.hasNext(); ) {
            S state = states.next();
            if (all || state.isComplete()) {
                state.finish();
                states.remove();
            }
        }
        // Not again before as much has come as stays: walking all for each metric would take too long.
        releaseAt = Math.max(MANY, 2 * open.size());
    }

    /** Judges the metrics that are still open: the family is over. */
    void finish() {
        open.values().forEach(MetricState::finish);
        open.clear();
        current = null;
        releaseAt = MANY;
    }
}
