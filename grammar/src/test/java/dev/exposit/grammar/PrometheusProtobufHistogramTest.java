package dev.exposit.grammar;

import static dev.exposit.grammar.PrometheusProtobufReferenceTest.assertRefused;
import static dev.exposit.grammar.ProtobufCases.delimited;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.grammar.ProtobufCases.Case;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histograms of Prometheus protobuf; a case is what stands inside of the message {@code Histogram}. */
class PrometheusProtobufHistogramTest {
    private static final NativeBuckets NO_EVENTS =
            new NativeBuckets(3, 0, 0, Side.none(), Side.none(), List.of(), false);

    private static byte[] family(String type, String histogram) {
        return delimited("name: 'h' type: " + type + " metric { histogram { " + histogram + " } }");
    }

    private static HistogramValue read(String histogram) {
        MetricSet read = PrometheusProtobufReference.parse(family("HISTOGRAM", histogram));
        return (HistogramValue) read.families().get(0).metrics().get(0).value();
    }

    static List<Case> classic() {
        return ProtobufCases.read("prometheus-histogram-classic.txt");
    }

    @ParameterizedTest
    @MethodSource("classic")
    void classicBucketsAreRead(Case classic) {
        assertThat(read(classic.message())).hasToString("histogram(" + classic.outcome() + ")");
    }

    static Stream<Arguments> natives() {
        return Stream.of(
                Arguments.of("schema: 3 positive_span { }", NO_EVENTS),
                Arguments.of("schema: 3 negative_span { }", NO_EVENTS),
                Arguments.of(
                        "schema: -4 zero_threshold: 0.5",
                        new NativeBuckets(-4, 0.5, 0, Side.none(), Side.none(), List.of(), false)),
                Arguments.of(
                        "schema: 8 zero_count: 4",
                        new NativeBuckets(8, 0, 4, Side.none(), Side.none(), List.of(), false)),
                Arguments.of(
                        "zero_count: 4 zero_count_float: 0.5",
                        new NativeBuckets(0, 0, 0.5, Side.none(), Side.none(), List.of(), true)),
                Arguments.of(
                        "sample_count_float: 0.5 zero_count: 4 positive_span { }",
                        new NativeBuckets(0, 0, 4, Side.none(), Side.none(), List.of(), true)),
                Arguments.of(
                        """
                        positive_span { offset: -5 length: 2 } positive_span { offset: 3 } positive_span { length: 1 }
                        positive_delta: 7 positive_delta: -3 positive_delta: 1
                        negative_span { offset: 2 length: 1 } negative_delta: 6
                        """,
                        new NativeBuckets(
                                0,
                                0,
                                0,
                                new Side(
                                        List.of(new Span(-5, 2), new Span(3, 0), new Span(0, 1)),
                                        List.of(7.0, 4.0, 5.0)),
                                new Side(List.of(new Span(2, 1)), List.of(6.0)),
                                List.of(),
                                false)),
                Arguments.of(
                        """
                        positive_span { length: 2 } positive_count: [0.25, nan] negative_span { length: 1 }
                        negative_count: -1
                        """,
                        new NativeBuckets(
                                0,
                                0,
                                0,
                                new Side(List.of(new Span(0, 2)), List.of(0.25, Double.NaN)),
                                new Side(List.of(new Span(0, 1)), List.of(-1.0)),
                                List.of(),
                                true)),
                Arguments.of(
                        "positive_span { length: 1 } positive_delta: 9223372036854775807",
                        new NativeBuckets(
                                0,
                                0,
                                0,
                                new Side(List.of(new Span(0, 1)), List.of(0x1p63)),
                                Side.none(),
                                List.of(),
                                false)));
    }

    @ParameterizedTest
    @MethodSource("natives")
    void nativeBucketsAreRead(String histogram, NativeBuckets expected) {
        assertThat(read(histogram).nativeBuckets()).isEqualTo(expected);
        assertThat(read(histogram).buckets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero_count: 1", ""})
    void exemplarsStandAtThePointWhateverTheyHave(String kind) {
        byte[] family = family("HISTOGRAM", kind + " exemplars { value: 1 } exemplars { value: 2 timestamp { } }");
        Point point = PrometheusProtobufReference.parse(family)
                .families()
                .get(0)
                .metrics()
                .get(0)
                .point();
        assertThat(point.exemplars())
                .containsExactly(
                        new Exemplar(Labels.of(), 1, null), new Exemplar(Labels.of(), 2, Timestamp.ofSeconds(0)));
    }

    @Test
    void classicAndNativeBucketsStandSideBySide() {
        HistogramValue both = read("schema: 3 sample_count: 2 positive_span { } bucket { upper_bound: 1 }");
        assertThat(both)
                .isEqualTo(HistogramValue.builder()
                        .count(2)
                        .sum(0)
                        .bucket(1, 0)
                        .bucket(Double.POSITIVE_INFINITY, 2)
                        .nativeBuckets(NO_EVENTS)
                        .build());
    }

    static List<Case> invalid() {
        return ProtobufCases.read("prometheus-histogram-invalid.txt");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void isRefused(Case invalid) {
        for (String type : List.of("HISTOGRAM", "GAUGE_HISTOGRAM")) {
            byte[] family = family(type, invalid.message());
            assertRefused(() -> PrometheusProtobufReference.parse(family), new Location(1, 1, 0), invalid.outcome());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HISTOGRAM", "GAUGE_HISTOGRAM"})
    void aLabelLeIsRefused(String type) {
        byte[] family =
                delimited("name: 'h' type: " + type + " metric { label { name: 'le' value: '1' } histogram { } }");
        assertRefused(
                () -> PrometheusProtobufReference.parse(family),
                new Location(1, 1, 0),
                "label name \"le\" belongs to the parts");
    }

    @Test
    void readsEveryFieldByItsNumber() {
        Wire trace = Wire.message().string(1, "trace").string(2, "1");
        Wire exemplar = Wire.message().message(1, trace).number(2, 0.5).timestamp(3, 7, 8);
        Wire classic = Wire.message()
                .varint(1, 3)
                .number(2, 60)
                .message(3, Wire.message().varint(1, 1).number(2, 0.5).message(3, exemplar))
                .message(3, Wire.message().number(2, 1).number(4, 1.5))
                .number(4, 2.5)
                .timestamp(15, 5, 6);
        Wire integers = Wire.message()
                .varint(1, 12)
                .number(2, -3)
                .zigzag(5, -2)
                .number(6, 0.25)
                .varint(7, 2)
                .message(9, Wire.message().zigzag(1, -1).varint(2, 1))
                .zigzag(10, 4)
                .message(12, Wire.message().zigzag(1, 3).varint(2, 2))
                .zigzag(13, 5)
                .zigzag(13, -4)
                .message(16, exemplar);
        Wire floats = Wire.message()
                .number(8, 0.5)
                .message(9, Wire.message().varint(2, 1))
                .number(11, 1.5)
                .message(12, Wire.message().varint(2, 1))
                .number(14, 2.5);

        HistogramValue classicValue = HistogramValue.builder()
                .count(2.5)
                .sum(60)
                .bucket(0.5, 1, new Exemplar(Labels.of("trace", "1"), 0.5, new Timestamp(7, 8)))
                .bucket(1, 1.5)
                .bucket(Double.POSITIVE_INFINITY, 2.5)
                .build();
        HistogramValue integerValue = HistogramValue.builder()
                .count(12)
                .sum(-3)
                .nativeBuckets(new NativeBuckets(
                        -2,
                        0.25,
                        2,
                        new Side(List.of(new Span(3, 2)), List.of(5.0, 1.0)),
                        new Side(List.of(new Span(-1, 1)), List.of(4.0)),
                        List.of(),
                        false))
                .build();
        HistogramValue floatValue = HistogramValue.builder()
                .count(0)
                .sum(0)
                .nativeBuckets(new NativeBuckets(
                        0,
                        0,
                        0.5,
                        new Side(List.of(new Span(0, 1)), List.of(2.5)),
                        new Side(List.of(new Span(0, 1)), List.of(1.5)),
                        List.of(),
                        true))
                .build();
        assertThat(readOne(4, classic))
                .isEqualTo(MetricFamily.builder("h", MetricType.HISTOGRAM)
                        .add(Point.of(classicValue).startedAt(new Timestamp(5, 6)))
                        .build());
        assertThat(readOne(4, integers))
                .isEqualTo(MetricFamily.builder("h", MetricType.HISTOGRAM)
                        .add(Point.of(integerValue)
                                .withExemplars(new Exemplar(Labels.of("trace", "1"), 0.5, new Timestamp(7, 8))))
                        .build());
        assertThat(readOne(5, floats))
                .isEqualTo(MetricFamily.builder("h", MetricType.GAUGE_HISTOGRAM)
                        .add(floatValue)
                        .build());
    }

    private static MetricFamily readOne(int type, Wire histogram) {
        Wire family = Wire.message()
                .string(1, "h")
                .varint(3, type)
                .message(4, Wire.message().message(7, histogram));
        return PrometheusProtobufReference.parse(family.delimited()).families().get(0);
    }
}
