package dev.exposit.model;

import java.util.Objects;

/**
 * Something that a format could not carry, or a number that could not be held exactly.
 *
 * @param kind what was lost or changed
 * @param family the exposed name of the family it belongs to
 * @param detail what became of it, in words, for the first case
 * @param count how many times it happened in this family, at least 1
 */
public record Loss(Kind kind, String family, String detail, long count) {
    /** What can be lost or changed. */
    public enum Kind {
        /** The family was written with another type. */
        TYPE,
        /** The unit was left out. */
        UNIT,
        /** The help text was left out. */
        HELP,
        /** A name was escaped. */
        NAME,
        /** A sample was left out. */
        SAMPLE,
        /** An older point of a metric was left out. */
        POINT,
        /** A timestamp was left out or rounded down. */
        TIMESTAMP,
        /** A start timestamp was left out, rounded or moved to another place. */
        START_TIMESTAMP,
        /** An exemplar was left out or moved to another place. */
        EXEMPLAR,
        /** Native buckets were left out or turned into classic ones. */
        NATIVE_BUCKETS,
        /** A bound or quantile is spelled in another way than it was read; the number is the same. */
        SPELLING,
        /** A number lost digits when read. */
        DIGITS
    }

    /** Refuses null parts. */
    public Loss {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(detail, "detail");
    }

    @Override
    public String toString() {
        return Quoting.metricName(family) + ": " + detail + (count == 1 ? "" : " (" + count + " times)");
    }
}
