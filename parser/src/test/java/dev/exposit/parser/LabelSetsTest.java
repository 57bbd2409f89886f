package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelSetsTest {
    private static final List<String> NAMES = List.of("a", "b", "ab", "a_name_of_more_than_sixteen_bytes", "\u00E9");
    private static final List<String> VALUES =
            List.of("", "v", "1", "2", "a value of more than sixteen bytes", "\u4E2D", "x".repeat(100));

    private final LabelSets sets = new LabelSets(new StringCache());
    private final LabelTable table = new LabelTable();

    private Labels read(int apart, String... pairs) {
        table.clear();
        byte[] b = String.join("", pairs).getBytes(StandardCharsets.UTF_8);
        int at = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            int nameTo = at + pairs[i].getBytes(StandardCharsets.UTF_8).length;
            int valueTo = nameTo + pairs[i + 1].getBytes(StandardCharsets.UTF_8).length;
            table.add(b, at, at, nameTo, nameTo, valueTo);
            at = valueTo;
        }
        return sets.read(table, apart);
    }

    @Test
    void setsOfTheSameNamesShareThem() {
        Labels one = read(-1, "method", "get", "code", "200");
        Labels other = read(-1, "method", "put", "code", "201");

        assertThat(one).isEqualTo(Labels.of("method", "get", "code", "200"));
        assertThat(other).isEqualTo(Labels.of("method", "put", "code", "201"));
        assertThat(other.name(0)).isSameAs(one.name(0));
    }

    @Test
    void valuesInTheScratchBufferAreReadThere() {
        byte[] b = "a\\\"b".getBytes(StandardCharsets.UTF_8);
        int from = table.scratchMark();
        table.unescape(b, 1, 4);
        table.add(b, 0, 0, 1, from, table.scratchMark());

        assertThat(sets.read(table, -1)).isEqualTo(Labels.of("a", "\"b"));
    }

    @Test
    void leavesOutWhatIsApart() {
        assertThat(read(0, "le", "1", "a", "x")).isEqualTo(Labels.of("a", "x"));
        assertThat(read(1, "a", "x", "le", "1", "b", "y")).isEqualTo(Labels.of("a", "x", "b", "y"));
        assertThat(read(2, "a", "x", "b", "y", "le", "1")).isEqualTo(Labels.of("a", "x", "b", "y"));
        assertThat(read(0, "le", "1")).isSameAs(Labels.of());
        assertThat(sets.fingerprint()).isZero();
    }

    /** Whatever was read before: the set is that of the table, and so is the fingerprint, which order does not change. */
    @Test
    void readsWhatIsThereAndTellsSetsApart() {
        SplittableRandom random = new SplittableRandom(Long.getLong("exposit.seed", 20250107L));
        Map<Long, Labels> known = new HashMap<>();
        Map<Labels, Long> fingerprints = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            List<String> names = new ArrayList<>(NAMES);
            int size = random.nextInt(NAMES.size() + 1);
            String[] pairs = new String[2 * size];
            for (int label = 0; label < size; label++) {
                // The first of those that are left, mostly, so that names often stay.
                pairs[2 * label] = names.remove(random.nextInt(8) == 0 ? random.nextInt(names.size()) : 0);
                pairs[2 * label + 1] = VALUES.get(random.nextInt(VALUES.size()));
            }

            Labels labels = read(-1, pairs);

            assertThat(labels.toMap().entrySet())
                    .containsExactlyElementsOf(Labels.of(pairs).toMap().entrySet());
            assertThat(LabelSets.fingerprint(labels)).isEqualTo(sets.fingerprint());
            Labels series = labels.withoutEmpty();
            assertThat(known.merge(sets.fingerprint(), series, (one, other) -> one))
                    .isEqualTo(series);
            assertThat(fingerprints.merge(series, sets.fingerprint(), (one, other) -> one))
                    .isEqualTo(sets.fingerprint());
        }
    }
}
