package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Labels;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenSeriesTest {
    private final SeenSeries seen = new SeenSeries();

    private boolean add(String name, String... labels) {
        return seen.add(name, Labels.of(labels));
    }

    private void knowsSeriesAgain() {
        assertThat(add("x", "a", "1", "b", "2")).isTrue();
        assertThat(add("x", "b", "2", "a", "1")).as("in another order").isFalse();
        assertThat(add("x", "a", "2", "b", "1")).as("values swapped").isTrue();
        assertThat(add("y", "a", "1", "b", "2")).as("another name").isTrue();
        assertThat(add("z", "a", "1", "b", "2")).as("a third one").isTrue();
        assertThat(add("x", "a", "1", "b", "2")).as("the first again").isFalse();
        assertThat(add("y", "a", "1", "b", "2")).as("the second again").isFalse();
        assertThat(add("x")).isTrue();
        assertThat(add("x")).isFalse();
    }

    @Test
    void exactly() {
        seen.resetExact();
        knowsSeriesAgain();
        seen.resetExact();
        knowsSeriesAgain();
    }

    @Test
    void byHash() {
        seen.resetHashed(1 << 20);
        knowsSeriesAgain();
        seen.resetHashed(1 << 20);
        knowsSeriesAgain();
    }

    @Test
    void growsUpToItsLimit() {
        seen.resetHashed(1 << 20);
        int fit = (1 << 20) / Long.BYTES * 3 / 4;
        assertThat(added(2 * fit)).as("for the first time").isEqualTo(2 * fit);
        assertThat(added(fit)).as("again").isZero();
        assertThat(add("x", "i", "" + (fit + 1))).as("beyond the limit").isTrue();
    }

    private int added(int count) {
        int added = 0;
        for (int i = 0; i < count; i++) {
            added += add("x", "i", "" + i) ? 1 : 0;
        }
        return added;
    }

    @Test
    void alwaysKnowsSome() {
        seen.resetHashed(0);

        assertThat(added(768)).isEqualTo(768);
        assertThat(added(768)).isZero();
        assertThat(added(2000)).as("those beyond are not known again").isEqualTo(2000 - 768);
        assertThat(added(2000)).isEqualTo(2000 - 768);
    }

    @Test
    void similarSeriesHaveDifferentHashes() {
        Set<Long> hashes = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 300; j++) {
                hashes.add(SeenSeries.hash("x", Labels.of("a", "" + i, "b", "" + j)));
            }
        }
        assertThat(hashes).hasSize(300 * 300);
    }
}
