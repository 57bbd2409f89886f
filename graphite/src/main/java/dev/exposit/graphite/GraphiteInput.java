package dev.exposit.graphite;

import dev.exposit.convert.FamilySource;
import dev.exposit.convert.InputFormat;
import dev.exposit.model.MetricType;
import dev.exposit.parser.ExpositionException;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Survey;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Graphite's lines, read as carbon reads them: {@code path value timestamp}, a line a sample.
 *
 * <pre>{@code
 * Converter converter = Converter.to(ExpositionFormat.OPENMETRICS_2).from(GraphiteInput.plaintext());
 * MetricSet metrics = Source.of(Path.of("dump.txt"))
 *         .read(GraphiteInput.plaintext().withMapping(mapping), ReadOptions.defaults());
 * }</pre>
 *
 * <h2>Lines</h2>
 *
 * <p>Blanks are what Python's {@code str.split()} takes for them: all of Unicode's white space. A value is a decimal number,
 * with or without fraction and exponent, {@code nan} or an infinity; no {@code _} between digits. A timestamp is seconds
 * since the epoch, 0 to 4,294,967,295, with or without fraction; {@code -1} and {@code N}, which mean "now", are read as no
 * timestamp. Lines of blanks only say nothing.
 *
 * <h2>Paths</h2>
 *
 * <p>A path is {@code name;tag=value;…}, or {@code name{tag="value",…}} as carbon takes it in the style of OpenMetrics, or has
 * no tags. Without a {@linkplain #withMapping mapping} the name is the metric's name as it stands, dots and all, and tags are
 * labels. What {@link GraphiteNames} had to escape for tags is undone: {@code %20} is a blank again. An escape that it would
 * not have made stays, such as {@code 100%} or {@code %41}, and so does the {@code %2E} within a component of a dotted path.
 * The tag {@code exported_name} is the label {@code name}, and each further {@code exported_} before it one less: Graphite
 * keeps the tag {@code name} for the path. A tag {@code name} says nothing new, and is left out. The style of OpenMetrics has
 * no escapes but those with a backslash.
 *
 * <h2>Families</h2>
 *
 * <p>All families are of type unknown; Graphite has no types. Lines come in any order, so all samples are held until the
 * input ends, up to {@link dev.exposit.parser.ReadLimits.Limit#ASSEMBLED_BYTES}. A series has a point for each timestamp. If
 * a timestamp comes a second time the later value counts, as in Graphite's own store, and a warning tells it.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public final class GraphiteInput implements InputFormat {
    private static final GraphiteInput PLAINTEXT = new GraphiteInput(null);

    private final @Nullable GraphiteMapping mapping;

    private GraphiteInput(@Nullable GraphiteMapping mapping) {
        this.mapping = mapping;
    }

    /** Lines, without a mapping. */
    public static GraphiteInput plaintext() {
        return PLAINTEXT;
    }

    /** Lines whose paths are made names and labels by rules; a rule sees the path without its tags, as it stands. */
    public GraphiteInput withMapping(GraphiteMapping mapping) {
        return new GraphiteInput(Objects.requireNonNull(mapping, "mapping"));
    }

    @Override
    public FamilySource open(InputStream body, ReadOptions options) throws IOException {
        return new GraphiteReader(body, mapping, options);
    }

    @Override
    public Survey survey(InputStream body, ReadOptions options) throws IOException {
        // The second pass comes upon the same problems again, and tells them then.
        try (GraphiteReader reader = new GraphiteReader(body, mapping, options.withProblemListener(problem -> {}))) {
            Map<String, MetricType> types = new LinkedHashMap<>();
            try {
                reader.readNames().forEach(name -> types.put(name, MetricType.UNKNOWN));
            } catch (ExpositionException e) {
                // There will be no second pass.
                reader.problems().forEach(options.problemListener());
                throw e;
            }
            return Survey.of(types, false, options);
        }
    }
}
