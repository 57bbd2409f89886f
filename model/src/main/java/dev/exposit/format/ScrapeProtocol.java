package dev.exposit.format;

import java.util.List;
import java.util.Optional;

/**
 * The scrape protocols of Prometheus 3: what {@code scrape_protocols} and {@code fallback_scrape_protocol} in its
 * configuration name. "Scrape protocol content negotiation" of the Prometheus documentation lists them.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public enum ScrapeProtocol {
    /** Delimited protobuf. */
    PROMETHEUS_PROTO("PrometheusProto", ExpositionFormat.PROTOBUF.contentType()),

    /** Prometheus text 0.0.4. */
    PROMETHEUS_TEXT_0_0_4("PrometheusText0.0.4", ExpositionFormat.PROMETHEUS_TEXT_0_0_4.contentType()),

    /** Prometheus text 1.0.0. */
    PROMETHEUS_TEXT_1_0_0("PrometheusText1.0.0", ExpositionFormat.PROMETHEUS_TEXT.contentType()),

    /** OpenMetrics text 0.0.1. */
    OPENMETRICS_TEXT_0_0_1("OpenMetricsText0.0.1", Representation.OPENMETRICS_0_0_1),

    /** OpenMetrics text 1.0.0. */
    OPENMETRICS_TEXT_1_0_0("OpenMetricsText1.0.0", ExpositionFormat.OPENMETRICS_1.contentType());

    private static final List<ScrapeProtocol> DEFAULTS =
            List.of(OPENMETRICS_TEXT_1_0_0, OPENMETRICS_TEXT_0_0_1, PROMETHEUS_TEXT_1_0_0, PROMETHEUS_TEXT_0_0_4);

    private static final List<ScrapeProtocol> PROTO_FIRST = List.of(
            PROMETHEUS_PROTO,
            OPENMETRICS_TEXT_1_0_0,
            OPENMETRICS_TEXT_0_0_1,
            PROMETHEUS_TEXT_1_0_0,
            PROMETHEUS_TEXT_0_0_4);

    private final String id;
    private final ContentType contentType;

    ScrapeProtocol(String id, ContentType contentType) {
        this.id = id;
        this.contentType = contentType;
    }

    /** The protocol's name in the configuration of Prometheus, {@code OpenMetricsText1.0.0} for example. */
    public String id() {
        return id;
    }

    /** The format in which such an answer is read: {@link ExpositionFormat#OPENMETRICS_1} for two of them. */
    public ExpositionFormat format() {
        return switch (this) {
            case PROMETHEUS_PROTO -> ExpositionFormat.PROTOBUF;
            case PROMETHEUS_TEXT_0_0_4 -> ExpositionFormat.PROMETHEUS_TEXT_0_0_4;
            case PROMETHEUS_TEXT_1_0_0 -> ExpositionFormat.PROMETHEUS_TEXT;
            case OPENMETRICS_TEXT_0_0_1, OPENMETRICS_TEXT_1_0_0 -> ExpositionFormat.OPENMETRICS_1;
        };
    }

    /** The content type that a server answers with this protocol; it has no {@code escaping} parameter. */
    public ContentType contentType() {
        return contentType;
    }

    /** The protocol with that {@link #id()}, compared exactly, or empty. */
    public static Optional<ScrapeProtocol> byId(String id) {
        for (ScrapeProtocol protocol : values()) {
            if (protocol.id.equals(id)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    /** What Prometheus asks for unless told otherwise, in its order; cannot be modified. */
    public static List<ScrapeProtocol> defaults() {
        return DEFAULTS;
    }

    /** What Prometheus asks for if it scrapes native histograms, in its order; cannot be modified. */
    public static List<ScrapeProtocol> protoFirst() {
        return PROTO_FIRST;
    }
}
