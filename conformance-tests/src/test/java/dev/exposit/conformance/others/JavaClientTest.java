package dev.exposit.conformance.others;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.MetricFamily;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the Prometheus Java client writes is read to what its snapshots hold, under every setting of its writers, but for the
 * differences that are listed. The seed of the snapshots is the system property {@code exposit.seed}.
 */
class JavaClientTest {
    private static final long DEFAULT_SEED = 20250107L;
    private static final long SEED = Long.getLong("exposit.seed", DEFAULT_SEED);
    private static final int MOST_FAILURES = 5;

    /** What is read from each text, which many settings may share. */
    private static final Map<JavaClientWriter, Map<String, Reading>> READINGS = new HashMap<>();

    @ParameterizedTest
    @EnumSource
    void isReadToWhatItsSnapshotsHold(JavaClientWriter writer) {
        assertThat(misreadings(writer, snapshots(writer, SEED), writer.differences()))
                .isEmpty();
    }

    static Stream<Arguments> differences() {
        return Stream.of(JavaClientWriter.values())
                .flatMap(writer -> writer.differences().stream().map(difference -> Arguments.of(writer, difference)));
    }

    /** Red as soon as the client changes what it does, or where no snapshot shows it. */
    @ParameterizedTest
    @MethodSource("differences")
    void differenceIsThere(JavaClientWriter writer, Difference<JavaClientSettings, MetricSnapshot> difference) {
        List<Difference<JavaClientSettings, MetricSnapshot>> others = new ArrayList<>(writer.differences());
        others.remove(difference);
        assertThat(misreadings(writer, snapshots(writer, DEFAULT_SEED), others)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void manyMetricsAreReadFromOneText(JavaClientWriter writer) {
        for (JavaClientSettings settings : writer.settings()) {
            Set<String> names = new HashSet<>();
            Set<String> exposed = new HashSet<>();
            List<MetricSnapshot> snapshots = new ArrayList<>();
            List<MetricFamily> families = new ArrayList<>();
            boolean breaksRules = false;
            for (MetricSnapshot snapshot : snapshots(writer, SEED)) {
                Expectation expected = expectation(writer.differences(), settings, snapshot);
                // The client takes for one metric what is one when escaped.
                if (expected.refusals().isEmpty()
                        && names.add(snapshot.getMetadata().getPrometheusName())
                        && expected.families().stream().allMatch(family -> exposed.add(family.name()))) {
                    snapshots.add(snapshot);
                    families.addAll(expected.families());
                    breaksRules |= expected.breaksRules();
                }
            }
            byte[] text = writer.write(settings, snapshots.toArray(MetricSnapshot[]::new));
            assertThat(families).hasSizeGreaterThan(5);
            assertThat(Reading.of(text, writer.format()).difference(new Expectation(families, Set.of(), breaksRules)))
                    .isEmpty();
        }
    }

    /** More where there are fewer settings. */
    private static List<MetricSnapshot> snapshots(JavaClientWriter writer, long seed) {
        return JavaClientSnapshots.of(seed, writer == JavaClientWriter.OPENMETRICS_2 ? 25 : 100);
    }

    /** What is read otherwise than some differences let expect, in words. */
    private static List<String> misreadings(
            JavaClientWriter writer,
            List<MetricSnapshot> snapshots,
            List<Difference<JavaClientSettings, MetricSnapshot>> differences) {
        Map<String, Reading> readings = READINGS.computeIfAbsent(writer, key -> new HashMap<>());
        List<String> failures = new ArrayList<>();
        for (JavaClientSettings settings : writer.settings()) {
            for (MetricSnapshot snapshot : snapshots) {
                byte[] bytes = writer.write(settings, snapshot);
                String text = new String(bytes, writer.format().isText() ? UTF_8 : ISO_8859_1);
                readings.computeIfAbsent(text, key -> Reading.of(bytes, writer.format()))
                        .difference(expectation(differences, settings, snapshot))
                        .ifPresent(what -> failures.add("exposit.seed=" + SEED + ", " + settings + "\n" + text + what));
                if (failures.size() == MOST_FAILURES) {
                    return failures;
                }
            }
        }
        return failures;
    }

    private static Expectation expectation(
            List<Difference<JavaClientSettings, MetricSnapshot>> differences,
            JavaClientSettings settings,
            MetricSnapshot snapshot) {
        return Difference.expectation(
                differences, Expectation.of(List.of(JavaClientModel.of(snapshot))), settings, snapshot);
    }
}
