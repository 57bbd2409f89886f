package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Difference.Part;
import dev.exposit.model.Difference.Part.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random sets: told in another order and spelling they are equal, and one change is one difference. */
class RandomMetricDiffTest {
    private static final List<MetricType> TYPES = List.of(MetricType.values());

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void orderAndSpellingNeverMatter(int seed) {
        Random random = new Random(seed);
        MetricSet set = set(random);
        MetricSet retold = MetricSet.of(retold(set.families(), family -> retold(family, random), random));
        assertThat(MetricDiff.between(set, retold).toString()).isEmpty();
        assertThat(MetricDiff.between(retold, set).toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneChangeIsOneDifference(int seed) {
        Random random = new Random(seed);
        MetricSet set = set(random);
        List<MetricFamily> families = new ArrayList<>(set.families());
        int at = random.nextInt(families.size());
        MetricFamily family = families.get(at);
        Change change = change(family, random);
        if (change.family() == null) {
            families.remove(at);
        } else {
            families.set(at, change.family());
        }
        MetricSet changed = MetricSet.of(retold(families, other -> retold(other, random), random));
        assertThat(MetricDiff.between(set, changed).differences()).containsExactly(change.difference());
    }

    // ---- Sets

    private static MetricSet set(Random random) {
        List<MetricFamily> families = new ArrayList<>();
        int size = 1 + random.nextInt(6);
        for (int i = 0; i < size; i++) {
            MetricType type = TYPES.get(random.nextInt(TYPES.size()));
            MetricFamily.Builder family = MetricFamily.builder("family_" + i, type)
                    .help(random.nextBoolean() ? "" : "Help " + i)
                    .unit(random.nextBoolean() ? "" : "seconds");
            int series = 1 + random.nextInt(5);
            for (int j = 0; j < series; j++) {
                family.add(metric(type, j, random));
            }
            families.add(family.build());
        }
        return MetricSet.of(families);
    }

    private static Metric metric(MetricType type, int series, Random random) {
        Labels labels = Labels.of("series", "s" + series, "zone", "z" + random.nextInt(3), "code", "" + series % 2);
        if (random.nextInt(4) > 0) {
            return new Metric(labels, point(type, random).at(random.nextBoolean() ? null : time(random)));
        }
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            points.add(point(type, random).at(Timestamp.ofSeconds(1000 + i)));
        }
        return new Metric(labels, points);
    }

    private static Point point(MetricType type, Random random) {
        Value value = random.nextInt(8) == 0 ? new RawValue("raw", random.nextDouble()) : value(type, random);
        Point point = Point.of(value).startedAt(random.nextBoolean() ? null : time(random));
        return random.nextBoolean() ? point : point.withExemplars(exemplar(random), exemplar(random));
    }

    private static Value value(MetricType type, Random random) {
        return switch (type) {
            case COUNTER, GAUGE, UNKNOWN -> new NumberValue(random.nextInt(5) == 0 ? Double.NaN : random.nextDouble());
            case HISTOGRAM, GAUGE_HISTOGRAM -> {
                HistogramValue.Builder histogram =
                        HistogramValue.builder().count(random.nextInt(100)).sum(random.nextDouble());
                for (int i = 0; i < 4; i++) {
                    histogram.bucket(i / 2.0, random.nextInt(100), random.nextBoolean() ? null : exemplar(random));
                }
                yield histogram.build();
            }
            case SUMMARY ->
                SummaryValue.builder()
                        .count(random.nextInt(100))
                        .quantile(0.5, random.nextDouble())
                        .quantile(0.99, Double.NaN)
                        .build();
            case INFO -> new InfoValue();
            case STATE_SET ->
                new StateSetValue(List.of(
                        new StateSetValue.State("on", random.nextBoolean()),
                        new StateSetValue.State("off", random.nextBoolean())));
        };
    }

    private static Exemplar exemplar(Random random) {
        return new Exemplar(
                Labels.of("span", "a", "trace_id", "t" + random.nextInt(1000)), random.nextDouble(), time(random));
    }

    private static Timestamp time(Random random) {
        return Timestamp.ofMillis(random.nextInt(1_000_000));
    }

    // ---- The same in another order and spelling

    private interface Retelling<T> {
        T of(T original);
    }

    private static <T> List<T> retold(List<T> elements, Retelling<T> retelling, Random random) {
        List<T> retold = new ArrayList<>();
        elements.forEach(element -> retold.add(retelling.of(element)));
        Collections.shuffle(retold, random);
        return retold;
    }

    private static MetricFamily retold(MetricFamily family, Random random) {
        return new MetricFamily(
                family.metadata(),
                retold(
                        family.metrics(),
                        metric -> new Metric(
                                retold(metric.labels(), random),
                                retold(metric.points(), point -> retold(point, random), random)),
                        random));
    }

    private static Labels retold(Labels labels, Random random) {
        List<Label> shuffled = new ArrayList<>();
        labels.forEach(shuffled::add);
        shuffled.add(new Label("absent", ""));
        Collections.shuffle(shuffled, random);
        return Labels.of(shuffled.stream()
                .flatMap(label -> Stream.of(label.name(), label.value()))
                .toArray(String[]::new));
    }

    private static Point retold(Point point, Random random) {
        return new Point(
                retold(point.value(), random),
                point.timestamp(),
                point.startTimestamp(),
                retold(point.exemplars(), exemplar -> retold(exemplar, random), random));
    }

    private static Exemplar retold(Exemplar exemplar, Random random) {
        return new Exemplar(retold(exemplar.labels(), random), exemplar.value(), exemplar.timestamp());
    }

    private static Value retold(Value value, Random random) {
        if (value instanceof HistogramValue histogram) {
            return new HistogramValue(
                    histogram.count(),
                    histogram.sum(),
                    retold(
                            histogram.buckets(),
                            bucket -> new HistogramValue.Bucket(
                                    new LabelNumber(bucket.upperBound(), bucket.upperBound() + "e0"),
                                    bucket.cumulativeCount(),
                                    bucket.exemplar() == null ? null : retold(bucket.exemplar(), random)),
                            random),
                    null);
        }
        if (value instanceof SummaryValue summary) {
            return new SummaryValue(
                    summary.count(), summary.sum(), retold(summary.quantiles(), quantile -> quantile, random));
        }
        return value instanceof StateSetValue states
                ? new StateSetValue(retold(states.states(), state -> state, random))
                : value;
    }

    // ---- One change

    /** A family changed, or null if it was taken away, and the difference that makes. */
    private record Change(@Nullable MetricFamily family, Difference difference) {}

    private static Change change(MetricFamily family, Random random) {
        String name = family.name();
        Metadata old = family.metadata();
        return switch (random.nextInt(5)) {
            case 0 -> new Change(null, new Difference.OfFamily(name, family, null));
            case 1 -> {
                Metadata metadata = new Metadata(name, old.type(), old.unit(), "another");
                String before = old.help().isEmpty() ? null : old.help();
                yield new Change(
                        new MetricFamily(metadata, family.metrics()),
                        new Difference.OfMetadata(name, Difference.OfMetadata.Item.HELP, before, "another"));
            }
            case 2 -> {
                List<Metric> metrics = new ArrayList<>(family.metrics());
                Metric removed = metrics.remove(random.nextInt(metrics.size()));
                // One difference for each name under which the points of the series are looked for.
                if (removed.points().size() > 1 && removed.points().stream().anyMatch(RandomMetricDiffTest::isRaw)) {
                    yield changeOfAPoint(family, random);
                }
                yield new Change(
                        new MetricFamily(old, metrics),
                        new Difference.OfSeries(name, sorted(removed.labels()), removed, null));
            }
            default -> changeOfAPoint(family, random);
        };
    }

    private static boolean isRaw(Point point) {
        return point.value() instanceof RawValue;
    }

    private static Change changeOfAPoint(MetricFamily family, Random random) {
        List<Metric> metrics = new ArrayList<>(family.metrics());
        int at = random.nextInt(metrics.size());
        Metric metric = metrics.get(at);
        List<Point> points = new ArrayList<>(metric.points());
        int index = random.nextInt(points.size());
        Point point = points.get(index);
        long alike =
                points.stream().filter(other -> isRaw(other) == isRaw(point)).count();
        Timestamp time = alike > 1 ? point.timestamp() : null;
        Labels labels = sorted(metric.labels());
        Timestamp start = Timestamp.ofSeconds(77);
        Difference difference;
        if (point.value() instanceof NumberValue number && random.nextBoolean()) {
            points.set(
                    index, new Point(new NumberValue(7), point.timestamp(), point.startTimestamp(), point.exemplars()));
            difference = new Difference.OfNumber(family.name(), labels, time, Part.of(Kind.VALUE), number.value(), 7.0);
        } else if (point.value() instanceof HistogramValue histogram && random.nextBoolean()) {
            List<HistogramValue.Bucket> buckets = new ArrayList<>(histogram.buckets());
            HistogramValue.Bucket removed = buckets.remove(random.nextInt(buckets.size()));
            buckets.add(new HistogramValue.Bucket(removed.le(), 1000, removed.exemplar()));
            HistogramValue changed = new HistogramValue(histogram.count(), histogram.sum(), buckets, null);
            points.set(index, new Point(changed, point.timestamp(), point.startTimestamp(), point.exemplars()));
            difference = new Difference.OfNumber(
                    family.name(),
                    labels,
                    time,
                    Part.of(Kind.BUCKET, removed.upperBound()),
                    removed.cumulativeCount(),
                    1000.0);
        } else {
            points.set(index, point.startedAt(start));
            difference = new Difference.OfTimestamp(
                    family.name(), labels, time, Part.of(Kind.START_TIMESTAMP), point.startTimestamp(), start);
        }
        metrics.set(at, new Metric(metric.labels(), points));
        return new Change(new MetricFamily(family.metadata(), metrics), difference);
    }

    private static Labels sorted(Labels labels) {
        return Labels.of(new TreeMap<>(labels.toMap()));
    }
}
