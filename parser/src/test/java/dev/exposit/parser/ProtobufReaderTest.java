package dev.exposit.parser;

import static dev.exposit.parser.MessageFields.bytes;
import static dev.exposit.parser.MessageFields.integer;
import static dev.exposit.parser.MessageFields.message;
import static dev.exposit.parser.MessageFields.number;
import static dev.exposit.parser.MessageFields.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Problem;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.MessageFields.Field;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cursor shows of Prometheus protobuf, and what becomes of bytes that are none. */
class ProtobufReaderTest {
    private static final ReadOptions SPEC = ReadOptions.of(ExpositionFormat.PROTOBUF);

    // ---- Messages, written field by field

    private static Field label(String name, String value) {
        return bytes(1, message(text(1, name), text(2, value)));
    }

    private static Field gauge(double value, Field... others) {
        List<Field> fields = new ArrayList<>(List.of(others));
        fields.add(bytes(2, message(number(1, value))));
        return bytes(4, message(fields.toArray(Field[]::new)));
    }

    private static Field name(String name) {
        return text(1, name);
    }

    private static final Field GAUGE = integer(3, 1);

    /** Messages with their lengths before them. */
    private static byte[] delimited(byte[]... messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            out.writeBytes(message(field -> field.writeUInt32NoTag(message.length)));
            out.writeBytes(message);
        }
        return out.toByteArray();
    }

    private static byte[] plain(String name, double value) {
        return message(name(name), GAUGE, gauge(value));
    }

    // ---- What is read

    /** A field that is passed over, of one or three bytes' length, before, among and behind the metrics, hides none of them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20_000})
    void metricsAreFoundWhateverFieldsStandAroundThem(int length) throws IOException {
        Field strange = text(9, "x".repeat(length));
        Field first = gauge(1, label("l", "v".repeat(length)));
        Field second = gauge(2, label("l", "w".repeat(length)));
        byte[] exposition = delimited(
                message(strange, first, strange, second, gauge(3), name("m"), strange, GAUGE),
                message(name("n"), GAUGE, strange, gauge(4), strange));
        List<Double> values = new ArrayList<>();
        try (ExpositionReader in = ExpositionReader.open(exposition, SPEC)) {
            while (in.next() != Event.END) {
                if (in.event() == Event.SAMPLE) {
                    values.add(in.value());
                }
            }
        }
        assertThat(values).containsExactly(1.0, 2.0, 3.0, 4.0);
    }

    /** What a label or a number is written as makes no difference, nor does what stood at its place before. */
    @Test
    void fieldsInAnyOrderAndLengthAreReadAlike() {
        SplittableRandom random = new SplittableRandom(Long.getLong("exposit.seed", 20250107L));
        List<String> names = List.of("a", "b", "c", "ab", "\u00E9", "n".repeat(130));
        List<String> values = List.of("", "v", "a value", "\u4E2D", "v".repeat(130), "v".repeat(120));
        List<Field> metrics = new ArrayList<>(List.of(name("m"), GAUGE));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            List<String> left = new ArrayList<>(names);
            List<Field> fields = new ArrayList<>();
            List<String> pairs = new ArrayList<>(List.of("i", Integer.toString(i)));
            fields.add(label("i", pairs.get(1)));
            for (int label = random.nextInt(names.size()); label > 0; label--) {
                String name = left.remove(random.nextInt(3) == 0 ? random.nextInt(left.size()) : 0);
                String value = values.get(random.nextInt(values.size()));
                pairs.addAll(List.of(name, value));
                fields.add(
                        random.nextInt(5) == 0
                                ? bytes(1, message(text(2, value), integer(9, 1), text(1, name)))
                                : label(name, value));
            }
            Field number = bytes(2, message(number(1, i)));
            fields.add(random.nextInt(5) == 0 ? 0 : fields.size(), number);
            if (random.nextInt(5) == 0) {
                fields.add(integer(9, 1));
            }
            metrics.add(bytes(4, message(fields.toArray(Field[]::new))));
            expected.add(Labels.of(pairs.toArray(new String[0])) + " " + (double) i);
        }

        byte[] exposition = delimited(message(metrics.toArray(Field[]::new)));

        assertThat(Exposition.parse(exposition, SPEC).family("m").orElseThrow().metrics())
                .extracting(Metric::toString)
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aNameThatStandsTwiceIsFoundBehindMetricsWithTheSameNames(int first) {
        Field[] labels = {label("a", "1"), label("b", "2"), label("c", "3")};
        Field[] twice = labels.clone();
        twice[first] = label(first == 2 ? "a" : "c", "4");
        byte[] exposition = delimited(
                message(name("m"), GAUGE, gauge(1, labels), gauge(2, labels), gauge(3, twice), gauge(4, twice)));

        List<Problem> problems = new ArrayList<>();
        MetricSet set = Exposition.parse(
                exposition, SPEC.withRecovery(Recovery.SKIP_LINE).withProblemListener(problems::add));

        assertThat(problems)
                .extracting(Problem::code)
                .containsExactly("DUPLICATE_SERIES", "DUPLICATE_LABEL_NAME", "DUPLICATE_LABEL_NAME");
        assertThat(set.family("m").orElseThrow().metrics()).hasSize(2);
    }

    @Test
    void everyEventHasItsParts() {
        byte[] exemplar =
                message(label("t", "x"), number(2, 0.5), bytes(3, message(integer(1, 7), integer(2, 500_000_000))));
        byte[] counter = message(number(1, 17), bytes(2, exemplar), bytes(3, message(integer(1, 5))));
        byte[] metric = message(label("a", "é\n"), label("b", ""), bytes(3, counter), integer(6, 1500));
        byte[] exposition = delimited(message(name("c.total"), text(2, "Help."), bytes(4, metric), text(5, "s")));
        ExpositionReader in = ExpositionReader.open(exposition, SPEC);
        assertThat(in.format()).isEqualTo(ExpositionFormat.PROTOBUF);
        assertThat(in.next()).isEqualTo(Event.HELP);
        assertThat(in.text().toString()).isEqualTo("Help.");
        assertThat(in.familyName().toString()).isEqualTo("c.total");
        assertThat(in.next()).isEqualTo(Event.TYPE);
        assertThat(in.type()).isEqualTo(MetricType.COUNTER);
        assertThat(in.next()).isEqualTo(Event.UNIT);
        assertThat(in.text().toString()).isEqualTo("s");
        assertThat(in.next()).isEqualTo(Event.SAMPLE);
        assertThat(in.location().offset()).isEqualTo(1 + 2 + 7 + 2 + 5 + 2);
        assertThat(in.sampleName().toString()).isEqualTo("c.total");
        assertThat(in.exposedFamilyName()).isEqualTo("c.total");
        assertThat(in.toLabels()).isEqualTo(Labels.of("a", "é\n", "b", ""));
        assertThat(in.value()).isEqualTo(17);
        assertThat(in.timestamp()).isEqualTo(new Timestamp(1, 500_000_000));
        assertThat(in.startTimestamp()).isEqualTo(Timestamp.ofSeconds(5));
        assertThat(in.exemplars())
                .containsExactly(new Exemplar(Labels.of("t", "x"), 0.5, new Timestamp(7, 500_000_000)));
        assertThatThrownBy(in::valueText).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(in::timestampText).isInstanceOf(IllegalStateException.class);
        assertThat(in.next()).isEqualTo(Event.END);
        assertThat(in.next()).isEqualTo(Event.END);
    }

    @Test
    void histogramsAreComposites() {
        byte[] bucket = message(integer(1, 2), number(2, 0.5), bytes(3, message(number(2, 0.25))));
        byte[] span = message(out -> out.writeSInt32(1, -2), integer(2, 2));
        byte[] deltas = message(out -> out.writeSInt64NoTag(3), out -> out.writeSInt64NoTag(-1));
        byte[] histogram = message(
                integer(1, 5),
                number(2, 9),
                bytes(3, bucket),
                out -> out.writeSInt32(5, 3),
                number(6, 0x1p-128),
                bytes(12, span),
                bytes(13, deltas));
        byte[] metric = message(bytes(7, histogram));
        ExpositionReader in =
                ExpositionReader.open(delimited(message(name("h"), integer(3, 4), bytes(4, metric))), SPEC);
        in.next();
        assertThat(in.next()).isEqualTo(Event.COMPOSITE);
        Composite composite = in.composite();
        assertThat(composite.bucketCount()).isEqualTo(2);
        assertThat(composite.upperBound(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(composite.cumulativeCount(1)).isEqualTo(5);
        assertThat(composite.bucketExemplar(0)).isEqualTo(new Exemplar(Labels.of(), 0.25, null));
        assertThat(composite.bucketExemplar(1)).isNull();
        assertThat(((HistogramValue) composite.toValue()).nativeBuckets())
                .isEqualTo(new NativeBuckets(
                        3,
                        0x1p-128,
                        0,
                        new NativeBuckets.Side(List.of(new NativeBuckets.Span(-2, 2)), List.of(3.0, 2.0)),
                        NativeBuckets.Side.none(),
                        List.of(),
                        false));
    }

    private static Field span(int number, int offset, int length) {
        return bytes(number, message(out -> out.writeSInt32(1, offset), integer(2, length), integer(99, 1)));
    }

    /** Integer counts below zero one by one and above zero packed, float counts the other way around; what nobody knows in between. */
    @Test
    void nativeHistogramsHaveTwoSidesAndTwoKindsOfCounts() {
        byte[] integers = message(
                integer(1, 9),
                out -> out.writeSInt32(5, 3),
                integer(7, 1),
                span(9, 1, 2),
                out -> out.writeSInt64(10, 2),
                out -> out.writeSInt64(10, 1),
                span(12, -2, 1),
                span(12, 3, 1),
                bytes(13, message(out -> out.writeSInt64NoTag(2), out -> out.writeSInt64NoTag(-1))),
                integer(99, 1),
                bytes(15, message(integer(1, 5))),
                bytes(16, message(number(2, 0.5), bytes(3, message(integer(1, 7))))));
        byte[] floats = message(
                number(4, 9.5),
                number(8, 0.5),
                span(9, 0, 2),
                bytes(11, message(out -> out.writeDoubleNoTag(1.5), out -> out.writeDoubleNoTag(2.5))),
                span(12, 0, 2),
                number(14, 2),
                number(14, 3));
        byte[] classic = message(integer(1, 2), number(2, 3), bytes(3, message(integer(1, 1), number(2, 0.5))));
        ExpositionReader in = ExpositionReader.open(
                delimited(message(
                        name("h"),
                        integer(3, 4),
                        bytes(4, message(label("a", "1"), bytes(7, integers))),
                        bytes(4, message(label("a", "2"), bytes(7, floats))),
                        bytes(4, message(label("a", "3"), bytes(7, classic))))),
                SPEC);
        in.next();
        in.next();
        assertThat(in.composite().nativeBuckets())
                .isEqualTo(new NativeBuckets(
                        3,
                        0,
                        1,
                        new NativeBuckets.Side(
                                List.of(new NativeBuckets.Span(-2, 1), new NativeBuckets.Span(3, 1)),
                                List.of(2.0, 1.0)),
                        new NativeBuckets.Side(List.of(new NativeBuckets.Span(1, 2)), List.of(2.0, 3.0)),
                        List.of(),
                        false));
        assertThat(in.startTimestamp()).isEqualTo(Timestamp.ofSeconds(5));
        assertThat(in.exemplars()).containsExactly(new Exemplar(Labels.of(), 0.5, Timestamp.ofSeconds(7)));
        in.next();
        assertThat(in.composite().count()).isEqualTo(9.5);
        assertThat(in.composite().nativeBuckets())
                .isEqualTo(new NativeBuckets(
                        0,
                        0,
                        0.5,
                        new NativeBuckets.Side(List.of(new NativeBuckets.Span(0, 2)), List.of(2.0, 3.0)),
                        new NativeBuckets.Side(List.of(new NativeBuckets.Span(0, 2)), List.of(1.5, 2.5)),
                        List.of(),
                        true));
        assertThat(in.startTimestamp()).isNull();
        assertThat(in.exemplars()).isEmpty();
        in.next();
        assertThat(in.composite().hasNativeBuckets()).isFalse();
        assertThat(in.composite().bucketCount()).isEqualTo(2);
    }

    @Test
    void partsOfDistributionsStandOnce() {
        Field quantile = bytes(3, message(number(1, 0.5), number(2, 7)));
        Field odd = bytes(3, message(number(1, 0.9), integer(99, 1), number(2, 8)));
        Field bucket = bytes(3, message(integer(1, 1), number(2, 0.5)));
        ExpositionReader in = ExpositionReader.open(
                delimited(message(
                        name("s"), integer(3, 2), bytes(4, message(bytes(4, message(integer(99, 1), quantile, odd)))))),
                SPEC);
        in.next();
        in.next();
        assertThat(in.composite().quantileValue(0)).isEqualTo(7);
        assertThat(in.composite().quantileValue(1)).isEqualTo(8);
        assertThat(codeOf(message(name("s"), integer(3, 2), bytes(4, message(bytes(4, message(quantile, quantile)))))))
                .isEqualTo(ErrorCode.INVALID_BOUND);
        assertThat(codeOf(message(name("h"), integer(3, 4), bytes(4, message(bytes(7, message(bucket, bucket)))))))
                .isEqualTo(ErrorCode.INVALID_BOUND);
        assertThat(codeOf(message(
                        name("h"), integer(3, 4), bytes(4, message(label("le", "1"), bytes(7, message(bucket)))))))
                .isEqualTo(ErrorCode.DUPLICATE_LABEL_NAME);
    }

    private static ErrorCode codeOf(byte[] message) {
        return catchThrowableOfType(
                        ExpositionSyntaxException.class,
                        () -> MessageFields.events(ExpositionReader.open(delimited(message), SPEC)))
                .code();
    }

    @Test
    void integersThatADoubleCannotHoldAreALoss() {
        byte[] summary = message(out -> out.writeUInt64(1, -1L), number(2, 1));
        ExpositionReader in = ExpositionReader.open(
                delimited(message(name("s"), integer(3, 2), bytes(4, message(bytes(4, summary))))), SPEC);
        in.next();
        in.next();
        assertThat(in.composite().count()).isEqualTo(0x1p64);
        assertThat(in.losses().losses())
                .singleElement()
                .satisfies(loss -> assertThat(loss.toString())
                        .contains("s: integer 18446744073709551615 read as 1.8446744073709552E19"));
    }

    @ParameterizedTest
    @EnumSource
    void howBytesArriveSaysNothing(InputShape shape) throws IOException {
        byte[] large = message(name("large"), text(2, "x".repeat(200_000)), GAUGE, gauge(1), gauge(2, label("a", "b")));
        byte[] exposition = delimited(plain("a", 1), large, plain("b", 2));
        assertThat(EventDump.of(shape, exposition, SPEC))
                .isEqualTo(EventDump.of(ExpositionReader.open(exposition, SPEC)));
    }

    @Test
    void unwantedFamiliesAreNotLookedInto() {
        byte[] broken = message(name("b"), GAUGE, bytes(4, new byte[] {(byte) 0xFF}));
        byte[] exposition = delimited(plain("a", 1), broken, plain("c", 2));
        ExpositionReader in = ExpositionReader.open(exposition, SPEC.withNames(Set.of("a", "c")));
        assertThat(MessageFields.events(in)).containsExactly("TYPE a gauge", "a{} 1.0", "TYPE c gauge", "c{} 2.0");
    }

    @Test
    void aFamilyTwiceIsOneThatComesBack() {
        byte[] exposition = delimited(plain("a", 1), message(name("a"), GAUGE, gauge(2, label("b", "c"))));
        assertThat(catchThrowableOfType(ExpositionSyntaxException.class, () -> Exposition.parse(exposition, SPEC))
                        .code())
                .isEqualTo(ErrorCode.FAMILY_REOPENED);
        MetricSet read = Exposition.parse(exposition, SPEC.withRecovery(Recovery.SKIP_LINE));
        assertThat(read.families()).hasSize(1);
        assertThat(read.families().get(0).metrics()).hasSize(2);
    }

    @Test
    void theSameSeriesTwiceStaysRaw() {
        byte[] exposition = delimited(message(name("a"), GAUGE, gauge(1), gauge(2, label("b", ""))));
        assertThat(catchThrowableOfType(ExpositionSyntaxException.class, () -> Exposition.parse(exposition, SPEC))
                        .code())
                .isEqualTo(ErrorCode.DUPLICATE_SERIES);
        MetricSet read = Exposition.parse(exposition, SPEC.withRecovery(Recovery.SKIP_LINE));
        assertThat(read.families().get(0).metrics()).hasSize(2);
    }

    /** The writer's own field; a spelling of another number would make another series of the bucket. */
    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0",
        "1, 1",
        "+1e0, +1e0",
        "2, ",
        "1x, ",
        "0x1p0, ",
        "'', ",
        "1.0000000000000000000000000000000000000000000000000000000000000000, ",
    })
    void aSpellingOfABoundIsTakenIfItIsOne(String given, @Nullable String taken) {
        byte[] bucket = message(integer(1, 2), number(2, 1), text(50_001, given));
        byte[] quantile = message(number(1, 1), number(2, 4), text(50_001, given));
        byte[] histogram = message(integer(1, 2), number(2, 9), bytes(3, bucket));
        byte[] summary = message(integer(1, 2), number(2, 9), bytes(3, quantile));

        MetricSet set = Exposition.parse(
                delimited(
                        message(text(1, "h"), integer(3, 4), bytes(4, message(bytes(7, histogram)))),
                        message(text(1, "s"), integer(3, 2), bytes(4, message(bytes(4, summary))))),
                SPEC);

        HistogramValue histogramValue =
                (HistogramValue) set.families().get(0).metrics().get(0).value();
        SummaryValue summaryValue =
                (SummaryValue) set.families().get(1).metrics().get(0).value();
        assertThat(histogramValue.buckets().get(0).le().spelling()).isEqualTo(taken);
        assertThat(summaryValue.quantiles().get(0).quantile().spelling()).isEqualTo(taken);
    }

    // ---- Hostile bytes

    @Test
    void aBrokenMetricIsLeftOutAloneOrWithItsFamily() {
        byte[] broken =
                message(name("b"), GAUGE, gauge(1), bytes(4, new byte[] {10, 50, 1}), gauge(3, label("x", "y")));
        byte[] exposition = delimited(plain("a", 1), broken, plain("c", 2));
        ExpositionSyntaxException thrown = catchThrowableOfType(
                ExpositionSyntaxException.class, () -> MessageFields.events(ExpositionReader.open(exposition, SPEC)));
        assertThat(thrown.code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
        assertThat(thrown.problem().excerpt()).isEqualTo("b");
        assertThat(thrown.location().offset()).isEqualTo(41);
        ExpositionReader line = ExpositionReader.open(exposition, SPEC.withRecovery(Recovery.SKIP_LINE));
        assertThat(MessageFields.events(line)).contains("b{} 1.0", "b{x=\"y\"} 3.0", "c{} 2.0");
        assertThat(line.problems()).hasSize(1);
        MetricSet families = Exposition.parse(exposition, SPEC.withRecovery(Recovery.SKIP_FAMILY));
        assertThat(families.families()).extracting(MetricFamily::name).containsExactly("a", "c");
    }

    /** Nobody knows whose the bytes are that cannot be read up to a name. */
    @ParameterizedTest
    @ValueSource(strings = {"020800", "0312ff00", "78"})
    void whatHasNoNameLeavesNoOtherFamilyOut(String hex) {
        byte[] bad = HexFormat.of().parseHex(hex);
        byte[] good = delimited(plain("a", 1));
        byte[] exposition = Arrays.copyOf(good, good.length + bad.length);
        System.arraycopy(bad, 0, exposition, good.length, bad.length);
        FamilyReader in = ExpositionReader.open(exposition, SPEC.withRecovery(Recovery.SKIP_FAMILY))
                .assembled();
        assertThat(in.families()).extracting(MetricFamily::name).containsExactly("a");
        assertThat(in.problems()).hasSize(1);
        assertThat(in.problems().get(0).excerpt()).isEmpty();
    }

    @Test
    void aLengthThatLiesEndsReading() {
        byte[] good = delimited(plain("a", 1));
        byte[] exposition = Arrays.copyOf(good, good.length + 3);
        exposition[good.length] = 120;
        for (Recovery recovery : Recovery.values()) {
            ExpositionReader in = ExpositionReader.open(exposition, SPEC.withRecovery(recovery));
            in.next();
            in.next();
            if (recovery == Recovery.THROW) {
                assertThatThrownBy(in::next)
                        .isInstanceOf(ExpositionSyntaxException.class)
                        .hasMessageContaining("byte " + good.length)
                        .hasMessageContaining("a message of 120 bytes, got 2 bytes");
            } else {
                assertThat(in.next()).isEqualTo(Event.END);
                assertThat(in.problems()).hasSize(1);
            }
        }
    }

    /** The families before a message that cannot be found, or that has no name, have no error. */
    @Test
    void skippingAFamilyLeavesTheOneBeforeIt() {
        byte[] nameless = delimited(plain("a", 1), message(GAUGE), plain("b", 2));
        byte[] lying = Arrays.copyOf(nameless, nameless.length + 3);
        lying[nameless.length] = 120;
        MetricSet read = Exposition.parse(lying, SPEC.withRecovery(Recovery.SKIP_FAMILY));
        assertThat(read.families()).extracting(MetricFamily::name).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "ffffffffffffffffff01, one of 18446744073709551615 bytes",
        "ffffffffffffffffffff01, one that does not end",
        "ff, one that does not end",
        "ffffffff07, one of 2147483647 bytes",
    })
    void lengthsThatAreNone(String hex, String got) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> MessageFields.events(ExpositionReader.open(bytes, SPEC)))
                .isInstanceOf(ExpositionSyntaxException.class)
                .hasMessageContaining(got);
    }

    /** Labels are looked through at once: what is no ASCII is UTF-8, each text by itself. */
    @Test
    void labelsAreUtf8() {
        Field ascii = label("a", "x");
        Field other = bytes(1, message(text(1, "é"), text(2, "日本")));
        assertThat(MessageFields.events(ExpositionReader.open(
                        delimited(message(name("m"), GAUGE, gauge(1, ascii, other), gauge(2, other, ascii))), SPEC)))
                .containsExactly("TYPE m gauge", "m{a=\"x\",é=\"日本\"} 1.0", "m{é=\"日本\",a=\"x\"} 2.0");
        byte[] half = {(byte) 0xC3};
        byte[] otherHalf = {(byte) 0xA9, 'x'};
        List<Field> broken = List.of(
                bytes(1, message(text(1, "b"), bytes(2, half))),
                bytes(1, message(bytes(1, half), text(2, "y"))),
                bytes(1, message(text(1, "b"), bytes(2, otherHalf))));
        for (Field none : broken) {
            byte[] exposition = delimited(message(name("m"), GAUGE, gauge(1, other, none, ascii)));
            ExpositionSyntaxException thrown = catchThrowableOfType(
                    ExpositionSyntaxException.class,
                    () -> MessageFields.events(ExpositionReader.open(exposition, SPEC)));
            assertThat(thrown.code()).isEqualTo(ErrorCode.INVALID_UTF8);
            assertThat(exposition[(int) thrown.location().offset()]).isLessThan((byte) 0);
        }
    }

    /** Whatever stands behind buckets that are read one behind the other is looked at. */
    @ParameterizedTest
    @CsvSource({
        "1a, 'a varint, got one that does not end'",
        "1a 02 08, 'a field within its message, got one of 2 bytes'",
        "1a 01 08, 'a varint, got one that does not end'",
        "08, 'a varint, got one that does not end'",
        "0f, 'a wire type, got 7'",
    })
    void whatStandsBehindUsualBucketsIsNoneOfThem(String hex, String what) {
        byte[] behind = HexFormat.of().parseHex(hex.replace(" ", ""));
        Field bucket = bytes(3, message(integer(1, 2), number(2, 0.5)));
        byte[] histogram = message(bucket, bucket, out -> out.writeRawBytes(behind));
        byte[] exposition = delimited(message(name("h"), integer(3, 4), bytes(4, message(bytes(7, histogram)))));
        assertThatThrownBy(() -> MessageFields.events(ExpositionReader.open(exposition, SPEC)))
                .isInstanceOf(ExpositionSyntaxException.class)
                .hasMessageContaining(what);
    }

    /** The wire's rules, each broken in one field of a message behind its name; the offset is that of what breaks it. */
    @ParameterizedTest
    @CsvSource({
        "18 ffffffffffffffffff80 01, 5, 'a varint, got one that does not end'",
        "78 8180808080808080808001, 5, 'a varint, got one that does not end'",
        "18 80, 5, 'a varint, got one that does not end'",
        "22 0c 30 8180808080808080808001, 7, 'a varint, got one that does not end'",
        "22 05 1a 03 09 0000, 9, 'a field of 8 bytes, got 2 bytes'",
        "22 04 1a 02 0d 00, 9, 'a field of 4 bytes, got 1 bytes'",
        "22 03 12 05 09, 7, 'a field within its message, got one of 5 bytes'",
        "12 80808080 08, 5, 'a field within its message, got one of 2147483648 bytes'",
        "4b 08 01, 7, 'the end of a group, got that of the message'",
        "4b 54, 5, 'the end of a group that began, got that of another'",
        "4c, 4, 'the end of a group that began, got that of another'",
        "4f, 4, 'a wire type, got 7'",
        "00, 4, 'the number of a field, got 0'",
        "8080 00, 4, 'the number of a field, got 0'",
    })
    void whatTheWireDoesNotAllowIsToldOfWhereItStands(String hex, int offset, String what) {
        byte[] field = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] exposition = delimited(message(name("a"), out -> out.writeRawBytes(field)));
        ExpositionSyntaxException thrown = catchThrowableOfType(
                ExpositionSyntaxException.class, () -> MessageFields.events(ExpositionReader.open(exposition, SPEC)));
        assertThat(thrown).hasMessageContaining(what);
        assertThat(thrown.code()).isEqualTo(ErrorCode.MALFORMED_MESSAGE);
        assertThat(thrown.location().offset()).isEqualTo(offset);
    }

    @Test
    void ofAVarintsTenthByteOneBitCounts() {
        byte[] time = HexFormat.of().parseHex("308180808080808080807e");
        byte[] metric = message(bytes(3, message(number(1, 1))), out -> out.writeRawBytes(time));
        assertThat(MessageFields.events(ExpositionReader.open(delimited(message(name("a"), bytes(4, metric))), SPEC)))
                .containsExactly("TYPE a counter", "a{} 1.0 @0.001");
    }

    /** Fields that nobody knows may have groups in them, a hundred deep, as in protobuf's own readers. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 101})
    void groupsArePassedOver(int depth) {
        Field groups = out -> {
            for (int i = 1; i <= depth; i++) {
                out.writeTag(20 + i, 3);
                out.writeFixed32(9, i);
                out.writeInt64(9, -1);
            }
            for (int i = depth; i >= 1; i--) {
                out.writeTag(20 + i, 4);
            }
        };
        byte[] exposition = delimited(message(groups, name("a"), GAUGE, groups, gauge(1)));
        if (depth <= 100) {
            assertThat(MessageFields.events(ExpositionReader.open(exposition, SPEC)))
                    .containsExactly("TYPE a gauge", "a{} 1.0");
        } else {
            assertThatThrownBy(() -> MessageFields.events(ExpositionReader.open(exposition, SPEC)))
                    .hasMessageContaining("at most 100 groups in each other, got more");
        }
    }

    /** What a length says must not cost memory, nor time until so many bytes have come. */
    @Test
    void aHugeLengthIsRefusedBeforeItsBytesCome() {
        byte[] huge = message(out -> out.writeUInt64NoTag(1L << 40));
        InputStream behind = new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };
        InputStream in = new SequenceInputStream(new ByteArrayInputStream(huge), behind);
        assertThatThrownBy(() -> MessageFields.events(ExpositionReader.open(in, SPEC)))
                .isInstanceOf(ReadLimitException.class)
                .hasMessageContaining("messageBytes");
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY_NAME, nameless",
        "0a0161, '', a family of nothing is a counter family",
        "0a016118ff01, UNKNOWN_TYPE, type 255",
        "0a01ff, INVALID_UTF8, no UTF-8",
        "0a0161220412020a00, UNEXPECTED_SAMPLE, a gauge in a family of counters",
        "0a01611804220c3a0a2812310000000000000040, MALFORMED_MESSAGE, a histogram cut short",
        "0a0161180422 0d 3a0b 2812 31000000000000f03f, INVALID_BUCKETS, schema 9",
    })
    void families(String hex, String code, String what) {
        byte[] exposition = delimited(HexFormat.of().parseHex(hex.replace(" ", "")));
        ExpositionReader in = ExpositionReader.open(exposition, SPEC.withRecovery(Recovery.SKIP_LINE));
        MessageFields.events(in);
        assertThat(String.join(
                        " ",
                        in.problems().stream().map(problem -> problem.code()).toList()))
                .as(what)
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"NAME_BYTES, 3", "LABEL_VALUE_BYTES, 3", "LABELS_PER_SERIES, 1", "EXEMPLAR_BYTES, 5", "SAMPLES, 1"})
    void limitsNameThemselves(Limit limit, int value) {
        byte[] exemplar = message(label("t", "x"), number(2, 0.5));
        byte[] metric = message(label("a", "long"), label("b", "c"), bytes(3, message(bytes(2, exemplar))));
        byte[] exposition =
                delimited(message(name("long"), bytes(4, metric), bytes(4, message(bytes(3, new byte[0])))));
        assertThat(MessageFields.events(ExpositionReader.open(exposition, SPEC)))
                .hasSize(3);
        ReadOptions limited = SPEC.withLimits(ReadLimits.defaults().with(limit, value));
        assertThatThrownBy(() -> MessageFields.events(ExpositionReader.open(exposition, limited)))
                .isInstanceOf(ReadLimitException.class)
                .hasMessageContaining(limit.toString());
    }

    @Test
    void aMessageOverTheLimitIsRefused() {
        byte[] exposition = delimited(plain("a", 1));
        ReadOptions limited = SPEC.withLimits(ReadLimits.defaults().with(Limit.MESSAGE_BYTES, 5));
        assertThatThrownBy(() -> MessageFields.events(ExpositionReader.open(exposition, limited)))
                .isInstanceOf(ReadLimitException.class)
                .hasMessageContaining("messageBytes");
    }

    @Test
    void compositesAreExpandedAndCustomAsElsewhere() {
        byte[] bucket = message(integer(1, 2), number(2, 0.5), bytes(3, message(number(2, 9))));
        byte[] histogram = message(integer(1, 5), number(2, 9), bytes(3, bucket));
        byte[] exposition = delimited(message(name("h"), integer(3, 4), bytes(4, message(bytes(7, histogram)))));
        assertThat(MessageFields.events(ExpositionReader.open(exposition, SPEC).expanded()))
                .containsExactly(
                        "TYPE h histogram",
                        "h_count{} 5.0 of h",
                        "h_sum{} 9.0 of h",
                        "h_bucket{le=\"0.5\"} 2.0 # {} 9.0 of h",
                        "h_bucket{le=\"+Inf\"} 5.0 of h");
        ExpositionReader cursor = ExpositionReader.open(exposition, SPEC).withCustomBuckets();
        cursor.next();
        cursor.next();
        assertThat(cursor.composite().bucketCount()).isZero();
        assertThat(cursor.hasExemplar()).isTrue();
        assertThat(cursor.exemplars()).containsExactly(new Exemplar(Labels.of(), 9, null));
        MetricFamily custom = Objects.requireNonNull(ExpositionReader.open(exposition, SPEC)
                        .withCustomBuckets()
                        .assembled()
                        .next())
                .family();
        assertThat(custom.metrics().get(0).point().exemplars()).hasSize(1);
    }
}
