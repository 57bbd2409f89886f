package dev.exposit.writer;

import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import org.jspecify.annotations.Nullable;

/** What a format demands of the metrics of one family that is written with a certain type. */
interface FamilyRules {
    /** Why a metric cannot stand in the family, in words, or null if it can. */
    @Nullable
    String violation(Metric metric);

    /** All rules of a format. */
    interface Book {
        /** Those for a family, were it written with that type. */
        FamilyRules of(MetricType type, Placement placement);
    }
}
