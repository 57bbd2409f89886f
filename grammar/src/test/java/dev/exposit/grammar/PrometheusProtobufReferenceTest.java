package dev.exposit.grammar;

import static dev.exposit.grammar.ProtobufCases.delimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.grammar.ProtobufCases.Case;
import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus protobuf but for histograms: each case in the binary and in the text form. */
class PrometheusProtobufReferenceTest {
    static List<Case> valid() {
        return ProtobufCases.read("prometheus-protobuf-valid.txt");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void isRead(Case valid) {
        assertThat(PrometheusProtobufReference.parse(delimited(valid.message())))
                .hasToString(valid.outcome());
        assertThat(PrometheusProtobufReference.parseText(utf8(valid.message()))).hasToString(valid.outcome());
    }

    @Test
    void namesAndLabelValuesAreAnyUtf8() {
        String family =
                "name: 'é.b' type: GAUGE " + "metric { label { name: 'ü ' value: '\\n\\000' } gauge { value: 1 } }";
        MetricSet expected = MetricSet.of(MetricFamily.builder("é.b", MetricType.GAUGE)
                .add(1, "ü ", "\n\0")
                .build());
        assertThat(PrometheusProtobufReference.parse(delimited(family))).isEqualTo(expected);
        assertThat(PrometheusProtobufReference.parseText(utf8(family))).isEqualTo(expected);
    }

    static List<Case> invalid() {
        return ProtobufCases.read("prometheus-protobuf-invalid.txt");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void isRefused(Case invalid) {
        String before = "name: 'before'\n";
        byte[] binary = delimited(before, invalid.message());
        assertRefused(
                () -> PrometheusProtobufReference.parse(binary),
                new Location(1, 1, delimited(before).length),
                invalid.outcome());
        byte[] text = utf8(before + invalid.message());
        assertRefused(
                () -> PrometheusProtobufReference.parseText(text),
                new Location(2, 1, before.length()),
                invalid.outcome());
    }

    /** By hand: protobuf-java 3 does not even write such a type. */
    @Test
    void aTypeThatTheSchemaDoesNotHaveIsRefused() {
        byte[] family = Wire.message().string(1, "g").varint(3, 6).delimited();
        assertRefused(
                () -> PrometheusProtobufReference.parse(family),
                new Location(1, 1, 0),
                "a type that the schema does not have");
        assertThatThrownBy(() -> PrometheusProtobufReference.parseText(utf8("name: 'g' type: 6")))
                .isInstanceOf(InvalidExpositionException.class)
                .hasMessageContaining("type");
    }

    @Test
    void readsEveryFieldByItsNumber() {
        Wire trace = Wire.message().string(1, "trace").string(2, "1");
        Wire exemplar = Wire.message().message(1, trace).number(2, 0.5).timestamp(3, 7, 8);
        Wire counter = Wire.message().number(1, 3).message(2, exemplar).timestamp(3, 5, 6);
        Wire label = Wire.message().string(1, "a").string(2, "b");
        Wire counters = Wire.message()
                .string(1, "c_seconds_total")
                .string(2, "Counts.")
                .varint(3, 0)
                .message(4, Wire.message().message(1, label).message(3, counter).varint(6, 1_500))
                .string(5, "seconds");
        Wire gauges = Wire.message()
                .string(1, "g")
                .varint(3, 1)
                .message(4, Wire.message().message(2, Wire.message().number(1, 4)));
        Wire quantile = Wire.message().number(1, 0.5).number(2, 9);
        Wire summary =
                Wire.message().varint(1, 2).number(2, 10).message(3, quantile).timestamp(4, 1, 0);
        Wire summaries = Wire.message()
                .string(1, "s")
                .varint(3, 2)
                .message(4, Wire.message().message(4, summary));
        Wire untyped = Wire.message()
                .string(1, "u")
                .varint(3, 3)
                .message(4, Wire.message().message(5, Wire.message().number(1, 5)));

        Point counted = new Point(
                new NumberValue(3),
                Timestamp.ofMillis(1_500),
                new Timestamp(5, 6),
                List.of(new Exemplar(Labels.of("trace", "1"), 0.5, new Timestamp(7, 8))));
        SummaryValue value =
                SummaryValue.builder().count(2).sum(10).quantile(0.5, 9).build();
        assertThat(PrometheusProtobufReference.parse(concat(counters, gauges, summaries, untyped)))
                .isEqualTo(MetricSet.of(
                        MetricFamily.builder("c_seconds_total", MetricType.COUNTER)
                                .help("Counts.")
                                .unit("seconds")
                                .add(counted, "a", "b")
                                .build(),
                        MetricFamily.builder("g", MetricType.GAUGE).add(4).build(),
                        MetricFamily.builder("s", MetricType.SUMMARY)
                                .add(Point.of(value).startedAt(Timestamp.ofSeconds(1)))
                                .build(),
                        MetricFamily.builder("u", MetricType.UNKNOWN).add(5).build()));
    }

    @Test
    void anEmptyExpositionIsAnEmptySet() {
        assertThat(PrometheusProtobufReference.parse(new byte[0])).isEqualTo(MetricSet.of());
        assertThat(PrometheusProtobufReference.parseText(utf8(" \n# nothing"))).isEqualTo(MetricSet.of());
    }

    @Test
    void aLengthMayBeSpelledWithMoreBytesThanItNeeds() {
        byte[] spelledLong = Wire.message().raw(0x83, 0x80, 0, 0x0A, 1, 'a').toBytes();
        assertThat(PrometheusProtobufReference.parse(spelledLong)).hasToString("a counter");
    }

    @Test
    void ofAVarintsTenthByteOneBitCounts() {
        Wire metric = Wire.message()
                .raw(0x30, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7E)
                .message(3, Wire.message().number(1, 1));
        assertThat(PrometheusProtobufReference.parse(
                        Wire.message().string(1, "a").message(4, metric).delimited()))
                .hasToString("a counter\n  {} 1.0 at 0.001");
    }

    /** Wherever in the message: protobuf-java 4.36 takes one here and there. */
    @Test
    void aVarintEndsWithItsTenthByteAtTheLatest() {
        int[] endless = {0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};
        Wire metric =
                Wire.message().raw(0x30).raw(endless).message(3, Wire.message().number(1, 1));
        Wire family = Wire.message().string(1, "a").message(4, metric);
        assertRefused(
                () -> PrometheusProtobufReference.parse(family.delimited()),
                new Location(1, 1, 0),
                "No delimited MetricFamily");
        assertRefused(
                () -> PrometheusProtobufReference.parse(
                        Wire.message().raw(endless).raw(0x0A, 1, 'a').toBytes()),
                new Location(1, 1, 0),
                "No delimited MetricFamily");
    }

    @Test
    void skipsFieldsThatTheSchemaDoesNotHave() {
        Wire family = Wire.message()
                .varint(99, 1)
                .string(1, "g")
                .string(3, "a type is no string")
                .raw(0x9B, 0x06, 0x08, 0x01, 0x9C, 0x06); // group 99 with a field
        assertThat(PrometheusProtobufReference.parse(family.delimited())).hasToString("g counter");
    }

    @Test
    void theLastOfAFieldHoldsAndMessagesAreMerged() {
        Wire first = Wire.message().number(1, 1).timestamp(3, 5, 0);
        Wire second = Wire.message().number(1, 2);
        Wire family = Wire.message()
                .string(1, "a")
                .string(1, "b")
                .message(4, Wire.message().message(3, first).message(3, second));
        assertThat(PrometheusProtobufReference.parse(family.delimited())).hasToString("b counter\n  {} 2.0 since 5");
    }

    /** Bytes behind a first, valid family. */
    static List<Case> hostile() {
        return ProtobufCases.read("prometheus-protobuf-hostile.txt");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileBytesAreRefusedWhereTheirMessageBegins(Case hostile) {
        Wire bytes = Wire.message().raw(3, 0x0A, 1, 'a').hex(hostile.message().strip());
        assertRefused(
                () -> PrometheusProtobufReference.parse(bytes.toBytes()), new Location(1, 1, 4), hostile.outcome());
    }

    static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable read, Location at, String message) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        InvalidExpositionException.class,
                        e -> assertThat(e.location()).isEqualTo(at))
                .hasMessageContaining(message);
    }

    private static byte[] concat(Wire... messages) {
        Wire all = Wire.message();
        for (Wire message : messages) {
            for (byte b : message.delimited()) {
                all.raw(b);
            }
        }
        return all.toBytes();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
