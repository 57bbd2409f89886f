package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextHashTest {
    private static final int LONGEST = 70;

    private final SplittableRandom random = new SplittableRandom(Long.getLong("exposit.seed", 20250107L));

    /** All lengths, since those up to sixteen have ways of their own and all others an end that overlaps. */
    @Test
    void sameTextsHaveTheSameHashWhereverTheyStand() {
        for (int length = 0; length <= LONGEST; length++) {
            byte[] text = new byte[length];
            random.nextBytes(text);
            byte[] within = new byte[length + 20];
            random.nextBytes(within);
            System.arraycopy(text, 0, within, 7, length);

            assertThat(TextHash.of(within, 7, 7 + length))
                    .as("length %d", length)
                    .isEqualTo(TextHash.of(text, 0, length));
        }
    }

    @Test
    void everyBitCounts() {
        for (int length = 1; length <= LONGEST; length++) {
            byte[] text = new byte[length];
            random.nextBytes(text);
            Set<Long> hashes = new HashSet<>(Set.of(TextHash.of(text, 0, length)));
            for (int bit = 0; bit < 8 * length; bit++) {
                byte[] other = text.clone();
                other[bit / 8] ^= (byte) (1 << (bit % 8));
                hashes.add(TextHash.of(other, 0, length));
            }
            assertThat(hashes).as("length %d", length).hasSize(8 * length + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 'a', -1})
    void lengthsOfTheSameByteDiffer(byte filling) {
        byte[] text = new byte[LONGEST];
        Arrays.fill(text, filling);
        Set<Long> hashes = new HashSet<>();
        for (int length = 0; length <= LONGEST; length++) {
            hashes.add(TextHash.of(text, 0, length));
        }
        assertThat(hashes).hasSize(LONGEST + 1);
    }

    /** Hash tables take the lower bits, fingerprints the upper ones. */
    @Test
    void countersSpreadOverLowerAndUpperBits() {
        Set<Long> lower = new HashSet<>();
        Set<Long> upper = new HashSet<>();
        for (int i = 0; i < 1 << 12; i++) {
            byte[] text = ("instance-" + i).getBytes(StandardCharsets.US_ASCII);
            long hash = TextHash.of(text, 0, text.length);
            lower.add(hash & 0xFFF);
            upper.add(hash >>> 52);
        }
        // Random ones would be 0.632 of 4096, give or take 30.
        assertThat(lower.size()).isBetween(2400, 2780);
        assertThat(upper.size()).isBetween(2400, 2780);
    }

    @Test
    void nameAndValueAreNotAlike() {
        assertThat(TextHash.ofLabel(1, 2)).isNotEqualTo(TextHash.ofLabel(2, 1)).isEqualTo(TextHash.ofLabel(1, 2));
    }
}
