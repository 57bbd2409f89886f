package dev.exposit.model;

import dev.exposit.model.HistogramValue.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds histograms, part by part. */
final class HistogramAddition {
    private HistogramAddition() {}

    static HistogramValue of(HistogramValue a, HistogramValue b) {
        NativeBuckets left = a.nativeBuckets();
        NativeBuckets right = b.nativeBuckets();
        if ((left == null) != (right == null)) {
            throw new IllegalArgumentException("only one of the histograms has native buckets");
        }
        if (a.buckets().isEmpty() != b.buckets().isEmpty()) {
            throw new IllegalArgumentException("only one of the histograms has classic buckets");
        }
        return new HistogramValue(
                sum(a.count(), b.count()),
                sum(a.sum(), b.sum()),
                classic(a.buckets(), b.buckets()),
                left == null || right == null ? null : left.plus(right));
    }

    private static @Nullable Double sum(@Nullable Double a, @Nullable Double b) {
        return a == null || b == null ? null : Double.valueOf(a + b);
    }

    /** A bound that only one has says nothing about the events of the other. */
    private static List<Bucket> classic(List<Bucket> a, List<Bucket> b) {
        TreeMap<Double, Bucket> others = new TreeMap<>();
        b.forEach(bucket -> others.put(bucket.upperBound() + 0.0, bucket));
        List<Bucket> sums = new ArrayList<>();
        for (Bucket bucket : a) {
            Bucket other = others.remove(bucket.upperBound() + 0.0);
            if (other != null) {
                sums.add(new Bucket(
                        bucket.le(),
                        bucket.cumulativeCount() + other.cumulativeCount(),
                        bucket.exemplar() != null ? bucket.exemplar() : other.exemplar()));
            }
        }
        return sums;
    }
}
