package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What OpenMetrics 2.0 cannot hold as it is: the type gives way, or the report says what went. */
class OpenMetrics2LossTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final Timestamp START = Timestamp.ofSeconds(5);

    /**
     * A value that breaks a rule of its type.
     *
     * @param lines the lines that it has all the same, but for the one of the type
     * @param why the reason given
     */
    private record Case(MetricType type, Value value, String lines, String why) {
        @Override
        public String toString() {
            return type + " " + value;
        }
    }

    private static HistogramValue.Builder histogram(double count, double sum) {
        return HistogramValue.builder().count(count).sum(sum);
    }

    private static NativeBuckets nativeBuckets(double zeroThreshold, double zeroCount, int index, double count) {
        NativeBuckets.Side side = new NativeBuckets.Side(List.of(new NativeBuckets.Span(index, 1)), List.of(count));
        return new NativeBuckets(0, zeroThreshold, zeroCount, side, NativeBuckets.Side.none(), List.of(), false);
    }

    private static SummaryValue summary(double quantile, double value) {
        return SummaryValue.builder().quantile(quantile, value).count(1).sum(2).build();
    }

    static List<Case> unknownAsAWhole() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(MetricType.COUNTER, Point.of(-1).value(), "x -1", "its value is negative"));
        cases.add(new Case(MetricType.COUNTER, Point.of(Double.NaN).value(), "x NaN", "its value is NaN"));
        cases.add(new Case(MetricType.INFO, new InfoValue(), "x 1", "its name does not end in _info"));
        cases.add(new Case(
                MetricType.GAUGE,
                histogram(1, 2).bucket(INF, 1).build(),
                "x {count:1,sum:2,bucket:[+Inf:1]}",
                "it holds a value of another type than gauge"));
        cases.add(new Case(
                MetricType.HISTOGRAM,
                histogram(-1, 2).bucket(1, -2).bucket(INF, -1).build(),
                "x {gcount:-1,gsum:2,bucket:[1:-2,+Inf:-1]}",
                "its counts are negative or fall"));
        cases.add(new Case(
                MetricType.HISTOGRAM,
                histogram(1, 2).bucket(1, 2).bucket(INF, 1).build(),
                "x {gcount:1,gsum:2,bucket:[1:2,+Inf:1]}",
                "its counts are negative or fall"));
        cases.add(new Case(
                MetricType.HISTOGRAM,
                histogram(1, 2).nativeBuckets(nativeBuckets(0, 2, 1, -1)).build(),
                "x {gcount:1,gsum:2,schema:0,zero_threshold:0,zero_count:2,positive_spans:[1:1],positive_buckets:[-1]}",
                "its counts are negative or fall"));
        cases.add(new Case(
                MetricType.SUMMARY,
                histogram(1, 2).bucket(INF, 1).build(),
                "x {count:1,sum:2,bucket:[+Inf:1]}",
                "it holds a value of another type than summary"));
        cases.add(new Case(MetricType.HISTOGRAM, new RawValue("x", 5), "x 5", "sample x is not part of it"));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("unknownAsAWhole")
    void theTypeGivesWay(Case one) {
        Written written = Written.openMetrics2(
                MetricFamily.builder("x", one.type()).add(one.value()).build());

        assertThat(written.text()).isEqualTo("# TYPE x unknown\n" + one.lines() + "\n# EOF\n");
        assertThat(written.losses())
                .containsExactly("TYPE x: " + one.type().keyword() + " written as unknown: " + one.why());
    }

    static List<Case> takenApart() {
        List<Case> cases = new ArrayList<>();
        String h = "x_bucket{le=\"+Inf\"} 1\n";
        cases.add(new Case(
                MetricType.HISTOGRAM,
                HistogramValue.builder().sum(2).bucket(INF, 1).build(),
                h + "x_sum 2",
                "it has no count"));
        cases.add(new Case(
                MetricType.GAUGE_HISTOGRAM,
                HistogramValue.builder().count(1).bucket(INF, 1).build(),
                h + "x_gcount 1",
                "it has no sum"));
        cases.add(new Case(
                MetricType.HISTOGRAM,
                histogram(1, 2).bucket(0.5, 1).build(),
                "x_bucket{le=\"0.5\"} 1\nx_count 1\nx_sum 2",
                "it has no +Inf bucket"));
        cases.add(new Case(MetricType.HISTOGRAM, histogram(1, 2).build(), "x_count 1\nx_sum 2", "it has no buckets"));
        cases.add(new Case(
                MetricType.HISTOGRAM,
                histogram(2, 2).bucket(INF, 1).build(),
                h + "x_count 2\nx_sum 2",
                "count and +Inf bucket differ"));
        cases.add(new Case(
                MetricType.HISTOGRAM,
                histogram(1, 2).bucket(-INF, 1).bucket(INF, 1).build(),
                "x_bucket{le=\"-Inf\"} 1\n" + h + "x_count 1\nx_sum 2",
                "infinity is not in the sum"));
        cases.add(new Case(MetricType.SUMMARY, new SummaryValue(null, 2.0, List.of()), "x_sum 2", "it has no count"));
        cases.add(new Case(
                MetricType.SUMMARY,
                new SummaryValue(1.5, 2.0, List.of()),
                "x_count 1.5\nx_sum 2",
                "count is no integer"));
        cases.add(new Case(
                MetricType.SUMMARY,
                new SummaryValue(-1.0, 2.0, List.of()),
                "x_count -1\nx_sum 2",
                "count is negative"));
        cases.add(new Case(
                MetricType.SUMMARY, new SummaryValue(1.0, -2.0, List.of()), "x_count 1\nx_sum -2", "sum is negative"));
        cases.add(new Case(
                MetricType.SUMMARY,
                summary(1.5, 1),
                "x{quantile=\"1.5\"} 1\nx_count 1\nx_sum 2",
                "quantile 1.5 is not within 0 and 1"));
        cases.add(new Case(
                MetricType.SUMMARY,
                summary(0.5, -1),
                "x{quantile=\"0.5\"} -1\nx_count 1\nx_sum 2",
                "a quantile's value is negative"));
        cases.add(new Case(MetricType.UNKNOWN, new SummaryValue(1.0, null, List.of()), "x_count 1", "it has no sum"));
        cases.add(new Case(
                MetricType.HISTOGRAM, new RawValue("x_bucket", 5), "x_bucket 5", "sample x_bucket is not part of it"));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("takenApart")
    void whatIsNoValueIsTakenApart(Case one) {
        Written written = Written.openMetrics2(MetricFamily.builder("x", one.type())
                .unit("s")
                .help("H")
                .add(one.value())
                .build());

        StringBuilder expected = new StringBuilder();
        String last = "";
        for (String line : one.lines().split("\n", -1)) {
            String name = line.split("[{ ]", -1)[0];
            if (!name.equals(last)) {
                expected.append("# TYPE " + name + " unknown\n# HELP " + name + " H\n");
            }
            expected.append(line).append('\n');
            last = name;
        }
        assertThat(written.text()).isEqualTo(expected + "# EOF\n");
        assertThat(written.losses())
                .containsExactly(
                        "TYPE x: " + one.type().keyword() + " taken apart into unknown families: " + one.why(),
                        "UNIT x: unit s left out");
    }

    @Test
    void takenApartAFamilyHasNoExemplarsNoStartsAndNoNativeBuckets() {
        Exemplar exemplar = new Exemplar(Labels.of(), 1, START);
        HistogramValue value = histogram(1, 2)
                .nativeBuckets(nativeBuckets(0, 0, 1, 1))
                .bucket(0.5, 1, exemplar)
                .build();

        Written written = Written.openMetrics2(MetricFamily.builder("x", MetricType.HISTOGRAM)
                .add(Point.of(value).startedAt(START).withExemplars(exemplar))
                .build());

        assertThat(written.losses())
                .containsExactly(
                        "TYPE x: histogram taken apart into unknown families: it has no +Inf bucket",
                        "NATIVE_BUCKETS x: native buckets left out",
                        "EXEMPLAR x: exemplar left out: its family is taken apart (2 times)",
                        "START_TIMESTAMP x: start timestamp left out: its family is taken apart");
    }

    @Test
    void labelsThatValuesNeedAreNotThere() {
        Written written = Written.openMetrics2(
                MetricFamily.builder("h", MetricType.HISTOGRAM)
                        .add(histogram(1, 2).bucket(INF, 1).build(), "le", "x")
                        .build(),
                MetricFamily.builder("n", MetricType.HISTOGRAM)
                        .add(
                                histogram(1, 2)
                                        .nativeBuckets(nativeBuckets(0, 1, 1, 0))
                                        .build(),
                                "le",
                                "x")
                        .build(),
                MetricFamily.builder("s", MetricType.SUMMARY)
                        .add(summary(0.5, 1), "quantile", "x")
                        .build(),
                MetricFamily.builder("p", MetricType.STATE_SET)
                        .add(new StateSetValue(List.of(new StateSetValue.State("a", true))), "p", "x")
                        .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE h_count unknown
                h_count{le="x"} 1
                # TYPE h_sum unknown
                h_sum{le="x"} 2
                # TYPE n histogram
                n{le="x"} {count:1,sum:2,schema:0,zero_threshold:0,zero_count:1,positive_spans:[1:1],positive_buckets:[0]}
                # TYPE s unknown
                s{quantile="x"} {count:1,sum:2,quantile:[0.5:1]}
                # TYPE p unknown
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "TYPE h: histogram taken apart into unknown families: a metric has a label le",
                        "SAMPLE h: sample left out: its metric {le=\"x\"} has a label that it needs",
                        "TYPE s: summary written as unknown: a metric has a label quantile",
                        "TYPE p: stateset taken apart into unknown families: a metric has a label p",
                        "SAMPLE p: sample left out: its metric {p=\"x\"} has a label that it needs");
    }

    static List<Case> brokenNativeBuckets() {
        NativeBuckets.Side overlapping = new NativeBuckets.Side(
                List.of(new NativeBuckets.Span(0, 1), new NativeBuckets.Span(-1, 1)), List.of(1.0, 0.0));
        return List.of(
                broken(nativeBuckets(-1, 0, 1, 1), 2, "the zero threshold must be at least 0 and finite, got -1.0"),
                broken(
                        nativeBuckets(INF, 0, 1, 1),
                        2,
                        "the zero threshold must be at least 0 and finite, got Infinity"),
                broken(
                        nativeBuckets(Double.NaN, 0, 1, 1),
                        2,
                        "the zero threshold must be at least 0 and finite, got NaN"),
                broken(nativeBuckets(0, 1, 1, 1), 2, "they count more than the count"),
                broken(nativeBuckets(0, 0, 1, 0.5), 2, "they count less than the count"),
                broken(
                        nativeBuckets(0, 0, 1026, 1),
                        INF,
                        "the index of a positive bucket must be -1074 to 1025, got 1026"),
                broken(nativeBuckets(0, 0, 1025, 1), 2, "infinity is not in the sum"),
                broken(
                        new NativeBuckets(0, 0, 0, NativeBuckets.Side.none(), overlapping, List.of(), false),
                        2,
                        "only the first span may have a negative offset, got -1 in negative span 1"));
    }

    private static Case broken(NativeBuckets buckets, double sum, String why) {
        return new Case(
                MetricType.HISTOGRAM,
                histogram(1, sum).nativeBuckets(buckets).bucket(INF, 1).build(),
                "x {count:1,sum:" + (sum == INF ? "+Inf" : "2") + ",bucket:[+Inf:1]}",
                why);
    }

    @ParameterizedTest
    @MethodSource("brokenNativeBuckets")
    void nativeBucketsThatCannotBeLeaveTheClassicOnes(Case one) {
        Written written = Written.openMetrics2(
                MetricFamily.builder("x", one.type()).add(one.value()).build());

        assertThat(written.text()).isEqualTo("# TYPE x histogram\n" + one.lines() + "\n# EOF\n");
        assertThat(written.losses()).containsExactly("NATIVE_BUCKETS x: native buckets left out: " + one.why());
    }

    @Test
    void nativeBucketsMayReachInfinityAndMissNaN() {
        Written written = Written.openMetrics2(MetricFamily.builder("x", MetricType.HISTOGRAM)
                .add(histogram(1, INF)
                        .nativeBuckets(nativeBuckets(0, 0, 1025, 1))
                        .build())
                .add(
                        histogram(3, Double.NaN)
                                .nativeBuckets(nativeBuckets(0, 0, 1, 1))
                                .build(),
                        "i",
                        "1")
                .build());

        assertThat(written.losses()).isEmpty();
        assertThat(written.text()).contains("positive_spans:[1025:1]").contains("{count:3,sum:NaN,schema:0,");
    }

    @Test
    void customBucketsBecomeClassicOnes() {
        NativeBuckets custom = new NativeBuckets(
                NativeBuckets.CUSTOM_BUCKETS,
                0,
                0,
                new NativeBuckets.Side(List.of(new NativeBuckets.Span(0, 2)), List.of(1.0, 2.0)),
                NativeBuckets.Side.none(),
                List.of(0.5),
                false);

        Written written = Written.openMetrics2(MetricFamily.builder("x", MetricType.HISTOGRAM)
                .add(histogram(3, 2).nativeBuckets(custom).build())
                .build());

        assertThat(written.text()).isEqualTo("# TYPE x histogram\nx {count:3,sum:2,bucket:[0.5:1,+Inf:3]}\n# EOF\n");
        assertThat(written.losses()).containsExactly("NATIVE_BUCKETS x: custom buckets written as classic ones");
    }

    @Test
    void exemplarsOfBucketsMoveToTheirHistogram() {
        Exemplar first = new Exemplar(Labels.of("t", "1"), 0.5, START);
        Exemplar second = new Exemplar(Labels.of("t", "2"), 3, START);
        Exemplar third = new Exemplar(Labels.of("t", "3"), 4, START);
        HistogramValue value =
                histogram(2, 3).bucket(1, 1, first).bucket(INF, 2, second).build();

        Written written = Written.openMetrics2(MetricFamily.builder("x", MetricType.HISTOGRAM)
                .add(Point.of(value).withExemplars(third))
                .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE x histogram
                x {count:2,sum:3,bucket:[1:1,+Inf:2]} # {t="1"} 0.5 5 # {t="2"} 3 5 # {t="3"} 4 5
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly("EXEMPLAR x: exemplar moved from its bucket to the whole histogram (2 times)");
    }

    @Test
    void exemplarsNeedATimestamp() {
        Exemplar timeless = new Exemplar(Labels.of(), 1, null);

        Written written = Written.openMetrics2(
                MetricFamily.builder("a", MetricType.COUNTER)
                        .add(Point.of(1).withExemplars(timeless))
                        .build(),
                MetricFamily.builder("h", MetricType.HISTOGRAM)
                        .add(histogram(1, 2).bucket(INF, 1, timeless).build())
                        .build());

        assertThat(written.text()).doesNotContain(" # ");
        assertThat(written.losses())
                .containsExactly(
                        "EXEMPLAR a: exemplar left out: it has no timestamp",
                        "EXEMPLAR h: exemplar left out: it has no timestamp");
    }

    @Test
    void labelNamesOfAnExemplarMayFallTogether() {
        WriteOptions options = WriteOptions.builder(ExpositionFormat.OPENMETRICS_2)
                .escaping(EscapingScheme.UNDERSCORES)
                .build();
        Exemplar exemplar = new Exemplar(Labels.of("a.b", "1", "a_b", "2"), 1, START);

        Written written = Written.of(
                options,
                MetricSet.of(MetricFamily.builder("a", MetricType.COUNTER)
                        .add(Point.of(1).withExemplars(exemplar))
                        .build()));

        assertThat(written.losses())
                .containsExactly("EXEMPLAR a: exemplar left out: two of its label names fall together");
    }

    @Test
    void gaugeHistogramsHaveNoStart() {
        Written written = Written.openMetrics2(MetricFamily.builder("g", MetricType.GAUGE_HISTOGRAM)
                .unit("per cent")
                .add(Point.of(histogram(1, 2).bucket(INF, 1).build()).startedAt(START))
                .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE g gaugehistogram
                g {gcount:1,gsum:2,bucket:[+Inf:1]}
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "UNIT g: unit per cent left out",
                        "START_TIMESTAMP g: start timestamp left out: gaugehistogram has none");
    }

    @Test
    void withoutTheLineOfAStateStartAndExemplarsHaveNone() {
        Exemplar exemplar = new Exemplar(Labels.of(), 1, START);
        StateSetValue states = new StateSetValue(List.of(new StateSetValue.State("s", true)));

        Written written = Written.openMetrics2(
                MetricFamily.builder("p", MetricType.STATE_SET)
                        .unit("s")
                        .add(Point.of(new StateSetValue(List.of()))
                                .startedAt(START)
                                .withExemplars(exemplar, exemplar))
                        .build(),
                MetricFamily.builder("q", MetricType.STATE_SET)
                        .add(Point.of(states).startedAt(START).withExemplars(exemplar))
                        .add(5, "a", "1")
                        .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE p stateset
                # TYPE q unknown
                q{q="s"} 1
                q{a="1"} 5
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "UNIT p: unit s left out",
                        "EXEMPLAR p: exemplar left out: its stateset has no states (2 times)",
                        "START_TIMESTAMP p: start timestamp left out: its stateset has no states",
                        "TYPE q: stateset written as unknown: it holds a value of another type than stateset",
                        "EXEMPLAR q: exemplar left out: its stateset is written as unknown",
                        "START_TIMESTAMP q: start timestamp left out: its stateset is written as unknown");
    }

    @Test
    void theTextDoesNotSayWhetherCountsAreIntegersOrFloats() {
        NativeBuckets wholeFloats =
                NativeBuckets.builder(0).positive(1, 2).floatCounts().build();
        NativeBuckets broken = nativeBuckets(0, 0.5, 1, 1.5);

        Written written = Written.openMetrics2(
                MetricFamily.builder("f", MetricType.HISTOGRAM)
                        .add(histogram(2, 3).nativeBuckets(wholeFloats).build())
                        .build(),
                MetricFamily.builder("i", MetricType.HISTOGRAM)
                        .add(histogram(2, 3).nativeBuckets(broken).build())
                        .build());

        assertThat(written.text()).contains("positive_buckets:[2]").contains("positive_buckets:[1.5]");
        assertThat(written.losses())
                .containsExactly(
                        "NATIVE_BUCKETS f: float counts that are whole are read back as integers",
                        "NATIVE_BUCKETS i: integer counts that are fractions are read back as floats");
    }

    @Test
    void noEmptyBucketIsNamedBeyondInfinity() {
        NativeBuckets.Side far =
                new NativeBuckets.Side(List.of(new NativeBuckets.Span(1024, 3)), List.of(1.0, 0.0, 0.0));
        NativeBuckets buckets = new NativeBuckets(0, 0, 0, far, NativeBuckets.Side.none(), List.of(), false);

        Written written = Written.openMetrics2(MetricFamily.builder("x", MetricType.HISTOGRAM)
                .add(histogram(1, 2).nativeBuckets(buckets).build())
                .build());

        assertThat(written.text()).contains("positive_spans:[1024:1],positive_buckets:[1]}");
        assertThat(written.losses()).isEmpty();
    }

    @Test
    void pointsMustRise() {
        Written written = Written.openMetrics2(MetricFamily.builder("a", MetricType.GAUGE)
                .add(new Metric(
                        Labels.of(), List.of(Point.of(1).at(START), Point.of(2).at(START))))
                .build());

        assertThat(written.text()).isEqualTo("# TYPE a gauge\na 2 5\n# EOF\n");
        assertThat(written.losses()).containsExactly("POINT a: point left out: timestamps do not rise");
    }

    @Test
    void aSeriesStandsOnceWhateverItsEmptyLabels() {
        MetricFamily family = MetricFamily.builder("a", MetricType.GAUGE)
                .add(1, "b", "")
                .add(2)
                .add(3, "b", "1")
                .build();

        Written whole = Written.openMetrics2(family);
        Written inPieces = Written.parts(WriteOptions.of(ExpositionFormat.OPENMETRICS_2), Written.piecesOf(family));

        assertThat(whole.text()).isEqualTo("# TYPE a gauge\na{b=\"\"} 1\na{b=\"1\"} 3\n# EOF\n");
        assertThat(whole.losses()).containsExactly("SAMPLE a: sample left out: its series stand twice, labels {}");
        assertThat(inPieces).isEqualTo(whole);
    }

    @Test
    void namesThatEscapingMakesOneBelongToTheFirst() {
        WriteOptions options = WriteOptions.builder(ExpositionFormat.OPENMETRICS_2)
                .escaping(EscapingScheme.UNDERSCORES)
                .build();
        Written written = Written.of(
                options,
                MetricSet.of(
                        MetricFamily.builder("a.b", MetricType.GAUGE).add(1).build(),
                        MetricFamily.builder("a_b", MetricType.GAUGE).add(2).build()));

        assertThat(written.text()).isEqualTo("# TYPE a_b gauge\na_b 1\n# EOF\n");
        assertThat(written.losses())
                .containsExactly(
                        "NAME a.b: name a.b written a_b",
                        "SAMPLE a_b: sample left out: name a_b belongs to family a.b");
    }

    @Test
    void aFamilyTakenApartLeavesOthersTheirNames() {
        Written written = Written.openMetrics2(
                MetricFamily.builder("h", MetricType.HISTOGRAM)
                        .add(histogram(1, 2).build())
                        .build(),
                MetricFamily.builder("h_sum", MetricType.GAUGE).add(7).build());

        assertThat(written.text()).isEqualTo("# TYPE h_count unknown\nh_count 1\n# TYPE h_sum gauge\nh_sum 7\n# EOF\n");
        assertThat(written.losses())
                .containsExactly(
                        "TYPE h: histogram taken apart into unknown families: it has no buckets",
                        "SAMPLE h: sample left out: name h_sum belongs to another family");
    }

    @Test
    void unannouncedALaterFamilyFindsItsNameTaken() {
        Written written = Written.inTurn(
                WriteOptions.of(ExpositionFormat.OPENMETRICS_2),
                MetricFamily.builder("h", MetricType.HISTOGRAM)
                        .add(histogram(1, 2).build())
                        .build(),
                MetricFamily.builder("h_sum", MetricType.GAUGE).add(7).build());

        assertThat(written.text())
                .isEqualTo("# TYPE h_count unknown\nh_count 1\n# TYPE h_sum unknown\nh_sum 2\n# EOF\n");
        assertThat(written.losses())
                .containsExactly(
                        "TYPE h: histogram taken apart into unknown families: it has no buckets",
                        "SAMPLE h_sum: sample left out: name h_sum belongs to family h");
    }

    @Test
    void reservedNamesAreWrittenAndReported() {
        Written written = Written.openMetrics2(
                MetricFamily.builder("_a", MetricType.GAUGE).add(1).build(),
                MetricFamily.builder("b", MetricType.GAUGE)
                        .add(1, "__type__", "gauge", "__unit__", "s", "_c", "")
                        .build());

        assertThat(written.text()).isEqualTo("""
                # TYPE _a gauge
                _a 1
                # TYPE b gauge
                b{__type__="gauge",__unit__="s",_c=""} 1
                # EOF
                """);
        assertThat(written.losses())
                .containsExactly(
                        "NAME _a: name _a written although it is reserved",
                        "NAME b: label _c written although it is reserved");
    }

    @Test
    void laterPiecesMustFitTheHeaderThatStands() {
        MetricFamily family = MetricFamily.builder("h", MetricType.HISTOGRAM)
                .add(histogram(1, 2).bucket(INF, 1).build(), "i", "1")
                .add(
                        histogram(1, 2)
                                .nativeBuckets(nativeBuckets(0, 0, 1, 1))
                                .bucket(1, 1)
                                .build(),
                        "i",
                        "2")
                .build();

        Written written = Written.parts(WriteOptions.of(ExpositionFormat.OPENMETRICS_2), Written.piecesOf(family));

        assertThat(written.text()).isEqualTo("# TYPE h histogram\nh{i=\"1\"} {count:1,sum:2,bucket:[+Inf:1]}\n# EOF\n");
        assertThat(written.losses())
                .containsExactly(
                        "SAMPLE h: sample left out: it has no +Inf bucket (3 times)",
                        "NATIVE_BUCKETS h: native buckets left out with their sample");
    }
}
