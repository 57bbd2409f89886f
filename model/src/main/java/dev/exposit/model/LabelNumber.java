package dev.exposit.model;

import org.jspecify.annotations.Nullable;

/**
 * A number that stands in a label's value: a bucket's {@code le} or a summary's {@code quantile}.
 *
 * <p>Two of them are equal if their numbers are. The spelling is kept beside the number because the label's value is
 * part of a series' identity: a server that stored {@code le="1"} takes {@code le="1.0"} for another series. Writers
 * repeat a spelling that was read and choose the canonical one otherwise.
 *
 * @param value the number; a bucket's may be +Inf, never NaN
 * @param spelling the label's value as it was read, or null if the number was never spelled
 */
public record LabelNumber(double value, @Nullable String spelling) {
    /** A number that was not read from a label. */
    public static LabelNumber of(double value) {
        return new LabelNumber(value, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelNumber that && Double.compare(value, that.value) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(value);
    }

    @Override
    public String toString() {
        return spelling != null ? spelling : Double.toString(value);
    }
}
