package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DatagramTest {
    private static final DeliveryOptions QUICK =
            DeliveryOptions.defaults().withBackoff(Duration.ofMillis(5), Duration.ofMillis(20));

    private final BridgeStatistics statistics = new BridgeStatistics();

    /** Few enough for the receiver's buffer, so that none is lost. */
    private static void push(GraphiteTarget target, BatchEncoder.Sink sink) throws IOException {
        BatchEncoder encoder = BatchEncoder.of(target, QUICK, sink);
        PathBuffer path = new PathBuffer();
        for (int i = 0; i < 500; i++) {
            path.truncate(0);
            byte[] text = ("some.path." + i).getBytes(StandardCharsets.US_ASCII);
            path.add(text, 0, text.length);
            encoder.add(path, i, 1_700_000_000);
        }
        encoder.flush();
    }

    @Test
    void datagramsHaveWholeLines() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            GraphiteTarget target =
                    GraphiteTarget.udp("127.0.0.1", socket.getLocalPort()).withDatagramBytes(200);
            try (Delivery delivery = new Delivery(target, QUICK, statistics, DeliveryListener.NONE)) {
                delivery.start();
                push(target, delivery);
                assertThat(delivery.awaitEmpty(Duration.ofSeconds(30))).isTrue();
            }
            Set<String> paths = ConcurrentHashMap.newKeySet();
            socket.setSoTimeout(5_000);
            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            while (paths.size() < 500) {
                socket.receive(packet);
                assertThat(packet.getLength()).isLessThanOrEqualTo(200);
                Wires.lines(Arrays.copyOf(packet.getData(), packet.getLength()))
                        .forEach(sample -> paths.add(sample.path()));
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("datagrams are missing", e);
        }
        assertThat(statistics.sent.sum()).isEqualTo(500);
        assertThat(statistics.dropped()).isZero();
    }

    @Test
    void whereNobodyListensIsAFailureUntilSomebodyDoes() throws Exception {
        int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        GraphiteTarget target = GraphiteTarget.udp("127.0.0.1", port);
        List<String> failures = new CopyOnWriteArrayList<>();
        DeliveryListener listener = new DeliveryListener() {
            @Override
            public void failed(Throwable cause, int count, Duration retryIn) {
                failures.add(cause.toString());
            }
        };
        try (Delivery delivery = new Delivery(target, QUICK, statistics, listener)) {
            delivery.start();
            push(target, delivery);
            assertThat(SinkServer.await(() -> !failures.isEmpty())).isTrue();
            assertThat(failures.get(0)).contains("127.0.0.1:" + port);
            try (DatagramSocket socket =
                    new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                assertThat(delivery.awaitEmpty(Duration.ofSeconds(30))).isTrue();
                assertThat(socket.getLocalPort()).isEqualTo(port);
            }
        }
        assertThat(statistics.sent.sum() + statistics.dropped()).isEqualTo(500);
    }

    @Test
    void oneShotSaysThatNobodyListens() throws Exception {
        int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        GraphiteTarget target = GraphiteTarget.udp("127.0.0.1", port);
        IOException failure = null;
        try (OneShot shot = OneShot.open(target, statistics)) {
            push(target, shot);
            shot.finish();
        } catch (IOException e) {
            failure = e;
        }
        assertThat(failure).hasMessageStartingWith("127.0.0.1:" + port + ": ");
        assertThat(statistics.sent.sum()).isZero();
    }
}
