package dev.exposit.model;

/**
 * What a sample tells about its metric in the text formats, known by the suffix of its name.
 *
 * <p>Specification: OpenMetrics 1.0, "Suffixes".
 */
public enum SampleRole {
    /** The value itself, a summary's quantile or one state of a stateset. */
    VALUE(""),
    /** A counter's value. */
    TOTAL("_total"),
    /** The time at which the metric began to count, in seconds since the epoch. */
    CREATED("_created"),
    /** How many events there were. */
    COUNT("_count"),
    /** The sum of all events' values. */
    SUM("_sum"),
    /** How many events were at most as large as the label {@code le} says. */
    BUCKET("_bucket"),
    /** A gauge histogram's count. */
    GCOUNT("_gcount"),
    /** A gauge histogram's sum. */
    GSUM("_gsum"),
    /** An info's constant 1. */
    INFO("_info");

    private final String suffix;

    SampleRole(String suffix) {
        this.suffix = suffix;
    }

    /** The end of the sample's name that stands for this role, from {@code _}; empty for {@link #VALUE}. */
    public String suffix() {
        return suffix;
    }
}
