package dev.exposit.convert;

import dev.exposit.format.ContentType;
import dev.exposit.parser.Gunzip;
import dev.exposit.parser.ReadLimits;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One scrape: the request, redirects, and the answer's body. */
final class Scrape {
    private static final int OK = 200;

    private final ScrapeOptions options;
    private final ReadLimits limits;
    private final String accept;
    private final String name;
    private final URI origin;
    private @Nullable String authorization;
    private long nanosLeft;

    /**
     * A scrape to be made.
     *
     * @param limits how well the answer may be compressed
     * @param accept the formats asked for
     */
    Scrape(URI url, ScrapeOptions options, ReadLimits limits, String accept) {
        this.options = options;
        this.limits = limits;
        this.accept = accept;
        this.origin = HttpUrls.withoutUserInfo(url);
        this.name = origin.toString();
        this.authorization = HttpUrls.authorization(url);
        this.nanosLeft = options.timeout().toNanos();
    }

    /** Sends the request, follows redirects, and answers the body of what came with status 200. */
    Source.Body open() throws IOException {
        URI at = origin;
        for (int followed = 0; ; followed++) {
            HttpResponse<TimedBody> response = send(at);
            TimedBody body = response.body();
            try {
                if (!isRedirect(response)) {
                    return open(response);
                }
                if (followed == options.redirects()) {
                    throw failure("more than " + options.redirects() + " redirects", null);
                }
            } catch (IOException | RuntimeException e) {
                body.close();
                throw e;
            }
            body.close();
            URI next = next(at, response);
            if (!HttpUrls.isSameOrigin(at, next)) {
                authorization = null;
            }
            at = next;
        }
    }

    private static boolean isRedirect(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private URI next(URI at, HttpResponse<?> response) throws ScrapeException {
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(
                        () -> failure("redirected with status " + response.statusCode() + ", but not whereto", null));
        URI next = HttpUrls.redirected(at, location);
        if (next == null) {
            throw failure("redirected to \"" + printable(location) + "\", which is no URL of http or https", null);
        }
        return next;
    }

    // ---- The request

    private HttpResponse<TimedBody> send(URI url) throws IOException {
        long began = System.nanoTime();
        if (nanosLeft <= 0) {
            throw timeout("no answer within " + seconds(options.timeout()) + " s", null);
        }
        try {
            // The time-out ends with the answer's headers; the body has its own.
            return client().send(request(url), TimedBody.handler(() -> nanosLeft));
        } catch (HttpConnectTimeoutException e) {
            throw timeout("no connection within the time-out", e);
        } catch (HttpTimeoutException e) {
            throw timeout("no answer within " + seconds(options.timeout()) + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(name + ": interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ConnectException e) {
            throw failure(whyNotConnected(url, e), e);
        } catch (SSLException e) {
            throw failure("no secure connection: " + e.getMessage(), e);
        } catch (IOException e) {
            throw failure("no valid answer: " + e.getMessage(), e);
        } finally {
            nanosLeft -= System.nanoTime() - began;
        }
    }

    private HttpRequest request(URI url) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofNanos(nanosLeft))
                .header("Accept", accept)
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", options.userAgent())
                .header("X-Prometheus-Scrape-Timeout-Seconds", seconds(options.timeout()));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private HttpClient client() {
        HttpClient own = options.client();
        return own != null ? own : SharedClient.INSTANCE;
    }

    private static String whyNotConnected(URI url, ConnectException e) {
        // The client gives both cases the same exception, without a message.
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host " + url.getHost();
            }
        }
        String why = e.getMessage();
        return why == null ? "connection refused" : "no connection: " + why;
    }

    // ---- The answer

    private Source.Body open(HttpResponse<TimedBody> response) throws IOException {
        TimedBody raw = response.body();
        UnaryOperator<IOException> explanation = e -> explained(e, raw.isTimedOut());
        InputStream body;
        try {
            body = new ExplainedStream(decoded(response), explanation);
        } catch (IOException e) {
            throw explanation.apply(e);
        }
        if (response.statusCode() != OK) {
            throw new HttpStatusException(name, response.statusCode(), firstLine(body));
        }
        Optional<ContentType> type =
                response.headers().firstValue("Content-Type").flatMap(ContentType::tryParse);
        return new Source.Body(name, body, type.orElse(null), options.totalBytes());
    }

    private ScrapeException explained(IOException e, boolean timedOut) {
        if (e instanceof ScrapeException known) {
            return known;
        }
        return timedOut
                ? timeout("the body did not come within " + seconds(options.timeout()) + " s", e)
                : failure(String.valueOf(e.getMessage()), e);
    }

    private InputStream decoded(HttpResponse<TimedBody> response) throws IOException {
        String encoding = String.join(",", response.headers().allValues("Content-Encoding"));
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Gunzip.ifCompressed(response.body(), limits);
            case "gzip", "x-gzip" -> Gunzip.of(response.body(), limits);
            default ->
                throw failure("expected content encoding gzip or identity, got \"" + printable(encoding) + '"', null);
        };
    }

    /** The first line of an error's body that is not blank, cut to a length that fits a message. */
    private static String firstLine(InputStream body) {
        byte[] start;
        try {
            start = body.readNBytes(2000);
        } catch (IOException e) {
            // The status says more than that.
            return "";
        }
        String text = new String(start, StandardCharsets.UTF_8);
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> printable(line.length() > 200 ? line.substring(0, 200) + "…" : line))
                .orElse("");
    }

    /** Servers are strangers: nothing of theirs shall move the cursor of a terminal. */
    private static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
        return out.toString();
    }

    // ---- Failures

    private ScrapeException failure(String what, @Nullable Throwable cause) {
        return new ScrapeException(name, what, cause);
    }

    private ScrapeTimeoutException timeout(String what, @Nullable Throwable cause) {
        return new ScrapeTimeoutException(name, what, cause);
    }

    private static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        return seconds.stripTrailingZeros().toPlainString();
    }

    /** Made when it is first needed; connections to a server that is scraped often are kept. */
    private static final class SharedClient {
        static final HttpClient INSTANCE = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }
}
