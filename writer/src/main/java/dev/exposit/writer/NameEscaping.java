package dev.exposit.writer;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.Names;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.SampleRole;
import org.jspecify.annotations.Nullable;

/** Makes names ones that the format can carry, and reports each that it had to change. */
final class NameEscaping {
    private static final int MOST_POSITIONS = 64;

    private final EscapingScheme scheme;
    private final Losses losses;
    /** Names of labels that can be written as they are, by where they stood last: mostly they stand there again. */
    private final @Nullable String[] legacyAt = new @Nullable String[MOST_POSITIONS];

    NameEscaping(EscapingScheme scheme, Losses losses) {
        this.scheme = scheme;
        this.losses = losses;
    }

    /** A metric name as it will be written; nothing is reported. */
    String metricName(String name) {
        return scheme.escapeMetricName(name);
    }

    /** A label name as it will be written; nothing is reported. */
    String labelName(String name) {
        return scheme.escapeLabelName(name);
    }

    /** Whether all names are written as they are. */
    boolean keepsAll() {
        return scheme == EscapingScheme.ALLOW_UTF_8;
    }

    /** Whether the names of labels are written as they are. */
    boolean keeps(Labels labels) {
        return keepsAll() || allLegacy(labels);
    }

    /**
     * The name of a raw sample as it will be written. One that begins with its family's name goes on doing so, whatever
     * the scheme; nothing is reported.
     */
    String rawName(String sampleName, String family) {
        if (sampleName.startsWith(family)) {
            String rest = sampleName.substring(family.length());
            for (SampleRole role : SampleRole.values()) {
                if (rest.equals(role.suffix())) {
                    return metricName(family) + rest;
                }
            }
        }
        return metricName(sampleName);
    }

    /** Reports a name that was changed; does nothing if it was not. */
    void report(String name, String written, String family) {
        if (!name.equals(written)) {
            losses.add(Loss.Kind.NAME, family, "name " + name + " written " + written);
        }
    }

    /**
     * Labels with their names as they will be written, each change reported; the argument itself if there is none.
     *
     * @return null if two names become one
     */
    @Nullable
    Labels labels(Labels labels, String family) {
        if (keeps(labels)) {
            return labels;
        }
        String[] pairs = new String[2 * labels.size()];
        for (int i = 0; i < labels.size(); i++) {
            String written = scheme.escapeLabelName(labels.name(i));
            for (int earlier = 0; earlier < i; earlier++) {
                if (pairs[2 * earlier].equals(written)) {
                    return null;
                }
            }
            pairs[2 * i] = written;
            pairs[2 * i + 1] = labels.value(i);
        }
        for (int i = 0; i < labels.size(); i++) {
            report(labels.name(i), pairs[2 * i], family);
        }
        return Labels.of(pairs);
    }

    private boolean allLegacy(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            if (!isLegacy(labels.name(i), i)) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // other objects are looked at
    private boolean isLegacy(String name, int position) {
        if (position < MOST_POSITIONS && legacyAt[position] == name) {
            return true;
        }
        boolean legacy = Names.isLegacyLabelName(name);
        if (legacy && position < MOST_POSITIONS) {
            legacyAt[position] = name;
        }
        return legacy;
    }
}
