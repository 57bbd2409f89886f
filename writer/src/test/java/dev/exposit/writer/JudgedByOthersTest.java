package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Outline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated expositions before two independent parsers: what the writers write, both must accept.
 *
 * <p>Three things are not put before Python's parser, because it refuses valid OpenMetrics: a closing brace in the label of
 * an exemplar, quoted names, and several points of a metric that has several samples, of which it takes those that come
 * again for duplicates. Labels {@code le} and {@code quantile} of a histogram or summary are numbers: promtool
 * refuses others, which Prometheus takes.
 */
class JudgedByOthersTest {
    private static final String PROMTOOL = "/usr/bin/promtool";
    private static final String PYTHON = "/usr/bin/python3";
    private static final String PARSE_ALL = """
            import sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            for path in sys.argv[1:]:
                text = open(path, encoding='utf-8', newline='').read()
                try:
                    list(text_string_to_metric_families(text))
                except Exception as error:
                    print(path, repr(error))
            """;
    private static final int OPENMETRICS_SETS = 2000;
    private static final int PROMETHEUS_SETS = 60;

    @TempDir
    private Path directory;

    /** A set written as one, or family by family, or in pieces; with or without an outline. */
    private static String written(WriteOptions options, MetricSet set, Random random) {
        int way = random.nextInt(4);
        if (way == 0) {
            return Written.of(options, set).text();
        }
        WriteOptions informed = way == 1
                ? options
                : options.toBuilder().outline(Outline.of(set)).build();
        List<FamilyPart> parts = new ArrayList<>();
        for (MetricFamily family : set) {
            if (way == 2 || family.metrics().isEmpty() || random.nextBoolean()) {
                parts.add(FamilyPart.whole(family));
            } else {
                parts.addAll(Arrays.asList(Written.piecesOf(family)));
            }
        }
        return Written.parts(informed, parts.toArray(FamilyPart[]::new)).text();
    }

    /** Metrics of several samples have their newest point only. */
    private static MetricSet withoutFurtherPoints(MetricSet set) {
        return MetricSet.of(set.stream()
                .map(family -> new MetricFamily(
                        family.metadata(),
                        family.metrics().stream()
                                .map(metric -> PointSamples.count(metric)
                                                == metric.points().size()
                                        ? metric
                                        : new Metric(metric.labels(), metric.point()))
                                .toList()))
                .toList());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }

    @Test
    void pythonAcceptsEveryOpenMetrics() throws Exception {
        Judge.require(Judge.isExecutable(PYTHON), PYTHON);
        Path nothing = file("nothing", "");
        Judge.Answer library =
                Judge.run(directory, nothing, List.of(PYTHON, "-c", "import prometheus_client.openmetrics.parser"));
        Judge.require(library.exitCode() == 0, "the module prometheus_client of " + PYTHON);

        List<String> command = new ArrayList<>(List.of(PYTHON, "-c", PARSE_ALL));
        for (long seed = 0; seed < OPENMETRICS_SETS; seed++) {
            MetricSet set = withoutFurtherPoints(new MetricSetGenerator(seed, seed % 2 == 0).next());
            WriteOptions options = WriteOptions.builder(ExpositionFormat.OPENMETRICS_1)
                    .heldBytes(seed % 5 == 0 ? 400 : WriteOptions.DEFAULT_HELD_BYTES)
                    .build();
            command.add(file("seed-" + seed, written(options, set, new Random(seed)))
                    .toString());
        }
        Judge.Answer answer = Judge.run(directory, nothing, command);

        assertThat(answer.output()).as("refused, by seed").isEmpty();
        assertThat(answer.exitCode()).isZero();
    }

    @Test
    void promtoolAcceptsEveryPrometheusText() throws Exception {
        Judge.require(Judge.isExecutable(PROMTOOL), PROMTOOL);

        for (long seed = 0; seed < PROMETHEUS_SETS; seed++) {
            MetricSet set = new MetricSetGenerator(seed, seed % 2 == 0).next();
            WriteOptions options = WriteOptions.of(ExpositionFormat.PROMETHEUS_TEXT_0_0_4);
            Path text = file("seed-" + seed, written(options, set, new Random(seed)));

            Judge.Answer answer = Judge.run(directory, text, List.of(PROMTOOL, "check", "metrics"));

            assertThat(answer.exitCode())
                    .as("seed %s: %s", seed, answer.output())
                    .isIn(0, 3);
        }
    }
}
