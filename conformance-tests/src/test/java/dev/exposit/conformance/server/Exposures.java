package dev.exposit.conformance.server;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.StateSetValue.State;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.List;

/** Metric sets to be scraped. */
final class Exposures {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final Timestamp START = Timestamp.ofMillis(1_700_000_000_250L);

    private Exposures() {}

    /** Every type that has no native buckets, with odd numbers and labels, exemplars, start timestamps and timestamps. */
    static MetricSet allTypes(Timestamp now) {
        return MetricSet.of(
                MetricFamily.builder("requests_total", MetricType.COUNTER)
                        .help("Requests, \"quoted\" \\ and in\ntwo lines. Größe.")
                        .add(
                                Point.of(1e15)
                                        .startedAt(START)
                                        .withExemplars(
                                                new Exemplar(Labels.of("trace_id", "größe", "a", "b\"c"), 0.5, START)),
                                "path",
                                "/größe \"x\"\n\\",
                                "empty",
                                "")
                        .add(Point.of(0.1 + 0.2).withExemplars(exemplar("no_time", 2, null)), "path", "😀")
                        .add(Point.of(7).at(now))
                        .build(),
                MetricFamily.builder("temperature_celsius", MetricType.GAUGE)
                        .unit("celsius")
                        .add(-0.0, "room", "a")
                        .add(Double.MIN_VALUE, "room", "b")
                        .add(-INF, "room", "c")
                        .add(Double.NaN, "room", "d")
                        .add(Point.of(21.5).at(now), "room", "e")
                        .build(),
                MetricFamily.builder("odd", MetricType.UNKNOWN)
                        .help("Nobody knows.")
                        .add(Double.MAX_VALUE)
                        .build(),
                MetricFamily.builder("rpc_seconds", MetricType.SUMMARY)
                        .add(
                                Point.of(SummaryValue.builder()
                                                .count(5)
                                                .sum(2.5)
                                                .quantile(0, 0.1)
                                                .quantile(0.5, 0.25)
                                                .quantile(0.99, Double.NaN)
                                                .quantile(1, 1)
                                                .build())
                                        .startedAt(START),
                                "m",
                                "x")
                        .add(SummaryValue.builder().count(0).sum(0).build(), "m", "y")
                        .build(),
                MetricFamily.builder("latency_seconds", MetricType.HISTOGRAM)
                        .help("Classic.")
                        .add(Point.of(classic()).startedAt(START), "m", "x")
                        .add(Point.of(classic()).at(now), "m", "y")
                        .build(),
                MetricFamily.builder("build_info", MetricType.INFO)
                        .help("Build.")
                        .add(new InfoValue(), "version", "1.0")
                        .build(),
                MetricFamily.builder("feature", MetricType.STATE_SET)
                        .add(new StateSetValue(List.of(new State("on", true), new State("größe", false))), "f", "x")
                        .build());
    }

    /** Bounds whose spelling is no matter of course; exemplars with and without time. */
    static HistogramValue classic() {
        return HistogramValue.builder()
                .count(16)
                .sum(1e7)
                .bucket(0, 2)
                .bucket(0.00001, 4, exemplar("small", 0.000005, START))
                .bucket(0.1, 5)
                .bucket(1, 8, exemplar("one", 1, null))
                .bucket(100, 9)
                .bucket(100_000, 10)
                .bucket(2_097_152, 13)
                .bucket(1e22, 15)
                .bucket(INF, 16, exemplar("large", 1e23, Timestamp.ofMillis(1_700_000_000_789L)))
                .build();
    }

    /** OpenMetrics 1.0 has no such histogram, since its sum may fall. */
    static HistogramValue belowZero() {
        return HistogramValue.builder()
                .count(4)
                .sum(-6)
                .bucket(-2.5, 1)
                .bucket(-1, 2)
                .bucket(0, 4)
                .bucket(INF, 4)
                .build();
    }

    static MetricSet gaugeHistogram() {
        return MetricSet.of(MetricFamily.builder("queue_bytes", MetricType.GAUGE_HISTOGRAM)
                .add(
                        HistogramValue.builder()
                                .count(4)
                                .sum(6)
                                .bucket(1, 2)
                                .bucket(INF, 4)
                                .build(),
                        "q",
                        "a")
                .build());
    }

    /** Histograms that are no whole ones: parts of them are all there is. */
    static MetricSet apart() {
        return MetricSet.of(MetricFamily.builder("parts", MetricType.HISTOGRAM)
                .help("Parts.")
                .add(new HistogramValue(null, 3.5, classic().buckets(), null), "p", "a")
                .build());
    }

    /** Native histograms of every schema and many shapes, one family for each type. */
    static MetricSet natives(Timestamp now) {
        List<MetricFamily> families = new ArrayList<>();
        MetricFamily.Builder schemas =
                MetricFamily.builder("schemas", MetricType.HISTOGRAM).help("Every schema.");
        for (int schema = -4; schema <= 8; schema++) {
            NativeBuckets buckets = NativeBuckets.builder(schema)
                    .zeroThreshold(0x1p-128)
                    .zeroCount(2)
                    .negative(-1, 1, 2)
                    .positive(0, 4, 0, 5)
                    .positive(6, 2)
                    .build();
            schemas.add(whole(buckets, -1.5), "schema", Integer.toString(schema));
        }
        families.add(schemas.build());
        families.add(MetricFamily.builder("shapes", MetricType.HISTOGRAM)
                .add(Point.of(whole(quantiles(), 30)).startedAt(START), "shape", "quantiles")
                .add(whole(NativeBuckets.builder(2).negative(3, 1).build(), -2), "shape", "negative")
                .add(
                        whole(
                                NativeBuckets.builder(0)
                                        .zeroThreshold(3)
                                        .zeroCount(9)
                                        .negative(2, 1)
                                        .positive(2, 1)
                                        .build(),
                                0),
                        "shape",
                        "wide zero bucket")
                .add(
                        whole(
                                NativeBuckets.builder(0)
                                        .positive(-1074, 1)
                                        .positive(1023, 2, 3)
                                        .build(),
                                INF),
                        "shape",
                        "ends of doubles")
                .add(
                        Point.of(new HistogramValue(
                                        12.0,
                                        Double.NaN,
                                        List.of(),
                                        NativeBuckets.builder(1)
                                                .positive(5, 2, 7)
                                                .build()))
                                .at(now),
                        "shape",
                        "with NaN")
                .add(whole(NativeBuckets.builder(3).build(), 0), "shape", "empty")
                .add(
                        new HistogramValue(
                                16.0,
                                1e7,
                                classic().buckets(),
                                NativeBuckets.builder(0)
                                        .zeroCount(2)
                                        .positive(0, 14)
                                        .build()),
                        "shape",
                        "classic as well")
                .build());
        families.add(MetricFamily.builder("float_shapes", MetricType.HISTOGRAM)
                .add(
                        whole(
                                NativeBuckets.builder(4)
                                        .zeroThreshold(0.001)
                                        .zeroCount(0.5)
                                        .negative(2, 0.25, 1.5)
                                        .positive(-3, 0.75)
                                        .positive(10, 3)
                                        .floatCounts()
                                        .build(),
                                2.5),
                        "shape",
                        "fractions")
                .add(whole(NativeBuckets.builder(4).positive(0, 3).floatCounts().build(), 3), "shape", "whole numbers")
                .build());
        families.add(MetricFamily.builder("gauge_shapes", MetricType.GAUGE_HISTOGRAM)
                .help("Rises and falls.")
                .add(whole(
                        NativeBuckets.builder(1)
                                .zeroThreshold(0.5)
                                .positive(2, 3)
                                .negative(3, 1)
                                .build(),
                        4))
                .build());
        families.add(MetricFamily.builder("empty_native", MetricType.HISTOGRAM)
                .add(whole(NativeBuckets.builder(0).zeroThreshold(0.01).build(), 0))
                .build());
        families.add(MetricFamily.builder("below_zero", MetricType.HISTOGRAM)
                .add(belowZero())
                .build());
        return MetricSet.of(families);
    }

    /** Sixteen events, so that every bucket's end is an exact quantile; without gaps, at which versions differ. */
    static NativeBuckets quantiles() {
        return NativeBuckets.builder(0)
                .zeroThreshold(0.001)
                .zeroCount(1)
                .negative(0, 1)
                .positive(0, 2, 4, 8)
                .build();
    }

    static HistogramValue whole(NativeBuckets buckets, double sum) {
        return new HistogramValue(buckets.total(), sum, List.of(), buckets);
    }

    /** What a server 2.42 stores otherwise than it is sent. */
    static MetricSet misread() {
        NativeBuckets buckets = NativeBuckets.builder(0).positive(0, 3).build();
        NativeBuckets covered = NativeBuckets.builder(0)
                .zeroThreshold(3)
                .zeroCount(1)
                .positive(1, 1, 1)
                .build();
        NativeBuckets floats =
                NativeBuckets.builder(0).positive(0, 3).floatCounts().build();
        HistogramValue fractions = HistogramValue.builder()
                .count(2.5)
                .sum(1)
                .bucket(1, 1.5)
                .bucket(INF, 2.5)
                .build();
        return MetricSet.of(
                MetricFamily.builder("fractions", MetricType.HISTOGRAM)
                        .add(fractions)
                        .build(),
                MetricFamily.builder("first_classic", MetricType.HISTOGRAM)
                        .add(belowZero(), "m", "classic")
                        .add(whole(buckets, 4), "m", "native")
                        .build(),
                MetricFamily.builder("first_native", MetricType.HISTOGRAM)
                        .add(whole(buckets, 4), "m", "native")
                        .add(belowZero(), "m", "classic")
                        .build(),
                MetricFamily.builder("floats", MetricType.HISTOGRAM)
                        .add(whole(floats, 4))
                        .build(),
                MetricFamily.builder("covered", MetricType.HISTOGRAM)
                        .add(whole(covered, 4))
                        .build());
    }

    private static Exemplar exemplar(String trace, double value, Timestamp time) {
        return new Exemplar(Labels.of("trace_id", trace), value, time);
    }
}
