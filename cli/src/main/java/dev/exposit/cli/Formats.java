package dev.exposit.cli;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.Exposition;
import dev.exposit.writer.ExpositionWriter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The formats that an option takes, by their identifiers. */
abstract class Formats implements ITypeConverter<ExpositionFormat>, Iterable<String> {
    /** Has an identifier already, but is no exposition format of the library yet. */
    private static final String GRAPHITE = "graphite";

    private final String done;
    private final List<String> supported;

    /**
     * @param done what is done with the formats, in a word
     * @param isSupported whether this version does it
     */
    Formats(String done, Predicate<ExpositionFormat> isSupported) {
        this.done = done;
        this.supported = Arrays.stream(ExpositionFormat.values())
                .filter(isSupported)
                .map(ExpositionFormat::id)
                .toList();
    }

    @Override
    public ExpositionFormat convert(String id) {
        Optional<ExpositionFormat> format = ExpositionFormat.byId(id);
        if (format.isPresent() && supported.contains(id)) {
            return format.get();
        }
        if (format.isPresent() || id.equals(GRAPHITE)) {
            throw new TypeConversionException("format " + id + " cannot be " + done + " yet; " + done + " can be "
                    + String.join(", ", supported));
        }
        String known = Stream.concat(
                        Arrays.stream(ExpositionFormat.values()).map(ExpositionFormat::id), Stream.of(GRAPHITE))
                .collect(Collectors.joining(", "));
        throw new TypeConversionException("expected a format (" + known + "), got '" + id + "'");
    }

    @Override
    public Iterator<String> iterator() {
        return supported.iterator();
    }

    /** Formats for {@code --from}. */
    static final class ToRead extends Formats {
        ToRead() {
            super("read", Exposition::canRead);
        }
    }

    /** Formats for {@code --to}. */
    static final class ToWrite extends Formats {
        ToWrite() {
            super("written", ExpositionWriter::canWrite);
        }
    }
}
