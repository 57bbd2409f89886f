package dev.exposit.cli;

import dev.exposit.convert.Json;
import dev.exposit.convert.OutputFormat;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.graphite.GraphiteNames;
import dev.exposit.graphite.GraphiteOutput;
import dev.exposit.graphite.GraphiteValues;
import dev.exposit.writer.StartTimestamps;
import dev.exposit.writer.WriteOptions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The formats that an option takes, by their identifiers.
 *
 * @param <T> what stands for a format in the command
 */
abstract class Formats<T> implements ITypeConverter<T>, Iterable<String> {
    /** Is no exposition format: convert and diff read it, convert writes it. */
    static final String GRAPHITE = "graphite";

    private final Map<String, T> supported = new LinkedHashMap<>();

    /** Takes the exposition formats. */
    final void addAll(Function<ExpositionFormat, T> found) {
        for (ExpositionFormat format : ExpositionFormat.values()) {
            supported.put(format.id(), found.apply(format));
        }
    }

    /** Takes one more format. */
    final void add(String id, T found) {
        supported.put(id, found);
    }

    @Override
    public T convert(String id) {
        T found = supported.get(id);
        if (found != null) {
            return found;
        }
        throw new TypeConversionException(
                "expected a format (" + String.join(", ", supported.keySet()) + "), got '" + id + "'");
    }

    @Override
    public Iterator<String> iterator() {
        return supported.keySet().iterator();
    }

    /**
     * A format to read.
     *
     * @param exposition the exposition format, or null for Graphite's lines
     */
    record ReadFormat(@Nullable ExpositionFormat exposition) {
        boolean isGraphite() {
            return exposition == null;
        }
    }

    /** Formats for {@code --from}. */
    static final class ToRead extends Formats<ReadFormat> {
        ToRead() {
            addAll(ReadFormat::new);
            add(GRAPHITE, new ReadFormat(null));
        }
    }

    /**
     * A format to write.
     *
     * @param options begins the options to write with
     * @param format makes a format of the options, and of the names that Graphite's lines have
     * @param isGraphite whether it is Graphite's lines
     */
    record Writable(
            WriteOptions.Builder options,
            BiFunction<WriteOptions, GraphiteNames, OutputFormat> format,
            boolean isGraphite) {
        Writable(WriteOptions.Builder options, Function<WriteOptions, OutputFormat> format) {
            this(options, (built, names) -> format.apply(built), false);
        }
    }

    /** Formats for {@code --to}. */
    static final class ToWrite extends Formats<Writable> {
        ToWrite() {
            addAll(format -> new Writable(WriteOptions.builder(format), OutputFormat::of));
            add("json-lines", new Writable(WriteOptions.builder(ExpositionFormat.JSON), Json::lines));
            // Of the options only those that are not of a format are looked at.
            add(GRAPHITE, new Writable(WriteOptions.builder(ExpositionFormat.JSON), ToWrite::graphite, true));
        }

        private static OutputFormat graphite(WriteOptions options, GraphiteNames names) {
            GraphiteOutput output = GraphiteOutput.of(names).withOnLoss(options.onLoss());
            return options.startTimestamps() == StartTimestamps.OMIT
                    ? output.withValues(output.values().withStartTimestamps(GraphiteValues.StartTimestamps.OMIT))
                    : output;
        }
    }
}
