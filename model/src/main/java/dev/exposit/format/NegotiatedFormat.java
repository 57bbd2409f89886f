package dev.exposit.format;

import java.util.Objects;

/**
 * What a server answers a scrape with; see {@link ContentNegotiation}. Immutable, hence safe for use by several threads.
 *
 * @param format the format to write
 * @param escaping what becomes of names that are no {@linkplain Names legacy names}
 * @param contentType the value of the answer's {@code Content-Type}: the format's media type, a version that the format
 *     has, and {@code escaping}
 * @param acceptable whether the client accepts it. If not, it has refused all that is offered; RFC 9110 section 12.4.1
 *     leaves it to the server to answer nevertheless, as exporters do, or with status 406
 */
public record NegotiatedFormat(
        ExpositionFormat format, EscapingScheme escaping, ContentType contentType, boolean acceptable) {

    /** Refuses null parts. */
    public NegotiatedFormat {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(escaping, "escaping");
        Objects.requireNonNull(contentType, "contentType");
    }
}
