package dev.exposit.parser;

import static dev.exposit.parser.Families.OPENMETRICS;
import static dev.exposit.parser.Families.PROMETHEUS_TEXT;
import static dev.exposit.parser.Families.merge;
import static dev.exposit.parser.Families.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.RawValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Families too large to come in one piece. */
class FamilyReaderPartsTest {
    private static final ReadOptions SKIP = PROMETHEUS_TEXT.withRecovery(Recovery.SKIP_LINE);
    /** So many series are some three parts. */
    private static final int MANY = 40_000;

    private static String lines(int count, IntFunction<String> line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(line.apply(i)).append('\n');
        }
        return text.toString();
    }

    private static String gauge(int count) {
        return "# HELP g x\n# TYPE g gauge\n" + lines(count, i -> "g{i=\"" + i + "\"} " + i);
    }

    private static String histogram(int count) {
        return "# TYPE h histogram\n" + lines(count, i -> """
                                        h_bucket{i="%1$d",le="1"} %1$d
                                        h_bucket{i="%1$d",le="+Inf"} %1$d
                                        h_sum{i="%1$d"} 1
                                        h_count{i="%1$d"} %1$d""".formatted(i));
    }

    /** Each family begins with one part that is its first and ends with one that is its last, all of one metadata. */
    private static void assertWellFormed(List<FamilyPart> parts) {
        boolean inside = false;
        Metadata metadata = null;
        for (FamilyPart part : parts) {
            assertThat(part.first()).isEqualTo(!inside);
            if (inside) {
                assertThat(part.family().metadata()).isEqualTo(metadata);
            }
            metadata = part.family().metadata();
            inside = !part.last();
        }
        assertThat(inside).isFalse();
    }

    private static List<Metric> metrics(Families families, String name) {
        return families.families().stream()
                .filter(family -> family.name().equals(name))
                .flatMap(family -> family.metrics().stream())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gauge", "histogram", "openmetrics gauge", "openmetrics histogram"})
    void thePartsTogetherAreTheFamily(String kind) {
        boolean histogram = kind.endsWith("histogram");
        boolean openMetrics = kind.startsWith("openmetrics");
        String name = histogram ? "h" : "g";
        String text = "before 1\n" + (histogram ? histogram(MANY / 4) : gauge(MANY)) + "after 1\n"
                + (openMetrics ? "# EOF\n" : "");
        ReadOptions options = openMetrics ? OPENMETRICS : PROMETHEUS_TEXT;
        Families parts = read(text, options);
        assertWellFormed(parts.parts());
        assertThat(parts.parts()).hasSizeBetween(4, 12);
        assertThat(parts.names()).startsWith("before", name).endsWith(name, "after");
        assertThat(metrics(parts, name)).hasSize(histogram ? MANY / 4 : MANY);
        Families whole = merge(text, options);
        assertThat(whole.parts()).hasSize(3).allMatch(FamilyPart::isWhole);
        assertThat(metrics(parts, name)).isEqualTo(metrics(whole, name));
        assertThat(parts.problems()).isEmpty();
    }

    @Test
    void familiesAreWholeHoweverLarge() {
        byte[] text = (gauge(MANY) + "after 1\n").getBytes(StandardCharsets.UTF_8);
        try (Stream<MetricFamily> families =
                ExpositionReader.open(text, PROMETHEUS_TEXT).assembled().families()) {
            assertThat(families.toList())
                    .extracting(family -> family.name() + " " + family.metrics().size())
                    .containsExactly("g " + MANY, "after 1");
        }
    }

    /** First all buckets, then all sums, then all counts: no metric is complete before the last third. */
    @Test
    void samplesFarApart() {
        String text = "# TYPE h histogram\n"
                + lines(MANY, i -> "h_bucket{i=\"" + i + "\",le=\"+Inf\"} 1")
                + lines(MANY, i -> "h_sum{i=\"" + i + "\"} 2")
                + lines(MANY, i -> "h_count{i=\"" + i + "\"} 1");
        Families parts =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> read(text, PROMETHEUS_TEXT));
        assertWellFormed(parts.parts());
        assertThat(parts.parts()).hasSizeLessThan(12);
        assertThat(new HashSet<>(metrics(parts, "h")))
                .isEqualTo(new HashSet<>(metrics(merge(text, PROMETHEUS_TEXT), "h")));
        assertThat(metrics(parts, "h")).hasSize(MANY).noneMatch(metric -> metric.value() instanceof RawValue);
        assertThat(parts.problems()).isEmpty();
    }

    @Test
    void memoryDoesNotGrowWithAFamily() {
        ReadLimits limits = ReadLimits.defaults().with(ReadLimits.Limit.ASSEMBLED_BYTES, 10 << 20);
        String gauge = gauge(3 * MANY);
        assertThat(metrics(read(gauge, PROMETHEUS_TEXT.withLimits(limits)), "g"))
                .hasSize(3 * MANY);
        assertThatThrownBy(() -> merge(gauge, PROMETHEUS_TEXT.withLimits(limits)))
                .isInstanceOfSatisfying(
                        ReadLimitException.class, e -> assertThat(e.limit()).hasToString("assembledBytes"));
        String many = lines(3 * MANY, i -> "g" + i + " 1");
        assertThat(read(many, PROMETHEUS_TEXT.withLimits(limits)).parts()).hasSize(3 * MANY);
    }

    /** Samples that fit no metric, and series that stand twice, are let go as well. */
    @ParameterizedTest
    @ValueSource(
            strings = {"h{i=\"%d\"} 1", "h_bucket{i=\"%d\"} 1", "h_sum 1", "h_bucket{le=\"%d x\"} 1", "h_sum 1 %d"})
    void rawSamplesDoNotPileUp(String line) {
        ReadLimits limits = ReadLimits.defaults().with(ReadLimits.Limit.ASSEMBLED_BYTES, 16 << 20);
        String text = "# TYPE h histogram\n" + lines(3 * MANY, line::formatted);
        Families parts = read(text, SKIP.withLimits(limits));
        assertWellFormed(parts.parts());
        assertThat(parts.parts()).hasSizeBetween(3, 40);
        assertThat(metrics(parts, "h")).hasSize(3 * MANY);
    }

    @Test
    void aSeriesTwiceIsFoundAcrossParts() {
        String text = gauge(MANY) + "g{i=\"0\"} 5\ng{j=\"\",i=\"1\"} 6\ng{i=\"" + (MANY - 1) + "\"} 7\n";
        assertThatThrownBy(() -> read(text, PROMETHEUS_TEXT))
                .isInstanceOfSatisfying(ExpositionSyntaxException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_SERIES);
                    assertThat(e.location().line()).isEqualTo(MANY + 3);
                });
        Families parts = read(text, SKIP);
        assertWellFormed(parts.parts());
        assertThat(parts.problemCodes()).containsExactly("DUPLICATE_SERIES", "DUPLICATE_SERIES", "DUPLICATE_SERIES");
        assertThat(metrics(parts, "g"))
                .hasSize(MANY + 3)
                .filteredOn(metric -> metric.value() instanceof RawValue)
                .hasSize(3);
    }

    @Test
    void allPartsHaveOneMetadataEvenIfMoreOfItComesLate() {
        String text = "# TYPE g gauge\n" + lines(MANY, i -> "g{i=\"" + i + "\"} 1") + "# HELP g late\ng 1\n";
        Families parts = read(text, SKIP);
        assertThat(parts.problemCodes()).containsExactly("METADATA_AFTER_SAMPLES");
        assertWellFormed(parts.parts());
        assertThat(metrics(parts, "g")).hasSize(MANY + 1);

        String untyped = lines(MANY, i -> "g{i=\"" + i + "\"} 1") + "# TYPE g counter\ng 1\n";
        Families typedLate = read(untyped, SKIP);
        assertWellFormed(typedLate.parts());
        assertThat(typedLate.families()).allMatch(family -> family.type() == MetricType.UNKNOWN);
    }

    @Test
    void theRestOfABrokenFamilyIsLeftOutAndItsEndIsTold() {
        String text = gauge(MANY) + "g{i=} 1\ng{i=\"x\"} 1\nafter 1\n";
        Families parts = read(text, PROMETHEUS_TEXT.withRecovery(Recovery.SKIP_FAMILY));
        assertWellFormed(parts.parts());
        FamilyPart end = parts.parts().get(parts.parts().size() - 2);
        assertThat(end.last()).isTrue();
        assertThat(end.family().metrics()).isEmpty();
        assertThat(parts.names()).endsWith("g", "after");
        assertThat(metrics(parts, "g"))
                .hasSizeBetween(1, MANY - 1)
                .noneMatch(metric -> "x".equals(metric.labels().get("i")));
        assertThat(parts.problemCodes()).containsExactly("UNQUOTED_LABEL_VALUE");
    }

    /** Nobody can make texts whose label sets share a hash code and so take their time with each other. */
    @Test
    void labelSetsWithOneHashCodeTakeNoTime() {
        int bits = 15;
        String text = lines(1 << bits, i -> {
            StringBuilder line = new StringBuilder("a{x=\"");
            for (int bit = 0; bit < bits; bit++) {
                line.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            return line.append("\"} 1").toString();
        });
        Set<Integer> hashes = new HashSet<>();
        Families merged =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(4), () -> merge(text, PROMETHEUS_TEXT));
        metrics(merged, "a")
                .forEach(metric -> hashes.add(metric.labels().get("x").hashCode()));
        assertThat(hashes).hasSize(1);
        assertThat(metrics(merged, "a")).hasSize(1 << bits);
    }
}
