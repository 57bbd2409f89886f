package dev.exposit.writer;

import dev.exposit.model.ClassicForm;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves classic buckets only, for formats that have no others, or because that was asked for. Custom native buckets
 * become classic ones in either case; those of a standard schema are left out unless asked for.
 */
final class ClassicFit implements MetricFit {
    static final String LEFT_OUT = "native buckets left out";

    private final Losses losses;
    private final boolean askedFor;

    ClassicFit(Losses losses, NativeHistograms form) {
        this.losses = losses;
        this.askedFor = form == NativeHistograms.CLASSIC;
    }

    @Override
    public Metric fit(Metric metric, String family) {
        return hasNativeBuckets(metric) ? withoutNativeBuckets(metric, family) : metric;
    }

    @Override
    public boolean leaves(PlainMetrics metrics) {
        return true;
    }

    private static boolean hasNativeBuckets(Metric metric) {
        List<Point> points = metric.points();
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).value() instanceof HistogramValue histogram && histogram.nativeBuckets() != null) {
                return true;
            }
        }
        return false;
    }

    private Metric withoutNativeBuckets(Metric metric, String family) {
        List<Point> points = new ArrayList<>(metric.points().size());
        for (Point point : metric.points()) {
            points.add(
                    point.value() instanceof HistogramValue histogram
                            ? point.withValue(fit(histogram, family))
                            : point);
        }
        return new Metric(metric.labels(), points);
    }

    /** A histogram with classic buckets only, of a family of that exposed name. */
    HistogramValue fit(HistogramValue histogram, String family) {
        NativeBuckets buckets = histogram.nativeBuckets();
        if (buckets == null) {
            return histogram;
        }
        boolean alone = histogram.buckets().isEmpty();
        boolean custom = buckets.schema() == NativeBuckets.CUSTOM_BUCKETS;
        if (alone && !custom && !askedFor) {
            losses.add(Loss.Kind.NATIVE_BUCKETS, family, LEFT_OUT);
            return withoutNativeBuckets(histogram);
        }
        String defect = alone ? buckets.defect().orElse(null) : null;
        if (defect != null) {
            losses.add(Loss.Kind.NATIVE_BUCKETS, family, LEFT_OUT + ": " + defect);
            return withoutNativeBuckets(histogram);
        }
        ClassicForm classic = histogram.toClassic();
        report(words(classic, alone && custom), classic, family);
        return classic.histogram();
    }

    static HistogramValue withoutNativeBuckets(HistogramValue histogram) {
        return new HistogramValue(histogram.count(), histogram.sum(), histogram.buckets(), null);
    }

    /** Of custom buckets all may stay but that they were such. */
    private static String words(ClassicForm classic, boolean custom) {
        String lost = classic.lostInWords();
        String written = "custom buckets written as classic ones";
        return !custom ? lost : lost.isEmpty() ? written : written + ", " + lost;
    }

    private void report(String words, ClassicForm classic, String family) {
        if (askedFor && !classic.lost().contains(ClassicForm.Lost.BEYOND_COUNT)) {
            losses.addAskedFor(Loss.Kind.NATIVE_BUCKETS, family, words);
        } else {
            losses.add(Loss.Kind.NATIVE_BUCKETS, family, words);
        }
    }
}
