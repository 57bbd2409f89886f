package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.exposit.graphite.PathRules.Overlong;
import dev.exposit.model.Labels;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesPathEncoderTest {
    static Stream<Arguments> conflicts() {
        Labels source = Labels.of("job", "s", "host", "", "zone", "z");
        return Stream.of(
                arguments(source, Labels.of("a", "1"), "x;a=1;job=s;zone=z"),
                arguments(source, Labels.of("job", "m"), "x;exported_job=m;job=s;zone=z"),
                arguments(source, Labels.of("job", ""), "x;job=s;zone=z"),
                arguments(source, Labels.of("host", "h"), "x;host=h;job=s;zone=z"),
                arguments(
                        source,
                        Labels.of("job", "m", "exported_job", "e"),
                        "x;exported_exported_job=m;exported_job=e;job=s;zone=z"),
                arguments(source, Labels.of("job", "m", "exported_job", ""), "x;exported_job=m;job=s;zone=z"),
                arguments(
                        Labels.of("exported_job", "e", "job", "s"),
                        Labels.of("exported_job", "m", "job", "n"),
                        "x;exported_exported_exported_job=m;exported_exported_job=n;exported_job=e;job=s"),
                arguments(Labels.of("name", "s"), Labels.of("name", "m"), "x;exported_exported_name=m;exported_name=s"),
                arguments(Labels.of("a b", "~"), Labels.of(), "x;a%20b=%7E"));
    }

    @ParameterizedTest
    @MethodSource
    void conflicts(Labels source, Labels labels, String path) {
        PathEncoder encoder = GraphiteNames.tags().encoder(source);
        encoder.metric(labels);

        assertThat(path(encoder, "x", null, null)).isEqualTo(path);
    }

    @Test
    void aSourcesLabelsFillATemplate() {
        PathEncoder encoder =
                GraphiteNames.template("{job}.{le}.{__name__}.{label…}").encoder(Labels.of("job", "s", "zone", "z"));
        encoder.metric(Labels.of("job", "m", "a", "1"));

        assertThat(path(encoder, "x", "le", "0.5")).isEqualTo("s.0%2E5.x.a.1.exported_job.m.zone.z");
        assertThat(path(encoder, "x", null, null)).isEqualTo("s.%.x.a.1.exported_job.m.zone.z");
        assertThat(path(encoder, "x", "q", "1")).isEqualTo("s.%.x.a.1.exported_job.m.q.1.zone.z");
    }

    @Test
    void aTemplatesPlaceTakesANameToo() {
        PathEncoder encoder =
                GraphiteNames.template("{exported_le}.{__name__}.{label…}").encoder(Labels.of("le", "s"));
        encoder.metric(Labels.of("exported_le", "m"));
        assertThat(path(encoder, "x", "le", "1")).isEqualTo("m.x.exported_exported_le.1.le.s");
        encoder.metric(Labels.of());
        assertThat(path(encoder, "x", "le", "1")).isEqualTo("1.x.le.s");
    }

    @Test
    void theLabelBesideTheMetricsStandsWhereItBelongs() {
        PathEncoder encoder = GraphiteNames.tags().encoder(Labels.of("le", "s"));
        encoder.metric(Labels.of("b", "1", "z", "2"));

        assertThat(path(encoder, "x", "a", "0")).isEqualTo("x;a=0;b=1;le=s;z=2");
        assertThat(path(encoder, "x", "le", "0")).isEqualTo("x;b=1;exported_le=0;le=s;z=2");
        assertThat(path(encoder, "x", "zz", "0")).isEqualTo("x;b=1;le=s;z=2;zz=0");
        assertThat(path(encoder, "x", "b", "0")).as("instead of the metric's").isEqualTo("x;b=0;le=s;z=2");
        assertThat(path(encoder, "x", "c", "")).isEqualTo("x;b=1;le=s;z=2");
        assertThat(path(encoder, "y", null, null)).isEqualTo("y;b=1;le=s;z=2");
        encoder.metric(Labels.of("le", "m"));
        assertThat(path(encoder, "x", "a", "0")).isEqualTo("x;a=0;exported_le=m;le=s");
        encoder.metric(Labels.of());
        assertThat(path(encoder, "x", "a", "0")).isEqualTo("x;a=0;le=s");
    }

    static Stream<Arguments> sanitised() {
        GraphiteNames tags = GraphiteNames.tags();
        GraphiteNames python = GraphiteNames.layout(GraphiteLayout.PYTHON, true);
        GraphiteNames go = GraphiteNames.layout(GraphiteLayout.GO, false);
        return Stream.of(
                arguments(tags, "a.b", Labels.of("a", "\u00E9", "b", ""), false),
                arguments(tags, "a b", Labels.of(), true),
                arguments(tags, "a", Labels.of("b c", "d"), true),
                arguments(tags, "a", Labels.of("b", "c d"), true),
                arguments(tags, "a", Labels.of("b c", ""), false),
                arguments(tags, "a", Labels.of("name", "b"), true),
                arguments(tags, "a", Labels.of("b", "c".repeat(192)), true),
                arguments(GraphiteNames.template("{c}.{__name__}"), "a", Labels.of("b c", "d"), false),
                arguments(GraphiteNames.template("{c}.{__name__}.{label…}"), "a", Labels.of("b c", "d"), true),
                arguments(GraphiteNames.template("{c}.{__name__}"), "a", Labels.of("c", "d.e"), true),
                arguments(python, "a_b-", Labels.of("a", "__"), false),
                arguments(python, "a", Labels.of("a", ":"), true),
                arguments(go, "a_b-:", Labels.of("a", "_"), false),
                arguments(go, "a", Labels.of("a", "__"), true),
                arguments(go, "a", Labels.of("a", " "), true));
    }

    @ParameterizedTest
    @MethodSource
    void sanitised(GraphiteNames names, String name, Labels labels, boolean expected) {
        PathEncoder encoder = names.encoder(Labels.of());
        encoder.metric(labels);
        path(encoder, name, null, null);
        assertThat(encoder.isSanitised()).isEqualTo(expected);

        encoder.metric(Labels.of());
        path(encoder, "plain", null, null);
        assertThat(encoder.isSanitised()).isFalse();
        path(encoder, "not plain", "le", "1");
        assertThat(encoder.isSanitised()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDroppedSeriesLeavesNothingBehind(boolean inMetric) {
        PathRules rules = PathRules.defaults().withOverlong(Overlong.DROP);
        PathEncoder encoder = GraphiteNames.tags(rules).encoder(Labels.of());
        String tooLong = "v".repeat(192);
        encoder.metric(inMetric ? Labels.of("a", tooLong) : Labels.of());
        PathBuffer path = new PathBuffer();
        path.add('#');

        assertThat(encoder.path("x", "le", inMetric ? "1" : tooLong, path)).isEqualTo(DropReason.NAME);
        assertThat(path).hasToString("#");
        encoder.metric(Labels.of());
        assertThat(encoder.path("x", "le", "1", path)).isNull();
        assertThat(path).hasToString("#x;le=1");
    }

    /** What is remembered is bounded, and that it is forgotten changes nothing. */
    @Test
    void manyNamesAndLabelsDoNotMixUp() {
        PathEncoder encoder = GraphiteNames.tags().encoder(Labels.of("s", "t"));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                encoder.metric(Labels.of("z" + i, "v", "a" + i, "w"));
                assertThat(path(encoder, "x" + i, "l" + i, "q"))
                        .isEqualTo("x" + i + ";a" + i + "=w;l" + i + "=q;s=t;z" + i + "=v");
            }
        }
    }

    private static String path(PathEncoder encoder, String name, @Nullable String label, @Nullable String value) {
        PathBuffer path = new PathBuffer();
        assertThat(encoder.path(name, label, value, path)).isNull();
        return path.toString();
    }
}
