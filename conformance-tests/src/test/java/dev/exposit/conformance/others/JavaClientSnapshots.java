package dev.exposit.conformance.others;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Snapshots of every type, of random shape: whatever the Java client lets a program build. */
final class JavaClientSnapshots {
    private static final List<String> NAMES =
            List.of("orders", "rpc_latency", "a:b", "app.jobs", "größe", "two words", "q\"uo\\te");
    private static final List<String> LABELS = List.of("code", "method", "k8s.pod", "zö\"ne", "_own");
    private static final List<String> TEXTS = List.of("", "200", "a \"b\"\\c\nd", "größe", " { } , # ", "\\n");
    private static final List<Double> NUMBERS = List.of(
            0.0,
            -0.0,
            1.0,
            0.1,
            1e7,
            123456789.0,
            1e22,
            1e-9,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY);

    private final Random random;

    private JavaClientSnapshots(Random random) {
        this.random = random;
    }

    /** So many of each type, the same ones for the same seed. */
    static List<MetricSnapshot> of(long seed, int ofEachType) {
        JavaClientSnapshots snapshots = new JavaClientSnapshots(new Random(seed));
        List<MetricSnapshot> all = new ArrayList<>();
        for (int i = 0; i < ofEachType; i++) {
            all.add(snapshots.counter());
            all.add(snapshots.gauge());
            all.add(snapshots.unknown());
            all.add(snapshots.info());
            all.add(snapshots.stateSet());
            all.add(snapshots.summary());
            all.add(snapshots.histogram(false));
            all.add(snapshots.histogram(true));
        }
        return all;
    }

    private CounterSnapshot counter() {
        return new CounterSnapshot(
                metadata(rarely() ? "jobs_total" : one(NAMES)),
                points(labels -> new CounterDataPointSnapshot(
                        rarely() ? Double.NaN : Math.abs(one(NUMBERS)),
                        labels,
                        exemplar(),
                        maybeStart(),
                        maybeTime())));
    }

    private GaugeSnapshot gauge() {
        return new GaugeSnapshot(
                metadata(rarely() ? "jobs.total" : one(NAMES)),
                points(labels -> new GaugeDataPointSnapshot(number(), labels, exemplar(), maybeTime())));
    }

    private UnknownSnapshot unknown() {
        return new UnknownSnapshot(
                metadata(one(NAMES)),
                points(labels -> new UnknownDataPointSnapshot(number(), labels, exemplar(), maybeTime())));
    }

    private InfoSnapshot info() {
        return new InfoSnapshot(
                metadata(rarely() ? "build_info" : one(NAMES), null),
                points(labels -> new InfoDataPointSnapshot(labels, maybeTime())));
    }

    private StateSetSnapshot stateSet() {
        return new StateSetSnapshot(metadata(one(NAMES), null), points(labels -> {
            StateSetDataPointSnapshot.Builder point =
                    StateSetDataPointSnapshot.builder().labels(labels).scrapeTimestampMillis(maybeTime());
            for (String state : List.of("on", "öff", "a\"b")) {
                point.state(state, random.nextBoolean());
            }
            return point.build();
        }));
    }

    private SummarySnapshot summary() {
        return new SummarySnapshot(metadata(one(NAMES)), points(labels -> {
            SummaryDataPointSnapshot.Builder point = SummaryDataPointSnapshot.builder();
            // Most have both.
            if (!rarely()) {
                point.count(random.nextInt(1000));
            }
            if (!rarely()) {
                point.sum(rarely() ? -1.5 : random.nextInt(1000) / 8.0);
            }
            if (random.nextBoolean()) {
                point.quantiles(Quantiles.of(
                        new Quantile(0.5, rarely() ? -2 : 2),
                        new Quantile(0.999, rarely() ? Double.NaN : 1e9),
                        new Quantile(1, Double.POSITIVE_INFINITY)));
            }
            return point.labels(labels)
                    .exemplars(exemplars())
                    .createdTimestampMillis(maybeStart())
                    .scrapeTimestampMillis(maybeTime())
                    .build();
        }));
    }

    private HistogramSnapshot histogram(boolean gauge) {
        return new HistogramSnapshot(gauge, metadata(one(NAMES)), points(labels -> {
            HistogramDataPointSnapshot.Builder point = HistogramDataPointSnapshot.builder();
            int form = random.nextInt(4);
            int count = random.nextInt(100);
            if (form != 0) {
                double first = rarely() ? -1 : 0.25;
                point.classicHistogramBuckets(ClassicHistogramBuckets.of(
                        new double[] {first, 1e7, Double.POSITIVE_INFINITY}, new long[] {count, 3, 0}));
            }
            if (form <= 1) {
                // As many events as in the classic buckets.
                point.nativeSchema(random.nextInt(13) - 4)
                        .nativeZeroThreshold(random.nextBoolean() ? 0 : 0x1p-128)
                        .nativeZeroCount(count)
                        .nativeBucketsForPositiveValues(NativeHistogramBuckets.of(
                                new int[] {-2, -1, 1 + random.nextInt(3)}, new long[] {1, 0, 1}))
                        .nativeBucketsForNegativeValues(
                                NativeHistogramBuckets.of(new int[] {random.nextInt(9) - 4}, new long[] {1}));
            }
            if (!rarely()) {
                point.sum(random.nextInt(1000) / 8.0);
            }
            return point.labels(labels)
                    .exemplars(exemplars())
                    .createdTimestampMillis(maybeStart())
                    .scrapeTimestampMillis(maybeTime())
                    .build();
        }));
    }

    private MetricMetadata metadata(String name) {
        return metadata(name, !name.endsWith("total") && random.nextInt(3) == 0 ? Unit.SECONDS : null);
    }

    /** Names as the client keeps them: as they were given, and without the suffix of their type. */
    private MetricMetadata metadata(String name, @Nullable Unit unit) {
        return MetricMetadata.builder()
                .name(name.replaceFirst("_(total|info)$", ""))
                .expositionBaseName(name)
                .originalName(name)
                .help(random.nextBoolean() ? one(TEXTS) : null)
                .unit(unit)
                .build();
    }

    /** None seldom, else up to three, whose labels differ. */
    private <T extends DataPointSnapshot> List<T> points(Function<Labels, T> point) {
        List<T> points = new ArrayList<>();
        int size = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2);
        for (int i = 0; i < size; i++) {
            points.add(point.apply(labels(i)));
        }
        return points;
    }

    private Labels labels(int number) {
        Labels labels = number == 0 ? Labels.EMPTY : Labels.of("number", Integer.toString(number));
        if (random.nextBoolean()) {
            labels = labels.add(rarely() ? "_own" : one(LABELS.subList(0, 4)), one(TEXTS));
        }
        return labels;
    }

    private double number() {
        return (random.nextBoolean() ? 1 : -1) * one(NUMBERS);
    }

    /** Zero is none. */
    private long maybeTime() {
        return random.nextBoolean() ? 0 : 1_700_000_000_000L + random.nextInt(100_000);
    }

    /** Before every other time, as the client demands. */
    private long maybeStart() {
        return random.nextBoolean() ? 0 : rarely() ? 7 : 1_600_000_000_000L + random.nextInt(100_000);
    }

    private Exemplars exemplars() {
        List<Exemplar> exemplars = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Exemplar exemplar = exemplar();
            if (exemplar != null) {
                exemplars.add(exemplar);
            }
        }
        return Exemplars.of(exemplars);
    }

    private @Nullable Exemplar exemplar() {
        if (random.nextBoolean()) {
            return null;
        }
        Exemplar.Builder exemplar = Exemplar.builder().value(random.nextInt(30) / 4.0);
        if (random.nextInt(3) > 0) {
            exemplar.timestampMillis(rarely() ? -1_500 : 1_700_000_000_123L);
        }
        return exemplar.labels(
                        rarely()
                                ? Labels.of("trace_id", "0123456789".repeat(13))
                                : rarely() ? Labels.of("trace.id", "7") : Labels.of("trace_id", one(TEXTS)))
                .build();
    }

    private boolean rarely() {
        return random.nextInt(6) == 0;
    }

    private <E> E one(List<E> list) {
        return list.get(random.nextInt(list.size()));
    }
}
