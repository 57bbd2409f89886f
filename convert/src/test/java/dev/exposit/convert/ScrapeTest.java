package dev.exposit.convert;

import static dev.exposit.convert.Bytes.concat;
import static dev.exposit.convert.Bytes.gzip;
import static dev.exposit.convert.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.exposit.format.ContentNegotiation;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.ExpositionWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a server, and what is made of a proper answer. */
@Timeout(20)
class ScrapeTest {
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final List<Headers> requests = new ArrayList<>();
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

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private URI serve(String path, int status, Map<String, String> headers, byte[] body) {
        server.createContext(path, exchange -> {
            requests.add(exchange.getRequestHeaders());
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        return url(path);
    }

    private static MetricSet read(URI url) throws IOException {
        return Source.of(url).read(ReadOptions.defaults());
    }

    @Test
    void requestIsThatOfPrometheus() throws IOException {
        read(serve("/metrics", 200, Map.of(), utf8("a 1\n")));
        assertThat(requests).singleElement().satisfies(headers -> {
            assertThat(headers.get("Accept"))
                    .containsExactly("application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,"
                            + "application/openmetrics-text;version=0.0.1;q=0.5,"
                            + "text/plain;version=1.0.0;escaping=underscores;q=0.4,"
                            + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
            assertThat(headers.get("Accept-Encoding")).containsExactly("gzip");
            assertThat(headers.get("X-Prometheus-Scrape-Timeout-Seconds")).containsExactly("30");
            assertThat(headers.getFirst("User-Agent")).matches("exposit/\\d+\\.\\d+\\.\\d+.*");
            assertThat(headers).doesNotContainKeys("Authorization", "Upgrade");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROMETHEUS_TEXT_0_0_4 | text/plain;version=0.0.4;q=0.6,*/*;q=0.5
            PROMETHEUS_TEXT       | text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.4
            OPENMETRICS_1         | application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,*/*;q=0.4
            OPENMETRICS_2         | application/openmetrics-text;version=2.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.5
            """)
    void formatAskedForIsTheFormatAccepted(ExpositionFormat format, String accept) throws IOException {
        URI url = serve("/metrics", 200, Map.of(), utf8("# EOF\n"));
        Source.of(url).read(ReadOptions.of(format));
        assertThat(requests.get(0).getFirst("Accept")).isEqualTo(accept);
    }

    @Test
    void serversOfferWhatIsWritten() {
        assertThat(ContentNegotiation.standard().formats())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ExpositionFormat.values())
                        .filter(ExpositionWriter::canWrite)
                        .toList());
    }

    @Test
    void optionsShowInTheRequest() throws IOException {
        URI url = serve("/metrics", 200, Map.of(), utf8("a 1\n"));
        ScrapeOptions options =
                ScrapeOptions.defaults().withUserAgent("probe/7").withTimeout(Duration.ofMillis(2500));
        Source.of(url, options).read(ReadOptions.defaults());
        assertThat(requests.get(0).getFirst("User-Agent")).isEqualTo("probe/7");
        assertThat(requests.get(0).getFirst("X-Prometheus-Scrape-Timeout-Seconds"))
                .isEqualTo("2.5");
    }

    @Test
    void contentTypeDecidesTheFormat() throws IOException {
        byte[] body = utf8("# TYPE a counter\na_total 1\n# EOF\n");
        MetricSet metrics = read(serve("/metrics", 200, Map.of("Content-Type", OPEN_METRICS), body));
        assertThat(metrics.family("a_total").orElseThrow().type()).isEqualTo(MetricType.COUNTER);
        // The comment of the one format is the end of the other.
        MetricSet text = read(serve("/text", 200, Map.of("Content-Type", "text/plain; version=0.0.4"), body));
        assertThat(text.family("a_total").orElseThrow().type()).isEqualTo(MetricType.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "no content type at all", "application/octet-stream"})
    void contentTypeThatNamesNoFormatLeavesItToTheFirstBytes(String type) throws IOException {
        byte[] body = utf8("# TYPE a counter\na_total 1\n# EOF\n");
        MetricSet metrics = read(serve("/metrics", 200, Map.of("Content-Type", type), body));
        assertThat(metrics.family("a_total").orElseThrow().type()).isEqualTo(MetricType.COUNTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP"})
    void gzipIsDecompressed(String encoding) throws IOException {
        URI url = serve("/metrics", 200, Map.of("Content-Encoding", encoding), gzip(utf8("a 1\n")));
        assertThat(read(url).value("a")).hasValue(1.0);
    }

    @Test
    void gzipFileIsDecompressedThoughNoHeaderSaysSo() throws IOException {
        URI url = serve("/node.prom.gz", 200, Map.of("Content-Type", "application/gzip"), gzip(utf8("a 1\n")));
        assertThat(read(url).value("a")).hasValue(1.0);
    }

    @Test
    void laterGzipMembersAreNotLost() throws IOException {
        byte[] body = gzip(utf8("a 1\n"));
        server.createContext("/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            pause();
            exchange.getResponseBody().write(gzip(utf8("b 2\n")));
            exchange.close();
        });
        assertThat(read(url("/metrics")).value("b")).hasValue(2.0);
        URI atOnce = serve("/at-once", 200, Map.of("Content-Encoding", "gzip"), concat(body, gzip(utf8("c 3\n"))));
        assertThat(read(atOnce).value("c")).hasValue(3.0);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void otherEncodingsAreRefused() {
        URI url = serve("/metrics", 200, Map.of("Content-Encoding", "br"), utf8("a 1\n"));
        assertThatThrownBy(() -> read(url))
                .isInstanceOf(ScrapeException.class)
                .hasMessage(url + ": expected content encoding gzip or identity, got \"br\"");
    }

    @Test
    void errorStatusIsToldWithTheFirstLineOfTheBody() {
        URI url = serve("/metrics", 500, Map.of("Content-Type", "text/html"), utf8("\n  <h1>Broken\u0007</h1>\nmore"));
        assertThatThrownBy(() -> read(url))
                .isInstanceOfSatisfying(
                        HttpStatusException.class, e -> assertThat(e.status()).isEqualTo(500))
                .hasMessage(url + ": expected status 200, got 500: <h1>Broken\uFFFD</h1>");
    }

    @ParameterizedTest
    @CsvSource({"204", "404", "304"})
    void errorStatusWithoutABodyIsToldAlone(int status) {
        URI url = serve("/metrics", status, Map.of(), new byte[0]);
        assertThatThrownBy(() -> read(url)).hasMessage(url + ": expected status 200, got " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectIsFollowed(int status) throws IOException {
        serve("/new", 200, Map.of(), utf8("a 1\n"));
        assertThat(read(serve("/old", status, Map.of("Location", "new"), utf8("Moved.")))
                        .value("a"))
                .hasValue(1.0);
    }

    @Test
    void redirectLoopEnds() {
        URI url = serve("/metrics", 302, Map.of("Location", "/metrics"), new byte[0]);
        assertThatThrownBy(() -> read(url))
                .isInstanceOf(ScrapeException.class)
                .hasMessage(url + ": more than 5 redirects");
        assertThat(requests).hasSize(6);
    }

    @Test
    void redirectsMayBeForbidden() {
        URI url = serve("/metrics", 302, Map.of("Location", "/metrics"), new byte[0]);
        Source source = Source.of(url, ScrapeOptions.defaults().withRedirects(0));
        assertThatThrownBy(() -> source.read(ReadOptions.defaults())).hasMessageEndingWith("more than 0 redirects");
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/hostname", "ftp://127.0.0.1/x", "jar:file:/x!/y", "http:", "http://[", "//"})
    void redirectElsewhereIsRefused(String location) {
        URI url = serve("/metrics", 302, Map.of("Location", location), new byte[0]);
        assertThatThrownBy(() -> read(url))
                .isInstanceOf(ScrapeException.class)
                .hasMessage(url + ": redirected to \"" + location + "\", which is no URL of http or https");
    }

    @Test
    void redirectWithoutALocationIsRefused() {
        URI url = serve("/metrics", 302, Map.of(), new byte[0]);
        assertThatThrownBy(() -> read(url)).hasMessage(url + ": redirected with status 302, but not whereto");
    }

    @Test
    void userAndPasswordStayWithTheirServer() throws IOException {
        serve("/c", 200, Map.of(), utf8("a 1\n"));
        String otherOrigin = url("/c").toString().replace("127.0.0.1", "localhost");
        serve("/b", 302, Map.of("Location", otherOrigin), new byte[0]);
        URI first = serve("/a", 302, Map.of("Location", "/b"), new byte[0]);
        read(URI.create(first.toString().replace("//", "//bob:p%40ss@")));
        assertThat(requests)
                .extracting(headers -> headers.getFirst("Authorization"))
                .containsExactly("Basic Ym9iOnBAc3M=", "Basic Ym9iOnBAc3M=", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/hostname", "ftp://host/x", "metrics", "http:///metrics", "mailto:bob@host"})
    void sourceMustBeAUrlOfHttp(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Source.of(URI.create(url)))
                .withMessage("expected a URL with scheme http or https and a host, got " + url);
    }

    @Test
    void clientMustNotFollowRedirectsByItself() {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScrapeOptions.defaults().withClient(client))
                .withMessageContaining("redirects");
    }

    @Test
    void clientOfTheCallersOwnIsUsed() throws IOException {
        URI url = serve("/metrics", 200, Map.of(), utf8("a 1\n"));
        HttpClient client = HttpClient.newHttpClient();
        ScrapeOptions options = ScrapeOptions.defaults().withClient(client);
        assertThat(Source.of(url, options).read(ReadOptions.defaults()).value("a"))
                .hasValue(1.0);
    }
}
