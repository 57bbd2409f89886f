package dev.exposit.writer;

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
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Makes metric sets out of a seed that have all that the model has and are as awkward as it allows: names that clash with
 * each other's suffixes, values that break the rules of their type, series that stand twice.
 */
final class MetricSetGenerator {
    private static final List<String> STEMS = List.of("a", "b", "a_b", "x_seconds");
    private static final List<String> ODD_STEMS = List.of("a.b", "a:b", "ü", "1st", "a b");
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double[] NUMBERS = {
        0, -0.0, 1, -1, 0.5, 17, 1e6, 123456789, 1e21, 5e-324, 1.7976931348623157e308, INF, -INF, Double.NaN
    };

    private final Random random;
    private final boolean odd;

    /**
     * A generator.
     *
     * @param seed makes all the difference
     * @param odd whether names, label values and timestamps may be ones that a format has to change or to escape
     */
    MetricSetGenerator(long seed, boolean odd) {
        this.random = new Random(seed);
        this.odd = odd;
    }

    MetricSet next() {
        Set<String> names = new LinkedHashSet<>();
        List<MetricFamily> families = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            MetricType type = pick(MetricType.values());
            String name = name(type);
            if (names.add(name)) {
                MetricFamily family = family(name, type);
                families.add(family);
                if (chance(30) && names.add(name.replaceFirst("_total$", "") + "_created")) {
                    families.add(created(family));
                }
            }
        }
        return MetricSet.of(families);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    private <T> T pick(T... from) {
        return from[random.nextInt(from.length)];
    }

    private String name(MetricType type) {
        List<String> stems = odd && chance(30) ? ODD_STEMS : STEMS;
        String stem = stems.get(random.nextInt(stems.size()));
        if (chance(60)) {
            return stem + type.exposedSuffix();
        }
        return stem + pick(SampleRole.values()).suffix();
    }

    private MetricFamily family(String name, MetricType type) {
        List<Metric> metrics = new ArrayList<>();
        boolean wrong = chance(25);
        boolean timed = chance(25);
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            metrics.add(metric(name, type, wrong, timed));
        }
        String unit = pick("", "", "seconds", "total", "b");
        return new MetricFamily(new Metadata(name, type, unit, help()), metrics);
    }

    private String help() {
        return odd ? pick("", "H", "with \\ and \n and \"quotes\"", "ünï\r", "tab\tand } # {") : pick("", "H");
    }

    /** A gauge beside a family that looks like its start timestamps, mostly. */
    private MetricFamily created(MetricFamily family) {
        List<Metric> metrics = new ArrayList<>();
        for (Metric metric : family.metrics()) {
            if (chance(95)) {
                Point point = Point.of(pick(1.6e9, 1600000000.123, 1795380092139.0, 0.5));
                metrics.add(new Metric(metric.labels(), point.at(metric.point().timestamp())));
            }
        }
        String name = family.name().replaceFirst("_total$", "") + "_created";
        return new MetricFamily(new Metadata(name, MetricType.GAUGE, "", family.help()), metrics);
    }

    private Metric metric(String family, MetricType type, boolean wrong, boolean timed) {
        Labels labels = labels(wrong);
        Value value = value(wrong && chance(20) ? pick(MetricType.values()) : type, wrong);
        if (wrong && chance(15)) {
            value = new RawValue(family + pick("", "_bucket", "_sum", "_count", "_total", "_x"), number(true));
        }
        if (!(value instanceof NumberValue) && timed && chance(15)) {
            Value later = wrong ? value : value(type, false);
            return new Metric(
                    labels,
                    List.of(
                            Point.of(value).at(Timestamp.ofSeconds(1)),
                            Point.of(later).at(Timestamp.ofSeconds(2))));
        }
        if (value instanceof NumberValue && chance(15)) {
            List<Point> points = new ArrayList<>();
            int count = 2 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                int at = wrong ? random.nextInt(5) : i;
                points.add(Point.of(number(wrong)).at(wrong && chance(10) ? null : Timestamp.ofSeconds(at)));
            }
            return new Metric(labels, points);
        }
        Point point = Point.of(value);
        if (timed && !(wrong && chance(30))) {
            point = point.at(timestamp());
        }
        if (chance(20)) {
            point = point.startedAt(Timestamp.ofMillis(1_600_000_000_000L + random.nextInt(2000)));
        }
        if (chance(10)) {
            point = point.withExemplars(exemplar(), exemplar());
        }
        return new Metric(labels, point);
    }

    private Timestamp timestamp() {
        return odd && chance(30)
                ? new Timestamp(random.nextInt(), random.nextInt(1_000_000_000))
                : Timestamp.ofMillis(random.nextInt());
    }

    private Labels labels(boolean wrong) {
        Map<String, String> labels = new LinkedHashMap<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String name = labelName(wrong);
            boolean numeric = name.equals("le") || name.equals("quantile");
            labels.put(name, numeric ? pick("1", "2", "+Inf") : labelValue());
        }
        return Labels.of(labels);
    }

    private String labelName(boolean wrong) {
        if (wrong && chance(10)) {
            return pick("le", "quantile", "a");
        }
        return odd && chance(20) ? pick("l.1", "l:1", "l_1", "1") : pick("l1", "l2", "l3");
    }

    private String labelValue() {
        return odd && chance(50)
                ? pick("\\", "\n", "\"", " # {", "}", "x\",", "=", ",", "\u0000", "\r", "ü\ud83d\ude00", "\ud83d", "")
                : pick("1", "2", "3");
    }

    private double number(boolean any) {
        double number = NUMBERS[random.nextInt(NUMBERS.length)];
        return any || number >= 0 ? number : 3;
    }

    private Value value(MetricType type, boolean wrong) {
        return switch (type) {
            case COUNTER -> new NumberValue(number(wrong));
            case GAUGE -> new NumberValue(number(true));
            case UNKNOWN -> unknown(wrong);
            case INFO -> new InfoValue();
            case STATE_SET -> states();
            case SUMMARY -> summary(wrong);
            case HISTOGRAM -> histogram(wrong, 1);
            case GAUGE_HISTOGRAM -> histogram(wrong, chance(15) ? -0.5 : 1);
        };
    }

    private Value unknown(boolean wrong) {
        if (chance(20)) {
            return chance(50) ? summary(wrong) : histogram(wrong, 1);
        }
        return new NumberValue(number(true));
    }

    private Value states() {
        List<StateSetValue.State> states = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            states.add(new StateSetValue.State("s" + i, random.nextBoolean()));
        }
        return new StateSetValue(states);
    }

    private Value summary(boolean wrong) {
        List<SummaryValue.Quantile> quantiles = new ArrayList<>();
        for (double quantile : new double[] {0, 0.5, 0.99, 1}) {
            if (chance(50)) {
                double number = wrong && chance(10) ? pick(2.0, -1.0, Double.NaN, 0.5) : quantile;
                quantiles.add(new SummaryValue.Quantile(labelNumber(number), number(wrong)));
            }
        }
        // One without anything is no metric: its start timestamp would stand alone.
        boolean bare = quantiles.isEmpty();
        return new SummaryValue(
                bare || chance(70) ? count(wrong) : null, chance(70) ? (Double) number(wrong) : null, quantiles);
    }

    private LabelNumber labelNumber(double number) {
        return chance(20) && Double.isFinite(number)
                ? new LabelNumber(number, String.valueOf(number))
                : LabelNumber.of(number);
    }

    private Double count(boolean wrong) {
        return wrong ? number(true) : (double) random.nextInt(100);
    }

    /** A histogram whose counts are multiplied, as those of a rate of change may be by a number below zero. */
    private Value histogram(boolean wrong, double factor) {
        List<HistogramValue.Bucket> buckets = new ArrayList<>();
        double cumulative = 0;
        boolean negative = chance(10);
        for (double le : new double[] {negative ? -1 : 0, 0.5, 1, INF}) {
            cumulative += random.nextInt(5);
            if (le == INF ? !(wrong && chance(20)) : chance(70)) {
                double bound = wrong && chance(10) ? 0.5 : le;
                double value = wrong && chance(10) ? number(true) : factor * cumulative;
                buckets.add(new HistogramValue.Bucket(labelNumber(bound), value, chance(20) ? exemplar() : null));
            }
        }
        if (chance(15)) {
            Collections.reverse(buckets);
        }
        boolean totals = chance(90) && !negative;
        Double count = totals ? (Double) (wrong && chance(20) ? number(true) : factor * cumulative) : null;
        Double sum = totals && !(wrong && chance(20)) ? (Double) number(wrong && chance(20)) : null;
        NativeBuckets nativeBuckets = chance(30) ? nativeBuckets(wrong, cumulative, factor) : null;
        boolean both = nativeBuckets == null || chance(60);
        return new HistogramValue(count, sum, both ? buckets : List.of(), nativeBuckets);
    }

    /** Native buckets, integer or float, that count so many events on both sides of zero and at it. */
    private NativeBuckets nativeBuckets(boolean wrong, double count, double factor) {
        if (odd && chance(20)) {
            NativeBuckets.Side side =
                    new NativeBuckets.Side(List.of(new NativeBuckets.Span(0, 2)), List.of(1.0, count - 1));
            return new NativeBuckets(
                    NativeBuckets.CUSTOM_BUCKETS, 0, 0, side, NativeBuckets.Side.none(), List.of(0.5), false);
        }
        boolean floats = factor != Math.rint(factor) || chance(30);
        double step = factor * (floats ? 0.25 : 1);
        int left = (int) Math.round(factor * count / step);
        int zero = random.nextInt(left + 1);
        int positive = random.nextInt(left - zero + 1);
        return new NativeBuckets(
                random.nextInt(13) - 4,
                wrong && chance(10) ? pick(-1.0, INF, Double.NaN) : pick(0.0, 1e-128, 0.5),
                wrong && chance(10) ? number(true) : step * zero,
                side(wrong, positive, step),
                side(wrong, left - zero - positive, step),
                List.of(),
                floats);
    }

    private NativeBuckets.Side side(boolean wrong, int count, double step) {
        List<NativeBuckets.Span> spans = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        int left = count;
        while (left > 0 || chance(20)) {
            boolean first = spans.isEmpty();
            int offset = wrong && chance(5) ? pick(-9, 5000) : random.nextInt(4) - (first ? 3 : 0);
            int length = chance(10) ? 0 : 1 + random.nextInt(3);
            spans.add(new NativeBuckets.Span(offset, length));
            for (int i = 0; i < length; i++) {
                int here = random.nextInt(left + 1);
                counts.add(step * here);
                left -= here;
            }
        }
        return new NativeBuckets.Side(spans, counts);
    }

    private Exemplar exemplar() {
        // No closing brace: see JudgedByOthersTest.
        String value = odd ? pick("abc", "\"", "\\", " # {", "x".repeat(200)) : "abc";
        Labels labels = chance(20) ? Labels.of() : Labels.of("trace_id", value);
        return new Exemplar(labels, number(true), chance(15) ? null : timestamp());
    }
}
