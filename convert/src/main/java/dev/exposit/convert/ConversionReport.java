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
}
