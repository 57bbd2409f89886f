package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.exposit.model.Labels;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Paths worked out by hand from what Go's and Python's bridges do. */
class GraphiteLayoutTest {
    static Stream<Arguments> python() {
        return Stream.of(
                arguments("up", Labels.of(), "up", "up"),
                arguments("a:b.c-d", Labels.of(), "a_b_c-d", "a_b_c-d"),
                arguments("x", Labels.of("b", "2", "a", "1"), "x.a.1.b.2", "x;a=1;b=2"),
                arguments("x", Labels.of("a", "c.:8", "b", "\uD83D\uDE00\u00E9 "), "x.a.c__8.b.___", "x;a=c__8;b=___"),
                arguments("x", Labels.of("a", ""), "x.a.", "x;a="),
                arguments("x", Labels.of("name", "y", "le", "+Inf"), "x.le._Inf.name.y", "x;le=_Inf;name=y"),
                // Sorted as they were, by code point: '-' < '.' < 'b' < U+FFFF < U+10000.
                arguments(
                        "x",
                        Labels.of("ab", "1", "a.b", "2", "a", "3", "a-b", "4"),
                        "x.a.3.a-b.4.a_b.2.ab.1",
                        "x;a=3;a-b=4;a_b=2;ab=1"),
                arguments("x", Labels.of("\uD800\uDC00", "1", "\uFFFF", "2"), "x._.2._.1", "x;_=2;_=1"));
    }

    @ParameterizedTest
    @MethodSource
    void python(String name, Labels labels, String dotted, String tagged) {
        assertThat(GraphiteNames.layout(GraphiteLayout.PYTHON, false).path(name, labels))
                .isEqualTo(dotted);
        assertThat(GraphiteNames.layout(GraphiteLayout.PYTHON, true).path(name, labels))
                .isEqualTo(tagged);
        assertThat(GraphiteNames.layout(GraphiteLayout.PYTHON, true)
                        .withPrefix("a.b/c.")
                        .path(name, labels))
                .isEqualTo("a.b/c.." + tagged);
    }

    static Stream<Arguments> go() {
        return Stream.of(
                arguments("up", Labels.of(), "up", "up"),
                arguments("a:b__c..d-e f", Labels.of(), "a:b_c_d-e.f", "a:b_c_d-e.f"),
                arguments("_\u00E9_", Labels.of(), "_", "_"),
                arguments("x", Labels.of("b", "2", "a", "1"), "x.a.1.b.2", "x;a=1;b=2"),
                arguments("x", Labels.of("a_", "_b", "c", "d e"), "x.a_._b.c.d.e", "x;a_=_b;c=d%20e"),
                arguments(
                        "x",
                        Labels.of("a", "10.0.0.1:80/\uD83D\uDE00"),
                        "x.a.10_0_0_1:80_",
                        "x;a=10.0.0.1:80/\uD83D\uDE00"),
                arguments("x", Labels.of("a", "", "b", "1"), "x.a..b.1", "x;a=;b=1"),
                arguments("x", Labels.of("a", "~b;c=\"}", "name", "n"), "x.a._b_c_.name.n", "x;a=~b;c=\"};name=n"),
                arguments("x", Labels.of("a", "b\tc\nd\u2028"), "x.a.b_c_d_", "x;a=b%09c%0Ad%E2%80%A8"),
                arguments("x", Labels.of("a", "100%\u0000"), "x.a.100_", "x;a=100%\u0000"),
                // Sorted by name and blank in the one case, as carbon sorts tags in the other.
                arguments("x", Labels.of("ab", "1", "a-b", "2", "a", "3"), "x.a.3.a-b.2.ab.1", "x;a-b=2;a=3;ab=1"));
    }

    @ParameterizedTest
    @MethodSource
    void go(String name, Labels labels, String dotted, String tagged) {
        assertThat(GraphiteNames.layout(GraphiteLayout.GO, false).path(name, labels))
                .isEqualTo(dotted);
        assertThat(GraphiteNames.layout(GraphiteLayout.GO, true).path(name, labels))
                .isEqualTo(tagged);
        assertThat(GraphiteNames.layout(GraphiteLayout.GO, false)
                        .withPrefix("a__b")
                        .path(name, labels))
                .isEqualTo("a__b." + dotted);
    }

    @Test
    void aPrefixMustNotBreakTheLine() {
        GraphiteNames names = GraphiteNames.layout(GraphiteLayout.GO, true);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> names.withPrefix("a b"))
                .withMessageContaining("a b");
    }
}
