package dev.exposit.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The client's side of content negotiation: the value of an {@code Accept} header (RFC 9110 section 12.5.1), built as
 * Prometheus builds it, "Accept Header Construction" in "Scrape protocol content negotiation" of its documentation.
 *
 * <pre>{@code
 * String accept = AcceptHeader.of(List.of(PROMETHEUS_TEXT, PROMETHEUS_TEXT_0_0_4), EscapingScheme.ALLOW_UTF_8);
 * // text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5, and all else with q=0.4
 * }</pre>
 *
 * <p>Weights fall from format to format, from 0.6 on as those of Prometheus do, or from as much as a longer list needs.
 * The last range takes in everything, so that a server answers something rather than status 406.
 *
 * <p>{@code escaping} is asked for where Prometheus does so since 3.4: for text formats from version 1.0.0 on.
 *
 * <p>Stateless, hence safe for use by several threads.
 */
public final class AcceptHeader {

    /** One more than Prometheus has protocols. */
    private static final int USUAL_FIRST_WEIGHT = 6;

    private AcceptHeader() {}

    /**
     * A header that asks for these formats. {@link ExpositionFormat#OPENMETRICS_1} is asked for in version 1.0.0, then
     * in 0.0.1, which has the same content.
     *
     * @param formats the most wanted one first
     * @param escaping what shall become of names that are no {@linkplain Names legacy names}
     * @throws IllegalArgumentException if there is no format, or the same twice
     */
    public static String of(List<ExpositionFormat> formats, EscapingScheme escaping) {
        List<String> ranges = new ArrayList<>();
        for (ExpositionFormat format : distinct(formats, "format")) {
            ranges.add(range(format.contentType(), escaping));
            if (format == ExpositionFormat.OPENMETRICS_1) {
                ranges.add(range(Representation.OPENMETRICS_0_0_1, escaping));
            }
        }
        return weighted(ranges);
    }

    /**
     * The header that Prometheus sends since 3.4 for {@code scrape_protocols} and {@code metric_name_escaping_scheme}.
     *
     * @param protocols the most wanted one first, {@link ScrapeProtocol#defaults()} for example
     * @param escaping what shall become of names that are no {@linkplain Names legacy names}; Prometheus wants
     *     {@link EscapingScheme#ALLOW_UTF_8} unless told otherwise
     * @throws IllegalArgumentException if there is no protocol, or the same twice; Prometheus refuses both
     */
    public static String ofPrometheus(List<ScrapeProtocol> protocols, EscapingScheme escaping) {
        return weighted(distinct(protocols, "protocol").stream()
                .map(protocol -> range(protocol.contentType(), escaping))
                .toList());
    }

    private static <T> List<T> distinct(List<T> wanted, String what) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("expected at least one " + what + " to ask for but got none");
        }
        Set<T> seen = new HashSet<>();
        for (T one : wanted) {
            if (!seen.add(one)) {
                throw new IllegalArgumentException("expected each " + what + " once but got " + one + " twice");
            }
        }
        return wanted;
    }

    private static String range(ContentType contentType, EscapingScheme escaping) {
        StringBuilder out = new StringBuilder(contentType.mediaType());
        for (String name : Representation.TELLING) {
            contentType.parameter(name).ifPresent(value -> append(name, value, out));
        }
        if (isTextWithEscaping(contentType)) {
            append(Representation.ESCAPING, escaping.id(), out);
        }
        return out.toString();
    }

    private static void append(String name, String value, StringBuilder out) {
        out.append(';').append(name).append('=').append(value);
    }

    private static boolean isTextWithEscaping(ContentType contentType) {
        return switch (ExpositionFormat.of(contentType).orElseThrow()) {
            case PROMETHEUS_TEXT, OPENMETRICS_1, OPENMETRICS_2 -> !contentType.equals(Representation.OPENMETRICS_0_0_1);
            default -> false;
        };
    }

    private static String weighted(List<String> ranges) {
        StringBuilder out = new StringBuilder();
        int weight = Math.max(USUAL_FIRST_WEIGHT, ranges.size() + 1);
        int digits = Integer.toString(weight).length();
        for (String range : ranges) {
            appendWeighted(range, weight, digits, out);
            out.append(',');
            weight--;
        }
        appendWeighted("*/*", weight, digits, out);
        return out.toString();
    }

    private static void appendWeighted(String range, int weight, int digits, StringBuilder out) {
        String fraction = Integer.toString(weight);
        out.append(range)
                .append(";q=0.")
                .append("0".repeat(digits - fraction.length()))
                .append(fraction);
    }
}
