package dev.exposit.writer;

import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;

/** A writer's account of what was lost: gathers it, or refuses it. */
final class Losses {
    private final LossPolicy policy;
    private final LossReport.Collector collector = new LossReport.Collector();

    Losses(LossPolicy policy) {
        this.policy = policy;
    }

    /**
     * Adds one case.
     *
     * @throws LossRefusedException if the policy is {@link LossPolicy#FAIL}
     */
    void add(Loss.Kind kind, String family, String detail) {
        if (policy == LossPolicy.FAIL) {
            throw new LossRefusedException(new Loss(kind, family, detail, 1));
        }
        collector.add(kind, family, detail);
    }

    /** Adds one case of what the caller asked to leave out, which is never refused. */
    void addAskedFor(Loss.Kind kind, String family, String detail) {
        collector.add(kind, family, detail);
    }

    /** Adds one case of a number that is spelled in another way, which is never refused: the number stays. */
    void addSpelling(String family, String detail) {
        collector.add(Loss.Kind.SPELLING, family, detail);
    }

    /** Adds as many cases, possibly none. */
    void add(Loss.Kind kind, String family, String detail, int cases) {
        for (int i = 0; i < cases; i++) {
            add(kind, family, detail);
        }
    }

    LossReport report() {
        return collector.report();
    }
}
