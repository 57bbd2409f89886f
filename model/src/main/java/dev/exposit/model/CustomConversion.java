package dev.exposit.model;

import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns classic buckets into custom native ones.
 *
 * <p>Specification: Prometheus, "Native histograms", section "Custom values".
 */
final class CustomConversion {
    /** A short gap costs less as empty buckets than as a span, when counts are integers; Prometheus has the same number. */
    private static final int MAX_EMPTY_INTEGERS = 2;

    private static final double INTEGERS_END = 0x1p63;

    /** The bounds below +Inf. */
    private final List<Double> bounds = new ArrayList<>();

    /** Cumulative counts: one for each bound, and the one of +Inf. */
    private final List<Double> counts = new ArrayList<>();

    private @Nullable String defect;

    private CustomConversion(HistogramValue histogram) {
        List<Bucket> sorted = histogram.buckets().stream()
                .sorted(Comparator.comparingDouble(bucket -> bucket.upperBound() + 0.0))
                .toList();
        double bound = Double.NaN;
        for (Bucket bucket : sorted) {
            if (bucket.upperBound() == bound) {
                continue;
            }
            bound = bucket.upperBound();
            add(bound, bucket.cumulativeCount());
        }
        Double count = histogram.count();
        boolean complete = counts.size() > bounds.size();
        if (!complete) {
            double highest = counts.isEmpty() ? 0 : counts.get(counts.size() - 1);
            add(Double.POSITIVE_INFINITY, count != null ? count : highest);
        } else if (defect == null && count != null && count.doubleValue() != total()) {
            defect = "the count must be that of the +Inf bucket, " + DifferenceText.number(total()) + ", got "
                    + DifferenceText.number(count);
        }
    }

    private void add(double bound, double count) {
        double before = counts.isEmpty() ? 0 : total();
        if (defect == null && Double.isNaN(bound)) {
            defect = "a bound must be a number, got NaN";
        }
        if (defect == null && !(count >= before)) {
            defect = "the count of bucket " + DifferenceText.number(bound) + " must be at least "
                    + DifferenceText.number(before) + ", got " + DifferenceText.number(count);
        }
        if (bound != Double.POSITIVE_INFINITY) {
            bounds.add(bound);
        }
        counts.add(count);
    }

    private double total() {
        return counts.get(counts.size() - 1);
    }

    static @Nullable String defect(HistogramValue histogram) {
        return new CustomConversion(histogram).defect;
    }

    static HistogramValue of(HistogramValue histogram) {
        if (histogram.nativeBuckets() != null) {
            throw new IllegalArgumentException("the histogram has native buckets already");
        }
        CustomConversion conversion = new CustomConversion(histogram);
        if (conversion.defect != null) {
            throw new IllegalArgumentException(conversion.defect);
        }
        return new HistogramValue(conversion.total(), histogram.sum(), List.of(), conversion.buckets());
    }

    private NativeBuckets buckets() {
        List<Double> absolute = new ArrayList<>(counts.size());
        boolean integers = true;
        double before = 0;
        for (double count : counts) {
            integers &= count == Math.rint(count) && count < INTEGERS_END;
            absolute.add(count - before);
            before = count;
        }
        Side all = new Side(List.of(new Span(0, absolute.size())), absolute);
        return new NativeBuckets(NativeBuckets.CUSTOM_BUCKETS, 0, 0, all, Side.none(), bounds, !integers)
                .compacted(integers ? MAX_EMPTY_INTEGERS : 0);
    }
}
