package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenFingerprintsTest {
    private final SeenFingerprints seen = new SeenFingerprints();

    /** Each family anew, whatever the size of the one before, and with some that stand twice. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 10, 40, 5_000})
    void knowsWhatAFamilyHadAndNothingOfTheOneBefore(int most) {
        SplittableRandom random = new SplittableRandom(Long.getLong("exposit.seed", 20250107L));
        for (int family = 0; family < 20; family++) {
            seen.clear();
            Set<Long> expected = new HashSet<>();
            int size = family % 2 == 0 ? most : random.nextInt(most);
            for (int i = 0; i < size; i++) {
                // Few, so that they come again, and alike in their lowest bits, so that they meet in the table.
                long fingerprint = (long) (1 + random.nextInt(2 * most)) << 20;
                assertThat(seen.add(fingerprint)).isEqualTo(expected.add(fingerprint));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 60})
    void zeroIsAFingerprintLikeOthers(int before) {
        for (int i = 1; i <= before; i++) {
            assertThat(seen.add(i * 1_000L)).isTrue();
        }
        assertThat(seen.add(0)).isTrue();
        assertThat(seen.add(0)).isFalse();
    }
}
