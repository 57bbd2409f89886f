package dev.exposit.parser;

import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The states of one stateset, gathered sample by sample where each state has a metric of its own, as in OpenMetrics 2.0.
 *
 * <p>Specification: OpenMetrics 2.0, "StateSet".
 */
final class States {
    /** A sample with all its labels; those with empty values need not be the same for all states of a metric. */
    private record Sample(String state, Labels labels, Point point) {}

    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    /** The state at hand, null at the beginning. */
    private @Nullable String current;

    /** Makes a state the one at hand; false if it was left before. */
    boolean enter(String state) {
        if (state.equals(current)) {
            return true;
        }
        if (!known.add(state)) {
            return false;
        }
        current = state;
        return true;
    }

    /** The last point of the state at hand, or null if it has none. */
    @Nullable
    Point last() {
        Sample last = samples.isEmpty() ? null : samples.get(samples.size() - 1);
        return last != null && last.state.equals(current) ? last.point : null;
    }

    /** Adds a point, which has a number for its value, to the state at hand. */
    void add(Labels labels, Point point) {
        samples.add(new Sample(Objects.requireNonNull(current, "a state"), labels, point));
    }

    void clear() {
        samples.clear();
        known.clear();
        current = null;
    }

    /**
     * Makes one metric of all states: those of one time are a point. Where some have a time and others not, or those of a point
     * began at different times, they are no metric but raw samples.
     */
    void finish(Labels labels, String familyName, List<Metric> metrics, List<Metric> raw) {
        if (samples.isEmpty()) {
            return;
        }
        Map<Timestamp, List<Sample>> timed = new TreeMap<>();
        List<Sample> untimed = new ArrayList<>();
        for (Sample sample : samples) {
            Timestamp timestamp = sample.point.timestamp();
            if (timestamp == null) {
                untimed.add(sample);
            } else {
                timed.computeIfAbsent(timestamp, time -> new ArrayList<>()).add(sample);
            }
        }
        List<List<Sample>> byTime = new ArrayList<>(timed.values());
        if (!untimed.isEmpty()) {
            byTime.add(untimed);
        }
        boolean fits = (untimed.isEmpty() || timed.isEmpty()) && byTime.stream().allMatch(States::haveOneStart);
        if (fits) {
            metrics.add(new Metric(labels, byTime.stream().map(States::point).toList()));
        } else {
            samples.forEach(sample -> raw.add(raw(sample.labels, familyName, sample.point)));
        }
    }

    private static boolean haveOneStart(List<Sample> samples) {
        Timestamp start = samples.get(0).point.startTimestamp();
        return samples.stream().allMatch(sample -> Objects.equals(sample.point.startTimestamp(), start));
    }

    private static Point point(List<Sample> samples) {
        List<StateSetValue.State> states = new ArrayList<>(samples.size());
        List<Exemplar> exemplars = new ArrayList<>(0);
        for (Sample sample : samples) {
            states.add(new StateSetValue.State(sample.state, isOn(sample.point)));
            exemplars.addAll(sample.point.exemplars());
        }
        Point first = samples.get(0).point;
        return new Point(new StateSetValue(states), first.timestamp(), first.startTimestamp(), exemplars);
    }

    private static boolean isOn(Point point) {
        return number(point) == 1;
    }

    private static double number(Point point) {
        return ((NumberValue) point.value()).value();
    }

    private static Metric raw(Labels labels, String name, Point point) {
        RawValue value = new RawValue(name, number(point));
        return new Metric(labels, new Point(value, point.timestamp(), point.startTimestamp(), point.exemplars()));
    }
}
