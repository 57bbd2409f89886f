package dev.exposit.grammar;

import static dev.exposit.grammar.PrometheusProtobufReferenceTest.assertRefused;
import static dev.exposit.grammar.ProtobufCases.metricSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.grammar.ProtobufCases.Case;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.StateSetValue.State;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenMetrics protobuf; a case is a {@code MetricSet}. */
class OpenMetricsProtobufReferenceTest {
    static List<Case> valid() {
        return ProtobufCases.read("openmetrics-protobuf-valid.txt");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void isRead(Case valid) {
        assertThat(OpenMetricsProtobufReference.parse(metricSet(valid.message())))
                .hasToString(valid.outcome());
    }

    static List<Case> invalid() {
        return ProtobufCases.read("openmetrics-protobuf-invalid.txt");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void isRefused(Case invalid) {
        byte[] message = metricSet(invalid.message());
        assertRefused(() -> OpenMetricsProtobufReference.parse(message), new Location(1, 1, 0), invalid.outcome());
    }

    @Test
    void anExemplarHasAtMost128Characters() {
        String most = "é".repeat(125) + "😀";
        assertThat(OpenMetricsProtobufReference.parse(counterWithExemplar(most)))
                .hasToString("m_total counter\n  {} 1.0 # {a=\"" + most + "\",b=\"\"} 0.0");
        assertRefused(
                () -> OpenMetricsProtobufReference.parse(counterWithExemplar(most + "é")),
                new Location(1, 1, 0),
                "more than 128 characters: 129");
    }

    private static byte[] counterWithExemplar(String labelValue) {
        return metricSet(
                "metric_families { name: 'm' type: COUNTER metrics { metric_points { counter_value { int_value: 1 "
                        + "exemplar { label { name: 'a' value: '" + labelValue + "' } label { name: 'b' } } } } } }");
    }

    /** Bytes behind a first, valid family. */
    static List<Case> hostile() {
        return ProtobufCases.read("openmetrics-protobuf-hostile.txt");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileBytesAreRefused(Case hostile) {
        Wire bytes =
                Wire.message().raw(0x0A, 3, 0x0A, 1, 'a').hex(hostile.message().strip());
        assertRefused(
                () -> OpenMetricsProtobufReference.parse(bytes.toBytes()), new Location(1, 1, 0), hostile.outcome());
    }

    /** By hand: protobuf-java 3 does not even write such a type. */
    @Test
    void aTypeThatTheSchemaDoesNotHaveIsRefused() {
        Wire set = Wire.message().message(1, Wire.message().string(1, "m").varint(2, 8));
        assertRefused(
                () -> OpenMetricsProtobufReference.parse(set.toBytes()),
                new Location(1, 1, 0),
                "a type that the schema does not have");
    }

    @Test
    void readsEveryFieldByItsNumber() {
        Wire trace = Wire.message().string(1, "trace").string(2, "1");
        Wire exemplar = Wire.message().number(1, 0.5).timestamp(2, 7, 8).message(3, trace);
        Wire counter = Wire.message().number(1, 3).timestamp(3, 5, 6).message(4, exemplar);
        Wire bucket = Wire.message().varint(1, 4).number(2, 0.5).message(3, exemplar);
        Wire histogram =
                Wire.message().number(1, 9).varint(3, 6).timestamp(4, 1, 0).message(5, bucket);
        Wire on = Wire.message().varint(1, 1).string(2, "on");
        Wire states = Wire.message().message(1, on).message(1, Wire.message().string(2, "off"));
        Wire quantile = Wire.message().number(1, 0.5).number(2, 8);
        Wire summary =
                Wire.message().varint(2, 10).varint(3, 2).timestamp(4, 2, 0).message(5, quantile);
        Wire set = Wire.message()
                .message(1, family("u", 0, 1, Wire.message().number(1, 1)))
                .message(1, family("g", 1, 2, Wire.message().varint(2, 2)))
                .message(1, family("c", 2, 3, counter).string(3, "").string(4, "Counts."))
                .message(1, family("c2", 2, 3, Wire.message().varint(2, 4)))
                .message(1, family("e", 3, 5, states))
                .message(1, family("i", 4, 6, Wire.message().message(1, trace)))
                .message(1, family("h_s", 5, 4, histogram).string(3, "s"))
                .message(1, family("gh", 6, 4, Wire.message().varint(2, 5)))
                .message(1, family("s", 7, 7, summary));

        Exemplar expected = new Exemplar(Labels.of("trace", "1"), 0.5, new Timestamp(7, 8));
        Timestamp time = new Timestamp(11, 12);
        assertThat(OpenMetricsProtobufReference.parse(set.toBytes()))
                .isEqualTo(MetricSet.of(
                        MetricFamily.builder("u", MetricType.UNKNOWN)
                                .add(Point.of(1).at(time), "a", "b")
                                .build(),
                        MetricFamily.builder("g", MetricType.GAUGE)
                                .add(Point.of(2).at(time), "a", "b")
                                .build(),
                        MetricFamily.builder("c_total", MetricType.COUNTER)
                                .help("Counts.")
                                .add(
                                        new Point(new NumberValue(3), time, new Timestamp(5, 6), List.of(expected)),
                                        "a",
                                        "b")
                                .build(),
                        MetricFamily.builder("c2_total", MetricType.COUNTER)
                                .add(Point.of(4).at(time), "a", "b")
                                .build(),
                        MetricFamily.builder("e", MetricType.STATE_SET)
                                .add(
                                        Point.of(new StateSetValue(
                                                        List.of(new State("on", true), new State("off", false))))
                                                .at(time),
                                        "a",
                                        "b")
                                .build(),
                        MetricFamily.builder("i_info", MetricType.INFO)
                                .add(Point.of(new InfoValue()).at(time), "a", "b", "trace", "1")
                                .build(),
                        MetricFamily.builder("h_s", MetricType.HISTOGRAM)
                                .unit("s")
                                .add(
                                        Point.of(HistogramValue.builder()
                                                        .count(6)
                                                        .sum(9)
                                                        .bucket(0.5, 4, expected)
                                                        .build())
                                                .at(time)
                                                .startedAt(Timestamp.ofSeconds(1)),
                                        "a",
                                        "b")
                                .build(),
                        MetricFamily.builder("gh", MetricType.GAUGE_HISTOGRAM)
                                .add(
                                        Point.of(HistogramValue.builder()
                                                        .count(0)
                                                        .sum(5)
                                                        .build())
                                                .at(time),
                                        "a",
                                        "b")
                                .build(),
                        MetricFamily.builder("s", MetricType.SUMMARY)
                                .add(
                                        Point.of(SummaryValue.builder()
                                                        .count(2)
                                                        .sum(10)
                                                        .quantile(0.5, 8)
                                                        .build())
                                                .at(time)
                                                .startedAt(Timestamp.ofSeconds(2)),
                                        "a",
                                        "b")
                                .build()));
    }

    /** A family of one metric with one point, whose value is in a field of that number. */
    private static Wire family(String name, int type, int valueField, Wire value) {
        Wire label = Wire.message().string(1, "a").string(2, "b");
        Wire point = Wire.message().message(valueField, value).timestamp(8, 11, 12);
        Wire metric = Wire.message().message(1, label).message(2, point);
        return Wire.message().string(1, name).varint(2, type).message(5, metric);
    }
}
