package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.MetricType;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the parts of an {@code io.prometheus.client.Metric}; histograms {@link HistogramMessage} writes. */
final class MetricMessage {
    private static final Field LABEL = new Field(1, "label");
    private static final Field GAUGE = new Field(2, "gauge");
    private static final Field COUNTER = new Field(3, "counter");
    private static final Field SUMMARY = new Field(4, "summary");
    private static final Field UNTYPED = new Field(5, "untyped");
    private static final Field TIMESTAMP_MS = new Field(6, "timestamp_ms");

    // Of a gauge, counter or untyped value.
    private static final Field VALUE = new Field(1, "value");
    private static final Field COUNTER_EXEMPLAR = new Field(2, "exemplar");
    private static final Field COUNTER_START = new Field(3, "start_timestamp");

    private static final Field SAMPLE_COUNT = new Field(1, "sample_count");
    private static final Field SAMPLE_SUM = new Field(2, "sample_sum");
    private static final Field QUANTILE = new Field(3, "quantile");
    private static final Field SUMMARY_START = new Field(4, "start_timestamp");

    // Of a quantile.
    private static final Field QUANTILE_NUMBER = new Field(1, "quantile");
    private static final Field QUANTILE_VALUE = new Field(2, "value");

    // Of an exemplar.
    private static final Field EXEMPLAR_LABEL = new Field(1, "label");
    private static final Field EXEMPLAR_VALUE = new Field(2, "value");
    private static final Field EXEMPLAR_TIMESTAMP = new Field(3, "timestamp");

    /**
     * The spelling of a bound or quantile where it is not the number's own: {@code 1.0}. The schema has no such field, so readers
     * that do not know it pass over it, as the wire format says; numbers from 50000 to 99999 are left to such uses.
     */
    static final Field SPELLING = new Field(50_001, "spelling");

    private static final int MOST_REMEMBERED = 64;

    private final NameEscaping escaping;
    private final Losses losses;
    /** Bounds or quantiles that are spelled as their numbers are written, by the positions they had last. */
    private final @Nullable LabelNumber[] sayingThemselves = new @Nullable LabelNumber[MOST_REMEMBERED];

    MetricMessage(NameEscaping escaping, Losses losses) {
        this.escaping = escaping;
        this.losses = losses;
    }

    /** Writes the labels of a metric. */
    void labels(MessageOutput out, Labels labels) throws IOException {
        out.labels(LABEL, labels);
    }

    /** Writes the labels of a metric among those. */
    void labels(MessageOutput out, PlainMetrics metrics, int metric) throws IOException {
        for (int i = 0; i < metrics.labelCount(metric); i++) {
            out.label(LABEL, i, metrics, metric);
        }
    }

    void timestamp(MessageOutput out, long millis) throws IOException {
        out.integer(TIMESTAMP_MS, millis);
    }

    /** Writes the value of a counter, gauge or untyped metric; only a counter has an exemplar and a start. */
    void number(
            MessageOutput out,
            MetricType type,
            double value,
            @Nullable Exemplar exemplar,
            @Nullable Timestamp start,
            String family)
            throws IOException {
        int begun = out.begin(
                switch (type) {
                    case COUNTER -> COUNTER;
                    case GAUGE -> GAUGE;
                    default -> UNTYPED;
                });
        out.number(VALUE, value);
        if (exemplar != null) {
            exemplar(out, COUNTER_EXEMPLAR, exemplar, family);
        }
        if (start != null) {
            out.timestamp(COUNTER_START, start);
        }
        out.end(begun);
    }

    void summary(MessageOutput out, SummaryValue summary, @Nullable Timestamp start, String family) throws IOException {
        int begun = out.begin(SUMMARY);
        out.unsigned(SAMPLE_COUNT, Counts.unsigned(Objects.requireNonNull(summary.count(), "count")));
        out.number(SAMPLE_SUM, Objects.requireNonNull(summary.sum(), "sum"));
        for (int i = 0; i < summary.quantiles().size(); i++) {
            SummaryValue.Quantile quantile = summary.quantiles().get(i);
            int begunQuantile = out.begin(QUANTILE);
            out.number(QUANTILE_NUMBER, quantile.quantile().value());
            out.number(QUANTILE_VALUE, quantile.value());
            spelling(out, i, quantile.quantile(), family);
            out.end(begunQuantile);
        }
        if (start != null) {
            out.timestamp(SUMMARY_START, start);
        }
        out.end(begun);
    }

    /** Writes an exemplar, unless two of its label names fall together. */
    void exemplar(MessageOutput out, Field field, Exemplar exemplar, String family) throws IOException {
        Labels escaped = escaping.labels(exemplar.labels(), family);
        Timestamp time = exemplar.timestamp();
        if (escaped == null) {
            losses.add(Loss.Kind.EXEMPLAR, family, "exemplar left out: two of its label names fall together");
            return;
        }
        int begun = out.begin(field);
        out.labels(EXEMPLAR_LABEL, escaped);
        out.number(EXEMPLAR_VALUE, exemplar.value());
        if (time != null && MessageOutput.holds(time)) {
            out.timestamp(EXEMPLAR_TIMESTAMP, time);
        } else if (time != null) {
            losses.add(Loss.Kind.EXEMPLAR, family, "timestamp " + time + " of an exemplar left out: out of range");
        }
        out.end(begun);
    }

    /** Whether a number says how it is spelled; the metrics of a family mostly have the same ones, by the same objects. */
    @SuppressWarnings("ReferenceEquality") // Others that are equal may be spelled in another way.
    private boolean saysItself(int position, LabelNumber number, String spelling) {
        if (position < sayingThemselves.length && sayingThemselves[position] == number) {
            return true;
        }
        boolean says = NumberWriter.writes(number.value(), spelling);
        if (says && position < sayingThemselves.length) {
            sayingThemselves[position] = number;
        }
        return says;
    }

    /** Writes how a bound or quantile, which is at that position, was spelled, if its number does not say so. */
    void spelling(MessageOutput out, int position, LabelNumber number, String family) throws IOException {
        String spelling = number.spelling();
        if (spelling == null || saysItself(position, number, spelling)) {
            return;
        }
        if (out.takesUnknownFields()) {
            out.text(SPELLING, spelling);
        } else {
            losses.addSpelling(family, "spelling " + spelling + " of a bound or quantile left out");
        }
    }
}
