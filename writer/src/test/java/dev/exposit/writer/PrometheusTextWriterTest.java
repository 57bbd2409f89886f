package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Outline;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextWriterTest {
    private static final WriteOptions OPTIONS = WriteOptions.of(ExpositionFormat.PROMETHEUS_TEXT);
    private static final WriteOptions LEGACY = WriteOptions.of(ExpositionFormat.PROMETHEUS_TEXT_0_0_4);
    private static final Exemplar TRACE = new Exemplar(Labels.of("trace_id", "abc"), 1, null);
    private static final Timestamp START = new Timestamp(1520430000, 123_000_000);

    private static MetricFamily.Builder family(String name, MetricType type) {
        return MetricFamily.builder(name, type);
    }

    private static void assertLossless(Written written, String text) {
        assertThat(written.text()).isEqualTo(text);
        assertThat(written.losses()).isEmpty();
    }

    @Test
    void counterWithHelpLabelsAndTimestamp() {
        MetricFamily requests = family("http_requests_total", MetricType.COUNTER)
                .help("Requests\nserved \\ \"quoted\".")
                .add(1027, "method", "post", "code", "200")
                .add(Point.of(3e6).at(Timestamp.ofMillis(-1395066363001L)), "path", "C:\\DIR\n\"x\"")
                .build();

        assertLossless(Written.prometheus(requests), """
                # HELP http_requests_total Requests\\nserved \\\\ "quoted".
                # TYPE http_requests_total counter
                http_requests_total{method="post",code="200"} 1027
                http_requests_total{path="C:\\\\DIR\\n\\"x\\""} 3e+06 -1395066363001
                """);
    }

    @Test
    void blanksBeforeAndCarriageReturnsBehindTheHelpAreNotPartOfIt() {
        Written written = Written.prometheus(
                family("a", MetricType.GAUGE).help(" \tH \r\r").add(1).build(),
                family("b", MetricType.GAUGE).help("a\rb ").add(1).build(),
                family("c", MetricType.UNKNOWN).help(" \t").add(1).build(),
                family("d", MetricType.GAUGE)
                        .help("\r")
                        .add(Point.of(1).startedAt(START))
                        .build());

        assertThat(written.text()).isEqualTo("""
                # HELP a H\s
                # TYPE a gauge
                a 1
                # HELP b a\rb\s
                # TYPE b gauge
                b 1
                c 1
                # TYPE d gauge
                d 1
                # TYPE d_created gauge
                d_created 1520430000.123
                """);
        assertThat(written.losses())
                .containsExactly(
                        "HELP a: blanks at the beginning of the help left out",
                        "HELP c: blanks at the beginning of the help left out",
                        "HELP d: a carriage return at the end of the help left out");
    }

    @Test
    void aCounterKeepsItsNameWhateverItsSuffix() {
        assertLossless(
                Written.prometheus(family("hits", MetricType.COUNTER).add(1).build()), """
                # TYPE hits counter
                hits 1
                """);
    }

    @Test
    void numbersAreThoseOfGo() {
        MetricFamily numbers = family("n", MetricType.GAUGE)
                .add(Double.NaN, "i", "0")
                .add(Double.POSITIVE_INFINITY, "i", "1")
                .add(Double.NEGATIVE_INFINITY, "i", "2")
                .add(5e-324, "i", "3")
                .add(-0.0, "i", "4")
                .add(123456789, "i", "5")
                .build();

        assertLossless(Written.prometheus(numbers), """
                # TYPE n gauge
                n{i="0"} NaN
                n{i="1"} +Inf
                n{i="2"} -Inf
                n{i="3"} 5e-324
                n{i="4"} -0
                n{i="5"} 1.23456789e+08
                """);
    }

    @Test
    void unknownHasATypeLineOnlyWhereItWouldBeLostWithout() {
        assertLossless(
                Written.prometheus(
                        family("plain", MetricType.UNKNOWN).add(1).build(),
                        family("helped", MetricType.UNKNOWN).help("H").add(2).build(),
                        family("empty", MetricType.UNKNOWN).build(),
                        family("helpless", MetricType.UNKNOWN).help("H").build(),
                        family("typed", MetricType.GAUGE).build()),
                """
                plain 1
                # HELP helped H
                # TYPE helped untyped
                helped 2
                # TYPE empty untyped
                # HELP helpless H
                # TYPE helpless untyped
                # TYPE typed gauge
                """);
    }

    @Test
    void histogramHasBucketsSumAndCount() {
        HistogramValue value = HistogramValue.builder()
                .bucket(0.05, 24054)
                .bucket(1, 33444)
                .bucket(Double.POSITIVE_INFINITY, 144320)
                .sum(53423.5)
                .count(144320)
                .build();

        assertLossless(
                Written.prometheus(family("rpc", MetricType.HISTOGRAM)
                        .add(value, "path", "/")
                        .add(HistogramValue.builder().count(3).build(), "path", "/x")
                        .build()),
                """
                # TYPE rpc histogram
                rpc_bucket{path="/",le="0.05"} 24054
                rpc_bucket{path="/",le="1"} 33444
                rpc_bucket{path="/",le="+Inf"} 144320
                rpc_sum{path="/"} 53423.5
                rpc_count{path="/"} 144320
                rpc_count{path="/x"} 3
                """);
    }

    @Test
    void leAndQuantileKeepTheSpellingThatWasRead() {
        HistogramValue histogram = new HistogramValue(
                null,
                null,
                List.of(
                        new HistogramValue.Bucket(new LabelNumber(1, "1.0"), 1, null),
                        new HistogramValue.Bucket(new LabelNumber(Double.POSITIVE_INFINITY, "Inf"), 2, null)),
                null);
        SummaryValue summary =
                new SummaryValue(null, null, List.of(new SummaryValue.Quantile(new LabelNumber(0.5, "0.50"), 1)));

        assertLossless(
                Written.prometheus(
                        family("h", MetricType.HISTOGRAM).add(histogram).build(),
                        family("s", MetricType.SUMMARY).add(summary).build()),
                """
                # TYPE h histogram
                h_bucket{le="1.0"} 1
                h_bucket{le="Inf"} 2
                # TYPE s summary
                s{quantile="0.50"} 1
                """);
    }

    @Test
    void summaryHasQuantilesSumAndCount() {
        SummaryValue value = SummaryValue.builder()
                .quantile(0.01, 3102)
                .quantile(1, Double.NaN)
                .sum(1.7560473e7)
                .count(2693)
                .build();

        assertLossless(
                Written.prometheus(
                        family("rpc", MetricType.SUMMARY).add(value, "a", "b").build()),
                """
                # TYPE rpc summary
                rpc{a="b",quantile="0.01"} 3102
                rpc{a="b",quantile="1"} NaN
                rpc_sum{a="b"} 1.7560473e+07
                rpc_count{a="b"} 2693
                """);
    }

    @Test
    void infoAndStateSetBecomeGauges() {
        StateSetValue states =
                new StateSetValue(List.of(new StateSetValue.State("on", true), new StateSetValue.State("off", false)));

        Written written = Written.prometheus(
                family("build_info", MetricType.INFO)
                        .add(new InfoValue(), "version", "1")
                        .build(),
                family("power", MetricType.STATE_SET).add(states, "disk", "sda").build());

        assertThat(written.text()).isEqualTo("""
                # TYPE build_info gauge
                build_info{version="1"} 1
                # TYPE power gauge
                power{disk="sda",power="on"} 1
                power{disk="sda",power="off"} 0
                """);
        assertThat(written.losses())
                .containsExactly("TYPE build_info: info written as gauge", "TYPE power: stateset written as gauge");
    }

    private static HistogramValue gaugeHistogram(double count) {
        return HistogramValue.builder()
                .bucket(Double.POSITIVE_INFINITY, count)
                .count(count)
                .sum(3)
                .build();
    }

    @Test
    void gaugeHistogramKeepsItsCountAndSumInFamiliesBehindIt() {
        Written written = Written.prometheus(
                family("queue", MetricType.GAUGE_HISTOGRAM)
                        .help("H")
                        .add(gaugeHistogram(1), "q", "a")
                        .add(gaugeHistogram(2), "q", "b")
                        .build(),
                family("next", MetricType.GAUGE).add(1).build());

        assertThat(written.text()).isEqualTo("""
                # HELP queue H
                # TYPE queue histogram
                queue_bucket{q="a",le="+Inf"} 1
                queue_bucket{q="b",le="+Inf"} 2
                # HELP queue_gsum H
                # TYPE queue_gsum gauge
                queue_gsum{q="a"} 3
                queue_gsum{q="b"} 3
                # HELP queue_gcount H
                # TYPE queue_gcount gauge
                queue_gcount{q="a"} 1
                queue_gcount{q="b"} 2
                # TYPE next gauge
                next 1
                """);
        assertThat(written.losses()).containsExactly("TYPE queue: gaugehistogram written as histogram");
    }

    @Test
    void ofAFamilyInPiecesOnlySoMuchIsHeldBack() {
        MetricFamily queue = family("queue", MetricType.GAUGE_HISTOGRAM)
                .add(gaugeHistogram(1), "q", "a")
                .add(gaugeHistogram(2), "q", "b")
                .build();
        int twoFamilies =
                "# TYPE queue_gsum gauge\nqueue_gsum{q=\"a\"} 3\n# TYPE queue_gcount gauge\nqueue_gcount{q=\"a\"} 1\n"
                        .length();
        WriteOptions tight = OPTIONS.toBuilder().heldBytes(twoFamilies).build();

        Written written = Written.parts(tight, Written.piecesOf(queue));

        assertThat(written.text()).isEqualTo("""
                # TYPE queue histogram
                queue_bucket{q="a",le="+Inf"} 1
                queue_bucket{q="b",le="+Inf"} 2
                # TYPE queue_gsum gauge
                queue_gsum{q="a"} 3
                # TYPE queue_gcount gauge
                queue_gcount{q="a"} 1
                """);
        assertThat(written.losses())
                .containsExactly(
                        "TYPE queue: gaugehistogram written as histogram",
                        "SAMPLE queue: sample left out: family queue_gsum needs more than heldBytes = " + twoFamilies
                                + " (2 times)");
        // The same in one piece is in memory anyway.
        assertThat(Written.inTurn(tight, queue).text()).contains("queue_gsum{q=\"b\"} 3\n");
    }

    @Test
    void aFamilyBehindThatDoesNotFitAtAllHasNoHeader() {
        MetricFamily requests = family("x_total", MetricType.COUNTER)
                .add(Point.of(1).startedAt(START), "a", "1")
                .add(Point.of(2).startedAt(START), "a", "2")
                .build();

        FamilyPart[] pieces = Written.piecesOf(requests);

        Written written = Written.parts(OPTIONS.toBuilder().heldBytes(0).build(), pieces);

        assertThat(written.text()).isEqualTo("# TYPE x_total counter\nx_total{a=\"1\"} 1\nx_total{a=\"2\"} 2\n");
        assertThat(written.losses())
                .containsExactly("START_TIMESTAMP x_total: start timestamp left out: "
                        + "family x_created needs more than heldBytes = 0 (2 times)");
    }

    @Test
    void aFamilyBehindThatDoesNotFitLeavesItsNameToAnother() {
        MetricFamily requests = family("x_total", MetricType.COUNTER)
                .add(Point.of(1).startedAt(START), "a", "1")
                .add(Point.of(2), "a", "2")
                .build();
        FamilyPart[] pieces = Written.piecesOf(requests);

        Written written = Written.parts(
                OPTIONS.toBuilder().heldBytes(0).build(),
                pieces[0],
                pieces[1],
                FamilyPart.whole(family("x_created", MetricType.GAUGE).add(5).build()));

        assertThat(written.text()).endsWith("# TYPE x_created gauge\nx_created 5\n");
        assertThat(written.lossKinds()).containsExactly("START_TIMESTAMP x_total");
    }

    @Test
    void startTimestampsStandInAGaugeBehindTheFamily() {
        MetricFamily requests = family("x_total", MetricType.COUNTER)
                .help("H")
                .add(Point.of(1).startedAt(START), "a", "1")
                .add(2, "a", "2")
                .add(Point.of(3).at(Timestamp.ofSeconds(7)).startedAt(new Timestamp(-2, 999_999_999)), "a", "3")
                .build();
        MetricFamily latency = family("y", MetricType.SUMMARY)
                .add(Point.of(SummaryValue.builder().count(1).build()).startedAt(START))
                .build();

        assertLossless(Written.prometheus(requests, latency), """
                # HELP x_total H
                # TYPE x_total counter
                x_total{a="1"} 1
                x_total{a="2"} 2
                x_total{a="3"} 3 7000
                # HELP x_created H
                # TYPE x_created gauge
                x_created{a="1"} 1520430000.123
                x_created{a="3"} -1.000000001 7000
                # TYPE y summary
                y_count 1
                # TYPE y_created gauge
                y_created 1520430000.123
                """);
    }

    @Test
    void startTimestampsGiveWayToAFamilyOfThatName() {
        MetricFamily requests = family("x_total", MetricType.COUNTER)
                .add(Point.of(1).startedAt(START))
                .build();
        MetricFamily created = family("x_created", MetricType.GAUGE).add(5).build();
        String loss = "START_TIMESTAMP x_total: start timestamp left out: there is another family x_created";

        Written after = Written.prometheus(requests, created);
        assertThat(after.text()).isEqualTo("# TYPE x_total counter\nx_total 1\n# TYPE x_created gauge\nx_created 5\n");
        assertThat(after.losses()).containsExactly(loss);

        Written before = Written.inTurn(OPTIONS, created, requests);
        assertThat(before.text()).isEqualTo("# TYPE x_created gauge\nx_created 5\n# TYPE x_total counter\nx_total 1\n");
        assertThat(before.losses()).containsExactly(loss);

        Written announced = Written.inTurn(
                OPTIONS.toBuilder()
                        .outline(Outline.of(Map.of("x_created", MetricType.GAUGE)))
                        .build(),
                requests);
        assertThat(announced.losses()).containsExactly(loss);

        Written unannounced = Written.inTurn(OPTIONS, requests, created);
        assertThat(unannounced.text()).contains("x_created 1520430000.123").doesNotContain("x_created 5");
        assertThat(unannounced.losses())
                .containsExactly("SAMPLE x_created: sample left out: name x_created is taken by another family");
    }

    @Test
    void timestampsAreRoundedDownToMilliseconds() {
        Written written = Written.prometheus(family("x", MetricType.GAUGE)
                .add(Point.of(1).at(new Timestamp(1, 999_999_999)), "i", "0")
                .add(Point.of(1).at(new Timestamp(-1, 999_999_999)), "i", "1")
                .add(Point.of(1).at(new Timestamp(Long.MAX_VALUE, 0)), "i", "2")
                .add(Point.of(1).at(new Timestamp(Long.MIN_VALUE, 0)), "i", "3")
                .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE x gauge
                x{i="0"} 1 1999
                x{i="1"} 1 -1
                x{i="2"} 1
                x{i="3"} 1
                """);
        assertThat(written.losses())
                .containsExactly("TIMESTAMP x: timestamp 1.999999999 rounded down to milliseconds (4 times)");
    }

    @Test
    void aLostTimestampCountsOncePerPoint() {
        Written written = Written.prometheus(family("h", MetricType.HISTOGRAM)
                .add(Point.of(gaugeHistogram(1)).at(new Timestamp(1, 1)))
                .build());

        assertThat(written.losses()).containsExactly("TIMESTAMP h: timestamp 1.000000001 rounded down to milliseconds");
    }

    @Test
    void onlyTheNewestPointIsWritten() {
        Metric metric = new Metric(
                Labels.of(),
                List.of(
                        Point.of(1).at(Timestamp.ofSeconds(1)),
                        Point.of(2).at(Timestamp.ofSeconds(2)),
                        Point.of(3).at(Timestamp.ofSeconds(3))));

        Written written =
                Written.prometheus(family("x", MetricType.GAUGE).add(metric).build());

        assertThat(written.text()).isEqualTo("# TYPE x gauge\nx 3 3000\n");
        assertThat(written.losses()).containsExactly("POINT x: older point left out (2 times)");
    }

    @Test
    void unitsAndExemplarsAreLost() {
        HistogramValue histogram = HistogramValue.builder()
                .bucket(1, 1, TRACE)
                .bucket(Double.POSITIVE_INFINITY, 1, TRACE)
                .build();

        Written written = Written.prometheus(
                family("x_seconds_total", MetricType.COUNTER)
                        .unit("seconds")
                        .add(Point.of(1).withExemplars(TRACE, TRACE))
                        .build(),
                family("h", MetricType.HISTOGRAM).add(histogram).build());

        assertThat(written.text()).isEqualTo("""
                # TYPE x_seconds_total counter
                x_seconds_total 1
                # TYPE h histogram
                h_bucket{le="1"} 1
                h_bucket{le="+Inf"} 1
                """);
        assertThat(written.losses())
                .containsExactly(
                        "UNIT x_seconds_total: unit seconds left out",
                        "EXEMPLAR x_seconds_total: exemplar left out (2 times)",
                        "EXEMPLAR h: exemplar left out (2 times)");
    }

    @Test
    void nativeBucketsAreLostOrBecomeClassicOnes() {
        NativeBuckets exponential = new NativeBuckets(
                3,
                0.001,
                1,
                new NativeBuckets.Side(List.of(new NativeBuckets.Span(0, 1)), List.of(2.0)),
                NativeBuckets.Side.none(),
                List.of(),
                false);
        NativeBuckets custom = new NativeBuckets(
                NativeBuckets.CUSTOM_BUCKETS,
                0,
                0,
                new NativeBuckets.Side(
                        List.of(new NativeBuckets.Span(1, 1), new NativeBuckets.Span(1, 1)), List.of(2.0, 3.0)),
                NativeBuckets.Side.none(),
                List.of(0.1, 1.0, 10.0),
                false);

        Written written = Written.prometheus(
                family("e", MetricType.HISTOGRAM)
                        .add(new HistogramValue(3.0, 5.0, List.of(), exponential))
                        .build(),
                family("c", MetricType.HISTOGRAM)
                        .add(new HistogramValue(5.0, 9.0, List.of(), custom))
                        .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE e histogram
                e_sum 5
                e_count 3
                # TYPE c histogram
                c_bucket{le="0.1"} 0
                c_bucket{le="1"} 2
                c_bucket{le="10"} 2
                c_bucket{le="+Inf"} 5
                c_sum 9
                c_count 5
                """);
        assertThat(written.losses())
                .containsExactly(
                        "NATIVE_BUCKETS e: native buckets left out",
                        "NATIVE_BUCKETS c: custom buckets written as classic ones");
    }

    @Test
    void customBucketsThatNameMoreThanTheirBoundsAreLeftOut() {
        for (NativeBuckets.Span span : List.of(new NativeBuckets.Span(2, 1), new NativeBuckets.Span(-1, 1))) {
            NativeBuckets custom = new NativeBuckets(
                    NativeBuckets.CUSTOM_BUCKETS,
                    0,
                    0,
                    new NativeBuckets.Side(List.of(span), List.of(2.0)),
                    NativeBuckets.Side.none(),
                    List.of(1.0),
                    false);

            Written written = Written.prometheus(family("c", MetricType.HISTOGRAM)
                    .add(new HistogramValue(5.0, null, List.of(), custom))
                    .build());

            assertThat(written.text()).isEqualTo("# TYPE c histogram\nc_count 5\n");
            assertThat(written.losses())
                    .containsExactly(
                            "NATIVE_BUCKETS c: native buckets left out: the index of a custom bucket must be 0 to 1, got "
                                    + span.offset());
        }
    }

    @Test
    void rawSamplesStandWhereTheyAre() {
        assertLossless(
                Written.prometheus(family("h", MetricType.HISTOGRAM)
                        .add(HistogramValue.builder().count(1).build())
                        .add(new RawValue("h", 5), "a", "b")
                        .add(new RawValue("h_bucket", 6), "x", "y")
                        .add(HistogramValue.builder().count(2).build(), "a", "c")
                        .build()),
                """
                # TYPE h histogram
                h_count 1
                h{a="b"} 5
                h_bucket{x="y"} 6
                h_count{a="c"} 2
                """);
    }

    @Test
    void namesBeyondTheLegacyOnesAreQuoted() {
        StateSetValue states = new StateSetValue(List.of(new StateSetValue.State("on", true)));
        Written written = Written.prometheus(
                family("my.requests", MetricType.COUNTER)
                        .help("H")
                        .add(1)
                        .add(2, "http.code", "200", "a", "b")
                        .build(),
                family("my \"h\"", MetricType.HISTOGRAM)
                        .add(Point.of(gaugeHistogram(4)).startedAt(START))
                        .build(),
                family("my.state", MetricType.STATE_SET).add(states).build(),
                family("a:b", MetricType.STATE_SET).add(states).build());

        assertThat(written.text()).isEqualTo("""
                # HELP "my.requests" H
                # TYPE "my.requests" counter
                {"my.requests"} 1
                {"my.requests","http.code"="200",a="b"} 2
                # TYPE "my \\"h\\"" histogram
                {"my \\"h\\"_bucket",le="+Inf"} 4
                {"my \\"h\\"_sum"} 3
                {"my \\"h\\"_count"} 4
                # TYPE "my \\"h\\"_created" gauge
                {"my \\"h\\"_created"} 1520430000.123
                # TYPE "my.state" gauge
                {"my.state","my.state"="on"} 1
                # TYPE a:b gauge
                a:b{"a:b"="on"} 1
                """);
        assertThat(written.lossKinds()).containsExactly("TYPE my.state", "TYPE a:b");
    }

    @Test
    void namesBeyondTheLegacyOnesAreEscapedInVersion004() {
        StateSetValue states = new StateSetValue(List.of(new StateSetValue.State("on", true)));
        MetricSet set = MetricSet.of(
                family("my.requests", MetricType.COUNTER)
                        .add(2, "http.code", "200", "a", "b")
                        .add(new RawValue("my.requests_bucket", 1))
                        .add(new RawValue("other.name", 1))
                        .build(),
                family("a:b", MetricType.STATE_SET).add(states).build());

        Written written = Written.of(LEGACY, set);

        assertThat(written.text()).isEqualTo("""
                # TYPE my_requests counter
                my_requests{http_code="200",a="b"} 2
                my_requests_bucket 1
                other_name 1
                # TYPE a:b gauge
                a:b{a_b="on"} 1
                """);
        assertThat(written.losses())
                .containsExactly(
                        "NAME my.requests: name my.requests written my_requests (4 times)",
                        "TYPE a:b: stateset written as gauge",
                        "NAME a:b: name a:b written a_b");
    }

    @Test
    void aSuffixIsNotEscapedWithTheName() {
        WriteOptions values = LEGACY.toBuilder().escaping(EscapingScheme.VALUES).build();

        Written written = Written.of(
                values,
                MetricSet.of(family("my.h", MetricType.HISTOGRAM)
                        .add(HistogramValue.builder().count(1).build())
                        .add(new RawValue("my.h_sum", 1), "a", "b")
                        .build()));

        assertThat(written.text()).isEqualTo("""
                # TYPE U__my_2e_h histogram
                U__my_2e_h_count 1
                U__my_2e_h_sum{a="b"} 1
                """);
        assertThat(written.lossKinds()).containsExactly("NAME my.h");
    }

    @Test
    void ofTwoFamiliesThatFallTogetherTheSecondIsLeftOut() {
        Written written = Written.of(
                LEGACY,
                MetricSet.of(
                        family("a.b", MetricType.GAUGE).add(1).build(),
                        family("a_b", MetricType.HISTOGRAM)
                                .add(gaugeHistogram(1))
                                .add(gaugeHistogram(1), "x", "y")
                                .build(),
                        family("a-b", MetricType.GAUGE).build()));

        assertThat(written.text()).isEqualTo("# TYPE a_b gauge\na_b 1\n");
        assertThat(written.losses())
                .containsExactly(
                        "NAME a.b: name a.b written a_b",
                        "SAMPLE a_b: sample left out: name a_b is taken by another family (6 times)",
                        "TYPE a-b: left out: name a_b is taken by another family");
    }

    @Test
    void aSampleWhoseLabelsFallTogetherIsLeftOut() {
        Written escaped = Written.of(
                LEGACY,
                MetricSet.of(family("x", MetricType.GAUGE)
                        .add(1, "a.b", "1", "a_b", "2")
                        .add(2, "a.b", "1")
                        .build()));
        assertThat(escaped.text()).isEqualTo("# TYPE x gauge\nx{a_b=\"1\"} 2\n");
        assertThat(escaped.losses())
                .containsExactly(
                        "SAMPLE x: sample left out: two label names of {\"a.b\"=\"1\",a_b=\"2\"} fall together when escaped",
                        "NAME x: name a.b written a_b");

        StateSetValue states = new StateSetValue(List.of(new StateSetValue.State("on", true)));
        Written twice = Written.prometheus(
                family("h", MetricType.HISTOGRAM)
                        .add(gaugeHistogram(1), "le", "1")
                        .build(),
                family("s", MetricType.SUMMARY)
                        .add(SummaryValue.builder().quantile(0.5, 1).count(1).build(), "quantile", "1")
                        .build(),
                family("t", MetricType.STATE_SET).add(states, "t", "1").build());
        assertThat(twice.text()).isEqualTo("""
                # TYPE h histogram
                h_sum{le="1"} 3
                h_count{le="1"} 1
                # TYPE s summary
                s_count{quantile="1"} 1
                # TYPE t gauge
                """);
        assertThat(twice.losses())
                .containsExactly(
                        "SAMPLE h: sample left out: its metric {le=\"1\"} has a label le",
                        "SAMPLE s: sample left out: its metric {quantile=\"1\"} has a label quantile",
                        "TYPE t: stateset written as gauge",
                        "SAMPLE t: sample left out: its metric {t=\"1\"} has a label t");
    }

    @Test
    void aFamilyNamedLikeASampleBeforeItHasNoHeader() {
        Written written = Written.prometheus(
                family("x", MetricType.HISTOGRAM).add(gaugeHistogram(1)).build(),
                family("x_count", MetricType.GAUGE).help("H").add(2, "a", "b").build(),
                family("x_sum", MetricType.UNKNOWN).add(2, "a", "b").build(),
                family("y", MetricType.GAUGE).add(new RawValue("z", 1)).build(),
                family("z", MetricType.COUNTER).add(2, "a", "b").build());

        assertThat(written.text()).isEqualTo("""
                # TYPE x histogram
                x_bucket{le="+Inf"} 1
                x_sum 3
                x_count 1
                x_count{a="b"} 2
                x_sum{a="b"} 2
                # TYPE y gauge
                z 1
                z{a="b"} 2
                """);
        assertThat(written.losses())
                .containsExactly(
                        "TYPE x_count: type left out: name x_count stood in another family",
                        "HELP x_count: help left out: name x_count stood in another family",
                        "TYPE z: type left out: name z stood in another family");
    }

    @Test
    void namesThatAFamilysTypeDoesNotTakeAreFree() {
        SummaryValue summary = SummaryValue.builder().count(1).build();

        assertLossless(
                Written.prometheus(
                        family("x", MetricType.SUMMARY).add(summary).build(),
                        family("x_bucket", MetricType.GAUGE).add(1).build(),
                        family("y", MetricType.GAUGE).add(1).build(),
                        family("y_count", MetricType.GAUGE).add(1).build()),
                """
                # TYPE x summary
                x_count 1
                # TYPE x_bucket gauge
                x_bucket 1
                # TYPE y gauge
                y 1
                # TYPE y_count gauge
                y_count 1
                """);
    }

    @Test
    void valuesOfAnotherTypeTakeTheirNamesToo() {
        SummaryValue summary = SummaryValue.builder().count(1).build();

        Written written = Written.prometheus(
                family("x", MetricType.SUMMARY).add(gaugeHistogram(1)).build(),
                family("x_bucket", MetricType.GAUGE).add(1, "a", "b").build(),
                family("x_sum", MetricType.GAUGE).add(1, "a", "b").build(),
                family("y", MetricType.GAUGE).add(summary).build(),
                family("y_count", MetricType.GAUGE).add(1, "a", "b").build());

        assertThat(written.text())
                .contains("# TYPE x summary", "# TYPE y gauge")
                .doesNotContain("# TYPE x_bucket", "# TYPE x_sum", "# TYPE y_count");
        assertThat(written.lossKinds())
                .containsExactly("TYPE x", "TYPE x_bucket", "TYPE x_sum", "TYPE y", "TYPE y_count");
    }

    @Test
    void aFamilyInPiecesHasOneHeader() {
        MetricFamily first = family("x", MetricType.GAUGE)
                .help("H")
                .unit("u")
                .add(1, "i", "0")
                .build();
        MetricFamily second = family("x", MetricType.GAUGE)
                .help("H")
                .unit("u")
                .add(2, "i", "1")
                .build();

        Written written =
                Written.parts(OPTIONS, new FamilyPart(first, true, false), new FamilyPart(second, false, true));

        assertThat(written.text()).isEqualTo("""
                # HELP x H
                # TYPE x gauge
                x{i="0"} 1
                x{i="1"} 2
                """);
        assertThat(written.losses()).containsExactly("UNIT x: unit u left out");
    }

    @Test
    void partsOfValuesOfAnotherTypeStandBehindTheFamily() {
        SummaryValue summary =
                SummaryValue.builder().quantile(0.5, 3).count(2).sum(4).build();

        Written written = Written.prometheus(family("x", MetricType.UNKNOWN)
                .add(summary, "a", "1")
                .add(summary, "a", "2")
                .build());

        // Between the lines of x they would be where x comes back.
        assertThat(written.text()).isEqualTo("""
                x{a="1",quantile="0.5"} 3
                x{a="2",quantile="0.5"} 3
                x_sum{a="1"} 4
                x_sum{a="2"} 4
                x_count{a="1"} 2
                x_count{a="2"} 2
                """);
        assertThat(written.losses())
                .containsExactly("TYPE x: taken apart into its samples: a value of another type (2 times)");
    }
}
