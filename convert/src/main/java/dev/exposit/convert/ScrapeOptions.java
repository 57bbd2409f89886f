package dev.exposit.convert;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to scrape a URL. Immutable; each {@code with} method answers a changed copy.
 *
 * @param timeout how long to wait for the server in all, redirects and body included; more than zero. Time in which a
 *     body that has come waits for us does not count. Default 30 s
 * @param totalBytes how many bytes of a body are read after decompression, at least 1; what is longer is refused with
 *     a {@link dev.exposit.parser.ReadLimitException}. Default 256 MiB
 * @param redirects how many redirects are followed, at least 0, only to {@code http} and {@code https}. Default 5
 * @param userAgent the header {@code User-Agent}. Default {@code exposit/} with the version
 * @param client what sends the requests, with its own connect time-out, proxy and TLS settings; null for one that all
 *     sources share, which connects within 5 s, uses the system's proxy and trusts what the JDK trusts. It must not
 *     follow redirects by itself
 */
public record ScrapeOptions(
        Duration timeout,
        long totalBytes,
        int redirects,
        String userAgent,
        @Nullable HttpClient client) {
    private static final ScrapeOptions DEFAULTS =
            new ScrapeOptions(Duration.ofSeconds(30), 256L << 20, 5, "exposit/" + Version.VERSION, null);

    /** Refuses values out of range. */
    public ScrapeOptions {
        Objects.requireNonNull(userAgent, "userAgent");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be more than zero, got " + timeout);
        }
        if (totalBytes < 1) {
            throw new IllegalArgumentException("totalBytes must be at least 1, got " + totalBytes);
        }
        if (redirects < 0) {
            throw new IllegalArgumentException("redirects must be at least 0, got " + redirects);
        }
        if (client != null && client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the client must not follow redirects by itself");
        }
    }

    /** The defaults. */
    public static ScrapeOptions defaults() {
        return DEFAULTS;
    }

    /** These options with another time-out. */
    public ScrapeOptions withTimeout(Duration timeout) {
        return new ScrapeOptions(timeout, totalBytes, redirects, userAgent, client);
    }

    /** These options with another longest body, in bytes. */
    public ScrapeOptions withTotalBytes(long totalBytes) {
        return new ScrapeOptions(timeout, totalBytes, redirects, userAgent, client);
    }

    /** These options with another most redirects. */
    public ScrapeOptions withRedirects(int redirects) {
        return new ScrapeOptions(timeout, totalBytes, redirects, userAgent, client);
    }

    /** These options with another header {@code User-Agent}. */
    public ScrapeOptions withUserAgent(String userAgent) {
        return new ScrapeOptions(timeout, totalBytes, redirects, userAgent, client);
    }

    /** These options with another client, or null for the shared one. */
    public ScrapeOptions withClient(@Nullable HttpClient client) {
        return new ScrapeOptions(timeout, totalBytes, redirects, userAgent, client);
    }
}
