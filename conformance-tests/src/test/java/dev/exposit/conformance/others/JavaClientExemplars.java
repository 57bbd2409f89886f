package dev.exposit.conformance.others;

import dev.exposit.model.Exemplar;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.stream.Stream;

/** The Java client's exemplars at samples where OpenMetrics 1.0 has none. */
final class JavaClientExemplars {
    private JavaClientExemplars() {}

    /** Those that a point has at other samples than totals of counters and buckets, if its settings say so. */
    static Stream<Exemplar> elsewhere(DataPointSnapshot point) {
        boolean written = point instanceof GaugeDataPointSnapshot
                || point instanceof UnknownDataPointSnapshot
                || (point instanceof SummaryDataPointSnapshot summary
                        && (summary.hasCount() || summary.getQuantiles().size() > 0))
                || (point instanceof HistogramDataPointSnapshot histogram && histogram.hasSum());
        return written ? JavaClientModel.exemplars(point).stream() : Stream.empty();
    }

    static boolean standElsewhere(DataPointSnapshot point) {
        return elsewhere(point).findAny().isPresent();
    }
}
