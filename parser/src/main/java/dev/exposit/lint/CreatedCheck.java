package dev.exposit.lint;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ExpositionReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Start times of what counts: that there is one, and something that has been counted since. OpenMetrics only. */
final class CreatedCheck extends Check {
    private final OpenStates<Counted> metrics;
    private MetricType type = MetricType.UNKNOWN;

    CreatedCheck(Findings findings) {
        super(findings);
        this.metrics = new OpenStates<>(Counted::new);
    }

    /** One point of something that counts. */
    private final class Counted implements MetricState {
        private Spot spot;
        private boolean begun;
        private @Nullable Timestamp timestamp;
        private boolean counts;
        private boolean created;

        Counted(Spot spot) {
            this.spot = spot;
        }

        void take(ExpositionReader in, SampleRole role) {
            Timestamp now = in.timestamp();
            if (begun && !Objects.equals(now, timestamp)) {
                finish();
                spot = Spot.of(in);
                counts = false;
                created = false;
            }
            begun = true;
            timestamp = now;
            created |= role == SampleRole.CREATED;
            // Quantiles are of the last minutes, whenever the summary began.
            counts |= role != SampleRole.CREATED && role != SampleRole.VALUE;
        }

        @Override
        public boolean isComplete() {
            return counts && created;
        }

        @Override
        public void finish() {
            if (counts && !created) {
                String expected = "a _created sample with each " + type.keyword();
                findings.add(LintRule.MISSING_CREATED, spot, expected, "none");
            } else if (created && !counts && type == MetricType.COUNTER) {
                findings.add(LintRule.MISSING_TOTAL, spot, "a _total beside the _created", "none");
            }
        }
    }

    @Override
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {
        boolean mayHaveStart = family.type().roles().contains(SampleRole.CREATED);
        if (!family.openMetrics || !mayHaveStart || role == null) {
            return;
        }
        type = family.type();
        String bound = family.boundLabel(role);
        metrics.of(in, family, bound == null ? -1 : indexOf(in, bound)).take(in, role);
    }

    @Override
    void leave(LintedFamily family) {
        metrics.finish();
    }
}
