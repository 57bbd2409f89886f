package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.graphite.GraphiteTarget.Transport;
import dev.exposit.graphite.SinkServer.End;
import dev.exposit.graphite.SinkServer.Fate;
import dev.exposit.graphite.SinkServer.Point;
import dev.exposit.graphite.SinkServer.Speech;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class OneShotTest {
    private final BridgeStatistics statistics = new BridgeStatistics();

    private static void push(OneShot shot, Transport transport, int samples) throws IOException {
        BatchEncoder encoder = BatchEncoder.of(GraphiteTarget.of("h", 1, transport), DeliveryOptions.defaults(), shot);
        PathBuffer path = new PathBuffer();
        for (int i = 0; i < samples; i++) {
            path.truncate(0);
            byte[] text = ("a.b." + i).getBytes(StandardCharsets.US_ASCII);
            path.add(text, 0, text.length);
            encoder.add(path, i, 1_700_000_000);
        }
        encoder.flush();
    }

    @ParameterizedTest
    @CsvSource({"TCP, LINES", "PICKLE, PICKLES", "PROTOBUF, PROTOBUF"})
    void everythingHasArrivedWhenItIsFinished(Transport transport, Speech speech) throws IOException {
        try (SinkServer sink = new SinkServer(speech)) {
            try (OneShot shot = OneShot.open(GraphiteTarget.of("127.0.0.1", sink.port(), transport), statistics)) {
                push(shot, transport, 25_000);
                shot.finish();
                assertThat(sink.total()).isEqualTo(25_000);
                assertThat(sink.arrived()).hasSize(25_000);
                assertThat(sink.values()).containsAllEntriesOf(Map.of(new Point("a.b.777", 1_700_000_000), 777.0));
            }
            assertThat(sink.connections()).isEqualTo(1);
            assertThat(sink.bad()).isEmpty();
        }
        assertThat(statistics.sent.sum()).isEqualTo(25_000);
        assertThat(statistics.dropped()).isZero();
        assertThat(statistics.connections.sum()).isEqualTo(1);
        assertThat(statistics.bytes.sum()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = End.class,
            names = {"RESET", "KEEP"})
    void whatMayNotHaveArrivedIsAFailure(End end) throws IOException {
        try (SinkServer sink = new SinkServer(Speech.LINES)) {
            sink.fates(() -> new Fate(end, 10_000));
            GraphiteTarget target =
                    GraphiteTarget.tcp("127.0.0.1", sink.port()).withConfirmTimeout(Duration.ofMillis(200));
            try (OneShot shot = OneShot.open(target, statistics)) {
                assertThatThrownBy(() -> {
                            push(shot, Transport.TCP, 5_000);
                            shot.finish();
                        })
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("127.0.0.1:" + sink.port() + ": ");
            }
        }
        assertThat(statistics.sent.sum()).isZero();
        assertThat(statistics.dropped(DropReason.FAILED)).isEqualTo(5_000);
        assertThat(statistics.retries.sum()).isZero();
    }

    @Test
    void aTargetThatIsDownIsNamed() throws IOException {
        int port;
        try (SinkServer sink = new SinkServer(Speech.LINES)) {
            port = sink.port();
        }
        assertThatThrownBy(() -> OneShot.open(GraphiteTarget.tcp("localhost", port), statistics))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("localhost:" + port + ": connecting to ")
                .hasMessageEndingWith("Connection refused");
    }

    @Test
    void aNameWithoutAddressIsNamed() {
        assertThatThrownBy(() -> OneShot.open(GraphiteTarget.tcp("carbon.invalid", 2003), statistics))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("carbon.invalid:2003: ");
    }

    @Test
    void anInterruptionEndsIt() throws Exception {
        try (SinkServer sink = new SinkServer(Speech.LINES)) {
            sink.fates(() -> new Fate(End.KEEP, 0));
            try (OneShot shot = OneShot.open(GraphiteTarget.tcp("127.0.0.1", sink.port()), statistics)) {
                push(shot, Transport.TCP, 10);
                Thread self = Thread.currentThread();
                Thread other = new Thread(() -> {
                    try {
                        Thread.sleep(100);
                    } catch (InterruptedException e) {
                        return;
                    }
                    self.interrupt();
                });
                other.start();
                assertThatThrownBy(shot::finish).isInstanceOf(InterruptedIOException.class);
                assertThat(Thread.interrupted()).isTrue();
                other.join();
            }
        }
    }
}
