package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.convert.ConversionReport;
import dev.exposit.convert.Converter;
import dev.exposit.convert.Source;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.Problem;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadLimits.Limit;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lines without a mapping are read as. */
class GraphiteInputTest {
    private final List<Problem> problems = new ArrayList<>();

    private static Source source(String text) {
        return source(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Source source(byte[] bytes) {
        return Source.of(new ByteArrayInputStream(bytes), "lines");
    }

    private MetricSet read(String text, ReadOptions options) {
        return read(source(text), options);
    }

    private MetricSet read(Source source, ReadOptions options) {
        try {
            return source.read(GraphiteInput.plaintext(), options.withProblemListener(problems::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MetricSet read(String text) {
        return read(text, ReadOptions.defaults());
    }

    private MetricSet readOn(String text) {
        return read(text, ReadOptions.defaults().withRecovery(Recovery.SKIP_LINE));
    }

    private static Point point(double value, long seconds) {
        return new Point(new NumberValue(value), Timestamp.ofSeconds(seconds), null, List.of());
    }

    private static MetricFamily.Builder family(String name) {
        return MetricFamily.builder(name, MetricType.UNKNOWN);
    }

    // ---- Lines

    @Test
    void eachLineIsASample() {
        assertThat(read("""
                up;job=node;instance=a:9100 1 1700000000
                load.1min 0.25 1700000000
                up;job=node;instance=b:9100 0 1700000001
                """))
                .isEqualTo(MetricSet.of(List.of(
                        family("up")
                                .add(point(1, 1700000000), "job", "node", "instance", "a:9100")
                                .add(point(0, 1700000001), "job", "node", "instance", "b:9100")
                                .build(),
                        family("load.1min").add(point(0.25, 1700000000)).build())));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1 2\n",
                "  a\t1   2 \n",
                "a 1 2\r\n",
                "\n \na 1 2\n\n",
                "a\u00a01\u20282\n",
                "a\u001c1\u00852\u3000\n",
                "a\u200a1\u202f2\u1680\n",
                "a\u000b1\u000c2\n"
            })
    void blanksAreThoseOfPython(String text) {
        assertThat(read(text))
                .isEqualTo(MetricSet.of(List.of(family("a").add(point(1, 2)).build())));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u200b", "a\u180e", "a\ufeff", "a\u2060"})
    void whatPythonTakesForNoBlankIsOfThePath(String name) {
        assertThat(read(name + " 1 2\n").family(name)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "+1, 1",
        "-1, -1",
        "1., 1",
        ".5, 0.5",
        "-.5e+1, -5",
        "1E3, 1000",
        "1e-400, 0",
        "-0, -0.0",
        "0x10, ",
        "1_000, ",
        "1d, ",
        "1f, ",
        "1e, ",
        "., ",
        "1;2, ",
        "nan, NaN",
        "-NaN, NaN",
        "+nan, NaN",
        "inf, Infinity",
        "Infinity, Infinity",
        "-INF, -Infinity",
        "infinit, ",
        "none, ",
        "\u0661, ",
        "--1, "
    })
    void valuesAreDecimalNumbers(String spelled, Double value) {
        MetricSet read = readOn("a " + spelled + " 1\n");
        if (value == null) {
            assertThat(read.families()).isEmpty();
            assertThat(problems).singleElement().returns("INVALID_VALUE", Problem::code);
        } else {
            assertThat(read.value("a")).hasValue(value);
            assertThat(problems).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1700000000, 1700000000",
        "1700000000.0, 1700000000",
        "1700000000.25, 1700000000.25",
        "1.7e9, 1700000000",
        "1., 1",
        ".5, 0.5",
        "1e-8, 0.00000001",
        "4294967295, 4294967295",
        "4294967295.5, 4294967295.5"
    })
    void timestampsAreSeconds(String spelled, BigDecimal seconds) {
        assertThat(read("a 1 " + spelled + "\n").family("a").orElseThrow().metrics())
                .singleElement()
                .extracting(metric -> metric.point().timestamp())
                .isEqualTo(Timestamp.ofSeconds(seconds));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "N", "-1.0", "-1.9", "-1e0"})
    void nowIsNoTimestamp(String spelled) {
        assertThat(read("a 1 " + spelled + "\n"))
                .isEqualTo(MetricSet.of(List.of(family("a").add(1).build())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a             | MISSING_VALUE          | 2 | a value behind the path
            a 1           | INVALID_TIMESTAMP      | 4 | a timestamp behind the value
            a 1 2 3       | TRAILING_CHARACTERS    | 7 | the line's end behind the timestamp, got '3'
            a x 2         | INVALID_VALUE          | 3 | a decimal number, nan or inf, got 'x'
            a 1e999 2     | VALUE_OUT_OF_RANGE     | 3 | a number that fits 64 bits, got '1e999'
            é 1 x         | INVALID_TIMESTAMP      | 5 | seconds since 1970, or -1 or N for now, got 'x'
            é 1 nan       | INVALID_TIMESTAMP      | 5 | got 'nan'
            a 1 -2        | TIMESTAMP_OUT_OF_RANGE | 5 | seconds since 1970 from 0 to 4294967295, got '-2'
            a 1 -0.5      | TIMESTAMP_OUT_OF_RANGE | 5 | got '-0.5'
            a 1 4294967296 | TIMESTAMP_OUT_OF_RANGE | 5 | got '4294967296'
            a 1 1e400     | TIMESTAMP_OUT_OF_RANGE | 5 | got '1e400'
            a 1 1700000000123 | TIMESTAMP_OUT_OF_RANGE | 5 | got '1700000000123', which may be milliseconds
            ;a=b 1 2      | INVALID_METRIC_NAME    | 1 | a name, got ';'
            {a="b"} 1 2   | INVALID_METRIC_NAME    | 1 | a name, got '{'
            a; 1 2        | MISSING_EQUALS         | 3 | '=' behind a tag's name, got the path's end
            a;b;c=d 1 2   | MISSING_EQUALS         | 4 | '=' behind a tag's name, got ';'
            a;=b 1 2      | INVALID_LABEL_NAME     | 3 | a tag's name, got '='
            a;b!=c 1 2    | INVALID_LABEL_NAME     | 4 | a tag's name without any of ; ! ^ =, got '!'
            a;é^=c 1 2    | INVALID_LABEL_NAME     | 4 | got '^'
            a;b=1;b=2 1 2 | DUPLICATE_LABEL_NAME   | 7 | each tag once, got 'b' a second time
            a;__name__=b 1 2 | RESERVED_LABEL_NAME | 3 | another tag than __name__
            a{b"c"} 1 2   | MISSING_EQUALS         | 7 | '=' behind a tag's name, got '}'
            a{b=c"} 1 2   | UNQUOTED_LABEL_VALUE   | 5 | '"' before a tag's value
            a{b=} 1 2"}   | TRAILING_CHARACTERS    | 0 |
            a{b="c"d="e"} 1 2 | UNTERMINATED_LABELS | 8 | ',' or '}' behind a tag's value
            a{b="\\n"} 1 2 | INVALID_ESCAPE        | 6 | got \\n
            a{b="\\"} 1 2  | UNTERMINATED_LABEL_VALUE | 9 | '"' behind a tag's value
            """)
    void whatIsWrongIsToldWithItsPlace(String line, String code, int column, String message) {
        String text = "ok 1 1\n  " + line + "\nfine 1 1\n";
        if (message == null) {
            // A blank ends the path, whatever it looks like.
            assertThatThrownBy(() -> read(text)).isInstanceOf(ExpositionSyntaxException.class);
            return;
        }
        int before = "ok 1 1\n  ".length() + line.substring(0, column - 1).getBytes(StandardCharsets.UTF_8).length;
        Location location = new Location(2, column + 2, before);
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(ExpositionSyntaxException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.valueOf(code));
            assertThat(e.location()).isEqualTo(location);
            assertThat(e.problem().message()).contains(message);
            assertThat(e.problem().excerpt()).isEqualTo("  " + line);
            assertThat(e.problem().caret()).isEqualTo(column + 1);
        });

        assertThat(readOn(text).families()).extracting(MetricFamily::name).containsExactly("ok", "fine");
        assertThat(problems).singleElement().returns(code, Problem::code).returns(location, Problem::location);
    }

    @Test
    void bytesThatAreNoUtf8AreTold() {
        byte[] bytes = "a 1 1\nb\u00e9x 1 1\nc 1 1\n".getBytes(StandardCharsets.UTF_8);
        bytes[8] = 'y';
        assertThat(read(source(bytes), ReadOptions.defaults().withRecovery(Recovery.SKIP_LINE))
                        .families())
                .extracting(MetricFamily::name)
                .containsExactly("a", "c");
        assertThat(problems)
                .singleElement()
                .returns("INVALID_UTF8", Problem::code)
                .returns(new Location(2, 2, 7), Problem::location);
    }

    @Test
    void lastLineWithoutLineFeedIsAnErrorThatMayBeForgiven() {
        String text = "a 1 1\nb 2 2";
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(ExpositionSyntaxException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MISSING_FINAL_NEWLINE);
            assertThat(e.location()).isEqualTo(new Location(2, 6, 11));
        });
        for (ReadOptions options : List.of(
                ReadOptions.defaults().withLastLineFeedOptional(true),
                ReadOptions.defaults().withDialect(Dialect.PROMETHEUS),
                ReadOptions.defaults().withRecovery(Recovery.SKIP_LINE))) {
            problems.clear();
            assertThat(read(text, options).families()).hasSize(2);
            assertThat(problems).singleElement().returns("MISSING_FINAL_NEWLINE", Problem::code);
        }
        problems.clear();
        assertThat(read("a 1 1\n ").families()).hasSize(1);
        assertThat(problems).isEmpty();
    }

    @Test
    void byteOrderMarkIsRepaired() {
        assertThatThrownBy(() -> read("\ufeffa 1 1\n"))
                .isInstanceOfSatisfying(
                        ExpositionSyntaxException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.BYTE_ORDER_MARK));
        assertThat(readOn("\ufeffa 1 1\n").value("a")).hasValue(1.0);
        assertThat(problems).singleElement().returns(new Location(1, 1, 0), Problem::location);
    }

    @Test
    void familyWithAnErrorIsLeftOutOnRequest() {
        String text = "a;x=1 1 1\nb 1 1\na;x=2 z 1\na;x=3 1 1\nc 1 1 1\n";
        MetricSet read = read(text, ReadOptions.defaults().withRecovery(Recovery.SKIP_FAMILY));
        assertThat(read.families()).extracting(MetricFamily::name).containsExactly("b");
        assertThat(problems).extracting(Problem::code).containsExactly("INVALID_VALUE", "TRAILING_CHARACTERS");
    }

    // ---- Paths

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a;b=c               | a     | b     | c
            a;b=c=d             | a     | b     | c=d
            a;b=                | a     | b     | ''
            a;b=~c              | a     | b     | ~c
            a.b;c.d=e.f         | a.b   | c.d   | e.f
            a%20b;c%3Bd=%7E%25x | a b   | c;d   | ~%x
            a;b=100%            | a     | b     | 100%
            a;b=100%2           | a     | b     | 100%2
            a;b=%41             | a     | b     | %41
            a;b=%2e             | a     | b     | %2e
            a;b=%3b             | a     | b     | %3b
            a%2Eb;b=%C3%A9      | a%2Eb | b     | é
            a;b=%C3             | a     | b     | %C3
            a;exported_name=b   | a     | name  | b
            a;exported_exported_name=b | a | exported_name | b
            a;exported_names=b  | a     | exported_names | b
            a;exported_job=b    | a     | exported_job   | b
            a{b="c"}            | a     | b     | c
            a{b="c;d=e"}        | a     | b     | c;d=e
            a{b="%20"}          | a     | b     | %20
            a{exported_name="b"} | a    | exported_name  | b
            a{b="x\\"y\\\\z"}   | a     | b     | x"y\\z
            a;b={c="d"}         | a;b=  | c     | d
            a;b={c}             | a     | b     | {c}
            a{b;c="d}           | a{b   | c     | "d}
            """)
    void tagsAreLabels(String path, String name, String label, String value) {
        assertThat(read(path + " 1 1\n"))
                .isEqualTo(MetricSet.of(
                        List.of(family(name).add(point(1, 1), label, value).build())));
        assertThat(problems).isEmpty();
    }

    @Test
    void escapesOfSeveralBytesAreACharacter() {
        assertThat(read("a;b=%C2%A0-%E2%80%A8 1 1\n").family("a").orElseThrow().metric("b", "\u00a0-\u2028"))
                .isPresent();
    }

    @Test
    void pathWithoutTagsIsAName() {
        assertThat(read("a.%2E..b%20c 1 1\n{} 1 1\na{b} 1 1\n").families())
                .extracting(MetricFamily::name)
                // One escape in it is none of ours, so it is taken as it stands.
                .containsExactly("a.%2E..b%20c", "{}", "a{b}");
    }

    @Test
    void tagCalledNameIsThePathsOwn() {
        assertThat(read("a;name=a;b=c 1 1\n").family("a").orElseThrow().metric("b", "c"))
                .isPresent();
        assertThat(problems).isEmpty();
        assertThat(read("a;name=d;b=c 1 1\n").family("a").orElseThrow().metric("b", "c"))
                .isPresent();
        assertThat(problems)
                .singleElement()
                .returns("RESERVED_LABEL_NAME", Problem::code)
                .returns(Problem.Severity.WARNING, Problem::severity);
    }

    // ---- Series

    @Test
    void seriesHasAPointForEachTimestamp() {
        assertThat(read("a;x=1 5 50\nb 1 1\na;x=1 3 30\na;x=2 1 10\na;x=1 4 40\na;x=1 6 60\n"))
                .isEqualTo(MetricSet.of(List.of(
                        family("a")
                                .add(new dev.exposit.model.Metric(
                                        Labels.of("x", "1"),
                                        List.of(point(3, 30), point(4, 40), point(5, 50), point(6, 60))))
                                .add(point(1, 10), "x", "2")
                                .build(),
                        family("b").add(point(1, 1)).build())));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;x=1;y=2 1 5\na;x=1;y=2 2 5\n",
                "a;x=1;y=2 1 5\na;y=2;x=1 2 5\n",
                "a;x=1;y=2 1 5\na{x=\"1\",y=\"2\"} 2 5\n",
                "a;x=1;y=2 1 5\na;x=1;y=2;z= 2 5\n",
                "a;x=1;y=2 1 5\na;x=1;y=2 2 5.0\n"
            })
    void laterValueOfATimestampCounts(String text) {
        assertThat(read(text))
                .isEqualTo(MetricSet.of(
                        List.of(family("a").add(point(2, 5), "x", "1", "y", "2").build())));
        assertThat(problems)
                .singleElement()
                .returns("DUPLICATE_SERIES", Problem::code)
                .returns(Problem.Severity.WARNING, Problem::severity)
                .returns(2L, problem -> problem.location().line());
    }

    @Test
    void laterValueCountsAlsoOutOfOrderAndWithoutTimestamp() {
        MetricSet read = read("a 1 5\na 2 3\na 3 3\na 4 5\nb 1 -1\nb 2 N\n");
        assertThat(read.family("a").orElseThrow().metrics().get(0).points()).containsExactly(point(3, 3), point(4, 5));
        assertThat(read.family("b").orElseThrow().metrics().get(0).points()).containsExactly(Point.of(2));
        assertThat(problems).hasSize(3);
    }

    @Test
    void samplesWithAndWithoutTimestampDoNotMix() {
        String text = "a 1 5\na 2 -1\nb 1 -1\nb 2 5\n";
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        ExpositionSyntaxException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MIXED_TIMESTAMPS));
        MetricSet read = readOn(text);
        assertThat(read.value("a")).hasValue(1.0);
        assertThat(read.value("b")).hasValue(1.0);
        assertThat(problems).extracting(Problem::code).containsExactly("MIXED_TIMESTAMPS", "MIXED_TIMESTAMPS");
    }

    // ---- Options

    @Test
    void onlyWantedNamesAreRead() {
        assertThat(read("a 1 1\nb;x=y 1 1\nc 1 1\n", ReadOptions.defaults().withNames(Set.of("b", "d")))
                        .families())
                .extracting(MetricFamily::name)
                .containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource({
        "LINE_BYTES, 9",
        "TOTAL_BYTES, 19",
        "NAME_BYTES, 1",
        "LABEL_VALUE_BYTES, 2",
        "LABELS_PER_SERIES, 1",
        "SAMPLES, 1",
        "FAMILIES, 1",
        "ASSEMBLED_BYTES, 1000"
    })
    void limitsHold(Limit limit, long value) {
        String text = "aa;b=ccc 1\t1\nb;c=d;e=f 1 1\n";
        ReadOptions options =
                ReadOptions.defaults().withLimits(ReadLimits.defaults().with(limit, value));
        if (limit == Limit.ASSEMBLED_BYTES) {
            text += "c 1 1\n".repeat(1) + "d 1 1\n";
        }
        String all = text;
        assertThatThrownBy(() -> read(all, options))
                .isInstanceOfSatisfying(
                        ReadLimitException.class, e -> assertThat(e.limit()).isEqualTo(limit));
        assertThat(read(all).families()).isNotEmpty();
    }

    @Test
    void lineOfTheGreatestLengthIsRead() {
        ReadOptions options =
                ReadOptions.defaults().withLimits(ReadLimits.defaults().with(Limit.LINE_BYTES, 7));
        assertThat(read("abc 1 1\n".substring(1), options).families()).hasSize(1);
        assertThatThrownBy(() -> read("abc 1 1\n", options)).isInstanceOf(ReadLimitException.class);
    }

    @Test
    void linesMayBeLongAndComeByteByByte() throws IOException {
        String text = "a;x=" + "v".repeat(200_000) + " 1 1\n" + "b 2 2\n".repeat(1) + "c 3 3\n";
        InputStream slow = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + (offset & 1)));
            }
        };
        assertThat(Source.of(slow, "slow").read(GraphiteInput.plaintext(), ReadOptions.defaults()))
                .isEqualTo(read(text));
    }

    @Test
    void digitsThatCannotBeHeldAreTold() throws IOException {
        String text = "a 9007199254740993 1\nb 1 1.0000000001\nc 9007199254740992 1.000000001000\n";
        ConversionReport report = Converter.to(ExpositionFormat.OPENMETRICS_2)
                .from(GraphiteInput.plaintext())
                .convert(source(text), new ByteArrayOutputStream());
        assertThat(report.losses().losses()).extracting(loss -> loss.family()).containsExactly("a", "b");
        assertThat(report.from()).isEqualTo("graphite");
    }

    /** In OpenMetrics 1.0 the names are asked for in advance: two passes. */
    @Test
    void twoPassesTellProblemsOnce() throws IOException {
        Converter converter = Converter.of(
                        ReadOptions.defaults().withRecovery(Recovery.SKIP_LINE).withProblemListener(problems::add),
                        WriteOptions.of(ExpositionFormat.OPENMETRICS_1))
                .from(GraphiteInput.plaintext());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConversionReport report = converter.convert(source("a.b;x=1 1 1\nbad\na.b;x=1 2 2\na.b;x=1 3 2\n"), out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("# TYPE a_b unknown\na_b{x=\"1\"} 1.0 1\na_b{x=\"1\"} 3.0 2\n# EOF\n");
        assertThat(problems).extracting(Problem::code).containsExactly("MISSING_VALUE", "DUPLICATE_SERIES");
        assertThat(report.problemCount()).isEqualTo(2);
    }

    @Test
    void escapedNamesAreUnescapedOnRequest() {
        MetricSet read = read(
                "U__a_2e_b;U__c_2e_d=e 1 1\n",
                ReadOptions.defaults().withUnescaping(dev.exposit.format.EscapingScheme.VALUES));
        assertThat(read.family("a.b").orElseThrow().metric("c.d", "e")).isPresent();
    }
}
