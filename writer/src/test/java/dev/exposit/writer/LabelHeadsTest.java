package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LabelHeadsTest {
    private int prepared;
    private final LabelHeads heads = new LabelHeads(name -> {
        prepared++;
        return name.getBytes(StandardCharsets.UTF_8);
    });

    private String head(int position, String name) {
        return new String(heads.head(position, name), StandardCharsets.UTF_8);
    }

    @Test
    void preparesANameOnceWhereverItStands() {
        assertThat(head(5, "a")).isEqualTo("a");
        assertThat(head(0, "a")).isEqualTo("a");
        assertThat(head(0, "b")).isEqualTo("b");
        assertThat(head(0, String.valueOf(new char[] {'a'}))).isEqualTo("a");
        assertThat(head(1000, "b")).isEqualTo("b");
        assertThat(prepared).isEqualTo(2);
    }

    @Test
    void answersAnyNumberOfNamesOfAnyLength() {
        for (int i = 0; i < 5000; i++) {
            String name = "n".repeat(i % 300 + 1) + i;
            assertThat(head(i % 100, name)).isEqualTo(name);
        }
    }
}
