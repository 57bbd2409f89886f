package dev.exposit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A distribution as count, sum and quantiles.
 *
 * <p>Specification: OpenMetrics 1.0, "Summary".
 *
 * @param count how many events there were, or null if not given
 * @param sum the sum of the events' values, or null if not given
 * @param quantiles the quantiles in wire order
 */
public record SummaryValue(@Nullable Double count, @Nullable Double sum, List<Quantile> quantiles) implements Value {
    /**
     * One quantile.
     *
     * @param quantile which one, 0 to 1
     * @param value its value, NaN if there were no events
     */
    public record Quantile(LabelNumber quantile, double value) {
        /** Refuses a null quantile. */
        public Quantile {
            Objects.requireNonNull(quantile, "quantile");
        }

        @Override
        public String toString() {
            return quantile + ": " + value;
        }
    }

    /** Copies the list. */
    public SummaryValue {
        quantiles = List.copyOf(quantiles);
    }

    /** A builder, pleasant in tests. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String toString() {
        return "summary(count=" + count + ", sum=" + sum + ", quantiles=" + quantiles + ')';
    }

    /** Builds a {@link SummaryValue}; not safe for use by several threads. */
    public static final class Builder {
        private @Nullable Double count;
        private @Nullable Double sum;
        private final List<Quantile> quantiles = new ArrayList<>();

        private Builder() {}

        /** Sets how many events there were. */
        public Builder count(double count) {
            this.count = count;
            return this;
        }

        /** Sets the sum of the events' values. */
        public Builder sum(double sum) {
            this.sum = sum;
            return this;
        }

        /** Adds a quantile, 0 to 1, and its value. */
        public Builder quantile(double quantile, double value) {
            quantiles.add(new Quantile(LabelNumber.of(quantile), value));
            return this;
        }

        /** The value as built so far. */
        public SummaryValue build() {
            return new SummaryValue(count, sum, quantiles);
        }
    }
}
