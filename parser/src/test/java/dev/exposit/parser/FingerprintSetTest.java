package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Labels;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FingerprintSetTest {
    private final FingerprintSet set = new FingerprintSet();

    @Test
    void addsEachSetOnce() {
        assertThat(set.add("", Labels.of())).isTrue();
        assertThat(set.add("", Labels.of())).isFalse();
        assertThat(set.add("", Labels.of("a", "b"))).isTrue();
        assertThat(set.add("", Labels.of("a", "b"))).isFalse();
    }

    @Test
    void orderAndEmptyValuesDoNotCount() {
        assertThat(set.add("", Labels.of("a", "1", "b", "2", "c", ""))).isTrue();
        assertThat(set.add("", Labels.of("b", "2", "a", "1"))).isFalse();
        assertThat(set.add("", Labels.of("d", "", "b", "2", "a", "1"))).isFalse();
        assertThat(set.add("", Labels.of("x", ""))).isTrue();
        assertThat(set.add("", Labels.of())).isFalse();
    }

    /** Parts that change places, move over the border between name and value, or appear twice. */
    @Test
    void lookAlikesAreDifferent() {
        Labels[] lookAlikes = {
            Labels.of("a", "b"),
            Labels.of("b", "a"),
            Labels.of("ab", "c"),
            Labels.of("a", "bc"),
            Labels.of("a", "1", "b", "2"),
            Labels.of("a", "2", "b", "1"),
            Labels.of("a", "1", "b", "1"),
            Labels.of("a", "2", "b", "2"),
            Labels.of("a", "Aa"),
            Labels.of("a", "BB"),
            Labels.of("Aa", "x"),
            Labels.of("BB", "x"),
            Labels.of("a", "b\u0000"),
            Labels.of("a", "\u0000b"),
            Labels.of("a", "1", "b", "2", "c", "3"),
        };
        for (Labels labels : lookAlikes) {
            assertThat(set.add("", labels)).as("%s", labels).isTrue();
        }
        for (Labels labels : lookAlikes) {
            assertThat(set.add("", labels)).as("%s", labels).isFalse();
        }
    }

    @Test
    void growsAndForgetsNothing() {
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            assertThat(set.add("", Labels.of("i", Integer.toString(i)))).isTrue();
        }
        for (int i = 0; i < count; i += 7) {
            assertThat(set.add("", Labels.of("i", Integer.toString(i)))).isFalse();
            assertThat(set.add("", Labels.of("i", Integer.toString(i + count)))).isTrue();
        }
    }

    @Test
    void behavesAsASetOfLabelsDoes() {
        SplittableRandom random = new SplittableRandom(Long.getLong("exposit.seed", 20250107L));
        Set<Labels> known = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            Labels labels =
                    Labels.of("a", Integer.toString(random.nextInt(100)), "b", Integer.toString(random.nextInt(100)));
            assertThat(set.add("", labels)).isEqualTo(known.add(labels));
        }
    }
}
