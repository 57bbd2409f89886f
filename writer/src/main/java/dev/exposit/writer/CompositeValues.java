package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.SummaryValue;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Writes histograms and summaries that keep the rules as OpenMetrics 2.0 has them: one value, in braces.
 *
 * <p>Specification: OpenMetrics 2.0, "CompositeValues", "Histogram with Classic Buckets" to "GaugeHistogram with both
 * Classic and Native buckets", "Summary".
 */
final class CompositeValues {
    private final TextOutput out;

    CompositeValues(TextOutput out) {
        this.out = out;
    }

    /**
     * Writes a histogram.
     *
     * @param gauge whether it is one of how things are, with {@code gcount} and {@code gsum}
     */
    void histogram(HistogramValue histogram, boolean gauge) throws IOException {
        out.text(gauge ? "{gcount:" : "{count:");
        out.number(Objects.requireNonNull(histogram.count(), "count"));
        out.text(gauge ? ",gsum:" : ",sum:");
        out.number(Objects.requireNonNull(histogram.sum(), "sum"));
        NativeBuckets buckets = histogram.nativeBuckets();
        if (buckets != null) {
            nativeBuckets(buckets);
        }
        if (!histogram.buckets().isEmpty()) {
            classicBuckets(histogram.buckets());
        }
        out.ascii('}');
    }

    private void nativeBuckets(NativeBuckets buckets) throws IOException {
        out.text(",schema:");
        out.integer(buckets.schema());
        out.text(",zero_threshold:");
        out.number(buckets.zeroThreshold());
        out.text(",zero_count:");
        out.number(buckets.zeroCount());
        side(",negative_spans:[", "],negative_buckets:[", buckets.negative());
        side(",positive_spans:[", "],positive_buckets:[", buckets.positive());
    }

    /** "Empty positive or negative Native Buckets SHOULD NOT be present." */
    private void side(String spans, String counts, NativeBuckets.Side side) throws IOException {
        if (side.counts().isEmpty()) {
            return;
        }
        out.text(spans);
        for (int i = 0; i < side.spans().size(); i++) {
            comma(i);
            out.integer(side.spans().get(i).offset());
            out.ascii(':');
            out.integer(side.spans().get(i).length());
        }
        out.text(counts);
        for (int i = 0; i < side.counts().size(); i++) {
            comma(i);
            out.number(side.counts().get(i));
        }
        out.ascii(']');
    }

    private void classicBuckets(List<HistogramValue.Bucket> buckets) throws IOException {
        out.text(",bucket:[");
        for (int i = 0; i < buckets.size(); i++) {
            comma(i);
            number(buckets.get(i).le());
            out.ascii(':');
            out.number(buckets.get(i).cumulativeCount());
        }
        out.ascii(']');
    }

    void summary(SummaryValue summary) throws IOException {
        out.text("{count:");
        out.number(Objects.requireNonNull(summary.count(), "count"));
        out.text(",sum:");
        out.number(Objects.requireNonNull(summary.sum(), "sum"));
        out.text(",quantile:[");
        for (int i = 0; i < summary.quantiles().size(); i++) {
            comma(i);
            number(summary.quantiles().get(i).quantile());
            out.ascii(':');
            out.number(summary.quantiles().get(i).value());
        }
        out.text("]}");
    }

    private void comma(int index) throws IOException {
        if (index > 0) {
            out.ascii(',');
        }
    }

    /** A bound or quantile, spelled as it was if that is a way to spell it here. */
    private void number(LabelNumber number) throws IOException {
        String spelling = number.spelling();
        if (spelling != null && isRealNumber(spelling)) {
            out.text(spelling);
        } else {
            out.number(number.value());
        }
    }

    /** Whether a text is what the ABNF calls {@code realnumber}. */
    static boolean isRealNumber(String text) {
        int integer = digits(text, sign(text, 0));
        int end = integer;
        boolean any = integer > sign(text, 0);
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(text, integer + 1);
            any |= end > integer + 1;
        }
        if (!any) {
            return false;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = sign(text, end + 1);
            end = digits(text, exponent);
            any = end > exponent;
        }
        return any && end == text.length();
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int digits(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
