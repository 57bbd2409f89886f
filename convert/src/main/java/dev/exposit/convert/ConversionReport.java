package dev.exposit.convert;

import dev.exposit.model.LossReport;
import dev.exposit.model.Problem;
import java.util.List;
import java.util.Objects;

/**
 * What became of a conversion that came to its end.
 *
 * @param from the format that was read, {@code openmetrics-1} for example
 * @param to the format that was written
 * @param families how many metric families were written
 * @param metrics how many metrics they had, samples included that belong to no metric
 * @param losses what the reader could not hold and the writer could not write
 * @param problems what was wrong with the exposition, in order, at most
 *     {@link dev.exposit.parser.ReadLimits.Limit#PROBLEMS}
 * @param problemCount how many problems there were, those beyond the bound included
 */
public record ConversionReport(
        String from,
        String to,
        long families,
        long metrics,
        LossReport losses,
        List<Problem> problems,
        long problemCount) {
    /** Copies the list. */
    public ConversionReport {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(losses, "losses");
        problems = List.copyOf(problems);
    }

    /**
     * All of it as one JSON object on one line, without a line feed behind it. The keys are the names of the components;
     * {@code losses} is an array of objects with {@code kind} in lower case, {@code family}, {@code detail} and
     * {@code count}, and {@code lossCount} has their {@linkplain LossReport#total() total}. {@code problems} has the keys
     * that {@code exposit lint --json} has, {@code code}, {@code severity}, {@code line}, {@code column},
     * {@code offset} and {@code message}, and besides {@code expected}, {@code got} and {@code excerpt}.
     */
    public String toJson() {
        return ReportJson.of(this);
    }
}
