package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.Loss;
import dev.exposit.model.NativeBuckets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes histograms ones that the protobuf schema can carry in one piece, where that is possible. */
final class HistogramFit {
    private final Losses losses;
    private final ClassicFit classicFit;
    private final NativeHistograms form;
    private final boolean nativeAllowed;

    HistogramFit(Losses losses, NativeHistograms form) {
        this.losses = losses;
        this.classicFit = new ClassicFit(losses, form);
        this.form = form;
        this.nativeAllowed = form == NativeHistograms.BY_FORMAT;
    }

    /** A histogram whose native buckets, if it has any, can be written; what that takes is reported. */
    HistogramValue fit(HistogramValue histogram, String family) {
        NativeBuckets buckets = histogram.nativeBuckets();
        if (buckets == null) {
            return histogram;
        }
        if (!nativeAllowed || buckets.schema() == NativeBuckets.CUSTOM_BUCKETS) {
            return classicFit.fit(histogram, family);
        }
        String violation = violation(histogram, buckets);
        if (violation != null) {
            losses.add(Loss.Kind.NATIVE_BUCKETS, family, ClassicFit.LEFT_OUT + ": " + violation);
            return ClassicFit.withoutNativeBuckets(histogram);
        }
        return whole(histogram, buckets, family);
    }

    /** Whether a histogram has native buckets and {@link #fit} leaves them. */
    boolean keepsNativeBuckets(HistogramValue histogram) {
        NativeBuckets buckets = histogram.nativeBuckets();
        return buckets != null
                && nativeAllowed
                && buckets.schema() != NativeBuckets.CUSTOM_BUCKETS
                && violation(histogram, buckets) == null;
    }

    /** Whether a histogram can be written in one piece when it has been fitted. */
    boolean isWhole(HistogramValue histogram) {
        if (histogram.nativeBuckets() == null) {
            return violation(histogram) == null;
        }
        return keepsNativeBuckets(histogram)
                || violation(new ClassicFit(new Losses(LossPolicy.REPORT), form).fit(histogram, "")) == null;
    }

    /** A histogram with classic buckets only; what that takes is reported. */
    HistogramValue classic(HistogramValue histogram, String family) {
        return classicFit.fit(histogram, family);
    }

    /** Why native buckets cannot be written, in words, or null if they can. */
    private static @Nullable String violation(HistogramValue histogram, NativeBuckets buckets) {
        if (!(buckets.zeroThreshold() >= 0)) {
            return "zero threshold " + buckets.zeroThreshold();
        }
        if (overlaps(buckets.positive()) || overlaps(buckets.negative())) {
            return "a span begins inside the one before";
        }
        if (!Counts.isCount(buckets.zeroCount())) {
            return "zero count " + buckets.zeroCount();
        }
        return totalsViolation(histogram);
    }

    private static @Nullable String totalsViolation(HistogramValue histogram) {
        Double count = histogram.count();
        if (count == null || histogram.sum() == null) {
            return count == null ? "there is no count" : "there is no sum";
        }
        return Counts.isCount(count) ? null : "count " + count;
    }

    private static boolean overlaps(NativeBuckets.Side side) {
        List<NativeBuckets.Span> spans = side.spans();
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).offset() < 0) {
                return true;
            }
        }
        return false;
    }

    /** A native histogram whose classic buckets, if it has any, can be written as well. */
    private HistogramValue whole(HistogramValue histogram, NativeBuckets buckets, String family) {
        double count = Objects.requireNonNull(histogram.count(), "count");
        boolean floats = countsInFloats(count, buckets);
        if (floats && !buckets.floatCounts()) {
            losses.add(Loss.Kind.NATIVE_BUCKETS, family, "counts that are no integers written as floats");
        } else if (buckets.floatCounts() && !showsFloats(count, buckets)) {
            losses.add(Loss.Kind.NATIVE_BUCKETS, family, "an empty histogram of floats reads as one of integers");
        }
        List<HistogramValue.Bucket> classic = histogram.buckets();
        String defect = classic.isEmpty() ? null : defect(classic);
        if (defect == null) {
            return histogram;
        }
        losses.add(Loss.Kind.SAMPLE, family, "classic bucket left out: " + defect, classic.size());
        return new HistogramValue(count, histogram.sum(), List.of(), buckets);
    }

    /** Whether a native histogram is written in the fields for floats. */
    static boolean countsInFloats(double count, NativeBuckets buckets) {
        return buckets.floatCounts()
                || !Counts.isUnsigned(count)
                || !Counts.isUnsigned(buckets.zeroCount())
                || !areSumsOfDeltas(buckets.positive())
                || !areSumsOfDeltas(buckets.negative());
    }

    private static boolean areSumsOfDeltas(NativeBuckets.Side side) {
        return side.counts().stream().allMatch(Counts::isSumOfDeltas);
    }

    /** Whether a field for floats comes with anything in it. */
    private static boolean showsFloats(double count, NativeBuckets buckets) {
        return count > 0
                || buckets.zeroCount() > 0
                || !buckets.positive().counts().isEmpty()
                || !buckets.negative().counts().isEmpty();
    }

    /** Why a fitted histogram cannot be written in one piece, in words, or null if it can. */
    static @Nullable String violation(HistogramValue histogram) {
        if (histogram.nativeBuckets() != null) {
            return null;
        }
        String violation = totalsViolation(histogram);
        return violation != null ? violation : defect(histogram.buckets());
    }

    /** What hinders classic buckets, in words, or null if nothing does. */
    private static @Nullable String defect(List<HistogramValue.Bucket> buckets) {
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < buckets.size(); i++) {
            HistogramValue.Bucket bucket = buckets.get(i);
            double bound = bucket.upperBound();
            if ((i > 0 && !(last < bound)) || !Counts.isCount(bucket.cumulativeCount())) {
                return defectInAnyOrder(buckets);
            }
            last = bound;
        }
        return last == Double.POSITIVE_INFINITY ? null : defectInAnyOrder(buckets);
    }

    /** The same for bounds that do not rise, as they mostly do: then it takes no set to see that none stands twice. */
    private static @Nullable String defectInAnyOrder(List<HistogramValue.Bucket> buckets) {
        Set<Double> bounds = new HashSet<>();
        boolean hasInfinity = false;
        for (HistogramValue.Bucket bucket : buckets) {
            double bound = bucket.upperBound();
            if (Double.isNaN(bound) || !bounds.add(bound)) {
                return "bound " + bound + " makes no sense or stands twice";
            }
            if (!Counts.isCount(bucket.cumulativeCount())) {
                return "bucket count " + bucket.cumulativeCount();
            }
            hasInfinity |= bound == Double.POSITIVE_INFINITY;
        }
        return hasInfinity ? null : "there is no +Inf bucket";
    }
}
