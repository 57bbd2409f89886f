package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The JDK's decoder is the judge. */
class Utf8Test {
    /** The decoder puts U+FFFD where bytes are no character, which then do not come back. */
    private static boolean isOneCharacter(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return text.codePointCount(0, text.length()) == 1
                && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(bytes, length));
    }

    private static void assertAgreesWithTheJdk(byte[] bytes) {
        int expected = -1;
        for (int length = 2; length <= 4 && expected < 0; length++) {
            expected = isOneCharacter(bytes, length) ? length : -1;
        }
        if (Utf8.afterSequence(bytes, 0) != expected) {
            assertThat(Utf8.afterSequence(bytes, 0))
                    .as("%s", Arrays.toString(bytes))
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyHeadWithEveryBorderlineTail() {
        int[] tails = {'\n', 0x7F, 0x80, 0xBF, 0xC0};
        for (int head = 0x80; head < 0x100; head++) {
            for (int second = 0; second < 0x100; second++) {
                for (int third : tails) {
                    for (int fourth : tails) {
                        assertAgreesWithTheJdk(
                                new byte[] {(byte) head, (byte) second, (byte) third, (byte) fourth, '\n'});
                    }
                }
            }
        }
    }

    @Test
    void everyCharacter() {
        for (int character = 0x80; character <= Character.MAX_CODE_POINT; character++) {
            if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
                byte[] bytes = (Character.toString(character) + "\n").getBytes(StandardCharsets.UTF_8);
                if (Utf8.afterSequence(bytes, 0) != bytes.length - 1) {
                    assertThat(Utf8.afterSequence(bytes, 0))
                            .as("U+%X", character)
                            .isEqualTo(bytes.length - 1);
                }
            }
        }
    }

    @Test
    void countsCharacters() {
        SplittableRandom random = new SplittableRandom(Long.getLong("exposit.seed", 20250107L));
        String[] pieces = {"a", "é", "日", "🔥", "\u0000", "\t"};
        for (int round = 0; round < 1000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(10); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = ("x" + text + "é\n").getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8.characters(bytes, 1, bytes.length - 3)).isEqualTo(text.codePointCount(0, text.length()));
        }
    }

    /** Each byte is a character of its own where bytes are no UTF-8, also at the end of what is counted. */
    @Test
    void countsBytesThatAreNoCharacters() {
        byte[] bytes = {'a', (byte) 0xFF, (byte) 0x80, (byte) 0xE2, (byte) 0x82, 'b', (byte) 0xC3, (byte) 0xA9, '\n'};
        assertThat(Utf8.characters(bytes, 0, 8)).isEqualTo(7);
        assertThat(Utf8.characters(bytes, 0, 7)).isEqualTo(7);
        assertThat(Utf8.characters(bytes, 3, 3)).isZero();
    }
}
