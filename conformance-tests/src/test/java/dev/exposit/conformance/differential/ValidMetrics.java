package dev.exposit.conformance.differential;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes metric sets out of a seed that a text format can carry whole, with all that it can carry. */
public final class ValidMetrics {
    /** None of them ends in what a type could put behind another. */
    private static final List<String> STEMS = List.of(
            "a", "b", "up", "_", ":r:x", "Z_9", "http_requests", "go_memstats_alloc_bytes", "x_seconds", "HELP");

    private static final List<String> QUOTED = List.of("a.b", "ü", "1st", "x y", "q\"u\\o\nte", "日本", "{", "\u0000");
    private static final List<String> LABELS = List.of("l", "m", "_n", "code", "path", "__name", "E9");
    private static final List<String> VALUES = List.of(
            "",
            "1",
            "200",
            "/api/v1",
            "\\",
            "\"",
            "\n",
            "\\n",
            " # {",
            "}",
            ",",
            "=",
            "x\",y=\"z",
            "\u0000",
            "\t",
            "\r",
            "ü",
            "日本",
            "\ud83d\ude00",
            "\ufeff",
            "\uffff");
    private static final List<String> HELPS =
            List.of("", "Help.", "two  words", "\\", "a\nb", "\\n", "ünï", "\u0000", "tab\there", "# EOF", "C:\\dir");
    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        3,
        17,
        0.5,
        0.1,
        1e6,
        1e21,
        123456789,
        5e-324,
        Double.MAX_VALUE,
        0x1p53,
        0x1p-1074,
        2.2250738585072014e-308
    };
    private static final double[] BOUNDS = {-1, 0, 0.005, 0.1, 1, 2.5, 10, 1e6, 1e23};

    private final SplittableRandom random;
    private final boolean openMetrics;
    private final boolean version2;
    /** Whether names may need quotes. */
    private final boolean quotes;

    public ValidMetrics(SplittableRandom random, ExpositionFormat format) {
        this.random = random;
        this.version2 = format == ExpositionFormat.OPENMETRICS_2;
        this.openMetrics = version2 || format == ExpositionFormat.OPENMETRICS_1;
        this.quotes = format != ExpositionFormat.OPENMETRICS_1;
    }

    public MetricSet next() {
        Map<String, MetricFamily> families = new LinkedHashMap<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            String stem = pick(quotes && chance(20) ? QUOTED : STEMS);
            families.computeIfAbsent(stem, this::family);
        }
        return MetricSet.of(List.copyOf(families.values()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private MetricFamily family(String stem) {
        MetricType type = openMetrics
                ? openMetricsType(stem)
                : pick(List.of(
                        MetricType.COUNTER,
                        MetricType.GAUGE,
                        MetricType.HISTOGRAM,
                        MetricType.SUMMARY,
                        MetricType.UNKNOWN));
        String name = openMetrics && !version2 ? stem + type.exposedSuffix() : stem;
        boolean unitless = type == MetricType.INFO || type == MetricType.STATE_SET;
        String unit = openMetrics && stem.endsWith("_seconds") && !unitless && chance(50) ? "seconds" : "";
        boolean timed = chance(30);
        Map<Labels, Metric> metrics = new LinkedHashMap<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            Labels labels = labels(stem);
            metrics.computeIfAbsent(labels.withoutEmpty(), key -> new Metric(labels, points(type, timed)));
        }
        return new MetricFamily(new Metadata(name, type, unit, pick(HELPS)), List.copyOf(metrics.values()));
    }

    /** Any type; but the name of a stateset is that of a label as well, which has no colons without quotes. */
    private MetricType openMetricsType(String stem) {
        MetricType type = pick(List.of(MetricType.values()));
        return type == MetricType.STATE_SET && stem.contains(":") && !quotes ? MetricType.GAUGE : type;
    }

    private Labels labels(String stem) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            String name = pick(quotes && chance(10) ? QUOTED : LABELS);
            if (!name.equals(stem)) {
                labels.put(name, pick(VALUES));
            }
        }
        return Labels.of(labels);
    }

    private List<Point> points(MetricType type, boolean timed) {
        List<Point> points = new ArrayList<>();
        long second = random.nextInt(2_000_000_000);
        for (int count = openMetrics && timed && chance(20) ? 2 : 1; count > 0; count--) {
            points.add(point(type, timed ? time(second) : null));
            second += 1 + random.nextInt(100);
        }
        return points;
    }

    /** A time in that second: Prometheus text has milliseconds, OpenMetrics what it likes. */
    private Timestamp time(long second) {
        return new Timestamp(second, openMetrics ? random.nextInt(1_000_000_000) : random.nextInt(1000) * 1_000_000);
    }

    private Point point(MetricType type, @Nullable Timestamp timestamp) {
        Point point = Point.of(value(type)).at(timestamp);
        boolean starts = type == MetricType.COUNTER || type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
        if (openMetrics && (starts || version2) && chance(30)) {
            point = point.startedAt(time(random.nextInt(2_000_000_000)));
        }
        if (version2 && chance(30)) {
            return point.withExemplars(
                    Stream.generate(this::exemplar).limit(1 + random.nextInt(3)).toArray(Exemplar[]::new));
        }
        return openMetrics && type == MetricType.COUNTER && chance(30) ? point.withExemplars(exemplar()) : point;
    }

    private Value value(MetricType type) {
        return switch (type) {
            case COUNTER, GAUGE -> new NumberValue(number());
            case UNKNOWN ->
                version2 && chance(30)
                        ? value(chance(50) ? MetricType.SUMMARY : MetricType.HISTOGRAM)
                        : new NumberValue(number());
            case INFO -> new InfoValue();
            case STATE_SET -> states();
            case SUMMARY -> summary();
            case HISTOGRAM, GAUGE_HISTOGRAM -> version2 && chance(50) ? nativeHistogram() : histogram();
        };
    }

    private double number() {
        return switch (random.nextInt(10)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3, 4 -> finite(Double.longBitsToDouble(random.nextLong()));
            case 5 -> random.nextInt(1_000_000) / 1000.0;
            default -> NUMBERS[random.nextInt(NUMBERS.length)];
        };
    }

    private static double finite(double number) {
        return Double.isFinite(number) ? number : 1;
    }

    private StateSetValue states() {
        List<StateSetValue.State> states = new ArrayList<>();
        for (String name : List.of("", "s", "t\n", "ü")) {
            if (states.isEmpty() || chance(50)) {
                states.add(new StateSetValue.State(name, random.nextBoolean()));
            }
        }
        return new StateSetValue(states);
    }

    private SummaryValue summary() {
        List<SummaryValue.Quantile> quantiles = new ArrayList<>();
        for (double quantile : new double[] {0, 0.5, 0.99, 1}) {
            if (chance(50)) {
                quantiles.add(new SummaryValue.Quantile(LabelNumber.of(quantile), number()));
            }
        }
        boolean totals = version2 || quantiles.isEmpty() || chance(70);
        return new SummaryValue(totals ? (Double) number() : null, totals ? (Double) number() : null, quantiles);
    }

    private HistogramValue histogram() {
        List<HistogramValue.Bucket> buckets = new ArrayList<>();
        double cumulative = 0;
        for (double bound : BOUNDS) {
            if (chance(30)) {
                cumulative += random.nextInt(5);
                buckets.add(bucket(bound, cumulative));
            }
        }
        buckets.add(bucket(Double.POSITIVE_INFINITY, cumulative));
        boolean totals = version2 || chance(70);
        return new HistogramValue(
                totals ? (Double) cumulative : null, totals ? (Double) number() : null, buckets, null);
    }

    private HistogramValue nativeHistogram() {
        boolean fractions = chance(20);
        double zeros = count(fractions);
        NativeBuckets.Side positive = side(fractions);
        NativeBuckets.Side negative = chance(30) ? side(fractions) : NativeBuckets.Side.none();
        double count = count(fractions);
        boolean whole = Stream.of(List.of(zeros, count), positive.counts(), negative.counts())
                .flatMap(List::stream)
                .allMatch(number -> number == Math.rint(number));
        double threshold = chance(50) ? 0 : 0x1p-128;
        NativeBuckets buckets =
                new NativeBuckets(random.nextInt(13) - 4, threshold, zeros, positive, negative, List.of(), !whole);
        return new HistogramValue(count, number(), chance(30) ? histogram().buckets() : List.of(), buckets);
    }

    private double count(boolean fraction) {
        return fraction ? random.nextInt(100) / 8.0 : random.nextInt(10);
    }

    private NativeBuckets.Side side(boolean fractions) {
        List<NativeBuckets.Span> spans = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        for (int more = random.nextInt(4); more > 0; more--) {
            int length = random.nextInt(4);
            spans.add(new NativeBuckets.Span(spans.isEmpty() ? random.nextInt(20) - 10 : random.nextInt(5), length));
            for (int i = 0; i < length; i++) {
                counts.add(count(fractions));
            }
        }
        return new NativeBuckets.Side(spans, counts);
    }

    private HistogramValue.Bucket bucket(double bound, double count) {
        return new HistogramValue.Bucket(
                LabelNumber.of(bound), count, openMetrics && !version2 && chance(20) ? exemplar() : null);
    }

    private Exemplar exemplar() {
        Labels labels = chance(30) ? Labels.of() : Labels.of("trace_id", pick(VALUES));
        return new Exemplar(labels, number(), version2 || chance(50) ? time(random.nextInt(2_000_000_000)) : null);
    }
}
