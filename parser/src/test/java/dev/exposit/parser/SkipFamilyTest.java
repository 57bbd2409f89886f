package dev.exposit.parser;

import static dev.exposit.parser.Families.OPENMETRICS;
import static dev.exposit.parser.Families.PROMETHEUS_TEXT;
import static dev.exposit.parser.Families.merge;
import static dev.exposit.parser.Families.read;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Recovery#SKIP_FAMILY}: a family with an error is left out whole where families are built. */
class SkipFamilyTest {
    private static final ReadOptions PROMETHEUS = PROMETHEUS_TEXT.withRecovery(Recovery.SKIP_FAMILY);
    private static final ReadOptions OPEN_METRICS = OPENMETRICS.withRecovery(Recovery.SKIP_FAMILY);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# HELP b \u0000\nb{x=\"1} 1\nb 2\n",
                "b 1\nb{x=\"1\"} y\nb 2\n",
                "# TYPE b bogus\nb 1\n",
                "# TYPE b histogram\nb_bucket{le=\"1\"} 1\nb_sum x\nb_count 1\nb_bucket{le=\"+Inf\"} 1\n",
                "{\"b\",x=\"1\"} 1\n{\"b\",x=} 1\nb 2\n",
                "b{x=\"1\",x=\"2\"} 1\nb 2\n",
            })
    void oneErrorCostsTheFamilyAndNoOther(String broken) {
        String text = "a 1\n" + broken + "c 1\n";
        for (Families found : new Families[] {read(text, PROMETHEUS), merge(text, PROMETHEUS)}) {
            assertThat(found.names()).containsExactly("a", "c");
            assertThat(found.parts()).allMatch(part -> part.isWhole());
            assertThat(found.problems()).hasSize(1);
        }
    }

    @Test
    void openMetrics() {
        String text = """
                        # TYPE a counter
                        a_total 1
                        a_created 2
                        # TYPE b counter
                        b_total 1
                        b_total{x="1"}  1
                        b_created 1
                        # TYPE c info
                        c_info 1
                        # EOF
                        """;
        for (Families found : new Families[] {read(text, OPEN_METRICS), merge(text, OPEN_METRICS)}) {
            assertThat(found.names()).containsExactly("a_total", "c_info");
            assertThat(found.problemCodes()).containsExactly("INVALID_SPACING");
        }
    }

    @Test
    void theLastFamilyAndTheOnlyOne() {
        assertThat(read("a 1\nb 1\nb{ 1\n", PROMETHEUS).names()).containsExactly("a");
        assertThat(read("b 1\nb{ 1\n", PROMETHEUS).parts()).isEmpty();
        assertThat(read("b{ 1", PROMETHEUS).parts()).isEmpty();
        assertThat(merge("b 1\nb{ 1\n", PROMETHEUS).parts()).isEmpty();
    }

    @Test
    void aBrokenFamilyThatComesBackStaysOut() {
        String text = "# TYPE h histogram\nh_bucket{le=\"1\"} x\nx 1\nh_count 1\nh_sum 1\ny 1\n";
        Families merged = merge(text, PROMETHEUS);
        assertThat(merged.names()).containsExactly("x", "y");
        String later = "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nx 1\nh_count x\nh_sum 1\ny 1\nh_bucket{le=\"2\"} 1\n";
        assertThat(merge(later, PROMETHEUS).names()).containsExactly("x", "y");
    }

    @Test
    void whatIsRepairedCostsNothing() {
        String text = """
                        \uFEFF# TYPE a gauge\r
                        # TYPE a gauge
                        a 1 # {} 1
                        a{x="\\q"} 2
                        a 3
                        b 1
                        # HELP a x
                        a{y="1"} 4""";
        Families found = merge(text, PROMETHEUS);
        assertThat(found.names()).containsExactly("a", "b");
        assertThat(found.family("a").metrics()).hasSize(4);
        assertThat(found.problemCodes())
                .containsExactlyInAnyOrder(
                        "BYTE_ORDER_MARK",
                        "CARRIAGE_RETURN",
                        "DUPLICATE_METADATA",
                        "EXEMPLAR_NOT_ALLOWED",
                        "INVALID_ESCAPE",
                        "DUPLICATE_SERIES",
                        "FAMILY_REOPENED",
                        "MISSING_FINAL_NEWLINE");
    }

    @Test
    void theCursorPassesOverTheRest() {
        String text = "a 1\n# TYPE b gauge\nb 1\nb x\nb 2\n# HELP b x\nb{} y\nc 1\n";
        for (InputShape shape : InputShape.values()) {
            EventDump dump = EventDump.of(shape, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), PROMETHEUS);
            assertThat(dump.events()).as("%s", shape).containsExactly("a{} 1.0", "TYPE b gauge", "b{} 1.0", "c{} 1.0");
            assertThat(dump.problems()).singleElement().asString().contains("line 4, column 3", "INVALID_VALUE");
        }
    }
}
