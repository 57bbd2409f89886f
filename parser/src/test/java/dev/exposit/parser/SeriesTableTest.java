package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTableTest {
    private final SeriesTable table = new SeriesTable();

    @Test
    void orderAndEmptyValuesDoNotCount() {
        assertThat(table.add(7, Labels.of("a", "1", "b", "2", "c", ""))).isTrue();
        assertThat(table.add(7, Labels.of("b", "2", "a", "1"))).isFalse();
        assertThat(table.add(7, Labels.of("d", "", "b", "2", "a", "1"))).isFalse();
    }

    /** Few fingerprints: sets that share one are told apart all the same. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1 << 20})
    void behavesAsASetOfLabelsDoes(int fingerprints) {
        SplittableRandom random = new SplittableRandom(Long.getLong("exposit.seed", 20250107L));
        Set<Labels> known = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            Labels labels =
                    Labels.of("a", Integer.toString(random.nextInt(30)), "b", Integer.toString(random.nextInt(30)));
            assertThat(table.add(labels.hashCode() % fingerprints, labels)).isEqualTo(known.add(labels));
        }
    }

    @Test
    void showsAllFingerprintsUntilCleared() {
        for (long i = 1; i <= 100; i++) {
            table.add(i << 40, Labels.of("a", Long.toString(i)));
        }
        List<Long> shown = new ArrayList<>();
        table.forEachFingerprint(shown::add);
        assertThat(shown).hasSize(100).doesNotHaveDuplicates().contains(1L << 40, 100L << 40);

        table.clear();
        table.forEachFingerprint(shown::add);
        assertThat(shown).hasSize(100);
        assertThat(table.add(1L << 40, Labels.of("a", "1"))).isTrue();
    }
}
