package dev.exposit.conformance.conversion;

import dev.exposit.conformance.differential.ValidMetrics;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.SampleRole;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Generated sets, as rich as one of the texts allows, converted from every format into every other: nothing fails, both
 * readers agree, and reports are true, as {@link ConversionsDocTest} has it for single features. The first set's seed is the
 * system property {@code exposit.seed}, the number of sets {@code exposit.conversions}.
 */
class GeneratedConversionsTest {
    private static final long SEED = Long.getLong("exposit.seed", 20250107L);
    private static final long SETS = Long.getLong("exposit.conversions", 30L);

    @ParameterizedTest
    @EnumSource(names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void reportsAreTrue(ExpositionFormat model) throws IOException {
        for (long seed = SEED; seed < SEED + SETS; seed++) {
            MetricSet set = new ValidMetrics(new SplittableRandom(seed), model).next();
            for (ExpositionFormat source : ExpositionFormat.values()) {
                if (!mayBeInvalid(set, source)) {
                    String title = "exposit.seed=" + seed + ", " + source.id();
                    Trip trip = trip(title, () -> Trip.of(set, source));
                    convert(trip, title);
                }
            }
        }
    }

    private static void convert(Trip trip, String title) throws IOException {
        for (ExpositionFormat target : ExpositionFormat.values()) {
            if (!mayBeInvalid(trip.after(), target)) {
                trip(title + " to " + target.id(), () -> trip.to(target));
            }
        }
    }

    private interface Attempt {
        Trip make() throws IOException;
    }

    private static Trip trip(String title, Attempt attempt) throws IOException {
        Trip trip;
        try {
            trip = attempt.make();
        } catch (RuntimeException e) {
            throw new AssertionError(title + ": what was written cannot be read", e);
        }
        trip.requireTrueReport(title);
        return trip;
    }

    /**
     * Whether Prometheus text may be invalid, as docs/conversions.md tells of: a family has the name of another's samples.
     */
    private static boolean mayBeInvalid(MetricSet set, ExpositionFormat target) {
        if (target != ExpositionFormat.PROMETHEUS_TEXT && target != ExpositionFormat.PROMETHEUS_TEXT_0_0_4) {
            return false;
        }
        for (MetricFamily family : set) {
            for (SampleRole role : family.type().roles()) {
                if (!role.suffix().isEmpty()
                        && set.family(family.name() + role.suffix()).isPresent()) {
                    return true;
                }
            }
        }
        return false;
    }
}
