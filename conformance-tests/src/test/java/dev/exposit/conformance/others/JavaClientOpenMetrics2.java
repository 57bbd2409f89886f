package dev.exposit.conformance.others;

import dev.exposit.conformance.others.Finding.Right;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.parser.ErrorCode;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.List;

/** What the Java client's writer of OpenMetrics 2.0 makes of a snapshot, beside what the snapshot holds. */
final class JavaClientOpenMetrics2 {
    /** In the order in which they apply. */
    static final List<Difference<JavaClientSettings, MetricSnapshot>> DIFFERENCES = List.of(
            new Difference<>(
                    "A metric without points, and a summary's point without count, sum and quantiles, is not written.",
                    Right.BOTH,
                    "MetricFamily",
                    (settings, snapshot) ->
                            snapshot.getDataPoints().isEmpty() || Points.any(snapshot, Points::isEmptySummary),
                    (expected, settings, snapshot) -> expected.holding(Points.withoutEmpty(expected.families()))),
            new Difference<>(
                    "With `suffixes` the name ends in the unit and, of a counter, in `_total`; without it stays as given.",
                    Right.BOTH,
                    "MetricFamily, Name",
                    (settings, snapshot) -> settings.suffixes() && !(snapshot instanceof InfoSnapshot),
                    (expected, settings, snapshot) -> expected.holding(expected.families().stream()
                            .map(family -> JavaClientModel.named(family, suffixed(snapshot)))
                            .toList())),
            new Difference<>(
                    "Native buckets are written with `native_histograms` only; without it, a histogram that has no others"
                            + " gets one classic bucket.",
                    Right.BOTH,
                    "Histogram",
                    (settings, snapshot) -> !settings.nativeHistograms() && snapshot instanceof HistogramSnapshot,
                    (expected, settings, snapshot) -> expected.points(Points::withoutNative)),
            new Difference<>(
                    "A gauge histogram's start is not written.",
                    Right.BOTH,
                    "GaugeHistogram with Classic Buckets",
                    (settings, snapshot) -> JavaClientModel.type(snapshot) == MetricType.GAUGE_HISTOGRAM,
                    (expected, settings, snapshot) -> expected.points(point -> point.startedAt(null))),
            new Difference<>(
                    "Exemplars of gauges and unknown metrics are written with `exemplarsOnAllMetricTypes` only.",
                    Right.BOTH,
                    "Sample",
                    (settings, snapshot) -> !settings.exemplarsOnAllTypes()
                            && (snapshot instanceof GaugeSnapshot || snapshot instanceof UnknownSnapshot),
                    (expected, settings, snapshot) -> expected.points(Point::withExemplars)),
            new Difference<>(
                    "With neither `composite_values` nor `exemplar_compliance` nor `native_histograms`, histograms are"
                            + " samples with suffixes, as in 1.0: unknown metrics of other names in 2.0, refused where those come back.",
                    Right.SPECIFICATION,
                    "CompositeValue",
                    (settings, snapshot) -> settings.histogramsAsSamples() && snapshot instanceof HistogramSnapshot,
                    (expected, settings, snapshot) -> SuffixedSamples.of(expected, settings, snapshot)),
            new Difference<>(
                    "With neither `composite_values` nor `exemplar_compliance`, summaries are samples with suffixes, as in"
                            + " 1.0: quantiles are refused, the others are unknown metrics of other names, refused where those come back.",
                    Right.SPECIFICATION,
                    "CompositeValue",
                    (settings, snapshot) -> settings.summariesAsSamples() && snapshot instanceof SummarySnapshot,
                    (expected, settings, snapshot) -> SuffixedSamples.of(expected, settings, snapshot)),
            new Difference<>(
                    "A histogram without sum is written with `sum:NaN`, which says that NaN was measured.",
                    Right.SPECIFICATION,
                    "Histogram",
                    (settings, snapshot) ->
                            !settings.histogramsAsSamples() && Points.any(snapshot, Points::isHistogramWithoutSum),
                    (expected, settings, snapshot) -> expected.points(Points::withSum)),
            new Difference<>(
                    "A summary without count or sum is written without that field; 2.0 has no such summary.",
                    Right.SPECIFICATION,
                    "Summary",
                    (settings, snapshot) -> !settings.summariesAsSamples() && Points.any(snapshot, Points::lacksTotals),
                    (expected, settings, snapshot) -> expected.refused(ErrorCode.INVALID_VALUE)),
            new Difference<>(
                    "A summary with a sum or a quantile's value below zero is written.",
                    Right.SPECIFICATION,
                    "Summary",
                    (settings, snapshot) ->
                            !settings.summariesAsSamples() && Points.any(snapshot, Points::isSummaryBelowZero),
                    (expected, settings, snapshot) -> expected.breakingRules()),
            new Difference<>(
                    "A counter whose value is NaN is written.",
                    Right.SPECIFICATION,
                    "Counter",
                    (settings, snapshot) -> Points.any(snapshot, Points::isNaNCounter),
                    (expected, settings, snapshot) -> expected.breakingRules()),
            new Difference<>(
                    "Label names that begin with one underscore are written.",
                    Right.SPECIFICATION,
                    "Label",
                    (settings, snapshot) -> Points.any(snapshot, Points::hasReservedLabel),
                    (expected, settings, snapshot) -> expected.breakingRules()),
            new Difference<>(
                    "With `exemplar_compliance`, exemplars without timestamp are left out.",
                    Right.BOTH,
                    "Exemplars",
                    (settings, snapshot) -> settings.exemplarCompliance(),
                    (expected, settings, snapshot) -> expected.points(Points::withTimedExemplars)),
            new Difference<>(
                    "Without `exemplar_compliance`, exemplars without timestamp are written: malformed ones, which a reader"
                            + " drops with those behind.",
                    Right.SPECIFICATION,
                    "Exemplars",
                    (settings, snapshot) -> !settings.exemplarCompliance(),
                    (expected, settings, snapshot) -> expected.points(
                            point -> Points.withExemplarsUntil(point, exemplar -> exemplar.timestamp() == null))),
            new Difference<>(
                    "The timestamp of an exemplar from before 1970 is spelled `-1.00-500`, which is no number.",
                    Right.SPECIFICATION,
                    "ABNF",
                    (settings, snapshot) -> true,
                    (expected, settings, snapshot) ->
                            expected.points(point -> Points.withExemplarsUntil(point, Points::isBefore1970))),
            new Difference<>(
                    "Names of state sets and of their labels are not quoted, whatever they hold.",
                    Right.SPECIFICATION,
                    "UTF-8 Quoting",
                    (settings, snapshot) -> StateSets.needsQuotes(snapshot),
                    (expected, settings, snapshot) -> StateSets.refused(expected)));

    private JavaClientOpenMetrics2() {}

    private static String suffixed(MetricSnapshot snapshot) {
        String name = snapshot.getMetadata().getExpositionBaseName();
        return snapshot instanceof CounterSnapshot ? JavaClientModel.ending(name, "_total") : name;
    }
}
