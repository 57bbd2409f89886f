package dev.exposit.writer;

import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.PlainMetrics;
import org.jspecify.annotations.Nullable;

/** What a format demands of the metrics of one family that is written with a certain type. */
interface FamilyRules {
    /** Why a metric cannot stand in the family, in words, or null if it can. */
    @Nullable
    String violation(Metric metric);

    /**
     * Whether all of these metrics can stand in a family of a type that is written. Numbers suit every type that they are read with, but
     * that a counter "MUST have a value" that is not below zero, nor NaN.
     */
    static boolean suit(PlainMetrics metrics, MetricType type) {
        for (int i = 0; type == MetricType.COUNTER && i < metrics.size(); i++) {
            if (!(metrics.value(i) >= 0)) {
                return false;
            }
        }
        return true;
    }

    /** All rules of a format. */
    interface Book {
        /** Those for a family, were it written with that type. */
        FamilyRules of(MetricType type, Placement placement);
    }
}
