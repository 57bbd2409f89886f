package dev.exposit.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of content negotiation: which format, and which {@linkplain EscapingScheme escaping} of names, a
 * scrape is answered with. Implements {@code Accept} of RFC 9110 section 12.5.1 and "Scrape protocol content
 * negotiation" of the Prometheus documentation.
 *
 * <pre>{@code
 * private static final ContentNegotiation NEGOTIATION = ContentNegotiation.standard();
 *
 * void handle(HttpExchange exchange) throws IOException {
 *     NegotiatedFormat answer = NEGOTIATION.answer(exchange.getRequestHeaders().get("Accept"));
 *     exchange.getResponseHeaders().set("Content-Type", answer.contentType().toString());
 *     exchange.getResponseHeaders().set("Vary", "Accept");
 *     ...                                                // write answer.format() with answer.escaping()
 * }
 * }</pre>
 *
 * <ul>
 *   <li>What a client thinks of a format says the most specific range that takes it in, wherever it stands: a media type
 *       with parameters before one without, that before {@code text/*}, that before a range of all types. Of ranges
 *       equally specific the lowest weight holds. Weight 0 refuses.
 *   <li>The highest weight wins. Among equal ones: a media type that is named before one that a wildcard takes in; where
 *       a range leaves the version open, 0.0.4 of Prometheus text, 1.0.0 of OpenMetrics and delimited protobuf before
 *       the others; then the format that the server offers first.
 *   <li>{@code escaping} of the range that decides is obeyed; underscores if it has none, an unknown one, or
 *       {@code allow-utf-8} for a version before 1.0.0, which has no quoted names.
 *   <li>{@code version}, {@code proto} and {@code encoding} must be those of the format, in any case; an unknown version
 *       is no format, and never stands in the answer. OpenMetrics 0.0.1 is answered to those who name it, with the same
 *       content as 1.0.0. Other parameters, {@code charset} among them, are not looked at.
 *   <li>Ranges that make no sense are passed over: a weight beyond 1, a parameter with two values, an open quote.
 *   <li>Where there is no header, or nothing in it that makes sense, or everything is refused, the answer is Prometheus
 *       text 0.0.4; if the server does not offer that, what it offers first.
 * </ul>
 *
 * <p>No header makes it throw, and the time it takes is linear in the header's length. Immutable, hence safe for use by
 * several threads.
 */
public final class ContentNegotiation {

    private static final ContentNegotiation STANDARD = offering(List.of(
            ExpositionFormat.PROMETHEUS_TEXT_0_0_4,
            ExpositionFormat.PROMETHEUS_TEXT,
            ExpositionFormat.OPENMETRICS_1,
            ExpositionFormat.OPENMETRICS_2,
            ExpositionFormat.PROTOBUF,
            ExpositionFormat.PROTOBUF_TEXT,
            ExpositionFormat.PROTOBUF_COMPACT,
            ExpositionFormat.OPENMETRICS_PROTOBUF));

    private final List<ExpositionFormat> formats;
    private final List<Representation> representations = new ArrayList<>();
    private final Representation fallback;

    private ContentNegotiation(List<ExpositionFormat> formats) {
        this.formats = formats;
        formats.forEach(format -> representations.addAll(Representation.of(format)));
        this.fallback = representations.stream()
                .filter(r -> r.format() == ExpositionFormat.PROMETHEUS_TEXT_0_0_4)
                .findFirst()
                .orElse(representations.get(0));
    }

    /**
     * Offers all that Exposit's writers write: Prometheus text 0.0.4, then 1.0.0, OpenMetrics 1.0.0 and 2.0.0, Prometheus
     * protobuf delimited and as text, OpenMetrics protobuf. Clients without preference, such as browsers, get the first.
     */
    public static ContentNegotiation standard() {
        return STANDARD;
    }

    /**
     * Offers these formats.
     *
     * @param formats the one to answer first if a client accepts several equally; a format that comes again is ignored
     * @throws IllegalArgumentException if there is none
     */
    public static ContentNegotiation offering(List<ExpositionFormat> formats) {
        Set<ExpositionFormat> distinct = new LinkedHashSet<>(formats);
        if (distinct.isEmpty()) {
            throw new IllegalArgumentException("expected at least one format to offer but got none");
        }
        return new ContentNegotiation(List.copyOf(distinct));
    }

    /** What is offered, in the order of preference; cannot be modified. */
    public List<ExpositionFormat> formats() {
        return formats;
    }

    /**
     * What to answer.
     *
     * @param accept the value of the header {@code Accept}, or null if the request has none
     */
    public NegotiatedFormat answer(@Nullable String accept) {
        return accept == null ? fallback.answer(true) : choose(AcceptScanner.ranges(accept));
    }

    /**
     * What to answer to a request with several lines of the header, which count as one list (RFC 9110 section 5.3).
     *
     * @param accept the values of the lines, none of them null, or null if the request has none
     */
    public NegotiatedFormat answer(@Nullable List<String> accept) {
        List<MediaRange> ranges = new ArrayList<>();
        if (accept != null) {
            accept.forEach(line -> ranges.addAll(AcceptScanner.ranges(line)));
        }
        return choose(ranges);
    }

    private NegotiatedFormat choose(List<MediaRange> ranges) {
        if (ranges.isEmpty()) {
            return fallback.answer(true);
        }
        Representation best = null;
        MediaRange why = null;
        for (Representation representation : representations) {
            MediaRange range = mostSpecific(representation, ranges);
            if (range != null
                    && range.weight() > 0
                    && (best == null || why == null || isBetter(representation, range, best, why))) {
                best = representation;
                why = range;
            }
        }
        return best == null ? fallback.answer(false) : best.answer(true);
    }

    private static @Nullable MediaRange mostSpecific(Representation representation, List<MediaRange> ranges) {
        MediaRange best = null;
        int highest = 0;
        for (MediaRange range : ranges) {
            int specificity = range.specificity(representation);
            if (specificity < 0 || specificity < highest) {
                continue;
            }
            if (best == null || specificity > highest || holdsBefore(range, best)) {
                best = range;
                highest = specificity;
            }
        }
        return best;
    }

    /** Among ranges equally specific; the order in which they stand must not decide. */
    private static boolean holdsBefore(MediaRange range, MediaRange other) {
        return range.weight() == other.weight()
                ? other.leavesVersionOpen() && !range.leavesVersionOpen()
                : range.weight() < other.weight();
    }

    /** Whether it goes before one that the server offers earlier. */
    private static boolean isBetter(Representation candidate, MediaRange range, Representation best, MediaRange why) {
        if (range.weight() != why.weight()) {
            return range.weight() > why.weight();
        }
        if (range.level() != why.level()) {
            return range.level() > why.level();
        }
        return isGuess(best, why) && !isGuess(candidate, range);
    }

    /** A client that names only a media type may never have heard of its newer versions and rarer encodings. */
    private static boolean isGuess(Representation representation, MediaRange range) {
        return range.leavesVersionOpen() && !representation.isUsual();
    }
}
