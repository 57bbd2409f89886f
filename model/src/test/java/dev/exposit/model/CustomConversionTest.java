package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CustomConversionTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static HistogramValue of(@Nullable Double count, @Nullable Double sum, double... boundsAndCounts) {
        HistogramValue.Builder histogram = HistogramValue.builder();
        for (int i = 0; i < boundsAndCounts.length; i += 2) {
            histogram.bucket(boundsAndCounts[i], boundsAndCounts[i + 1]);
        }
        return new HistogramValue(count, sum, histogram.build().buckets(), null);
    }

    private static NativeBucketsBuilder custom(double... bounds) {
        return NativeBuckets.builder(NativeBuckets.CUSTOM_BUCKETS).customBounds(bounds);
    }

    /** The first ones are facts from Prometheus' convertnhcb_test.go. */
    static Stream<Arguments> conversions() {
        return Stream.of(
                arguments("empty", of(null, null), 0.0, custom()),
                arguments("sum only", of(null, 1000.25), 0.0, custom()),
                arguments(
                        "one bucket of integers",
                        of(null, 1000.25, 0.5, 1000),
                        1000.0,
                        custom(0.5).positive(0, 1000)),
                arguments(
                        "one bucket of floats",
                        of(null, 1000.25, 0.5, 1337.42),
                        1337.42,
                        custom(0.5).positive(0, 1337.42).floatCounts()),
                arguments(
                        "integers",
                        of(1000.0, 1000.25, 0.5, 50, 1, 950, INFINITY, 1000),
                        1000.0,
                        custom(0.5, 1).positive(0, 50, 900, 50)),
                arguments(
                        "floats",
                        of(1000.0, 1000.25, 0.5, 50, 1, 950.5, INFINITY, 1000),
                        1000.0,
                        custom(0.5, 1).positive(0, 50, 900.5, 49.5).floatCounts()),
                arguments(
                        "any order",
                        of(1000.0, 1000.25, 0.5, 50, INFINITY, 1000, 1, 950),
                        1000.0,
                        custom(0.5, 1).positive(0, 50, 900, 50)),
                arguments(
                        "short gaps are filled for integers",
                        of(null, null, 1, 1, 2, 1, 3, 1, 4, 2, 5, 2, 6, 2, 7, 2, INFINITY, 3),
                        3.0,
                        custom(1, 2, 3, 4, 5, 6, 7).positive(0, 1, 0, 0, 1).positive(7, 1)),
                arguments(
                        "no gaps are filled for floats",
                        of(null, null, 1, 1, 2, 1, 3, 1.5, INFINITY, 1.5),
                        1.5,
                        custom(1, 2, 3).positive(0, 1).positive(2, 0.5).floatCounts()),
                arguments(
                        "the count is +Inf", of(7.0, null, 1, 3), 7.0, custom(1).positive(0, 3, 4)),
                arguments("nothing but a count", of(7.0, null), 7.0, custom().positive(0, 7)),
                arguments("nothing but +Inf", of(null, null, INFINITY, 7), 7.0, custom().positive(0, 7)),
                arguments(
                        "a bound twice",
                        of(null, null, 1, 3, 1, 2, INFINITY, 7),
                        7.0,
                        custom(1).positive(0, 3, 4)),
                arguments(
                        "a bound of 0 twice",
                        of(null, null, 0.0, 3, -0.0, 2, INFINITY, 7),
                        7.0,
                        custom(0.0).positive(0, 3, 4)),
                arguments(
                        "beyond 64 bits",
                        of(null, null, 1, 0x1p63, INFINITY, 0x1p63),
                        0x1p63,
                        custom(1).positive(0, 0x1p63).floatCounts()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conversions")
    void becomesCustom(String name, HistogramValue classic, double count, NativeBucketsBuilder buckets) {
        assertThat(classic.classicDefect()).isEmpty();
        HistogramValue converted = classic.toCustomBuckets();
        assertThat(converted).isEqualTo(new HistogramValue(count, classic.sum(), List.of(), buckets.build()));
        assertThat(converted.nativeBuckets().defect()).isEmpty();
        // And back: the same distribution, with +Inf and without what stood twice.
        assertThat(converted.toClassic().histogram().toCustomBuckets()).isEqualTo(converted);
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                arguments(of(1000.0, 1.0, 0.5, 50, 1, 950, INFINITY, 900), "bucket +Inf must be at least 950, got 900"),
                arguments(of(-1000.0, 1.0, 0.5, 50), "bucket +Inf must be at least 50, got -1000"),
                arguments(of(null, null, 1, 5, Double.NaN, 10), "a bound must be a number"),
                arguments(of(null, null, Double.NaN, 10), "a bound must be a number"),
                arguments(of(null, null, 1, -1), "bucket 1 must be at least 0, got -1"),
                arguments(of(null, null, 1, Double.NaN), "bucket 1 must be at least 0, got NaN"),
                arguments(of(null, null, 2, 3, 1, 4), "bucket 2 must be at least 4, got 3"),
                arguments(of(2.0, null, 1, 3), "bucket +Inf must be at least 3, got 2"),
                arguments(of(Double.NaN, null), "at least 0, got NaN"),
                arguments(of(8.0, null, INFINITY, 7), "that of the +Inf bucket, 7, got 8"),
                arguments(of(Double.NaN, null, INFINITY, 7), "that of the +Inf bucket, 7, got NaN"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void defectsAreNamedAndRefused(HistogramValue classic, String words) {
        assertThat(classic.classicDefect())
                .hasValueSatisfying(defect -> assertThat(defect).contains(words));
        assertThatIllegalArgumentException()
                .isThrownBy(classic::toCustomBuckets)
                .withMessageContaining(words);
    }

    @Test
    void nativeBucketsAreNotReplaced() {
        HistogramValue histogram = HistogramValue.builder()
                .bucket(INFINITY, 1)
                .nativeBuckets(NativeBuckets.builder(0).build())
                .build();
        assertThatIllegalArgumentException().isThrownBy(histogram::toCustomBuckets);
    }

    // ---- Sums of whole histograms

    @Test
    void addsAllParts() {
        Exemplar here = new Exemplar(Labels.of("id", "1"), 0.5, null);
        Exemplar there = new Exemplar(Labels.of("id", "2"), 0.6, null);
        HistogramValue a = HistogramValue.builder()
                .count(3)
                .sum(4.5)
                .bucket(1, 1, here)
                .bucket(2, 2)
                .bucket(INFINITY, 3)
                .nativeBuckets(NativeBuckets.builder(1).positive(0, 1, 2).build())
                .build();
        HistogramValue b = HistogramValue.builder()
                .count(5)
                .sum(6)
                .bucket(1, 1, there)
                .bucket(3, 4)
                .bucket(INFINITY, 5, there)
                .nativeBuckets(NativeBuckets.builder(0).positive(0, 1, 4).build())
                .build();
        assertThat(a.plus(b))
                .isEqualTo(HistogramValue.builder()
                        .count(8)
                        .sum(10.5)
                        .bucket(1, 2, here)
                        .bucket(INFINITY, 8, there)
                        .nativeBuckets(
                                NativeBuckets.builder(0).positive(0, 2, 6).build())
                        .build());
    }

    @Test
    void whatOneDoesNotGiveTheSumDoesNotGive() {
        HistogramValue bare = HistogramValue.builder().build();
        HistogramValue counted = HistogramValue.builder().count(1).sum(2).build();
        assertThat(bare.plus(counted)).isEqualTo(bare);
        assertThat(counted.plus(bare)).isEqualTo(bare);
        HistogramValue classic = of(1.0, null, INFINITY, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counted.plus(classic))
                .withMessageContaining("classic");
        HistogramValue withNative = HistogramValue.builder()
                .nativeBuckets(NativeBuckets.builder(0).build())
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withNative.plus(counted))
                .withMessageContaining("native");
    }
}
