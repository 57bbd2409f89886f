package dev.exposit.model;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A set of named booleans, in wire order.
 *
 * <p>Specification: OpenMetrics 1.0, "StateSet".
 *
 * @param states the states; each name stands once
 */
public record StateSetValue(List<State> states) implements Value {
    /**
     * One state.
     *
     * @param name the state's name, possibly empty
     * @param enabled whether it is true
     */
    public record State(String name, boolean enabled) {
        /** Refuses a null name. */
        public State {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String toString() {
            return name + '=' + enabled;
        }
    }

    /** Copies the list and refuses a name that stands twice. */
    public StateSetValue {
        states = List.copyOf(states);
        Set<String> names = new HashSet<>();
        for (State state : states) {
            if (!names.add(state.name())) {
                throw new IllegalArgumentException("state " + Quoting.quote(state.name()) + " stands twice");
            }
        }
    }

    @Override
    public String toString() {
        return states.toString();
    }
}
