package dev.exposit.lint;

/** What is remembered of one metric while its samples come in. */
interface MetricState {
    /** Whether nothing more is expected of the metric. */
    boolean isComplete();

    /** Judges what only the whole metric shows. */
    void finish();
}
