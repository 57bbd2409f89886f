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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes metric sets out of a seed that are as awkward as the model allows: names that clash with each other's suffixes,
 * values that break the rules of their type, series that stand twice.
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
            case GAUGE, UNKNOWN -> new NumberValue(number(true));
            case INFO -> new InfoValue();
            case STATE_SET -> states();
            case SUMMARY -> summary(wrong);
            case HISTOGRAM, GAUGE_HISTOGRAM -> histogram(wrong);
        };
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
        return new SummaryValue(
                chance(70) ? count(wrong) : null, chance(70) ? (Double) number(wrong) : null, quantiles);
    }

    private LabelNumber labelNumber(double number) {
        return chance(20) && Double.isFinite(number)
                ? new LabelNumber(number, String.valueOf(number))
                : LabelNumber.of(number);
    }

    private Double count(boolean wrong) {
        return wrong ? number(true) : (double) random.nextInt(100);
    }

    private Value histogram(boolean wrong) {
        List<HistogramValue.Bucket> buckets = new ArrayList<>();
        double cumulative = 0;
        boolean negative = chance(10);
        for (double le : new double[] {negative ? -1 : 0, 0.5, 1, INF}) {
            cumulative += random.nextInt(5);
            if (le == INF ? !(wrong && chance(20)) : chance(70)) {
                double bound = wrong && chance(10) ? 0.5 : le;
                double value = wrong && chance(10) ? number(true) : cumulative;
                buckets.add(new HistogramValue.Bucket(labelNumber(bound), value, chance(20) ? exemplar() : null));
            }
        }
        boolean totals = chance(80) && !negative;
        Double count = totals ? (Double) (wrong && chance(20) ? number(true) : cumulative) : null;
        Double sum = totals && !(wrong && chance(20)) ? (Double) number(wrong && chance(20)) : null;
        return new HistogramValue(count, sum, buckets, nativeBuckets());
    }

    private @Nullable NativeBuckets nativeBuckets() {
        if (!chance(10)) {
            return null;
        }
        boolean custom = odd && chance(50);
        return new NativeBuckets(
                custom ? NativeBuckets.CUSTOM_BUCKETS : 3,
                0,
                0,
                new NativeBuckets.Side(List.of(new NativeBuckets.Span(0, 2)), List.of(1.0, 2.0)),
                NativeBuckets.Side.none(),
                custom ? List.of(0.5) : List.of(),
                false);
    }

    private Exemplar exemplar() {
        // No closing brace: see JudgedByOthersTest.
        String value = odd ? pick("abc", "\"", "\\", " # {", "x".repeat(200)) : "abc";
        return new Exemplar(chance(20) ? Labels.of() : Labels.of("trace_id", value), number(true), timestamp());
    }
}
