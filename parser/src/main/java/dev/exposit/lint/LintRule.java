package dev.exposit.lint;

import static dev.exposit.lint.LintRule.Told.EACH_TIME;
import static dev.exposit.lint.LintRule.Told.ONCE;
import static dev.exposit.lint.LintRule.Told.ONCE_A_FAMILY;
import static dev.exposit.model.Problem.Severity.ERROR;
import static dev.exposit.model.Problem.Severity.WARNING;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.Dialect;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules over more than one line, and over values by their metric's type. What a line alone shows is
 * {@link dev.exposit.parser.ErrorCode}'s. The names are stable: tools may store and compare them.
 *
 * <p>What a specification demands with MUST is an error in its format, what it recommends a warning; in dialect
 * {@link Dialect#PROMETHEUS} all of them are warnings, since the scraper refuses none.
 */
public enum LintRule {
    // ---- Histograms and summaries

    /** A histogram without a {@code +Inf} bucket. */
    MISSING_INF_BUCKET(
            ERROR,
            null,
            ERROR,
            EACH_TIME,
            "A histogram needs a bucket with le=\"+Inf\" that counts all events.",
            "OpenMetrics 1.0, Histogram; Prometheus text, Histograms and summaries"),
    /** Buckets whose bounds do not rise. */
    UNSORTED_BUCKETS(
            ERROR,
            ERROR,
            EACH_TIME,
            "A histogram's buckets stand in rising order of their bounds.",
            "OpenMetrics, Histogram; Prometheus text, Histograms and summaries"),
    /** A bucket that counts fewer events than one with a lower bound. */
    FALLING_BUCKET_COUNTS(
            ERROR,
            WARNING,
            EACH_TIME,
            "Buckets are cumulative: each counts all events of the bucket before it as well.",
            "OpenMetrics, Histogram"),
    /** A histogram whose count is not its {@code +Inf} bucket, or not the sum of its native ones. */
    COUNT_MISMATCH(
            ERROR,
            ERROR,
            EACH_TIME,
            "A histogram's count equals its +Inf bucket, and all native buckets together; take them from one snapshot.",
            "OpenMetrics, Histogram; Prometheus text, Histograms and summaries"),
    /** A histogram's sum without its count. */
    SUM_WITHOUT_COUNT(
            ERROR,
            null,
            WARNING,
            EACH_TIME,
            "A histogram that has a sum has a count as well.",
            "OpenMetrics 1.0, Histogram; Prometheus text, Histograms and summaries"),
    /** A histogram's count without its sum. */
    COUNT_WITHOUT_SUM(
            ERROR,
            null,
            WARNING,
            EACH_TIME,
            "A histogram that has a count has a sum as well.",
            "OpenMetrics 1.0, Histogram; Prometheus text, Histograms and summaries"),
    /** A histogram with neither sum nor count. */
    MISSING_SUM(
            WARNING,
            null,
            WARNING,
            ONCE_A_FAMILY,
            "A histogram should have a sum, unless some of its bounds are negative: without it there is no average.",
            "OpenMetrics 1.0, Histogram; Prometheus text, Histograms and summaries"),
    /** A histogram with a sum although some of its bounds are negative. */
    SUM_WITH_NEGATIVE_BOUND(
            ERROR,
            null,
            null,
            EACH_TIME,
            "A histogram with negative bounds has no sum, which could fall and be no counter.",
            "OpenMetrics 1.0, Histogram"),
    /** A bound of infinity that is not spelled {@code +Inf}. */
    INFINITY_SPELLING(
            ERROR,
            null,
            WARNING,
            EACH_TIME,
            "The bound of the last bucket is spelled +Inf: a label's value is text, and other spellings are other series.",
            "OpenMetrics 1.0, Considerations: Canonical Numbers; Prometheus text, Histograms and summaries"),
    /** A bound or quantile that is not spelled as all others spell it. */
    NON_CANONICAL_NUMBER(
            WARNING,
            null,
            null,
            ONCE_A_FAMILY,
            "Bounds and quantiles are best spelled as Go's %g does, with .0 behind whole numbers: 1.0, 0.25, 1e+06.",
            "OpenMetrics 1.0, Considerations: Canonical Numbers"),
    /** A quantile below 0 or above 1. */
    QUANTILE_OUT_OF_RANGE(ERROR, WARNING, EACH_TIME, "A quantile is a number from 0 to 1.", "OpenMetrics, Summary"),
    /** Quantiles that do not rise. */
    UNSORTED_QUANTILES(
            null,
            ERROR,
            ERROR,
            EACH_TIME,
            "A summary's quantiles stand in rising order.",
            "OpenMetrics 2.0, Summary; Prometheus text, Histograms and summaries"),
    /** A summary with quantiles. */
    PRECOMPUTED_QUANTILES(
            WARNING,
            null,
            ONCE,
            "Quantiles cannot be aggregated over instances; a histogram can.",
            "OpenMetrics, Summary"),
    /** A label {@code le} or {@code quantile} at a sample of a histogram or summary that has none. */
    MISPLACED_BOUND(
            ERROR,
            WARNING,
            EACH_TIME,
            "Label le belongs to a histogram's buckets only, label quantile to a summary's quantiles only.",
            "OpenMetrics, Histogram and Summary"),
    /** A label {@code le} or {@code quantile} at a type that has none. */
    BOUND_ON_OTHER_TYPE(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Labels le and quantile are for histograms and summaries; give the label another name.",
            "promlint, histogram and summary reserved"),

    /** Histograms of one family with different bounds. */
    MIXED_BUCKETS(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "All histograms of a family should have the same buckets, so that they can be aggregated.",
            "OpenMetrics, Exposition Across Time and Metric Evolution"),
    /** A native bucket behind the one that reaches infinity. */
    BUCKET_BEYOND_INFINITY(
            null,
            ERROR,
            null,
            EACH_TIME,
            "No native bucket lies beyond that for infinity.",
            "OpenMetrics 2.0, Native Buckets"),
    /** A native bucket that counted nothing and could be left out. */
    EMPTY_NATIVE_BUCKET(
            null,
            WARNING,
            null,
            ONCE_A_FAMILY,
            "Native buckets that counted nothing are left out, but for one between others, where it saves a span.",
            "OpenMetrics 2.0, Native Buckets and Histogram with Native Buckets"),
    /** A zero bucket that ends within another native bucket. */
    ODD_ZERO_THRESHOLD(
            null,
            WARNING,
            null,
            ONCE_A_FAMILY,
            "The threshold of the zero bucket should be the bound of a native bucket, such as a power of two.",
            "OpenMetrics 2.0, Native Buckets"),

    // ---- Values

    /** A counter, count, bucket or sum that is NaN. */
    NAN_VALUE(
            ERROR,
            WARNING,
            EACH_TIME,
            "What counts is never NaN; leave the sample out, or begin with 0.",
            "OpenMetrics 1.0, Counter, Histogram, GaugeHistogram and Summary; OpenMetrics 2.0, Counter and Summary"),
    /** A counter, count, bucket or sum that is negative. */
    NEGATIVE_VALUE(
            ERROR,
            WARNING,
            EACH_TIME,
            "What counts is never negative; a value that falls is a gauge.",
            "OpenMetrics, Counter, Histogram, GaugeHistogram and Summary"),
    /** A count or bucket that is no integer. */
    FRACTIONAL_COUNT(
            ERROR,
            WARNING,
            EACH_TIME,
            "Counts of events are whole numbers.",
            "OpenMetrics 1.0, Histogram, GaugeHistogram and Summary; OpenMetrics 2.0, Summary"),
    /** A count of a histogram that is no whole number, infinite, NaN, or negative in a gauge histogram. */
    UNUSUAL_COUNT(
            null,
            WARNING,
            null,
            ONCE_A_FAMILY,
            "Counts of histograms should be whole numbers from 0; only arithmetic over histograms makes others.",
            "OpenMetrics 2.0, Histogram and GaugeHistogram"),
    /** A histogram whose sum is finite although something infinite was measured. */
    SUM_MISMATCH(
            null,
            ERROR,
            null,
            EACH_TIME,
            "A measurement that was infinite makes a histogram's sum infinite too, or NaN.",
            "OpenMetrics 2.0, Histogram and GaugeHistogram"),
    /** A histogram whose sum is NaN. */
    NAN_SUM(
            null,
            WARNING,
            null,
            ONCE_A_FAMILY,
            "Measure no NaN: it makes the sum NaN for good, which hides all that was measured beside it.",
            "OpenMetrics 2.0, Histogram and GaugeHistogram"),
    /** An exemplar beyond its bucket's bound. */
    EXEMPLAR_OUT_OF_BUCKET(
            ERROR,
            null,
            null,
            EACH_TIME,
            "An exemplar is an event of its bucket: its value is at most the bucket's bound.",
            "OpenMetrics 1.0, Histogram and GaugeHistogram"),
    /** Exemplars of one family's buckets, or of one sample, with different label names or only some with a timestamp. */
    MIXED_EXEMPLARS(
            WARNING,
            null,
            ONCE_A_FAMILY,
            "Exemplars should look alike, in OpenMetrics 1.0 all of a family, in 2.0 all of a sample: with the same label names.",
            "OpenMetrics, Exemplars"),
    /** An exemplar with a label of its metric. */
    EXEMPLAR_REPEATS_LABEL(
            null,
            WARNING,
            null,
            ONCE_A_FAMILY,
            "An exemplar does not repeat the labels of its metric.",
            "OpenMetrics 2.0, Exemplars"),
    /** An exemplar after its sample's timestamp, or before its start timestamp. */
    EXEMPLAR_OUT_OF_TIME(
            null,
            WARNING,
            null,
            ONCE_A_FAMILY,
            "An exemplar happened between the start timestamp and the timestamp of its sample.",
            "OpenMetrics 2.0, Exemplars"),
    /** An exemplar's label for a trace or span that is not named as all others name it. */
    TRACE_LABEL_NAME(
            null,
            WARNING,
            null,
            ONCE_A_FAMILY,
            "An exemplar's labels for a trace are named trace_id and span_id.",
            "OpenMetrics 2.0, Exemplars"),
    /** An exemplar with very long labels. */
    LARGE_EXEMPLAR(
            null,
            WARNING,
            null,
            ONCE_A_FAMILY,
            "An exemplar refers to data, and does not carry it.",
            "OpenMetrics 2.0, Exemplars"),
    /** A counter that has a start time only. */
    MISSING_TOTAL(
            ERROR,
            null,
            null,
            EACH_TIME,
            "A counter has a _total; a _created alone counts nothing.",
            "OpenMetrics 1.0, Counter"),

    // ---- Metadata

    /** A family without help. */
    MISSING_HELP(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "A help text tells people what a metric means.",
            "OpenMetrics, Help; promlint, help"),
    /** A help text that is too long for a tooltip. */
    LONG_HELP(
            WARNING,
            null,
            ONCE_A_FAMILY,
            "A help text should be short enough to be used as a tooltip.",
            "OpenMetrics, Help"),
    /** A family without a type. */
    MISSING_TYPE(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Without a type nobody knows whether to take a rate or the value.",
            "OpenMetrics, Unknown; Prometheus text, Comments, help text, and type information"),
    /** A family whose name ends with a unit that no metadata states. */
    MISSING_UNIT(
            WARNING,
            null,
            ONCE_A_FAMILY,
            "A unit that is known should be stated in a UNIT line.",
            "OpenMetrics, MetricFamily metadata"),
    /** Metadata in another order than type, unit, help. */
    METADATA_ORDER(
            WARNING,
            null,
            ONCE_A_FAMILY,
            "Metadata should come in the order TYPE, UNIT, HELP.",
            "OpenMetrics, MetricFamily metadata"),
    /** A unit on an info or stateset. */
    UNIT_NOT_ALLOWED(ERROR, null, ONCE_A_FAMILY, "Infos and statesets have no unit.", "OpenMetrics, StateSet and Info"),
    /** A unit that the family's name does not tell of. */
    UNIT_NOT_IN_NAME(
            null,
            WARNING,
            null,
            ONCE_A_FAMILY,
            "A family's name ends with its unit, that of a counter with its unit and _total.",
            "OpenMetrics 2.0, Unit"),
    /** Something that counts and does not say since when. */
    MISSING_CREATED(
            WARNING,
            null,
            ONCE,
            "What counts should say since when, in a _created sample or behind st@; told once for the whole exposition.",
            "OpenMetrics, Counter, Histogram and Summary"),
    /** A start timestamp of something that does not count. */
    START_ON_OTHER_TYPE(
            null,
            WARNING,
            null,
            ONCE_A_FAMILY,
            "Only what counts has a start timestamp: counters, histograms and summaries.",
            "OpenMetrics 2.0, Sample"),
    /** An info named {@code target} behind other families. */
    TARGET_INFO_NOT_FIRST(
            WARNING,
            null,
            ONCE,
            "The info family target, in OpenMetrics 2.0 target_info, should come first if there is one.",
            "OpenMetrics, MetricSet"),

    // ---- Names

    /** A family's name that begins with an underscore. */
    RESERVED_NAME(
            ERROR,
            null,
            ONCE_A_FAMILY,
            "Names of metric families that begin with an underscore are reserved.",
            "OpenMetrics, Name"),
    /** A name that begins as those that a receiver adds. */
    RESERVED_PREFIX(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Names that begin with scrape_ are for what a receiver tells of a scrape; put your own prefix before.",
            "OpenMetrics, Metric Naming and Namespaces; Prometheus, Writing exporters, Naming"),
    /** A name that can only be written in quotes. */
    NAME_NEEDS_QUOTES(
            null,
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Names should consist of ASCII letters, digits and underscores: others need quotes, and newer receivers.",
            "OpenMetrics 2.0, Name and Label; Prometheus, Data model"),
    /** A label's name that is reserved. */
    RESERVED_LABEL(
            ERROR,
            WARNING,
            ONCE_A_FAMILY,
            "Label names that begin with an underscore are reserved; in Prometheus text those that begin with two.",
            "OpenMetrics, Label; Prometheus, Data model"),
    /** A colon in a family's name. */
    COLON_IN_NAME(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Colons in names are for the results of recording rules.",
            "OpenMetrics, Name; promlint, reserved characters"),
    /** A family's name that is not in snake case. */
    CAMEL_CASE_NAME(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Metric names are written in snake_case.",
            "OpenMetrics, Name; promlint, camel case"),
    /** A label's name that is not in snake case. */
    CAMEL_CASE_LABEL(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Label names are written in snake_case.",
            "Prometheus, Metric and label naming; promlint, camel case"),
    /** A counter whose name does not end with {@code _total}. */
    COUNTER_WITHOUT_TOTAL(
            null,
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "A counter's name ends with _total; OpenMetrics 1.0 cannot carry it otherwise.",
            "OpenMetrics 2.0, Counter; Prometheus, Metric and label naming; promlint, counter"),
    /** An info whose name does not end with {@code _info}. */
    INFO_WITHOUT_SUFFIX(
            null, ERROR, null, ONCE_A_FAMILY, "The name of an info ends with _info.", "OpenMetrics 2.0, Info"),
    /** A name that ends with {@code _total} although the family is no counter. */
    TOTAL_ON_OTHER_TYPE(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Only a counter's name ends with _total; state the type counter or choose another name.",
            "OpenMetrics 1.0, Suffixes; promlint, counter"),
    /** A name that ends with {@code _timestamp_seconds} although the family is no gauge. */
    TIMESTAMP_ON_OTHER_TYPE(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "A time is a gauge: nothing else has a name that ends with _timestamp_seconds.",
            "Prometheus, Metric and label naming; promlint, gauge"),
    /** A name that ends as samples of another type do. */
    RESERVED_SUFFIX(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Names should not end as the samples of another type do in OpenMetrics 1.0: _bucket, _count, _sum and others.",
            "OpenMetrics 1.0, Suffixes; OpenMetrics 2.0, Discouraged Suffixes; promlint, histogram and summary reserved"),
    /** Two families that OpenMetrics 1.0 would give samples of one name. */
    SUFFIX_COLLISION(
            null,
            WARNING,
            null,
            EACH_TIME,
            "No two families have samples of one name in OpenMetrics 1.0 or Prometheus text: histogram x and gauge x_bucket.",
            "OpenMetrics 2.0, Discouraged Suffixes"),
    /** A name that holds a type. */
    TYPE_IN_NAME(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "A name does not say the type, which the TYPE line states.",
            "OpenMetrics, Metric Naming and Namespaces; promlint, type in name"),
    /** A name with a unit that is not the base unit of its kind. */
    NON_BASE_UNIT(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Measure in base units: seconds, bytes, meters, grams, volts, amperes, joules, celsius, ratios.",
            "OpenMetrics, Units and Base Units; promlint, units"),
    /** A name with an abbreviated unit. */
    ABBREVIATED_UNIT(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Units in names are spelled out: seconds, not s or ms.",
            "Prometheus, Metric and label naming; promlint, unit abbreviations"),
    /** Two names that escaping makes one. */
    ESCAPING_COLLISION(
            WARNING,
            WARNING,
            EACH_TIME,
            "Two names become one where a receiver has names escaped; rename one of them.",
            "Prometheus, UTF-8 metric and label name escaping schemes"),

    // ---- Labels

    /** Metrics of one family with different label names. */
    INCONSISTENT_LABELS(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "All metrics of a family should have the same label names, so that they can be aggregated.",
            "OpenMetrics, Metric"),
    /** A label with very many values. */
    HIGH_CARDINALITY(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "A label should have few values: each makes further series, which cost memory in every server.",
            "Prometheus, Metric and label naming, Labels"),
    /** A label that every metric has with the same value. */
    LABEL_ON_EVERY_METRIC(
            WARNING,
            WARNING,
            ONCE,
            "A label that all metrics have with one value belongs to the target, or into one info metric.",
            "OpenMetrics, MetricSet; Prometheus, Writing exporters, Labels"),

    // ---- Times

    /** A sample with a timestamp. */
    EXPLICIT_TIMESTAMP(
            WARNING,
            null,
            ONCE,
            "Samples should have no timestamps of their own; told once for the whole exposition.",
            "OpenMetrics 1.0, MetricPoint; OpenMetrics 2.0, Sample"),
    /** A timestamp that is in another unit, by its size. */
    IMPLAUSIBLE_TIMESTAMP(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Timestamps are milliseconds in Prometheus text and seconds in OpenMetrics.",
            "OpenMetrics, Timestamps; Prometheus text, Comments, help text, and type information"),
    /** A timestamp or start time with an exponent. */
    EXPONENTIAL_TIMESTAMP(
            WARNING,
            null,
            ONCE,
            "Times are best spelled without exponent: that is how a float is printed, which cannot hold nanoseconds.",
            "OpenMetrics, Timestamps"),
    /** A start time that is in another unit, by its size. */
    IMPLAUSIBLE_CREATED(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "Start times, as _created samples or behind st@, are in seconds in every format.",
            "OpenMetrics, Counter, Histogram and Summary"),

    // ---- Two scrapes in time

    /** A counter that fell between two scrapes, of which nobody knows when it began. */
    COUNTER_FELL(
            WARNING,
            WARNING,
            EACH_TIME,
            "What counts falls only where it begins anew; a later start time should say so.",
            "OpenMetrics, Counter"),
    /** A counter that fell between two scrapes although it claims to count since the same time. */
    COUNTER_FELL_UNRESET(
            ERROR,
            null,
            EACH_TIME,
            "What counts never falls as long as its start time is the same.",
            "OpenMetrics, Counter"),
    /** A start time that is earlier than it was. */
    START_FELL(
            WARNING,
            null,
            EACH_TIME,
            "A start time stays as it is until the next reset, and then becomes a later one.",
            "OpenMetrics, Counter, Histogram and Summary"),
    /** A family that had another type in the earlier scrape. */
    TYPE_CHANGED(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "A change of type breaks those who use the metric; give the new metric a new name.",
            "OpenMetrics, Exposition Across Time and Metric Evolution"),
    /** A histogram that had other buckets in the earlier scrape. */
    BUCKETS_CHANGED(
            WARNING,
            WARNING,
            ONCE_A_FAMILY,
            "A histogram's buckets should stay the same from scrape to scrape.",
            "OpenMetrics, Exposition Across Time and Metric Evolution"),
    /** A series of the earlier scrape that the later one lacks. */
    SERIES_VANISHED(
            WARNING,
            WARNING,
            EACH_TIME,
            "Series should not come and go; what counts stays as long as the process runs.",
            "OpenMetrics, Exposition Across Time and Metric Evolution");

    /** How often a rule is told of: one habit of an exporter should not drown everything else. */
    enum Told {
        EACH_TIME,
        ONCE_A_FAMILY,
        ONCE
    }

    private final @Nullable Severity openMetrics1;
    private final @Nullable Severity openMetrics2;
    private final @Nullable Severity prometheusText;
    private final Told told;
    private final String help;
    private final String reference;

    LintRule(
            @Nullable Severity openMetrics,
            @Nullable Severity prometheusText,
            Told told,
            String help,
            String reference) {
        this(openMetrics, openMetrics, prometheusText, told, help, reference);
    }

    LintRule(
            @Nullable Severity openMetrics1,
            @Nullable Severity openMetrics2,
            @Nullable Severity prometheusText,
            Told told,
            String help,
            String reference) {
        this.openMetrics1 = openMetrics1;
        this.openMetrics2 = openMetrics2;
        this.prometheusText = prometheusText;
        this.told = told;
        this.help = help;
        this.reference = reference;
    }

    /** The rule as one sentence that says what to do. */
    public String help() {
        return help;
    }

    /** Where it comes from: a specification and its section, or the check of the tool promlint. */
    public String reference() {
        return reference;
    }

    /** How bad it is to break the rule, or empty if the format has no such rule. */
    public Optional<Severity> severity(ExpositionFormat format, Dialect dialect) {
        Severity stated = switch (format) {
            case OPENMETRICS_1, OPENMETRICS_PROTOBUF -> openMetrics1;
            case OPENMETRICS_2 -> openMetrics2;
            default -> prometheusText;
        };
        return Optional.ofNullable(stated == null || dialect == Dialect.SPEC ? stated : WARNING);
    }

    Told told() {
        return told;
    }

    static boolean isOpenMetrics(ExpositionFormat format) {
        return switch (format) {
            case OPENMETRICS_1, OPENMETRICS_2, OPENMETRICS_PROTOBUF -> true;
            default -> false;
        };
    }
}
