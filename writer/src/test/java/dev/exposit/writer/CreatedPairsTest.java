package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gauge {@code x_created} beside a family {@code x} in OpenMetrics 1.0. */
class CreatedPairsTest {
    private static final WriteOptions OPTIONS = WriteOptions.of(ExpositionFormat.OPENMETRICS_1);
    private static final Timestamp START = Timestamp.ofSeconds(5);

    private static MetricFamily.Builder family(String name, MetricType type) {
        return MetricFamily.builder(name, type);
    }

    private static final MetricFamily COUNTER = family("x_total", MetricType.COUNTER)
            .help("H")
            .add(1, "a", "1", "b", "2")
            .add(2, "a", "2", "b", "2")
            .build();
    private static final MetricFamily CREATED = family("x_created", MetricType.GAUGE)
            .help("H")
            .add(1.72049e9, "b", "2", "a", "2")
            .add(1795380092139.0, "a", "1", "b", "2")
            .build();
    private static final MetricFamily OTHER =
            family("other", MetricType.GAUGE).add(0).build();

    private static final String JOINED = """
            # TYPE x counter
            # HELP x H
            x_total{a="1",b="2"} 1.0
            x_created{a="1",b="2"} 1795380092139
            x_total{a="2",b="2"} 2.0
            x_created{a="2",b="2"} 1720490000
            """;
    private static final String JOINED_LOSS =
            "START_TIMESTAMP x_created: gauge x_created written as _created samples of x";

    @Test
    void aCounterAndItsGaugeBecomeOneWhenTheSecondComes() {
        Written counterFirst = Written.openMetrics(COUNTER, OTHER, CREATED);
        assertThat(counterFirst.text()).isEqualTo("# TYPE other gauge\nother 0.0\n" + JOINED + "# EOF\n");
        assertThat(counterFirst.losses()).containsExactly(JOINED_LOSS);

        Written gaugeFirst = Written.openMetrics(CREATED, OTHER, COUNTER);
        assertThat(gaugeFirst.text()).isEqualTo(counterFirst.text());
        assertThat(gaugeFirst.losses()).containsExactly(JOINED_LOSS);
    }

    @Test
    void anOutlineIsEnough() {
        WriteOptions informed = OPTIONS.toBuilder()
                .outline(Outline.of(MetricSet.of(COUNTER, CREATED)))
                .build();

        assertThat(Written.inTurn(informed, COUNTER, OTHER, CREATED).text())
                .isEqualTo("# TYPE other gauge\nother 0.0\n" + JOINED + "# EOF\n");
    }

    @Test
    void whatDoesNotComeIsNotWaitedForInVain() {
        WriteOptions informed = OPTIONS.toBuilder()
                .outline(Outline.of(MetricSet.of(COUNTER, CREATED)))
                .build();

        Written counterOnly = Written.inTurn(informed, COUNTER, OTHER);
        assertThat(counterOnly.text()).isEqualTo("""
                        # TYPE other gauge
                        other 0.0
                        # TYPE x counter
                        # HELP x H
                        x_total{a="1",b="2"} 1.0
                        x_total{a="2",b="2"} 2.0
                        # EOF
                        """);
        assertThat(counterOnly.losses()).isEmpty();

        Written gaugeOnly = Written.inTurn(informed, CREATED);
        assertThat(gaugeOnly.text()).startsWith("# TYPE x_created gauge\n");
        assertThat(gaugeOnly.losses()).isEmpty();
    }

    @Test
    void withoutAnOutlineWhoComesFirstStays() {
        Written counterFirst = Written.inTurn(OPTIONS, COUNTER, CREATED);
        assertThat(counterFirst.text()).startsWith("# TYPE x counter\n").doesNotContain("x_created");
        assertThat(counterFirst.losses())
                .containsExactly(
                        "SAMPLE x_created: sample left out: name x_created belongs to family x_total (2 times)");

        Written gaugeFirst = Written.inTurn(OPTIONS, CREATED, COUNTER);
        assertThat(gaugeFirst.text()).startsWith("# TYPE x_created gauge\n").contains("# TYPE x_total unknown\n");
        assertThat(gaugeFirst.losses())
                .containsExactly(
                        "TYPE x_total: counter written as unknown: name x_created belongs to family x_created");
    }

    @Test
    void histogramsAndSummariesToo() {
        HistogramValue histogram = HistogramValue.builder()
                .bucket(Double.POSITIVE_INFINITY, 1)
                .count(1)
                .sum(1)
                .build();
        Timestamp time = Timestamp.ofSeconds(9);

        Written written = Written.openMetrics(
                family("h", MetricType.HISTOGRAM)
                        .add(Point.of(histogram).at(time))
                        .build(),
                family("h_created", MetricType.GAUGE)
                        .add(Point.of(1.5).at(time))
                        .build(),
                family("s", MetricType.SUMMARY)
                        .add(SummaryValue.builder().count(1).build())
                        .build(),
                family("s_created", MetricType.GAUGE).add(2.25).build());

        assertThat(written.text()).isEqualTo("""
                # TYPE h histogram
                h_bucket{le="+Inf"} 1.0 9
                h_count 1.0 9
                h_sum 1.0 9
                h_created 1.5 9
                # TYPE s summary
                s_count 1.0
                s_created 2.25
                # EOF
                """);
        assertThat(written.lossKinds()).containsExactly("START_TIMESTAMP h_created", "START_TIMESTAMP s_created");
    }

    @Test
    void helpAndUnitOfTheGaugeAreLostIfTheyDiffer() {
        MetricFamily gauge = family("s_created", MetricType.GAUGE)
                .help("other")
                .unit("seconds")
                .add(1)
                .build();
        MetricFamily summary = family("s", MetricType.SUMMARY)
                .add(SummaryValue.builder().count(1).build())
                .build();

        assertThat(Written.openMetrics(summary, gauge).losses())
                .containsExactly(
                        "START_TIMESTAMP s_created: gauge s_created written as _created samples of s",
                        "HELP s_created: help left out",
                        "UNIT s_created: unit seconds left out");
    }

    private static MetricFamily counter(Metric... metrics) {
        MetricFamily.Builder builder = family("x_total", MetricType.COUNTER);
        List.of(metrics).forEach(builder::add);
        return builder.build();
    }

    private static MetricFamily gauge(Metric... metrics) {
        MetricFamily.Builder builder = family("x_created", MetricType.GAUGE);
        List.of(metrics).forEach(builder::add);
        return builder.build();
    }

    private static Metric metric(double value, String... labels) {
        return metric(Point.of(value), labels);
    }

    private static Metric metric(Point point, String... labels) {
        return new Metric(Labels.of(labels), point);
    }

    static List<Arguments> mismatches() {
        Metric two = new Metric(
                Labels.of(), List.of(Point.of(1).at(START), Point.of(2).at(Timestamp.ofSeconds(6))));
        Point exemplar = Point.of(1).withExemplars(new Exemplar(Labels.of(), 1, null));
        return List.of(
                Arguments.of("no metrics", counter(), gauge()),
                Arguments.of("more in one", counter(metric(1)), gauge(metric(1), metric(2, "a", "b"))),
                Arguments.of("other labels", counter(metric(1)), gauge(metric(1, "a", "b"))),
                Arguments.of("gauge twice", counter(metric(1), metric(1)), gauge(metric(1), metric(1))),
                Arguments.of("counter twice", counter(metric(1), metric(1)), gauge(metric(1), metric(1, "a", "b"))),
                Arguments.of(
                        "other time",
                        counter(metric(1)),
                        gauge(metric(Point.of(1).at(START)))),
                Arguments.of("no time", counter(metric(Point.of(1).at(START))), gauge(metric(1))),
                Arguments.of("started", counter(metric(Point.of(1).startedAt(START))), gauge(metric(1))),
                Arguments.of(
                        "gauge started",
                        counter(metric(1)),
                        gauge(metric(Point.of(1).startedAt(START)))),
                Arguments.of("gauge with exemplar", counter(metric(1)), gauge(metric(exemplar))),
                Arguments.of(
                        "two points", counter(two), gauge(metric(Point.of(1).at(START)))),
                Arguments.of("two gauge points", counter(metric(Point.of(1).at(START))), gauge(two)),
                Arguments.of("raw", counter(metric(Point.of(new RawValue("x_total", 1)))), gauge(metric(1))),
                Arguments.of("raw gauge", counter(metric(1)), gauge(metric(Point.of(new RawValue("x_created", 1))))),
                Arguments.of("NaN", counter(metric(1)), gauge(metric(Double.NaN))),
                Arguments.of("picoseconds", counter(metric(1)), gauge(metric(1e-12))),
                Arguments.of("against the rules", counter(metric(-1)), gauge(metric(1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mismatches")
    void whatDoesNotMatchGivesWay(String why, MetricFamily counter, MetricFamily gauge) {
        Written written = Written.openMetrics(counter, gauge);

        assertThat(written.text()).startsWith("# TYPE x_total unknown\n").contains("# TYPE x_created gauge\n");
        assertThat(written.losses())
                .contains("TYPE x_total: counter written as unknown: name x_created belongs to family x_created, and"
                        + " its values are no start timestamps of it");
    }

    @ParameterizedTest
    @CsvSource({"counter", "gauge"})
    void aHalfThatComesInPiecesIsNotJoined(String inPieces) {
        WriteOptions informed = OPTIONS.toBuilder()
                .outline(Outline.of(MetricSet.of(COUNTER, CREATED)))
                .build();
        FamilyPart[] counter = Written.piecesOf(COUNTER);
        FamilyPart[] gauge = Written.piecesOf(CREATED);
        FamilyPart wholeCounter = FamilyPart.whole(COUNTER);
        FamilyPart wholeGauge = FamilyPart.whole(CREATED);

        Written counterFirst = inPieces.equals("counter")
                ? Written.parts(informed, counter[0], counter[1], wholeGauge)
                : Written.parts(informed, wholeCounter, gauge[0], gauge[1]);
        Written gaugeFirst = inPieces.equals("counter")
                ? Written.parts(informed, wholeGauge, counter[0], counter[1])
                : Written.parts(informed, gauge[0], gauge[1], wholeCounter);

        String unknown = """
                # TYPE x_total unknown
                # HELP x_total H
                x_total{a="1",b="2"} 1.0
                x_total{a="2",b="2"} 2.0
                """;
        String plain = """
                # TYPE x_created gauge
                # HELP x_created H
                x_created{b="2",a="2"} 1.72049e+09
                x_created{a="1",b="2"} 1.795380092139e+12
                """;
        assertThat(counterFirst.text()).isEqualTo(unknown + plain + "# EOF\n");
        assertThat(gaugeFirst.text()).isEqualTo(plain + unknown + "# EOF\n");
        assertThat(counterFirst.lossKinds()).containsExactly("TYPE x_total");
        assertThat(gaugeFirst.lossKinds()).containsExactly("TYPE x_total");
    }

    @Test
    void whatCannotWaitGivesWay() {
        WriteOptions tight = OPTIONS.toBuilder().heldBytes(100).build();

        Written written = Written.of(tight, MetricSet.of(COUNTER, OTHER, CREATED));

        assertThat(written.text()).startsWith("# TYPE x_total unknown\n");
        assertThat(written.count(Loss.Kind.START_TIMESTAMP)).isZero();
        assertThat(written.losses())
                .containsExactly("TYPE x_total: counter written as unknown: name x_created belongs to family x_created,"
                        + " and it cannot wait for it within heldBytes = 100");
    }

    private static MetricFamily[] pair(String stem) {
        return new MetricFamily[] {
            new MetricFamily(new Metadata(stem + "_total", MetricType.COUNTER), COUNTER.metrics()),
            new MetricFamily(new Metadata(stem + "_created", MetricType.GAUGE), CREATED.metrics())
        };
    }

    @Test
    void whatWaitsSharesTheLimit() {
        MetricFamily[] y = pair("y");
        MetricFamily[] z = pair("z");
        WriteOptions forOne = OPTIONS.toBuilder().heldBytes(1200).build();

        Written inTurn = Written.of(forOne, MetricSet.of(y[0], y[1], z[0], z[1]));
        assertThat(inTurn.lossKinds()).containsExactly("START_TIMESTAMP y_created", "START_TIMESTAMP z_created");

        Written together = Written.of(forOne, MetricSet.of(y[0], z[0], y[1], z[1]));
        assertThat(together.lossKinds()).containsExactly("TYPE z_total", "START_TIMESTAMP y_created");
    }

    @Test
    void whatIsTakenApartMeanwhileSharesTheLimit() {
        MetricFamily[] y = pair("y");
        HistogramValue noSum = HistogramValue.builder()
                .bucket(Double.POSITIVE_INFINITY, 1)
                .count(1)
                .build();
        MetricFamily bad = family("h", MetricType.HISTOGRAM)
                .add(noSum)
                .add(noSum, "i", "1")
                .build();
        FamilyPart[] h = Written.piecesOf(bad);
        WriteOptions informed = OPTIONS.toBuilder()
                .outline(Outline.of(MetricSet.of(y)))
                .heldBytes(950)
                .build();

        Written written = Written.parts(informed, FamilyPart.whole(y[0]), h[0], h[1], FamilyPart.whole(y[1]));

        assertThat(written.lossKinds()).containsExactly("TYPE h", "SAMPLE h", "START_TIMESTAMP y_created");
        assertThat(Written.parts(informed, h).lossKinds()).containsExactly("TYPE h");
    }

    @Test
    void aStrictWriterRefusesToJoin() {
        WriteOptions strict = OPTIONS.toBuilder().onLoss(LossPolicy.FAIL).build();

        assertThatThrownBy(() -> Written.of(strict, MetricSet.of(COUNTER, CREATED)))
                .isInstanceOf(LossRefusedException.class)
                .hasMessageContaining("gauge x_created written as _created samples of x");
    }

    @ParameterizedTest
    @CsvSource({
        "1.72049e+09, 1720490000, 0",
        "1720490000.123, 1720490000, 123000000",
        "0, 0, 0",
        "-1.5, -2, 500000000",
        "1e-09, 0, 1",
        "9e+18, 9000000000000000000, 0"
    })
    void exactTimes(double value, long seconds, int nanos) {
        assertThat(CreatedPairs.exactTime(value)).isEqualTo(new Timestamp(seconds, nanos));
        assertThat(new BigDecimal(String.valueOf(CreatedPairs.exactTime(value))))
                .isEqualByComparingTo(BigDecimal.valueOf(value));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e-10, 5e-324, 1e19, 1e308
            })
    void noTimes(double value) {
        assertThat(CreatedPairs.exactTime(value)).isNull();
    }
}
