package dev.exposit.conformance.differential;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Spells values as OpenMetrics 2.0 has them.
 *
 * @param number spells a number, each time in another way maybe
 */
record CompositeSpeller(DoubleFunction<String> number) {
    String value(Value value, MetricType type) {
        if (value instanceof HistogramValue histogram) {
            return histogram(histogram, type == MetricType.GAUGE_HISTOGRAM ? "g" : "");
        }
        if (value instanceof SummaryValue summary) {
            List<String> quantiles = new ArrayList<>();
            for (SummaryValue.Quantile quantile : summary.quantiles()) {
                quantiles.add(number.apply(quantile.quantile().value()) + ":" + number.apply(quantile.value()));
            }
            return "{count:" + total(summary.count()) + ",sum:" + total(summary.sum()) + ",quantile:["
                    + String.join(",", quantiles) + "]}";
        }
        return number.apply(value instanceof NumberValue single ? single.value() : 1);
    }

    /** The format has no composite without totals. */
    private String total(@Nullable Double total) {
        return number.apply(Objects.requireNonNull(total));
    }

    private String histogram(HistogramValue histogram, String prefix) {
        StringBuilder out = new StringBuilder("{");
        out.append(prefix).append("count:").append(total(histogram.count()));
        out.append(',').append(prefix).append("sum:").append(total(histogram.sum()));
        NativeBuckets buckets = histogram.nativeBuckets();
        if (buckets != null) {
            out.append(",schema:").append(buckets.schema());
            out.append(",zero_threshold:").append(number.apply(buckets.zeroThreshold()));
            out.append(",zero_count:").append(number.apply(buckets.zeroCount()));
            side(out, "negative", buckets.negative());
            side(out, "positive", buckets.positive());
        }
        if (buckets == null || !histogram.buckets().isEmpty()) {
            List<String> classic = new ArrayList<>();
            for (HistogramValue.Bucket bucket : histogram.buckets()) {
                String bound = Double.isInfinite(bucket.upperBound()) ? "+Inf" : number.apply(bucket.upperBound());
                classic.add(bound + ":" + number.apply(bucket.cumulativeCount()));
            }
            out.append(",bucket:[").append(String.join(",", classic)).append(']');
        }
        return out.append('}').toString();
    }

    private void side(StringBuilder out, String name, NativeBuckets.Side side) {
        if (side.spans().isEmpty()) {
            return;
        }
        List<String> spans = new ArrayList<>();
        for (NativeBuckets.Span span : side.spans()) {
            spans.add(span.offset() + ":" + span.length());
        }
        List<String> counts = new ArrayList<>();
        side.counts().forEach(count -> counts.add(number.apply(count)));
        out.append(',')
                .append(name)
                .append("_spans:[")
                .append(String.join(",", spans))
                .append(']');
        out.append(',')
                .append(name)
                .append("_buckets:[")
                .append(String.join(",", counts))
                .append(']');
    }
}
