package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.graphite.SinkServer.End;
import dev.exposit.graphite.SinkServer.Fate;
import dev.exposit.graphite.SinkServer.Speech;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TlsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static SinkServer sink;

    private final BridgeStatistics statistics = new BridgeStatistics();
    private final DeliveryOptions options =
            DeliveryOptions.defaults().withBackoff(Duration.ofMillis(5), Duration.ofMillis(20));

    @BeforeAll
    static void begin() throws Exception {
        certificates = Certificates.naming("dns:carbon.example,ip:127.0.0.1", folder);
        sink = new SinkServer(Speech.LINES, certificates.server().getSocketFactory());
    }

    @AfterAll
    static void end() throws IOException {
        sink.close();
    }

    private static GraphiteTarget target(String host, String version) throws Exception {
        return GraphiteTarget.tls(host, sink.port()).withTls(certificates.client(version));
    }

    private static Batch batch(String name, int samples) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < samples; i++) {
            lines.append(name).append('.').append(i).append(" 1 1\n");
        }
        return new Batch(lines.toString().getBytes(StandardCharsets.UTF_8), samples);
    }

    private static long arrived(String name) {
        return sink.arrived().keySet().stream()
                .filter(point -> point.path().startsWith(name + "."))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void samplesArriveAndAreConfirmed(String version) throws Exception {
        sink.fates(() -> Fate.READ);
        try (OneShot shot = OneShot.open(target("127.0.0.1", version), statistics)) {
            for (int i = 0; i < 20; i++) {
                shot.take(batch("good" + version + i, 1_000));
            }
            shot.finish();
        }
        assertThat(statistics.sent.sum()).isEqualTo(20_000);
        for (int i = 0; i < 20; i++) {
            assertThat(arrived("good" + version + i)).isEqualTo(1_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aBrokenConnectionLosesNothing(String version) throws Exception {
        AtomicInteger count = new AtomicInteger();
        sink.fates(() -> count.getAndIncrement() == 0 ? new Fate(End.RESET, 50_000) : Fate.READ);
        try (Delivery delivery =
                new Delivery(target("127.0.0.1", version), options, statistics, DeliveryListener.NONE)) {
            delivery.start();
            for (int i = 0; i < 100; i++) {
                delivery.offer(batch("broken" + version + i, 100));
            }
            assertThat(delivery.awaitEmpty(LONG)).isTrue();
        }
        assertThat(arrived("broken" + version + "0")).isEqualTo(100);
        assertThat(arrived("broken" + version + "99")).isEqualTo(100);
        assertThat(statistics.sent.sum()).isEqualTo(10_000);
        assertThat(count).hasValueGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aCloseInOrderWhileIdleConfirms(String version) throws Exception {
        sink.fates(() -> Fate.READ);
        try (Delivery delivery =
                new Delivery(target("127.0.0.1", version), options, statistics, DeliveryListener.NONE)) {
            delivery.start();
            delivery.offer(batch("idle" + version, 100));
            assertThat(SinkServer.await(() -> arrived("idle" + version) == 100)).isTrue();
            Thread.sleep(1_500); // longer than the longest time to settle
            sink.closeConnections();
            assertThat(SinkServer.await(() -> statistics.sent.sum() == 100)).isTrue();
        }
        assertThat(statistics.resent.sum()).isZero();
    }

    @Test
    void aTargetThatStopsReadingIsLeft() throws Exception {
        sink.fates(() -> new Fate(End.DEAF, 1_000));
        GraphiteTarget target = target("127.0.0.1", "TLSv1.3").withWriteTimeout(Duration.ofMillis(200));
        try (OneShot shot = OneShot.open(target, statistics)) {
            Batch batch = batch("deaf", 50_000);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            shot.take(batch);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("took longer than 200 ms (writeTimeout)");
        }
        assertThat(statistics.sent.sum()).isZero();
        assertThat(statistics.dropped(DropReason.FAILED)).isPositive();
    }

    /** The certificate names 127.0.0.1 and not localhost. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anotherHostsCertificateIsRefused(String version) throws Exception {
        sink.fates(() -> Fate.READ);
        assertThatThrownBy(() -> OneShot.open(target("localhost", version), statistics))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("localhost:" + sink.port() + ": connecting to ")
                .hasMessageContaining("localhost")
                .hasCauseInstanceOf(SSLException.class);
        // The name decides, not the address.
        Resolver resolver = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        OneShot.open(target("carbon.example", version), statistics, resolver).close();
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        assertThatThrownBy(() -> OneShot.open(GraphiteTarget.tls("127.0.0.1", sink.port()), statistics))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(SSLException.class);
    }

    @Test
    void aHandshakeThatDoesNotEndIsBounded() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            GraphiteTarget target =
                    GraphiteTarget.tls("127.0.0.1", silent.getLocalPort()).withConnectTimeout(Duration.ofMillis(200));
            assertThatThrownBy(() -> OneShot.open(target, statistics))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("TLS's handshake did not end in time, connectTimeout is 200 ms");
        }
    }

    @Test
    void aServerWithoutTlsIsRefused() throws Exception {
        try (SinkServer plain = new SinkServer(Speech.LINES)) {
            plain.fates(() -> new Fate(End.CLOSE, 10));
            assertThatThrownBy(() -> OneShot.open(GraphiteTarget.tls("127.0.0.1", plain.port()), statistics))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("connecting to 127.0.0.1");
        }
    }
}
