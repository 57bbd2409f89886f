package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.graphite.GraphiteTarget.Transport;
import dev.exposit.graphite.SinkServer.End;
import dev.exposit.graphite.SinkServer.Fate;
import dev.exposit.graphite.SinkServer.Speech;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A target that resets, goes deaf, never closes and restarts at random, for some seconds. Whatever counts as sent has arrived,
 * and what neither arrived nor waits has been counted as dropped.
 */
@Timeout(180)
class DeliveryStressTest {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);

    private final BridgeStatistics statistics = new BridgeStatistics();

    @ParameterizedTest
    @CsvSource({
        "TCP, LINES, 1, false",
        "PICKLE, PICKLES, 2, false",
        "PROTOBUF, PROTOBUF, 3, false",
        "TCP, LINES, 4, true"
    })
    void nothingIsLostUncounted(Transport transport, Speech speech, long seed, boolean smallQueue) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom fateRandom = random.split();
        try (SinkServer sink = new SinkServer(speech)) {
            sink.fates(() -> fate(fateRandom));
            GraphiteTarget target = GraphiteTarget.of("127.0.0.1", sink.port(), transport)
                    .withConnectionLifetime(Duration.ofMillis(30))
                    .withWriteTimeout(Duration.ofMillis(300))
                    .withConfirmTimeout(Duration.ofMillis(300));
            DeliveryOptions options = DeliveryOptions.defaults()
                    .withBatch(500, 32 << 10)
                    .withBackoff(Duration.ofMillis(1), Duration.ofMillis(50))
                    .withQueue(smallQueue ? 20_000 : 10_000_000, 1L << 30);
            int offered = 0;
            try (Delivery delivery = new Delivery(target, options, statistics, DeliveryListener.NONE)) {
                delivery.start();
                BatchEncoder encoder = BatchEncoder.of(target, options, delivery);
                PathBuffer path = new PathBuffer();
                long begun = System.nanoTime();
                long restart = begun + NANOS / 4;
                while (System.nanoTime() - begun < NANOS) {
                    int burst = 1 + random.nextInt(4_000);
                    for (int i = 0; i < burst; i++) {
                        byte[] text = ("some.path." + offered).getBytes(StandardCharsets.US_ASCII);
                        path.truncate(0);
                        path.add(text, 0, text.length);
                        encoder.add(path, offered, 1_700_000_000);
                        offered++;
                    }
                    encoder.flush();
                    Thread.sleep(random.nextInt(20));
                    if (System.nanoTime() - restart > 0) {
                        restart += NANOS / 4;
                        sink.down();
                        Thread.sleep(400);
                        sink.up();
                    }
                }
                sink.fates(() -> Fate.READ);
                assertThat(delivery.awaitEmpty(Duration.ofSeconds(90))).isTrue();
            }
            assertThat(sink.bad()).isEmpty();
            assertThat(offered).isEqualTo((int) (statistics.sent.sum() + statistics.dropped()));
            assertThat(statistics.queued).isZero();
            assertThat(statistics.retries.sum()).isGreaterThan(3);
            assertThat((long) sink.arrived().size()).isGreaterThanOrEqualTo(statistics.sent.sum());
            assertThat((long) offered - sink.arrived().size()).isLessThanOrEqualTo(statistics.dropped());
            assertThat(statistics.dropped() > 0).isEqualTo(smallQueue);
        }
    }

    private static synchronized Fate fate(SplittableRandom random) {
        long bytes = random.nextInt(400_000);
        return switch (random.nextInt(20)) {
            case 0 -> new Fate(End.DEAF, bytes);
            case 1 -> new Fate(End.KEEP, bytes);
            case 2, 3, 4, 5, 6 -> new Fate(End.RESET, bytes);
            default -> Fate.READ;
        };
    }
}
