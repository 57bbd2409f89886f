package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeBucketsTest {
    private static final int CUSTOM = NativeBuckets.CUSTOM_BUCKETS;
    private static final Span ALL_INT = new Span(Integer.MAX_VALUE, 0);

    private static NativeBuckets of(int schema, List<Span> positive, Double... counts) {
        return new NativeBuckets(schema, 0, 0, new Side(positive, List.of(counts)), Side.none(), List.of(), false);
    }

    private static List<String> words(List<NativeBucket> buckets) {
        return buckets.stream().map(NativeBucket::toString).toList();
    }

    // ---- Walking

    @Test
    void bucketsRise() {
        NativeBuckets buckets = NativeBuckets.builder(0)
                .zeroThreshold(0.001)
                .zeroCount(4)
                .positive(0, 2, 0, 3)
                .positive(5, 1)
                .negative(-1, 5, 6)
                .build();
        assertThat(words(buckets.buckets()))
                .containsExactly(
                        "[-1,-0.5): 6", "[-0.5,-0.25): 5", "[-0.001,0.001]: 4", "(0.5,1]: 2", "(2,4]: 3", "(16,32]: 1");
        assertThat(words(buckets.cumulativeBuckets()))
                .containsExactly(
                        "[-Inf,-0.5): 6",
                        "[-Inf,-0.25): 11",
                        "[-Inf,0.001]: 15",
                        "[-Inf,1]: 17",
                        "[-Inf,4]: 20",
                        "[-Inf,32]: 21");
        assertThat(buckets.total()).isEqualTo(21);
        assertThat(buckets.buckets().get(0))
                .isEqualTo(new NativeBucket(NativeBucket.Side.NEGATIVE, 0, -1, true, -0.5, false, 6));
        assertThat(buckets.buckets().get(5).index()).isEqualTo(5);
    }

    @Test
    void customBuckets() {
        NativeBuckets buckets = NativeBuckets.builder(CUSTOM)
                .customBounds(-1, 0.5, 2)
                .positive(0, 1, 2, 3, 4)
                .build();
        assertThat(words(buckets.buckets()))
                .containsExactly("[-Inf,-1]: 1", "(-1,0.5]: 2", "(0.5,2]: 3", "(2,+Inf]: 4");
        assertThat(words(NativeBuckets.builder(CUSTOM).positive(0, 3).build().buckets()))
                .containsExactly("[-Inf,+Inf]: 3");
    }

    @Test
    void theZeroBucketCutsBuckets() {
        NativeBuckets buckets = NativeBuckets.builder(0)
                .zeroThreshold(3)
                .zeroCount(1)
                .positive(1, 7, 8, 9)
                .negative(2, 8)
                .build();
        // (1,2] has nothing beyond 3 left; what it counts cannot be there.
        assertThat(words(buckets.buckets()))
                .containsExactly("[-4,-3): 8", "[-3,3]: 1", "(3,3]: 7", "(3,4]: 8", "(4,8]: 9");
    }

    @Test
    void endsOfTheDoubles() {
        NativeBuckets buckets = NativeBuckets.builder(0)
                .zeroCount(1)
                .positive(-1074, 1)
                .positive(1024, 2, 3)
                .negative(1025, 4)
                .build();
        assertThat(words(buckets.buckets()))
                .containsExactly(
                        "[-Inf,-1.7976931348623157E308): 4",
                        "[0,0]: 1",
                        "(0,4.9E-324]: 1",
                        "(8.98846567431158E307,1.7976931348623157E308]: 2",
                        "(1.7976931348623157E308,+Inf]: 3");
    }

    static Stream<Arguments> defects() {
        Side one = new Side(List.of(new Span(0, 1)), List.of(1.0));
        return Stream.of(
                arguments(of(3, List.of(ALL_INT, ALL_INT, new Span(0, 1)), 1.0), "got 4294967294"),
                arguments(of(3, List.of(new Span(8194, 1)), 1.0), "-8592 to 8193, got 8194"),
                arguments(of(3, List.of(new Span(-8593, 1)), 1.0), "-8592 to 8193, got -8593"),
                arguments(of(3, List.of(new Span(Integer.MIN_VALUE, 1)), 1.0), "got -2147483648"),
                arguments(of(3, List.of(new Span(3, 1), new Span(-1, 1)), 1.0, 1.0), "negative offset, got -1"),
                arguments(of(CUSTOM, List.of(new Span(0, 2)), 1.0, 2.0), "custom bucket must be 0 to 0, got 1"),
                arguments(of(CUSTOM, List.of(new Span(-1, 1)), 2.0), "custom bucket must be 0 to 0, got -1"),
                arguments(
                        NativeBuckets.builder(CUSTOM).customBounds(1, 1).build(), "above the one before, 1.0, got 1.0"),
                arguments(NativeBuckets.builder(CUSTOM).customBounds(2, 1).build(), "custom bound 1"),
                arguments(NativeBuckets.builder(CUSTOM).customBounds(0.0, -0.0).build(), "custom bound 1"),
                arguments(NativeBuckets.builder(CUSTOM).customBounds(Double.NaN).build(), "got NaN"),
                arguments(
                        NativeBuckets.builder(CUSTOM)
                                .customBounds(1, Double.POSITIVE_INFINITY)
                                .build(),
                        "below +Inf"),
                arguments(NativeBuckets.builder(CUSTOM).zeroCount(1).build(), "no zero bucket"),
                arguments(NativeBuckets.builder(CUSTOM).zeroThreshold(1).build(), "no zero bucket"),
                arguments(NativeBuckets.builder(CUSTOM).negative(0, 1).build(), "no negative side"),
                arguments(NativeBuckets.builder(0).zeroThreshold(-1).build(), "zero threshold"),
                arguments(NativeBuckets.builder(0).zeroThreshold(Double.NaN).build(), "zero threshold"),
                arguments(
                        NativeBuckets.builder(0)
                                .zeroThreshold(Double.POSITIVE_INFINITY)
                                .build(),
                        "zero threshold"),
                arguments(
                        new NativeBuckets(
                                0, 0, 0, one, new Side(List.of(new Span(1026, 1)), List.of(1.0)), List.of(), false),
                        "negative bucket"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void defectsAreNamedAndRefused(NativeBuckets buckets, String words) {
        assertThat(buckets.defect())
                .hasValueSatisfying(defect -> assertThat(defect).contains(words));
        assertThat(buckets.toString()).startsWith("native(");
        NativeBuckets sound = NativeBuckets.builder(buckets.schema()).build();
        Stream.<Runnable>of(
                        buckets::buckets,
                        buckets::cumulativeBuckets,
                        buckets::compacted,
                        () -> buckets.plus(sound),
                        () -> sound.plus(buckets),
                        () -> sound.minus(buckets))
                .forEach(use -> assertThatIllegalArgumentException()
                        .isThrownBy(use::run)
                        .withMessageContaining(words));
    }

    @Test
    void emptyBucketsMayStandAnywhere() {
        NativeBuckets buckets =
                of(8, List.of(new Span(262_144, 3), new Span(Integer.MAX_VALUE, 1)), 1.0, 2.0, 0.0, 0.0);
        assertThat(buckets.defect()).isEmpty();
        assertThat(buckets.compacted()).isEqualTo(of(8, List.of(new Span(262_144, 2)), 1.0, 2.0));
    }

    // ---- Layout

    /** Facts from the examples of the specification and from Prometheus' tests of Compact. */
    static Stream<Arguments> layouts() {
        return Stream.of(
                arguments(List.of(), List.of(), 0, List.of(), List.of()),
                arguments(List.of(new Span(3, 0)), List.of(), 0, List.of(), List.of()),
                arguments(
                        List.of(new Span(-2, 2), new Span(2, 1), new Span(1, 2)),
                        List.of(3.0, 5.0, 1.0, 3.0, 2.0),
                        0,
                        List.of(new Span(-2, 2), new Span(2, 1), new Span(1, 2)),
                        List.of(3.0, 5.0, 1.0, 3.0, 2.0)),
                arguments(
                        List.of(new Span(-2, 8)),
                        List.of(3.0, 5.0, 0.0, 0.0, 1.0, 0.0, 3.0, 2.0),
                        1,
                        List.of(new Span(-2, 2), new Span(2, 4)),
                        List.of(3.0, 5.0, 1.0, 0.0, 3.0, 2.0)),
                arguments(
                        List.of(new Span(-2, 2), new Span(2, 1), new Span(1, 2)),
                        List.of(3.0, 5.0, 1.0, 3.0, 2.0),
                        2,
                        List.of(new Span(-2, 8)),
                        List.of(3.0, 5.0, 0.0, 0.0, 1.0, 0.0, 3.0, 2.0)),
                arguments(
                        List.of(new Span(-2, 1), new Span(0, 3), new Span(0, 1)),
                        List.of(1.0, 3.3, 4.2, 0.1, 3.3),
                        0,
                        List.of(new Span(-2, 5)),
                        List.of(1.0, 3.3, 4.2, 0.1, 3.3)),
                arguments(
                        List.of(new Span(-2, 2), new Span(2, 0), new Span(2, 0), new Span(2, 0), new Span(3, 3)),
                        List.of(1.0, 3.3, 4.2, 0.1, 3.3),
                        0,
                        List.of(new Span(-2, 2), new Span(9, 3)),
                        List.of(1.0, 3.3, 4.2, 0.1, 3.3)),
                arguments(
                        List.of(new Span(-4, 4), new Span(5, 3)),
                        List.of(0.0, 0.0, 1.0, 3.3, 4.2, 0.1, 0.0),
                        0,
                        List.of(new Span(-2, 2), new Span(5, 2)),
                        List.of(1.0, 3.3, 4.2, 0.1)));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void compacted(List<Span> spans, List<Double> counts, int maxEmpty, List<Span> fewer, List<Double> kept) {
        Side side = new Side(spans, counts);
        Side shorter = new Side(fewer, kept);
        NativeBuckets buckets = new NativeBuckets(2, 0.5, 3, side, side, List.of(), true);
        assertThat(buckets.compacted(maxEmpty))
                .isEqualTo(new NativeBuckets(2, 0.5, 3, shorter, shorter, List.of(), true));
        assertThat(buckets.compacted(maxEmpty).buckets()).isEqualTo(buckets.buckets());
        assertThatIllegalArgumentException().isThrownBy(() -> buckets.compacted(-1));
    }

    // ---- Resolution

    @Test
    void aLowerSchemaJoinsNeighbours() {
        // A fact from Prometheus' tests of reduceResolution.
        NativeBuckets fine =
                of(0, List.of(new Span(0, 4), new Span(0, 0), new Span(3, 2)), 1.0, 3.0, 1.0, 2.0, 1.0, 1.0);
        assertThat(fine.withSchema(-1)).isEqualTo(of(-1, List.of(new Span(0, 3), new Span(1, 1)), 1.0, 4.0, 2.0, 2.0));
        assertThat(fine.withSchema(0)).isEqualTo(fine.compacted());
        assertThatIllegalArgumentException().isThrownBy(() -> fine.withSchema(1));
        assertThatIllegalArgumentException().isThrownBy(() -> fine.withSchema(-5));
        assertThatIllegalArgumentException().isThrownBy(() -> fine.withSchema(CUSTOM));
        NativeBuckets custom = NativeBuckets.builder(CUSTOM).build();
        assertThatIllegalArgumentException().isThrownBy(() -> custom.withSchema(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, -1, 0, 3, 7, 8})
    void theEndsStayTheEnds(int lower) {
        StandardSchema finest = StandardSchema.of(8);
        StandardSchema coarse = StandardSchema.of(lower);
        NativeBuckets buckets = NativeBuckets.builder(8)
                .zeroThreshold(1e-320)
                .zeroCount(9)
                .positive(finest.lowestIndex(), 1)
                .positive(finest.overflowIndex() - 1, 2, 3)
                .negative(finest.overflowIndex(), 4)
                .floatCounts()
                .build();
        assertThat(buckets.withSchema(lower))
                .isEqualTo(NativeBuckets.builder(lower)
                        .zeroThreshold(1e-320)
                        .zeroCount(9)
                        .positive(coarse.lowestIndex(), 1)
                        .positive(coarse.overflowIndex() - 1, 2, 3)
                        .negative(coarse.overflowIndex(), 4)
                        .floatCounts()
                        .build());
    }

    // ---- The builder and words

    @Test
    void builds() {
        assertThat(NativeBuckets.builder(3)
                        .positive(-2, 1, 2)
                        .positive(0, 3)
                        .positive(4, 5)
                        .build())
                .isEqualTo(of(3, List.of(new Span(-2, 2), new Span(0, 1), new Span(3, 1)), 1.0, 2.0, 3.0, 5.0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeBuckets.builder(3).positive(0, 1, 2).positive(1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        NativeBuckets.builder(3).negative(Integer.MIN_VALUE, 1).negative(5, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeBuckets.builder(9).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeBuckets.builder(3).customBounds(1).build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "0 | native(schema=0, zero threshold=0.5, [-2,-1): 3, [-0.5,0.5]: 2, (4,8]: 1.5)",
                "1 | native(schema=1, zero threshold=0.5, zero count=2, negative [1+1]=[3.0], positive [0+0, -1+1]=[1.5])",
            })
    void reads(int broken, String words) {
        Side positive = broken == 0
                ? new Side(List.of(new Span(3, 1)), List.of(1.5))
                : new Side(List.of(new Span(0, 0), new Span(-1, 1)), List.of(1.5));
        Side negative = new Side(List.of(new Span(1, 1)), List.of(3.0));
        assertThat(new NativeBuckets(broken, 0.5, 2, positive, negative, List.of(), false))
                .hasToString(words);
    }

    @Test
    void readsFloatsAndBounds() {
        assertThat(NativeBuckets.builder(CUSTOM)
                        .customBounds(0.5, 2)
                        .positive(1, 3)
                        .floatCounts()
                        .build())
                .hasToString("native(schema=-53, bounds=[0.5, 2.0], float, (0.5,2]: 3)");
        assertThat(HistogramValue.builder()
                        .count(1)
                        .sum(1.5)
                        .nativeBuckets(NativeBuckets.builder(0).positive(1, 1).build())
                        .build())
                .hasToString("histogram(count=1.0, sum=1.5, buckets=[], native(schema=0, (1,2]: 1))");
    }
}
