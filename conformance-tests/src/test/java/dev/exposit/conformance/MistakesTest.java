package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What authors of exporters get wrong most, and word for word what they are told: it must say what to change. */
class MistakesTest {
    private static Arguments mistake(String text, String told) {
        return Arguments.of(text, told);
    }

    private static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("up{job=api} 1\n", """
                        line 1, column 8, byte 7: UNQUOTED_LABEL_VALUE: expected '"' before the label value, got 'a'
                        up{job=api} 1
                               ^"""),
                mistake("up{job='api'} 1\n", """
                        line 1, column 8, byte 7: UNQUOTED_LABEL_VALUE: expected '"' before the label value, got '''
                        up{job='api'} 1
                               ^"""),
                mistake("log{msg=\"say \"hi\"\"} 1\n", """
                        line 1, column 15, byte 14: UNTERMINATED_LABELS: expected ',' or '}', got 'h'
                        log{msg="say "hi""} 1
                                      ^"""),
                mistake("disk{path=\"C:\\dir\"} 1\n", """
                        line 1, column 14, byte 13: INVALID_ESCAPE: expected '\\\\', '\\n' or '\\"', got '\\' and 'd'
                        disk{path="C:\\dir"} 1
                                     ^"""),
                mistake("up 1\r\n", """
                        line 1, column 5, byte 4: CARRIAGE_RETURN: expected a line feed alone, got a carriage return before it
                        up 1\u240D
                            ^"""),
                mistake("up{job=\"api\"}\n", """
                        line 1, column 14, byte 13: MISSING_VALUE: expected a value, got the end of the line
                        up{job="api"}
                                     ^"""),
                mistake("load 0,75\n", """
                        line 1, column 6, byte 5: INVALID_VALUE: expected a number, got '0,75'
                        load 0,75
                             ^"""),
                mistake("ready true\n", """
                        line 1, column 7, byte 6: INVALID_VALUE: expected a number, got 'true'
                        ready true
                              ^"""),
                mistake("up 1 1700000000.5\n", """
                        line 1, column 6, byte 5: INVALID_TIMESTAMP: expected a timestamp in whole milliseconds, got '1700000000.5'
                        up 1 1700000000.5
                             ^"""),
                mistake("# TYPE up GAUGE\n", """
                        line 1, column 11, byte 10: UNKNOWN_TYPE: expected 'counter', 'gauge', 'histogram', 'summary' or 'untyped', got 'GAUGE'
                        # TYPE up GAUGE
                                  ^"""),
                mistake("http-requests 1\n", """
                        line 1, column 5, byte 4: INVALID_METRIC_NAME: expected '{', a blank or a character of a bare metric name, got '-'
                        http-requests 1
                            ^"""),
                mistake("jvm.memory 1\n", """
                        line 1, column 4, byte 3: INVALID_METRIC_NAME: expected '{', a blank or a character of a bare metric name, got '.'
                        jvm.memory 1
                           ^"""),
                mistake("up 1\n# TYPE up gauge\n", """
                        line 2, column 1, byte 5: METADATA_AFTER_SAMPLES: expected TYPE before the first sample of its family, got TYPE of 'up' after one
                        # TYPE up gauge
                        ^"""),
                mistake("a 1\nb 1\na{x=\"1\"} 1\n", """
                        line 3, column 1, byte 8: FAMILY_REOPENED: expected all lines of a family together, got more of 'a' behind another family
                        a{x="1"} 1
                        ^"""),
                mistake("up 1", """
                        line 1, column 5, byte 4: MISSING_FINAL_NEWLINE: expected a line feed behind the last line, got the end of the exposition
                        up 1
                            ^"""));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatToChange(String text, String told) {
        byte[] exposition = text.getBytes(StandardCharsets.UTF_8);
        ReadOptions options = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);
        ExpositionSyntaxException e =
                catchThrowableOfType(ExpositionSyntaxException.class, () -> Exposition.parse(exposition, options));
        assertThat(e).hasMessage(told);
    }
}
