package dev.exposit.writer;

import dev.exposit.model.Loss;
import java.io.Serial;

/** Something does not fit the format or could not be held, and {@link LossPolicy#FAIL} was asked for. */
public final class LossRefusedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Loss loss;

    /** An exception for something that would be lost. */
    public LossRefusedException(Loss loss) {
        super("not all of it can be carried: " + loss.kind() + ": " + loss);
        this.loss = loss;
    }

    /** What would have been lost. Not kept when the exception is serialised. */
    public Loss loss() {
        return loss;
    }
}
