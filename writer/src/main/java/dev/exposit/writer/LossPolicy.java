package dev.exposit.writer;

/** What a writer does with what its format cannot carry. */
public enum LossPolicy {
    /** It leaves it out or changes it, and says so in {@link ExpositionWriter#losses()}. */
    REPORT,
    /**
     * It throws {@link LossRefusedException} at the first loss, but for what was asked to be left out, and for another
     * {@linkplain dev.exposit.model.Loss.Kind#SPELLING spelling} of a number.
     */
    FAIL
}
