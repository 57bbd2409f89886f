package dev.exposit.parser;

import static dev.exposit.parser.Families.PROMETHEUS_TEXT;
import static dev.exposit.parser.Families.histogram;
import static dev.exposit.parser.Families.merge;
import static dev.exposit.parser.Families.metric;
import static dev.exposit.parser.Families.raw;
import static dev.exposit.parser.Families.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has one reading although it breaks the rules: repeated and late metadata, families that come back. */
class FamilyReaderRepairTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final ReadOptions SKIP = PROMETHEUS_TEXT.withRecovery(Recovery.SKIP_LINE);

    @Test
    void ofRepeatedMetadataTheFirstHolds() {
        String text = "# HELP a x\n# TYPE a gauge\n# HELP a y\n# TYPE a counter\na 1\n";
        for (ReadOptions options : new ReadOptions[] {SKIP, PROMETHEUS_TEXT.withDialect(Dialect.PROMETHEUS)}) {
            assertThat(read(text, options).only())
                    .isEqualTo(MetricFamily.builder("a", MetricType.GAUGE)
                            .help("x")
                            .add(1)
                            .build());
            assertThat(merge(text, options).problemCodes()).containsExactly("DUPLICATE_METADATA", "DUPLICATE_METADATA");
        }
    }

    @ParameterizedTest
    @CsvSource({"counter, COUNTER", "gauge, GAUGE", "untyped, UNKNOWN", "histogram, UNKNOWN", "summary, UNKNOWN"})
    void aLateTypeHoldsWhereSamplesLookTheSame(String late, MetricType type) {
        String text = "a{x=\"1\"} 1\n# TYPE a " + late + "\n# HELP a x\na{x=\"2\"} 2\n";
        MetricFamily expected = MetricFamily.builder("a", type)
                .help("x")
                .add(1, "x", "1")
                .add(2, "x", "2")
                .build();
        assertThat(read(text, SKIP).only()).isEqualTo(expected);
        assertThat(merge(text, SKIP).only()).isEqualTo(expected);
        assertThat(read(text, SKIP).problemCodes()).containsExactly("METADATA_AFTER_SAMPLES", "METADATA_AFTER_SAMPLES");
    }

    @Test
    void afterALateHistogramTypeNothingIsLost() {
        String text = "h 1\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_sum 3\nx 1\n";
        for (Families found : new Families[] {read(text, SKIP), merge(text, SKIP)}) {
            assertThat(found.family("h").type()).isEqualTo(MetricType.UNKNOWN);
            assertThat(found.families().stream()
                            .mapToInt(family -> family.metrics().size())
                            .sum())
                    .isEqualTo(4);
            assertThat(found.family("h").metric()).contains(metric(Point.of(1)));
            assertThat(found.names()).contains("x");
        }
    }

    @Test
    void aFamilyThatComesBackIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> read("a 1\nb 1\na{x=\"1\"} 2\n", PROMETHEUS_TEXT))
                .isInstanceOfSatisfying(ExpositionSyntaxException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.FAMILY_REOPENED);
                    assertThat(e.problem().got()).contains("'a'");
                });
    }

    @Test
    void aFamilyThatComesBackComesOnceForEachPlace() {
        String text = """
                # HELP h x
                # TYPE h histogram
                h_bucket{le="+Inf"} 1
                b 1
                h_sum 2
                h_count 1
                h_bucket{le="1"} 1
                c 1
                """;
        Families found = read(text, SKIP);
        assertThat(found.names()).containsExactly("h", "b", "h", "c");
        assertThat(found.parts()).allMatch(FamilyPart::isWhole);
        assertThat(found.families().get(2).type()).isEqualTo(MetricType.HISTOGRAM);
        assertThat(found.families().get(2).metrics())
                .containsExactly(
                        metric(Point.of(histogram().bucket(1, 1).sum(2).count(1).build())));
        assertThat(found.problemCodes()).containsExactly("FAMILY_REOPENED");
    }

    @Test
    void mergingBringsAFamilyTogether() {
        String text = """
                # TYPE h histogram
                h_bucket{le="+Inf"} 1
                b 1
                # HELP h x
                h_sum 2
                # TYPE b gauge
                # HELP b y
                b{x="1"} 2
                h_count 1
                """;
        MetricSet expected = MetricSet.of(
                MetricFamily.builder("h", MetricType.HISTOGRAM)
                        .help("x")
                        .add(histogram().bucket(INF, 1).sum(2).count(1).build())
                        .build(),
                MetricFamily.builder("b", MetricType.GAUGE)
                        .help("y")
                        .add(1)
                        .add(2, "x", "1")
                        .build());
        for (ReadOptions options : new ReadOptions[] {SKIP, PROMETHEUS_TEXT.withDialect(Dialect.PROMETHEUS)}) {
            assertThat(Exposition.parse(text, options)).isEqualTo(expected);
            assertThat(merge(text, options).parts()).allMatch(FamilyPart::isWhole);
            assertThat(merge(text, options).problemCodes()).contains("FAMILY_REOPENED");
        }
    }

    @Test
    void mergingFindsASeriesTwiceInTwoPlaces() {
        Families found = merge("a 1\nb 1\na 2\n", SKIP);
        assertThat(raw(found.family("a"))).containsExactly("a{} 2.0");
        assertThat(found.problemCodes()).containsExactly("FAMILY_REOPENED", "DUPLICATE_SERIES");
    }
}
