package dev.exposit.parser;

import dev.exposit.model.Labels;
import org.jspecify.annotations.Nullable;

/** A label set as a key, labels with empty values left out, with the fingerprint that {@link LabelSets} had for it. */
record SeriesKey(long fingerprint, Labels labels) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SeriesKey that
                && fingerprint == that.fingerprint
                && SeriesTable.isSame(labels, that.labels);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(fingerprint);
    }
}
