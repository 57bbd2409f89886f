package dev.exposit.graphite;

import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does one push after the other: asks the sources, and takes their metrics apart into an encoder. */
final class Pusher implements Closeable {
    /** Idle threads of sources live so long. */
    private static final long IDLE_MILLIS = 500;

    /** Gives the encoder of a push. */
    @FunctionalInterface
    interface Opening {
        /** Called once in a push, as soon as a source has given its metrics. */
        BatchEncoder open() throws IOException;
    }

    /**
     * What a push came to.
     *
     * @param report tells of it
     * @param failures of the sources that failed
     */
    record Outcome(PushReport report, List<SourceException> failures) {
        /** Throws if a source failed, with the further failures suppressed. */
        void throwFailure() throws SourceException {
            if (!failures.isEmpty()) {
                SourceException first = failures.get(0);
                failures.stream().skip(1).forEach(first::addSuppressed);
                throw first;
            }
        }
    }

    private final List<BridgeSource> sources;
    private final GraphiteNames names;
    private final GraphiteValues values;
    private final Collisions collisions;
    private final BridgeStatistics statistics;
    private final Duration sourceTimeout;
    private final PushClock clock;
    private final SeriesTable series = new SeriesTable();
    private final ThreadPoolExecutor threads;

    Pusher(GraphiteBridge.Builder builder) {
        this.sources = List.copyOf(builder.sources);
        this.names = builder.names;
        this.values = Objects.requireNonNullElse(builder.values, names.usualValues());
        this.collisions = Objects.requireNonNullElse(builder.collisions, names.usualCollisions());
        this.statistics = builder.statistics;
        this.sourceTimeout = builder.sourceTimeout;
        this.clock = new PushClock(builder.clock);
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_MILLIS, TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, Delivery.THREAD_PREFIX + "source " + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Pushes once. The metrics of sources that fail are missing, those of the others are not. */
    synchronized Outcome push(Opening opening) throws IOException, InterruptedException {
        final long began = System.nanoTime();
        final Counts before = Counts.of(statistics);
        statistics.pushes.increment();
        series.beginPush();
        sources.forEach(source -> source.ask(threads));
        long until = System.nanoTime() + sourceTimeout.toNanos();
        long second = clock.nextSecond();
        List<SourceException> failures = new ArrayList<>();
        BatchEncoder out = null;
        try {
            for (int i = 0; i < sources.size(); i++) {
                MetricSet metrics = answer(sources.get(i), until, failures);
                if (metrics != null) {
                    out = out == null ? opening.open() : out;
                    encode(i, metrics, second, out);
                }
            }
        } catch (InterruptedException e) {
            flush(out);
            throw e;
        }
        flush(out);
        Counts now = Counts.of(statistics);
        PushReport report = new PushReport(
                Instant.ofEpochSecond(second),
                Duration.ofNanos(System.nanoTime() - began),
                sources.size() - failures.size(),
                failures.size(),
                now.samples - before.samples,
                now.dropped - before.dropped,
                now.collisions - before.collisions,
                now.sanitised - before.sanitised);
        return new Outcome(report, failures);
    }

    private static void flush(@Nullable BatchEncoder out) throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    /** What has been counted at one time. */
    private record Counts(long samples, long dropped, long collisions, long sanitised) {
        static Counts of(BridgeStatistics statistics) {
            return new Counts(
                    statistics.samples.sum(),
                    statistics.leftOut(),
                    statistics.collisions.sum(),
                    statistics.sanitised.sum());
        }
    }

    private @Nullable MetricSet answer(BridgeSource source, long until, List<SourceException> failures)
            throws InterruptedException {
        Throwable why;
        try {
            return source.answer(until, sourceTimeout);
        } catch (ExecutionException e) {
            why = Objects.requireNonNullElse(e.getCause(), e);
        } catch (TimeoutException e) {
            why = e;
        }
        statistics.sourceFailures.increment();
        failures.add(new SourceException(source.name(), why));
        return null;
    }

    private void encode(int index, MetricSet metrics, long second, BatchEncoder out) throws IOException {
        PathEncoder paths = names.encoder(sources.get(index).labels());
        SampleWalk walk = new SampleWalk(values, collisions, series, statistics, out, paths, index, second);
        boolean omitting = values.startTimestamps() == GraphiteValues.StartTimestamps.OMIT_WITH_GAUGES;
        Set<String> leftOut = omitting ? startTimestampGauges(metrics) : Set.of();
        for (MetricFamily family : metrics) {
            if (!leftOut.contains(family.name())) {
                walk.walk(family);
            }
        }
    }

    /** The gauges that Prometheus text has for the start timestamps of other families. */
    private static Set<String> startTimestampGauges(MetricSet metrics) {
        return metrics.stream()
                .filter(family -> switch (family.type()) {
                    case COUNTER, HISTOGRAM, SUMMARY -> true;
                    default -> false;
                })
                .map(family -> SampleWalk.createdName(family.name(), family.type()))
                .filter(name -> metrics.family(name)
                        .filter(family -> family.type() == MetricType.GAUGE)
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /** Interrupts what sources still do. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
