package dev.exposit.format;

import java.util.Optional;

/**
 * The exposition formats that Exposit reads and writes.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public enum ExpositionFormat {
    /** Prometheus text with legacy names only: "Prometheus Text Format" of the Prometheus exposition formats. */
    PROMETHEUS_TEXT_0_0_4("prometheus-text-0.0.4", "text/plain; version=0.0.4; charset=utf-8"),

    /**
     * Prometheus text 1.0.0, which adds quoted UTF-8 names: "Prometheus Text Format" of the Prometheus exposition
     * formats, with "UTF-8 metric and label name escaping schemes".
     */
    PROMETHEUS_TEXT("prometheus-text", "text/plain; version=1.0.0; charset=utf-8"),

    /** OpenMetrics text 1.0.0, also read for 0.0.1: "Text format" of the OpenMetrics 1.0 specification. */
    OPENMETRICS_1("openmetrics-1", "application/openmetrics-text; version=1.0.0; charset=utf-8"),

    /** OpenMetrics text 2.0.0: "Text Format" of the OpenMetrics 2.0 specification, a release candidate. */
    OPENMETRICS_2("openmetrics-2", "application/openmetrics-text; version=2.0.0; charset=utf-8"),

    /**
     * Delimited {@code io.prometheus.client.MetricFamily} messages: "Prometheus Protobuf Format" of the Prometheus
     * exposition formats.
     */
    PROTOBUF("protobuf", ExpositionFormat.METRIC_FAMILY_PREFIX + "delimited"),

    /** The messages of {@link #PROTOBUF} in the protobuf text format, over several lines. */
    PROTOBUF_TEXT("protobuf-text", ExpositionFormat.METRIC_FAMILY_PREFIX + "text"),

    /** The messages of {@link #PROTOBUF} in the protobuf text format, one message a line. */
    PROTOBUF_COMPACT("protobuf-compact", ExpositionFormat.METRIC_FAMILY_PREFIX + "compact-text"),

    /** One {@code openmetrics.MetricSet} message: "Protobuf format" of the OpenMetrics 1.0 specification. */
    OPENMETRICS_PROTOBUF("openmetrics-protobuf", "application/openmetrics-protobuf; version=1.0.0"),

    /** JSON in the shape that the tool prom2json made common; there is no specification of it. */
    JSON("json", "application/json");

    private static final String METRIC_FAMILY = "io.prometheus.client.MetricFamily";
    private static final String METRIC_FAMILY_PREFIX =
            "application/vnd.google.protobuf; proto=" + METRIC_FAMILY + "; encoding=";

    private final String id;
    private final ContentType contentType;

    ExpositionFormat(String id, String contentType) {
        this.id = id;
        this.contentType = ContentType.parse(contentType);
    }

    /** The format's name on command lines and in configuration, {@code openmetrics-1} for example. */
    public String id() {
        return id;
    }

    /** The content type that a server answers with this format; it has no {@code escaping} parameter. */
    public ContentType contentType() {
        return contentType;
    }

    /** Whether an exposition is text in UTF-8; else it is bytes, which no character set gives a sense. */
    public boolean isText() {
        return this != PROTOBUF && this != OPENMETRICS_PROTOBUF;
    }

    /** The format with that {@link #id()}, compared exactly, or empty. */
    public static Optional<ExpositionFormat> byId(String id) {
        for (ExpositionFormat format : values()) {
            if (format.id.equals(id)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * The format that a content type stands for, or empty if it stands for none that Exposit knows; that includes
     * unknown versions of known media types. A version left out is Prometheus text 1.0.0, which contains 0.0.4, and
     * OpenMetrics 1.0.0. An encoding or message left out is as for {@link #PROTOBUF}. Parameter values are compared
     * exactly, as Prometheus does, and parameters that do not tell formats apart, such as {@code charset}, are not
     * looked at.
     */
    public static Optional<ExpositionFormat> of(ContentType contentType) {
        return switch (contentType.mediaType()) {
            case "text/plain" -> prometheusText(contentType);
            case "application/openmetrics-text" -> openMetricsText(contentType);
            case "application/vnd.google.protobuf" -> prometheusProtobuf(contentType);
            case "application/openmetrics-protobuf" -> openMetricsProtobuf(contentType);
            case "application/json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }

    /** The format that a media type stands for if its parameters are not looked at, or empty. */
    static Optional<ExpositionFormat> ofMediaType(ContentType contentType) {
        return of(ContentType.ofMediaType(contentType.type(), contentType.subtype()));
    }

    private static Optional<ExpositionFormat> prometheusText(ContentType contentType) {
        return switch (contentType.version().orElse("1.0.0")) {
            case "0.0.4" -> Optional.of(PROMETHEUS_TEXT_0_0_4);
            case "1.0.0" -> Optional.of(PROMETHEUS_TEXT);
            default -> Optional.empty();
        };
    }

    private static Optional<ExpositionFormat> openMetricsText(ContentType contentType) {
        return switch (contentType.version().orElse("1.0.0")) {
            case "0.0.1", "1.0.0" -> Optional.of(OPENMETRICS_1);
            case "2.0.0" -> Optional.of(OPENMETRICS_2);
            default -> Optional.empty();
        };
    }

    private static Optional<ExpositionFormat> prometheusProtobuf(ContentType contentType) {
        if (!contentType.parameter("proto").orElse(METRIC_FAMILY).equals(METRIC_FAMILY)) {
            return Optional.empty();
        }
        return switch (contentType.parameter("encoding").orElse("delimited")) {
            case "delimited" -> Optional.of(PROTOBUF);
            case "text" -> Optional.of(PROTOBUF_TEXT);
            case "compact-text" -> Optional.of(PROTOBUF_COMPACT);
            default -> Optional.empty();
        };
    }

    private static Optional<ExpositionFormat> openMetricsProtobuf(ContentType contentType) {
        return contentType.version().orElse("1.0.0").equals("1.0.0")
                ? Optional.of(OPENMETRICS_PROTOBUF)
                : Optional.empty();
    }
}
