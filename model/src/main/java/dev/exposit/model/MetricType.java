package dev.exposit.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The type of a metric family, and the one table that says which samples a family of that type consists of in the
 * text formats.
 *
 * <p>Specification: OpenMetrics 1.0, "Metric Types" and "Suffixes"; Prometheus text, "Histograms and summaries".
 */
public enum MetricType {
    /** A value that only rises; its one sample is named {@code …_total} in OpenMetrics. */
    COUNTER(SampleRole.TOTAL, SampleRole.CREATED),
    /** A value that rises and falls. */
    GAUGE(SampleRole.VALUE),
    /** A distribution of events in cumulative or native buckets. */
    HISTOGRAM(SampleRole.BUCKET, SampleRole.COUNT, SampleRole.SUM, SampleRole.CREATED),
    /** A distribution as it is now, whose counts may fall. */
    GAUGE_HISTOGRAM(SampleRole.BUCKET, SampleRole.GCOUNT, SampleRole.GSUM),
    /** A distribution of events as count, sum and precomputed quantiles. */
    SUMMARY(SampleRole.VALUE, SampleRole.COUNT, SampleRole.SUM, SampleRole.CREATED),
    /** Facts that hold for the life of a process, carried by labels; its one sample is named {@code …_info}. */
    INFO(SampleRole.INFO),
    /** A set of named booleans. */
    STATE_SET(SampleRole.VALUE),
    /** A type that nobody stated; {@code untyped} in Prometheus text. */
    UNKNOWN(SampleRole.VALUE);

    private final List<SampleRole> roles;
    private final String keyword;

    MetricType(SampleRole... roles) {
        this.roles = List.of(roles);
        this.keyword = name().replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The samples that OpenMetrics 1.0 knows for this type, each by its suffix. */
    public List<SampleRole> roles() {
        return roles;
    }

    /** The type as OpenMetrics spells it, such as {@code gaugehistogram}. */
    public String keyword() {
        return keyword;
    }

    /** The type that OpenMetrics spells so, case-sensitively; {@code untyped} is none of them. */
    public static Optional<MetricType> byKeyword(String keyword) {
        for (MetricType type : values()) {
            if (type.keyword.equals(keyword)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * The suffix that OpenMetrics 1.0 takes off the exposed name of a family of this type: {@code _total} of a
     * counter, {@code _info} of an info, of others nothing.
     */
    public String exposedSuffix() {
        return switch (this) {
            case COUNTER -> SampleRole.TOTAL.suffix();
            case INFO -> SampleRole.INFO.suffix();
            default -> "";
        };
    }
}
