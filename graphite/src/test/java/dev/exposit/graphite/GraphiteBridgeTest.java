package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.model.Labels;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bridge from its sources to a sink that takes lines. */
@Timeout(60)
class GraphiteBridgeTest {
    private static final Clock NOW = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    private final LineSink sink = LineSink.open();

    @AfterEach
    void closeSink() throws IOException {
        sink.close();
    }

    private GraphiteBridge.Builder bridge() {
        return GraphiteBridge.builder(GraphiteTarget.tcp("127.0.0.1", sink.port()))
                .clock(NOW);
    }

    private static long total(GraphiteBridge bridge, String family) {
        return bridge.metrics().family(family).stream()
                .flatMap(found -> found.metrics().stream())
                .mapToLong(metric -> metric.value() instanceof NumberValue number ? (long) number.value() : 0)
                .sum();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(Delivery.THREAD_PREFIX))
                .toList();
    }

    private static void awaitNoThreads() throws InterruptedException {
        while (!threads().isEmpty()) {
            Thread.sleep(10);
        }
    }

    @Test
    void aPushReachesTheTargetAndTellsOfItself() throws Exception {
        try (GraphiteBridge bridge = bridge().source(MetricSource.ofText("up{a=\"b\"} 1\nbroken NaN\n"), "job", "node")
                .source(MetricSource.ofText("down 0\n"))
                .build()) {
            PushReport report = bridge.pushOnce();

            assertThat(report.samples()).isEqualTo(3);
            assertThat(report.dropped()).isEqualTo(1);
            assertThat(report.sources()).isEqualTo(2);
            assertThat(report.failedSources()).isZero();
            assertThat(report.at()).isEqualTo(NOW.instant());
            assertThat(sink.await(2)).containsExactly("up;a=b;job=node 1 1700000000", "down 0 1700000000");
            assertThat(total(bridge, "exposit_graphite_samples_total")).isEqualTo(3);
            assertThat(total(bridge, "exposit_graphite_sent_total")).isEqualTo(2);
            assertThat(total(bridge, "exposit_graphite_dropped_total")).isEqualTo(1);
        }
        awaitNoThreads();
    }

    @Test
    void aSourceThatFailsIsToldAfterTheOthersWerePushed() throws Exception {
        try (GraphiteBridge bridge = bridge().source(
                        "first",
                        () -> {
                            throw new IOException("no luck");
                        },
                        Labels.of())
                .source(MetricSource.ofText("up 1"))
                .source("third", MetricSource.ofText("up{"), Labels.of())
                .build()) {
            assertThatThrownBy(bridge::pushOnce)
                    .isInstanceOf(SourceException.class)
                    .hasMessage("first: no luck")
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        }
        assertThat(sink.await(1)).containsExactly("up 1 1700000000");
    }

    @Test
    void aTargetThatIsNotThereIsToldWithItsAddress() throws IOException {
        // A port that is held and not listened on refuses; one that is free again may be another process's by then.
        try (Socket held = new Socket()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = held.getLocalPort();
            try (GraphiteBridge bridge = GraphiteBridge.builder(GraphiteTarget.tcp("127.0.0.1", port))
                    .source(MetricSource.ofText("up 1"))
                    .build()) {
                assertThatThrownBy(bridge::pushOnce)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("127.0.0.1:" + port);
                assertThat(total(bridge, "exposit_graphite_sent_total")).isZero();
            }
        }
    }

    @Test
    void aStartedBridgePushesAgainAndAgainAndLeavesNoThread() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        BlockingQueue<PushReport> reports = new LinkedBlockingQueue<>();
        GraphiteBridge bridge = bridge().source(() -> MetricSet.of(MetricFamily.builder("asked", MetricType.GAUGE)
                        .add(asked.incrementAndGet())
                        .build()))
                .interval(Duration.ofMillis(10))
                .listener(new BridgeListener() {
                    @Override
                    public void pushed(PushReport report) {
                        reports.add(report);
                    }
                })
                .build();
        bridge.start();
        assertThatThrownBy(bridge::start).isInstanceOf(IllegalStateException.class);
        for (int i = 0; i < 5; i++) {
            assertThat(reports.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
        bridge.close();

        assertThat(sink.await(5)).startsWith("asked 1 1700000000", "asked 2 1700000000");
        long samples = total(bridge, "exposit_graphite_samples_total");
        assertThat(samples)
                .isEqualTo(
                        total(bridge, "exposit_graphite_sent_total") + total(bridge, "exposit_graphite_dropped_total"));
        assertThat(sink.lines()).hasSize((int) total(bridge, "exposit_graphite_sent_total"));
        bridge.close();
        assertThatThrownBy(bridge::pushOnce).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(bridge::start).isInstanceOf(IllegalStateException.class);
        awaitNoThreads();
    }

    @Test
    void aSourceThatHangsTakesOnlyItsOwnMetricsWithIt() throws Exception {
        BlockingQueue<String> failed = new LinkedBlockingQueue<>();
        GraphiteBridge bridge = bridge().source(
                        "hanging",
                        () -> {
                            new CountDownLatch(1).await();
                            return MetricSet.of();
                        },
                        Labels.of())
                .source(MetricSource.ofText("up 1"))
                .sourceTimeout(Duration.ofMillis(20))
                .interval(Duration.ofMillis(10))
                .listener(new BridgeListener() {
                    @Override
                    public void sourceFailed(SourceException why) {
                        failed.add(why.getMessage());
                        throw new IllegalStateException("a listener that throws");
                    }
                })
                .build();
        bridge.start();
        assertThat(failed.poll(30, TimeUnit.SECONDS)).isEqualTo("hanging: no answer within 20 ms");
        assertThat(failed.poll(30, TimeUnit.SECONDS)).asString().startsWith("hanging: ");
        sink.await(2);
        bridge.close();

        assertThat(sink.lines()).containsOnly("up 1 1700000000");
        awaitNoThreads();
    }

    @Test
    void ownMetricsAreSentAlong() throws Exception {
        try (GraphiteBridge bridge = bridge().source(MetricSource.ofText("up 1"))
                .ownMetrics("job", "bridge")
                .build()) {
            bridge.pushOnce();
            bridge.pushOnce();
        }

        assertThat(sink.await(20))
                .contains(
                        "exposit_graphite_pushes_total;job=bridge 1 1700000000",
                        "exposit_graphite_pushes_total;job=bridge 2 1700000000",
                        "exposit_graphite_dropped_total;job=bridge;reason=queue_full 0 1700000000");
    }

    @Test
    void withoutStartTimestampsTheirGaugesAreLeftOutToo() throws Exception {
        String text = """
                # TYPE c_total counter
                c_total 1
                # TYPE c_created gauge
                c_created 5
                # TYPE users_created gauge
                users_created 7
                """;
        try (GraphiteBridge bridge = bridge().source(MetricSource.ofText(text))
                .values(GraphiteValues.defaults().withStartTimestamps(GraphiteValues.StartTimestamps.OMIT_WITH_GAUGES))
                .build()) {
            bridge.pushOnce();
        }

        assertThat(sink.await(2)).containsExactly("c_total 1 1700000000", "users_created 7 1700000000");
    }

    @Test
    void seriesOfTwoSourcesOnOnePathAreNoticed() throws Exception {
        try (GraphiteBridge bridge = bridge().source(MetricSource.ofText("up 1"))
                .source(MetricSource.ofText("up 2"))
                .build()) {
            assertThat(bridge.pushOnce().collisions()).isEqualTo(1);
        }

        assertThat(sink.await(1)).containsExactly("up 1 1700000000");
    }

    @Test
    void aBridgeNeedsASourceAndTimesAboveZero() {
        assertThatThrownBy(() -> bridge().build()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bridge().interval(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bridge().sourceTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bridge().flushDeadline(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
