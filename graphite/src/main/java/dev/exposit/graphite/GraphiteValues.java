package dev.exposit.graphite;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of values, timestamps and histograms on the way to Graphite, which knows nothing but a number at a whole
 * second. Immutable, hence safe for use by several threads; each {@code with} method answers a changed copy.
 *
 * <pre>{@code
 * GraphiteValues values = GraphiteValues.defaults()
 *         .withHistograms(Histograms.QUANTILES)
 *         .withQuantiles(0.5, 0.9, 0.99)
 *         .withCounters(Counters.DELTA);
 * }</pre>
 *
 * @param nan what becomes of NaN. Default {@link NotFinite#DROP}; carbon drops it without a word
 * @param infinities what becomes of infinities. Default {@link NotFinite#DROP}
 * @param times whose timestamp a sample has. Default {@link Times#SAMPLE}
 * @param startTimestamps what becomes of start timestamps. Default {@link StartTimestamps#SEND}
 * @param histograms in what form histograms are sent. Default {@link Histograms#BUCKETS}
 * @param quantiles those that {@link Histograms#QUANTILES} computes, each 0 to 1. Default 0.5, 0.9, 0.99
 * @param counters whether counters are sent as they stand or as differences. Default {@link Counters#RAW}
 */
public record GraphiteValues(
        NotFinite nan,
        NotFinite infinities,
        Times times,
        StartTimestamps startTimestamps,
        Histograms histograms,
        List<Double> quantiles,
        Counters counters) {
    /** What becomes of a value that is not finite. */
    public enum NotFinite {
        /** It is left out and counted. */
        DROP,
        /** It is sent as {@code NaN}, {@code +Inf} or {@code -Inf}. */
        SEND,
        /** NaN is sent as 0, an infinity as the largest finite double of its sign. */
        REPLACE
    }

    /** Whose timestamp a sample has. */
    public enum Times {
        /** The sample's own, rounded down to the second, if it has one, else the time of the push. */
        SAMPLE,
        /** The time of the push. */
        PUSH
    }

    /** What becomes of the time since which a metric counts. What is left out here is not counted as dropped. */
    public enum StartTimestamps {
        /** It is sent as a sample {@code x_created}, in seconds since the epoch. */
        SEND,
        /** It is left out. */
        OMIT,
        /**
         * It is left out, and so are gauges {@code x_created} beside a counter, histogram or summary {@code x}, as Prometheus
         * text of Python's programs has them.
         */
        OMIT_WITH_GAUGES
    }

    /** In what form a histogram is sent. */
    public enum Histograms {
        /** Its buckets, count and sum; native buckets as classic ones. */
        BUCKETS,
        /**
         * Its quantiles as {@code histogram_quantile} of Prometheus estimates them, in samples with a label {@code quantile},
         * and its count and sum.
         */
        QUANTILES,
        /** Its count, its sum, and as {@code x_avg} the one by the other. */
        TOTALS
    }

    /** How values that only rise are sent: counters, and the buckets, counts and sums of histograms and summaries. */
    public enum Counters {
        /** As they stand. */
        RAW,
        /**
         * As the difference to the push before, or since the restart of the program if they fell. The first value of each is
         * left out and counted. A push that fails takes its differences with it.
         */
        DELTA
    }

    private static final GraphiteValues DEFAULTS = new GraphiteValues(
            NotFinite.DROP,
            NotFinite.DROP,
            Times.SAMPLE,
            StartTimestamps.SEND,
            Histograms.BUCKETS,
            List.of(0.5, 0.9, 0.99),
            Counters.RAW);

    /** Copies the list and refuses quantiles out of range. */
    public GraphiteValues {
        Objects.requireNonNull(nan, "nan");
        Objects.requireNonNull(infinities, "infinities");
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(startTimestamps, "startTimestamps");
        Objects.requireNonNull(histograms, "histograms");
        Objects.requireNonNull(counters, "counters");
        quantiles = List.copyOf(quantiles);
        for (double quantile : quantiles) {
            if (!(quantile >= 0 && quantile <= 1)) {
                throw new IllegalArgumentException("a quantile must be 0 to 1, got " + quantile);
            }
        }
    }

    /** The defaults. */
    public static GraphiteValues defaults() {
        return DEFAULTS;
    }

    /** What Go's bridge does: sends values that are not finite, the samples' own timestamps, and no start timestamps. */
    static GraphiteValues ofGo() {
        return DEFAULTS.withNotFinite(NotFinite.SEND).withStartTimestamps(StartTimestamps.OMIT);
    }

    /** What Python's bridge does: sends values that are not finite, start timestamps too, all with the time of the push. */
    static GraphiteValues ofPython() {
        return DEFAULTS.withNotFinite(NotFinite.SEND).withTimes(Times.PUSH);
    }

    /** These with another policy for both NaN and infinities. */
    public GraphiteValues withNotFinite(NotFinite policy) {
        return withNan(policy).withInfinities(policy);
    }

    /** These with another policy for NaN. */
    public GraphiteValues withNan(NotFinite nan) {
        return new GraphiteValues(nan, infinities, times, startTimestamps, histograms, quantiles, counters);
    }

    /** These with another policy for infinities. */
    public GraphiteValues withInfinities(NotFinite infinities) {
        return new GraphiteValues(nan, infinities, times, startTimestamps, histograms, quantiles, counters);
    }

    /** These with other timestamps. */
    public GraphiteValues withTimes(Times times) {
        return new GraphiteValues(nan, infinities, times, startTimestamps, histograms, quantiles, counters);
    }

    /** These with another policy for start timestamps. */
    public GraphiteValues withStartTimestamps(StartTimestamps startTimestamps) {
        return new GraphiteValues(nan, infinities, times, startTimestamps, histograms, quantiles, counters);
    }

    /** These with another form of histograms. */
    public GraphiteValues withHistograms(Histograms histograms) {
        return new GraphiteValues(nan, infinities, times, startTimestamps, histograms, quantiles, counters);
    }

    /**
     * These with other quantiles, for {@link Histograms#QUANTILES}.
     *
     * @throws IllegalArgumentException if one is not 0 to 1
     */
    public GraphiteValues withQuantiles(double... quantiles) {
        List<Double> list = Arrays.stream(quantiles).boxed().toList();
        return new GraphiteValues(nan, infinities, times, startTimestamps, histograms, list, counters);
    }

    /** These with counters sent in another way. */
    public GraphiteValues withCounters(Counters counters) {
        return new GraphiteValues(nan, infinities, times, startTimestamps, histograms, quantiles, counters);
    }

    /** The number to send for one that is not left out. */
    double number(double value) {
        if (Double.isNaN(value)) {
            return nan == NotFinite.REPLACE ? 0 : value;
        }
        return Double.isInfinite(value) && infinities == NotFinite.REPLACE
                ? Math.copySign(Double.MAX_VALUE, value)
                : value;
    }

    /** Whether a value is not finite and not to be sent. */
    boolean leavesOut(double value) {
        return Double.isNaN(value) ? nan == NotFinite.DROP : Double.isInfinite(value) && infinities == NotFinite.DROP;
    }
}
