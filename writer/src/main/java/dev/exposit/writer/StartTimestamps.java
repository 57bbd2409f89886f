package dev.exposit.writer;

/**
 * In what form start timestamps are written, the times since which counters, histograms and summaries count.
 *
 * <p>Specification: OpenMetrics 2.0, "Sample" and "Counter"; OpenMetrics 1.0, "Suffixes".
 */
public enum StartTimestamps {
    /**
     * As the format has them: {@code st@…} on the sample's own line in OpenMetrics 2.0, samples {@code x_created} in
     * OpenMetrics 1.0. Prometheus text has none, and there they are written as {@link #CREATED} says.
     */
    BY_FORMAT,
    /**
     * As numbers under the name {@code x_created}: samples of their family in OpenMetrics 1.0, and gauge families behind
     * it in Prometheus text and OpenMetrics 2.0, for readers that know no other form.
     */
    CREATED,
    /**
     * Not at all, for readers that take {@code x_created} for one more time series. The report names those left out, so
     * that it stays a whole account; but as they were to be left out, {@link LossPolicy#FAIL} does not refuse them. A
     * gauge that came under the name {@code x_created} is no start timestamp and is written.
     */
    OMIT
}
