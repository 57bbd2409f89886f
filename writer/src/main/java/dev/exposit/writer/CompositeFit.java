package dev.exposit.writer;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Point;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes values ones that OpenMetrics 2.0 can carry whatever the type of their family: native buckets that keep the rules
 * or none, none also if only classic ones were asked for; classic buckets and quantiles in rising order, which says
 * nothing but is demanded.
 */
final class CompositeFit implements MetricFit {
    private final Losses losses;
    private final ReservedNames reserved;
    private final ClassicFit classicFit;
    private final boolean nativeAllowed;

    CompositeFit(Losses losses, ReservedNames reserved, NativeHistograms form) {
        this.losses = losses;
        this.reserved = reserved;
        this.classicFit = new ClassicFit(losses, form);
        this.nativeAllowed = form == NativeHistograms.BY_FORMAT;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object says that nothing was to do
    public Metric fit(Metric metric, String family) {
        reserved.reportLabels(metric.labels(), family);
        List<Point> points = metric.points();
        List<Point> fitted = null;
        for (int i = 0; i < points.size(); i++) {
            Value value = points.get(i).value();
            Value changed = fit(value, family);
            if (changed != value) {
                fitted = fitted == null ? new ArrayList<>(points) : fitted;
                fitted.set(i, points.get(i).withValue(changed));
            }
        }
        return fitted == null ? metric : new Metric(metric.labels(), fitted);
    }

    @Override
    public boolean leaves(PlainMetrics metrics) {
        return metrics.labelNames().stream().noneMatch(ReservedNames::isReservedLabel);
    }

    private Value fit(Value value, String family) {
        if (value instanceof HistogramValue histogram) {
            return sorted(withFittingNativeBuckets(histogram, family));
        }
        return value instanceof SummaryValue summary ? sorted(summary) : value;
    }

    @SuppressWarnings("ReferenceEquality") // likewise
    private HistogramValue withFittingNativeBuckets(HistogramValue histogram, String family) {
        NativeBuckets buckets = histogram.nativeBuckets();
        if (buckets == null) {
            return histogram;
        }
        if (!nativeAllowed || buckets.schema() == NativeBuckets.CUSTOM_BUCKETS) {
            return classicFit.fit(histogram, family);
        }
        String violation = NativeBucketRules.violation(buckets, histogram.count(), histogram.sum());
        if (violation != null) {
            losses.add(Loss.Kind.NATIVE_BUCKETS, family, ClassicFit.LEFT_OUT + ": " + violation);
            return ClassicFit.withoutNativeBuckets(histogram);
        }
        NativeBuckets within = NativeBucketRules.withinInfinity(buckets);
        return within == buckets
                ? histogram
                : new HistogramValue(histogram.count(), histogram.sum(), histogram.buckets(), within);
    }

    private static HistogramValue sorted(HistogramValue histogram) {
        List<HistogramValue.Bucket> buckets = histogram.buckets();
        for (int i = 1; i < buckets.size(); i++) {
            if (Double.compare(buckets.get(i - 1).upperBound(), buckets.get(i).upperBound()) > 0) {
                List<HistogramValue.Bucket> sorted = new ArrayList<>(buckets);
                sorted.sort(Comparator.comparingDouble(HistogramValue.Bucket::upperBound));
                return new HistogramValue(histogram.count(), histogram.sum(), sorted, histogram.nativeBuckets());
            }
        }
        return histogram;
    }

    private static SummaryValue sorted(SummaryValue summary) {
        List<SummaryValue.Quantile> quantiles = summary.quantiles();
        for (int i = 1; i < quantiles.size(); i++) {
            if (Double.compare(number(quantiles.get(i - 1)), number(quantiles.get(i))) > 0) {
                List<SummaryValue.Quantile> sorted = new ArrayList<>(quantiles);
                sorted.sort(Comparator.comparingDouble(CompositeFit::number));
                return new SummaryValue(summary.count(), summary.sum(), sorted);
            }
        }
        return summary;
    }

    private static double number(SummaryValue.Quantile quantile) {
        return quantile.quantile().value();
    }
}
