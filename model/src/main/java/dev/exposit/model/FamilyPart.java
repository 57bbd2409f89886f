package dev.exposit.model;

import java.util.Objects;

/**
 * A piece of a metric family on its way from a reader to a writer. A family that fits into memory comes in one piece,
 * which is both the first and the last; a larger one in several, each with the same metadata.
 *
 * @param family the metadata, and the metrics of this piece
 * @param first whether no piece of the family came before
 * @param last whether no piece of the family follows
 */
public record FamilyPart(MetricFamily family, boolean first, boolean last) {
    /** Refuses a null family. */
    public FamilyPart {
        Objects.requireNonNull(family, "family");
    }

    /** A family in one piece. */
    public static FamilyPart whole(MetricFamily family) {
        return new FamilyPart(family, true, true);
    }

    /** Whether this is the whole family. */
    public boolean isWhole() {
        return first && last;
    }
}
