package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.graphite.SinkServer.End;
import dev.exposit.graphite.SinkServer.Fate;
import dev.exposit.graphite.SinkServer.Speech;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DeliveryTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final DeliveryOptions QUICK =
            DeliveryOptions.defaults().withBackoff(Duration.ofMillis(5), Duration.ofMillis(20));

    private final BridgeStatistics statistics = new BridgeStatistics();
    private final Log log = new Log();
    private final AtomicInteger made = new AtomicInteger();
    private SinkServer sink;

    /** Hears everything. */
    private static final class Log implements DeliveryListener {
        final List<String> failures = new CopyOnWriteArrayList<>();
        final AtomicInteger connected = new AtomicInteger();
        final AtomicInteger recovered = new AtomicInteger();

        @Override
        public void connected(InetSocketAddress peer) {
            connected.incrementAndGet();
        }

        @Override
        public void failed(Throwable cause, int count, Duration retryIn) {
            failures.add(cause.getMessage());
        }

        @Override
        public void recovered(int count) {
            recovered.incrementAndGet();
            throw new IllegalStateException("what a listener throws is ignored");
        }
    }

    @BeforeEach
    void begin() throws IOException {
        sink = new SinkServer(Speech.LINES);
    }

    @AfterEach
    void end() throws Exception {
        sink.close();
        assertThat(SinkServer.await(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith(Delivery.THREAD_PREFIX))))
                .isTrue();
        assertThat((long) made.get()).isEqualTo(statistics.sent.sum() + statistics.dropped() + statistics.queued);
        assertThat(sink.bad()).isEmpty();
    }

    private GraphiteTarget target() {
        return GraphiteTarget.tcp("127.0.0.1", sink.port());
    }

    private Delivery start(GraphiteTarget target, DeliveryOptions options) throws IOException {
        Delivery delivery = new Delivery(target, options, statistics, log);
        delivery.start();
        return delivery;
    }

    private void offer(Delivery delivery, int samples) throws IOException {
        BatchEncoder encoder = BatchEncoder.of(
                GraphiteTarget.tcp("h", 1), DeliveryOptions.defaults().withBatch(100, 32 << 10), delivery);
        PathBuffer path = new PathBuffer();
        for (int i = 0; i < samples; i++) {
            path.truncate(0);
            byte[] text = ("some.path.of.usual.length." + made.getAndIncrement()).getBytes(StandardCharsets.US_ASCII);
            path.add(text, 0, text.length);
            encoder.add(path, i, 1_700_000_000);
        }
        encoder.flush();
    }

    private void assertAllArrivedOnce() {
        assertThat(sink.arrived()).hasSize(made.get());
        assertThat(sink.total()).isEqualTo(made.get());
        assertThat(statistics.sent.sum()).isEqualTo(made.get());
    }

    @Test
    void samplesArriveAndCountWhenConfirmed() throws Exception {
        try (Delivery delivery = start(target(), QUICK)) {
            offer(delivery, 5_000);
            assertThat(SinkServer.await(() -> sink.total() == 5_000)).isTrue();
            assertThat(statistics.sent.sum()).isZero();
            assertThat(statistics.queued).isEqualTo(5_000);
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
            assertThat(statistics.sent.sum()).isEqualTo(5_000);
            assertThat(statistics.lastSuccessMillis).isPositive();
            offer(delivery, 10);
        }
        assertAllArrivedOnce();
        assertThat(sink.connections()).isEqualTo(2);
        assertThat(statistics.connections.sum()).isEqualTo(2);
        assertThat(statistics.resent.sum()).isZero();
        assertThat(log.failures).isEmpty();
        assertThat(log.connected).hasValue(2);
    }

    @Test
    void withoutConfirmationWrittenCounts() throws Exception {
        sink.fates(() -> new Fate(End.KEEP, 0));
        try (Delivery delivery = start(target().withConfirmTimeout(Duration.ZERO), QUICK)) {
            offer(delivery, 1_000);
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
            assertThat(statistics.sent.sum()).isEqualTo(1_000);
        }
        assertThat(SinkServer.await(() -> sink.total() == 1_000)).isTrue();
        assertThat(log.failures).isEmpty();
    }

    @Test
    void aTargetThatIsDownAtFirstGetsAll() throws Exception {
        sink.down();
        try (Delivery delivery = start(target(), QUICK)) {
            offer(delivery, 1_000);
            assertThat(SinkServer.await(() -> log.failures.size() >= 3)).isTrue();
            assertThat(log.failures.get(0))
                    .startsWith("127.0.0.1:" + sink.port() + ": connecting to 127.0.0.1: Connection refused");
            sink.up();
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertThat(log.recovered).hasValue(1);
        assertAllArrivedOnce();
        assertThat(statistics.retries.sum()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aTargetThatStopsReadingIsLeft() throws Exception {
        AtomicInteger count = new AtomicInteger();
        sink.fates(() -> count.getAndIncrement() == 0 ? new Fate(End.DEAF, 1_000) : Fate.READ);
        try (Delivery delivery = start(target().withWriteTimeout(Duration.ofSeconds(1)), QUICK)) {
            offer(delivery, 300_000); // 15 MB, more than the kernel buffers
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertThat(sink.arrived()).hasSize(made.get());
        assertThat(statistics.sent.sum()).isEqualTo(made.get());
        assertThat(log.failures.get(0)).contains("took longer than 1 s (writeTimeout)");
    }

    @Test
    void aResetWithinABatchLosesNothing() throws Exception {
        AtomicInteger count = new AtomicInteger();
        sink.fates(() -> count.getAndIncrement() == 0 ? new Fate(End.RESET, 100_017) : Fate.READ);
        try (Delivery delivery = start(target(), QUICK)) {
            offer(delivery, 10_000);
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertThat(sink.arrived()).hasSize(10_000);
        assertThat(sink.total()).isGreaterThan(10_000);
        assertThat(statistics.resent.sum()).isGreaterThanOrEqualTo(sink.total() - 10_000);
        assertThat(sink.connections()).isGreaterThan(1);
    }

    /** Each connection dies after 40 kB: fewer are sent over each, until some arrive for certain. */
    @Test
    void connectionsThatAlwaysBreakDoNotHoldTheQueue() throws Exception {
        sink.fates(() -> new Fate(End.RESET, 40_000));
        try (Delivery delivery = start(target(), QUICK)) {
            offer(delivery, 10_000); // 450 kB
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertThat(sink.arrived()).hasSize(10_000);
        assertThat(statistics.sent.sum()).isEqualTo(10_000);
    }

    @Test
    void aCloseInOrderWhileIdleConfirms() throws Exception {
        try (Delivery delivery = start(target(), QUICK)) {
            for (int i = 1; i <= 2; i++) {
                offer(delivery, 1_000);
                int all = made.get();
                assertThat(SinkServer.await(() -> sink.total() == all)).isTrue();
                Thread.sleep(1_500); // longer than the longest time to settle
                sink.closeConnections();
                assertThat(SinkServer.await(() -> statistics.sent.sum() == all)).isTrue();
            }
        }
        assertAllArrivedOnce();
        assertThat(log.failures).isEmpty();
        assertThat(statistics.resent.sum()).isZero();
    }

    /** The kernel resets a connection that is closed with bytes unread, which is how it is known that they were not read. */
    @Test
    void aCloseWithBytesUnreadConfirmsNothing() throws Exception {
        sink.fates(() -> new Fate(End.DEAF, 1_000));
        try (Delivery delivery = start(target(), QUICK)) {
            offer(delivery, 1_000);
            assertThat(SinkServer.await(() -> statistics.bytes.sum() > 40_000)).isTrue();
            Thread.sleep(1_500);
            sink.fates(() -> Fate.READ);
            sink.closeConnections();
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertThat(sink.arrived()).hasSize(1_000);
        assertThat(statistics.resent.sum()).isEqualTo(1_000);
    }

    /** Such as a proxy without a server behind it: to come back at once would be to do nothing else. */
    @Test
    void aPeerThatClosesAtOnceIsAFailure() throws Exception {
        AtomicInteger count = new AtomicInteger();
        sink.fates(() -> count.getAndIncrement() == 0 ? new Fate(End.CLOSE, 0) : Fate.READ);
        try (Delivery delivery = start(target(), QUICK)) {
            offer(delivery, 100);
            assertThat(SinkServer.await(() -> log.failures.size() == 1)).isTrue();
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertAllArrivedOnce();
        assertThat(statistics.retries.sum()).isEqualTo(1);
    }

    @Test
    void aPeerThatNeverClosesIsNamed() throws Exception {
        sink.fates(() -> new Fate(End.KEEP, 0));
        try (Delivery delivery = start(target().withConfirmTimeout(Duration.ofMillis(50)), QUICK)) {
            offer(delivery, 100);
            assertThat(delivery.awaitEmpty(Duration.ofMillis(500))).isFalse();
            assertThat(log.failures.get(0)).contains("within 50 ms", "confirmTimeout 0");
            sink.fates(() -> Fate.READ);
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertThat(sink.arrived()).hasSize(100);
    }

    @Test
    void aConnectionHasItsTime() throws Exception {
        try (Delivery delivery = start(target().withConnectionLifetime(Duration.ofMillis(100)), QUICK)) {
            offer(delivery, 100);
            assertThat(SinkServer.await(() -> statistics.sent.sum() == 100)).isTrue();
            assertThat(SinkServer.await(() -> sink.openConnections() == 0)).isTrue();
            offer(delivery, 100);
            assertThat(SinkServer.await(() -> statistics.sent.sum() == 200)).isTrue();
        }
        assertAllArrivedOnce();
        assertThat(sink.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionForOnePushEndsWithIt() throws Exception {
        try (Delivery delivery = start(target().withConnectionLifetime(Duration.ZERO), QUICK)) {
            for (int push = 1; push <= 3; push++) {
                offer(delivery, 1_000);
                delivery.pushEnds();
                int all = made.get();
                assertThat(SinkServer.await(() -> statistics.sent.sum() == all)).isTrue();
            }
        }
        assertAllArrivedOnce();
        assertThat(sink.connections()).isEqualTo(3);
    }

    @Test
    void halfOfTheQueueUnconfirmedEndsTheConnection() throws Exception {
        DeliveryOptions options = QUICK.withBatch(100, 32 << 10)
                .withQueue(1_000, 1 << 20)
                .withQueueFull(QueueFull.BLOCK)
                .withBlockTimeout(LONG);
        try (Delivery delivery = start(target(), options)) {
            offer(delivery, 10_000);
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertAllArrivedOnce();
        assertThat(sink.connections()).isGreaterThan(5);
    }

    @Test
    void theQueueIsBoundedWhileTheTargetIsAway() throws Exception {
        sink.down();
        DeliveryOptions options = QUICK.withBatch(100, 32 << 10).withQueue(5_000, 1 << 20);
        try (Delivery delivery = start(target(), options)) {
            offer(delivery, 50_000);
            assertThat(statistics.queued).isEqualTo(5_000);
            assertThat(statistics.dropped(DropReason.QUEUE_FULL)).isEqualTo(45_000);
            sink.up();
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertThat(sink.arrived()).hasSize(5_000);
        assertThat(sink.arrived()).containsKey(new SinkServer.Point("some.path.of.usual.length.49999", 1_700_000_000));
    }

    @Test
    void aNameThatCannotBeLookedUpIsTriedAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Resolver resolver = host -> {
            assertThat(host).isEqualTo("carbon.invalid");
            if (asked.getAndIncrement() < 3) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        GraphiteTarget target = GraphiteTarget.tcp("carbon.invalid", sink.port());
        try (Delivery delivery = new Delivery(target, QUICK, statistics, log, resolver)) {
            delivery.start();
            offer(delivery, 100);
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
            assertThat(log.failures).hasSize(3);
            assertThat(log.failures.get(0))
                    .startsWith("carbon.invalid:" + sink.port() + ": looking up the name failed");
        }
        assertAllArrivedOnce();
    }

    @Test
    void aLookUpThatHangsIsLeftAloneAndUsedWhenItAnswers() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Resolver resolver = host -> {
            asked.incrementAndGet();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        GraphiteTarget target = target().withConnectTimeout(Duration.ofMillis(20));
        try (Delivery delivery = new Delivery(target, QUICK, statistics, log, resolver)) {
            delivery.start();
            offer(delivery, 100);
            assertThat(SinkServer.await(() -> log.failures.size() >= 3)).isTrue();
            assertThat(log.failures.get(0)).endsWith("not looked up within 20 ms (connectTimeout)");
            assertThat(asked).hasValue(1);
            answer.countDown();
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertAllArrivedOnce();
    }

    @Test
    void allAddressesOfANameAreTried() throws Exception {
        // Nobody listens at the first two; the second is of a family that cannot reach there.
        InetAddress[] addresses = {
            InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
            InetAddress.getByAddress(new byte[] {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
            InetAddress.getLoopbackAddress()
        };
        GraphiteTarget target = target().withConnectTimeout(Duration.ofSeconds(3));
        try (Delivery delivery = new Delivery(target, QUICK, statistics, log, host -> addresses)) {
            delivery.start();
            offer(delivery, 100);
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertAllArrivedOnce();
        assertThat(log.failures).isEmpty();
    }

    @Test
    void anythingThrownIsSurvived() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Resolver resolver = host -> {
            switch (asked.getAndIncrement()) {
                case 0 -> throw new OutOfMemoryError("not really");
                case 1 -> throw new IllegalStateException("odd");
                default -> {
                    return new InetAddress[] {InetAddress.getLoopbackAddress()};
                }
            }
        };
        DeliveryListener throwing = new DeliveryListener() {
            @Override
            public void failed(Throwable cause, int failures, Duration retryIn) {
                throw new OutOfMemoryError("not really either");
            }
        };
        try (Delivery delivery = new Delivery(target(), QUICK, statistics, throwing, resolver)) {
            delivery.start();
            offer(delivery, 100);
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertAllArrivedOnce();
        assertThat(statistics.retries.sum()).isEqualTo(2);
    }

    @Test
    void aStrayInterruptionBreaksNoBatch() throws Exception {
        try (Delivery delivery = start(target(), QUICK)) {
            Thread thread = Thread.getAllStackTraces().keySet().stream()
                    .filter(candidate -> candidate.getName().startsWith(Delivery.THREAD_PREFIX + "sender"))
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < 20; i++) {
                offer(delivery, 5_000);
                thread.interrupt();
            }
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertThat(sink.arrived()).hasSize(100_000);
        assertThat(statistics.sent.sum()).isEqualTo(100_000);
    }

    @Test
    void closingSendsWhatIsQueued() throws Exception {
        sink.down();
        DeliveryOptions slow = QUICK.withBackoff(Duration.ofHours(1), Duration.ofHours(1));
        Delivery delivery = start(target(), slow);
        offer(delivery, 5_000);
        assertThat(SinkServer.await(() -> log.failures.size() == 1)).isTrue();
        sink.up();
        delivery.close(LONG); // does not wait the hour
        assertAllArrivedOnce();
        offer(delivery, 7);
        assertThat(statistics.dropped(DropReason.CLOSED)).isEqualTo(7);
        delivery.close(LONG);
    }

    @ParameterizedTest
    @EnumSource(
            value = End.class,
            names = {"DEAF", "KEEP"})
    void closingGivesUpInTime(End end) throws Exception {
        sink.fates(() -> new Fate(end, 0));
        GraphiteTarget patient =
                target().withConfirmTimeout(Duration.ofHours(1)).withWriteTimeout(Duration.ofHours(1));
        Delivery delivery = start(patient, QUICK);
        offer(delivery, 200_000);
        assertThat(SinkServer.await(() -> sink.accepted() > 0)).isTrue();
        delivery.close(Duration.ofMillis(200));
        assertThat(statistics.dropped(DropReason.CLOSED)).isEqualTo(200_000);
        assertThat(statistics.queued).isZero();
    }

    @Test
    void closingWorksWithoutAStart() throws Exception {
        Delivery delivery = new Delivery(target(), QUICK, statistics, log);
        offer(delivery, 10);
        delivery.close(LONG);
        assertThat(statistics.dropped(DropReason.CLOSED)).isEqualTo(10);
    }

    @Test
    void anInterruptedCloseEndsAtOnce() throws Exception {
        sink.fates(() -> new Fate(End.DEAF, 0));
        Delivery delivery = start(target().withWriteTimeout(Duration.ofHours(1)), QUICK);
        offer(delivery, 200_000);
        Thread.currentThread().interrupt();
        delivery.close(Duration.ofHours(1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(statistics.dropped(DropReason.CLOSED)).isEqualTo(200_000);
    }

    /** A listener whose backlog is full does not answer at all. */
    @Test
    void connectingIsBounded() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GraphiteTarget target =
                    GraphiteTarget.tcp("127.0.0.1", full.getLocalPort()).withConnectTimeout(Duration.ofMillis(300));
            List<Socket> fill = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket();
                fill.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (IOException e) {
                    break;
                }
            }
            try (Delivery delivery = start(target, QUICK)) {
                offer(delivery, 1);
                assertThat(SinkServer.await(() -> !log.failures.isEmpty())).isTrue();
                assertThat(log.failures.get(0)).contains("connecting to 127.0.0.1: no answer in time", "300 ms");
                delivery.close(Duration.ZERO);
            }
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }
}
