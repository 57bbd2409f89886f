package dev.exposit.graphite;

import dev.exposit.model.Labels;
import java.util.Set;

/**
 * Where the labels of a metric go, for all metrics whose labels have the same names in the same order. A source's own
 * labels are in it with their values. Immutable.
 *
 * @param names the names of the metric's labels
 * @param taken the names of all labels that series of the metric have, the source's included
 * @param rest the labels that stand with their names, in order
 * @param placed the labels that stand where a template has them, in its order
 */
@SuppressWarnings("ArrayRecordComponent") // private to this package, never compared
record LabelPlan(String[] names, Set<String> taken, Entry[] rest, Entry[] placed) {
    /**
     * One label.
     *
     * @param name its name; differs from the metric's own if the source has one of that name
     * @param start the name as it is written
     * @param index which of the metric's labels it is, or −1 if it is none
     * @param constant its value if it is none of the metric's; empty if there is no such label
     */
    record Entry(String name, LabelStart start, int index, String constant) {
        /** Whether the label stands before, at the same place as, or behind another. */
        int comparePlace(Entry other) {
            int byKey = start.compareKey(other.start);
            return byKey != 0 ? byKey : name.compareTo(other.name);
        }

        /** The value for a metric. */
        String value(Labels labels) {
            return index < 0 ? constant : labels.value(index);
        }
    }

    /**
     * A label that a series has beyond its metric's.
     *
     * @param label its name
     * @param entry what becomes of it
     * @param at before which of the metric's labels it stands, or −1 if the template has a place for it
     * @param replaces whether it stands instead of that label, which has the same name
     */
    record Extra(String label, Entry entry, int at, boolean replaces) {}

    /** Whether the plan is for a metric with these labels. */
    boolean fits(Labels labels) {
        if (labels.size() != names.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!names[i].equals(labels.name(i))) {
                return false;
            }
        }
        return true;
    }
}
