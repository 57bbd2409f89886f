package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptNameTest {
    private final KeptName name = new KeptName();
    private final ByteView view = new ByteView(new ByteView.Lease());

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 63, 64, 65, 1000})
    void outlastsTheBufferOnceKept(int length) {
        String text = "n".repeat(length - 1) + "x";
        byte[] buffer = bytes("#" + text + " 1\n");
        name.set(buffer, 1, 1 + length);
        name.keep();
        Arrays.fill(buffer, (byte) '-');
        assertThat(name.view(view)).hasToString(text);
        assertThat(name.length()).isEqualTo(length);
    }

    @Test
    void isTheLatestOneWhetherKeptOrNot() {
        byte[] buffer = bytes("one two three");
        name.set(buffer, 0, 3);
        name.keep();
        name.set(buffer, 4, 7);
        assertThat(name.view(view)).hasToString("two");
        name.keep();
        name.keep();
        assertThat(name.view(view)).hasToString("two");
        name.copyOf(view.set(buffer, 8, 13));
        Arrays.fill(buffer, (byte) '-');
        assertThat(name.view(view)).hasToString("three");
        name.clear();
        assertThat(name.length()).isZero();
    }

    @Test
    void isComparedWithPlacesInABuffer() {
        byte[] buffer = bytes("a_metric a_metric_sum a_metri");
        name.set(buffer, 0, 8);
        assertThat(name.is(buffer, 9, 17)).isTrue();
        assertThat(name.is(buffer, 9, 18)).isFalse();
        assertThat(name.endAt(buffer, 9)).isEqualTo(17);
        assertThat(name.endAt(buffer, 10)).isNegative();
        assertThat(name.endAt(buffer, 22)).isNegative();
        assertThat(name.isStartOf(view.set(buffer, 9, 21))).isTrue();
        assertThat(name.isStartOf(view.set(buffer, 22, 29))).isFalse();
    }
}
