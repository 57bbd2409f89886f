package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EightBytesTest {
    private final SplittableRandom random = new SplittableRandom(8);

    @Test
    void everyByteAtEveryPlaceIsPlainOrEndsThePlainText() {
        for (int c = 0; c < 256; c++) {
            for (int at = 0; at < 20; at++) {
                byte[] text = ("x".repeat(24) + '\n').getBytes(StandardCharsets.US_ASCII);
                text[at] = (byte) c;
                int end = ByteClass.is(ByteClass.PLAIN, (byte) c) ? 24 : at;
                assertThat(EightBytes.plainEnd(text, 0))
                        .as("byte %d at %d", c, at)
                        .isEqualTo(end);
            }
        }
    }

    @Test
    void asciiEndsWhereAByteBeyondItStands() {
        for (int length = 0; length < 40; length++) {
            byte[] text = "x".repeat(50).getBytes(StandardCharsets.US_ASCII);
            text[3 + length] = -1;
            assertThat(EightBytes.asciiEnd(text, 3, 3 + length)).isEqualTo(3 + length);
            for (int at = 0; at < length; at++) {
                byte[] other = text.clone();
                other[3 + at] = (byte) 0x80;
                other[length + 2] = (byte) 0xC3;
                assertThat(EightBytes.asciiEnd(other, 3, 3 + length))
                        .as("byte %d of %d", at, length)
                        .isEqualTo(3 + at);
            }
        }
    }

    @Test
    void textsAreTheSameUpToTheFirstByteThatDiffers() {
        byte[] p = new byte[100];
        random.nextBytes(p);
        for (int length = 0; length < 80; length++) {
            byte[] q = new byte[90];
            System.arraycopy(p, 5, q, 2, length);
            q[2 + length] = (byte) ~p[5 + length];
            assertThat(EightBytes.mismatch(p, 5, q, 2, length)).isEqualTo(-1);
            for (int at = 0; at < length; at++) {
                byte[] other = q.clone();
                other[2 + at] ^= 1;
                // What differs behind it does not matter.
                other[length + 1] ^= 0x40;
                assertThat(EightBytes.mismatch(p, 5, other, 2, length))
                        .as("byte %d of %d", at, length)
                        .isEqualTo(at);
            }
        }
    }

    @Test
    void whatFollowsTheFirstEndOfPlainTextDoesNotMoveIt() {
        for (int round = 0; round < 100_000; round++) {
            byte[] text = new byte[32];
            random.nextBytes(text);
            text[31] = '\n';
            int from = random.nextInt(32);
            int end = from;
            while (ByteClass.is(ByteClass.PLAIN, text[end])) {
                end++;
            }
            assertThat(EightBytes.plainEnd(text, from)).isEqualTo(end);
        }
    }

    @Test
    void everyByteAtEveryPlaceIsOfAMetricNameOrEndsIt() {
        for (int c = 0; c < 256; c++) {
            for (int at = 0; at < 20; at++) {
                byte[] text = ("x".repeat(24) + '\n').getBytes(StandardCharsets.US_ASCII);
                text[at] = (byte) c;
                int end = ByteClass.is(ByteClass.METRIC_NAME, (byte) c) ? 24 : at;
                assertThat(EightBytes.metricNameEnd(text, 0))
                        .as("byte %d at %d", c, at)
                        .isEqualTo(end);
            }
        }
    }

    @Test
    void neighboursInAMetricNameDoNotMatterToEachOther() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                byte[] text = "Az09_:__\n".getBytes(StandardCharsets.US_ASCII);
                text[3] = (byte) first;
                text[4] = (byte) second;
                int end = !ByteClass.is(ByteClass.METRIC_NAME, text[3])
                        ? 3
                        : ByteClass.is(ByteClass.METRIC_NAME, text[4]) ? 8 : 4;
                int actual = EightBytes.metricNameEnd(text, 0);
                if (actual != end) {
                    assertThat(actual).as("bytes %d, %d", first, second).isEqualTo(end);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 40})
    void textsAreTheSameIfAllBytesAre(int length) {
        // With and without room for eight bytes behind the text.
        for (int behind : new int[] {0, 3, 8, 20}) {
            byte[] p = new byte[5 + length + behind];
            random.nextBytes(p);
            byte[] q = new byte[2 + length + behind];
            random.nextBytes(q);
            System.arraycopy(p, 5, q, 2, length);
            assertThat(EightBytes.same(p, 5, q, 2, length)).isTrue();
            for (int i = 0; i < length; i++) {
                byte[] other = Arrays.copyOf(q, q.length);
                other[2 + i] ^= (byte) (1 << random.nextInt(8));
                assertThat(EightBytes.same(p, 5, other, 2, length)).isFalse();
            }
        }
    }

    @Test
    void aTextThatDoesNotFitIsNotTheSame() {
        byte[] text = new byte[16];
        assertThat(EightBytes.same(text, 0, text, 10, 7)).isFalse();
        assertThat(EightBytes.same(text, 10, text, 0, 7)).isFalse();
        assertThat(EightBytes.same(text, 10, text, 0, 6)).isTrue();
    }
}
