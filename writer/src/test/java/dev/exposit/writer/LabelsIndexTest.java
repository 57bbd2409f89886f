package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Labels;
import org.junit.jupiter.api.Test;

class LabelsIndexTest {
    private final LabelsIndex index = new LabelsIndex();

    private static Labels labels(int i) {
        return Labels.of("a", "" + i, "b", "" + i % 7);
    }

    @Test
    void numbersSetsAndFindsThemAgainAlsoAfterItWasCleared() {
        for (int count : new int[] {5000, 3, 5000, 0, 200}) {
            index.clear();
            for (int i = 0; i < count; i++) {
                assertThat(index.find(labels(i))).isEqualTo(-1);
                assertThat(index.add(labels(i))).isEqualTo(-1);
            }
            for (int i = 0; i < count; i++) {
                assertThat(index.add(Labels.of("b", "" + i % 7, "a", "" + i))).isEqualTo(i);
                assertThat(index.find(labels(i))).isEqualTo(i);
            }
        }
    }
}
