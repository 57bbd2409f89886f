package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
    private final SeriesTable table = new SeriesTable();
    private final PathBuffer path = new PathBuffer();

    private boolean take(String text, long owner) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        path.truncate(0);
        path.add(bytes, 0, bytes.length);
        return table.take(path, owner);
    }

    @Test
    void aPathBelongsToOneSeriesOfAPush() {
        table.beginPush();

        assertThat(take("a", 1)).isTrue();
        assertThat(take("a", 1)).isTrue();
        assertThat(take("a", 2)).isFalse();
        assertThat(take("b", 2)).isTrue();
    }

    @Test
    void aPathIsFreeAgainInTheNextPush() {
        table.beginPush();
        take("a", 1);
        table.beginPush();

        assertThat(take("a", 2)).isTrue();
    }

    @Test
    void pathsThatShareBytesOrDifferOnlyInLengthAreTwo() {
        table.beginPush();
        String longest = "x".repeat(40);
        for (int length = 0; length <= longest.length(); length++) {
            assertThat(take(longest.substring(0, length), length)).isTrue();
        }
        for (int length = 1; length <= 20; length++) {
            assertThat(take("\0".repeat(length), -length)).isTrue();
        }
    }

    @Test
    void valuesAreKeptFromPushToPush() {
        table.beginPush();
        take("a", 1);
        assertThat(table.replaceValue(5)).isNaN();
        table.beginPush();
        take("a", 1);

        assertThat(table.replaceValue(7)).isEqualTo(5);
        assertThat(table.replaceValue(8)).isEqualTo(7);
    }

    @Test
    void growsAndStillKnowsEveryPathAndValue() {
        int paths = 100_000;
        for (int push = 0; push < 3; push++) {
            table.beginPush();
            for (int i = 0; i < paths; i++) {
                assertThat(take("path." + i, i)).isTrue();
                double before = table.replaceValue(i + push);
                if (push == 0) {
                    assertThat(before).isNaN();
                } else {
                    assertThat(before).isEqualTo(i + push - 1);
                }
            }
            for (int i = 0; i < paths; i += 1000) {
                assertThat(take("path." + i, -1)).isFalse();
            }
        }
    }

    @Test
    void forgetsPathsThatDoNotComeBack() {
        for (int push = 0; push < 400; push++) {
            table.beginPush();
            for (int i = 0; i < 500; i++) {
                take("push." + push + "." + i, i);
            }
        }

        // 200,000 paths came; those of two pushes, and as much again, may stand there.
        assertThat(table.capacity()).isLessThanOrEqualTo(4096);
    }
}
