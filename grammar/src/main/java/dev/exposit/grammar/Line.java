package dev.exposit.grammar;

import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line of a text format says, escapes resolved. Comments say nothing. */
sealed interface Line {
    /** The index of the line's first character in its {@link SourceText}. */
    int at();

    /** The name that stands in the line: a family's in metadata, a sample's in a sample. */
    String name();

    /** A HELP line. */
    record Help(int at, String name, String text) implements Line {}

    /** A TYPE line. */
    record Type(int at, String name, MetricType type) implements Line {}

    /** A UNIT line. */
    record Unit(int at, String name, String unit) implements Line {}

    /**
     * A sample.
     *
     * @param value a number, or where the format has composite values a histogram or summary
     * @param valueText the value as it is spelled
     */
    record Sample(
            int at,
            String name,
            Labels labels,
            Value value,
            String valueText,
            @Nullable Timestamp timestamp,
            @Nullable Timestamp startTimestamp,
            List<Exemplar> exemplars)
            implements Line {
        /** The value of a sample that can only have a number. */
        double number() {
            return ((NumberValue) value).value();
        }
    }
}
