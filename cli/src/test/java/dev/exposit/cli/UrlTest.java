package dev.exposit.cli;

import static dev.exposit.cli.Run.exposit;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UrlTest {
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String serve(int status, String contentType, String body) {
        server.createContext("/metrics", exchange -> {
            requests.incrementAndGet();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
    }

    @Test
    void urlIsScrapedOnceThoughReadTwice() {
        String url = serve(200, "application/openmetrics-text; version=1.0.0", "# TYPE a counter\na_total 1\n# EOF\n");
        Run run = exposit("convert", "--to", "openmetrics-1", "--on-error", "skip-line", url);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("# TYPE a counter\na_total 1.0\n# EOF\n");
        assertThat(requests).hasValue(1);
    }

    @Test
    void problemNamesTheUrl() {
        String url = serve(200, "text/plain", "}\n");
        Run run = exposit("convert", "--to", "prometheus-text", url.replace("//", "//bob:secret@"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith(url + ":1:1: error: ").doesNotContain("secret");
    }

    @Test
    void errorStatusFails() {
        String url = serve(503, "text/html", "<html>\nno\n");
        Run run = exposit("convert", "--to", "prometheus-text", url);
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).isEqualTo("exposit: " + url + ": expected status 200, got 503: <html>\n");
    }

    @Test
    void jsonIsReadByItsContentType() {
        String url = serve(200, "application/json", "[{\"name\":\"a\",\"metrics\":[{\"value\":\"1\"}]}]");
        Run run = exposit("convert", "--to", "prometheus-text", url);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("a 1\n");
    }

    @Test
    void limitHoldsForTheBody() {
        String url = serve(200, "text/plain", "# text\n".repeat(1000));
        Run run = exposit("convert", "--to", "prometheus-text", "--limit", "total-bytes=6K", url);
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err())
                .isEqualTo("exposit: " + url
                        + ": more than the limit total-bytes = 6144 allows; raise it with --limit total-bytes=SIZE\n");
        assertThat(exposit("convert", "--to", "prometheus-text", "--limit", "total-bytes=7K", url)
                        .status())
                .isZero();
    }

    @Test
    void serverThatDoesNotAnswerTimesOut() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            Run run = exposit("convert", "--to", "prometheus-text", "--timeout", "1", url);
            assertThat(run.status()).isEqualTo(4);
            assertThat(run.err()).isEqualTo("exposit: " + url + ": no answer within 1 s\n");
        }
    }

    @Test
    void lintGoesByTheContentTypeUnlessToldOtherwise() {
        String url = serve(200, "application/openmetrics-text; version=1.0.0", "# TYPE a gauge\n# HELP a A.\na 1\n");
        Run run = exposit("lint", "--json", url);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo("{\"file\":\"" + url + "\",\"format\":\"openmetrics-1\",\"valid\":false,\"families\":1,"
                        + "\"samples\":1,\"problems\":[{\"code\":\"MISSING_EOF\",\"severity\":\"error\",\"line\":4,"
                        + "\"column\":1,\"offset\":31,\"message\":\"expected '# EOF' as the last line, got the end of the"
                        + " exposition\"}]}\n");
        assertThat(requests).hasValue(1);
        assertThat(exposit("lint", "--from", "prometheus-text", url).status()).isZero();
    }

    @Test
    void lintTellsWhichUrlCannotBeRead() {
        String url = serve(500, "text/html", "<html>\n");
        Run run = exposit("lint", "--json", "--from", "openmetrics-1", url.replace("//", "//bob:secret@"));
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo("{\"file\":\"" + url.replace("//", "//bob:secret@") + "\",\"format\":\"openmetrics-1\","
                        + "\"valid\":false,\"families\":0,\"samples\":0,\"problems\":[{\"code\":\"IO_ERROR\","
                        + "\"severity\":\"error\",\"line\":0,\"column\":0,\"offset\":0,\"message\":\"expected an"
                        + " exposition that can be read, got " + url + ": expected status 200, got 500: <html>\"}]}\n");
        Run told = exposit("lint", url.replace("//", "//bob:secret@"));
        assertThat(told.status()).isEqualTo(4);
        assertThat(told.err()).isEqualTo("exposit: " + url + ": expected status 200, got 500: <html>\n");
    }

    @Test
    void lintTellsALimitOfAUrlLikeAnyOther() {
        String url = serve(200, "text/plain", "# text\n".repeat(1000));
        Run run = exposit("lint", "--json", "--limit", "total-bytes=6K", url);
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.out()).contains("\"LIMIT_EXCEEDED\"", url + ": more than the limit total-bytes = 6144 allows");
    }

    @Test
    void lintWaitsNoLongerThanAllowed() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            Run run = exposit("lint", "--json", "--timeout", "1", url);
            assertThat(run.status()).isEqualTo(4);
            assertThat(run.out())
                    .contains("\"IO_ERROR\"", url + ": no answer within 1 s")
                    .hasLineCount(1);
        }
    }

    @Test
    void earlierScrapeMayBeAUrl() {
        String url = serve(200, "text/plain", "# HELP c_total C.\n# TYPE c_total counter\nc_total 5\n");
        Run run = Run.withInput("# HELP c_total C.\n# TYPE c_total counter\nc_total 4\n")
                .with("lint", "--since", url);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("<stdin>:3:9: warning: COUNTER_FELL: expected at least 5");
    }
}
