package dev.exposit.grammar;

import static dev.exposit.grammar.PrometheusProtobufReferenceTest.assertRefused;
import static dev.exposit.grammar.ProtobufCases.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.grammar.ProtobufCases.Case;
import dev.exposit.model.Location;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the text forms of Prometheus protobuf add: where messages begin, how strings are spelled, where errors are. */
class ProtobufTextTest {
    private static final String TWO_FAMILIES = """
            a gauge "A"
              {name="x"} 1.0
            b counter""";

    static Stream<Case> twoFamilies() {
        return Stream.of(
                row("as encoding=text", """
                        name: "a"
                        help: "A"
                        type: GAUGE
                        metric: <
                          label: <
                            name: "name"
                            value: "x"
                          >
                          gauge: <
                            value: 1
                          >
                        >

                        name: "b"
                        """, TWO_FAMILIES),
                row("as encoding=compact-text", """
                        name:"a" help:"A" type:GAUGE metric:<label:<name:"name" value:"x" > gauge:<value:1 > >\s
                        name:"b"\s
                        """, TWO_FAMILIES),
                row("as newer libraries print it", """
                        name:"a"  help:"A"  type:GAUGE  metric:{label:{name:"name"  value:"x"}  gauge:{value:1}}
                        name:"b"
                        """, TWO_FAMILIES),
                row(
                        "on one line, with everything the text format has",
                        "# name: 'no'\n name:'a',help:\"\"'A';type:1 "
                                + "metric [{label<value:'x' name:'n' # \"\n \"ame\">,gauge{value:1f}}]name:'b'",
                        TWO_FAMILIES),
                row(
                        "braces, quotes and names inside of strings",
                        "name: 'a' help: '} name: \\'x\\' \"' name: \"b\" help: \"{ '#\"",
                        "a counter \"} name: 'x' \\\"\"\nb counter \"{ '#\""),
                row("numbers that protobuf-java takes in another spelling only", """
                        name:'a'\u000Btype:0X1 metric{label{name:'name' value:'x'}gauge{value:-
                        # not yet
                        1}} metric{gauge{value:- nan}} metric{label{name:'p' value:'q'}gauge{value:-INF} timestamp_ms:- 010}
                        name:'b'""", """
                        a gauge
                          {name="x"} -1.0
                          {} NaN
                          {p="q"} -Infinity at -0.008
                        b counter"""),
                row("bytes as escapes", "name: '\\303\\251' help: '\\xC3' '\\xA9'", "\"é\" counter \"é\""),
                row("escapes", "name: 'a' help: '\\a\\n\\\\\\u00e9\\U0001F600'", "a counter \"\u0007\\n\\\\é😀\""));
    }

    @ParameterizedTest
    @MethodSource("twoFamilies")
    void isRead(Case text) {
        assertThat(PrometheusProtobufReference.parseText(utf8(text.message()))).hasToString(text.outcome());
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of("help: 'x' name: 'a'", new Location(1, 1, 0), "a metric family without a name"),
                Arguments.of("# é\n type: GAUGE", new Location(2, 2, 6), "a metric family without a name"),
                Arguments.of("name: 'é' name: 'é'", new Location(1, 11, 11), "metric family \"é\" twice"),
                Arguments.of("name: 'a'\nname: 'b' nome: 'c'", new Location(2, 11, 20), "nome"),
                Arguments.of("name: 'é'\nhelp: 'é' type: BIG", new Location(2, 17, 28), "BIG"),
                Arguments.of("name: '😀' type: BIG", new Location(1, 17, 19), "BIG"),
                Arguments.of("name: 'a' help: '' help: 'y'", new Location(1, 20, 19), "help twice"),
                Arguments.of(
                        "name: 'a' metric { gauge { value: 0 value: 1 } }", new Location(1, 37, 36), "value twice"),
                Arguments.of("name: 'a' metric { timestamp_ms: +5 }", new Location(1, 34, 33), "A plus sign"),
                Arguments.of("name: 'a' metric { timestamp_ms: --5 }", new Location(1, 34, 33), "without a number"),
                Arguments.of("name: 'a' metric { gauge { value: 010 } }", new Location(1, 35, 34), "An octal number"),
                Arguments.of("name: 'a' metric { gauge { value: 1d } }", new Location(1, 35, 34), "No number: 1d"),
                Arguments.of("name: 'a' help: 'x\\400'", new Location(1, 19, 18), "An octal escape"),
                Arguments.of("name: 'a' # \0", new Location(1, 13, 12), "A NUL character"),
                Arguments.of("name: 'a' metric { gauge { value: x } }", new Location(1, 35, 34), "x"),
                Arguments.of("name: 'a' metric { gauge { value: 1 }", new Location(1, 38, 37), "Expected"),
                Arguments.of("name: 'a' }", new Location(1, 11, 10), "Expected identifier"),
                Arguments.of("name: 'a\n'", new Location(1, 7, 6), "String missing ending quote"),
                Arguments.of("name: 'a", new Location(1, 7, 6), "String missing ending quote"),
                Arguments.of("name: '\\q'", new Location(1, 7, 6), "escape"),
                Arguments.of("name: '\\ud800'", new Location(1, 7, 6), "escape"),
                Arguments.of("name: '\\377'", new Location(1, 7, 6), "A string that is no UTF-8"),
                Arguments.of("name: 'a' help: 'x' '\\303' 'x'", new Location(1, 17, 16), "A string that is no UTF-8"),
                Arguments.of(
                        "name: 'a' metric { label { value: '\\303' } }",
                        new Location(1, 35, 34),
                        "A string that is no UTF-8"),
                Arguments.of("name: 'a' metric { timestamp_ms: 1.5 }", new Location(1, 34, 33), "1.5"),
                Arguments.of("name: 'a' metric { histogram { sample_count: -1 } }", new Location(1, 46, 45), "-1"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorsHaveTheirPlace(String text, Location at, String message) {
        assertRefused(() -> PrometheusProtobufReference.parseText(utf8(text)), at, message);
    }

    @Test
    void bytesThatAreNoUtf8HaveTheirPlace() {
        byte[] text = "name: 'é'\nhelp: '?'".getBytes(StandardCharsets.UTF_8);
        text[18] = (byte) 0xFF;
        assertRefused(
                () -> PrometheusProtobufReference.parseText(text), new Location(2, 8, 18), "Bytes that are no UTF-8");
        byte[] cut = {'#', (byte) 0xC3};
        assertRefused(
                () -> PrometheusProtobufReference.parseText(cut), new Location(1, 2, 1), "Bytes that are no UTF-8");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
