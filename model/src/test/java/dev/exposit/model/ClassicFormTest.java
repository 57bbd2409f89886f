package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.exposit.model.ClassicForm.Lost;
import dev.exposit.model.HistogramValue.Bucket;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClassicFormTest {
    private static final int CUSTOM = NativeBuckets.CUSTOM_BUCKETS;

    private static String buckets(HistogramValue histogram) {
        return histogram.buckets().stream().map(Bucket::toString).collect(Collectors.joining(", "));
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                arguments("nothing", NativeBuckets.builder(3), 0.0, "Infinity: 0.0", Set.of(Lost.SCHEMA)),
                arguments(
                        "gaps stay gaps",
                        NativeBuckets.builder(0).positive(0, 1, 2).positive(4, 3),
                        6.0,
                        "0.5: 0.0, 1.0: 1.0, 2.0: 3.0, 8.0: 3.0, 16.0: 6.0, Infinity: 6.0",
                        Set.of(Lost.SCHEMA)),
                arguments(
                        "zero bucket with threshold",
                        NativeBuckets.builder(0)
                                .zeroThreshold(0.25)
                                .zeroCount(4)
                                .positive(-1, 1),
                        5.0,
                        "-0.25: 0.0, 0.25: 4.0, 0.5: 5.0, Infinity: 5.0",
                        Set.of(Lost.SCHEMA, Lost.NEGATIVE_BOUNDS)),
                arguments(
                        "zero bucket without threshold",
                        NativeBuckets.builder(0).zeroCount(4).positive(-1, 1).negative(0, 2),
                        7.0,
                        "-1.0: 0.0, -0.5: 2.0, 0.0: 6.0, 0.25: 6.0, 0.5: 7.0, Infinity: 7.0",
                        Set.of(Lost.SCHEMA, Lost.NEGATIVE_BOUNDS, Lost.ZERO_BUCKET)),
                arguments(
                        "an empty zero bucket",
                        NativeBuckets.builder(0).zeroThreshold(0.25).positive(0, 1),
                        1.0,
                        "0.5: 0.0, 1.0: 1.0, Infinity: 1.0",
                        Set.of(Lost.SCHEMA)),
                arguments(
                        "overflow",
                        NativeBuckets.builder(0).positive(1024, 1, 2).negative(1025, 4),
                        7.0,
                        "-1.7976931348623157E308: 4.0, 8.98846567431158E307: 4.0, 1.7976931348623157E308: 5.0,"
                                + " Infinity: 7.0",
                        Set.of(Lost.SCHEMA, Lost.NEGATIVE_BOUNDS)),
                arguments(
                        "bounds that are one double",
                        NativeBuckets.builder(8).positive(-1074 * 256, 1, 1, 1),
                        3.0,
                        "4.9E-324: 3.0, Infinity: 3.0",
                        Set.of(Lost.SCHEMA)),
                arguments(
                        "NaN",
                        NativeBuckets.builder(0).positive(0, 1),
                        3.0,
                        "0.5: 0.0, 1.0: 1.0, Infinity: 3.0",
                        Set.of(Lost.SCHEMA, Lost.NAN_EVENTS)),
                arguments(
                        "a count too low",
                        NativeBuckets.builder(0).positive(0, 1, 5),
                        3.0,
                        "0.5: 0.0, 1.0: 1.0, 2.0: 3.0, Infinity: 3.0",
                        Set.of(Lost.SCHEMA, Lost.BEYOND_COUNT)),
                arguments(
                        "fractions that rounding keeps from the count",
                        NativeBuckets.builder(0).positive(0, 0.1, 0.2).floatCounts(),
                        0.3,
                        "0.5: 0.0, 1.0: 0.1, 2.0: 0.3, Infinity: 0.3",
                        Set.of(Lost.SCHEMA)),
                arguments(
                        "no count",
                        NativeBuckets.builder(0).positive(0, 1, 5),
                        null,
                        "0.5: 0.0, 1.0: 1.0, 2.0: 6.0, Infinity: 6.0",
                        Set.of(Lost.SCHEMA)),
                arguments(
                        "custom",
                        NativeBuckets.builder(CUSTOM)
                                .customBounds(-1, 0.5, 2)
                                .positive(1, 3)
                                .positive(3, 4),
                        7.0,
                        "-1.0: 0.0, 0.5: 3.0, 2.0: 3.0, Infinity: 7.0",
                        Set.of()),
                arguments(
                        "custom without bounds",
                        NativeBuckets.builder(CUSTOM).positive(0, 3),
                        3.0,
                        "Infinity: 3.0",
                        Set.of()),
                arguments(
                        "custom, a count too low",
                        NativeBuckets.builder(CUSTOM).customBounds(1).positive(0, 3, 4),
                        5.0,
                        "1.0: 3.0, Infinity: 5.0",
                        Set.of(Lost.BEYOND_COUNT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void classicForms(
            String name, NativeBucketsBuilder buckets, @Nullable Double count, String classic, Set<Lost> lost) {
        ClassicForm form = new HistogramValue(count, 1.5, List.of(), buckets.build()).toClassic();
        assertThat(buckets(form.histogram())).isEqualTo(classic);
        assertThat(form.lost()).isEqualTo(lost);
        assertThat(form.histogram().count()).isEqualTo(count);
        assertThat(form.histogram().sum()).isEqualTo(1.5);
        assertThat(form.histogram().nativeBuckets()).isNull();
    }

    @Test
    void classicBucketsStay() {
        HistogramValue classic = HistogramValue.builder()
                .count(1)
                .bucket(Double.POSITIVE_INFINITY, 1)
                .build();
        assertThat(classic.toClassic()).isEqualTo(new ClassicForm(classic, Set.of()));
        // Not even looked at: with a defect.
        NativeBuckets broken = NativeBuckets.builder(0).zeroThreshold(-1).build();
        HistogramValue both = new HistogramValue(1.0, null, classic.buckets(), broken);
        assertThat(both.toClassic()).isEqualTo(new ClassicForm(classic, Set.of(Lost.NATIVE_BUCKETS)));
        HistogramValue alone = HistogramValue.builder().nativeBuckets(broken).build();
        assertThatIllegalArgumentException().isThrownBy(alone::toClassic);
    }

    @Test
    void lossesHaveWords() {
        HistogramValue histogram = HistogramValue.builder().build();
        assertThat(new ClassicForm(histogram, Set.of(Lost.NAN_EVENTS, Lost.SCHEMA)).lostInWords())
                .isEqualTo("native buckets written as classic ones, events in no bucket counted as +Inf");
        assertThat(new ClassicForm(histogram, Set.of()).lostInWords()).isEmpty();
    }

    /** Whatever the buckets: bounds rise, counts rise, and at each bound of a bucket stands what is up to there. */
    @RepeatedTest(100)
    void boundsAndCountsRise(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int schema = random.nextInt(-2, 9);
        NativeBucketsBuilder builder = NativeBuckets.builder(schema)
                .zeroThreshold(random.nextBoolean() ? 0 : random.nextDouble())
                .zeroCount(random.nextInt(3));
        int positive = random.nextInt(-20, 20);
        int negative = random.nextInt(-20, 20);
        for (int i = random.nextInt(5); i > 0; i--) {
            builder.positive(positive, random.nextInt(3), random.nextInt(3));
            builder.negative(negative, random.nextInt(3), random.nextInt(3));
            positive += random.nextInt(2, 9);
            negative += random.nextInt(2, 9);
        }
        NativeBuckets buckets = builder.build();
        List<Bucket> classic = HistogramValue.builder()
                .count(buckets.total())
                .nativeBuckets(buckets)
                .build()
                .toClassic()
                .histogram()
                .buckets();
        for (int i = 1; i < classic.size(); i++) {
            assertThat(classic.get(i).upperBound())
                    .isGreaterThan(classic.get(i - 1).upperBound());
            assertThat(classic.get(i).cumulativeCount())
                    .isGreaterThanOrEqualTo(classic.get(i - 1).cumulativeCount());
        }
        assertThat(classic.get(classic.size() - 1))
                .isEqualTo(new Bucket(LabelNumber.of(Double.POSITIVE_INFINITY), buckets.total(), null));
        buckets.cumulativeBuckets().stream()
                .collect(Collectors.toMap(NativeBucket::upper, NativeBucket::count, Math::max))
                .forEach(
                        (upper, count) -> assertThat(classic).contains(new Bucket(LabelNumber.of(upper), count, null)));
    }
}
