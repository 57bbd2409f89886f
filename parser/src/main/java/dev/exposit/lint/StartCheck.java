package dev.exposit.lint;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.Composite;
import dev.exposit.parser.ExpositionReader;
import org.jspecify.annotations.Nullable;

/** Start timestamps: that what counts has one, and nothing else. OpenMetrics 2.0, where they stand in the sample's line. */
final class StartCheck extends Check {
    StartCheck(Findings findings) {
        super(findings);
    }

    @Override
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {
        if (role != null) {
            check(in, family);
        }
    }

    @Override
    void composite(ExpositionReader in, LintedFamily family, Composite composite) {
        check(in, family);
    }

    private void check(ExpositionReader in, LintedFamily family) {
        MetricType type = family.type();
        boolean counts = type == MetricType.COUNTER || type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
        if (counts && !in.hasStartTimestamp()) {
            String expected = "a start timestamp, st@, with each " + type.keyword();
            findings.add(LintRule.MISSING_CREATED, in, null, expected, "none");
        } else if (!counts && type != MetricType.UNKNOWN && in.hasStartTimestamp()) {
            findings.add(
                    LintRule.START_ON_OTHER_TYPE,
                    in,
                    in.startTimestampText(),
                    "no start timestamp in a " + type.keyword(),
                    "one");
        }
    }
}
