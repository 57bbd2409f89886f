package dev.exposit.model;

import dev.exposit.model.ClassicForm.Lost;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.NativeBucket.Side;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns native buckets into classic ones, whose counts are cumulative and whose bounds are those of the native buckets.
 * Where no bucket holds events between two that do, both ends of the gap become bounds, so that it stays empty.
 */
final class ClassicConversion {
    private final Set<Lost> lost = EnumSet.noneOf(Lost.class);
    private final List<Bucket> classic = new ArrayList<>();
    private final double most;
    private final boolean floats;
    private double last = Double.NEGATIVE_INFINITY;

    private ClassicConversion(@Nullable Double count, boolean floats) {
        most = count == null || count.isNaN() ? Double.POSITIVE_INFINITY : count;
        this.floats = floats;
    }

    static ClassicForm of(HistogramValue histogram) {
        NativeBuckets buckets = histogram.nativeBuckets();
        if (buckets == null || !histogram.buckets().isEmpty()) {
            Set<Lost> lost = buckets == null ? Set.of() : Set.of(Lost.NATIVE_BUCKETS);
            return new ClassicForm(
                    new HistogramValue(histogram.count(), histogram.sum(), histogram.buckets(), null), lost);
        }
        ClassicConversion conversion = new ClassicConversion(histogram.count(), buckets.floatCounts());
        double total = buckets.sound().schema() == NativeBuckets.CUSTOM_BUCKETS
                ? conversion.custom(buckets)
                : conversion.standard(buckets);
        Double count = histogram.count();
        if (count != null && count > total && !conversion.isRounding(count, total)) {
            conversion.lost.add(Lost.NAN_EVENTS);
        }
        conversion.add(Double.POSITIVE_INFINITY, count != null ? count : total);
        return new ClassicForm(new HistogramValue(count, histogram.sum(), conversion.classic, null), conversion.lost);
    }

    private double custom(NativeBuckets buckets) {
        SparseCounts counts = SparseCounts.of(buckets.positive());
        List<Double> bounds = buckets.customBounds();
        double sum = 0;
        int next = 0;
        for (int i = 0; i <= bounds.size(); i++) {
            if (next < counts.size() && counts.index(next) == i) {
                sum += counts.count(next++);
            }
            if (i < bounds.size()) {
                classic.add(new Bucket(LabelNumber.of(bounds.get(i)), atMost(sum), null));
            } else {
                atMost(sum);
            }
        }
        return sum;
    }

    private double standard(NativeBuckets buckets) {
        lost.add(Lost.SCHEMA);
        double sum = 0;
        for (NativeBucket bucket : buckets.buckets()) {
            if (bucket.side() != Side.POSITIVE && bucket.lower() < 0) {
                lost.add(Lost.NEGATIVE_BOUNDS);
            }
            if (bucket.side() == Side.ZERO && buckets.zeroThreshold() == 0) {
                lost.add(Lost.ZERO_BUCKET);
            }
            if (bucket.lower() > last) {
                add(bucket.lower(), atMost(sum));
            }
            sum += bucket.count();
            if (bucket.upper() < Double.POSITIVE_INFINITY) {
                add(bucket.upper(), atMost(sum));
            } else {
                atMost(sum);
            }
        }
        return sum;
    }

    private double atMost(double sum) {
        if (sum > most && !isRounding(sum, most)) {
            lost.add(Lost.BEYOND_COUNT);
        }
        return Math.min(sum, most);
    }

    /** Fractions need not add up to the very count. */
    private boolean isRounding(double sum, double count) {
        return floats && ClassicEstimate.isRounding(sum, count);
    }

    /** Bounds come in rising order; of equal ones the last has all events. */
    private void add(double bound, double cumulativeCount) {
        if (!classic.isEmpty() && bound == last) {
            classic.remove(classic.size() - 1);
        }
        classic.add(new Bucket(LabelNumber.of(bound), cumulativeCount, null));
        last = bound;
    }
}
