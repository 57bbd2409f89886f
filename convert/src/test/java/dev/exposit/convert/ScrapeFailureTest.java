package dev.exposit.convert;

import static dev.exposit.convert.Bytes.gzip;
import static dev.exposit.convert.Bytes.half;
import static dev.exposit.convert.Bytes.utf8;
import static dev.exposit.convert.RawServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadLimits.Limit;
import dev.exposit.parser.ReadOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that stall, cut off, lie or flood. */
@Timeout(20)
class ScrapeFailureTest {
    private static final ScrapeOptions IMPATIENT = ScrapeOptions.defaults().withTimeout(Duration.ofSeconds(1));

    private static void scrape(RawServer server, ScrapeOptions options) throws IOException {
        Source.of(server.url(), options).read(ReadOptions.defaults());
    }

    @Test
    void refusedConnectionIsToldWithTheUrl() throws IOException {
        // A port that is held and not listened on refuses; one that is free again may be another process's by then.
        try (Socket held = new Socket()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI url = URI.create("http://127.0.0.1:" + held.getLocalPort() + "/metrics");
            assertThatThrownBy(() -> Source.of(url).read(ReadOptions.defaults()))
                    .isExactlyInstanceOf(ScrapeException.class)
                    .hasMessageStartingWith(url + ": ")
                    .hasMessageContaining("connection refused");
        }
    }

    @Test
    void unknownHostIsToldApart() {
        assertThatThrownBy(
                        () -> Source.of(URI.create("http://nowhere.invalid/")).read(ReadOptions.defaults()))
                .isExactlyInstanceOf(ScrapeException.class)
                .hasMessage("http://nowhere.invalid/: unknown host nowhere.invalid");
    }

    @Test
    void passwordDoesNotShowInMessages() {
        Source source = Source.of(URI.create("http://user:secret@nowhere.invalid/metrics"));
        assertThat(source.name()).isEqualTo("http://nowhere.invalid/metrics");
        assertThatThrownBy(() -> source.read(ReadOptions.defaults())).hasMessageNotContaining("secret");
    }

    @Test
    void answerThatDoesNotComeTimesOut() throws Exception {
        try (RawServer server = RawServer.thatWaits(out -> {})) {
            assertThatThrownBy(() -> scrape(server, IMPATIENT))
                    .isInstanceOf(ScrapeTimeoutException.class)
                    .hasMessage(server.url() + ": no answer within 1 s");
            assertThat(server.sawClientGo()).isTrue();
        }
    }

    @Test
    void bodyThatStallsTimesOut() throws Exception {
        try (RawServer server = RawServer.thatWaits(out -> {
            out.write(head("HTTP/1.1 200 OK", "Content-Length: 100"));
            out.write(utf8("a 1\n"));
        })) {
            assertThatThrownBy(() -> scrape(server, IMPATIENT))
                    .isInstanceOf(ScrapeTimeoutException.class)
                    .hasMessage(server.url() + ": the body did not come within 1 s");
            assertThat(server.sawClientGo()).isTrue();
        }
    }

    @Test
    void bodyThatTricklesTimesOut() throws Exception {
        try (RawServer server = RawServer.thatWaits(out -> {
            out.write(head("HTTP/1.1 200 OK"));
            for (int i = 0; i < 1000; i++) {
                out.write('#');
                out.flush();
                Thread.sleep(20);
            }
        })) {
            assertThatThrownBy(() -> scrape(server, IMPATIENT)).isInstanceOf(ScrapeTimeoutException.class);
            assertThat(server.sawClientGo()).isTrue();
        }
    }

    /** The time that a body waits for its reader is not the server's. */
    @Test
    void slowReaderDoesNotTimeOut() throws Exception {
        byte[] block = utf8("a 1\n".repeat(4096));
        try (RawServer server = RawServer.thatHangsUp(out -> {
            out.write(head("HTTP/1.1 200 OK"));
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
        })) {
            try (Source.Body body = Source.of(server.url(), IMPATIENT).open(ReadOptions.defaults())) {
                byte[] buffer = new byte[block.length];
                int count = 0;
                for (int n = 0; n >= 0; n = body.stream().read(buffer)) {
                    count += n;
                    Thread.sleep(5);
                }
                assertThat(count).isEqualTo(100 * block.length);
            }
        }
    }

    @Test
    void halfOfAGzipBodyIsAnError() throws Exception {
        byte[] body = half(gzip(utf8("a 1\nb 2\nc 3\n")));
        try (RawServer server = RawServer.thatHangsUp(out -> {
            out.write(head("HTTP/1.1 200 OK", "Content-Encoding: gzip", "Content-Length: " + body.length));
            out.write(body);
        })) {
            assertThatThrownBy(() -> scrape(server, IMPATIENT))
                    .isExactlyInstanceOf(ScrapeException.class)
                    .hasMessage(server.url() + ": the gzip data end before they are complete");
        }
    }

    @Test
    void bodyThatIsNotGzipAsItSaysIsAnError() throws Exception {
        try (RawServer server = RawServer.thatHangsUp(out -> {
            out.write(head("HTTP/1.1 200 OK", "Content-Encoding: gzip"));
            out.write(utf8("a 1\n"));
        })) {
            assertThatThrownBy(() -> scrape(server, IMPATIENT))
                    .isExactlyInstanceOf(ScrapeException.class)
                    .hasMessageContaining("the gzip data are broken");
        }
    }

    @Test
    void bodyShorterThanItsContentLengthIsAnError() throws Exception {
        try (RawServer server = RawServer.thatHangsUp(out -> {
            out.write(head("HTTP/1.1 200 OK", "Content-Length: 1000"));
            out.write(utf8("a 1\n"));
        })) {
            assertThatThrownBy(() -> scrape(server, IMPATIENT))
                    .isExactlyInstanceOf(ScrapeException.class)
                    .hasMessageStartingWith(server.url() + ": the body ends before it is complete");
        }
    }

    @Test
    void bodyWithoutItsLastChunkIsAnError() throws Exception {
        try (RawServer server = RawServer.thatHangsUp(out -> {
            out.write(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked"));
            out.write(utf8("4\r\na 1\n\r\n"));
        })) {
            assertThatThrownBy(() -> scrape(server, IMPATIENT))
                    .isExactlyInstanceOf(ScrapeException.class)
                    .hasMessageStartingWith(server.url() + ": the body ends before it is complete");
        }
    }

    @Test
    void connectionClosedWithoutAnAnswerIsAnError() throws Exception {
        try (RawServer server = RawServer.thatHangsUp(out -> {})) {
            assertThatThrownBy(() -> scrape(server, IMPATIENT))
                    .isExactlyInstanceOf(ScrapeException.class)
                    .hasMessageStartingWith(server.url() + ": no valid answer: ");
        }
    }

    @Test
    void answerThatIsNotHttpIsAnError() throws Exception {
        try (RawServer server = RawServer.thatHangsUp(out -> out.write(utf8("SSH-2.0-OpenSSH_9.2\r\n\r\n")))) {
            assertThatThrownBy(() -> scrape(server, IMPATIENT))
                    .isExactlyInstanceOf(ScrapeException.class)
                    .hasMessageStartingWith(server.url() + ": no valid answer: ");
        }
    }

    @Test
    void gzipBombIsRefusedAtTheLimitAndTheConnectionClosed() throws Exception {
        try (RawServer server = RawServer.thatWaits(out -> {
            out.write(head("HTTP/1.1 200 OK", "Content-Encoding: gzip"));
            writeBomb(out);
        })) {
            assertThatThrownBy(() -> scrape(server, ScrapeOptions.defaults().withTotalBytes(1 << 20)))
                    .isInstanceOfSatisfying(ReadLimitException.class, e -> {
                        assertThat(e.limit()).hasToString("totalBytes");
                        assertThat(e.value()).isEqualTo(1 << 20);
                    });
            assertThat(server.sawClientGo()).isTrue();
        }
    }

    @Test
    void bodyThatIsCompressedTooWellIsRefusedAsTheOptionsSay() throws Exception {
        byte[] zeros = gzip(utf8("# nothing\n".repeat(300_000)));
        ReadOptions strict =
                ReadOptions.defaults().withLimits(ReadLimits.defaults().with(Limit.COMPRESSION_RATIO, 10));
        try (RawServer server = RawServer.thatHangsUp(out -> {
            out.write(head("HTTP/1.1 200 OK", "Content-Encoding: gzip"));
            out.write(zeros);
        })) {
            assertThatThrownBy(() -> Source.of(server.url()).read(strict))
                    .isInstanceOfSatisfying(
                            ReadLimitException.class, e -> assertThat(e.limit()).isEqualTo(Limit.COMPRESSION_RATIO));
        }
    }

    /** Comments without end: some hundred bytes of them for each byte sent. */
    private static void writeBomb(OutputStream out) throws IOException {
        byte[] member = gzip(utf8("# nothing to see here\n".repeat(100_000)));
        for (int i = 0; i < 10_000; i++) {
            out.write(member);
        }
    }

    @Test
    void malformedAnswerClosesTheConnection() throws Exception {
        try (RawServer server = RawServer.thatWaits(out -> {
            out.write(head("HTTP/1.1 200 OK", "Content-Type: text/plain; version=0.0.4"));
            out.write(utf8("<html>\n"));
        })) {
            assertThatThrownBy(() -> scrape(server, ScrapeOptions.defaults()))
                    .isInstanceOf(ExpositionSyntaxException.class);
            assertThat(server.sawClientGo()).isTrue();
        }
    }

    @Test
    void interruptionEndsTheWaiting() throws Exception {
        try (RawServer server = RawServer.thatWaits(out -> out.write(head("HTTP/1.1 200 OK")))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> scrape(server, ScrapeOptions.defaults())).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
