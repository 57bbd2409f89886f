package dev.exposit.cli;

import dev.exposit.graphite.GraphiteNames;
import dev.exposit.graphite.GraphiteValues;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what becomes of values. */
final class GraphiteValueOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--histograms",
            paramLabel = "FORM",
            converter = Words.HistogramForms.class,
            completionCandidates = Words.HistogramForms.class,
            description =
                    "In what form to send histograms: ${COMPLETION-CANDIDATES}. quantiles are those of --quantile with"
                            + " count and sum, totals are count, sum and average. Default: buckets.")
    private GraphiteValues.@Nullable Histograms histograms;

    @Option(
            names = "--quantile",
            paramLabel = "Q",
            split = ",",
            description =
                    "A quantile for --histograms quantiles, 0 to 1; several times or separated by commas. Default:"
                            + " 0.5,0.9,0.99.")
    private @Nullable List<Double> quantiles;

    @Option(
            names = "--counters",
            paramLabel = "FORM",
            converter = Words.CounterForms.class,
            completionCandidates = Words.CounterForms.class,
            description =
                    "How to send what only rises: ${COMPLETION-CANDIDATES}. delta is the difference to the push before."
                            + " Default: raw.")
    private GraphiteValues.@Nullable Counters counters;

    @Option(
            names = "--not-finite",
            paramLabel = "ACTION",
            converter = Words.NotFinites.class,
            completionCandidates = Words.NotFinites.class,
            description = "What to do about NaN and infinities: ${COMPLETION-CANDIDATES}. Default: drop.")
    private GraphiteValues.@Nullable NotFinite notFinite;

    @Option(
            names = "--times",
            paramLabel = "WHOSE",
            converter = Words.TimesOf.class,
            completionCandidates = Words.TimesOf.class,
            description =
                    "Whose timestamp a sample has: ${COMPLETION-CANDIDATES}. sample is its own, if it has one. Default:"
                            + " sample.")
    private GraphiteValues.@Nullable Times times;

    @Option(
            names = "--no-start-timestamps",
            description = "Leave out start timestamps, which are sent as x_created, and gauges of such a name"
                    + " beside what they belong to.")
    private boolean noStartTimestamps;

    /** The values as told, beginning with what the names bring along. */
    GraphiteValues values(GraphiteNames names) {
        GraphiteValues values = names.usualValues();
        if (histograms != null) {
            values = values.withHistograms(histograms);
        }
        if (quantiles != null) {
            values = withQuantiles(values, quantiles);
        }
        if (counters != null) {
            values = values.withCounters(counters);
        }
        if (notFinite != null) {
            values = values.withNotFinite(notFinite);
        }
        if (times != null) {
            values = values.withTimes(times);
        }
        return noStartTimestamps ? values.withStartTimestamps(GraphiteValues.StartTimestamps.OMIT_WITH_GAUGES) : values;
    }

    private GraphiteValues withQuantiles(GraphiteValues values, List<Double> asked) {
        try {
            return values.withQuantiles(asked.stream().mapToDouble(q -> q).toArray());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--quantile: " + e.getMessage());
        }
    }
}
