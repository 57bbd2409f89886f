package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.graphite.GraphiteValues.Counters;
import dev.exposit.graphite.GraphiteValues.Histograms;
import dev.exposit.graphite.GraphiteValues.NotFinite;
import dev.exposit.graphite.GraphiteValues.Times;
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
import dev.exposit.parser.Exposition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleWalkTest {
    private static final long NOW = 1_700_000_000;

    /** Shows series as they are, {@code a{b=c}}; all values of a label {@code same} look alike. */
    private static final class PlainPaths extends PathEncoder {
        private Labels labels = Labels.of();

        @Override
        boolean isSanitised() {
            return false;
        }

        @Override
        void metric(Labels labels) {
            this.labels = labels;
        }

        @Override
        @Nullable
        DropReason path(String sampleName, @Nullable String label, @Nullable String value, PathBuffer into) {
            Labels all = label == null || value == null ? labels : labels.with(label, value);
            if (all.contains("same")) {
                all = all.with("same", "x");
            }
            if (sampleName.length() > 100) {
                return DropReason.NAME;
            }
            byte[] bytes = (sampleName + all).getBytes(StandardCharsets.UTF_8);
            into.add(bytes, 0, bytes.length);
            return null;
        }
    }

    private final SeriesTable series = new SeriesTable();
    private final BridgeStatistics statistics = new BridgeStatistics();
    private final List<String> lines = new ArrayList<>();

    private final BatchEncoder out = new BatchEncoder() {
        @Override
        public boolean add(PathBuffer path, double value, long seconds) {
            if (path.length() > 60) {
                return false;
            }
            lines.add(path + " " + value + (seconds == NOW ? "" : " " + seconds));
            return true;
        }

        @Override
        public void flush() {}
    };

    private List<String> walk(GraphiteValues values, MetricFamily... families) {
        return walk(values, Collisions.DROP, families);
    }

    private List<String> walk(GraphiteValues values, Collisions collisions, MetricFamily... families) {
        lines.clear();
        series.beginPush();
        SampleWalk walk = new SampleWalk(values, collisions, series, statistics, out, new PlainPaths(), 0, NOW);
        try {
            for (MetricFamily family : families) {
                walk.walk(family);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return List.copyOf(lines);
    }

    private static MetricFamily histogram(MetricType type, HistogramValue value) {
        return MetricFamily.builder("h", type).add(value).build();
    }

    private static final HistogramValue CLASSIC = HistogramValue.builder()
            .bucket(0.5, 2)
            .bucket(1, 4)
            .bucket(Double.POSITIVE_INFINITY, 4)
            .count(4)
            .sum(2)
            .build();

    @Test
    void everyTypeIsTakenApartIntoItsSamples() {
        assertThat(walk(
                        GraphiteValues.defaults(),
                        MetricFamily.builder("c_total", MetricType.COUNTER)
                                .add(Point.of(3).startedAt(Timestamp.ofMillis(1500)), "a", "b")
                                .build(),
                        MetricFamily.builder("g", MetricType.GAUGE).add(-0.5).build(),
                        histogram(MetricType.HISTOGRAM, CLASSIC),
                        MetricFamily.builder("gh", MetricType.GAUGE_HISTOGRAM)
                                .add(CLASSIC)
                                .build(),
                        MetricFamily.builder("s", MetricType.SUMMARY)
                                .add(SummaryValue.builder()
                                        .quantile(0.99, 7)
                                        .count(2)
                                        .sum(9)
                                        .build())
                                .build(),
                        MetricFamily.builder("i_info", MetricType.INFO)
                                .add(new InfoValue(), "version", "1")
                                .build(),
                        MetricFamily.builder("st", MetricType.STATE_SET)
                                .add(new StateSetValue(List.of(
                                        new StateSetValue.State("on", true), new StateSetValue.State("off", false))))
                                .build(),
                        MetricFamily.builder("r", MetricType.HISTOGRAM)
                                .add(new RawValue("r_bucket", 5))
                                .build()))
                .containsExactly(
                        "c_total{a=\"b\"} 3.0",
                        "c_created{a=\"b\"} 1.5",
                        "g{} -0.5",
                        "h_bucket{le=\"0.5\"} 2.0",
                        "h_bucket{le=\"1\"} 4.0",
                        "h_bucket{le=\"+Inf\"} 4.0",
                        "h_count{} 4.0",
                        "h_sum{} 2.0",
                        "gh_bucket{le=\"0.5\"} 2.0",
                        "gh_bucket{le=\"1\"} 4.0",
                        "gh_bucket{le=\"+Inf\"} 4.0",
                        "gh_gcount{} 4.0",
                        "gh_gsum{} 2.0",
                        "s{quantile=\"0.99\"} 7.0",
                        "s_count{} 2.0",
                        "s_sum{} 9.0",
                        "i_info{version=\"1\"} 1.0",
                        "st{st=\"on\"} 1.0",
                        "st{st=\"off\"} 0.0",
                        "r_bucket{} 5.0");
        assertThat(statistics.samples.sum()).isEqualTo(20);
        assertThat(statistics.dropped()).isZero();
    }

    @Test
    void boundsKeepTheirSpelling() {
        MetricSet read = Exposition.parse("""
                # TYPE h histogram
                h_bucket{le="1.0"} 1
                h_bucket{le="+Inf"} 1
                h_sum 1
                h_count 1
                """);

        assertThat(walk(GraphiteValues.defaults(), read.families().get(0))).startsWith("h_bucket{le=\"1.0\"} 1.0");
    }

    @Test
    void quantilesAreThoseOfTheHistogram() {
        GraphiteValues values =
                GraphiteValues.defaults().withHistograms(Histograms.QUANTILES).withQuantiles(0.25, 0.75);

        assertThat(walk(values, histogram(MetricType.HISTOGRAM, CLASSIC)))
                .containsExactly(
                        "h{quantile=\"0.25\"} 0.25", "h{quantile=\"0.75\"} 0.75", "h_count{} 4.0", "h_sum{} 2.0");
    }

    @Test
    void totalsHaveTheAverage() {
        GraphiteValues values = GraphiteValues.defaults().withHistograms(Histograms.TOTALS);

        assertThat(walk(values, histogram(MetricType.HISTOGRAM, CLASSIC)))
                .containsExactly("h_count{} 4.0", "h_sum{} 2.0", "h_avg{} 0.5");
    }

    @ParameterizedTest
    @EnumSource(Histograms.class)
    void nativeHistogramsAreSentInEveryForm(Histograms form) {
        HistogramValue value = HistogramValue.builder()
                .count(4)
                .sum(6)
                .nativeBuckets(NativeBuckets.builder(0).positive(1, 4).build())
                .build();

        List<String> sent = walk(
                GraphiteValues.defaults().withHistograms(form).withQuantiles(1),
                histogram(MetricType.HISTOGRAM, value));

        assertThat(sent).contains("h_count{} 4.0", "h_sum{} 6.0");
        switch (form) {
            case BUCKETS -> assertThat(sent).contains("h_bucket{le=\"2\"} 4.0", "h_bucket{le=\"+Inf\"} 4.0");
            case QUANTILES -> assertThat(sent).contains("h{quantile=\"1\"} 2.0");
            case TOTALS -> assertThat(sent).contains("h_avg{} 1.5");
        }
    }

    @Test
    void valuesThatAreNotFiniteAreLeftOutSentOrReplaced() {
        MetricFamily family = MetricFamily.builder("g", MetricType.GAUGE)
                .add(Double.NaN, "v", "1")
                .add(Double.POSITIVE_INFINITY, "v", "2")
                .add(Double.NEGATIVE_INFINITY, "v", "3")
                .build();
        GraphiteValues values = GraphiteValues.defaults();

        assertThat(walk(values, family)).isEmpty();
        assertThat(statistics.dropped(DropReason.NOT_FINITE)).isEqualTo(3);
        assertThat(walk(values.withNotFinite(NotFinite.SEND), family))
                .containsExactly("g{v=\"1\"} NaN", "g{v=\"2\"} Infinity", "g{v=\"3\"} -Infinity");
        assertThat(walk(values.withNan(NotFinite.REPLACE), family)).containsExactly("g{v=\"1\"} 0.0");
        assertThat(walk(values.withInfinities(NotFinite.REPLACE), family))
                .containsExactly("g{v=\"2\"} " + Double.MAX_VALUE, "g{v=\"3\"} -" + Double.MAX_VALUE);
    }

    @Test
    void samplesHaveTheirOwnTimeRoundedDownOrThatOfThePush() {
        MetricFamily family = MetricFamily.builder("g", MetricType.GAUGE)
                .add(Point.of(1).at(Timestamp.ofMillis(2999)))
                .build();

        assertThat(walk(GraphiteValues.defaults(), family)).containsExactly("g{} 1.0 2");
        assertThat(walk(GraphiteValues.defaults().withTimes(Times.PUSH), family))
                .containsExactly("g{} 1.0");
    }

    @Test
    void timesThatGraphiteCannotSayAreLeftOutAndCounted() {
        assertThat(walk(
                        GraphiteValues.defaults(),
                        MetricFamily.builder("g", MetricType.GAUGE)
                                .add(Point.of(1).at(Timestamp.ofSeconds(-1)), "t", "1")
                                .add(Point.of(2).at(Timestamp.ofSeconds(0)), "t", "2")
                                .add(Point.of(3).at(Timestamp.ofSeconds(4_294_967_295L)), "t", "3")
                                .add(Point.of(4).at(Timestamp.ofSeconds(4_294_967_296L)), "t", "4")
                                .build()))
                .containsExactly("g{t=\"2\"} 2.0 0", "g{t=\"3\"} 3.0 4294967295");
        assertThat(statistics.dropped(DropReason.TIMESTAMP)).isEqualTo(2);
    }

    @Test
    void allPointsOfASeriesAreSentUnderItsPath() {
        MetricFamily family = MetricFamily.builder("g", MetricType.GAUGE)
                .add(new Metric(
                        Labels.of(),
                        List.of(
                                Point.of(1).at(Timestamp.ofSeconds(10)),
                                Point.of(2).at(Timestamp.ofSeconds(20)))))
                .build();

        assertThat(walk(GraphiteValues.defaults(), family)).containsExactly("g{} 1.0 10", "g{} 2.0 20");
    }

    @Test
    void startTimestampsMayBeLeftOut() {
        MetricFamily family = MetricFamily.builder("s", MetricType.SUMMARY)
                .add(Point.of(SummaryValue.builder().count(1).build()).startedAt(Timestamp.ofSeconds(5)))
                .build();

        assertThat(walk(GraphiteValues.defaults(), family)).containsExactly("s_count{} 1.0", "s_created{} 5.0");
        assertThat(walk(GraphiteValues.defaults().withStartTimestamps(GraphiteValues.StartTimestamps.OMIT), family))
                .containsExactly("s_count{} 1.0");
    }

    @Test
    void differencesBeginWithTheSecondValueAndSurviveARestart() {
        GraphiteValues delta = GraphiteValues.defaults().withCounters(Counters.DELTA);
        MetricFamily gauge = MetricFamily.builder("g", MetricType.GAUGE).add(9).build();

        assertThat(walk(delta, counter(5), gauge)).containsExactly("g{} 9.0");
        assertThat(statistics.dropped(DropReason.FIRST_DELTA)).isEqualTo(1);
        assertThat(walk(delta, counter(7), gauge)).containsExactly("c_total{} 2.0", "g{} 9.0");
        assertThat(walk(delta, counter(7), gauge)).containsExactly("c_total{} 0.0", "g{} 9.0");
        assertThat(walk(delta, counter(3), gauge)).containsExactly("c_total{} 3.0", "g{} 9.0");
    }

    @Test
    void differencesAreOfBucketsCountsAndSumsToo() {
        GraphiteValues delta = GraphiteValues.defaults().withCounters(Counters.DELTA);
        HistogramValue later = HistogramValue.builder()
                .bucket(0.5, 3)
                .bucket(1, 6)
                .bucket(Double.POSITIVE_INFINITY, 7)
                .count(7)
                .sum(12)
                .build();
        walk(delta, histogram(MetricType.HISTOGRAM, CLASSIC));

        assertThat(walk(delta, histogram(MetricType.HISTOGRAM, later)))
                .containsExactly(
                        "h_bucket{le=\"0.5\"} 1.0",
                        "h_bucket{le=\"1\"} 2.0",
                        "h_bucket{le=\"+Inf\"} 3.0",
                        "h_count{} 3.0",
                        "h_sum{} 10.0");
        assertThat(walk(delta, histogram(MetricType.GAUGE_HISTOGRAM, CLASSIC))).contains("h_gcount{} 4.0");
    }

    private static MetricFamily counter(double value) {
        return MetricFamily.builder("c_total", MetricType.COUNTER).add(value).build();
    }

    @ParameterizedTest
    @EnumSource(Collisions.class)
    void twoSeriesOnOnePathAreNoticed(Collisions collisions) {
        List<String> sent = walk(
                GraphiteValues.defaults(),
                collisions,
                MetricFamily.builder("g", MetricType.GAUGE)
                        .add(1, "same", "1")
                        .add(2, "same", "2")
                        .build(),
                MetricFamily.builder("g2", MetricType.GAUGE).add(3).build());

        assertThat(statistics.collisions.sum()).isEqualTo(1);
        if (collisions == Collisions.DROP) {
            assertThat(sent).containsExactly("g{same=\"x\"} 1.0", "g2{} 3.0");
            assertThat(statistics.dropped(DropReason.COLLISION)).isEqualTo(1);
        } else {
            assertThat(sent).containsExactly("g{same=\"x\"} 1.0", "g{same=\"x\"} 2.0", "g2{} 3.0");
            assertThat(statistics.dropped()).isZero();
        }
    }

    @Test
    void twoSeriesOfOneMetricOnOnePathAreNoticedToo() {
        // A stateset's state and a label of the metric: the latter is replaced by the former in these paths.
        assertThat(walk(
                        GraphiteValues.defaults(),
                        MetricFamily.builder("same", MetricType.STATE_SET)
                                .add(new StateSetValue(List.of(
                                        new StateSetValue.State("on", true), new StateSetValue.State("off", false))))
                                .build()))
                .containsExactly("same{same=\"x\"} 1.0");
        assertThat(statistics.collisions.sum()).isEqualTo(1);
    }

    @Test
    void whatHasNoPathOrIsTooLongIsCounted() {
        assertThat(walk(
                        GraphiteValues.defaults(),
                        MetricFamily.builder("n".repeat(101), MetricType.GAUGE)
                                .add(1)
                                .build(),
                        MetricFamily.builder("l".repeat(90), MetricType.GAUGE)
                                .add(1)
                                .build(),
                        MetricFamily.builder("fits", MetricType.GAUGE).add(1).build()))
                .containsExactly("fits{} 1.0");
        assertThat(statistics.dropped(DropReason.NAME)).isEqualTo(1);
        assertThat(statistics.dropped(DropReason.TOO_LONG)).isEqualTo(1);
        assertThat(statistics.samples.sum()).isEqualTo(3);
    }
}
