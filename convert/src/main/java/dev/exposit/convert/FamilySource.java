package dev.exposit.convert;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Problem;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Metric families on their way out of some format, one by one. What a {@link Converter} reads from, whatever the format;
 * see {@link InputFormat}. Not safe for use by several threads.
 */
public interface FamilySource extends Closeable {
    /** What is read, in a word, {@code openmetrics-1} for example. */
    String format();

    /**
     * The next family or part of one, or null at the end. The parts of a family follow each other.
     *
     * @throws IOException if what is read from fails
     * @throws dev.exposit.parser.ExpositionException if what is read is malformed or too large
     */
    @Nullable
    FamilyPart next() throws IOException;

    /** What was read but could not be held exactly, up to now. */
    LossReport losses();

    /** The problems that did not end reading, in order, as many as are kept. */
    List<Problem> problems();

    /** How many problems did not end reading, those that are not kept included. */
    long problemCount();

    /**
     * All families from here on. Those that have the same name become one, with the metadata of the first.
     *
     * @throws IOException if what is read from fails
     * @throws dev.exposit.parser.ExpositionException if what is read is malformed or too large
     */
    default MetricSet toMetricSet() throws IOException {
        Map<String, MetricFamily.Builder> families = new LinkedHashMap<>();
        for (FamilyPart part = next(); part != null; part = next()) {
            MetricFamily family = part.family();
            MetricFamily.Builder builder = families.computeIfAbsent(
                    family.name(),
                    name -> MetricFamily.builder(name, family.type())
                            .unit(family.unit())
                            .help(family.help()));
            family.metrics().forEach(builder::add);
        }
        List<MetricFamily> whole = new ArrayList<>(families.size());
        families.values().forEach(builder -> whole.add(builder.build()));
        return MetricSet.of(whole);
    }
}
