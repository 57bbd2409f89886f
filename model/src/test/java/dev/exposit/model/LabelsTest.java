package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

    /** Settable, so that a failure's seed can be run again. */
    private static final long SEED = Long.getLong("exposit.seed", 20250107L);

    /** All of them on either side of the size from which a sorted index is kept. */
    static IntStream sizes() {
        return IntStream.rangeClosed(0, 100);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void findsEveryLabelAndNoOther(int size) {
        Map<String, String> map = randomLabels(size);
        Labels labels = Labels.of(map);

        assertThat(labels.size()).isEqualTo(size);
        assertThat(labels.isEmpty()).isEqualTo(size == 0);
        map.forEach((name, value) -> {
            assertThat(labels.get(name)).isEqualTo(value);
            assertThat(labels.contains(name)).isTrue();
            for (String other : List.of(name + '\0', name.substring(1), '!' + name, name + "zz")) {
                assertThat(labels.get(other)).as(other).isEqualTo(map.get(other));
                assertThat(labels.contains(other)).as(other).isEqualTo(map.containsKey(other));
            }
        });
        for (String other : List.of("", "\0", "\uFFFF", "zzz")) {
            assertThat(labels.get(other)).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void equalsWhateverTheOrderYetKeepsIt(int size) {
        Random random = new Random(SEED + size);
        Map<String, String> map = randomLabels(size);
        Labels labels = Labels.of(map);
        for (int i = 0; i < 5; i++) {
            Map<String, String> shuffled = shuffled(map, random);
            Labels other = Labels.of(shuffled);
            assertThat(other).as("seed %d", SEED).isEqualTo(labels).hasSameHashCodeAs(labels);
            assertThat(labels).isEqualTo(other);
            assertThat(other.toMap().keySet()).containsExactlyElementsOf(shuffled.keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void differsInAnyOneLabel(int size) {
        Map<String, String> map = randomLabels(size);
        Labels labels = Labels.of(map);
        List<Labels> others = new ArrayList<>(List.of(labels.with("another", ""), labels.with("another", "x")));
        for (String name : map.keySet()) {
            others.add(labels.with(name, map.get(name) + ' '));
            others.add(labels.without(name));
            others.add(labels.without(name).with(name + '\'', map.get(name)));
        }
        assertThat(others)
                .as("seed %d", SEED)
                .doesNotContain(labels)
                .doesNotHaveDuplicates()
                .allSatisfy(other -> assertThat(other.equals(labels)).isFalse());
    }

    /** Labels and a map go through the same random changes; the size wanders over the index's threshold. */
    @Test
    void changesAsAMapDoes() {
        Random random = new Random(SEED);
        Map<String, String> map = new LinkedHashMap<>();
        Labels labels = Labels.of();
        for (int step = 0; step < 5_000; step++) {
            String name = "n" + random.nextInt(30);
            if (random.nextInt(5) < 2) {
                Labels without = labels.without(name);
                if (map.remove(name) == null) {
                    assertThat(without).isSameAs(labels);
                }
                labels = without;
            } else {
                String value = random.nextInt(8) == 0 ? "" : "v" + random.nextInt(3);
                labels = labels.with(name, value);
                map.put(name, value);
            }
            assertSameInOrder(labels, map);
            Map<String, String> filled = new LinkedHashMap<>(map);
            filled.values().removeIf(String::isEmpty);
            assertSameInOrder(labels.withoutEmpty(), filled);
            if (filled.size() == map.size()) {
                assertThat(labels.withoutEmpty()).isSameAs(labels);
            }
        }
    }

    private static void assertSameInOrder(Labels labels, Map<String, String> map) {
        String[] pairs = map.entrySet().stream()
                .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                .toArray(String[]::new);
        assertThat(labels).as("seed %d", SEED).isEqualTo(Labels.of(pairs)).isEqualTo(Labels.of(new TreeMap<>(map)));
        assertThat(labels.toMap().entrySet()).containsExactlyElementsOf(map.entrySet());
        assertThat(labels)
                .containsExactlyElementsOf(map.entrySet().stream()
                        .map(label -> new Label(label.getKey(), label.getValue()))
                        .toList());
        for (int i = 0; i < labels.size(); i++) {
            assertThat(labels.name(i)).isEqualTo(pairs[2 * i]);
            assertThat(labels.value(i)).isEqualTo(pairs[2 * i + 1]);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void otherValuesOfTheSameNames(int size) {
        Map<String, String> map = randomLabels(size);
        Labels labels = Labels.of(map);
        String[] values = new String[size];
        Arrays.setAll(values, i -> "other" + i);
        Labels other = labels.withValues(values);
        for (int i = 0; i < size; i++) {
            assertThat(other.name(i)).isSameAs(labels.name(i));
            assertThat(other.get(labels.name(i))).isEqualTo("other" + i);
            values[i] = "changed behind its back";
        }
        assertThat(other.withValues(map.values().toArray(new String[0])))
                .isEqualTo(labels)
                .hasSameHashCodeAs(labels);
        assertThat(other.equals(labels)).isEqualTo(size == 0);
    }

    @Test
    void asManyValuesAsNames() {
        Labels labels = Labels.of("a", "1", "b", "2");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> labels.withValues("1"))
                .withMessage("expected 2 values, got 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.of().withValues("1"));
        assertThat(Labels.of().withValues()).isSameAs(Labels.of());
    }

    @Test
    void theEmptySetIsOneObject() {
        assertThat(Labels.of(Map.of())).isSameAs(Labels.of());
        assertThat(Labels.of(new String[0])).isSameAs(Labels.of());
        assertThat(Labels.of("a", "b").without("a")).isSameAs(Labels.of());
        assertThat(Labels.of("a", "", "b", "").withoutEmpty()).isSameAs(Labels.of());
        assertThat(Labels.of()).isEmpty();
    }

    @Test
    void anEmptyValueCountsInEquality() {
        assertThat(Labels.of("a", "b", "c", "")).isNotEqualTo(Labels.of("a", "b"));
        assertThat(Labels.of("a", "b", "c", "").withoutEmpty()).isEqualTo(Labels.of("a", "b"));
    }

    @Test
    void whoHasBeenAKeyStillKnowsItsEmptyValues() {
        for (int i = 0; i < 100; i++) {
            Labels full = Labels.of("a", "b" + i);
            Labels partly = Labels.of("a", "b" + i, "c", "");
            assertThat(full.hashCode()).isEqualTo(Labels.of("a", "b" + i).hashCode());
            assertThat(partly.hashCode())
                    .isEqualTo(Labels.of("c", "", "a", "b" + i).hashCode());
            assertThat(full.withoutEmpty()).isSameAs(full);
            assertThat(partly.withoutEmpty()).isEqualTo(full);
        }
    }

    @ParameterizedTest
    @ValueSource(
            chars = {'\0', '\n', '\r', ' ', '"', '\'', '\\', 'n', '\u007f', '\u0080', 'é', '\u0141', '\ud83d', '\uffff'
            })
    void plainTextIsWhatTextFormatsWriteAsItIs(char c) {
        boolean plain = c < 0x80 && "\"\\\n".indexOf(c) < 0;
        for (String value : List.of("" + c, "a" + c, c + "a", "a".repeat(50) + c + "b".repeat(50))) {
            Labels labels = Labels.of("é", "", "a", value, "z", "plain");

            assertThat(labels.isPlainText()).isEqualTo(plain);
            assertThat(labels.isPlainText()).as("asked again").isEqualTo(plain);
        }
        assertThat(Labels.of().isPlainText()).isTrue();
    }

    /** What a set knows of itself it keeps in one place. */
    @Test
    void whatIsAskedFirstDoesNotMatter() {
        Random random = new Random(SEED);
        for (int i = 0; i < 1000; i++) {
            String value = random.nextBoolean() ? "" : random.nextBoolean() ? "\n" + i : "v" + i;
            Labels asked = Labels.of("a", "b" + i, "c", value);
            for (int question : random.ints(6, 0, 3).toArray()) {
                Labels fresh = Labels.of("a", "b" + i, "c", value);
                switch (question) {
                    case 0 -> assertThat(asked.hashCode()).isEqualTo(fresh.hashCode());
                    case 1 -> assertThat(asked.isPlainText()).isEqualTo(!value.startsWith("\n"));
                    default -> assertThat(asked.withoutEmpty().size()).isEqualTo(value.isEmpty() ? 1 : 2);
                }
            }
        }
    }

    @Test
    void isEqualToNothingElse() {
        assertThat(Labels.of("a", "b").equals(null)).isFalse();
        assertThat((Object) Labels.of("a", "b")).isNotEqualTo(Map.of("a", "b")).isNotEqualTo("{a=\"b\"}");
    }

    /** "Aa" and "BB" have the same hash, and so have all words made of them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void namesWithTheSameHashAreToldApart(int length) {
        List<String> words = List.of("");
        for (int i = 0; i < length; i++) {
            words = words.stream()
                    .flatMap(word -> Stream.of(word + "Aa", word + "BB"))
                    .toList();
        }
        assertThat(words).extracting(String::hashCode).containsOnly(words.get(0).hashCode());
        Map<String, String> map = new LinkedHashMap<>();
        words.forEach(word -> map.put(word, "value of " + word));

        Labels labels = Labels.of(map);

        words.forEach(word -> assertThat(labels.get(word)).isEqualTo("value of " + word));
        assertThat(labels.get("C#")).isNull();
        assertThat(labels.without(words.get(1)).contains(words.get(0))).isTrue();
        String first = words.get(0);
        String last = words.get(words.size() - 1);
        Labels ab = labels.with(first, "Aa").with(last, "BB");
        Labels ba = labels.with(first, "BB").with(last, "Aa");
        assertThat(ab).isNotEqualTo(ba);
        assertThat(Labels.of("Aa", "1", "BB", "2")).isNotEqualTo(Labels.of("BB", "1", "Aa", "2"));
        assertThat(Labels.of("Aa", "1")).isNotEqualTo(Labels.of("BB", "1"));
    }

    /** Label values come from the network: nobody must be able to make them collide in a hash table. */
    @Test
    void valuesWithTheSameHashGiveSetsWithHashesOfTheirOwn() {
        List<String> words = List.of("");
        for (int i = 0; i < 10; i++) {
            words = words.stream()
                    .flatMap(word -> Stream.of(word + "Aa", word + "BB"))
                    .toList();
        }
        assertThat(words)
                .hasSize(1024)
                .extracting(String::hashCode)
                .containsOnly(words.get(0).hashCode());
        assertThat(words.stream().map(word -> Labels.of("a", word).hashCode()).distinct())
                .hasSizeGreaterThan(1020);
    }

    /** A hash that adds up names and values unmixed gives these ten thousand sets two hundred hashes. */
    @Test
    void setsThatFormAGridHaveHashesOfTheirOwn() {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 100; j++) {
                hashes.add(Labels.of("from", "node" + i, "to", "node" + j).hashCode());
            }
        }
        assertThat(hashes).hasSizeGreaterThan(9_990);
        assertThat(Labels.of("a", "b")).doesNotHaveSameHashCodeAs(Labels.of("b", "a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 11, 12, 13, 14, 100})
    void refusesANameThatStandsTwice(int size) {
        for (int first = 0; first < size; first++) {
            for (int second : new int[] {(first + 1) % size, (first + size / 2) % size}) {
                String[] pairs = pairs(size);
                pairs[2 * second] = pairs[2 * first];
                assertThatIllegalArgumentException()
                        .as("%d and %d of %d", first, second, size)
                        .isThrownBy(() -> Labels.of(pairs))
                        .withMessageContaining('"' + pairs[2 * first] + '"');
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 50})
    void refusesEmptyNamesNullsAndOddNumbers(int size) {
        String[] pairs = pairs(size);
        for (int i = 0; i < pairs.length; i++) {
            String[] withNull = pairs.clone();
            withNull[i] = null;
            assertThatNullPointerException().isThrownBy(() -> Labels.of(withNull));
            String[] withEmpty = pairs.clone();
            withEmpty[i] = "";
            if (i % 2 == 0) {
                assertThatIllegalArgumentException().isThrownBy(() -> Labels.of(withEmpty));
            } else {
                assertThat(Labels.of(withEmpty).get(pairs[i - 1])).isEmpty();
            }
        }
        Labels labels = Labels.of(pairs);
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.of(Arrays.copyOf(pairs, pairs.length - 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Labels.of(Collections.singletonMap("", "x")));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.with("", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Label("", "x"));
        assertThatNullPointerException().isThrownBy(() -> Labels.of(Collections.singletonMap("x", null)));
        assertThatNullPointerException().isThrownBy(() -> Labels.of(Collections.singletonMap(null, "x")));
        assertThatNullPointerException().isThrownBy(() -> labels.with(null, "x"));
        assertThatNullPointerException().isThrownBy(() -> labels.with("x", null));
        assertThatNullPointerException().isThrownBy(() -> new Label(null, "x"));
        assertThatNullPointerException().isThrownBy(() -> new Label("x", null));
    }

    @Test
    void copiesWhatItIsGivenAndWhatItGives() {
        String[] pairs = {"a", "1", "b", "2"};
        Map<String, String> map = new HashMap<>(Map.of("a", "1", "b", "2"));
        Labels ofPairs = Labels.of(pairs);
        Labels ofMap = Labels.of(map);
        pairs[0] = "x";
        map.put("a", "x");
        ofMap.toMap().clear();
        assertThat(ofPairs).isEqualTo(ofMap).isEqualTo(Labels.of("a", "1", "b", "2"));
    }

    @Test
    void iteratesOnceAndReadOnly() {
        Iterator<Label> labels = Labels.of("b", "1", "a", "2").iterator();
        assertThat(labels.hasNext()).isTrue();
        assertThat(labels.hasNext()).isTrue();
        assertThat(labels.next()).isEqualTo(new Label("b", "1"));
        assertThatThrownBy(labels::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThat(labels.next()).isEqualTo(new Label("a", "2"));
        assertThat(labels.hasNext()).isFalse();
        assertThatThrownBy(labels::next).isInstanceOf(NoSuchElementException.class);
    }

    /** Doubled, the lowest integer is 0. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 2, 1 << 30, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesPositionsOutOfRange(int index) {
        Labels labels = Labels.of("a", "1", "b", "2");
        assertThatThrownBy(() -> labels.name(index))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining(Integer.toString(index))
                .hasMessageContaining("length 2");
        assertThatThrownBy(() -> labels.value(index)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    static Stream<Arguments> spellings() {
        return Stream.of(
                arguments(Labels.of(), "{}"),
                arguments(Labels.of("b", "1", "a", ""), "{b=\"1\",a=\"\"}"),
                arguments(Labels.of("a", "x\\y"), "{a=\"x\\\\y\"}"),
                arguments(Labels.of("a", "x\"y\nz"), "{a=\"x\\\"y\\nz\"}"),
                arguments(Labels.of("a", "\t,}{="), "{a=\"\t,}{=\"}"),
                arguments(Labels.of("a", "温度😱"), "{a=\"温度😱\"}"),
                arguments(Labels.of("_a9", "x", "温度", "x"), "{_a9=\"x\",\"温度\"=\"x\"}"),
                arguments(Labels.of("a.b", "x", "a:b", "x", "9", "x"), "{\"a.b\"=\"x\",\"a:b\"=\"x\",\"9\"=\"x\"}"),
                // Unquoted it would read as two labels.
                arguments(Labels.of("a=\"1\",b", "2"), "{\"a=\\\"1\\\",b\"=\"2\"}"));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void printsAsTheTextFormatsDo(Labels labels, String spelling) {
        assertThat(labels).hasToString(spelling);
    }

    @Test
    void takesManyLabelsInNoTime() {
        int size = 50_000;
        String[] pairs = pairs(size);
        for (int i = 0; i < size; i++) {
            pairs[2 * i + 1] = i % 2 == 0 ? "" : "x";
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            Labels labels = Labels.of(pairs);
            assertThat(labels.withoutEmpty().size()).isEqualTo(size / 2);
            assertThat(labels).isEqualTo(labels.without("n7").with("n7", "x"));
        });
    }

    private static String[] pairs(int size) {
        return IntStream.range(0, size)
                .boxed()
                .flatMap(i -> Stream.of("n" + i, "v" + i))
                .toArray(String[]::new);
    }

    /** Names of which some begin others, over all of Unicode, in no order. */
    private static Map<String, String> randomLabels(int size) {
        Random random = new Random(SEED * 31 + size);
        Map<String, String> map = new LinkedHashMap<>();
        String name = "";
        while (map.size() < size) {
            int character = random.nextInt(4) == 0 ? 0x10000 + random.nextInt(0x1000) : 'a' + random.nextInt(26);
            name = name.length() > 6 ? "" : name + Character.toString(character);
            if (!name.isEmpty()) {
                map.put(name, random.nextInt(4) == 0 ? "" : "v" + random.nextInt(5));
            }
        }
        return shuffled(map, random);
    }

    private static Map<String, String> shuffled(Map<String, String> map, Random random) {
        List<String> names = new ArrayList<>(map.keySet());
        Collections.shuffle(names, random);
        Map<String, String> shuffled = new LinkedHashMap<>();
        names.forEach(name -> shuffled.put(name, map.get(name)));
        return shuffled;
    }
}
