package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers compare names with those of the lines before; what those were must not change what is read from a line. */
class LikeLinesTest {
    private static final int TEXTS = 300;
    private static final List<String> NAMES = List.of("a", "ab", "a_sum", "a:b", "a_name_of_more_than_sixteen_bytes");
    private static final List<String> QUOTED_NAMES = List.of("a", "ab", "a 1", "{", "#", "a{x=");
    private static final List<String> LABELS = List.of(
            "x",
            "x",
            "x",
            "xy",
            "\"x\"",
            "\"x y\"",
            "\"x\\\"y\"",
            "eight_by",
            "x:y",
            "__name__",
            "a_label_of_more_than_16_bytes");
    // As Latin-1: the pairs beyond ASCII are UTF-8, or are not.
    private static final List<String> VALUES = List.of(
            "",
            "v",
            "a value of two words",
            "with \\\"quotes\\\" and \\n",
            "\\q",
            "\u00C3\u00A9t\u00C3\u00A9",
            "\u00E9",
            "\"");

    private final SplittableRandom random = new SplittableRandom(9);

    @ParameterizedTest
    @EnumSource(names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void aLineIsReadAsIfItStoodAlone(ExpositionFormat format) {
        ReadOptions options = ReadOptions.of(format)
                .withRecovery(Recovery.SKIP_LINE)
                .withLimits(ReadLimits.defaults().with(ReadLimits.Limit.LINE_BYTES, 400));
        for (int i = 0; i < TEXTS; i++) {
            List<String> lines = IntStream.range(0, 30).mapToObj(n -> line()).toList();
            List<String> expected = lines.stream()
                    .flatMap(line -> read(InputShape.ARRAY, line, options).stream())
                    .toList();
            // Through a stream the buffer is moved between lines.
            for (InputShape shape : List.of(
                    InputShape.ARRAY, InputShape.ARRAY_WITHIN_FOREIGN_BYTES, InputShape.STREAM, InputShape.CHANNEL)) {
                assertThat(read(shape, String.join("", lines), options))
                        .as("%s of %s", shape, lines)
                        .isEqualTo(expected);
            }
        }
    }

    private String line() {
        String labels = IntStream.range(0, random.nextInt(5))
                .mapToObj(n -> one(LABELS) + (random.nextInt(20) == 0 ? " = " : "=") + '"' + one(VALUES) + '"')
                .collect(Collectors.joining(","));
        boolean quotedName = random.nextInt(8) == 0;
        String brace = random.nextInt(4) == 0 ? "{ " : "{";
        String start = quotedName
                ? brace + "\"" + one(QUOTED_NAMES) + '"' + (labels.isEmpty() ? "" : ",")
                : one(NAMES) + brace;
        String series = random.nextInt(8) == 0 ? one(NAMES) : start + labels + '}';
        String timestamp = random.nextInt(8) == 0 ? " 1000" : "";
        StringBuilder line = new StringBuilder(series + ' ' + random.nextInt(100) + timestamp + '\n');
        if (random.nextInt(10) == 0) {
            line.setCharAt(random.nextInt(line.length() - 1), "=\"{} ,\\a".charAt(random.nextInt(8)));
        }
        return line.toString();
    }

    private String one(List<String> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    /** The samples, and what was wrong with the others; not in which family, which other lines decide. */
    private static List<String> read(InputShape shape, String text, ReadOptions options) {
        List<String> found = new ArrayList<>();
        ExpositionReader in = shape.open(text.getBytes(StandardCharsets.ISO_8859_1), options);
        long problems = 0;
        while (true) {
            Event event = in.next();
            for (; problems < in.problemCount(); problems++) {
                Problem problem = in.problems().get((int) problems);
                if (!problem.code().equals("MISSING_EOF")) {
                    found.add(
                            problem.code() + " at column " + problem.location().column() + ": " + problem.excerpt());
                }
            }
            if (event == Event.END) {
                return found;
            }
            if (event == Event.SAMPLE) {
                String timestamp = in.hasTimestamp() ? " at " + in.timestamp() : "";
                found.add(in.sampleName() + in.toLabels().toString() + ' ' + in.value() + timestamp);
            }
        }
    }
}
