package dev.exposit.model;

/** Chooses which buckets of a histogram an estimate is made from: the native ones, which mostly are finer, if any. */
final class HistogramEstimate {
    private HistogramEstimate() {}

    static double eventCount(HistogramValue histogram) {
        if (histogram.count() != null) {
            return histogram.count();
        }
        if (histogram.nativeBuckets() != null) {
            return histogram.nativeBuckets().total();
        }
        return histogram.buckets().stream()
                .filter(bucket -> bucket.upperBound() == Double.POSITIVE_INFINITY)
                .mapToDouble(HistogramValue.Bucket::cumulativeCount)
                .findFirst()
                .orElse(Double.NaN);
    }

    static double quantile(HistogramValue histogram, double q) {
        NativeBuckets buckets = histogram.nativeBuckets();
        return buckets != null
                ? new NativeEstimate(buckets, histogram.count(), histogram.sum()).quantile(q)
                : new ClassicEstimate(histogram.buckets()).quantile(q);
    }

    static double fraction(HistogramValue histogram, double lower, double upper) {
        NativeBuckets buckets = histogram.nativeBuckets();
        return buckets != null
                ? new NativeEstimate(buckets, histogram.count(), histogram.sum()).fraction(lower, upper)
                : new ClassicEstimate(histogram.buckets()).fraction(lower, upper);
    }

    static double variance(HistogramValue histogram) {
        Double sum = histogram.sum();
        NativeBuckets buckets = histogram.nativeBuckets();
        if (sum == null) {
            return Double.NaN;
        }
        if (buckets == null) {
            return CustomConversion.defect(histogram) != null ? Double.NaN : variance(CustomConversion.of(histogram));
        }
        return new NativeEstimate(buckets, histogram.count(), sum).variance(sum);
    }
}
