package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.PlainMetrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSamplesTest {
    private static final ReadOptions OPTIONS =
            ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT).withRecovery(Recovery.SKIP_LINE);

    private static ExpositionReader open(String text, ReadOptions options) {
        return ExpositionReader.open(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static List<FamilyPart> parts(FamilyReader reader) {
        return Stream.generate(reader::next)
                .takeWhile(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** For each family of a text whether its metrics are text still. */
    private static List<Boolean> plain(String text, ReadOptions options) {
        FamilyReader passing = FamilyReader.passing(open(text, options));
        List<FamilyPart> passed = parts(passing);
        FamilyReader assembled = open(text, options).assembled();
        List<Boolean> plain = new ArrayList<>();
        passed.forEach(part -> plain.add(part.family().metrics() instanceof PlainMetrics));
        assertThat(passed).isEqualTo(parts(assembled));
        assertThat(passing.problems()).isEqualTo(assembled.problems());
        return plain;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1\n",
                "a{x=\"1\"} 1\na{x=\"2\"} 2\na{y=\"1\"} 3\na 4 5\na{x=\"1\",y=\"1\"} 6\n",
                "a{x=\"1\",y=\"2\"} 1\na{x=\"2\",y=\"1\"} 2\n",
                "# TYPE a counter\na{x=\"\"} 1\na{x=\"\",y=\"1\"} 2\n",
                "# TYPE a gauge\na { x = \"\\n\\\\\\\"\" , } 1\na{x=\"ü\"} 2\n"
            })
    void gathersAsText(String text) {
        assertThat(plain(text, OPTIONS)).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{x=\"1\"} 1\na{x=\"1\"} 2\n",
                "a{x=\"1\",y=\"2\"} 1\na{y=\"2\",x=\"1\"} 2\na{x=\"3\"} 3\n",
                "a{x=\"1\"} 1\na{y=\"\",x=\"1\"} 2\n",
                "a 1\na{x=\"\"} 2\n",
                "a 1\na{\"x.y\"=\"1\"} 2\na{x=\"2\"} 3\n",
                "# TYPE a histogram\na_bucket{le=\"1\"} 1\n",
                "# TYPE a summary\na_sum 1\n",
                "# TYPE a gauge\n"
            })
    void makesObjectsOfAllElse(String text) {
        assertThat(plain(text, OPTIONS)).containsExactly(false);
    }

    @Test
    void beginsAnewWithEachFamily() {
        assertThat(plain("a{x=\"1\"} 1\nb{x=\"1\"} 1\nb{x=\"1\"} 2\nc{y=\"1\"} 1 5\nd{x=\"1\"} 1\n", OPTIONS))
                .containsExactly(true, false, true, true);
    }

    @Test
    void takesNoLineFeedAsItStands() {
        assertThat(plain("a{x=\"1\n2\"} 1\na{x=\"1\\n2\"} 1\n", OPTIONS.withDialect(Dialect.PROMETHEUS)))
                .containsExactly(false);
    }

    @Test
    void makesObjectsOfAFamilyInParts() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("a{i=\"").append(i).append("\"} 1\n");
        }

        assertThat(plain(text.toString(), OPTIONS)).hasSizeGreaterThan(1).containsOnly(false);
    }

    /** As they are, and spelled anew. */
    @ParameterizedTest
    @ValueSource(strings = {"ü", "\\n"})
    void growsWithManySamplesAndLongLabels(String part) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("a{")
                    .append("l".repeat(1 + i % 7))
                    .append("=\"")
                    .append(part.repeat(i))
                    .append("\"} 1 1\n");
        }

        assertThat(plain(text.toString(), OPTIONS)).containsExactly(true);
    }
}
