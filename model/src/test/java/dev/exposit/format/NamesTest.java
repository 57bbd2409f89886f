package dev.exposit.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "A", "Z", "_", "__name__", "up", "a0", "a9", "Http_2"})
    void legacyNamesOfBothKinds(String name) {
        assertThat(Names.isLegacyMetricName(name)).isTrue();
        assertThat(Names.isLegacyLabelName(name)).isTrue();
        assertThat(Names.isValidUtf8Name(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "a:b", ":a", "job:up:sum"})
    void colonsAreLegacyInMetricNamesOnly(String name) {
        assertThat(Names.isLegacyMetricName(name)).isTrue();
        assertThat(Names.isLegacyLabelName(name)).isFalse();
        assertThat(Names.isValidUtf8Name(name)).isTrue();
    }

    /** Among them the neighbours of every range of legacy characters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0", "9a", "a.b", "a b", "@", "[", "`", "{", "a/", "a;", "\n", "a\u0000", "é", "aé", "花火", "😱", "ａ",
                "٣"
            })
    void otherNamesAreValidUtf8Only(String name) {
        assertThat(Names.isLegacyMetricName(name)).isFalse();
        assertThat(Names.isLegacyLabelName(name)).isFalse();
        assertThat(Names.isValidUtf8Name(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "high alone, D800, false",
        "low alone, DC00, false",
        "high before a letter, D83D 61, false",
        "letter before high, 61 D83D, false",
        "low before high, DE31 D83D, false",
        "pair, D83D DE31, true",
        "pair then high, D83D DE31 D83D, false",
        "high then pair, D83D D83D DE31, false",
    })
    void surrogatesMustBePaired(String what, String units, boolean valid) {
        StringBuilder name = new StringBuilder();
        for (String unit : units.split(" ", -1)) {
            name.append((char) Integer.parseInt(unit, 16));
        }

        assertThat(Names.isValidUtf8Name(name)).as(what).isEqualTo(valid);
        assertThat(Names.isLegacyMetricName(name)).as(what).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = "")
    void emptyIsNoName(String name) {
        assertThat(Names.isLegacyMetricName(name)).isFalse();
        assertThat(Names.isLegacyLabelName(name)).isFalse();
        assertThat(Names.isValidUtf8Name(name)).isFalse();
    }
}
