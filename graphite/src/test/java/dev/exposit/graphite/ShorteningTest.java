package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.exposit.graphite.PathRules.Escaping;
import dev.exposit.model.Labels;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShorteningTest {
    private static final PathRules RULES =
            PathRules.defaults().withMaxTagBytes(64).withMaxComponentBytes(64).withMaxPathBytes(320);

    /** A text's first 46 bytes are kept, or less so as not to cut a character. */
    static Stream<Arguments> cuts() {
        String a = "a".repeat(40);
        return Stream.of(
                arguments(a + "b".repeat(25), a + "bbbbbb"),
                arguments(a + "bbbb%".repeat(5), a + "bbbb"),
                arguments(a + "bbbbb%".repeat(5), a + "bbbbb"),
                arguments(a + "bbb%".repeat(7), a + "bbb%25"),
                arguments(a + "bbbbb\u00E9".repeat(5), a + "bbbbb"),
                arguments(a + "bbbb\u00E9".repeat(5), a + "bbbb\u00E9"),
                arguments(a + "bbbb\uD83D\uDE00".repeat(5), a + "bbbb"),
                arguments(a + "\u00A0".repeat(9), a + "%C2%A0"),
                arguments(a + "bb\u00A0".repeat(9), a + "bb"),
                arguments(a + "\u3000".repeat(9), a),
                arguments("\uD800".repeat(30), "%ED%A0%80".repeat(5)));
    }

    @ParameterizedTest
    @MethodSource
    void cuts(String value, String kept) {
        String path = GraphiteNames.tags(RULES).path("x", Labels.of("a", value));

        assertThat(path).matches("x;a=.*%~[0-9a-f]{16}").startsWith("x;a=" + kept + "%~");
    }

    @Test
    void whatFitsIsNotCut() {
        String most = "\u00E9".repeat(32);
        assertThat(GraphiteNames.tags(RULES).path("x", Labels.of("a", most))).isEqualTo("x;a=" + most);
    }

    /** The hash is a contract: paths must not change from one release to the next. */
    @Test
    void theHashIsOfWhatTheWholeWouldBe() {
        assertThat(GraphiteNames.tags(RULES).path("a".repeat(70), Labels.of()))
                .isEqualTo("a".repeat(46) + "%~" + sha256("a".repeat(70)));
        assertThat(GraphiteNames.dotted(RULES).path("x", Labels.of("b", " ".repeat(70))))
                .isEqualTo("x.b." + "%20".repeat(15) + "%~" + sha256("%20".repeat(70)));
        PathRules underscore = RULES.withEscaping(Escaping.UNDERSCORE);
        assertThat(GraphiteNames.tags(underscore).path("a".repeat(70), Labels.of()))
                .isEqualTo("a".repeat(47) + "~" + sha256("a".repeat(70)));
    }

    @Test
    void aPrefixCountsForTheNameOfTagsAndForNoComponent() {
        String name = "a".repeat(64);
        assertThat(GraphiteNames.tags(RULES).withPrefix("pre").path(name, Labels.of()))
                .hasSize(64)
                .startsWith("pre.aaa");
        assertThat(GraphiteNames.dotted(RULES).withPrefix("pre").path(name, Labels.of()))
                .isEqualTo("pre." + name);
    }

    @Test
    void componentsWithTextAreCutToo() {
        GraphiteNames names = GraphiteNames.template("x-{a}.{__name__}", RULES);
        assertThat(names.path("n", Labels.of("a", "b".repeat(62)))).isEqualTo("x-" + "b".repeat(62) + ".n");
        assertThat(names.path("n", Labels.of("a", "b".repeat(63)))).matches("x-b{44}%~[0-9a-f]{16}\\.n");
    }

    @Test
    void ofALongPathAHashStandsForTheLastComponents() {
        String v = "v".repeat(62);
        Labels labels = Labels.of("a", v, "b", v, "c", v, "d", v, "e", v);
        String whole = "x.a." + v + ".b." + v + ".c." + v + ".d." + v + ".e." + v;
        assertThat(GraphiteNames.dotted(RULES).path("x", labels))
                .isEqualTo("x.a." + v + ".b." + v + ".c." + v + ".d." + v + ".e.%~" + sha256(whole));
        assertThat(GraphiteNames.dotted(RULES).path("x", labels.without("e"))).isEqualTo(whole.substring(0, 261));
    }

    @Test
    void ofALongPathATagWithAHashStandsForTheLastTags() {
        String v = "v".repeat(60);
        Labels labels = Labels.of("!", v, "#", v, "A", v, "b", v, "\u00E9", v);
        String whole = "x;#=" + v + ";%21=" + v + ";%C3%A9=" + v + ";A=" + v + ";b=" + v;
        assertThat(GraphiteNames.tags(RULES).path("x", labels))
                .isEqualTo("x;#=" + v + ";%21=" + v + ";%C3%A9=" + v + ";%~=" + sha256(whole) + ";A=" + v);
    }

    private static String sha256(String text) {
        return CarbonModel.sha256(text).substring(0, 16);
    }
}
