package dev.exposit.writer;

import dev.exposit.model.Metric;
import dev.exposit.model.PlainMetrics;

/** Changes the values of a metric into ones that a format can carry; what that takes away is reported. */
interface MetricFit {
    /**
     * The metric as it can be written.
     *
     * @param metric has escaped label names, and points whose timestamps rise
     * @param family the exposed name of its family
     * @return the argument itself if there is nothing to do
     */
    Metric fit(Metric metric, String family);

    /** Whether there is nothing to change about metrics that are numbers, nor to report. */
    boolean leaves(PlainMetrics metrics);
}
