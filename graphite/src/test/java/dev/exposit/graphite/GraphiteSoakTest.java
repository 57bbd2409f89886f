package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.graphite.SinkServer.End;
import dev.exposit.graphite.SinkServer.Fate;
import dev.exposit.graphite.SinkServer.Speech;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A bridge for a while, by default for seconds, while every second or so something goes wrong: connections are reset amid a
 * batch, never read or never closed, the target is down, a source throws or hangs, the clock is set back. All that was sent has
 * arrived, what did not arrive was counted as dropped, and nothing is left behind.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class GraphiteSoakTest {
    private static final int SECONDS = Integer.getInteger("exposit.soak.seconds", 6);
    private static final int SERIES = 2_000;

    private final SplittableRandom random = new SplittableRandom(7);
    private final AtomicLong offsetMillis = new AtomicLong();
    private final LongAdder faults = new LongAdder();
    /** Numbers each value, so that no two samples are alike. */
    private final AtomicLong numbers = new AtomicLong();

    private volatile boolean quiet;
    private volatile Fault fault = Fault.NONE;

    private enum Fault {
        NONE,
        RESET,
        DEAF,
        KEEP,
        DOWN,
        THROWING_SOURCE,
        HANGING_SOURCE,
        CLOCK_BACK
    }

    /** The system's clock, moved by what the test says. */
    private final class MovedClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Instant.now().plusMillis(offsetMillis.get());
        }
    }

    private MetricSet collect() throws IOException, InterruptedException {
        if (fault == Fault.THROWING_SOURCE) {
            throw new IOException("no metrics today");
        }
        if (fault == Fault.HANGING_SOURCE) {
            Thread.sleep(TimeUnit.HOURS.toMillis(1));
        }
        MetricFamily.Builder family = MetricFamily.builder("soak", MetricType.GAUGE);
        for (int i = 0; i < SERIES; i++) {
            family.add(
                    (double) numbers.incrementAndGet(),
                    "number",
                    Integer.toString(i),
                    "push",
                    Long.toString(numbers.get()));
        }
        return MetricSet.of(family.build());
    }

    private Fate fate() {
        long bytes;
        synchronized (random) {
            bytes = random.nextInt(300_000);
        }
        return switch (fault) {
            case RESET -> new Fate(End.RESET, bytes);
            case DEAF -> new Fate(End.DEAF, bytes);
            case KEEP -> new Fate(End.KEEP, bytes);
            default -> Fate.READ;
        };
    }

    private void injectFaults(SinkServer sink) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() - end < 0) {
            Fault next;
            synchronized (random) {
                next = Fault.values()[1 + random.nextInt(Fault.values().length - 1)];
            }
            fault = next;
            faults.increment();
            if (next == Fault.DOWN) {
                sink.down();
            } else if (next == Fault.CLOCK_BACK) {
                offsetMillis.addAndGet(-5_000);
            }
            Thread.sleep(400);
            if (next == Fault.DOWN) {
                sink.up();
            }
            fault = Fault.NONE;
            Thread.sleep(600);
        }
        quiet = true;
    }

    @Test
    void whatIsSentArrivesAndWhatIsNotIsCounted() throws Exception {
        long before = used();
        try (SinkServer sink = new SinkServer(Speech.LINES)) {
            sink.fates(this::fate);
            GraphiteTarget target = GraphiteTarget.tcp("127.0.0.1", sink.port())
                    .withConnectionLifetime(Duration.ofMillis(300))
                    .withWriteTimeout(Duration.ofSeconds(1))
                    .withConfirmTimeout(Duration.ofSeconds(1));
            GraphiteBridge bridge = GraphiteBridge.builder(target)
                    .source("faulty", this::collect, Labels.of())
                    .interval(Duration.ofMillis(100))
                    .sourceTimeout(Duration.ofMillis(200))
                    .clock(new MovedClock())
                    .delivery(DeliveryOptions.defaults()
                            .withBatch(500, 32 << 10)
                            .withBackoff(Duration.ofMillis(1), Duration.ofMillis(100)))
                    .flushDeadline(Duration.ofMinutes(2))
                    .build();
            bridge.start();
            injectFaults(sink);
            bridge.close();

            MetricSet metrics = bridge.metrics();
            long samples = count(metrics, "samples_total");
            long sent = count(metrics, "sent_total");
            long dropped = count(metrics, "dropped_total");
            String figures = "seconds " + SECONDS + ", faults " + faults + ", pushes " + count(metrics, "pushes_total")
                    + ", source failures " + count(metrics, "source_failures_total") + ", samples " + samples
                    + ", sent "
                    + sent + ", dropped " + dropped + ", arrived "
                    + sink.arrived().size() + ", arrived again "
                    + (sink.total() - sink.arrived().size()) + ", resent "
                    + count(metrics, "resent_total") + ", retries " + count(metrics, "retries_total") + ", connections "
                    + count(metrics, "connections_total") + ", memory " + (used() - before) / (1 << 20) + " MiB more\n";
            Files.writeString(Path.of("target", "soak.txt"), figures);

            assertThat(quiet).isTrue();
            assertThat(sink.bad()).isEmpty();
            assertThat(samples).as(figures).isEqualTo(sent + dropped).isPositive();
            // The queue has room for all of it, and so nothing at all is lost.
            assertThat(dropped).as(figures).isZero();
            assertThat((long) sink.arrived().size()).as(figures).isEqualTo(sent);
            assertThat(sink.total() - sink.arrived().size())
                    .as(figures)
                    .isLessThanOrEqualTo(count(metrics, "resent_total"));
            assertThat(count(metrics, "retries_total")).as(figures).isPositive();
        }
        assertThat(SinkServer.await(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith(Delivery.THREAD_PREFIX))))
                .isTrue();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long count(MetricSet metrics, String name) {
        return metrics.family("exposit_graphite_" + name).stream()
                .flatMap(family -> family.metrics().stream())
                .mapToLong(metric -> metric.value() instanceof NumberValue number ? (long) number.value() : 0)
                .sum();
    }
}
