package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.NativeBuckets;
import java.util.ArrayList;
import java.util.List;

/**
 * Histograms for formats that have no native buckets. Those with custom bounds become classic ones, the others are left
 * out.
 */
final class ClassicBuckets {
    private ClassicBuckets() {}

    /** Whether native buckets can become classic ones: they have bounds of their own, and no classic ones stand beside. */
    private static boolean isConvertible(HistogramValue histogram) {
        NativeBuckets buckets = histogram.nativeBuckets();
        return buckets != null
                && buckets.schema() == NativeBuckets.CUSTOM_BUCKETS
                && histogram.buckets().isEmpty()
                && endOf(buckets.positive()) <= buckets.customBounds().size() + 1L;
    }

    /** What becomes of native buckets, in words. */
    static String loss(HistogramValue histogram) {
        return isConvertible(histogram) ? "custom buckets written as classic ones" : "native buckets left out";
    }

    /** The same histogram with classic buckets only. */
    static HistogramValue of(HistogramValue histogram) {
        NativeBuckets custom = isConvertible(histogram) ? histogram.nativeBuckets() : null;
        List<HistogramValue.Bucket> buckets = custom == null ? histogram.buckets() : cumulative(custom);
        return new HistogramValue(histogram.count(), histogram.sum(), buckets, null);
    }

    /** The position behind the last bucket that spans name, or a huge one if they do not follow each other. */
    private static long endOf(NativeBuckets.Side side) {
        long end = 0;
        for (NativeBuckets.Span span : side.spans()) {
            if (span.offset() < 0) {
                return Long.MAX_VALUE;
            }
            end += span.offset() + (long) span.length();
        }
        return end;
    }

    private static List<HistogramValue.Bucket> cumulative(NativeBuckets custom) {
        double[] counts = new double[custom.customBounds().size() + 1];
        int bucket = 0;
        int next = 0;
        for (NativeBuckets.Span span : custom.positive().spans()) {
            bucket += span.offset();
            for (int i = 0; i < span.length(); i++) {
                counts[bucket++] = custom.positive().counts().get(next++);
            }
        }
        List<HistogramValue.Bucket> classic = new ArrayList<>(counts.length);
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            double bound = i < counts.length - 1 ? custom.customBounds().get(i) : Double.POSITIVE_INFINITY;
            classic.add(new HistogramValue.Bucket(LabelNumber.of(bound), sum, null));
        }
        return classic;
    }
}
