package dev.exposit.model;

import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what makes no sense in native buckets that a record can nevertheless hold: readers may keep what a format lets
 * through, but bounds, sums and estimates are only for buckets that have a place.
 *
 * <p>Specification: Prometheus, "Native histograms", sections "Schema", "Buckets", "Zero bucket" and "Custom values".
 */
final class NativeDefect {
    private NativeDefect() {}

    /** The first defect in words, or null. */
    static @Nullable String of(NativeBuckets buckets) {
        if (buckets.schema() == NativeBuckets.CUSTOM_BUCKETS) {
            String defect = ofBounds(buckets.customBounds());
            if (defect != null) {
                return defect;
            }
            if (buckets.zeroThreshold() != 0 || buckets.zeroCount() != 0) {
                return "custom buckets have no zero bucket";
            }
            if (!buckets.negative().counts().isEmpty()) {
                return "custom buckets have no negative side";
            }
            return ofSide(
                    "custom", buckets.positive(), 0, buckets.customBounds().size());
        }
        double threshold = buckets.zeroThreshold();
        if (!(threshold >= 0 && threshold <= Double.MAX_VALUE)) {
            return "the zero threshold must be at least 0 and finite, got " + threshold;
        }
        StandardSchema schema = StandardSchema.of(buckets.schema());
        String defect = ofSide("negative", buckets.negative(), schema.lowestIndex(), schema.overflowIndex());
        return defect != null
                ? defect
                : ofSide("positive", buckets.positive(), schema.lowestIndex(), schema.overflowIndex());
    }

    private static @Nullable String ofBounds(List<Double> bounds) {
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < bounds.size(); i++) {
            double bound = bounds.get(i);
            if (Double.isNaN(bound) || bound == Double.POSITIVE_INFINITY) {
                return "custom bound " + i + " must be a number below +Inf, got " + bound;
            }
            if (i > 0 && bound <= before) {
                return "custom bound " + i + " must be above the one before, " + before + ", got " + bound;
            }
            before = bound;
        }
        return null;
    }

    private static @Nullable String ofSide(String name, Side side, int lowest, int highest) {
        long index = 0;
        int at = 0;
        for (int i = 0; i < side.spans().size(); i++) {
            Span span = side.spans().get(i);
            if (i > 0 && span.offset() < 0) {
                return "only the first span may have a negative offset, got " + span.offset() + " in " + name + " span "
                        + i;
            }
            index += span.offset();
            for (int j = 0; j < span.length(); j++, index++, at++) {
                // An empty bucket may stand anywhere: it says nothing.
                if (side.counts().get(at) != 0 && (index < lowest || index > highest)) {
                    return "the index of a " + name + " bucket must be " + lowest + " to " + highest + ", got " + index;
                }
            }
        }
        return null;
    }
}
