package dev.exposit.graphite;

import dev.exposit.model.Labels;
import dev.exposit.model.MetricSet;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pushes metrics to Graphite: once, or again and again.
 *
 * <pre>{@code
 * GraphiteBridge bridge = GraphiteBridge.builder(GraphiteTarget.tcp("graphite.example", 2003))
 *         .source(MetricSource.of(Source.of(URI.create("http://localhost:9100/metrics"))), "job", "node")
 *         .names(GraphiteNames.tags())
 *         .interval(Duration.ofSeconds(10))
 *         .build();
 * bridge.start();
 * // …
 * bridge.close();
 * }</pre>
 *
 * <p>A started bridge pushes at once and then at each tick of a fixed grid. A push asks all sources, each in a thread of
 * its own, and puts the samples into a bounded queue; a further thread takes them to the target, waits while it is down, and
 * sends again what may not have arrived. So a slow target delays no tick, and a source that throws or hangs takes nothing
 * but its own metrics with it. All threads are daemons, their names begin with {@code exposit-graphite}, and they are gone
 * after {@link #close()}; only a source that ignores interrupts keeps its thread until it comes back.
 *
 * <p>No two series get onto one path unnoticed: see {@link Builder#collisions}. What the bridge does is counted, see
 * {@link #metrics()}.
 *
 * <p>Safe for use by several threads; pushes do not overlap.
 */
public final class GraphiteBridge implements Closeable {
    private final Duration interval;
    private final Duration flushDeadline;
    private final GraphiteTarget target;
    private final DeliveryOptions options;
    private final BridgeListener listener;
    private final BridgeStatistics statistics;
    private final Pusher pusher;

    private @Nullable Delivery delivery;
    private @Nullable PushSchedule schedule;
    private boolean closed;

    private GraphiteBridge(Builder builder) {
        this.interval = builder.interval;
        this.flushDeadline = builder.flushDeadline;
        this.target = builder.target;
        this.options = builder.delivery;
        this.listener = builder.listener;
        this.statistics = builder.statistics;
        this.pusher = new Pusher(builder);
    }

    /** A builder of a bridge to that target. */
    public static Builder builder(GraphiteTarget target) {
        return new Builder(target);
    }

    /**
     * Pushes once, in this thread, over a connection of its own, and tries nothing a second time. If a source fails the others
     * are pushed all the same before its exception is thrown.
     *
     * @return what was pushed; all of it has reached the target, as far as its transport can tell
     * @throws SourceException if a source fails or does not answer in time
     * @throws IOException if the target cannot be reached or does not take everything
     * @throws InterruptedException if the thread was interrupted
     * @throws IllegalStateException if the bridge is closed
     */
    public PushReport pushOnce() throws IOException, InterruptedException {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the bridge is closed");
            }
        }
        OneShotOpening opening = new OneShotOpening();
        try (opening) {
            Pusher.Outcome outcome = pusher.push(opening);
            opening.finish();
            outcome.throwFailure();
            return outcome.report();
        }
    }

    /** Connects when there is something to be sent. */
    private final class OneShotOpening implements Pusher.Opening, Closeable {
        private @Nullable OneShot shot;

        @Override
        public BatchEncoder open() throws IOException {
            OneShot opened = OneShot.open(target, statistics);
            shot = opened;
            return BatchEncoder.of(target, options, opened);
        }

        void finish() throws IOException {
            if (shot != null) {
                shot.finish();
            }
        }

        @Override
        public void close() throws IOException {
            if (shot != null) {
                shot.close();
            }
        }
    }

    /**
     * Begins to push: now, and then at each tick.
     *
     * @throws IllegalStateException if the bridge was started before, or is closed
     * @throws UncheckedIOException if the system has no more file descriptors
     */
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("the bridge is closed");
        }
        if (schedule != null) {
            throw new IllegalStateException("the bridge was started before");
        }
        Delivery started = openDelivery();
        started.start();
        delivery = started;
        BatchEncoder encoder = BatchEncoder.of(target, options, started);
        schedule = new PushSchedule(Delivery.THREAD_PREFIX + "schedule", interval, new PushSchedule.Push() {
            @Override
            public void run() throws InterruptedException {
                scheduledPush(encoder, started);
            }

            @Override
            public void failed(Throwable why) {
                listener.pushFailed(why);
            }

            @Override
            public void skipped(long ticks) {
                statistics.skippedTicks.add(ticks);
                listener.ticksSkipped(ticks);
            }
        });
        schedule.start();
    }

    private Delivery openDelivery() {
        try {
            return new Delivery(target, options, statistics, new DeliveryListener() {
                @Override
                public void failed(Throwable cause, int failures, Duration retryIn) {
                    listener.deliveryFailed(cause, failures, retryIn);
                }

                @Override
                public void recovered(int failures) {
                    listener.deliveryRecovered(failures);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void scheduledPush(BatchEncoder encoder, Delivery started) throws InterruptedException {
        Pusher.Outcome outcome;
        try {
            outcome = pusher.push(() -> encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("a queue does not fail", e);
        }
        started.pushEnds();
        outcome.failures().forEach(failure -> tell(() -> listener.sourceFailed(failure)));
        tell(() -> listener.pushed(outcome.report()));
    }

    /** What a listener throws is no failure of the push. */
    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            // Promised to be ignored.
        }
    }

    /** What the bridge has done up to now, as metric families {@code exposit_graphite_…}. */
    public MetricSet metrics() {
        return statistics.toMetricSet();
    }

    /** Ends as {@link #close(Duration)} does, with the builder's deadline. */
    @Override
    public void close() {
        close(flushDeadline);
    }

    /**
     * Begins no further push, sends what is queued, and ends all threads. What the target has not taken by the deadline is
     * dropped and counted. Does nothing the second time.
     *
     * @param deadline how long it may take; zero drops at once
     */
    public void close(Duration deadline) {
        long until = System.nanoTime() + deadline.toNanos();
        PushSchedule endedSchedule;
        Delivery endedDelivery;
        synchronized (this) {
            closed = true;
            endedSchedule = schedule;
            endedDelivery = delivery;
            schedule = null;
            delivery = null;
        }
        if (endedSchedule != null) {
            endedSchedule.close(deadline);
        }
        pusher.close();
        if (endedDelivery != null) {
            endedDelivery.close(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        }
    }

    /** Builds a {@link GraphiteBridge}. Not safe for use by several threads. */
    public static final class Builder {
        final GraphiteTarget target;
        final BridgeStatistics statistics = new BridgeStatistics();
        final List<BridgeSource> sources = new ArrayList<>();
        GraphiteNames names = GraphiteNames.tags();

        @Nullable
        GraphiteValues values;

        @Nullable
        Collisions collisions;

        DeliveryOptions delivery = DeliveryOptions.defaults();
        BridgeListener listener = BridgeListener.NONE;
        Clock clock = Clock.systemUTC();
        Duration sourceTimeout = Duration.ofSeconds(30);
        private Duration interval = Duration.ofSeconds(60);
        private Duration flushDeadline = Duration.ofSeconds(10);

        private Builder(GraphiteTarget target) {
            this.target = Objects.requireNonNull(target, "target");
        }

        /**
         * Adds a source; messages call it {@code source 1} and so on.
         *
         * @param labels that its series get, names and values in turn; of a series' own label with the same name becomes
         *     {@code exported_…}, as Prometheus has it
         */
        public Builder source(MetricSource source, String... labels) {
            return source("source " + (sources.size() + 1), source, Labels.of(labels));
        }

        /**
         * Adds a source.
         *
         * @param name what messages call it
         * @param labels that its series get; a series' own label with the same name becomes {@code exported_…}, as
         *     Prometheus has it
         */
        public Builder source(String name, MetricSource source, Labels labels) {
            sources.add(new BridgeSource(name, source, labels));
            return this;
        }

        /** Adds the bridge's own {@link GraphiteBridge#metrics() metrics} as a source, as they are when a push begins. */
        public Builder ownMetrics(String... labels) {
            return source("own metrics", statistics::toMetricSet, Labels.of(labels));
        }

        /** Sets how names and labels become paths. Default {@link GraphiteNames#tags()}. */
        public Builder names(GraphiteNames names) {
            this.names = Objects.requireNonNull(names, "names");
            return this;
        }

        /**
         * Sets what becomes of values. Default {@link GraphiteValues#defaults()}; with the layout of another bridge what that
         * bridge does.
         */
        public Builder values(GraphiteValues values) {
            this.values = Objects.requireNonNull(values, "values");
            return this;
        }

        /**
         * Sets what becomes of a series whose path another one has already. Default {@link Collisions#DROP}; with the layout
         * of another bridge {@link Collisions#SEND}, as they do.
         */
        public Builder collisions(Collisions collisions) {
            this.collisions = Objects.requireNonNull(collisions, "collisions");
            return this;
        }

        /** Sets how a started bridge queues and sends. */
        public Builder delivery(DeliveryOptions delivery) {
            this.delivery = Objects.requireNonNull(delivery, "delivery");
            return this;
        }

        /**
         * Sets how long it is from one tick to the next. Default 60 s.
         *
         * @throws IllegalArgumentException if it is not more than zero
         */
        public Builder interval(Duration interval) {
            this.interval = positive("interval", interval);
            return this;
        }

        /**
         * Sets how long sources may take, all side by side. Default 30 s.
         *
         * @throws IllegalArgumentException if it is not more than zero
         */
        public Builder sourceTimeout(Duration sourceTimeout) {
            this.sourceTimeout = positive("sourceTimeout", sourceTimeout);
            return this;
        }

        /**
         * Sets how long {@link GraphiteBridge#close()} may take to send what is queued. Default 10 s.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder flushDeadline(Duration flushDeadline) {
            if (flushDeadline.isNegative()) {
                throw new IllegalArgumentException("flushDeadline must not be negative, got " + flushDeadline);
            }
            this.flushDeadline = flushDeadline;
            return this;
        }

        /** Sets who hears of what a started bridge does. */
        public Builder listener(BridgeListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Sets the clock that tells the time of a push, for tests. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        private static Duration positive(String name, Duration duration) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(name + " must be more than zero, got " + duration);
            }
            return duration;
        }

        /**
         * The bridge as described so far, which does nothing yet.
         *
         * @throws IllegalStateException if it has no source
         */
        public GraphiteBridge build() {
            if (sources.isEmpty()) {
                throw new IllegalStateException("a bridge needs a source");
            }
            return new GraphiteBridge(this);
        }
    }
}
