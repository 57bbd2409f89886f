package dev.exposit.convert;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What scraping asks of URLs. */
final class HttpUrls {
    private HttpUrls() {}

    static boolean isHttp(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    }

    static URI requireHttp(URI url) {
        if (!isHttp(url) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "expected a URL with scheme http or https and a host, got " + withoutUserInfo(url));
        }
        return url;
    }

    /** The URL without user and password, which are no matter of logs, and without the fragment, which is not sent. */
    static URI withoutUserInfo(URI url) {
        String authority = url.getRawAuthority();
        if (authority == null) {
            return url;
        }
        StringBuilder plain = new StringBuilder()
                .append(url.getScheme())
                .append("://")
                .append(authority, authority.lastIndexOf('@') + 1, authority.length())
                .append(url.getRawPath());
        if (url.getRawQuery() != null) {
            plain.append('?').append(url.getRawQuery());
        }
        return URI.create(plain.toString());
    }

    /** The header {@code Authorization} for the URL's user and password (RFC 7617), or null if it has none. */
    static @Nullable String authorization(URI url) {
        String raw = url.getRawUserInfo();
        if (raw == null) {
            return null;
        }
        // A plus stands for itself in this part of a URL.
        String credentials = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        String pair = credentials.indexOf(':') < 0 ? credentials + ':' : credentials;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether what may be told to one URL's server may be told to the other's: scheme, host and port agree. */
    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().toLowerCase(Locale.ROOT).equals(other.getHost().toLowerCase(Locale.ROOT))
                && port(one) == port(other);
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    /** Where a redirect leads, without user and password, or null if nowhere that is followed. */
    static @Nullable URI redirected(URI from, String location) {
        try {
            URI to = from.resolve(new URI(location));
            return isHttp(to) && to.getHost() != null ? withoutUserInfo(to) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
