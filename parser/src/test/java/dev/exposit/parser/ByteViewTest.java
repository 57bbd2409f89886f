package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteViewTest {
    private static final String TEXT = """
            # HELP h A \\\\ help.
            # HELP g x
            # UNIT h_s s
            # TYPE h histogram
            h_bucket{le="1",a="é\\n"} 1.50 2.50 # {t="é"} 1
            h_sum{le="2",b="c"} 3 4
            # EOF
            """;

    /** What a reader hands out as views, by name, for the event they belong to. */
    private static Map<String, Function<ExpositionReader, ByteView>> views(Event event) {
        Map<String, Function<ExpositionReader, ByteView>> views = new LinkedHashMap<>();
        views.put("familyName", ExpositionReader::familyName);
        if (event == Event.HELP || event == Event.UNIT) {
            views.put("text", ExpositionReader::text);
        }
        if (event == Event.SAMPLE) {
            views.put("sampleName", ExpositionReader::sampleName);
            views.put("valueText", ExpositionReader::valueText);
            views.put("timestampText", ExpositionReader::timestampText);
            for (int i = 0; i < 2; i++) {
                int label = i;
                views.put("labelName " + i, in -> in.labelName(label));
                views.put("labelValue " + i, in -> in.labelValue(label));
            }
        }
        return views;
    }

    private static final List<Consumer<ByteView>> USES = List.of(
            ByteView::length,
            ByteView::isEmpty,
            view -> assertThat(view.toString()).isNull(),
            view -> view.byteAt(0),
            view -> view.startsWith(utf8("x")),
            view -> view.endsWith("x"),
            ByteView::array,
            view -> view.contentEquals("x"),
            view -> view.contentEquals(viewOf("x")),
            view -> viewOf("x").contentEquals(view),
            view -> view.copyTo(new byte[100], 0));

    private static ExpositionReader open(String text) {
        return ExpositionReader.open(utf8(text), ReadOptions.of(ExpositionFormat.OPENMETRICS_1));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A view of some text, as the value of a label. */
    private static ByteView viewOf(String text) {
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
        ExpositionReader in = open("a{b=\"" + escaped + "\"} 1\n# EOF\n");
        in.next();
        return in.labelValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void aViewUsedTooLateFails(InputShape shape) {
        ExpositionReader in = shape.open(utf8(TEXT), ReadOptions.of(ExpositionFormat.OPENMETRICS_1));
        List<ByteView> late = new ArrayList<>();
        List<String> names = new ArrayList<>();
        while (true) {
            Event event = in.next();
            for (int i = 0; i < late.size(); i++) {
                ByteView view = late.get(i);
                for (Consumer<ByteView> use : USES) {
                    assertThatThrownBy(() -> use.accept(view))
                            .as(names.get(i))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining("toString()");
                }
            }
            if (event == Event.END) {
                break;
            }
            views(event).forEach((name, view) -> {
                late.add(view.apply(in));
                names.add(event + " " + name);
            });
        }
        assertThat(late).hasSize(4 * 2 - 1 + 2 * 8);
    }

    /** Asking for another part, or the same again, ends no view of the same event. */
    @Test
    void theViewsOfAnEventLiveTogether() {
        ExpositionReader in = open(TEXT);
        while (in.next() != Event.SAMPLE) {
            assertThat(in.familyName().isEmpty()).isFalse();
        }
        List<ByteView> views = views(Event.SAMPLE).values().stream()
                .map(view -> view.apply(in))
                .toList();
        Labels labels = in.toLabels();
        Exemplar exemplar = in.exemplar();
        assertThat(in.value()).isEqualTo(1.5);
        assertThat(views)
                .extracting(ByteView::toString)
                .containsExactly("h", "h_bucket", "1.50", "2.50", "le", "1", "a", "é\n");
        in.next();
        assertThat(labels).isEqualTo(Labels.of("le", "1", "a", "é\n"));
        assertThat(exemplar).isEqualTo(new Exemplar(Labels.of("t", "é"), 1, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "abc", "é", "日本", "🔥", "a\nb", "\\", "\"", "\u0000", "x\u007fé", "\uFFFD"})
    void isTheTextItWasMadeFrom(String text) {
        ByteView view = viewOf(text);
        byte[] bytes = utf8(text);
        assertThat(view.toString()).isEqualTo(text);
        assertThat(view.length()).isEqualTo(bytes.length);
        assertThat(view.isEmpty()).isEqualTo(text.isEmpty());
        for (int i = 0; i < bytes.length; i++) {
            assertThat(view.byteAt(i)).isEqualTo(bytes[i]);
        }
        byte[] target = new byte[bytes.length + 2];
        view.copyTo(target, 1);
        assertThat(new String(target, 1, bytes.length, StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(target[0]).isZero();
        assertThat(target[bytes.length + 1]).isZero();
        assertThatThrownBy(() -> view.byteAt(bytes.length)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> view.byteAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> view.copyTo(target, target.length - bytes.length + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void contentEqualsIsEqualityOfTexts() {
        List<String> texts = List.of(
                "",
                "a",
                "b",
                "ab",
                "abc",
                "é",
                "è",
                "aé",
                "éa",
                "\u00c3\u00a9",
                "\u00c3",
                "日",
                "日本",
                "🔥",
                "\ud83d",
                "ab\n");
        for (String one : texts) {
            if (one.equals("\ud83d")) {
                continue;
            }
            for (String other : texts) {
                ByteView view = viewOf(one);
                assertThat(view.contentEquals(other)).as("%s, %s", one, other).isEqualTo(one.equals(other));
                if (!other.equals("\ud83d")) {
                    assertThat(view.contentEquals(viewOf(other))).isEqualTo(one.equals(other));
                }
            }
        }
    }

    /** A comment in dialect PROMETHEUS may have bytes that are no UTF-8, each of them as long as a character. */
    @Test
    void contentEqualsWhatTheTextIsShownAs() {
        ReadOptions options = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT).withDialect(Dialect.PROMETHEUS);
        ExpositionReader in = ExpositionReader.open(CaseTable.bytes("# x\\xFFy\\n"), options);
        in.next();
        assertThat(in.text().toString()).isEqualTo("x\uFFFDy");
        assertThat(in.text().contentEquals("x\uFFFDy")).isTrue();
        assertThat(in.text().contentEquals("x\uFFFDz")).isFalse();
        assertThat(in.text().contentEquals("y\uFFFDy")).isFalse();
    }
}
