package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What problems say in words; where they stand and which code they have is for {@link ErrorCodeTest}. */
class ProblemWordsTest {
    private static final ReadOptions PROMETHEUS = Families.PROMETHEUS_TEXT.withDialect(Dialect.PROMETHEUS);

    /** The first problem of a text, written as in {@link CaseTable}. */
    private static Problem problem(String text, ReadOptions options) {
        ExpositionReader in = ExpositionReader.open(CaseTable.bytes(text), options.withRecovery(Recovery.SKIP_LINE));
        EventDump.of(in);
        return in.problems().get(0);
    }

    /** The byte, character or place that was found instead of what was expected. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the end of the line        | a\\n
            the end of the line        | a\\r\\n
            the end of the exposition  | a{
            the end of the line        | a{\\n
            the end of the line        | a{\\r\\n
            the end of the exposition  | a{b="c"
            U+000D                     | a\\rb 1\\n
            '.'                        | a. 1\\n
            'é'                        | aé 1\\n
            '日'                        | a日 1\\n
            '🔥'                        | a🔥 1\\n
            U+00A0                     | a\\xC2\\xA0 1\\n
            U+3000                     | a\\xE3\\x80\\x80 1\\n
            U+0085                     | a\\xC2\\x85 1\\n
            U+0000                     | a\\x00 1\\n
            U+0001                     | a\\x01 1\\n
            U+007F                     | a\\x7F 1\\n
            byte 0xFF                  | a\\xFF 1\\n
            byte 0x80                  | a\\x80 1\\n
            byte 0xE3                  | a\\xE3\\x80 1\\n
            '\\' and 'q'               | # HELP a \\\\q\\n
            '\\' and 'q'               | a{b="\\\\q"} 1\\n
            '.'                        | # HELP a.b x\\n
            'c'                        | a{b=c} 1\\n
            the end of the line        | a{b=\\n
            """)
    void nameWhatIsThere(String got, String text) {
        assertThat(problem(text, Families.PROMETHEUS_TEXT).got()).isEqualTo(got);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a blank                    | a  1\\n
            a tab                      | a \\t1\\n
            '.'                        | # HELP a.b x\\n
            '\\' and 'q'               | # HELP a \\\\q\\n
            '\\' and 'q'               | a{b="\\\\q"} 1\\n
            'c'                        | a{b=c} 1\\n
            '3'                        | a 1 2 3\\n
            'x'                        | a 1 x\\n
            'x'                        | a 1 x y\\n
            '1x'                       | a 1x\\t\\n
            'x'                        | a x\\r\\n
            '␁x'                       | a \\x01x\\n
            the end of the line        | # TYPE a \\n
            'gaugé'                    | # TYPE a gaugé\\n
            's' for 'a'                | # UNIT a s\\n
            one at a sample of a gauge | # TYPE a gauge\\na 1 # {} 1\\n
            another comment            | # x\\n
            the end of the exposition  | a 1
            """)
    void nameWhatIsThereInOpenMetrics(String got, String text) {
        assertThat(problem(text, Families.OPENMETRICS).got()).isEqualTo(got);
    }

    @Test
    void longTokensAreCut() {
        String forty = "x".repeat(40);
        assertThat(problem("a " + forty + "\\n", Families.PROMETHEUS_TEXT).got())
                .isEqualTo("'" + forty + "'");
        assertThat(problem("a " + forty + "y\\n", Families.PROMETHEUS_TEXT).got())
                .isEqualTo("'" + forty + "…'");
    }

    @Test
    void longTimestampsAreRefusedForTheirLength() {
        String longest = "9".repeat(1000);
        assertThat(problem("a 1 " + longest + "\\n", Families.OPENMETRICS).expected())
                .isEqualTo("a timestamp of 64 bits of seconds");
        assertThat(problem("a 1 " + longest + "9\\n", Families.OPENMETRICS).expected())
                .isEqualTo("a timestamp of at most 1000 characters");
    }

    @Test
    void sayWhatPrometheusRefuses() {
        assertThat(problem("# TYPE a gauge \\n", PROMETHEUS).expected())
                .isEqualTo("no blank, which Prometheus refuses here");
        assertThat(problem("# TYPE a  gauge\\n", PROMETHEUS).expected())
                .isEqualTo("one blank; Prometheus refuses more here");
    }
}
