package dev.exposit.writer;

import dev.exposit.model.Metadata;
import dev.exposit.model.MetricType;
import dev.exposit.model.Timestamp;

/** What one of the forms of OpenMetrics 1.0, text or protobuf, can carry. */
interface OpenMetrics1Form {
    /** What it demands of the metrics of a family of that exposed name, were it written with that type. */
    FamilyRules rules(MetricType type, String family);

    /** What makes metrics such that it can carry them. */
    MetricFit fit(Losses losses);

    /** Metadata with a help text that it can carry. */
    Metadata withHelp(Metadata metadata);

    /** Whether it can carry a start timestamp. */
    boolean holdsStart(Timestamp start);
}
