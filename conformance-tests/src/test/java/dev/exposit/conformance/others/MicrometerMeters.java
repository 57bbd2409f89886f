package dev.exposit.conformance.others;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A registry of Micrometer's with meters of every kind, and what they hold as families of our model. */
final class MicrometerMeters {
    private static final String[] NO_LABELS = {};

    private final MockClock clock = new MockClock();
    private final PrometheusMeterRegistry registry;
    private final List<MetricFamily> families = new ArrayList<>();

    MicrometerMeters(@Nullable SpanContext spans) {
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock, spans);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** What the meters hold, as the registry names and types it. */
    List<MetricFamily> families() {
        return families;
    }

    MicrometerMeters addAll() {
        addNumbers();
        addTimers();
        addSummaries();
        addLongTaskTimers();
        addFunctions();
        return this;
    }

    Counter addCounter() {
        Counter counter = Counter.builder("orders")
                .description("Orders \"taken\" \\ and\nmore.")
                .tag("größe", "a\"b\\c\nd")
                .tag("k8s.pod", "zö")
                .register(registry);
        counter.increment(3.5);
        families.add(MetricFamily.builder("orders_total", MetricType.COUNTER)
                .help("Orders \"taken\" \\ and\nmore.")
                .add(since(counter.count()), "gr__e", "a\"b\\c\nd", "k8s_pod", "zö")
                .build());
        return counter;
    }

    private void addNumbers() {
        addCounter();
        Gauge gauge = Gauge.builder("queue.size", () -> Double.NaN)
                .baseUnit("items")
                .tag("empty", "")
                .register(registry);
        add("queue_size_items", MetricType.GAUGE, Point.of(gauge.value()), "empty", "");
        TimeGauge age =
                TimeGauge.builder("age", () -> 1500, TimeUnit.MILLISECONDS).register(registry);
        add("age_seconds", MetricType.GAUGE, Point.of(age.value(TimeUnit.SECONDS)));
    }

    private void addTimers() {
        addTimer(
                "rpc_seconds",
                Timer.builder("rpc").publishPercentiles(0.5, 0.95).register(registry));
        addTimer("plain_seconds", Timer.builder("plain").register(registry));
        addTimer("slo_seconds", addGoals());
        addTimer(
                "all_seconds",
                Timer.builder("all")
                        .publishPercentileHistogram()
                        .publishPercentiles(0.5)
                        .serviceLevelObjectives(Duration.ofMillis(15))
                        .minimumExpectedValue(Duration.ofMillis(1))
                        .maximumExpectedValue(Duration.ofSeconds(1))
                        .register(registry));
    }

    Timer addGoals() {
        return Timer.builder("slo")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(registry);
    }

    private void addTimer(String name, Timer timer) {
        timer.record(Duration.ofMillis(10));
        timer.record(Duration.ofMillis(500));
        timer.record(Duration.ofSeconds(20));
        add(name, timer.takeSnapshot(), TimeUnit.SECONDS);
    }

    private void addSummaries() {
        DistributionSummary body = DistributionSummary.builder("body")
                .baseUnit("bytes")
                .serviceLevelObjectives(1, 1000, 1e7)
                .publishPercentiles(0.9)
                .register(registry);
        body.record(100);
        body.record(1e8);
        add("body_bytes", body.takeSnapshot(), null);
        DistributionSummary size =
                DistributionSummary.builder("size").publishPercentiles(0, 1).register(registry);
        size.record(1024);
        add("size", size.takeSnapshot(), null);
    }

    private void addLongTaskTimers() {
        LongTaskTimer jobs = LongTaskTimer.builder("jobs").register(registry);
        LongTaskTimer batches = LongTaskTimer.builder("batches")
                .serviceLevelObjectives(Duration.ofSeconds(1), Duration.ofSeconds(10))
                .register(registry);
        jobs.start();
        clock.add(Duration.ofSeconds(5));
        jobs.start();
        batches.start();
        clock.add(Duration.ofSeconds(3));
        add("jobs_seconds", jobs.takeSnapshot(), TimeUnit.SECONDS);
        HistogramSnapshot snapshot = batches.takeSnapshot();
        add("batches_seconds", MetricType.GAUGE_HISTOGRAM, Point.of(histogram(snapshot, TimeUnit.SECONDS)));
        add("batches_seconds_max", MetricType.GAUGE, Point.of(snapshot.max(TimeUnit.SECONDS)));
    }

    private void addFunctions() {
        FunctionCounter hits =
                FunctionCounter.builder("hits", 42, Integer::doubleValue).register(registry);
        add("hits_total", MetricType.COUNTER, since(hits.count()));
        FunctionTimer calls = FunctionTimer.builder("calls", 3L, Long::longValue, n -> 500.0 * n, TimeUnit.MILLISECONDS)
                .register(registry);
        add(
                "calls_seconds",
                MetricType.SUMMARY,
                Point.of(SummaryValue.builder()
                        .count(calls.count())
                        .sum(calls.totalTime(TimeUnit.SECONDS))
                        .build()));
        Meter.builder(
                        "custom",
                        Meter.Type.OTHER,
                        List.of(
                                new Measurement(() -> 1.0, Statistic.COUNT),
                                new Measurement(() -> 2.0, Statistic.VALUE),
                                new Measurement(() -> 3.0, Statistic.MAX)))
                .register(registry);
        add("custom_total", MetricType.COUNTER, since(1), "statistic", "COUNT");
        add("custom_value", MetricType.GAUGE, Point.of(2), "statistic", "VALUE");
        add("custom_max", MetricType.GAUGE, Point.of(3), "statistic", "MAX");
    }

    // ---- What they hold

    private Point since(double value) {
        return Point.of(value).startedAt(Timestamp.ofMillis(clock.wallTime()));
    }

    /** A distribution; with buckets if it has any, and then without quantiles. */
    private void add(String name, HistogramSnapshot snapshot, @Nullable TimeUnit unit) {
        boolean buckets = snapshot.histogramCounts().length > 0;
        add(
                name,
                buckets ? MetricType.HISTOGRAM : MetricType.SUMMARY,
                Point.of(buckets ? histogram(snapshot, unit) : summary(snapshot, unit)));
        add(name + "_max", MetricType.GAUGE, Point.of(unit == null ? snapshot.max() : snapshot.max(unit)));
    }

    private static HistogramValue histogram(HistogramSnapshot snapshot, @Nullable TimeUnit unit) {
        ToDoubleFunction<CountAtBucket> bound = bucket -> unit == null ? bucket.bucket() : bucket.bucket(unit);
        HistogramValue.Builder histogram =
                HistogramValue.builder().count((double) snapshot.count()).sum(total(snapshot, unit));
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            if (bucket.bucket() < Double.POSITIVE_INFINITY) {
                histogram.bucket(bound.applyAsDouble(bucket), bucket.count());
            }
        }
        return histogram
                .bucket(Double.POSITIVE_INFINITY, (double) snapshot.count())
                .build();
    }

    private static SummaryValue summary(HistogramSnapshot snapshot, @Nullable TimeUnit unit) {
        SummaryValue.Builder summary =
                SummaryValue.builder().count((double) snapshot.count()).sum(total(snapshot, unit));
        for (var percentile : snapshot.percentileValues()) {
            summary.quantile(percentile.percentile(), unit == null ? percentile.value() : percentile.value(unit));
        }
        return summary.build();
    }

    private static double total(HistogramSnapshot snapshot, @Nullable TimeUnit unit) {
        return unit == null ? snapshot.total() : snapshot.total(unit);
    }

    private void add(String name, MetricType type, Point point) {
        add(name, type, point, NO_LABELS);
    }

    /** Without description its help text is a blank. */
    private void add(String name, MetricType type, Point point, String... labels) {
        families.add(new MetricFamily(
                MetricFamily.builder(name, type).help(" ").build().metadata(),
                List.of(new Metric(dev.exposit.model.Labels.of(labels), point))));
    }
}
