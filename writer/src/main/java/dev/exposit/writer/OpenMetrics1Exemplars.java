package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.MetricType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which exemplars OpenMetrics 1.0 can carry, in either of its forms; those that it cannot are reported.
 *
 * <p>Specification: OpenMetrics 1.0, "Exemplars".
 */
final class OpenMetrics1Exemplars {
    private static final int MOST_CODE_POINTS = 128;

    private final NameEscaping escaping;
    private final Losses losses;

    OpenMetrics1Exemplars(NameEscaping escaping, Losses losses) {
        this.escaping = escaping;
        this.losses = losses;
    }

    /** The exemplar of a point in a family of that type: of several the last, and only if it is a counter's. */
    @Nullable
    Exemplar ofPoint(List<Exemplar> exemplars, MetricType type, String family) {
        if (exemplars.isEmpty()) {
            return null;
        }
        boolean allowed = type == MetricType.COUNTER;
        losses.add(
                Loss.Kind.EXEMPLAR,
                family,
                "exemplar left out: "
                        + (allowed ? "a sample has one at most" : "only counters and buckets have exemplars"),
                allowed ? exemplars.size() - 1 : exemplars.size());
        return allowed ? exemplars.get(exemplars.size() - 1) : null;
    }

    /** The labels of an exemplar as they are written, or null if it cannot be. */
    @Nullable
    Labels labels(Exemplar exemplar, String family) {
        Labels escaped = escaping.labels(exemplar.labels(), family);
        if (escaped == null) {
            losses.add(Loss.Kind.EXEMPLAR, family, "exemplar left out: two of its label names fall together");
        } else if (codePoints(escaped) > MOST_CODE_POINTS) {
            losses.add(
                    Loss.Kind.EXEMPLAR,
                    family,
                    "exemplar left out: its labels have more than " + MOST_CODE_POINTS + " characters");
            return null;
        }
        return escaped;
    }

    private static int codePoints(Labels labels) {
        int count = 0;
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.name(i);
            String value = labels.value(i);
            count += name.codePointCount(0, name.length()) + value.codePointCount(0, value.length());
        }
        return count;
    }
}
