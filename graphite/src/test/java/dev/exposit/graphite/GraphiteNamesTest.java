package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.exposit.graphite.PathRules.Dots;
import dev.exposit.graphite.PathRules.Escaping;
import dev.exposit.graphite.PathRules.NonAscii;
import dev.exposit.graphite.PathRules.Overlong;
import dev.exposit.model.Labels;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphiteNamesTest {
    private static final PathRules DEFAULTS = PathRules.defaults();
    private static final PathRules UNDERSCORE = DEFAULTS.withEscaping(Escaping.UNDERSCORE);

    static Stream<Arguments> tags() {
        return Stream.of(
                arguments("up", Labels.of(), "up"),
                arguments("x", Labels.of("code", "200", "b", "c d"), "x;b=c%20d;code=200"),
                // Order by the tag's text, in which '-' and '.' come before '='.
                arguments("x", Labels.of("a", "1", "a.b", "2", "a-b", "3", "ab", "4"), "x;a-b=3;a.b=2;a=1;ab=4"),
                arguments("x", Labels.of("B", "1", "_", "2", "a", "3"), "x;B=1;_=2;a=3"),
                // By code point: U+FFFF before U+10000, though in UTF-16 it comes behind.
                arguments("x", Labels.of("\uD800\uDC00", "1", "\uFFFF", "2"), "x;%EF%BF%BF=2;%F0%90%80%80=1"),
                arguments("x", Labels.of("a", "", "b", "1"), "x;b=1"),
                arguments("x", Labels.of("a", ""), "x"),
                arguments("x", Labels.of("name", "1"), "x;exported_name=1"),
                arguments(
                        "x",
                        Labels.of("exported_name", "1", "name", "2"),
                        "x;exported_exported_name=1;exported_name=2"),
                arguments("x", Labels.of("exported_names", "1", "xname", "2"), "x;exported_names=1;xname=2"),
                arguments("~~x", Labels.of("a", "~~b", "c", "d~"), "%7E~x;a=%7E~b;c=d~"),
                arguments("x;y", Labels.of("a;b=c!d^e", "f;g"), "x%3By;a%3Bb%3Dc%21d%5Ee=f%3Bg"),
                arguments("x", Labels.of("a", "b=c!d^e'f\\g/h*[i]{j}|,"), "x;a=b=c!d^e'f\\g/h*[i]{j}|,"),
                arguments("x", Labels.of("a", "{\"}"), "x;a={%22}"),
                arguments("x{a=\"b\"}", Labels.of(), "x%7Ba%3D%22b%22%7D"),
                arguments("a/b*?[c](d),'\\|", Labels.of(), "a%2Fb%2A%3F%5Bc%5D%28d%29%2C%27%5C%7C"),
                arguments(
                        "http.server.duration",
                        Labels.of("http.method", "GET"),
                        "http.server.duration;http.method=GET"),
                arguments(".a..b.", Labels.of("c", "d"), "%2Ea%2E%2Eb%2E;c=d"),
                arguments(".", Labels.of(), "%2E"),
                arguments("_tagged.abc", Labels.of(), "%5Ftagged.abc"),
                arguments("_tagged", Labels.of(), "%5Ftagged"),
                arguments("_tag", Labels.of("a", "_tagged"), "_tag;a=_tagged"),
                arguments("_tagged_", Labels.of(), "%5Ftagged_"),
                arguments("x%20", Labels.of("a%", "100%"), "x%2520;a%25=100%25"),
                arguments("\u00E9", Labels.of("\u00E9", "\u00E9\uD83D\uDE00"), "%C3%A9;%C3%A9=\u00E9\uD83D\uDE00"),
                arguments(
                        "x",
                        Labels.of("a", "\t\n\u0000\u007F\u0085\u00A0\u1680\u2003\u2028\u202F\u3000\u001C"),
                        "x;a=%09%0A%00%7F%C2%85%C2%A0%E1%9A%80%E2%80%83%E2%80%A8%E2%80%AF%E3%80%80%1C"),
                arguments("x", Labels.of("a", "\uD800b", "c", "\uDC00\uD800"), "x;a=%ED%A0%80b;c=%ED%B0%80%ED%A0%80"));
    }

    @ParameterizedTest
    @MethodSource
    void tags(String name, Labels labels, String path) {
        assertThat(GraphiteNames.tags().path(name, labels)).isEqualTo(path);
        assertThat(GraphiteNames.tags().withPrefix("p.q").path(name, labels)).isEqualTo("p.q." + path);
        assertThat(GraphiteNames.tags().usesTags()).isTrue();
    }

    static Stream<Arguments> dotted() {
        return Stream.of(
                arguments("up", Labels.of(), "up"),
                arguments("x", Labels.of("le", "+Inf", "code", "200"), "x.code.200.le.+Inf"),
                arguments("x", Labels.of("a", "", "b", "1"), "x.b.1"),
                arguments("x", Labels.of("name", "1"), "x.name.1"),
                arguments("a.b", Labels.of("c.d", "0.5"), "a%2Eb.c%2Ed.0%2E5"),
                arguments("x", Labels.of("a", "/b/..", "c", "..."), "x.a.%2Fb%2F%2E%2E.c.%2E%2E%2E"),
                arguments("x", Labels.of("a", "host:80"), "x.a.host:80"),
                arguments("x", Labels.of("a", "b;c=d"), "x.a.b%3Bc%3Dd"),
                arguments("x", Labels.of("a", "{b}"), "x.a.%7Bb%7D"),
                arguments("~x", Labels.of("~a", "~b~"), "%7Ex.%7Ea.%7Eb~"),
                arguments("_tagged", Labels.of("abc", "d"), "%5Ftagged.abc.d"),
                arguments("x", Labels.of("a", "M\u00FCnchen"), "x.a.M%C3%BCnchen"));
    }

    @ParameterizedTest
    @MethodSource
    void dotted(String name, Labels labels, String path) {
        assertThat(GraphiteNames.dotted().path(name, labels)).isEqualTo(path);
        assertThat(GraphiteNames.dotted().withPrefix("p.q").path(name, labels)).isEqualTo("p.q." + path);
        assertThat(GraphiteNames.dotted().usesTags()).isFalse();
    }

    static Stream<Arguments> templates() {
        Labels labels = Labels.of("job", "api", "instance", "h.x:80", "code", "200");
        return Stream.of(
                arguments("{job}.{instance}.{__name__}.{label…}", labels, "api.h%2Ex:80.x.code.200"),
                arguments("{job}.{instance}.{__name__}.{label...}", labels, "api.h%2Ex:80.x.code.200"),
                arguments("{label…}.{__name__}", labels, "code.200.instance.h%2Ex:80.job.api.x"),
                arguments("{label…}.{__name__}", Labels.of(), "x"),
                arguments("{__name__}.{label…}.end", labels, "x.code.200.instance.h%2Ex:80.job.api.end"),
                arguments("{__name__}.{label…}.end", Labels.of(), "x.end"),
                arguments("servers.{job}-{code}_v1.{__name__}", labels, "servers.api-200_v1.x"),
                arguments("{__name__}.{__name__}.{job}.{job}", labels, "x.x.api.api"),
                arguments("{__name__}.{job}", Labels.of("job", ""), "x.%"),
                arguments("a-{job}.{__name__}", Labels.of(), "a-%.x"),
                arguments("{a.b c}.{__name__}", Labels.of("a.b c", "1"), "1.x"),
                arguments("\u00FC.{__name__}", Labels.of(), "\u00FC.x"));
    }

    @ParameterizedTest
    @MethodSource
    void templates(String template, Labels labels, String path) {
        assertThat(GraphiteNames.template(template).path("x", labels)).isEqualTo(path);
        assertThat(GraphiteNames.template(template).withPrefix("p").path("x", labels))
                .isEqualTo("p." + path);
        assertThat(GraphiteNames.template(template)
                        .withPrefix("p")
                        .withPrefix("")
                        .path("x", labels))
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "{__name__}.",
                ".{__name__}",
                "a..{__name__}",
                "{job}",
                "a.b",
                "{__name__}.{",
                "{__name__}.{}",
                "{__name__}.a}",
                "{__name__}.{label…}x",
                "x{label…}.{__name__}",
                "{__name__}.{label…}.{label...}",
                "a b.{__name__}",
                "a/b.{__name__}",
                "a%20.{__name__}",
                "~a.{__name__}",
                "_tagged.{__name__}",
                "a;b.{__name__}",
                "\u00A0.{__name__}",
                "*.{__name__}",
                "{a}{b}{c}{d}{e}{f}{g}{h}.{__name__}"
            })
    void refusesWhatIsNoTemplate(String template) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GraphiteNames.template(template))
                .withMessageContaining("template " + template);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".", "a.", ".a", "a..b", "a b", "a/b", "a;b", "a=b", "~a", "a%b", "_tagged", "a\n", "\u0085", "\uD800"
            })
    void refusesPrefixesThatAreNotLegal(String prefix) {
        for (GraphiteNames names : new GraphiteNames[] {GraphiteNames.tags(), GraphiteNames.dotted()}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> names.withPrefix(prefix))
                    .withMessageContaining(prefix);
        }
    }

    @Test
    void refusesPrefixesThatLeaveNoRoom() {
        assertThat(GraphiteNames.tags().withPrefix("p".repeat(158)).path("x", Labels.of()))
                .hasSize(160);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GraphiteNames.tags().withPrefix("p".repeat(159)))
                .withMessageContaining("32 of 191");
    }

    @Test
    void underscoresStandForWhatIsNotLegal() {
        GraphiteNames tags = GraphiteNames.tags(UNDERSCORE);
        assertThat(tags.path("a b\uD83D\uDE00.c%.", Labels.of("d!", "\u00E9;\"%\n~", "e", "~")))
                .isEqualTo("a_b_.c__;d_=\u00E9____~;e=_");
        GraphiteNames dotted = GraphiteNames.dotted(UNDERSCORE);
        assertThat(dotted.path("a.b", Labels.of("c", "d/e"))).isEqualTo("a_b.c.d_e");
        assertThat(GraphiteNames.template("{job}.{__name__}", UNDERSCORE).path("x", Labels.of()))
                .isEqualTo("_.x");
    }

    /** carbon takes the last of tags with the same name, and would take the others off the path. */
    @Test
    void ofLabelsThatUnderscoresMakeOneTheLastIsLeft() {
        Labels labels = Labels.of("a!", "1", "a^", "2", "b", "3");
        assertThat(GraphiteNames.tags(UNDERSCORE).path("x", labels)).isEqualTo("x;a_=2;b=3");
    }

    @Test
    void nonAsciiIsKeptWhereTheRulesSay() {
        Labels labels = Labels.of("\u00E9", "\u00FC");
        assertThat(GraphiteNames.tags(DEFAULTS.withNonAscii(NonAscii.KEEP)).path("\u00E4", labels))
                .isEqualTo("\u00E4;\u00E9=\u00FC");
        assertThat(GraphiteNames.tags(DEFAULTS.withNonAscii(NonAscii.ESCAPE)).path("\u00E4", labels))
                .isEqualTo("%C3%A4;%C3%A9=%C3%BC");
        assertThat(GraphiteNames.dotted(DEFAULTS.withNonAscii(NonAscii.KEEP)).path("\u00E4", labels))
                .isEqualTo("\u00E4.\u00E9.\u00FC");
        assertThat(GraphiteNames.tags(UNDERSCORE.withNonAscii(NonAscii.ESCAPE)).path("\u00E4", labels))
                .isEqualTo("_;_=_");
    }

    @Test
    void dotsPartComponentsIfKept() {
        GraphiteNames names = GraphiteNames.dotted(DEFAULTS.withDots(Dots.KEEP));
        assertThat(names.path("a.b", Labels.of("c.d", "..e.f."))).isEqualTo("a.b.c.d.%2E%2Ee.f%2E");
    }

    @Test
    void emptyValuesHaveATextIfTheRulesHaveOne() {
        PathRules rules = DEFAULTS.withEmptyValue("no.ne");
        Labels labels = Labels.of("a", "", "b", "1");
        assertThat(GraphiteNames.tags(rules).path("x", labels)).isEqualTo("x;a=no.ne;b=1");
        assertThat(GraphiteNames.dotted(rules).path("x", labels)).isEqualTo("x.a.no%2Ene.b.1");
        assertThat(GraphiteNames.template("{c}.{a}.{__name__}", rules).path("x", labels))
                .isEqualTo("no%2Ene.no%2Ene.x");
    }

    @Test
    void anEmptyNameHasNoPath() {
        assertThat(GraphiteNames.tags().path("", Labels.of())).isNull();
        assertThat(GraphiteNames.dotted().path("", Labels.of("a", "b"))).isNull();
    }

    @Test
    void whatIsTooLongIsLeftOutIfTheRulesSaySo() {
        PathRules rules =
                DEFAULTS.withOverlong(Overlong.DROP).withMaxTagBytes(64).withMaxPathBytes(512);
        GraphiteNames names = GraphiteNames.tags(rules);
        String most = "a".repeat(64);
        String more = "a".repeat(65);
        assertThat(names.path(most, Labels.of(most, most))).isEqualTo(most + ';' + most + '=' + most);
        assertThat(names.path(more, Labels.of("a", "b"))).isNull();
        assertThat(names.path("a", Labels.of(more, "b"))).isNull();
        assertThat(names.path("a", Labels.of("b", more))).isNull();
        Labels many = Labels.of("a", most, "b", most, "c", most, "d", most, "e", most, "f", most, "g", most);
        assertThat(names.path("a", many)).hasSize(1 + 7 * 67);
        assertThat(names.path("a".repeat(43), many)).hasSize(512);
        assertThat(names.path("a".repeat(44), many)).isNull();
    }
}
