package dev.exposit.writer;

import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Begins the lines of one family's samples: the name each has, and the label it has beyond those of its metric. */
final class FamilyLines {
    final SampleLines lines;
    private final NameEscaping escaping;
    private final Losses losses;

    private String family = "none";
    private FamilyNames names = new FamilyNames(family, MetricType.UNKNOWN);
    private Labels labels = Labels.of();
    private @Nullable SampleName stateLabel;

    FamilyLines(SampleLines lines, NameEscaping escaping, Losses losses) {
        this.lines = lines;
        this.escaping = escaping;
        this.losses = losses;
    }

    /** Turns to another family. */
    void family(String family, FamilyNames names) {
        this.family = family;
        this.names = names;
        this.stateLabel = null;
    }

    /** The name that samples of a role have. */
    SampleName name(SampleRole role) {
        return names.name(role);
    }

    /** Turns to another metric, whose label names have been escaped; see {@link SampleLines#labels(Labels, boolean)}. */
    void metric(Labels labels, boolean oneLine) throws IOException {
        this.labels = labels;
        lines.labels(labels, oneLine);
    }

    /**
     * Begins the line of a sample, given as in {@link SampleVisitor#sample}.
     *
     * @return false if it has no line, for its metric has a label of that name already; reported as lost
     */
    boolean begin(TextOutput to, SampleRole role, @Nullable LabelNumber number, @Nullable String state)
            throws IOException {
        SampleName name = names.name(role);
        if (number != null) {
            if (standsAlready(PointSamples.numberLabel(role))) {
                return false;
            }
            lines.begin(to, name, role == SampleRole.BUCKET ? SampleName.LE : SampleName.QUANTILE, number);
        } else if (state != null) {
            String label = escaping.labelName(family);
            if (standsAlready(label)) {
                return false;
            }
            lines.begin(to, name, stateLabel(label), state);
        } else {
            lines.begin(to, name);
        }
        return true;
    }

    private boolean standsAlready(String label) {
        if (!labels.contains(label)) {
            return false;
        }
        losses.add(Loss.Kind.SAMPLE, family, "sample left out: its metric " + labels + " has a label " + label);
        return true;
    }

    private SampleName stateLabel(String label) {
        SampleName known = stateLabel;
        if (known == null) {
            escaping.report(family, label, family);
            known = SampleName.ofLabel(label);
            stateLabel = known;
        }
        return known;
    }
}
