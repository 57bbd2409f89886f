package dev.exposit.parser;

import static dev.exposit.parser.MessageFields.bytes;
import static dev.exposit.parser.MessageFields.events;
import static dev.exposit.parser.MessageFields.integer;
import static dev.exposit.parser.MessageFields.message;
import static dev.exposit.parser.MessageFields.number;
import static dev.exposit.parser.MessageFields.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.CodedOutputStream;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.StateSetValue.State;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.MessageFields.Field;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the cursor shows of OpenMetrics protobuf, and what becomes of bytes that are none. */
class OpenMetricsProtobufReaderTest {
    private static final ReadOptions SPEC = ReadOptions.of(ExpositionFormat.OPENMETRICS_PROTOBUF);

    // ---- Messages

    private static Field label(int field, String name, String value) {
        return bytes(field, message(text(1, name), text(2, value)));
    }

    private static Field time(int field, long seconds, int nanos) {
        return bytes(field, message(integer(1, seconds), integer(2, nanos)));
    }

    /** A point whose value is the member of that field number. */
    private static Field point(int member, byte[] value, Field... others) {
        List<Field> fields = new ArrayList<>(List.of(others));
        fields.add(bytes(member, value));
        return bytes(2, message(fields.toArray(Field[]::new)));
    }

    private static Field gauge(double value, Field... others) {
        return point(2, message(number(1, value)), others);
    }

    private static Field metric(Field... fields) {
        return bytes(5, message(fields));
    }

    private static byte[] family(String name, int type, Field... others) {
        List<Field> fields = new ArrayList<>(List.of(text(1, name), integer(2, type)));
        fields.addAll(List.of(others));
        return message(fields.toArray(Field[]::new));
    }

    private static byte[] set(byte[]... families) {
        return message(Arrays.stream(families).map(family -> bytes(1, family)).toArray(Field[]::new));
    }

    private static byte[] plain(String name, double value) {
        return family(name, 1, metric(gauge(value)));
    }

    private static byte[] joined(byte[]... parts) {
        return message(Arrays.stream(parts)
                .map(part -> (Field) out -> out.writeRawBytes(part))
                .toArray(Field[]::new));
    }

    private static ErrorCode code(byte[] exposition) {
        return Objects.requireNonNull(
                        catchThrowableOfType(ExpositionSyntaxException.class, () -> Exposition.parse(exposition, SPEC)))
                .code();
    }

    // ---- What is read

    @Test
    void everyEventHasItsParts() {
        byte[] exemplar = message(number(1, 0.5), time(2, 7, 500_000_000), label(3, "t", "x"));
        byte[] counter = message(integer(2, 17), time(3, 5, 0), bytes(4, exemplar));
        // Labels behind the points, and the name behind all else: fields may come in any order.
        byte[] metric = message(point(3, counter, time(8, 1, 500_000_000)), label(1, "a", "é\n"), label(1, "b", ""));
        byte[] exposition = set(message(
                bytes(5, metric), text(4, "Help."), text(3, "seconds"), integer(2, 2), text(1, "busy_seconds")));
        ExpositionReader in = ExpositionReader.open(exposition, SPEC);
        assertThat(in.format()).isEqualTo(ExpositionFormat.OPENMETRICS_PROTOBUF);
        assertThat(in.next()).isEqualTo(Event.HELP);
        assertThat(in.text().toString()).isEqualTo("Help.");
        assertThat(in.familyName().toString()).isEqualTo("busy_seconds");
        assertThat(in.next()).isEqualTo(Event.TYPE);
        assertThat(in.type()).isEqualTo(MetricType.COUNTER);
        assertThat(in.next()).isEqualTo(Event.UNIT);
        assertThat(in.text().toString()).isEqualTo("seconds");
        assertThat(in.next()).isEqualTo(Event.SAMPLE);
        assertThat(in.location().offset()).isEqualTo(2 + 2 + 2);
        assertThat(in.sampleName().toString()).isEqualTo("busy_seconds_total");
        assertThat(in.exposedFamilyName()).isEqualTo("busy_seconds_total");
        assertThat(in.toLabels()).isEqualTo(Labels.of("a", "é\n", "b", ""));
        assertThat(in.value()).isEqualTo(17);
        assertThat(in.timestamp()).isEqualTo(new Timestamp(1, 500_000_000));
        assertThat(in.startTimestamp()).isEqualTo(Timestamp.ofSeconds(5));
        assertThat(in.exemplars())
                .containsExactly(new Exemplar(Labels.of("t", "x"), 0.5, new Timestamp(7, 500_000_000)));
        assertThatThrownBy(in::valueText).isInstanceOf(IllegalStateException.class);
        assertThat(in.next()).isEqualTo(Event.END);
        assertThat(in.next()).isEqualTo(Event.END);
    }

    @Test
    void eachPointIsAnEvent() {
        byte[] exposition = set(
                family("g", 1, metric(label(1, "a", "b"), gauge(1, time(8, 1, 0)), gauge(2, time(8, 2, 0)))),
                family("b", 4, metric(point(6, message(label(1, "v", "1"))), label(1, "a", "b"))),
                family("e", 3, metric(point(5, message(bytes(1, message(integer(1, 1), text(2, "on"))))))),
                family("u", 0, metric(point(1, message(integer(2, -3))))));
        assertThat(events(ExpositionReader.open(exposition, SPEC)))
                .containsExactly(
                        "TYPE g gauge",
                        "g{a=\"b\"} 1.0 @1",
                        "g{a=\"b\"} 2.0 @2",
                        "TYPE b info",
                        "b_info{a=\"b\",v=\"1\"} 1.0 of b",
                        "TYPE e stateset",
                        "e{} [on=true]",
                        "TYPE u unknown",
                        "u{} -3.0");
    }

    @Test
    void compositesSayWhatIsGiven() {
        byte[] bucket = message(integer(1, 2), number(2, 0.5), bytes(3, message(number(1, 0.25))));
        byte[] exposition = set(
                family("h", 5, metric(point(4, message(bytes(5, bucket), integer(3, 3), integer(2, -9))))),
                family("s", 7, metric(point(7, message(bytes(5, message(number(1, 0.5), number(2, 8))))))),
                family("e", 3, metric(point(5, message(bytes(1, message(text(2, "off"))), bytes(1, message()))))));
        ExpositionReader in = ExpositionReader.open(exposition, SPEC);
        in.next();
        assertThat(in.next()).isEqualTo(Event.COMPOSITE);
        Composite composite = in.composite();
        assertThat(composite.bucketCount()).isOne();
        assertThat(composite.bucketExemplar(0)).isEqualTo(new Exemplar(Labels.of(), 0.25, null));
        assertThat(composite.count()).isEqualTo(3);
        assertThat(composite.sum()).isEqualTo(-9);
        assertThat(composite.stateCount()).isZero();
        in.next();
        in.next();
        assertThat(composite.kind()).isEqualTo(Composite.Kind.SUMMARY);
        assertThat(composite.hasCount()).isFalse();
        assertThat(composite.hasSum()).isFalse();
        assertThat(composite.quantileValue(0)).isEqualTo(8);
        in.next();
        in.next();
        assertThat(in.composite().kind()).isEqualTo(Composite.Kind.STATE_SET);
        assertThat(composite.stateCount()).isEqualTo(2);
        assertThat(composite.stateName(0).toString()).isEqualTo("off");
        assertThat(composite.isEnabled(0)).isFalse();
        assertThatThrownBy(() -> composite.stateName(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(composite.bucketCount()).isZero();
        assertThat(composite.quantileCount()).isZero();
        assertThat(composite.toValue())
                .isEqualTo(new StateSetValue(List.of(new State("off", false), new State("", false))));
    }

    @Test
    void compositesAreExpandedToWhatIsGiven() {
        byte[] bucket = message(integer(1, 2), number(2, 0.5));
        byte[] states =
                message(bytes(1, message(text(2, "a"), integer(1, 1))), bytes(1, message(text(2, "b"), integer(1, 0))));
        byte[] exposition = set(
                family("e", 3, metric(label(1, "x", "y"), point(5, states))),
                family("h", 5, metric(point(4, message(integer(3, 5), bytes(5, bucket))))),
                family("n", 5, metric(point(4, message(bytes(5, bucket))))),
                family("s", 7, metric(point(7, message(number(1, 4))))));
        assertThat(events(ExpositionReader.open(exposition, SPEC).expanded()))
                .containsExactly(
                        "TYPE e stateset",
                        "e{x=\"y\",e=\"a\"} 1.0",
                        "e{x=\"y\",e=\"b\"} 0.0",
                        "TYPE h histogram",
                        "h_count{} 5.0 of h",
                        "h_bucket{le=\"0.5\"} 2.0 of h",
                        "h_bucket{le=\"+Inf\"} 5.0 of h",
                        "TYPE n histogram",
                        "n_bucket{le=\"0.5\"} 2.0 of n",
                        "TYPE s summary",
                        "s_count{} 0.0 of s",
                        "s_sum{} 4.0 of s");
    }

    @Test
    void customBucketsAreMadeOfHistogramsOnly() {
        byte[] bucket = message(integer(1, 2), number(2, Double.POSITIVE_INFINITY));
        byte[] exposition = set(
                family("h", 5, metric(point(4, message(integer(3, 2), number(1, 4), bytes(5, bucket))))),
                family("e", 3, metric(point(5, message()))));
        List<MetricFamily> read = ExpositionReader.open(exposition, SPEC)
                .withCustomBuckets()
                .assembled()
                .families()
                .toList();
        assertThat(((HistogramValue) read.get(0).metrics().get(0).value()).nativeBuckets())
                .isNotNull();
        assertThat(read.get(1).metrics().get(0).value()).isEqualTo(new StateSetValue(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 9.223372036854776E18, true",
        "-9007199254740993, -9007199254740992, true",
        "-9007199254740994, -9007199254740994, false",
        "9007199254740992, 9007199254740992, false",
    })
    void integersThatADoubleCannotHoldAreALoss(long integer, double read, boolean lost) {
        ExpositionReader in =
                ExpositionReader.open(set(family("g", 1, metric(point(2, message(integer(2, integer)))))), SPEC);
        in.next();
        in.next();
        assertThat(in.value()).isEqualTo(read);
        assertThat(in.losses().losses()).hasSize(lost ? 1 : 0);
    }

    @Test
    void theLastMemberOfAOneofHolds() {
        byte[] point = message(
                bytes(3, message(integer(2, 9), bytes(4, message()), time(3, 4, 0))),
                bytes(5, message(bytes(1, message()))),
                bytes(2, message(number(1, 1), integer(2, 7))),
                bytes(2, message()));
        assertThat(events(ExpositionReader.open(set(family("g", 1, metric(bytes(2, point)))), SPEC)))
                .containsExactly("TYPE g gauge", "g{} 7.0");
    }

    @ParameterizedTest
    @EnumSource
    void howBytesArriveSaysNothing(InputShape shape) {
        byte[] unknown = message(
                text(9, "x".repeat(30_000)),
                out -> out.writeFixed32(2, 7),
                out -> out.writeFixed64(3, 7),
                integer(4, -1),
                out -> out.writeTag(5, 3),
                out -> out.writeTag(6, 3),
                text(1, "y"),
                out -> out.writeTag(6, 4),
                out -> out.writeTag(5, 4));
        byte[] large = family(
                "large", 1, text(4, "x".repeat(200_000)), metric(gauge(1)), metric(label(1, "a", "b"), gauge(2)));
        byte[] exposition = joined(set(plain("a", 1), large), unknown, set(plain("b", 2)), unknown);
        assertThat(EventDump.of(shape, exposition, SPEC))
                .isEqualTo(EventDump.of(ExpositionReader.open(exposition, SPEC)));
        assertThat(Exposition.parse(exposition, SPEC).families()).hasSize(3);
    }

    @Test
    void unwantedFamiliesAreNotLookedInto() {
        byte[] broken = family("b", 1, bytes(5, new byte[] {(byte) 0xFF}));
        byte[] exposition = set(plain("a", 1), broken, family("c", 2, metric(point(3, message(integer(2, 2))))));
        ExpositionReader in = ExpositionReader.open(exposition, SPEC.withNames(Set.of("a", "c_total")));
        assertThat(events(in)).containsExactly("TYPE a gauge", "a{} 1.0", "TYPE c counter", "c_total{} 2.0 of c");
    }

    // ---- What belongs together

    @Test
    void theSameSeriesTwiceStaysRaw() {
        byte[] again = message(gauge(2, time(8, 1, 0)), gauge(3, time(8, 2, 0)), label(1, "b", ""));
        byte[] exposition = set(family("a", 1, metric(gauge(1)), bytes(5, again)));
        assertThat(code(exposition)).isEqualTo(ErrorCode.DUPLICATE_SERIES);
        FamilyReader in = ExpositionReader.open(exposition, SPEC.withRecovery(Recovery.SKIP_LINE))
                .assembled();
        assertThat(Objects.requireNonNull(in.next()).family())
                .hasToString("a gauge\n  {} 1.0\n  {b=\"\"} raw a 2.0 at 1\n  {b=\"\"} raw a 3.0 at 2");
    }

    @Test
    void anInfosPointsAreMetricsByTheirLabels() {
        Field first = point(6, message(label(1, "v", "1")), time(8, 1, 0));
        Field second = point(6, message(label(1, "v", "2")), time(8, 2, 0));
        Field third = point(6, message(label(1, "v", "1")), time(8, 3, 0));
        assertThat(Exposition.parse(set(family("i", 4, metric(first, second, third))), SPEC))
                .hasToString("i_info info\n  {v=\"1\"} [info at 1, info at 3]\n  {v=\"2\"} info at 2");
        // In a metric of its own it is a series twice.
        assertThat(code(set(family("i", 4, metric(first, second), metric(third)))))
                .isEqualTo(ErrorCode.DUPLICATE_SERIES);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "2, true", "3, false", "4, true", "5, false", "6, false", "7, false"})
    void pointsOfOneTime(int type, boolean allowed) {
        int[] members = {1, 2, 3, 5, 6, 4, 4, 7};
        byte[] value = type < 3 ? message(integer(2, 1)) : message();
        byte[] exposition = set(family(
                "a",
                type,
                metric(point(members[type], value, time(8, 1, 0)), point(members[type], value, time(8, 1, 0)))));
        if (allowed) {
            MetricSet read = Exposition.parse(exposition, SPEC);
            assertThat(read.families().get(0).metrics().get(0).points()).hasSize(2);
        } else {
            assertThat(code(exposition)).isEqualTo(ErrorCode.DUPLICATE_SERIES);
        }
    }

    @Test
    void timesThatFallOrAreMissing() {
        assertThat(code(set(family("a", 1, metric(gauge(1, time(8, 2, 0)), gauge(1, time(8, 1, 0)))))))
                .isEqualTo(ErrorCode.MIXED_TIMESTAMPS);
        assertThat(code(set(family("a", 1, metric(gauge(1, time(8, 2, 0)), gauge(1))))))
                .isEqualTo(ErrorCode.MIXED_TIMESTAMPS);
        assertThat(code(set(family("a", 1, metric(gauge(1), gauge(1)))))).isEqualTo(ErrorCode.DUPLICATE_SERIES);
    }

    @Test
    void namesThatSamplesCouldHaveClash() {
        byte[] counter = family("a", 2, metric(point(3, message(integer(2, 1)))));
        byte[] exposition = set(counter, plain("a_total", 2));
        assertThat(code(exposition)).isEqualTo(ErrorCode.CLASHING_NAME);
        assertThat(code(set(plain("a", 1), plain("a", 1)))).isEqualTo(ErrorCode.FAMILY_REOPENED);
        FamilyReader merging =
                FamilyReader.merging(ExpositionReader.open(exposition, SPEC.withRecovery(Recovery.SKIP_LINE)));
        assertThat(Objects.requireNonNull(merging.next()).family())
                .hasToString("a_total counter\n  {} 1.0\n  {} raw a_total 2.0");
    }

    // ---- Hostile bytes

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY_NAME, 2",
        "0a03612062, INVALID_METRIC_NAME, 5",
        "0a0161 1008, UNKNOWN_TYPE, 2",
        "0a0161 10ffffffffffffffffff01, UNKNOWN_TYPE, 2",
        "0a01ff, INVALID_UTF8, 4",
        "0a0161 2202c328, INVALID_UTF8, 7",
        "0a0161 1a0162, UNIT_MISMATCH, 7",
        "0a0161 2a00, MISSING_VALUE, 7",
        "0a0161 2a02 1200, MISSING_VALUE, 9",
        "0a0161 2a04 12020a00, MISSING_VALUE, 9",
        "0a0161 2a04 12021200, UNEXPECTED_SAMPLE, 9",
        "0a0161 1001 2a06 1204 12 02 0905, MALFORMED_MESSAGE, 14",
        "0a0161 1001 2a06 1204 12 7f 1002, MALFORMED_MESSAGE, 12",
        "0a0161 1001 2a06 1284 8080 80 70, MALFORMED_MESSAGE, 10",
        "0a0161 2a07 0a03 1201 62 1200, EMPTY_NAME, 9",
        "0a0161 2a09 0a05 0a03 612e62 1200, INVALID_LABEL_NAME, 9",
        "0a0161 2a0c 0a03 0a0162 0a03 0a0162 1200, DUPLICATE_LABEL_NAME, 14",
        "0a0161 1005 2a08 0a04 0a026c65 1200, DUPLICATE_LABEL_NAME, 11",
        "0a0161 1007 2a0e 0a0a 0a08 7175616e74696c65 1200, DUPLICATE_LABEL_NAME, 11",
        "0a0161 1003 2a07 0a03 0a0161 1200, DUPLICATE_LABEL_NAME, 11",
        "0a0161 1003 2a08 1206 2a04 0a000a00, DUPLICATE_SERIES, 11",
        "0a0161 1005 2a08 1206 2204 2a002a00, INVALID_BOUND, 11",
        "0a0161 1005 2a0f 120d 220b 2a09 11010000000000f87f, INVALID_BOUND, 11",
        "0a0161 1001 2a0e 120c 1202 1001 42 06 10ffffffff0f, INVALID_TIMESTAMP, 11",
        "0a0161 1002 2a10 120e 1a0c 1001 1a 08 08808080808080 40, INVALID_TIMESTAMP, 11",
        "0a0161 0b 0b, MALFORMED_MESSAGE, 7",
        "0a0161 07, MALFORMED_MESSAGE, 5",
        "0a0161 0c, MALFORMED_MESSAGE, 5",
        "0a0161 0200, MALFORMED_MESSAGE, 5",
    })
    void families(String hex, ErrorCode code, long offset) {
        byte[] family = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] exposition = set(family, plain("z", 1));
        ExpositionSyntaxException thrown = Objects.requireNonNull(catchThrowableOfType(
                ExpositionSyntaxException.class, () -> events(ExpositionReader.open(exposition, SPEC))));
        assertThat(thrown.code()).isEqualTo(code);
        assertThat(thrown.location().offset()).isEqualTo(offset);
        for (Recovery recovery : List.of(Recovery.SKIP_LINE, Recovery.SKIP_FAMILY)) {
            ExpositionReader in = ExpositionReader.open(exposition, SPEC.withRecovery(recovery));
            assertThat(events(in)).contains("z{} 1.0");
            assertThat(in.problems()).extracting(problem -> problem.code()).containsExactly(code.name());
        }
    }

    @Test
    void aBrokenPointIsLeftOutAloneOrWithItsFamily() {
        byte[] broken = message(gauge(1, time(8, 1, 0)), bytes(2, new byte[] {18, 50, 1}), gauge(3, time(8, 3, 0)));
        byte[] exposition = set(
                plain("a", 1), family("b", 1, bytes(5, broken), metric(label(1, "x", "y"), gauge(4))), plain("c", 2));
        ExpositionSyntaxException thrown = Objects.requireNonNull(catchThrowableOfType(
                ExpositionSyntaxException.class, () -> events(ExpositionReader.open(exposition, SPEC))));
        assertThat(thrown.code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
        assertThat(thrown.problem().excerpt()).isEqualTo("b");
        MetricSet line = Exposition.parse(exposition, SPEC.withRecovery(Recovery.SKIP_LINE));
        assertThat(line.family("b").orElseThrow()).hasToString("b gauge\n  {} [1.0 at 1, 3.0 at 3]\n  {x=\"y\"} 4.0");
        MetricSet families = Exposition.parse(exposition, SPEC.withRecovery(Recovery.SKIP_FAMILY));
        assertThat(families.families()).extracting(MetricFamily::name).containsExactly("a", "c");
    }

    @Test
    void aBrokenFirstPointDoesNotTieTheOthersToTheMetricBefore() {
        byte[] broken = message(bytes(2, new byte[] {18, 50, 1}), gauge(3, time(8, 3, 0)), label(1, "x", ""));
        byte[] exposition = set(family("b", 1, metric(gauge(1, time(8, 1, 0))), bytes(5, broken)));
        ExpositionReader in = ExpositionReader.open(exposition, SPEC.withRecovery(Recovery.SKIP_LINE));
        assertThat(Objects.requireNonNull(in.assembled().next()).family())
                .hasToString("b gauge\n  {} 1.0 at 1\n  {x=\"\"} raw b 3.0 at 3");
    }

    @ParameterizedTest
    @CsvSource({"b, EXEMPLAR_TOO_LONG, 128", "é, INVALID_LABEL_NAME, 1", "'', EMPTY_NAME, 1"})
    void aBrokenExemplarIsLeftOutAlone(String name, ErrorCode code, int length) {
        byte[] exemplar = message(number(1, 2), label(3, name, "v".repeat(length)));
        byte[] bucket = message(integer(1, 1), number(2, 9), bytes(3, exemplar));
        byte[] exposition = set(
                family("c", 2, metric(point(3, message(integer(2, 1), bytes(4, exemplar))))),
                family("h", 5, metric(point(4, message(integer(3, 1), bytes(5, bucket))))));
        assertThat(code(exposition)).isEqualTo(code);
        ExpositionReader in = ExpositionReader.open(exposition, SPEC.withRecovery(Recovery.SKIP_LINE));
        assertThat(events(in)).contains("c_total{} 1.0 of c").anyMatch(event -> event.startsWith("h{}"));
        assertThat(in.problems()).extracting(problem -> problem.code()).containsExactly(code.name(), code.name());
    }

    @ParameterizedTest
    @CsvSource({
        "0a, 'a varint, the length of a field, got one that does not end'",
        "0a7f0a, 'a message of 127 bytes, got 1 bytes'",
        "0aff, one that does not end",
        "0affffffffffffffffff01, one of 18446744073709551615 bytes",
        "0affffff7f, 'a message of 268435455 bytes, got 0 bytes'",
        "ffffffffffffffffffff01, one that does not end",
        "0200, 'the number of a field, got 0'",
        "0f, 'a wire type, got 7'",
        "0c, 'the end of a group that began, got that of another'",
        "0b14, 'the end of a group that began, got that of another'",
        "0b08, one that does not end",
        "0b, 'a varint, the tag of a field, got one that does not end'",
        "127f00, 'a field of 127 bytes, got 1 bytes'",
        "12ffffffff0f, one of -1 bytes",
        "0d00, 'a field of 4 bytes, got 1 bytes'",
    })
    void aSetThatIsNoneEndsReading(String hex, String got) {
        byte[] exposition = joined(set(plain("a", 1)), HexFormat.of().parseHex(hex));
        int good = set(plain("a", 1)).length;
        for (Recovery recovery : Recovery.values()) {
            ExpositionReader in = ExpositionReader.open(exposition, SPEC.withRecovery(recovery));
            in.next();
            in.next();
            if (recovery == Recovery.THROW) {
                assertThatThrownBy(in::next)
                        .isInstanceOf(ExpositionSyntaxException.class)
                        .hasMessageContaining("byte " + good)
                        .hasMessageContaining(got);
            } else {
                assertThat(in.next()).isEqualTo(Event.END);
                assertThat(in.problems()).hasSize(1);
            }
        }
        // What was whole before stays.
        assertThat(Exposition.parse(exposition, SPEC.withRecovery(Recovery.SKIP_FAMILY))
                        .families())
                .hasSize(1);
    }

    @Test
    void nestingCostsNoStack() {
        Field[] groups = new Field[100_000];
        Arrays.fill(groups, (Field) out -> out.writeTag(7, 3));
        byte[] deep = message(groups);
        assertThatThrownBy(() -> events(ExpositionReader.open(deep, SPEC)))
                .isInstanceOf(ExpositionSyntaxException.class)
                .hasMessageContaining("at most 100 groups in each other");
        byte[] within = set(joined(family("a", 1), deep), plain("b", 1));
        ExpositionReader in = ExpositionReader.open(within, SPEC.withRecovery(Recovery.SKIP_LINE));
        assertThat(events(in)).contains("b{} 1.0");
        assertThat(in.problems()).hasSize(1);
    }

    /** What a length says must not cost memory, nor time until so many bytes have come. */
    @Test
    void aHugeLengthIsRefusedBeforeItsBytesCome() {
        byte[] huge = message(out -> out.writeUInt32NoTag(10), out -> out.writeUInt32NoTag(1 << 30));
        InputStream behind = new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };
        InputStream in = new SequenceInputStream(new ByteArrayInputStream(huge), behind);
        assertThatThrownBy(() -> events(ExpositionReader.open(in, SPEC)))
                .isInstanceOf(ReadLimitException.class)
                .hasMessageContaining("messageBytes");
    }

    @ParameterizedTest
    @CsvSource({"NAME_BYTES, 3", "LABEL_VALUE_BYTES, 3", "LABELS_PER_SERIES, 1", "EXEMPLAR_BYTES, 5", "SAMPLES, 1"})
    void limitsNameThemselves(Limit limit, int value) {
        byte[] exemplar = message(label(3, "t", "x"), number(1, 0.5));
        Field labelled =
                metric(label(1, "a", "long"), label(1, "b", "c"), point(3, message(bytes(4, exemplar), integer(2, 1))));
        byte[] exposition = set(family("long", 2, labelled, metric(point(3, message(integer(2, 1))))));
        assertThat(events(ExpositionReader.open(exposition, SPEC))).hasSize(3);
        ReadOptions limited = SPEC.withLimits(ReadLimits.defaults().with(limit, value));
        assertThatThrownBy(() -> events(ExpositionReader.open(exposition, limited)))
                .isInstanceOf(ReadLimitException.class)
                .hasMessageContaining(limit.toString());
    }

    /** Labels that many points share count for each, as each has them in what is built. */
    @Test
    void theLabelsCountAsPartOfEachPoint() {
        Field[] fields = new Field[2001];
        fields[0] = label(1, "a", "x".repeat(1000));
        for (int i = 1; i < fields.length; i++) {
            fields[i] = gauge(i, time(8, i, 0));
        }
        byte[] exposition = set(family("a", 1, metric(fields)));
        ReadOptions limited = SPEC.withLimits(ReadLimits.defaults().with(Limit.ASSEMBLED_BYTES, 2_000_000));
        assertThatThrownBy(() -> Exposition.parse(exposition, limited)).isInstanceOf(ReadLimitException.class);
    }

    /** The fields of protobuf's own writer, so that this test does not believe its own helpers only. */
    @Test
    void aTimeBefore1970() {
        byte[] time = message(out -> out.writeInt64(1, -1), (CodedOutputStream out) -> out.writeInt32(2, 1));
        ExpositionReader in = ExpositionReader.open(set(family("g", 1, metric(gauge(1, bytes(8, time))))), SPEC);
        in.next();
        in.next();
        assertThat(in.timestamp()).isEqualTo(new Timestamp(-1, 1));
    }
}
