package dev.exposit.convert;

import static dev.exposit.convert.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Problem;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with JSON: its code, its place, and what becomes of the rest. */
class JsonMistakesTest {
    /** The text between two others; the place is where {@code ^} stands in it. */
    private static String around(String part) {
        return "[\n{\"name\":\"a\",\"metrics\":[{\"value\":\"1\"}]},\n" + part.replace("^", "")
                + ",\n{\"name\":\"z\",\"type\":\"GAUGE\",\"metrics\":[{\"value\":\"2\"}]}]";
    }

    private static ReadOptions options(Recovery recovery, List<Problem> problems) {
        return ReadOptions.defaults().withRecovery(recovery).withProblemListener(problems::add);
    }

    private static List<String> names(MetricSet set) {
        return set.stream()
                .map(family -> family.name() + family.metrics().size())
                .toList();
    }

    private static void assertPlace(Problem problem, String part) {
        int at = part.indexOf('^');
        assertThat(problem.location().line()).isEqualTo(3);
        assertThat(problem.location().column()).isEqualTo(1 + part.codePointCount(0, at));
        assertThat(problem.location().offset())
                .isEqualTo(around("").indexOf(",\n,\n") + 2 + utf8(part.substring(0, at)).length);
        int[] excerpt = problem.excerpt().codePoints().toArray();
        assertThat(new String(excerpt, problem.caret(), 1)).isEqualTo(part.substring(at + 1, at + 2));
    }

    /** The last column: the families left, each with how many metrics, when skipping lines and when skipping families. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UNEXPECTED_JSON        | ^5                                                                          | a1 z1       | a1 z1
            UNEXPECTED_JSON        | ^["b"]                                                                      | a1 z1       | a1 z1
            UNEXPECTED_JSON        | {"name":^7,"metrics":[]}                                                    | a1 z1       | a1 z1
            UNEXPECTED_JSON        | {"name":"b","metrics":^{"x":[1]}}                                           | a1 z1       | a1 z1
            UNEXPECTED_JSON        | {"name":"b","type":"GAUGE","metrics":[{"value":"1"},^[[1]]]}                | a1 b1 z1    | a1 z1
            UNEXPECTED_JSON        | {"name":"b","type":"GAUGE","metrics":[{"labels":{"ü":^{"x":1}},"value":"1"}]} | a1 b0 z1  | a1 z1
            UNEXPECTED_JSON        | {"name":"b","type":"STATESET","metrics":[{"states":{"on":^"true"}}]}        | a1 b0 z1    | a1 z1
            MISSING_KEY            | ^{"metrics":[{"value":"1"}]}                                                | a1 z1       | a1 z1
            MISSING_KEY            | {"name":"b","type":"HISTOGRAM","metrics":[{"bucket_list":[^{"le":"1"}]}]}   | a1 b0 z1    | a1 z1
            MISSING_KEY            | {"name":"b","type":"HISTOGRAM","metrics":[{"native_buckets":^{}}]}          | a1 b0 z1    | a1 z1
            MISSING_VALUE          | {"name":"b","type":"GAUGE","metrics":[^{}]}                                 | a1 b0 z1    | a1 z1
            MISSING_VALUE          | {"metrics":[^{}],"name":"b"}                                                | a1 b0 z1    | a1 z1
            MISSING_VALUE          | {"name":"b","type":"GAUGE","metrics":[{"value":"1","exemplars":[^{}]}]}     | a1 b0 z1    | a1 z1
            EMPTY_NAME             | {"name":^"","metrics":[]}                                                   | a1 z1       | a1 z1
            EMPTY_NAME             | {"name":"b","type":"GAUGE","metrics":[{"labels":{^"":"x"},"value":"1"}]}    | a1 b0 z1    | a1 z1
            UNKNOWN_TYPE           | {"name":"b","type":^"METER","metrics":[]}                                   | a1 z1       | a1 z1
            UNKNOWN_TYPE           | {"name":"b","type":"GAUGE","metrics":[{"kind":^"x","value":"1"}]}           | a1 b0 z1    | a1 z1
            INVALID_VALUE          | {"name":"日本","type":"GAUGE","metrics":[{"value":^"0x1"},{"value":"1"}]}   | a1 日本1 z1 | a1 z1
            INVALID_VALUE          | {"name":"b","type":"GAUGE","metrics":[{"value":^""}]}                       | a1 b0 z1    | a1 z1
            INVALID_VALUE          | {"name":"b","type":"GAUGE","metrics":[{"value":^"1d"}]}                     | a1 b0 z1    | a1 z1
            VALUE_OUT_OF_RANGE     | {"name":"b","type":"GAUGE","metrics":[{"value":^"1e999"}]}                  | a1 b0 z1    | a1 z1
            INVALID_BOUND          | {"name":"b","type":"SUMMARY","metrics":[{"quantiles":{^"x":"1"}}]}          | a1 b0 z1    | a1 z1
            INVALID_TIMESTAMP      | {"name":"b","type":"GAUGE","metrics":[{"value":"1","timestamp_ms":^"1.5"}]} | a1 b0 z1    | a1 z1
            INVALID_TIMESTAMP      | {"name":"b","type":"GAUGE","metrics":[{"value":"1","timestamp":^"1e9"}]}    | a1 b0 z1    | a1 z1
            INVALID_TIMESTAMP      | {"name":"b","type":"GAUGE","metrics":[^{"value":"1","timestamp":"1","timestamp_ms":"1"}]} | a1 b0 z1 | a1 z1
            TIMESTAMP_OUT_OF_RANGE | {"name":"b","type":"GAUGE","metrics":[{"value":"1","timestamp_ms":^"99999999999999999999"}]} | a1 b0 z1 | a1 z1
            TIMESTAMP_OUT_OF_RANGE | {"name":"b","type":"GAUGE","metrics":[{"value":"1","start_timestamp":^"99999999999999999999"}]} | a1 b0 z1 | a1 z1
            INVALID_BUCKETS        | {"name":"b","type":"HISTOGRAM","metrics":[^{"buckets":[[0,"1","3","1"]]}]}  | a1 b0 z1    | a1 z1
            INVALID_BUCKETS        | {"name":"b","type":"HISTOGRAM","metrics":[{"buckets":[[0,"1","2"^]]}]}      | a1 b0 z1    | a1 z1
            INVALID_BUCKETS        | {"name":"b","type":"HISTOGRAM","metrics":[{"native_buckets":^{"schema":9}}]} | a1 b0 z1   | a1 z1
            INVALID_STATE          | {"name":"b","type":"INFO","metrics":[^{"value":"2"}]}                       | a1 b0 z1    | a1 z1
            FAMILY_REOPENED        | {"name":^"a","metrics":[{"labels":{"l":"x"},"value":"1"}]}                  | a2 z1       | a2 z1
            """)
    void isToldAndSkipped(ErrorCode code, String part, String withoutLines, String withoutFamilies) {
        String json = around(part);

        ExpositionSyntaxException e = catchThrowableOfType(ExpositionSyntaxException.class, () -> Json.parse(json));
        assertThat(e).isNotNull();
        assertThat(e.code()).isEqualTo(code);
        assertPlace(e.problem(), part);

        for (Recovery recovery : List.of(Recovery.SKIP_LINE, Recovery.SKIP_FAMILY)) {
            List<Problem> problems = new ArrayList<>();
            MetricSet set = Json.parse(json, options(recovery, problems));
            assertThat(problems).as("%s", recovery).hasSize(1);
            assertThat(problems.get(0)).isEqualTo(e.problem());
            assertThat(String.join(" ", names(set)))
                    .as("%s", recovery)
                    .isEqualTo(recovery == Recovery.SKIP_LINE ? withoutLines : withoutFamilies);
        }
    }

    /** Broken JSON has nothing behind it that could be read. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            MALFORMED_JSON  | {"name":"b",^}
            MALFORMED_JSON  | {"name":"ü"^;}
            MALFORMED_JSON  | {"name":^'b'}
            MALFORMED_JSON  | {"name":"b","type":^NaN}
            MALFORMED_JSON  | {"name":"b",^"name":"c"}
            """)
    void brokenJsonEndsReading(ErrorCode code, String part) {
        for (Recovery recovery : Recovery.values()) {
            ExpositionSyntaxException e = catchThrowableOfType(
                    ExpositionSyntaxException.class,
                    () -> Json.parse(around(part), options(recovery, new ArrayList<>())));
            assertThat(e).isNotNull();
            assertThat(e.code()).isEqualTo(code);
            assertPlace(e.problem(), part);
        }
    }

    private static Problem problemOf(byte[] json) {
        ExpositionSyntaxException e = catchThrowableOfType(
                ExpositionSyntaxException.class,
                () -> Json.parse(new ByteArrayInputStream(json), ReadOptions.defaults()));
        assertThat(e).isNotNull();
        return e.problem();
    }

    @Test
    void earlyEndIsAtTheEnd() {
        String json = "[{\"name\":\"a\",\"metrics\":[{\"value\":\"1\"}";
        for (int length = 1; length < json.length(); length++) {
            Problem problem = problemOf(utf8(json.substring(0, length)));
            assertThat(problem.code()).isEqualTo("MALFORMED_JSON");
            assertThat(problem.location().offset()).isEqualTo(length);
            assertThat(problem.got()).isEqualTo("the end");
        }
    }

    @Test
    void nothingStandsBehindTheArray() {
        Problem problem = problemOf(utf8("[]\n {}"));
        assertThat(problem.toString())
                .isEqualTo("line 2, column 2, byte 4: UNEXPECTED_JSON: expected the end, got an object");
    }

    @Test
    void bytesThatAreNoUtf8EndReading() {
        for (String part : List.of("\u00ff", "\u00c3(", "\u00ed\u00a0\u0080", "\u00c0\u0080", "\u00f5\u0080")) {
            byte[] json = ("[{\"name\":\"a" + part + "\"}]").getBytes(StandardCharsets.ISO_8859_1);
            Problem problem = problemOf(json);
            assertThat(problem.code()).isEqualTo("INVALID_UTF8");
            assertThat(problem.location().offset()).isEqualTo(11);
        }
        assertThat(problemOf(new byte[] {'[', 0, ']', 0}).code()).isEqualTo("MALFORMED_JSON");
    }

    @Test
    void deepNestingIsRefused() {
        String json = "[{\"name\":\"a\",\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}]";
        assertThat(problemOf(utf8(json)).code()).isEqualTo("UNEXPECTED_JSON");
        assertThat(Json.parse("[{\"name\":\"a\",\"x\":" + "[".repeat(900) + "]".repeat(900) + "}]")
                        .families())
                .hasSize(1);
    }

    @Test
    void oddThingsAreWarnings() {
        List<Problem> problems = new ArrayList<>();
        MetricSet set = Json.parse(
                "\ufeff[{\"name\":\"a\",\"type\":\"GAUGE\",\"metrics\":[{\"value\":\"1\"},{\"value\":\"2\"}]}]",
                options(Recovery.THROW, problems));
        assertThat(problems).extracting(Problem::code).containsExactly("BYTE_ORDER_MARK", "DUPLICATE_SERIES");
        assertThat(problems.get(1).location().offset()).isEqualTo(56);
        assertThat(names(set)).containsExactly("a2");
    }

    // ---- Large families, of which parts are out when something comes too late

    /** So many metrics that parts go out, with something behind them. */
    private static String large(String lastMetric, String behind) {
        String metric = "{\"labels\":{\"l\":\"" + "x".repeat(1000) + "\"},\"value\":\"1\"},";
        return "[{\"name\":\"a\",\"type\":\"GAUGE\",\"metrics\":[" + metric.repeat(5000) + lastMetric + "]" + behind
                + "},{\"name\":\"z\"}]";
    }

    private static List<FamilyPart> parts(String json, Recovery recovery) throws IOException {
        List<FamilyPart> parts = new ArrayList<>();
        try (FamilySource source =
                Json.open(new ByteArrayInputStream(utf8(json)), options(recovery, new ArrayList<>()))) {
            for (FamilyPart part = source.next(); part != null; part = source.next()) {
                parts.add(part);
            }
        }
        return parts;
    }

    @Test
    void helpBehindALargeFamilyIsTooLate() throws IOException {
        String json = large("{\"value\":\"1\"}", ",\"help\":\"H\"");
        assertThatThrownBy(() -> parts(json, Recovery.THROW))
                .isInstanceOfSatisfying(
                        ExpositionSyntaxException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.METADATA_AFTER_SAMPLES));
        List<FamilyPart> parts = parts(json, Recovery.SKIP_LINE);
        assertThat(parts).hasSizeGreaterThan(3);
        assertThat(parts).allSatisfy(part -> assertThat(part.family().help()).isEmpty());
        // A whole set is held, so nothing is late.
        assertThat(Json.parse(json).family("a").orElseThrow().help()).isEqualTo("H");
    }

    @Test
    void largeFamilyThatIsBrokenHasAnEnd() throws IOException {
        List<FamilyPart> parts = parts(large("{\"value\":\"x\"}", ""), Recovery.SKIP_FAMILY);
        FamilyPart end = parts.get(parts.size() - 2);
        assertThat(end.family().name()).isEqualTo("a");
        assertThat(end.family().metrics()).isEmpty();
        assertThat(end.first()).isFalse();
        assertThat(end.last()).isTrue();
        assertThat(parts.get(parts.size() - 1).family().name()).isEqualTo("z");
    }

    // ---- Limits

    @ParameterizedTest
    @CsvSource({
        "TOTAL_BYTES, 100",
        "LINE_BYTES, 30",
        "NAME_BYTES, 5",
        "LABEL_VALUE_BYTES, 3",
        "LABELS_PER_SERIES, 1",
        "SAMPLES, 1",
        "FAMILIES, 1",
        "EXEMPLAR_BYTES, 10",
        "ASSEMBLED_BYTES, 500"
    })
    void limitsHold(Limit limit, long value) {
        String json = "[{\"name\":\"abcdef\",\"type\":\"GAUGE\",\"metrics\":["
                + "{\"labels\":{\"l\":\"long\",\"m\":\"x\"},\"value\":\"1\",\"exemplars\":[{\"value\":\"1\"}]},{\"value\":\"2\"}]},"
                + "{\"name\":\"b\"}]";
        assertThat(Json.parse(json).families()).hasSize(2);

        ReadOptions options =
                ReadOptions.defaults().withLimits(ReadLimits.defaults().with(limit, value));

        assertThatThrownBy(() -> Json.parse(json, options))
                .isInstanceOfSatisfying(
                        ReadLimitException.class, e -> assertThat(e.limit()).isEqualTo(limit));
    }

    /** What nobody wants is skipped without being held. */
    @Test
    void longLinesAreNoLongMetrics() {
        String metric = "{\"value\":\"1\"}";
        String json = "[{\"name\":\"a\",\"x\":[" + "\"y\",".repeat(100_000) + "1],\"type\":\"GAUGE\",\"metrics\":["
                + (metric + ",").repeat(20_000) + metric + "]}]";
        ReadOptions options =
                ReadOptions.defaults().withLimits(ReadLimits.defaults().with(Limit.LINE_BYTES, 100));
        assertThat(names(Json.parse(json, options))).containsExactly("a20001");

        String endless = "[{\"name\":\"a\",\"x\":\"" + "y".repeat(1 << 20) + "\"}]";
        assertThatThrownBy(() -> Json.parse(endless, options)).isInstanceOf(ReadLimitException.class);
    }

    @Test
    void conversionSkipsAsReadingDoes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Problem> problems = new ArrayList<>();
        String json = around("{\"name\":\"a\",\"metrics\":[{\"labels\":{\"l\":\"x\"},\"value\":\"1\"}]}");
        ConversionReport report = Converter.of(
                        options(Recovery.SKIP_LINE, problems), WriteOptions.of(ExpositionFormat.PROMETHEUS_TEXT))
                .convert(Source.of(new ByteArrayInputStream(utf8(json)), "<text>"), out);
        assertThat(report.problems()).hasSize(1).isEqualTo(problems);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a 1\na{l=\"x\"} 1\n# TYPE z gauge\nz 2\n");
    }
}
