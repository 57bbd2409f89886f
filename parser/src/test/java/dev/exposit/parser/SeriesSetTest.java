package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Labels;
import org.junit.jupiter.api.Test;

class SeriesSetTest {
    private final SeriesSet set = new SeriesSet();

    @Test
    void knowsNamesAndLabelsButNoEmptyOnes() {
        assertThat(set.add("a", Labels.of())).isTrue();
        assertThat(set.add("b", Labels.of())).isTrue();
        assertThat(set.add("a", Labels.of("l", "1", "m", "2"))).isTrue();
        assertThat(set.add("a", Labels.of("m", "2", "l", "1"))).isFalse();
        assertThat(set.add("a", Labels.of("l", ""))).isFalse();
    }

    @Test
    void forgetsNothingWhenTheyAreMany() {
        for (int i = 0; i < 5000; i++) {
            assertThat(set.add("a", Labels.of("l", "" + i))).isTrue();
            assertThat(set.add("b", Labels.of("l", "" + i))).isTrue();
        }
        for (int i = 0; i < 5000; i++) {
            assertThat(set.add("a", Labels.of("l", "" + i))).isFalse();
            assertThat(set.add("b", Labels.of("l", "" + i))).isFalse();
        }
    }
}
