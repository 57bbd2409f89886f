package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.LabelNumber;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundCacheTest {
    private final BoundCache bounds = new BoundCache();

    private @Nullable LabelNumber get(String spelling) {
        byte[] bytes = spelling.getBytes(StandardCharsets.UTF_8);
        return bounds.get(new ByteView(new ByteView.Lease()).set(bytes, 0, bytes.length));
    }

    private LabelNumber add(double value, String spelling) {
        LabelNumber bound = new LabelNumber(value, spelling);
        bounds.add(bound);
        return bound;
    }

    @Test
    void findsBoundsByTheirSpellingInAnyOrder() {
        assertThat(get("1")).isNull();
        LabelNumber one = add(1, "1");
        LabelNumber sameOne = add(1, "1.0");
        LabelNumber infinity = add(Double.POSITIVE_INFINITY, "+Inf");

        for (int i = 0; i < 2; i++) {
            assertThat(get("1")).isSameAs(one);
            assertThat(get("1.0")).isSameAs(sameOne);
            assertThat(get("+Inf")).isSameAs(infinity);
        }
        assertThat(get("+Inf")).isSameAs(infinity);
        assertThat(get("1.0")).isSameAs(sameOne);
        assertThat(get("2")).isNull();
        assertThat(get("1")).isSameAs(one);
    }

    @Test
    void remembersSoManyAndNoMore() {
        for (int i = 0; i < 2000; i++) {
            assertThat(get("" + i)).isNull();
            add(i, "" + i);
        }
        assertThat(get("1023")).isEqualTo(LabelNumber.of(1023));
        assertThat(get("1024")).isNull();
    }
}
