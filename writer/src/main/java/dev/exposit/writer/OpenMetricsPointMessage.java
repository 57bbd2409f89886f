package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.MetricType;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of the points of OpenMetrics protobuf. Numbers are doubles everywhere, as they are in the model; an info's
 * labels are its metric's, since nobody can tell them apart in text.
 */
final class OpenMetricsPointMessage {
    private static final Field UNKNOWN_VALUE = new Field(1, "unknown_value");
    private static final Field GAUGE_VALUE = new Field(2, "gauge_value");
    private static final Field COUNTER_VALUE = new Field(3, "counter_value");
    private static final Field HISTOGRAM_VALUE = new Field(4, "histogram_value");
    private static final Field STATE_SET_VALUE = new Field(5, "state_set_value");
    private static final Field INFO_VALUE = new Field(6, "info_value");
    private static final Field SUMMARY_VALUE = new Field(7, "summary_value");

    // Of a number; of a histogram or summary it is the sum.
    private static final Field DOUBLE_VALUE = new Field(1, "double_value");

    private static final Field COUNTER_CREATED = new Field(3, "created");
    private static final Field COUNTER_EXEMPLAR = new Field(4, "exemplar");

    // Of a histogram or summary.
    private static final Field COUNT = new Field(3, "count");
    private static final Field CREATED = new Field(4, "created");
    private static final Field BUCKETS = new Field(5, "buckets");
    private static final Field QUANTILE = new Field(5, "quantile");

    private static final Field BUCKET_COUNT = new Field(1, "count");
    private static final Field BUCKET_BOUND = new Field(2, "upper_bound");
    private static final Field BUCKET_EXEMPLAR = new Field(3, "exemplar");
    private static final Field QUANTILE_NUMBER = new Field(1, "quantile");
    private static final Field QUANTILE_VALUE = new Field(2, "value");

    private static final Field EXEMPLAR_VALUE = new Field(1, "value");
    private static final Field EXEMPLAR_TIMESTAMP = new Field(2, "timestamp");
    private static final Field EXEMPLAR_LABEL = new Field(3, "label");

    private static final Field STATES = new Field(1, "states");
    private static final Field STATE_ENABLED = new Field(1, "enabled");
    private static final Field STATE_NAME = new Field(2, "name");

    private final OpenMetrics1Exemplars exemplars;
    private final Losses losses;

    OpenMetricsPointMessage(OpenMetrics1Exemplars exemplars, Losses losses) {
        this.exemplars = exemplars;
        this.losses = losses;
    }

    /** Writes the number of an unknown metric or a gauge. */
    static void number(MessageOutput out, MetricType type, double value) throws IOException {
        int begun = out.begin(type == MetricType.GAUGE ? GAUGE_VALUE : UNKNOWN_VALUE);
        out.number(DOUBLE_VALUE, value);
        out.end(begun);
    }

    void counter(MessageOutput out, double total, @Nullable Timestamp start, @Nullable Exemplar exemplar, String family)
            throws IOException {
        int begun = out.begin(COUNTER_VALUE);
        out.number(DOUBLE_VALUE, total);
        if (start != null) {
            out.timestamp(COUNTER_CREATED, start);
        }
        if (exemplar != null) {
            exemplar(out, COUNTER_EXEMPLAR, exemplar, family);
        }
        out.end(begun);
    }

    void histogram(MessageOutput out, HistogramValue histogram, @Nullable Timestamp start, String family)
            throws IOException {
        int begun = out.begin(HISTOGRAM_VALUE);
        totals(out, histogram.count(), histogram.sum(), start);
        for (HistogramValue.Bucket bucket : histogram.buckets()) {
            int begunBucket = out.begin(BUCKETS);
            out.unsigned(BUCKET_COUNT, Counts.unsigned(bucket.cumulativeCount()));
            out.number(BUCKET_BOUND, bucket.upperBound());
            if (bucket.exemplar() != null) {
                exemplar(out, BUCKET_EXEMPLAR, bucket.exemplar(), family);
            }
            spelling(out, bucket.le());
            out.end(begunBucket);
        }
        out.end(begun);
    }

    void summary(MessageOutput out, SummaryValue summary, @Nullable Timestamp start) throws IOException {
        int begun = out.begin(SUMMARY_VALUE);
        totals(out, summary.count(), summary.sum(), start);
        for (SummaryValue.Quantile quantile : summary.quantiles()) {
            int begunQuantile = out.begin(QUANTILE);
            out.number(QUANTILE_NUMBER, quantile.quantile().value());
            out.number(QUANTILE_VALUE, quantile.value());
            spelling(out, quantile.quantile());
            out.end(begunQuantile);
        }
        out.end(begun);
    }

    private static void totals(
            MessageOutput out, @Nullable Double count, @Nullable Double sum, @Nullable Timestamp start)
            throws IOException {
        if (sum != null) {
            out.number(DOUBLE_VALUE, sum);
        }
        if (count != null) {
            out.unsigned(COUNT, Counts.unsigned(count));
        }
        if (start != null) {
            out.timestamp(CREATED, start);
        }
    }

    /** Writes how a bound or quantile was spelled, if its number does not say so. */
    private static void spelling(MessageOutput out, LabelNumber number) throws IOException {
        String spelling = number.spelling();
        if (spelling != null && !NumberWriter.writes(number.value(), spelling)) {
            out.text(MetricMessage.SPELLING, spelling);
        }
    }

    static void stateSet(MessageOutput out, StateSetValue set) throws IOException {
        int begun = out.begin(STATE_SET_VALUE);
        for (StateSetValue.State state : set.states()) {
            int begunState = out.begin(STATES);
            out.unsigned(STATE_ENABLED, state.enabled() ? 1 : 0);
            out.text(STATE_NAME, state.name());
            out.end(begunState);
        }
        out.end(begun);
    }

    static void info(MessageOutput out) throws IOException {
        out.end(out.begin(INFO_VALUE));
    }

    private void exemplar(MessageOutput out, Field field, Exemplar exemplar, String family) throws IOException {
        Labels labels = exemplars.labels(exemplar, family);
        if (labels == null) {
            return;
        }
        int begun = out.begin(field);
        out.number(EXEMPLAR_VALUE, exemplar.value());
        Timestamp time = exemplar.timestamp();
        if (time != null && MessageOutput.holds(time)) {
            out.timestamp(EXEMPLAR_TIMESTAMP, time);
        } else if (time != null) {
            losses.add(Loss.Kind.EXEMPLAR, family, "timestamp " + time + " of an exemplar left out: out of range");
        }
        OpenMetricsFamilyMessage.labels(out, EXEMPLAR_LABEL, labels);
        out.end(begun);
    }
}
