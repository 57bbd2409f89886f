package dev.exposit.writer;

/**
 * In what form native histograms are written, those whose buckets follow from a schema.
 *
 * <p>Specification: Prometheus, "Native histograms"; OpenMetrics 2.0, "Native Buckets".
 */
public enum NativeHistograms {
    /**
     * As the format has them: with their native buckets in OpenMetrics 2.0. The older text formats have none; there
     * native buckets are left out, and count, sum and classic buckets, if there are any, stay. Custom buckets (NHCB),
     * which no text format has, become classic ones.
     */
    BY_FORMAT,
    /**
     * With classic buckets only, in all formats, for readers that know no others. A histogram that has both kinds keeps
     * its classic buckets; else the bounds of the native ones become classic bounds, exactly, see
     * {@link dev.exposit.model.HistogramValue#toClassic()}. The report says what that takes; but as it was asked for,
     * {@link LossPolicy#FAIL} does not refuse it. It does refuse what no form need lose: native buckets that make no
     * sense, and events beyond the count.
     */
    CLASSIC
}
