package dev.exposit.graphite;

import dev.exposit.model.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Makes the paths of one push, series by series, as {@link GraphiteNames} say. Keeps what it can from one sample of a metric
 * to the next. Not safe for use by several threads.
 */
abstract class PathEncoder {
    /** Whether a name or value of the path made last had to be changed to be legal. */
    abstract boolean isSanitised();

    /** From now on the paths are for series of a metric that has these labels. */
    abstract void metric(Labels labels);

    /**
     * Appends the path of one series of the metric.
     *
     * @param sampleName the sample's whole name, {@code rpc_seconds_bucket} for example
     * @param label the name of the label that the series has beyond its metric's, {@code le} for example, or null
     * @param value that label's value, null if there is no such label
     * @return null, or why there is no path; then nothing was appended
     */
    abstract @Nullable DropReason path(
            String sampleName, @Nullable String label, @Nullable String value, PathBuffer into);
}
