package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums are facts from Prometheus' tests of FloatHistogram.Add unless something else is said. */
class NativeAdditionTest {
    private static final int CUSTOM = NativeBuckets.CUSTOM_BUCKETS;

    private static NativeBucketsBuilder of(int schema, double zeroThreshold, double zeroCount) {
        return NativeBuckets.builder(schema).zeroThreshold(zeroThreshold).zeroCount(zeroCount);
    }

    private static NativeBucketsBuilder custom(double... bounds) {
        return NativeBuckets.builder(CUSTOM).customBounds(bounds);
    }

    static Stream<Arguments> sums() {
        NativeBuckets first = of(0, 0.01, 11)
                .positive(-2, 1, 0)
                .positive(2, 3, 4, 7)
                .negative(3, 3, 1)
                .negative(8, 5, 6)
                .build();
        NativeBuckets fine = of(1, 0.01, 11)
                .positive(-4, 1, 0, 0)
                .positive(4, 3, 2, 2, 3, 4)
                .negative(6, 3, 0.5, 0.5)
                .negative(15, 2, 3, 2, 4)
                .build();
        NativeBuckets wide = of(0, 1, 17)
                .positive(1, 2, 3, 6, 2, 5)
                .negative(4, 1, 1)
                .negative(7, 4, 4)
                .build();
        NativeBucketsBuilder negative = of(0, 0.01, 8).negative(4, 1, 1).negative(7, 4, 4);
        return Stream.of(
                arguments(
                        "same layout",
                        of(0, 0.01, 11)
                                .positive(-2, 1, 0)
                                .positive(1, 3, 4, 7)
                                .negative(3, 3, 1)
                                .negative(8, 5, 6)
                                .build(),
                        of(0, 0.01, 8)
                                .positive(-2, 0, 0)
                                .positive(1, 2, 3, 6)
                                .negative(3, 1, 1)
                                .negative(8, 4, 4)
                                .build(),
                        of(0, 0.01, 19)
                                .positive(-2, 1)
                                .positive(1, 5, 7, 13)
                                .negative(3, 4, 2)
                                .negative(8, 9, 10)
                                .build()),
                arguments(
                        "spans apart",
                        of(0, 0.001, 11)
                                .positive(-2, 1, 0)
                                .positive(2, 3, 4, 7)
                                .negative(3, 3, 1)
                                .negative(8, 5, 6)
                                .build(),
                        of(0, 0.001, 8)
                                .positive(0, 5, 4)
                                .positive(5, 2, 3, 6)
                                .negative(-9, 1, 1)
                                .negative(-4, 4, 4)
                                .build(),
                        of(0, 0.001, 19)
                                .positive(-2, 1)
                                .positive(0, 5, 4, 3, 4, 7, 2, 3, 6)
                                .negative(-9, 1, 1)
                                .negative(-4, 4, 4)
                                .negative(3, 3, 1)
                                .negative(8, 5, 6)
                                .build()),
                arguments(
                        "spans that overlap",
                        first,
                        negative.positive(-1, 5, 4, 2, 3, 6, 2, 5).build(),
                        of(0, 0.01, 19)
                                .positive(-2, 1, 5, 4, 2, 6, 10, 9, 5)
                                .negative(3, 3, 2, 1)
                                .negative(7, 4, 9, 6)
                                .build()),
                arguments(
                        "another schema",
                        of(0, 0.01, 8)
                                .positive(-1, 5, 4, 2, 3, 6, 2, 5)
                                .negative(4, 1, 1)
                                .negative(7, 4, 4)
                                .build(),
                        fine,
                        of(0, 0.01, 19)
                                .positive(-2, 1, 5, 4, 2, 6, 10, 9, 5)
                                .negative(3, 3, 2, 1)
                                .negative(7, 4, 9, 6)
                                .build()),
                arguments(
                        "a wider zero bucket",
                        wide,
                        first,
                        of(0, 1, 29)
                                .positive(1, 2, 6, 10, 9, 5)
                                .negative(3, 3, 2, 1)
                                .negative(7, 4, 9, 6)
                                .build()),
                arguments(
                        "a wider zero bucket that ends inside a bucket",
                        of(0, 0.2, 17)
                                .positive(1, 2, 3, 6, 2, 5)
                                .negative(4, 1, 1)
                                .negative(7, 4, 4)
                                .build(),
                        first,
                        of(0, 0.25, 29)
                                .positive(1, 2, 6, 10, 9, 5)
                                .negative(3, 3, 2, 1)
                                .negative(7, 4, 9, 6)
                                .build()),
                arguments(
                        "a wider zero bucket in a finer schema",
                        of(0, 0.01, 8)
                                .positive(-2, 2, 5, 4, 2, 3, 6, 2, 5)
                                .negative(4, 1, 1)
                                .negative(7, 4, 4)
                                .build(),
                        of(1, 0.25, 12)
                                .positive(-3, 1, 0)
                                .positive(4, 3, 2, 2, 3, 4)
                                .negative(6, 3, 0.5, 0.5)
                                .negative(15, 2, 3, 2, 4)
                                .build(),
                        of(0, 0.25, 22)
                                .positive(-1, 6, 4, 2, 6, 10, 9, 5)
                                .negative(3, 3, 2, 1)
                                .negative(7, 4, 9, 6)
                                .build()),
                arguments(
                        "a wider zero bucket in a coarser schema",
                        of(0, 0.25, 8)
                                .positive(-1, 5, 4, 2, 3, 6, 2, 5)
                                .negative(4, 1, 1)
                                .negative(7, 4, 4)
                                .build(),
                        fine,
                        of(0, 0.25, 20)
                                .positive(-1, 5, 4, 2, 6, 10, 9, 5)
                                .negative(3, 3, 2, 1)
                                .negative(7, 4, 9, 6)
                                .build()),
                arguments(
                        "an empty bucket does not widen (specification: a populated one)",
                        of(0, 0.2, 1).build(),
                        of(0, 0.1, 2).positive(-2, 0, 3).build(),
                        of(0, 0.2, 3).positive(-1, 3).build()),
                arguments(
                        "each event counts once, also where joined buckets lie across the threshold (ours)",
                        of(0, 1.1, 1).build(),
                        of(2, 0, 0).positive(1, 5, 7).build(),
                        of(0, 1.189207115002721, 6).positive(1, 7).build()),
                arguments(
                        "the same custom bounds",
                        custom(1, 2, 3, 4, 5, 6, 7)
                                .positive(0, 1, 0)
                                .positive(4, 3, 4, 7)
                                .build(),
                        custom(1, 2, 3, 4, 5, 6, 7)
                                .positive(1, 5, 4, 2, 3, 6, 2, 5)
                                .build(),
                        custom(1, 2, 3, 4, 5, 6, 7)
                                .positive(0, 1, 5, 4, 2, 6, 10, 9, 5)
                                .build()),
                arguments(
                        "custom bounds of which one is shared (specification)",
                        custom(1, 2.5).positive(0, 2, 3, 5).build(),
                        custom(1, 2, 4).positive(0, 1, 10, 20, 30).build(),
                        custom(1).positive(0, 3, 68).build()),
                arguments(
                        "custom bounds that share nothing (specification)",
                        custom(-1, 0).positive(0, 2, 3, 5).build(),
                        custom(1, 2).positive(1, 7).build(),
                        custom().positive(0, 17).build()),
                arguments(
                        "bounds of 0 and -0 (ours)",
                        custom(-0.0, 1).positive(0, 2, 3, 5).build(),
                        custom(0.0, 2).positive(0, 1, 1, 1).build(),
                        custom(0.0).positive(0, 3, 10).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sums")
    void adds(String name, NativeBuckets a, NativeBuckets b, NativeBuckets sum) {
        assertThat(a.plus(b).buckets()).isEqualTo(sum.buckets());
        assertThat(b.plus(a).buckets()).isEqualTo(sum.buckets());
        assertThat(a.plus(b).zeroThreshold()).isEqualTo(sum.zeroThreshold());
        assertThat(a.plus(b).compacted()).isEqualTo(a.plus(b));
    }

    @Test
    void kindsDoNotMix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> custom(1).build().plus(of(0, 0, 0).build()))
                .withMessageContaining("-53 and 0");
    }

    @Test
    void integersStayIntegers() {
        NativeBuckets integers = of(0, 0, 1).positive(0, 3).build();
        NativeBuckets floats = of(0, 0, 1).positive(0, 3).floatCounts().build();
        assertThat(integers.plus(integers).floatCounts()).isFalse();
        assertThat(integers.plus(floats).floatCounts()).isTrue();
        assertThat(floats.plus(integers).floatCounts()).isTrue();
        assertThat(custom(1).build().plus(custom(2).floatCounts().build()).floatCounts())
                .isTrue();
    }

    @Test
    void subtracts() {
        NativeBuckets a = of(1, 0, 3).positive(1, 5, 5, 7).negative(0, 1).build();
        NativeBuckets b = of(0, 0, 1).positive(1, 10).build();
        assertThat(a.minus(b))
                .isEqualTo(of(0, 0, 2).positive(2, 7).negative(0, 1).build());
        assertThat(b.minus(a))
                .isEqualTo(of(0, 0, -2)
                        .positive(2, -7)
                        .negative(0, -1)
                        .floatCounts()
                        .build());
        assertThat(a.minus(a)).isEqualTo(of(1, 0, 0).build());
        assertThat(custom(1, 2)
                        .positive(0, 3, 4)
                        .build()
                        .minus(custom(1).positive(0, 1, 9).build()))
                .isEqualTo(custom(1).positive(0, 2, -5).floatCounts().build());
    }

    @RepeatedTest(200)
    void whateverIsAddedNoEventIsLost(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        NativeBuckets a = random(random);
        NativeBuckets b = random(random);
        NativeBuckets sum = a.plus(b);
        assertThat(sum.total()).isEqualTo(a.total() + b.total());
        assertThat(sum.schema()).isEqualTo(Math.min(a.schema(), b.schema()));
        assertThat(sum.zeroThreshold()).isGreaterThanOrEqualTo(Math.max(a.zeroThreshold(), b.zeroThreshold()));
        assertThat(sum.compacted()).isEqualTo(sum);
        assertThat(sum).isEqualTo(b.plus(a));
        // Exactly what was there: taken away again, nothing is left.
        assertThat(sum.minus(a).minus(b).buckets()).isEmpty();
        List<NativeBucket> walk = sum.buckets();
        for (int i = 1; i < walk.size(); i++) {
            assertThat(walk.get(i).lower())
                    .isGreaterThanOrEqualTo(walk.get(i - 1).upper());
        }
    }

    private static NativeBuckets random(SplittableRandom random) {
        int schema = random.nextInt(-3, 9);
        double threshold = random.nextInt(3) == 0 ? 0 : Math.scalb(random.nextDouble(), random.nextInt(-6, 3));
        // As instrumentation does: nothing within the zero bucket.
        int first = threshold == 0 ? -20 : StandardSchema.of(schema).indexOf(threshold) + 1;
        return new NativeBuckets(
                schema, threshold, random.nextInt(5), side(random, first), side(random, first), List.of(), false);
    }

    private static Side side(SplittableRandom random, int first) {
        List<Span> spans = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int length = random.nextInt(4);
            spans.add(new Span(spans.isEmpty() ? first : random.nextInt(20), length));
            for (int j = 0; j < length; j++) {
                counts.add((double) random.nextInt(3));
            }
        }
        return new Side(spans, counts);
    }
}
