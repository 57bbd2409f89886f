package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Timestamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextOutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> lengths = new ArrayList<>();
    private final TextOutput out = TextOutput.to((buffer, offset, length) -> {
        bytes.write(buffer, offset, length);
        lengths.add(length);
    });

    private String text() throws IOException {
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ascii",
                "\u0000\u007f\u0080\u07ff\u0800\uffff",
                "grüße, 世界",
                "\ud83d\ude00\ud800\udc00\udbff\udfff",
                "\\ \" \n left alone"
            })
    void encodesAsTheJdkDoes(String text) throws IOException {
        out.text(text);
        out.flush();

        assertThat(bytes.toByteArray()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4096, 4097, 70_000, 200_000})
    void plainTextIsCopied(int length) throws IOException {
        byte[] before = "no,a=".getBytes(StandardCharsets.US_ASCII);
        String value = "v\0\u007f".repeat(length).substring(0, length);

        out.plain(before, 3, value);
        out.plain(before, 0, value);

        assertThat(text()).isEqualTo("a=" + value + "no,a=" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void anUnpairedSurrogateBecomesAQuestionMark(String text) throws IOException {
        out.text(text);
        out.flush();

        assertThat(bytes.toByteArray()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("?");
    }

    @ParameterizedTest
    @ValueSource(ints = {4094, 4095, 4096, 8191, 70_000, 300_000})
    void longTextsMayHavePairsAnywhere(int before) throws IOException {
        String text = "x".repeat(before) + "\ud83d\ude00é".repeat(5000);

        out.text(text);

        assertThat(text()).isEqualTo(text);
        assertThat(lengths).allSatisfy(length -> assertThat(length).isLessThanOrEqualTo(TextOutput.FLUSH_AT));
    }

    @Test
    void escapes() throws IOException {
        out.escapedLine("a\\b\"c\nd");
        out.ascii('|');
        out.escaped("a\\b\"c\nd\r\t");

        assertThat(text()).isEqualTo("a\\\\b\"c\\nd|a\\\\b\\\"c\\nd\r\t");
    }

    @Test
    void everyCharacterEscapedFillsABufferOfItsOwn() throws IOException {
        String text = "\n".repeat(100_000);

        out.escaped(text);

        assertThat(text()).isEqualTo("\\n".repeat(100_000));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1520879607, 789000000",
        "1, 1",
        "0, 500000000",
        "-1, 0",
        "-2, 500000000",
        "-1, 999999999",
        "9223372036854775807, 999999999",
        "-9223372036854775808, 0",
        "-9223372036854775808, 1",
        "1000, 100"
    })
    void secondsAreThoseOfTheTimestamp(long seconds, int nanos) throws IOException {
        Timestamp time = new Timestamp(seconds, nanos);

        out.seconds(time);

        assertThat(text()).isEqualTo(time.toString());
    }

    @Test
    void flushesPiecesAndInTheEndTheRest() throws IOException {
        for (int i = 0; i < 100_000; i++) {
            out.ascii('x');
        }
        assertThat(lengths).containsExactly(TextOutput.FLUSH_AT);

        assertThat(text()).hasSize(100_000);
        assertThat(lengths).hasSize(2);
    }

    @Test
    void whatIsKeptIsPassedOnWhenReleased() throws IOException {
        out.keep(true);
        out.text("y".repeat(200_000));
        assertThat(lengths).isEmpty();
        out.release();
        assertThat(lengths).containsExactly(200_000);

        out.keep(true);
        out.text("z");
        out.release();
        assertThat(lengths).as("little is not passed on").hasSize(1);
        out.truncate(0);
        assertThat(text()).isEqualTo("y".repeat(200_000));
    }

    @Test
    void oneInMemoryGoesIntoAnother() throws IOException {
        TextOutput memory = TextOutput.inMemory();
        memory.text("z".repeat(200_000));
        memory.flush();
        assertThat(memory.length()).isEqualTo(200_000);

        out.append(memory);

        assertThat(text()).isEqualTo("z".repeat(200_000));
    }
}
