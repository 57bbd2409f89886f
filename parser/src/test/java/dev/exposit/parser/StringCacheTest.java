package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StringCacheTest {
    /** Whatever its bytes, a text of this hash is looked for in one slot. */
    private static final long HASH = 42;

    private final StringCache strings = new StringCache();

    private String get(String text, long hash) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        return strings.get(bytes, 0, bytes.length - 1, hash);
    }

    private String get(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return strings.get(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "sixteen letters.", "\u00E9t\u00E9", "\u4E2D\u6587", "a\uD83D\uDE00"})
    void theSameBytesAreTheSameString(String text) {
        assertThat(get(text)).isEqualTo(text).isSameAs(get(text));
    }

    @Test
    void longTextsAreNotKept() {
        assertThat(get("a".repeat(64))).isSameAs(get("a".repeat(64)));
        assertThat(get("a".repeat(65))).isEqualTo("a".repeat(65)).isNotSameAs(get("a".repeat(65)));
    }

    /** The letters of the second pair have the same lower byte; those of the third have as many bytes in UTF-8. */
    @ParameterizedTest
    @ValueSource(strings = {"a b", "A \u0141", "\u00E9 \u00E8", "ab \u00E9", "\u4E2D \u00E9a", "a "})
    void hashesThatCollideDoNotMixTextsUp(String pair) {
        String one = pair.substring(0, pair.indexOf(' '));
        String other = pair.substring(pair.indexOf(' ') + 1);
        for (int i = 0; i < 3; i++) {
            assertThat(get(one, HASH)).isEqualTo(one);
            assertThat(get(other, HASH)).isEqualTo(other);
        }
    }

    @Test
    void whatComesAgainIsSharedEvenAmongManyTexts() {
        String[] first = new String[5000];
        for (int i = 0; i < first.length; i++) {
            first[i] = get("instance-" + i);
            assertThat(first[i]).isEqualTo("instance-" + i);
        }
        Set<String> objects = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < first.length; i++) {
                objects.add(get("instance-" + i));
            }
        }
        // Ten times as many if none were shared.
        assertThat(objects).hasSizeLessThan(3 * first.length);
    }
}
