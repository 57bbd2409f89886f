package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.exposit.graphite.PathRules.Dots;
import dev.exposit.graphite.PathRules.Escaping;
import dev.exposit.graphite.PathRules.NonAscii;
import dev.exposit.model.Label;
import dev.exposit.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the paths of all series, however hostile. */
class PathPropertyTest {
    /** Settable, so that a failure's seed can be run again. */
    private static final long SEED = Long.getLong("exposit.seed", 20261126L);

    private static final int SERIES = 60_000;
    private static final PathRules TIGHT =
            PathRules.defaults().withMaxTagBytes(64).withMaxComponentBytes(64).withMaxPathBytes(320);

    private record Series(String name, Map<String, String> labels) {
        static Series of(String name, Labels labels) {
            return new Series(name, new TreeMap<>(labels.withoutEmpty().toMap()));
        }
    }

    static Stream<Arguments> injective() {
        return Stream.of(
                Arguments.of("tags", GraphiteNames.tags(), PathRules.defaults()),
                Arguments.of(
                        "tight tags with a prefix", GraphiteNames.tags(TIGHT).withPrefix("a.b"), TIGHT),
                Arguments.of("tight tags", GraphiteNames.tags(TIGHT), TIGHT),
                Arguments.of(
                        "UTF-8 tags",
                        GraphiteNames.tags(PathRules.defaults().withNonAscii(NonAscii.KEEP)),
                        PathRules.defaults().withNonAscii(NonAscii.KEEP)),
                Arguments.of("dotted", GraphiteNames.dotted(), PathRules.defaults()),
                Arguments.of("tight dotted", GraphiteNames.dotted(TIGHT), TIGHT),
                Arguments.of(
                        "template",
                        GraphiteNames.template("x-{a}.{label…}.{le}.{__name__}", TIGHT)
                                .withPrefix("p"),
                        TIGHT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("injective")
    void seriesThatDifferHavePathsAndFilesThatDiffer(String what, GraphiteNames names, PathRules rules) {
        HostileSeries hostile = new HostileSeries(SEED);
        PathEncoder encoder = names.encoder(Labels.of());
        Map<String, Series> byPath = new HashMap<>();
        Map<String, String> byFile = new HashMap<>();
        int shortened = 0;
        // What differs in details only need not be looked at as closely.
        int count = names.usesTags() && rules.equals(PathRules.defaults()) ? SERIES : SERIES / 5;
        for (int i = 0; i < count; i++) {
            String name = hostile.text();
            Labels labels = hostile.labels();
            Series series = Series.of(name, labels);
            String path = path(encoder, name, labels);

            assertLegal(path, names.usesTags(), rules);
            Series same = byPath.put(path, series);
            if (same != null && !same.equals(series)) {
                fail("%s is the path of %s and of %s", path, same, series);
            }
            // Files of tagged series are named by a hash of the path.
            String file = CarbonModel.file(path);
            String samePath = path.contains(";") ? path : byFile.putIfAbsent(file, path);
            if (samePath != null && !samePath.equals(path)) {
                fail("one file for %s and %s", path, samePath);
            }
            if (!path.contains(";") && file.startsWith("_tagged")) {
                fail("%s among the files of tagged series", path);
            }
            shortened += path.contains("%~") ? 1 : 0;
        }
        assertThat(shortened).isBetween(count / 100, count / 2);
    }

    static Stream<Arguments> others() {
        PathRules defaults = PathRules.defaults();
        return Stream.of(
                        defaults.withEscaping(Escaping.UNDERSCORE),
                        defaults.withDots(Dots.KEEP).withNonAscii(NonAscii.ESCAPE),
                        defaults.withDots(Dots.KEEP).withEmptyValue("none").withNonAscii(NonAscii.KEEP),
                        TIGHT.withEscaping(Escaping.UNDERSCORE)
                                .withEmptyValue("~;")
                                .withDots(Dots.KEEP))
                .flatMap(rules -> Stream.of(
                        Arguments.of(GraphiteNames.tags(rules), rules),
                        Arguments.of(GraphiteNames.template("{le}{job}.{__name__}.{label...}", rules), rules)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void allRulesMakePathsThatCarbonTakesAsTheyAre(GraphiteNames names, PathRules rules) {
        HostileSeries hostile = new HostileSeries(SEED + 1);
        PathEncoder encoder = names.encoder(Labels.of());
        for (int i = 0; i < SERIES / 20; i++) {
            assertLegal(path(encoder, hostile.text(), hostile.labels()), names.usesTags(), rules);
        }
    }

    private static void assertLegal(String path, boolean tagged, PathRules rules) {
        String wrong = wrong(path, tagged, rules);
        // AssertJ's description of each assertion would take longer than all else here.
        if (wrong != null) {
            fail("%s in %s", wrong, path);
        }
    }

    private static @Nullable String wrong(String path, boolean tagged, PathRules rules) {
        if (path.codePoints().anyMatch(c -> CarbonModel.isBlank(c) || Character.isISOControl(c))) {
            return "a blank or a control character";
        }
        Map<String, String> tags = CarbonModel.parse(path);
        if (!CarbonModel.format(tags).equals(path)) {
            return "not in carbon's form";
        }
        if (bytes(path) > rules.maxPathBytes()) {
            return "more bytes than a path may have";
        }
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            if (tagged && Math.max(bytes(tag.getKey()), bytes(tag.getValue())) > rules.maxTagBytes()) {
                return "more bytes than a tag may have";
            }
        }
        if (!tagged && path.contains(";")) {
            return "a tag";
        }
        return path.contains(";") ? null : wrongComponent(path, rules);
    }

    private static @Nullable String wrongComponent(String path, PathRules rules) {
        for (String component : path.split("\\.", -1)) {
            if (component.isEmpty() || component.contains("/")) {
                return "a component that is no file's name";
            }
            if (bytes(component) > rules.maxComponentBytes()) {
                return "more bytes than a component may have";
            }
        }
        return null;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void tagsCanBeReadBack() {
        HostileSeries hostile = new HostileSeries(SEED + 2);
        PathEncoder encoder = GraphiteNames.tags().encoder(Labels.of());
        for (int i = 0; i < SERIES / 10; i++) {
            String name = hostile.text();
            Labels labels = hostile.labels();
            String path = path(encoder, name, labels);
            if (!path.contains("%~")) {
                if (!readTags(path).equals(Series.of(name, labels))) {
                    assertThat(readTags(path)).as(path).isEqualTo(Series.of(name, labels));
                }
            }
        }
    }

    private static Series readTags(String path) {
        Map<String, String> labels = new TreeMap<>();
        CarbonModel.parse(path).forEach((tag, value) -> {
            if (!tag.equals("name")) {
                String label = PercentText.decode(tag);
                labels.put(label.matches("(exported_)+name") ? label.substring(9) : label, PercentText.decode(value));
            }
        });
        return new Series(PercentText.decode(path.split(";", 2)[0]), labels);
    }

    @Test
    void dottedPathsCanBeReadBack() {
        HostileSeries hostile = new HostileSeries(SEED + 3);
        PathEncoder encoder = GraphiteNames.dotted().encoder(Labels.of());
        for (int i = 0; i < SERIES / 10; i++) {
            String name = hostile.text();
            Labels labels = hostile.labels();
            String path = path(encoder, name, labels);
            if (!path.contains("%~")) {
                String[] components = path.split("\\.", -1);
                Map<String, String> read = new TreeMap<>();
                for (int k = 1; k < components.length; k += 2) {
                    read.put(PercentText.decode(components[k]), PercentText.decode(components[k + 1]));
                }
                assertThat(new Series(PercentText.decode(components[0]), read)).isEqualTo(Series.of(name, labels));
            }
        }
    }

    static Stream<GraphiteNames> all() {
        List<GraphiteNames> all = new ArrayList<>();
        injective().forEach(arguments -> all.add((GraphiteNames) arguments.get()[1]));
        all.add(GraphiteNames.layout(GraphiteLayout.PYTHON, true));
        all.add(GraphiteNames.layout(GraphiteLayout.GO, true));
        return all.stream();
    }

    /** Wherever a label comes from, and whatever the encoder did before, the path is that of the series. */
    @ParameterizedTest
    @MethodSource("all")
    void aLabelBesideTheMetricsIsALabelLikeOthers(GraphiteNames names) {
        HostileSeries hostile = new HostileSeries(SEED + 4);
        PathEncoder encoder = names.encoder(Labels.of());
        for (int i = 0; i < SERIES / 40; i++) {
            String name = hostile.text();
            Labels all = hostile.labels();
            @Nullable String expected = names.path(name, all);
            encoder.metric(all);
            assertEqual(path(encoder, name, null, null), expected);
            for (Label label : all) {
                encoder.metric(all.without(label.name()));
                assertEqual(path(encoder, name, label.name(), label.value()), expected);
            }
        }
    }

    private static void assertEqual(String path, @Nullable String expected) {
        if (!path.equals(expected)) {
            assertThat(path).isEqualTo(expected);
        }
    }

    private static String path(PathEncoder encoder, String name, Labels labels) {
        encoder.metric(labels);
        return path(encoder, name, null, null);
    }

    private static String path(PathEncoder encoder, String name, @Nullable String label, @Nullable String value) {
        PathBuffer path = new PathBuffer();
        path.add('#');
        if (encoder.path(name, label, value, path) != null) {
            fail("no path for %s", name);
        }
        return path.toString().substring(1);
    }
}
