package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Location;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Problem;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prometheus protobuf in protobuf's text format: how it is spelled, where errors are, and what becomes of the rest. */
class TextMessagesTest {
    private static final ReadOptions SPEC = ReadOptions.of(ExpositionFormat.PROTOBUF_TEXT);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ExpositionReader open(String text, ReadOptions options) {
        return ExpositionReader.open(utf8(text), options);
    }

    private static List<String> events(ExpositionReader in) {
        List<String> events = new ArrayList<>();
        while (in.next() != Event.END) {
            events.add(EventDump.event(in));
        }
        return events;
    }

    private static String gauge(String fields) {
        return "name: 'a' type: GAUGE metric { " + fields + " }";
    }

    // ---- Spelling

    static Stream<Arguments> spellings() {
        return Stream.of(
                Arguments.of(gauge("gauge { value: 1 }"), "a{} 1.0"),
                Arguments.of(gauge("gauge < value: 1 >"), "a{} 1.0"),
                Arguments.of(gauge("gauge: < value:1, >;"), "a{} 1.0"),
                Arguments.of("name:'a',type:GAUGE;metric[{gauge{value:1}}]", "a{} 1.0"),
                Arguments.of("name:'a'type:1 metric:[]metric:[<gauge{}>,{gauge<>label{name:'x'}}]", "a{} 0.0"),
                Arguments.of("# x ' {\nname\u000B: \t\f# \"\r\n'a' type: 0X1 metric{gauge{value:1}}#", "a{} 1.0"),
                Arguments.of(gauge("gauge { value: - # minus\n 1 }"), "a{} -1.0"),
                Arguments.of(gauge("gauge { value: -.5e+1f }"), "a{} -5.0"),
                Arguments.of(gauge("gauge { value: 5.F }"), "a{} 5.0"),
                Arguments.of(gauge("gauge { value: 12f }"), "a{} 12.0"),
                Arguments.of(gauge("gauge { value: 1e400 }"), "a{} Infinity"),
                Arguments.of(gauge("gauge { value: - InFiNiTy }"), "a{} -Infinity"),
                Arguments.of(gauge("gauge { value: inf }"), "a{} Infinity"),
                Arguments.of(gauge("gauge { value: -NAN }"), "a{} NaN"),
                Arguments.of(gauge("gauge { value: -0 }"), "a{} -0.0"),
                Arguments.of(gauge("gauge {} timestamp_ms: -0x3e8"), "a{} 0.0 @-1"),
                Arguments.of(gauge("gauge {} timestamp_ms: 01750"), "a{} 0.0 @1"),
                Arguments.of(gauge("gauge {} timestamp_ms: 0"), "a{} 0.0"),
                Arguments.of(gauge("gauge {} label { name: 'l' value: 'x'  \"y\" # z\n'z' }"), "a{l=\"xyz\"} 0.0"),
                Arguments.of(
                        gauge("gauge {} label { value: '\\'\\\"\\?\\x41\\1012\\u00e9' name: 'l' }"),
                        "a{l=\"'\\\"?AA2é\"} 0.0"),
                Arguments.of(gauge("gauge {} label { name: 'l' value: '\\303' \"\\xa9\" }"), "a{l=\"é\"} 0.0"),
                Arguments.of(
                        gauge("gauge {} label { name: '日本' value: '\\U0001F600' }"), "a{日本=\"\ud83d\ude00\"} 0.0"));
    }

    @ParameterizedTest
    @MethodSource
    void spellings(String text, String event) {
        assertThat(events(open(text, SPEC))).contains("TYPE a gauge", event);
    }

    /** A name inside of braces or strings, or a value, begins no family. */
    @Test
    void eachNameOutsideOfBracesBeginsAFamily() {
        String text = "name:'a' help:'name: \"x\" }' metric{label{name:'name' value:'name:'}counter{}}name:'b'";
        assertThat(events(open(text, SPEC)))
                .containsExactly("HELP a: name: \"x\" }", "TYPE a counter", "a{name=\"name:\"} 0.0", "TYPE b counter");
    }

    /** The schema's name of today, and the one that Go and Java write. */
    @ParameterizedTest
    @ValueSource(strings = {"start_timestamp", "created_timestamp"})
    void startTimestampsHaveTwoNames(String field) {
        String text = "name:'a_total' metric{counter{value:1 " + field + "{seconds:5 nanos:7}}}";

        assertThat(Exposition.parse(text, SPEC)
                        .families()
                        .get(0)
                        .metrics()
                        .get(0)
                        .point()
                        .startTimestamp())
                .isEqualTo(new Timestamp(5, 7));
    }

    @Test
    void bothNamesOfAStartTimestampAreOneField() {
        String text = "name:'a_total' metric{counter{start_timestamp{} created_timestamp{}}}";

        assertThatThrownBy(() -> Exposition.parse(text, SPEC))
                .isInstanceOf(ExpositionSyntaxException.class)
                .hasMessageContaining("created_timestamp");
    }

    @Test
    void nothingIsAnExpositionWithoutFamilies() {
        assertThat(events(open("", SPEC))).isEmpty();
        assertThat(events(open(" \n# x", SPEC))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PROTOBUF_TEXT", "PROTOBUF_COMPACT"})
    void theFormatIsTheOneThatWasAskedFor(ExpositionFormat format) {
        assertThat(open("name:'a'", ReadOptions.of(format)).format()).isEqualTo(format);
        assertThat(open("name:'a'", ReadOptions.of(format.contentType())).format())
                .isEqualTo(format);
    }

    // ---- Places

    @Test
    void eventsAndPartsHaveTheirPlaces() {
        String text = "name: 'é'\ntype: GAUGE\n  metric {\n label { name: 'l' value: 'x' }\n gauge {} } unit: 'u'\n"
                + "metric: [{gauge{}},\n{gauge{}}]\nname: 'b'";
        ExpositionReader in = open(text, SPEC);
        assertThat(in.next()).isEqualTo(Event.TYPE);
        assertThat(in.location()).isEqualTo(new Location(1, 1, 0));
        in.next();
        assertThat(in.event()).isEqualTo(Event.UNIT);
        assertThat(in.next()).isEqualTo(Event.SAMPLE);
        assertThat(in.location()).isEqualTo(new Location(3, 3, 25));
        assertThat(in.problem("X", Problem.Severity.ERROR, in.labelValue(0), "", "")
                        .location())
                .isEqualTo(new Location(4, 27, 60));
        in.next();
        assertThat(in.location()).isEqualTo(new Location(6, 10, 97));
        in.next();
        assertThat(in.location()).isEqualTo(new Location(7, 1, 108));
        in.next();
        assertThat(in.location()).isEqualTo(new Location(8, 1, 119));
        assertThat(in.next()).isEqualTo(Event.END);
        assertThat(in.location()).isEqualTo(new Location(8, 10, 128));
    }

    /** A list without elements leaves no place behind that would stand before the next one's. */
    @Test
    void emptyListsHaveNoPlaces() {
        String text = "name: 'a' type: HISTOGRAM\nmetric { histogram { exemplars: []\nbucket {} bucket {} } }";
        ExpositionReader in = open(text, SPEC.withRecovery(Recovery.SKIP_LINE));
        assertThat(events(in)).containsExactly("TYPE a histogram");
        assertThat(in.problems().get(0).code()).isEqualTo("INVALID_BOUND");
        assertThat(in.problems().get(0).location()).isEqualTo(new Location(2, 1, 26));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                // Syntax
                error("name: 'é' nome: 'b'", 1, 11, "MALFORMED_MESSAGE", "a field of the schema, got 'nome'"),
                error("name: 'a'\n [a.b]: 1", 2, 2, "MALFORMED_MESSAGE", "a field's name, got '['"),
                error("name: 'a'\n [a.b/c.d] { }", 2, 2, "MALFORMED_MESSAGE", "a field's name, got '['"),
                error("name: 'a' metric { 1: 2 }", 1, 20, "MALFORMED_MESSAGE", "a field's name or '}', got '1'"),
                error("name: 'a' Metric { }", 1, 11, "MALFORMED_MESSAGE", "a field of the schema, got 'Metric'"),
                error("name: 'a' }", 1, 11, "MALFORMED_MESSAGE", "a field's name, got '}'"),
                error("name: 'a' metric {", 1, 19, "MALFORMED_MESSAGE", "or '}', got the end of the exposition"),
                error("name: 'a' metric < }", 1, 20, "MALFORMED_MESSAGE", "a field's name or '>', got '}'"),
                error("name 'a'", 1, 6, "MALFORMED_MESSAGE", "':', got '''"),
                error("name: 'a' metric: 5", 1, 19, "MALFORMED_MESSAGE", "'{', got '5'"),
                error("name: ['a']", 1, 7, "MALFORMED_MESSAGE", "a string, got '['"),
                error("name: 'a';, help: ''", 1, 11, "MALFORMED_MESSAGE", "a field's name, got ','"),
                error("name: 'a' metric [{},]", 1, 22, "MALFORMED_MESSAGE", "'{', got ']'"),
                error("name: 'a' metric [{};]", 1, 21, "MALFORMED_MESSAGE", "',' or ']', got ';'"),
                error("name: 'a' help: '' help: 'x'", 1, 20, "MALFORMED_MESSAGE", "'help' a second time"),
                error(gauge("gauge { value: 0 value: 0 }"), 1, 49, "MALFORMED_MESSAGE", "'value' a second time"),
                error(gauge("gauge {} gauge {}"), 1, 41, "MALFORMED_MESSAGE", "'gauge' a second time"),
                error("\ufeffname: 'a'", 1, 1, "MALFORMED_MESSAGE", "a field's name, got '\ufeff'"),
                // Strings
                error("name: 'a\n'", 1, 7, "UNTERMINATED_LABEL_VALUE", "got the end of the line"),
                error("name: 'a\\", 1, 7, "UNTERMINATED_LABEL_VALUE", "got the end of the exposition", true),
                error("name: 'a' \"b", 1, 11, "UNTERMINATED_LABEL_VALUE", "got the end of the exposition"),
                error("name: 'é\\q'", 1, 9, "INVALID_ESCAPE", "got '\\q'"),
                error("name: '\\x'", 1, 8, "INVALID_ESCAPE", "digits behind \\x, got '\\x'"),
                error("name: '\\u12'", 1, 8, "INVALID_ESCAPE", "4 hexadecimal digits, got '\\u'"),
                error("name: '\\ud800'", 1, 8, "INVALID_ESCAPE", "code point, got '\\ud800'"),
                error("name: '\\U00110000'", 1, 8, "INVALID_ESCAPE", "code point, got '\\U00110000'"),
                error("name: '\\400'", 1, 8, "INVALID_ESCAPE", "at most \\377, got '\\400'"),
                error("name: 'a' help:\n 'x' '\\303' 'y'", 2, 2, "INVALID_UTF8", "a string that is UTF-8"),
                error("name: 'a\u0000'", 1, 9, "MALFORMED_MESSAGE", "a NUL byte"),
                error("name: 'a' #\u0000", 1, 12, "MALFORMED_MESSAGE", "a NUL byte"),
                // Numbers
                error(gauge("gauge { value: 010 }"), 1, 47, "INVALID_VALUE", "a number, got '010'"),
                error(gauge("gauge { value: 0x1 }"), 1, 47, "INVALID_VALUE", "a number, got '0x1'"),
                error(gauge("gauge { value: 1d }"), 1, 47, "INVALID_VALUE", "a number, got '1d'"),
                error(gauge("gauge { value: +1 }"), 1, 47, "INVALID_VALUE", "a number, got '+'"),
                error(gauge("gauge { value: --1 }"), 1, 48, "INVALID_VALUE", "a number, got '-'"),
                error(gauge("gauge { value: 1_0 }"), 1, 47, "INVALID_VALUE", "a number, got '1_0'"),
                error(gauge("gauge { value: 1e }"), 1, 47, "INVALID_VALUE", "a number, got '1e'"),
                error(gauge("gauge { value: inff }"), 1, 47, "INVALID_VALUE", "a number, got 'inff'"),
                error(gauge("timestamp_ms: 1.5"), 1, 46, "INVALID_VALUE", "an integer, got '1.5'"),
                error(gauge("timestamp_ms: 08"), 1, 46, "INVALID_VALUE", "an integer, got '08'"),
                error(gauge("timestamp_ms: 9223372036854775808"), 1, 46, "VALUE_OUT_OF_RANGE", "got '922"),
                error(gauge("timestamp_ms: 99999999999999999999"), 1, 46, "INVALID_VALUE", "got '999"),
                error(gauge("summary { sample_count: -0 }"), 1, 56, "INVALID_VALUE", "an integer, got '-'"),
                error(gauge("histogram { schema: 2147483648 }"), 1, 52, "VALUE_OUT_OF_RANGE", "range, got '214"),
                error("name: 'a' type: BIG", 1, 17, "UNKNOWN_TYPE", "a type of the schema, got 'BIG'"),
                error("name: 'a' type: 'GAUGE'", 1, 17, "INVALID_VALUE", "an integer, got '''"),
                // Meaning
                error("\n help: 'x' name: 'a'", 2, 2, "EMPTY_NAME", "a metric family's name"),
                error("name: 'a'\n name: ''", 2, 2, "EMPTY_NAME", "a metric family's name"),
                error("name: 'a'\ntype: 6", 1, 1, "UNKNOWN_TYPE", "0 to 5, got 6"),
                error("name: 'a' type: GAUGE\n\tmetric { counter {} }", 2, 2, "UNEXPECTED_SAMPLE", "type gauge"),
                error(gauge("gauge {}\nlabel { value: 'x' }"), 2, 1, "EMPTY_NAME", "a label's name"),
                error(gauge("gauge {}\nlabel [{name:'é'},{name:'é'}]"), 2, 19, "DUPLICATE_LABEL_NAME", "'é' a"));
    }

    private static Arguments error(String text, int line, int column, String code, String words) {
        return Arguments.of(text, line, column, code, words);
    }

    private static Arguments error(String text, int line, int column, String code, String words, boolean atEnd) {
        return Arguments.of(text + (atEnd ? "" : " "), line, column, code, words);
    }

    /** Whatever the shape that the text arrives in. */
    @ParameterizedTest
    @MethodSource
    void errors(String text, int line, int column, String code, String words) throws IOException {
        String before = text.lines().limit(line - 1).reduce("", (all, one) -> all + one + "\n");
        String onLine = text.substring(before.length());
        int offset = utf8(before + onLine.substring(0, onLine.offsetByCodePoints(0, column - 1))).length;
        for (InputShape shape : InputShape.values()) {
            try (ExpositionReader in = shape.open(utf8(text), SPEC)) {
                ExpositionSyntaxException thrown =
                        catchThrowableOfType(ExpositionSyntaxException.class, () -> events(in));
                assertThat(thrown.location()).as("%s", shape).isEqualTo(new Location(line, column, offset));
                assertThat(thrown.code().name()).isEqualTo(code);
                assertThat(thrown).hasMessageContaining(words);
            }
        }
    }

    @Test
    void bytesThatAreNoUtf8HaveTheirPlace() throws IOException {
        for (String text : List.of("name: 'é?'", "name: 'é' #?", "name: 'é' ?", "name: 'a' help: 'xy?")) {
            byte[] bytes = utf8(text);
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('?');
            bytes[at] = (byte) 0xE2;
            for (InputShape shape : InputShape.values()) {
                try (ExpositionReader in = shape.open(bytes, SPEC)) {
                    ExpositionSyntaxException thrown =
                            catchThrowableOfType(ExpositionSyntaxException.class, () -> events(in));
                    assertThat(thrown.location()).isEqualTo(new Location(1, text.indexOf('?') + 1, at));
                    assertThat(thrown).hasMessageContaining("byte 0xE2");
                }
            }
        }
    }

    @Test
    void anErrorShowsItsNeighbourhood() throws IOException {
        String text = "name: 'é" + "x".repeat(300) + "' nome: 'b'" + " # y".repeat(50);
        for (InputShape shape : InputShape.values()) {
            try (ExpositionReader in = shape.open(utf8(text), SPEC)) {
                Problem problem = catchThrowableOfType(ExpositionSyntaxException.class, () -> events(in))
                        .problem();
                assertThat(problem.excerpt())
                        .isEqualTo("…" + "x".repeat(78) + "' nome: 'b'" + " # y".repeat(7) + " # …");
                assertThat(problem.caret()).isEqualTo(81);
            }
        }
    }

    // ---- Shapes

    @ParameterizedTest
    @EnumSource
    void howTextArrivesSaysNothing(InputShape shape) throws IOException {
        String text = "name: 'large' help: '" + "é".repeat(100_000) + "' 'x\\n'\n# " + "ü".repeat(100_000) + "\n"
                + ("metric { label { name: 'l' value: '\\u00e9' \"日\" }\ncounter { value: - 5.25e-3 } }\n").repeat(300)
                + gauge("gauge { value: 0.1 } timestamp_ms: 0x7F").replace("'a'", "'b'");
        assertThat(EventDump.of(shape, utf8(text), SPEC.withRecovery(Recovery.SKIP_LINE)))
                .isEqualTo(EventDump.of(open(text, SPEC.withRecovery(Recovery.SKIP_LINE))));
    }

    @ParameterizedTest
    @EnumSource
    void howBrokenTextArrivesSaysNothing(InputShape shape) throws IOException {
        String text = "name: 'a' metric { counter { } } metric { gauge {} }\nname: 'b' metric {\n value: 1 } # "
                + "x".repeat(300) + "\n" + "y".repeat(300)
                + "\nname: 'c'\nmetric < counter\nname : 'd' nome: 1\n name: 'e'\nnames\nname: 'f'";
        ReadOptions options = SPEC.withRecovery(Recovery.SKIP_LINE);
        try (ExpositionReader in = shape.open(utf8(text), options)) {
            ExpositionReader array = open(text, options);
            assertThat(events(in)).isEqualTo(events(array)).contains("TYPE a counter", "TYPE f counter");
            assertThat(in.problems()).isEqualTo(array.problems()).hasSize(4);
        }
    }

    // ---- Going on

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: 'b' nome: 1\n",
                "name: 'b' type:\n",
                "name: 'b' type\n",
                "name: 'b\n",
                "name: 'b' }\n} name: 'x'\n name: 'y'\nnamed: 'z'\n",
                "name: 'b' metric { label { name: 'x' value: 'y'\n",
                "name: 'b'\nmetric <\n",
                "name: 'b'\nmetric { label { value: 'y'\n",
            })
    void anErrorOfSyntaxCostsItsFamilyAndNoOther(String broken) {
        String text = "name: 'a' metric { counter {} }\n" + broken + "name: 'c' type: GAUGE metric { gauge {} }\n";
        for (Recovery recovery : List.of(Recovery.SKIP_LINE, Recovery.SKIP_FAMILY)) {
            ReadOptions options = SPEC.withRecovery(recovery);
            ExpositionReader in = open(text, options);
            assertThat(events(in)).containsExactly("TYPE a counter", "a{} 0.0", "TYPE c gauge", "c{} 0.0");
            assertThat(in.problems()).hasSize(1);
            MetricSet read = Exposition.parse(utf8(text), options);
            assertThat(read.families()).extracting(MetricFamily::name).containsExactly("a", "c");
        }
    }

    @Test
    void whatIsBehindTheLastErrorIsNoFamily() {
        ExpositionReader in = open("name: 'a' nome: 1 name: 'b'\n name: 'c'", SPEC.withRecovery(Recovery.SKIP_LINE));
        assertThat(events(in)).isEmpty();
        assertThat(in.problems()).hasSize(1);
    }

    @Test
    void anErrorOfMeaningCostsTheMetric() {
        String text = "name: 'a' metric { counter {} } metric { gauge {} } metric { counter {} label { name: 'x' } }";
        ExpositionReader in = open(text, SPEC.withRecovery(Recovery.SKIP_LINE));
        assertThat(events(in)).containsExactly("TYPE a counter", "a{} 0.0", "a{x=\"\"} 0.0");
        assertThat(in.problems().get(0).location()).isEqualTo(new Location(1, 33, 32));
        assertThat(in.problems().get(0).excerpt()).isEqualTo("a");
        assertThat(Exposition.parse(utf8(text), SPEC.withRecovery(Recovery.SKIP_FAMILY))
                        .families())
                .isEmpty();
    }

    @Test
    void unwantedFamiliesAreNoEvents() {
        ExpositionReader in = open("name:'a' name:'b' name:'c'", SPEC.withNames(Set.of("b")));
        assertThat(events(in)).containsExactly("TYPE b counter");
    }

    // ---- Limits

    @ParameterizedTest
    @ValueSource(
            strings = {"name:'long' help:'longer than that'", "name:'l'" + "                              unit:'s'"})
    void aMessageOverTheLimitIsRefused(String text) {
        ReadOptions limited = SPEC.withLimits(ReadLimits.defaults().with(Limit.MESSAGE_BYTES, 30));
        assertThat(events(open("name:'a' " + " ".repeat(100) + "name:'b' #", limited)))
                .hasSize(2);
        assertThatThrownBy(() -> events(open(text, limited)))
                .isInstanceOf(ReadLimitException.class)
                .hasMessageContaining("messageBytes");
    }

    /** A token without end must not take more memory than a message may. */
    @ParameterizedTest
    @ValueSource(strings = {"name:'", "name:'' ", "name:'' metric{timestamp_ms:0"})
    void aTokenWithoutEndIsRefused(String beginning) {
        InputStream behind = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        InputStream endless = new SequenceInputStream(new ByteArrayInputStream(utf8(beginning)), behind);
        ReadOptions limited = SPEC.withLimits(ReadLimits.defaults().with(Limit.MESSAGE_BYTES, 1 << 20));
        assertThatThrownBy(() -> events(ExpositionReader.open(endless, limited)))
                .isInstanceOf(ReadLimitException.class)
                .hasMessageContaining("messageBytes");
    }

    /** A line may be longer than {@link Limit#LINE_BYTES}: what is held is a message. */
    @Test
    void aLineMayBeAsLongAsAMessage() throws IOException {
        String text = "name:'a' " + "metric{label{name:'l'}counter{}}".repeat(10_000);
        ReadOptions limited = SPEC.withLimits(ReadLimits.defaults().with(Limit.LINE_BYTES, 100));
        try (ExpositionReader in = InputShape.STREAM.open(utf8(text), limited)) {
            assertThat(events(in)).hasSize(10_001);
        }
    }
}
