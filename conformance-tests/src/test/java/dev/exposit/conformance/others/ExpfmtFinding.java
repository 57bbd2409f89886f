package dev.exposit.conformance.others;

import dev.exposit.conformance.others.Finding.Right;

/** Where prometheus/common, by what its tests expect, differs from the specifications or from us. */
enum ExpfmtFinding {
    QUOTED_IN_1("OpenMetrics 1.0 with quoted names is written.", Right.SPECIFICATION, "ABNF"),
    UNIT_NOT_IN_NAME(
            "OpenMetrics 1.0 with a unit that its name does not end in is written.", Right.SPECIFICATION, "Unit"),
    GAUGE_HISTOGRAM_SUFFIXES(
            "A gauge histogram in OpenMetrics 1.0 has `_sum` and `_count` in place of `_gsum` and `_gcount`: metrics of"
                    + " their own.",
            Right.SPECIFICATION,
            "GaugeHistogram"),
    SUMMARY_BELOW_ZERO(
            "Summaries with a sum or a quantile's value below zero are written.", Right.SPECIFICATION, "Summary"),
    COUNTER_AS_UNKNOWN(
            "A counter whose name does not end in `_total` is unknown in OpenMetrics 1.0.", Right.BOTH, "Counter"),
    TIMELESS_TIMESTAMPS(
            "OpenMetrics 2.0: the function that writes timestamps knows `NaN` and infinities, which are none.",
            Right.SPECIFICATION,
            "ABNF"),
    GAUGE_HISTOGRAM_AS_HISTOGRAM("Prometheus text has a gauge histogram as a histogram.", Right.BOTH, "Type"),
    LAXER_SCRAPER(
            "Refused although the scraper takes it: a last line without line feed, undefined escapes, line feeds in strings,"
                    + " metadata twice or behind samples.",
            Right.OTHER,
            "Text format details"),
    BOUNDS(
            "Refuses bounds and quantiles that are no numbers. Ours keeps such samples raw, with a warning.",
            Right.OPEN,
            "Histograms and summaries"),
    BELOW_ZERO("Refuses buckets and counts below zero. Ours reads numbers.", Right.OPEN, "Histograms and summaries"),
    RESERVED("Refuses a label `__name__`, as PROMETHEUS does.", Right.OPEN, "Text format details"),
    SCATTERED(
            "Takes HELP behind samples, families that come back, and a series with and without timestamp.",
            Right.SPECIFICATION,
            "Grouping and sorting"),
    BARE_HELP(
            "Takes `# HELP` without a name for a comment, as PROMETHEUS does.",
            Right.SPECIFICATION,
            "Comments, help text, and type information"),
    BLANK_END(
            "Takes blanks without line feed behind the last line, as PROMETHEUS does.",
            Right.SPECIFICATION,
            "Line format"),
    NAME_LAST("Takes a quoted name that stands behind labels.", Right.SPECIFICATION, "Text format details"),
    GAUGE_HISTOGRAM_TYPE(
            "Takes types `gaugehistogram` and `gauge_histogram`.",
            Right.SPECIFICATION,
            "Comments, help text, and type information"),
    HELP_QUOTE(
            "Takes `\\\"` in a help text for a quote. Ours keeps both characters, with a warning.",
            Right.SPECIFICATION,
            "Comments, help text, and type information"),
    LATEST_TIMESTAMP(
            "Of a summary's samples with different timestamps the latest holds. Ours keeps them raw, with a warning.",
            Right.OPEN,
            "Histograms and summaries");

    private final Finding finding;

    ExpfmtFinding(String what, Right right, String section) {
        this.finding = new Finding(what, right, section);
    }

    Finding finding() {
        return finding;
    }
}
