package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.exposit.model.Problem.Severity;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

    private static final Location PLACE = new Location(12, 31, 1044);

    static Stream<Arguments> carets() {
        return Stream.of(
                arguments("up 1x", 0, "^"),
                arguments("up 1x", 4, "    ^"),
                arguments("up 1x", 5, "     ^"),
                // A tab stays a tab; one at the caret itself comes after it.
                arguments("\tup\t\t1 x", 6, "\t  \t\t ^"),
                arguments("a\tb", 1, " ^"),
                arguments("a\tb", 2, " \t^"),
                // A character is one column, however many bytes or chars it has.
                arguments("é=😀x", 3, "   ^"),
                arguments("é=😀x", 4, "    ^"),
                arguments("😀😀\t😀", 3, "  \t^"),
                arguments("e\u0301 x", 3, "   ^"),
                // Half a pair is a character of its own, before and behind a whole one.
                arguments("\uDE00\uD83Dx", 2, "  ^"),
                arguments("\uD83D\uD83D\uDE00x", 2, "  ^"),
                // What lies outside is drawn at the nearest end.
                arguments("", 0, "^"),
                arguments("", 7, "^"),
                arguments("up", 7, "  ^"),
                arguments("😀", 7, " ^"),
                arguments("up", Integer.MAX_VALUE, "  ^"),
                arguments("up", -1, "^"),
                arguments("up", Integer.MIN_VALUE, "^"));
    }

    @ParameterizedTest
    @MethodSource("carets")
    void theCaretStandsUnderThePlace(String excerpt, int caret, String line) {
        assertThat(problem(excerpt, caret).excerptWithCaret()).isEqualTo(excerpt + '\n' + line);
    }

    @Test
    void saysWhatWasExpectedAndWhereInOneLine() {
        Problem problem = problem("up 1x", 4);
        assertThat(problem.message()).isEqualTo("expected a number, got 'x'");
        assertThat(problem)
                .hasToString("line 12, column 31, byte 1044: INVALID_VALUE: expected a number, got 'x'")
                .isEqualTo(problem("up 1x", 4))
                .isNotEqualTo(problem("up 1x", 3))
                .hasSameHashCodeAs(problem("up 1x", 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void refusesNullParts(int part) {
        assertThatNullPointerException()
                .isThrownBy(() -> new Problem(
                        part == 0 ? null : "CODE",
                        part == 1 ? null : Severity.WARNING,
                        part == 2 ? null : PLACE,
                        part == 3 ? null : "expected",
                        part == 4 ? null : "got",
                        part == 5 ? null : "excerpt",
                        0));
    }

    @Test
    void locationsPastFourGigabytesAreExact() {
        long beyond = 1L << 40;
        assertThat(new Location(beyond, beyond + 1, beyond + 2))
                .hasToString("line 1099511627776, column 1099511627777, byte 1099511627778");
    }

    private static Problem problem(String excerpt, int caret) {
        return new Problem("INVALID_VALUE", Severity.ERROR, PLACE, "a number", "'x'", excerpt, caret);
    }
}
