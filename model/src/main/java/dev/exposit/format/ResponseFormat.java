package dev.exposit.format;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reader's side of content negotiation: the format in which the answer to a scrape is to be read, by its
 * {@code Content-Type} (RFC 9110 section 8.3), and why if that is a guess. Decides as Prometheus 3 does
 * ({@code textparse.New}): the media type counts, whatever its version; where there is none, or none that it knows, the
 * configured {@code fallback_scrape_protocol}; without one the scrape fails.
 *
 * <pre>{@code
 * ResponseFormat response = ResponseFormat.of(contentType, ScrapeProtocol.PROMETHEUS_TEXT_0_0_4.format());
 * if (response.basis() != ResponseFormat.Basis.CONTENT_TYPE) {
 *     log.warn(response.reason());
 * }
 * }</pre>
 *
 * <p>Prometheus 2 reads everything as Prometheus text that names neither OpenMetrics nor protobuf, as with that fallback.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public final class ResponseFormat {

    /** What a format was told by. All but the first make it a guess. */
    public enum Basis {
        /** The content type, which stands for that format. */
        CONTENT_TYPE,
        /** The media type alone: its version, encoding or message is unknown. */
        MEDIA_TYPE,
        /** The fallback, since there is no content type, or a blank one. */
        MISSING,
        /** The fallback, since the content type does not follow its grammar. */
        MALFORMED,
        /** The fallback, since the media type is unknown. */
        UNKNOWN_MEDIA_TYPE
    }

    private final @Nullable ExpositionFormat format;
    private final Basis basis;
    private final String reason;

    private ResponseFormat(@Nullable ExpositionFormat format, Basis basis, String reason) {
        this.format = format;
        this.basis = basis;
        this.reason = reason;
    }

    /**
     * The format of an answer.
     *
     * @param contentType the value of the header {@code Content-Type}, or null if the answer has none
     * @param fallback the format to read where the header does not tell, or null for none
     */
    public static ResponseFormat of(@Nullable String contentType, @Nullable ExpositionFormat fallback) {
        if (contentType == null || contentType.isBlank()) {
            return guess(fallback, Basis.MISSING, "no content type");
        }
        ContentType parsed;
        try {
            parsed = ContentType.parse(contentType);
        } catch (InvalidContentTypeException e) {
            return guess(fallback, Basis.MALFORMED, String.valueOf(e.getMessage()));
        }
        Optional<ExpositionFormat> format = ExpositionFormat.of(parsed);
        if (format.isPresent()) {
            return new ResponseFormat(format.get(), Basis.CONTENT_TYPE, "content type " + quoted(contentType));
        }
        format = ExpositionFormat.ofMediaType(parsed);
        return format.isPresent()
                ? guess(format.get(), Basis.MEDIA_TYPE, "unknown parameters in content type " + quoted(contentType))
                : guess(fallback, Basis.UNKNOWN_MEDIA_TYPE, "unknown content type " + quoted(contentType));
    }

    private static ResponseFormat guess(@Nullable ExpositionFormat format, Basis basis, String reason) {
        String end = format == null ? ", and no fallback" : ", read as " + format.id();
        return new ResponseFormat(format, basis, reason + end);
    }

    private static String quoted(String contentType) {
        return '"' + InvalidContentTypeException.printable(contentType) + '"';
    }

    /** The format to read; empty if the header does not tell and there is no fallback: such a scrape fails. */
    public Optional<ExpositionFormat> format() {
        return Optional.ofNullable(format);
    }

    /** What the format was told by, or what kept it from being told. */
    public Basis basis() {
        return basis;
    }

    /** The same in words, on one line; quotes the header. */
    public String reason() {
        return reason;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResponseFormat that
                && format == that.format
                && basis == that.basis
                && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(format, basis, reason);
    }

    @Override
    public String toString() {
        return reason;
    }
}
