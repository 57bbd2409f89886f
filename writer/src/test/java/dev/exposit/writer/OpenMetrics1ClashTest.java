package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Metadata;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names that clash in OpenMetrics 1.0: sample names stay, types give way. */
class OpenMetrics1ClashTest {
    private static final WriteOptions OPTIONS = WriteOptions.of(ExpositionFormat.OPENMETRICS_1);

    private static MetricFamily.Builder family(String name, MetricType type) {
        return MetricFamily.builder(name, type);
    }

    private static MetricFamily counter(String name) {
        return family(name, MetricType.COUNTER).add(1).build();
    }

    private static MetricFamily gauge(String name) {
        return family(name, MetricType.GAUGE).add(2).build();
    }

    private static MetricFamily histogram(String name) {
        HistogramValue value = HistogramValue.builder()
                .bucket(1, 3)
                .bucket(Double.POSITIVE_INFINITY, 4)
                .count(4)
                .sum(5)
                .build();
        return family(name, MetricType.HISTOGRAM)
                .help("H")
                .add(value, "a", "0")
                .add(value, "a", "1")
                .build();
    }

    private static MetricFamily summary(String name) {
        SummaryValue value =
                SummaryValue.builder().quantile(0.5, 1).count(2).sum(3).build();
        return family(name, MetricType.SUMMARY).add(value).build();
    }

    private static void assertWritten(Written written, String text, String... losses) {
        assertThat(written.text()).isEqualTo(text + "# EOF\n");
        assertThat(written.losses()).containsExactly(losses);
    }

    @Test
    void aCounterWithoutItsSuffixIsUnknown() {
        assertWritten(
                Written.openMetrics(counter("hits"), counter("_total")),
                """
                # TYPE hits unknown
                hits 1.0
                # TYPE _total unknown
                _total 1.0
                """,
                "TYPE hits: counter written as unknown: its name does not end in _total",
                "TYPE _total: counter written as unknown: its name does not end in _total");
    }

    @Test
    void anInfoWithoutItsSuffixIsUnknown() {
        assertWritten(
                Written.openMetrics(family("build", MetricType.INFO)
                        .add(new InfoValue(), "version", "1")
                        .build()),
                "# TYPE build unknown\nbuild{version=\"1\"} 1.0\n",
                "TYPE build: info written as unknown: its name does not end in _info");
    }

    @Test
    void aCounterGivesWayToAGaugeWhicheverStandsFirst() {
        String loss = "TYPE mem_total: counter written as unknown: name mem belongs to family mem";

        assertWritten(
                Written.openMetrics(gauge("mem"), counter("mem_total")),
                "# TYPE mem gauge\nmem 2.0\n# TYPE mem_total unknown\nmem_total 1.0\n",
                loss);
        assertWritten(
                Written.openMetrics(counter("mem_total"), gauge("mem")),
                "# TYPE mem_total unknown\nmem_total 1.0\n# TYPE mem gauge\nmem 2.0\n",
                loss);
    }

    @Test
    void anOutlineTellsBeforehand() {
        WriteOptions informed = OPTIONS.toBuilder()
                .outline(Outline.of(Map.of("mem", MetricType.GAUGE)))
                .build();

        assertWritten(
                Written.inTurn(informed, counter("mem_total"), gauge("mem")),
                "# TYPE mem_total unknown\nmem_total 1.0\n# TYPE mem gauge\nmem 2.0\n",
                "TYPE mem_total: counter written as unknown: name mem belongs to family mem");
    }

    @Test
    void withoutAnOutlineWhoComesFirstStays() {
        assertWritten(
                Written.inTurn(OPTIONS, counter("mem_total"), gauge("mem")),
                "# TYPE mem counter\nmem_total 1.0\n",
                "SAMPLE mem: sample left out: name mem belongs to family mem_total");
        assertWritten(
                Written.inTurn(OPTIONS, gauge("mem"), counter("mem_total")),
                "# TYPE mem gauge\nmem 2.0\n# TYPE mem_total unknown\nmem_total 1.0\n",
                "TYPE mem_total: counter written as unknown: name mem belongs to family mem");
    }

    @Test
    void anOutlineThatErrsIsCorrected() {
        WriteOptions wrong = OPTIONS.toBuilder()
                .outline(Outline.of(Map.of("mem_total", MetricType.GAUGE)))
                .build();

        assertWritten(Written.inTurn(wrong, counter("mem_total")), "# TYPE mem counter\nmem_total 1.0\n");
    }

    @Test
    void infoGivesWayToAllButCounters() {
        MetricFamily info =
                family("x_info", MetricType.INFO).add(new InfoValue()).build();

        assertWritten(
                Written.openMetrics(counter("x_total"), info),
                "# TYPE x_total unknown\nx_total 1.0\n# TYPE x info\nx_info 1.0\n",
                "TYPE x_total: counter written as unknown: name x belongs to family x_info");
        assertWritten(
                Written.openMetrics(info, summary("x")),
                """
                # TYPE x_info unknown
                x_info 1.0
                # TYPE x summary
                x{quantile="0.5"} 1.0
                x_count 2.0
                x_sum 3.0
                """,
                "TYPE x_info: info written as unknown: name x belongs to family x");
    }

    @Test
    void aStatesetStays() {
        StateSetValue states = new StateSetValue(List.of(new StateSetValue.State("on", true)));

        assertWritten(
                Written.openMetrics(
                        counter("x_total"),
                        family("x", MetricType.STATE_SET).add(states).build()),
                "# TYPE x_total unknown\nx_total 1.0\n# TYPE x stateset\nx{x=\"on\"} 1.0\n",
                "TYPE x_total: counter written as unknown: name x belongs to family x");
    }

    @Test
    void aHistogramIsTakenApart() {
        assertWritten(
                Written.openMetrics(histogram("x"), counter("y_total"), gauge("x_created")),
                """
                # TYPE y counter
                y_total 1.0
                # TYPE x_bucket unknown
                # HELP x_bucket H
                x_bucket{a="0",le="1.0"} 3.0
                x_bucket{a="0",le="+Inf"} 4.0
                x_bucket{a="1",le="1.0"} 3.0
                x_bucket{a="1",le="+Inf"} 4.0
                # TYPE x_count unknown
                # HELP x_count H
                x_count{a="0"} 4.0
                x_count{a="1"} 4.0
                # TYPE x_sum unknown
                # HELP x_sum H
                x_sum{a="0"} 5.0
                x_sum{a="1"} 5.0
                # TYPE x_created gauge
                x_created 2.0
                """,
                "TYPE x: histogram taken apart into unknown families: name x_created belongs to family x_created, and"
                        + " its values are no start timestamps of it");
    }

    @Test
    void aSummaryIsTakenApart() {
        assertWritten(
                Written.openMetrics(summary("x"), gauge("x_count")),
                """
                # TYPE x unknown
                x{quantile="0.5"} 1.0
                # TYPE x_sum unknown
                x_sum 3.0
                # TYPE x_count gauge
                x_count 2.0
                """,
                "TYPE x: summary taken apart into unknown families: name x_count belongs to family x_count",
                "SAMPLE x: sample left out: name x_count belongs to another family");
    }

    @Test
    void aGaugeHistogramIsTakenApart() {
        MetricFamily queue = family("q", MetricType.GAUGE_HISTOGRAM)
                .add(HistogramValue.builder()
                        .bucket(Double.POSITIVE_INFINITY, 4)
                        .count(4)
                        .sum(5)
                        .build())
                .build();

        assertWritten(
                Written.openMetrics(gauge("q_bucket"), queue),
                """
                # TYPE q_bucket gauge
                q_bucket 2.0
                # TYPE q_gcount unknown
                q_gcount 4.0
                # TYPE q_gsum unknown
                q_gsum 5.0
                """,
                "TYPE q: gaugehistogram taken apart into unknown families: name q_bucket belongs to family q_bucket",
                "SAMPLE q: sample left out: name q_bucket belongs to another family");
    }

    @Test
    void aNameTakenTwiceIsLeftOut() {
        assertWritten(
                Written.openMetrics(
                        gauge("a.b"),
                        gauge("a_b"),
                        family("a-b", MetricType.GAUGE).build()),
                "# TYPE a_b gauge\na_b 2.0\n",
                "NAME a.b: name a.b written a_b",
                "SAMPLE a_b: sample left out: name a_b belongs to family a.b",
                "NAME a-b: name a-b written a_b",
                "TYPE a-b: family left out: name a_b belongs to family a.b");
    }

    @Test
    void aHistogramOfWhichNoNameIsFreeIsLeftOut() {
        assertWritten(
                Written.openMetrics(
                        summary("a.b"),
                        family("a_b", MetricType.SUMMARY)
                                .add(summary("z").metrics().get(0))
                                .build()),
                """
                # TYPE a_b summary
                a_b{quantile="0.5"} 1.0
                a_b_count 2.0
                a_b_sum 3.0
                """,
                "NAME a.b: name a.b written a_b",
                "SAMPLE a_b: sample left out: name a_b belongs to family a.b (3 times)");
    }

    @Test
    void whatGivesWayLosesItsUnitAndStartTimestamps() {
        MetricFamily bytes = family("x_bytes_total", MetricType.COUNTER)
                .unit("bytes")
                .add(Point.of(1).startedAt(Timestamp.ofSeconds(1)))
                .build();
        MetricFamily sizes = new MetricFamily(
                new Metadata("y_bytes", MetricType.SUMMARY, "bytes", ""),
                summary("y_bytes").metrics());

        Written written = Written.openMetrics(bytes, gauge("x_bytes"), sizes, gauge("y_bytes_sum"));

        assertThat(written.losses())
                .containsExactly(
                        "TYPE x_bytes_total: counter written as unknown: name x_bytes belongs to family x_bytes",
                        "UNIT x_bytes_total: unit bytes left out",
                        "START_TIMESTAMP x_bytes_total: start timestamp left out: unknown has none",
                        "TYPE y_bytes: summary taken apart into unknown families: name y_bytes_sum belongs to family y_bytes_sum",
                        "UNIT y_bytes: unit bytes left out",
                        "SAMPLE y_bytes: sample left out: name y_bytes_sum belongs to another family");
    }

    @Test
    void aFamilyThatComesBackIsLeftOut() {
        assertWritten(
                Written.inTurn(
                        OPTIONS,
                        gauge("x"),
                        counter("y_total"),
                        family("x", MetricType.GAUGE).add(1, "a", "b").build(),
                        family("y_total", MetricType.COUNTER).build()),
                "# TYPE x gauge\nx 2.0\n# TYPE y counter\ny_total 1.0\n",
                "SAMPLE x: sample left out: a family of that name has been written before",
                "TYPE y_total: family left out: a family of that name has been written before");
    }

    @Test
    void whatGaveWayLeavesItsNamesToOthers() {
        MetricFamily negative = family("x_total", MetricType.COUNTER).add(-1).build();
        MetricFamily noBuckets = family("h", MetricType.HISTOGRAM)
                .add(HistogramValue.builder().count(1).build())
                .build();

        assertWritten(
                Written.inTurn(OPTIONS, negative, gauge("x"), noBuckets, gauge("h_sum"), gauge("h_count")),
                """
                # TYPE x_total unknown
                x_total -1.0
                # TYPE x gauge
                x 2.0
                # TYPE h_count unknown
                h_count 1.0
                # TYPE h_sum gauge
                h_sum 2.0
                """,
                "TYPE x_total: counter written as unknown: its value is negative",
                "TYPE h: histogram taken apart into unknown families: it has no +Inf bucket",
                "SAMPLE h_count: sample left out: name h_count belongs to family h");
    }

    @Test
    void anEmptyFamilyThatIsTakenApartLeavesItsHeader() {
        assertWritten(
                Written.openMetrics(family("x", MetricType.HISTOGRAM).help("H").build(), gauge("x_count")),
                "# TYPE x unknown\n# HELP x H\n# TYPE x_count gauge\nx_count 2.0\n",
                "TYPE x: histogram taken apart into unknown families: name x_count belongs to family x_count");
    }

    @Test
    void whatIsTakenApartKeepsItsSpelling() {
        HistogramValue value = new HistogramValue(
                null, null, List.of(new HistogramValue.Bucket(new LabelNumber(1, "1"), 2, null)), null);

        assertWritten(
                Written.openMetrics(family("x", MetricType.HISTOGRAM).add(value).build(), gauge("x_count")),
                "# TYPE x_bucket unknown\nx_bucket{le=\"1\"} 2.0\n# TYPE x_count gauge\nx_count 2.0\n",
                "TYPE x: histogram taken apart into unknown families: name x_count belongs to family x_count");
    }
}
