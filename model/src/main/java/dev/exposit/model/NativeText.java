package dev.exposit.model;

import dev.exposit.model.NativeBuckets.Side;

/** Prints native buckets. */
final class NativeText {
    private NativeText() {}

    static String of(NativeBuckets buckets) {
        StringBuilder out = new StringBuilder("native(schema=").append(buckets.schema());
        if (buckets.zeroThreshold() != 0) {
            out.append(", zero threshold=").append(DifferenceText.number(buckets.zeroThreshold()));
        }
        if (!buckets.customBounds().isEmpty()) {
            out.append(", bounds=").append(buckets.customBounds());
        }
        if (buckets.floatCounts()) {
            out.append(", float");
        }
        if (NativeDefect.of(buckets) == null) {
            NativeWalk.buckets(buckets).forEach(bucket -> out.append(", ").append(bucket));
        } else {
            // Without bounds, such as spans that overlap: as it stands.
            out.append(", zero count=").append(DifferenceText.number(buckets.zeroCount()));
            append(out, "negative", buckets.negative());
            append(out, "positive", buckets.positive());
        }
        return out.append(')').toString();
    }

    private static void append(StringBuilder out, String name, Side side) {
        if (!side.spans().isEmpty()) {
            out.append(", ")
                    .append(name)
                    .append(' ')
                    .append(side.spans())
                    .append('=')
                    .append(side.counts());
        }
    }
}
