package dev.exposit.cli;

import dev.exposit.convert.Json;
import dev.exposit.convert.OutputFormat;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.writer.WriteOptions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The formats that an option takes, by their identifiers.
 *
 * @param <T> what stands for a format in the command
 */
abstract class Formats<T> implements ITypeConverter<T>, Iterable<String> {
    /** Has an identifier already, but is no exposition format of the library yet. */
    private static final String GRAPHITE = "graphite";

    private final String done;
    private final Map<String, T> supported = new LinkedHashMap<>();

    /** @param done what is done with the formats, in a word */
    Formats(String done) {
        this.done = done;
    }

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
        if (id.equals(GRAPHITE)) {
            throw new TypeConversionException("format " + id + " cannot be " + done + " yet; " + done + " can be "
                    + String.join(", ", supported.keySet()));
        }
        throw new TypeConversionException(
                "expected a format (" + String.join(", ", supported.keySet()) + "), got '" + id + "'");
    }

    @Override
    public Iterator<String> iterator() {
        return supported.keySet().iterator();
    }

    /** Formats for {@code --from}. */
    static final class ToRead extends Formats<ExpositionFormat> {
        ToRead() {
            super("read");
            addAll(format -> format);
        }
    }

    /**
     * A format to write.
     *
     * @param options begins the options to write with
     * @param format makes a format of the options
     */
    record Writable(WriteOptions.Builder options, Function<WriteOptions, OutputFormat> format) {}

    /** Formats for {@code --to}. */
    static final class ToWrite extends Formats<Writable> {
        ToWrite() {
            super("written");
            addAll(format -> new Writable(WriteOptions.builder(format), OutputFormat::of));
            add("json-lines", new Writable(WriteOptions.builder(ExpositionFormat.JSON), Json::lines));
        }
    }
}
