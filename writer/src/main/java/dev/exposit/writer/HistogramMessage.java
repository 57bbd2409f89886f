package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes an {@code io.prometheus.client.Histogram}. Counts have fields for integers and fields for floats. A native histogram
 * uses either throughout; each classic bucket for itself. A +Inf bucket that says no more than the count is left out, as
 * the schema allows.
 *
 * <p>Specification: Prometheus, "Native histograms", "Exposition formats".
 */
final class HistogramMessage {
    private static final Field HISTOGRAM = new Field(7, "histogram");
    private static final Field SAMPLE_COUNT = new Field(1, "sample_count");
    private static final Field SAMPLE_SUM = new Field(2, "sample_sum");
    private static final Field BUCKET = new Field(3, "bucket");
    private static final Field SAMPLE_COUNT_FLOAT = new Field(4, "sample_count_float");
    private static final Field SCHEMA = new Field(5, "schema");
    private static final Field ZERO_THRESHOLD = new Field(6, "zero_threshold");
    private static final Field ZERO_COUNT = new Field(7, "zero_count");
    private static final Field ZERO_COUNT_FLOAT = new Field(8, "zero_count_float");
    private static final Field NEGATIVE_SPAN = new Field(9, "negative_span");
    private static final Field NEGATIVE_DELTA = new Field(10, "negative_delta");
    private static final Field NEGATIVE_COUNT = new Field(11, "negative_count");
    private static final Field POSITIVE_SPAN = new Field(12, "positive_span");
    private static final Field POSITIVE_DELTA = new Field(13, "positive_delta");
    private static final Field POSITIVE_COUNT = new Field(14, "positive_count");
    private static final Field START_TIMESTAMP = new Field(15, "start_timestamp");
    private static final Field EXEMPLARS = new Field(16, "exemplars");

    private static final Field CUMULATIVE_COUNT = new Field(1, "cumulative_count");
    private static final Field UPPER_BOUND = new Field(2, "upper_bound");
    private static final Field BUCKET_EXEMPLAR = new Field(3, "exemplar");
    private static final Field CUMULATIVE_COUNT_FLOAT = new Field(4, "cumulative_count_float");

    private static final Field OFFSET = new Field(1, "offset");
    private static final Field LENGTH = new Field(2, "length");

    /** A span of nothing, which says that the histogram is a native one and nothing else. */
    private static final NativeBuckets.Span NO_OP = new NativeBuckets.Span(0, 0);

    private final MetricMessage metric;

    HistogramMessage(MetricMessage metric) {
        this.metric = metric;
    }

    /**
     * Writes a histogram that {@link HistogramFit} let through.
     *
     * @param family the exposed name of its family
     */
    void write(
            MessageOutput out,
            HistogramValue histogram,
            List<Exemplar> exemplars,
            @Nullable Timestamp start,
            String family)
            throws IOException {
        double count = Objects.requireNonNull(histogram.count(), "count");
        double sum = Objects.requireNonNull(histogram.sum(), "sum");
        NativeBuckets buckets = histogram.nativeBuckets();
        boolean floats = buckets != null && HistogramFit.countsInFloats(count, buckets);
        int begun = out.begin(HISTOGRAM);
        count(out, SAMPLE_COUNT, SAMPLE_COUNT_FLOAT, count, floats);
        out.number(SAMPLE_SUM, sum);
        classicBuckets(out, histogram.buckets(), count, family);
        if (buckets != null) {
            nativeBuckets(out, buckets, floats);
        }
        if (start != null) {
            out.timestamp(START_TIMESTAMP, start);
        }
        for (Exemplar exemplar : exemplars) {
            metric.exemplar(out, EXEMPLARS, exemplar, family);
        }
        out.end(begun);
    }

    private static void count(MessageOutput out, Field integer, Field floating, double count, boolean floats)
            throws IOException {
        if (count > 0 && (floats || !Counts.isUnsigned(count))) {
            out.number(floating, count);
        } else {
            out.unsigned(integer, Counts.unsigned(count));
        }
    }

    private void classicBuckets(MessageOutput out, List<HistogramValue.Bucket> buckets, double count, String family)
            throws IOException {
        int last = buckets.size() - 1;
        for (int i = 0; i <= last; i++) {
            HistogramValue.Bucket bucket = buckets.get(i);
            if (i < last || i == 0 || !isImplied(bucket, count)) {
                classicBucket(out, i, bucket, family);
            }
        }
    }

    /** Whether a last bucket says nothing that the count does not. */
    private static boolean isImplied(HistogramValue.Bucket bucket, double count) {
        return bucket.upperBound() == Double.POSITIVE_INFINITY
                && bucket.cumulativeCount() == count
                && bucket.exemplar() == null;
    }

    private void classicBucket(MessageOutput out, int position, HistogramValue.Bucket bucket, String family)
            throws IOException {
        int begun = out.begin(BUCKET);
        count(out, CUMULATIVE_COUNT, CUMULATIVE_COUNT_FLOAT, bucket.cumulativeCount(), false);
        out.number(UPPER_BOUND, bucket.upperBound());
        Exemplar exemplar = bucket.exemplar();
        if (exemplar != null) {
            metric.exemplar(out, BUCKET_EXEMPLAR, exemplar, family);
        }
        metric.spelling(out, position, bucket.le(), family);
        out.end(begun);
    }

    private static void nativeBuckets(MessageOutput out, NativeBuckets buckets, boolean floats) throws IOException {
        out.signed(SCHEMA, buckets.schema());
        out.number(ZERO_THRESHOLD, buckets.zeroThreshold());
        count(out, ZERO_COUNT, ZERO_COUNT_FLOAT, buckets.zeroCount(), floats);
        side(out, buckets.negative(), NEGATIVE_SPAN, floats ? NEGATIVE_COUNT : NEGATIVE_DELTA, floats);
        side(out, buckets.positive(), POSITIVE_SPAN, floats ? POSITIVE_COUNT : POSITIVE_DELTA, floats);
        if (!isNativeBesides(buckets)) {
            span(out, POSITIVE_SPAN, NO_OP);
        }
    }

    /** Whether anything but a span of nothing shows that the histogram is a native one. */
    private static boolean isNativeBesides(NativeBuckets buckets) {
        return !spans(buckets.positive()).isEmpty()
                || !spans(buckets.negative()).isEmpty()
                || buckets.zeroThreshold() > 0
                || buckets.zeroCount() > 0;
    }

    private static void side(MessageOutput out, NativeBuckets.Side side, Field spans, Field counts, boolean floats)
            throws IOException {
        for (NativeBuckets.Span span : spans(side)) {
            span(out, spans, span);
        }
        if (side.counts().isEmpty()) {
            return;
        }
        if (floats) {
            out.numbers(counts, side.counts());
        } else {
            out.deltas(counts, side.counts());
        }
    }

    private static List<NativeBuckets.Span> spans(NativeBuckets.Side side) {
        return side.spans().equals(List.of(NO_OP)) ? List.of() : side.spans();
    }

    private static void span(MessageOutput out, Field field, NativeBuckets.Span span) throws IOException {
        int begun = out.begin(field);
        out.signed(OFFSET, span.offset());
        out.unsigned(LENGTH, span.length());
        out.end(begun);
    }
}
