package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlanksTest {
    @Test
    void areTheSameAsPythons() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(Blanks::isBlank))
                .containsExactlyElementsOf(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(CarbonModel::isBlank)
                        .boxed()
                        .toList());
    }
}
