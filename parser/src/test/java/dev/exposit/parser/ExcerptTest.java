package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
    /** The excerpt for a place, marked by {@code ‸}, in one line. */
    private static Excerpt at(String marked) {
        byte[] before = utf8(marked.substring(0, marked.indexOf('‸')));
        byte[] line = utf8(marked.replace("‸", "") + "\n");
        return Excerpt.of(line, 0, line.length - 1, before.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The excerpt with the mark put back where the caret is. */
    private static String marked(Excerpt excerpt) {
        int at = excerpt.text().offsetByCodePoints(0, excerpt.caret());
        return excerpt.text().substring(0, at) + '‸' + excerpt.text().substring(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "‸",
                "‸a 1",
                "a ‸x",
                "a 1‸",
                "aé日🔥‸x",
                "aé‸日🔥x",
                "a\t‸x\ty",
                "é‸",
                "a{b=\"🔥🔥🔥\"} ‸x",
            })
    void aShortLineIsShownWhole(String line) {
        assertThat(marked(at(line))).isEqualTo(line);
    }

    @Test
    void aLongLineIsCutOnBothSides() {
        String shown = marked(at("a".repeat(1000) + "X‸Y" + "b".repeat(1000)));
        assertThat(shown).startsWith("…a").contains("aaaX‸Ybbb").endsWith("b…");
        assertThat(shown.length()).isBetween(60, 200);
        assertThat(marked(at("a".repeat(1000) + "‸"))).startsWith("…a").endsWith("a‸");
        assertThat(marked(at("‸" + "b".repeat(1000)))).startsWith("‸b").endsWith("b…");
    }

    /** Wherever the cut falls, no character is cut in two and the caret stays at its place. */
    @Test
    void charactersAreNotCut() {
        for (String character : new String[] {"é", "日", "🔥"}) {
            for (int shift = 0; shift < 8; shift++) {
                String line =
                        "x".repeat(shift) + character.repeat(300) + "‸Y" + "z".repeat(shift) + character.repeat(300);
                String shown = marked(at(line));
                assertThat(shown)
                        .contains(character + "‸Y")
                        .startsWith("…")
                        .endsWith("…")
                        .doesNotContain("\uFFFD");
            }
        }
    }

    /** A character that the cut falls into is shown. */
    @Test
    void aCutMovesOutwards() {
        assertThat(marked(at("é".repeat(60) + "x‸Y" + "é".repeat(60))))
                .isEqualTo("…" + "é".repeat(40) + "x‸Y" + "é".repeat(20) + "…");
    }

    @Test
    void controlCharactersDoNothingToATerminal() {
        assertThat(marked(at("a\u0000b\u001b[31m\r\u0007‸\u007f\u0085\u009fc\td")))
                .isEqualTo("a\u2400b\u241b[31m\u240d\u2407‸\uFFFD\uFFFD\uFFFDc\td");
        assertThat(Excerpt.printable(utf8("a\nb"), 0, 3)).isEqualTo("a\u240ab");
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        byte[] line = {'a', (byte) 0xFF, 'b', (byte) 0xE2, (byte) 0x82, '\n'};
        Excerpt excerpt = Excerpt.of(line, 0, 5, 2);
        assertThat(excerpt.text()).startsWith("a\uFFFDb\uFFFD");
        assertThat(excerpt.caret()).isEqualTo(2);
        // A tail of bytes without a head is longer than any character: the cut must not run away.
        byte[] tails = new byte[5000];
        Arrays.fill(tails, (byte) 0x80);
        tails[4999] = '\n';
        assertThat(Excerpt.of(tails, 0, 4999, 2500).text().length()).isLessThan(400);
    }

    @Test
    void theCaretStandsUnderThePlace() {
        assertThat(shown("ab x\n")).containsExactly("ab x", "   ^");
        assertThat(shown("ab\t\tx\n")).containsExactly("ab\t\tx", "  \t\t^");
        assertThat(shown("ab{c=\"é日🔥\"} x\n")).containsExactly("ab{c=\"é日🔥\"} x", "            ^");
        assertThat(shown("ab\n")).containsExactly("ab", "  ^");
        assertThat(shown("x\nab\n")).containsExactly("x", " ^");
        assertThat(shown("a{b=\"" + "é".repeat(500) + "\"} x\n").get(1).strip()).isEqualTo("^");
    }

    /** The excerpt and the caret line of the first error. */
    private static List<String> shown(String text) {
        EventDump dump = EventDump.of(
                ExpositionReader.open(utf8(text), Families.PROMETHEUS_TEXT.withRecovery(Recovery.SKIP_LINE)));
        return dump.problems().get(0).lines().skip(1).toList();
    }

    @Test
    void aProblemPrintsItsPlaceAndWhatWasExpected() {
        ExpositionReader in =
                ExpositionReader.open(utf8("a\u0085 1\n"), Families.PROMETHEUS_TEXT.withRecovery(Recovery.SKIP_LINE));
        in.next();
        Problem problem = in.problems().get(0);
        assertThat(problem.toString()).startsWith("line 1, column 2, byte 1: INVALID_METRIC_NAME: expected ");
        assertThat(problem.toString() + problem.excerpt()).doesNotContain("\u0085");
    }
}
