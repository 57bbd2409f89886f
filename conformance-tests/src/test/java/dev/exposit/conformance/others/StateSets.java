package dev.exposit.conformance.others;

import dev.exposit.parser.ErrorCode;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import java.util.regex.Pattern;

/** The Java client's state sets, whose names it does not quote. */
final class StateSets {
    private static final Pattern BARE_LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private StateSets() {}

    /** Whether some name cannot stand bare. That of a state set is a label's name too. */
    static boolean needsQuotes(MetricSnapshot snapshot) {
        return snapshot instanceof StateSetSnapshot
                && Points.any(
                        snapshot, point -> !isBare(snapshot.getMetadata().getOriginalName()) || hasOtherLabels(point));
    }

    private static boolean hasOtherLabels(DataPointSnapshot point) {
        return point.getLabels().stream().anyMatch(label -> !isBare(label.getName()));
    }

    private static boolean isBare(String name) {
        return BARE_LABEL.matcher(name).matches();
    }

    /** What a reader complains about depends on the name. */
    static Expectation refused(Expectation expected) {
        return expected.refused(ErrorCode.INVALID_METRIC_NAME, ErrorCode.INVALID_LABEL_NAME, ErrorCode.INVALID_VALUE);
    }
}
