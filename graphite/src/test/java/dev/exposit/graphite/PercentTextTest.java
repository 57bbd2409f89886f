package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTextTest {
    private static final long SEED = Long.getLong("exposit.seed", 20261127L);

    @ParameterizedTest
    @CsvSource({
        "0,%00",
        "37,%25",
        "127,%7F",
        "128,%C2%80",
        "233,%C3%A9",
        "2047,%DF%BF",
        "2048,%E0%A0%80",
        "55296,%ED%A0%80",
        "65535,%EF%BF%BF",
        "65536,%F0%90%80%80",
        "128512,%F0%9F%98%80",
        "1114111,%F4%8F%BF%BF"
    })
    void escapesTheBytesOfUtf8AndTakesThemBack(int codePoint, String escaped) {
        PathBuffer path = new PathBuffer();
        PercentText.appendEscaped(codePoint, path);

        assertThat(path).hasToString(escaped);
        assertThat(PercentText.decode("a" + escaped + "b")).isEqualTo("a" + Character.toString(codePoint) + "b");
    }

    @Test
    void writesUtf8AsTheJdkDoes() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                String text = Character.toString(c);
                byte[] bytes = PercentText.utf8(text);
                if (!Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))) {
                    assertThat(bytes).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "%",
                "a%",
                "%2",
                "%2x",
                "%~",
                "x%~0123456789abcdef",
                "%2e",
                "%c3%a9",
                "%80",
                "%BF",
                "%C3",
                "%C3%",
                "%C3%2E",
                "%C3x%A9",
                "%E2%82",
                "%F5%80%80%80",
                "%F8%80%80%80%80",
                "%FF",
                "%F4%90%80%80",
                "\u00E9"
            })
    void whatIsNoEscapeOfOursStays(String text) {
        // "." is an escape of its own behind half a character.
        assertThat(PercentText.decode(text)).isEqualTo(text.replace("%2E", "."));
    }

    /** A longer form of a character than need be is none of ours. */
    @ParameterizedTest
    @ValueSource(strings = {"%C0%80", "%C1%BF", "%E0%80%80", "%E0%9F%BF", "%F0%80%80%80", "%F0%8F%BF%BF"})
    void overlongFormsStay(String text) {
        assertThat(PercentText.decode(text)).isEqualTo(text);
    }

    @Test
    void everyTextComesBackHoweverItWasEscaped() {
        HostileSeries hostile = new HostileSeries(SEED);
        PathRules rules = PathRules.defaults();
        TextRule[] all = {
            EscapedText.name(rules),
            EscapedText.component(rules),
            EscapedText.tagName(rules),
            EscapedText.tagValue(rules)
        };
        for (int i = 0; i < 20_000; i++) {
            String text = hostile.text();
            for (TextRule rule : all) {
                PathBuffer path = new PathBuffer();
                boolean changed = rule.append(text, path);

                assertThat(PercentText.decode(path.toString())).isEqualTo(text);
                assertThat(changed).isEqualTo(!path.toString().equals(text));
            }
        }
    }
}
