package dev.exposit.writer;

import dev.exposit.model.Labels;
import dev.exposit.model.Loss;

/**
 * Finds names that OpenMetrics 2.0 reserves: those that begin with an underscore ("Name" and "Label"). They are written
 * all the same, since names never change unless asked for, and reported, since a strict reader may refuse them.
 */
final class ReservedNames {
    private final Losses losses;

    ReservedNames(Losses losses) {
        this.losses = losses;
    }

    /** Reports a metric's name that is reserved. */
    void reportName(String name, String family) {
        if (name.startsWith("_")) {
            report("name " + name, family);
        }
    }

    /** Reports names of labels that are reserved, but for those that may stand in place of metadata. */
    void reportLabels(Labels labels, String family) {
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.name(i);
            if (isReservedLabel(name)) {
                report("label " + name, family);
            }
        }
    }

    /** Whether a label's name is reserved. */
    static boolean isReservedLabel(String name) {
        return name.startsWith("_") && !name.equals("__type__") && !name.equals("__unit__");
    }

    private void report(String what, String family) {
        losses.add(Loss.Kind.NAME, family, what + " written although it is reserved");
    }
}
