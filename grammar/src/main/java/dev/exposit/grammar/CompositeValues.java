package dev.exposit.grammar;

import dev.exposit.grammar.generated.OpenMetrics2.Ch_le_bucketContext;
import dev.exposit.grammar.generated.OpenMetrics2.Ch_le_countsContext;
import dev.exposit.grammar.generated.OpenMetrics2.Classic_bucketsContext;
import dev.exposit.grammar.generated.OpenMetrics2.Composite_valueContext;
import dev.exposit.grammar.generated.OpenMetrics2.Cs_q_countContext;
import dev.exposit.grammar.generated.OpenMetrics2.H_countContext;
import dev.exposit.grammar.generated.OpenMetrics2.H_sumContext;
import dev.exposit.grammar.generated.OpenMetrics2.Histogram_bucketsContext;
import dev.exposit.grammar.generated.OpenMetrics2.Native_bucketsContext;
import dev.exposit.grammar.generated.OpenMetrics2.Nh_bucketsContext;
import dev.exposit.grammar.generated.OpenMetrics2.Nh_spanContext;
import dev.exposit.grammar.generated.OpenMetrics2.Nh_spansContext;
import dev.exposit.grammar.generated.OpenMetrics2.NumberContext;
import dev.exposit.grammar.generated.OpenMetrics2.Summary_valueContext;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/**
 * What the composite values of OpenMetrics 2.0 stand for.
 *
 * <p>Specification: "CompositeValues", "Histogram with Classic Buckets" to "GaugeHistogram with both Classic and Native
 * buckets", "Summary".
 */
final class CompositeValues {
    private static final BigInteger LOWEST_SCHEMA = BigInteger.valueOf(-4);
    private static final BigInteger HIGHEST_SCHEMA = BigInteger.valueOf(8);

    private final SourceText text;

    CompositeValues(SourceText text) {
        this.text = text;
    }

    Value value(Composite_valueContext value) {
        if (value.histogram_value() != null) {
            return histogram(
                    value.histogram_value().h_count(),
                    value.histogram_value().h_sum(),
                    value.histogram_value().histogram_buckets());
        }
        if (value.gauge_histogram_value() != null) {
            return histogram(
                    value.gauge_histogram_value().h_count(),
                    value.gauge_histogram_value().h_sum(),
                    value.gauge_histogram_value().histogram_buckets());
        }
        return summary(value.summary_value());
    }

    double number(ParserRuleContext number) {
        return Literals.number(number.getText())
                .orElseThrow(() -> text.error(Trees.at(number), "a number too large for a double"));
    }

    private HistogramValue histogram(H_countContext count, H_sumContext sum, Histogram_bucketsContext buckets) {
        return new HistogramValue(
                number(count.number()),
                number(sum.number()),
                buckets.classic_buckets() == null ? List.of() : classic(buckets.classic_buckets()),
                buckets.native_buckets() == null ? null : natives(number(count.number()), buckets.native_buckets()));
    }

    private List<Bucket> classic(Classic_bucketsContext classic) {
        List<Bucket> buckets = new ArrayList<>();
        Ch_le_countsContext finite = classic.ch_le_counts();
        if (finite != null) {
            if (finite.ch_neg_inf_bucket() != null) {
                NumberContext count = finite.ch_neg_inf_bucket().number();
                buckets.add(new Bucket(new LabelNumber(Double.NEGATIVE_INFINITY, "-Inf"), number(count), null));
            }
            for (Ch_le_bucketContext bucket : finite.ch_le_bucket()) {
                String spelling = bucket.realnumber().getText();
                LabelNumber le = new LabelNumber(number(bucket.realnumber()), spelling);
                buckets.add(new Bucket(le, number(bucket.number()), null));
            }
        }
        NumberContext all = classic.ch_pos_inf_bucket().number();
        buckets.add(new Bucket(new LabelNumber(Double.POSITIVE_INFINITY, "+Inf"), number(all), null));
        return buckets;
    }

    private NativeBuckets natives(double count, Native_bucketsContext buckets) {
        BigInteger schema = new BigInteger(buckets.nh_schema().integer().getText());
        if (schema.compareTo(LOWEST_SCHEMA) < 0 || schema.compareTo(HIGHEST_SCHEMA) > 0) {
            throw text.error(Trees.at(buckets), "a schema that is not -4 to 8");
        }
        NativeBuckets.Side positive = NativeBuckets.Side.none();
        if (buckets.nh_positive_spans() != null) {
            positive = side(
                    buckets.nh_positive_spans(),
                    buckets.nh_positive_spans().nh_spans(),
                    buckets.nh_positive_buckets().nh_buckets());
        }
        NativeBuckets.Side negative = NativeBuckets.Side.none();
        if (buckets.nh_negative_spans() != null) {
            negative = side(
                    buckets.nh_negative_spans(),
                    buckets.nh_negative_spans().nh_spans(),
                    buckets.nh_negative_buckets().nh_buckets());
        }
        double zeroCount = number(buckets.nh_zero_count().number());
        boolean whole = isWhole(count)
                && isWhole(zeroCount)
                && positive.counts().stream().allMatch(CompositeValues::isWhole)
                && negative.counts().stream().allMatch(CompositeValues::isWhole);
        return new NativeBuckets(
                schema.intValueExact(),
                number(buckets.nh_zero_threshold().realnumber()),
                zeroCount,
                positive,
                negative,
                List.of(),
                !whole);
    }

    /** The text does not say whether a histogram counts in integers or in floats; one whose counts are integers does. */
    private static boolean isWhole(double count) {
        return count == Math.rint(count) && !Double.isInfinite(count);
    }

    private NativeBuckets.Side side(
            ParserRuleContext at, @Nullable Nh_spansContext spans, @Nullable Nh_bucketsContext buckets) {
        List<NativeBuckets.Span> all = new ArrayList<>();
        if (spans != null) {
            all.add(span(spans.nh_start_span().integer(), spans.nh_start_span().non_negative_integer()));
            for (Nh_spanContext span : spans.nh_span()) {
                all.add(span(span.non_negative_integer(0), span.non_negative_integer(1)));
            }
        }
        List<Double> counts = new ArrayList<>();
        if (buckets != null) {
            buckets.number().forEach(count -> counts.add(number(count)));
        }
        // "The sum of all length values in each span list MUST be equal to the length of the corresponding bucket
        // list."
        long length = all.stream().mapToLong(NativeBuckets.Span::length).sum();
        if (length != counts.size()) {
            throw text.error(Trees.at(at), "spans of " + length + " buckets beside " + counts.size());
        }
        return new NativeBuckets.Side(all, counts);
    }

    private NativeBuckets.Span span(ParserRuleContext offset, ParserRuleContext length) {
        return new NativeBuckets.Span(int32(offset), int32(length));
    }

    /** No index of a bucket that a double can have comes near 32 bits. */
    private int int32(ParserRuleContext integer) {
        BigInteger value = new BigInteger(integer.getText());
        if (value.bitLength() >= Integer.SIZE) {
            throw text.error(Trees.at(integer), "an integer that 32 bits cannot hold");
        }
        return value.intValue();
    }

    private SummaryValue summary(Summary_valueContext summary) {
        List<SummaryValue.Quantile> quantiles = new ArrayList<>();
        if (summary.cs_quantile().cs_q_counts() != null) {
            for (Cs_q_countContext quantile :
                    summary.cs_quantile().cs_q_counts().cs_q_count()) {
                LabelNumber which = new LabelNumber(
                        number(quantile.realnumber()), quantile.realnumber().getText());
                quantiles.add(new SummaryValue.Quantile(which, number(quantile.number())));
            }
        }
        return new SummaryValue(
                number(summary.cs_count().number()), number(summary.cs_sum().number()), quantiles);
    }
}
