package dev.exposit.model;

import dev.exposit.model.NativeBucket.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives native buckets their bounds. */
final class NativeWalk {
    private NativeWalk() {}

    /** Those that hold events, in rising order; the buckets must be without {@link NativeDefect}. */
    static List<NativeBucket> buckets(NativeBuckets buckets) {
        SparseCounts positive = SparseCounts.of(buckets.positive());
        List<NativeBucket> walk = new ArrayList<>();
        if (buckets.schema() == NativeBuckets.CUSTOM_BUCKETS) {
            for (int i = 0; i < positive.size(); i++) {
                walk.add(custom(buckets.customBounds(), positive.index(i), positive.count(i)));
            }
            return walk;
        }
        StandardSchema schema = StandardSchema.of(buckets.schema());
        double threshold = buckets.zeroThreshold();
        SparseCounts negative = SparseCounts.of(buckets.negative());
        for (int i = negative.size() - 1; i >= 0; i--) {
            walk.add(standard(schema, Side.NEGATIVE, negative.index(i), threshold, negative.count(i)));
        }
        if (buckets.zeroCount() != 0) {
            // 0 - 0, not -0.
            walk.add(new NativeBucket(Side.ZERO, 0, 0 - threshold, true, threshold, true, buckets.zeroCount()));
        }
        for (int i = 0; i < positive.size(); i++) {
            walk.add(standard(schema, Side.POSITIVE, positive.index(i), threshold, positive.count(i)));
        }
        return walk;
    }

    /** The same with the counts of all buckets up to each. */
    static List<NativeBucket> cumulative(NativeBuckets buckets) {
        List<NativeBucket> walk = buckets(buckets);
        double sum = 0;
        for (int i = 0; i < walk.size(); i++) {
            NativeBucket bucket = walk.get(i);
            sum += bucket.count();
            walk.set(
                    i,
                    new NativeBucket(
                            bucket.side(),
                            bucket.index(),
                            Double.NEGATIVE_INFINITY,
                            true,
                            bucket.upper(),
                            bucket.upperInclusive(),
                            sum));
        }
        return walk;
    }

    /** The bounds of a bucket in words, or null if the index is out of range. */
    static @Nullable String interval(int schema, List<Double> customBounds, Side side, double index) {
        if (schema == NativeBuckets.CUSTOM_BUCKETS) {
            return index >= 0 && index <= customBounds.size()
                    ? custom(customBounds, (int) index, 0).interval()
                    : null;
        }
        StandardSchema standard = StandardSchema.of(schema);
        return index >= standard.lowestIndex() && index <= standard.overflowIndex()
                ? standard(standard, side, (int) index, 0, 0).interval()
                : null;
    }

    private static NativeBucket custom(List<Double> bounds, int index, double count) {
        return new NativeBucket(
                Side.CUSTOM,
                index,
                index == 0 ? Double.NEGATIVE_INFINITY : bounds.get(index - 1),
                index == 0,
                index == bounds.size() ? Double.POSITIVE_INFINITY : bounds.get(index),
                true,
                count);
    }

    /** What the zero bucket covers is not the bucket's, whose events are beyond it. */
    private static NativeBucket standard(StandardSchema schema, Side side, int index, double threshold, double count) {
        double near = Math.max(schema.lowerBound(index), threshold);
        double far = Math.max(schema.upperBound(index), threshold);
        return side == Side.NEGATIVE
                ? new NativeBucket(side, index, 0 - far, true, 0 - near, false, count)
                : new NativeBucket(side, index, near, false, far, true, count);
    }
}
