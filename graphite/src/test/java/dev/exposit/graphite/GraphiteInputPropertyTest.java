package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.convert.Source;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any names and values that are written with tags come back as they were, whatever the lines' order. */
class GraphiteInputPropertyTest {
    private static final String[] PIECES = {
        "a",
        "Z",
        "0",
        "_",
        ":",
        ".",
        "..",
        "/",
        "-",
        "~",
        ";",
        "=",
        "!",
        "^",
        "%",
        "%2",
        "%41",
        "%20",
        "{",
        "\"",
        "}",
        " ",
        "\t",
        "\n",
        "\u0000",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u2028",
        "é",
        "日",
        "😀",
        "exported_",
        "name",
        "\\"
    };

    private final Random random = new Random();

    private String text(int least) {
        StringBuilder text = new StringBuilder();
        for (int i = least + random.nextInt(5); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String line(GraphiteNames names, String name, Labels labels, String value, long time) {
        return names.path(name, labels) + " " + value + " " + time + "\n";
    }

    @ParameterizedTest
    @CsvSource({"1, KEEP", "2, KEEP", "3, KEEP_IN_TAG_VALUES", "4, KEEP_IN_TAG_VALUES", "5, ESCAPE", "6, ESCAPE"})
    void whatIsWrittenWithTagsIsReadBack(long seed, PathRules.NonAscii nonAscii) throws IOException {
        random.setSeed(seed);
        GraphiteNames names = GraphiteNames.tags(PathRules.defaults().withNonAscii(nonAscii));
        Map<String, Map<Labels, TreeMap<Long, Double>>> model = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            String name = text(1);
            Labels labels = Labels.of();
            for (int k = random.nextInt(4); k > 0; k--) {
                labels = labels.with(text(1), text(1));
            }
            for (int k = 1 + random.nextInt(3); k > 0; k--) {
                long time = random.nextInt(1 << 30);
                double value = Double.longBitsToDouble(random.nextLong());
                value = Double.isFinite(value) ? value : random.nextInt();
                TreeMap<Long, Double> points = model.computeIfAbsent(name, key -> new java.util.LinkedHashMap<>())
                        .computeIfAbsent(labels, key -> new TreeMap<>());
                if (points.put(time, value) == null) {
                    lines.add(line(names, name, labels, Double.toString(value), time));
                } else {
                    points.remove(time);
                    lines.removeIf(line -> line.endsWith(" " + time + "\n"));
                }
            }
        }
        Collections.shuffle(lines, random);

        byte[] bytes = String.join("", lines).getBytes(StandardCharsets.UTF_8);
        MetricSet read = Source.of(new ByteArrayInputStream(bytes), "lines")
                .read(GraphiteInput.plaintext(), ReadOptions.defaults());

        assertThat(read.families()).hasSameSizeAs(model.keySet());
        model.forEach((name, series) -> {
            MetricFamily family = read.family(name).orElseThrow(() -> new AssertionError(name));
            assertThat(family.type()).isEqualTo(MetricType.UNKNOWN);
            assertThat(family.metrics()).hasSameSizeAs(series.keySet());
            series.forEach((labels, points) -> {
                List<Point> expected = new ArrayList<>();
                points.forEach((time, value) -> expected.add(Point.of(value).at(Timestamp.ofSeconds(time))));
                assertThat(family.metric(labels)
                                .orElseThrow(() -> new AssertionError(name + labels))
                                .points())
                        .isEqualTo(expected);
            });
        });
    }
}
