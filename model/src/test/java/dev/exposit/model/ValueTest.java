package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import dev.exposit.model.StateSetValue.State;
import dev.exposit.model.SummaryValue.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {

    private static final LabelNumber ONE = LabelNumber.of(1);
    private static final double OTHER_NAN = Double.longBitsToDouble(0x7FF8_0000_0000_0001L);

    /** Every place of the model that holds a measured number. */
    static final List<Named<DoubleFunction<Object>>> HOLDERS_OF_DOUBLES = List.of(
            named("number", NumberValue::new),
            named("raw", number -> new RawValue("x", number)),
            named("label", LabelNumber::of),
            named("exemplar", number -> new Exemplar(Labels.of(), number, null)),
            named("bucket's bound", number -> new Bucket(LabelNumber.of(number), 0, null)),
            named("bucket's count", number -> new Bucket(ONE, number, null)),
            named("quantile's value", number -> new Quantile(ONE, number)),
            named("histogram's count", number -> new HistogramValue(number, null, List.of(), null)),
            named("histogram's sum", number -> new HistogramValue(null, number, List.of(), null)),
            named("summary's count", number -> new SummaryValue(number, null, List.of())),
            named("summary's sum", number -> new SummaryValue(null, number, List.of())),
            named("zero count", number -> buckets(3, number, Side.none(), List.of())),
            named("native count", number -> new Side(List.of(new Span(0, 1)), List.of(number))),
            named("point", Point::of),
            named("metric", number -> new Metric(Labels.of("a", "b"), Point.of(number))),
            named("family", number -> gauge().add(number).build()),
            named("set", number -> MetricSet.of(gauge().add(number).build())));

    @ParameterizedTest
    @FieldSource("HOLDERS_OF_DOUBLES")
    void doublesAreComparedByValue(DoubleFunction<Object> holder) {
        for (double same : new double[] {0.0, -0.0, 1.5, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Double.NaN}) {
            assertThat(holder.apply(same)).isEqualTo(holder.apply(same)).hasSameHashCodeAs(holder.apply(same));
        }
        assertThat(holder.apply(Double.NaN))
                .isEqualTo(holder.apply(OTHER_NAN))
                .hasSameHashCodeAs(holder.apply(OTHER_NAN))
                .isNotEqualTo(holder.apply(0));
        assertThat(holder.apply(0.0)).isNotEqualTo(holder.apply(-0.0)).isNotEqualTo(holder.apply(Double.MIN_VALUE));
    }

    @Test
    void aLabelsNumberIsTheSameHoweverSpelled() {
        LabelNumber plain = LabelNumber.of(1);
        LabelNumber point = new LabelNumber(1, "1.0");
        LabelNumber exponent = new LabelNumber(1, "1e0");
        assertThat(List.of(point, exponent))
                .allSatisfy(number -> assertThat(number).isEqualTo(plain).hasSameHashCodeAs(plain));
        assertThat(plain).isEqualTo(exponent);
        assertThat(new Bucket(point, 3, null)).isEqualTo(new Bucket(exponent, 3, null));
        assertThat(new LabelNumber(1, "1")).isNotEqualTo(new LabelNumber(2, "1"));
        assertThat((Object) plain).isNotEqualTo(1.0).isNotEqualTo(null);
        assertThat(exponent).hasToString("1e0");
        assertThat(plain).hasToString("1.0");
    }

    @Test
    void absentIsNotZero() {
        assertThat(HistogramValue.builder().build()).isEqualTo(new HistogramValue(null, null, List.of(), null));
        assertThat(HistogramValue.builder().count(0).sum(0).build())
                .isEqualTo(new HistogramValue(0.0, 0.0, List.of(), null))
                .isNotEqualTo(HistogramValue.builder().build());
        assertThat(SummaryValue.builder().build())
                .isEqualTo(new SummaryValue(null, null, List.of()))
                .isNotEqualTo(SummaryValue.builder().count(0).sum(0).build());
        assertThat(Point.of(1)).isNotEqualTo(Point.of(1).at(Timestamp.ofSeconds(0)));
        assertThat(Point.of(1).at(Timestamp.ofSeconds(0)).at(null)).isEqualTo(Point.of(1));
        assertThat(Point.of(1).startedAt(Timestamp.ofSeconds(0)))
                .isNotEqualTo(Point.of(1))
                .isNotEqualTo(Point.of(1).at(Timestamp.ofSeconds(0)));
        Exemplar exemplar = new Exemplar(Labels.of(), 1, null);
        assertThat(Point.of(1).withExemplars(exemplar, exemplar).exemplars()).containsExactly(exemplar, exemplar);
        assertThat(Point.of(1).withExemplars(exemplar).withExemplars()).isEqualTo(Point.of(1));
    }

    @Test
    void buildersKeepOrderAndMayGoOn() {
        Exemplar trace = new Exemplar(Labels.of("trace_id", "x"), 0.7, null);
        HistogramValue.Builder histogram =
                HistogramValue.builder().bucket(1, 2, trace).bucket(0.5, 1);
        HistogramValue first = histogram.build();
        HistogramValue second =
                histogram.count(3).sum(4).bucket(Double.POSITIVE_INFINITY, 3).build();
        Bucket one = new Bucket(ONE, 2, trace);
        Bucket half = new Bucket(LabelNumber.of(0.5), 1, null);
        Bucket all = new Bucket(LabelNumber.of(Double.POSITIVE_INFINITY), 3, null);
        assertThat(first).isEqualTo(new HistogramValue(null, null, List.of(one, half), null));
        assertThat(second).isEqualTo(new HistogramValue(3.0, 4.0, List.of(one, half, all), null));
        assertThat(all.upperBound()).isInfinite();

        SummaryValue.Builder summary = SummaryValue.builder().quantile(0.9, 2).quantile(0.5, Double.NaN);
        SummaryValue before = summary.build();
        assertThat(summary.quantile(0.99, 3).build().quantiles()).hasSize(3);
        assertThat(before.quantiles())
                .containsExactly(new Quantile(LabelNumber.of(0.9), 2), new Quantile(LabelNumber.of(0.5), Double.NaN));
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, -3, 0, 8, NativeBuckets.CUSTOM_BUCKETS})
    void schemasOfTheSpecification(int schema) {
        NativeBuckets buckets = buckets(schema, 1, Side.none(), List.of());
        assertThat(HistogramValue.builder().nativeBuckets(buckets).build().nativeBuckets())
                .isEqualTo(buckets);
        assertThat(buckets.schema()).isEqualTo(schema);
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 9, -52, -54, 53, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void otherSchemasAreRefused(int schema) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> buckets(schema, 1, Side.none(), List.of()))
                .withMessageContaining(Integer.toString(schema));
    }

    @Test
    void onlyCustomBucketsHaveBounds() {
        Side two = new Side(List.of(new Span(0, 2)), List.of(1.0, 2.0));
        assertThat(buckets(NativeBuckets.CUSTOM_BUCKETS, 0, two, List.of(0.5)).customBounds())
                .containsExactly(0.5);
        assertThatIllegalArgumentException().isThrownBy(() -> buckets(0, 0, two, List.of(0.5)));
    }

    static Stream<Arguments> spansAndCounts() {
        Span most = new Span(0, Integer.MAX_VALUE);
        return Stream.of(
                arguments(List.of(), 0, true),
                arguments(List.of(new Span(0, 0)), 0, true),
                arguments(List.of(new Span(-7, 2), new Span(3, 0), new Span(1, 1)), 3, true),
                arguments(List.of(), 1, false),
                arguments(List.of(new Span(0, 0)), 1, false),
                arguments(List.of(new Span(0, 2)), 1, false),
                arguments(List.of(new Span(0, 2)), 3, false),
                arguments(List.of(most), 0, false),
                // In 32 bits these lengths add up to 0 and 1.
                arguments(List.of(most, most, new Span(0, 2)), 0, false),
                arguments(List.of(most, most, new Span(0, 3)), 1, false));
    }

    @ParameterizedTest
    @MethodSource("spansAndCounts")
    void aSideHasAsManyCountsAsItsSpansSay(List<Span> spans, int size, boolean right) {
        List<Double> counts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            counts.add((double) i);
        }
        if (right) {
            assertThat(new Side(spans, counts).counts()).isEqualTo(counts);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> new Side(spans, counts));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void aSpanIsNotNegative(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Span(0, length));
    }

    @Test
    void statesAreNamedOnceAndMayBeNamedByNothing() {
        assertThat(states("", "a", "A", "Aa", "BB").states()).hasSize(5);
        assertThat(states("b", "a")).isNotEqualTo(states("a", "b")).hasToString("[b=true, a=true]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> states("a", "b\n", "b\n"))
                .withMessageContaining("\"b\\n\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StateSetValue(List.of(new State("a", true), new State("a", false))));
    }

    /** What each record makes of a list, to be given one of its own kind. */
    static Stream<Arguments> holdersOfLists() {
        return Stream.of(
                lists(
                        "metric families",
                        MetricFamily.class,
                        gauge().build(),
                        list -> MetricSet.of(list).families()),
                lists(
                        "metrics",
                        Metric.class,
                        new Metric(Labels.of(), Point.of(1)),
                        list -> new MetricFamily(new Metadata("x", MetricType.GAUGE), list).metrics()),
                lists("points", Point.class, Point.of(1), list -> new Metric(Labels.of(), list).points()),
                lists(
                        "exemplars",
                        Exemplar.class,
                        new Exemplar(Labels.of(), 1, null),
                        list -> new Point(new InfoValue(), null, null, list).exemplars()),
                lists(
                        "buckets",
                        Bucket.class,
                        new Bucket(ONE, 1, null),
                        list -> new HistogramValue(null, null, list, null).buckets()),
                lists(
                        "quantiles",
                        Quantile.class,
                        new Quantile(ONE, 1),
                        list -> new SummaryValue(null, null, list).quantiles()),
                lists("states", State.class, new State("a", true), list -> new StateSetValue(list).states()),
                lists("spans", Span.class, new Span(0, 0), list -> new Side(list, List.of()).spans()),
                lists("counts", Double.class, 1.0, list -> new Side(List.of(new Span(0, 1)), list).counts()),
                lists(
                        "bounds",
                        Double.class,
                        1.0,
                        list -> buckets(-53, 0, Side.none(), list).customBounds()));
    }

    private static <T> Arguments lists(String name, Class<T> type, T element, Function<List<T>, List<T>> holder) {
        return arguments(named(name, type.cast(element)), holder);
    }

    @ParameterizedTest
    @MethodSource("holdersOfLists")
    void listsAreCopiedAndFixed(Object element, Function<List<Object>, List<Object>> holder) {
        List<Object> given = new ArrayList<>(List.of(element));
        List<Object> held = holder.apply(given);
        given.clear();
        assertThat(held).containsExactly(element);
        assertThatThrownBy(held::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> held.add(element)).isInstanceOf(UnsupportedOperationException.class);
        assertThatNullPointerException().isThrownBy(() -> holder.apply(Arrays.asList(element, null)));
        assertThatNullPointerException().isThrownBy(() -> holder.apply(null));
    }

    @Test
    void refusesNullPartsAndEmptyNames() {
        assertThatNullPointerException().isThrownBy(() -> Point.of((Value) null));
        assertThatNullPointerException().isThrownBy(() -> new Metric(null, Point.of(1)));
        assertThatNullPointerException().isThrownBy(() -> new Metric(Labels.of(), (Point) null));
        assertThatNullPointerException().isThrownBy(() -> new Exemplar(null, 1, null));
        assertThatNullPointerException().isThrownBy(() -> new Bucket(null, 1, null));
        assertThatNullPointerException().isThrownBy(() -> new Quantile(null, 1));
        assertThatNullPointerException().isThrownBy(() -> new State(null, true));
        assertThatNullPointerException().isThrownBy(() -> new RawValue(null, 1));
        assertThatNullPointerException().isThrownBy(() -> buckets(0, 0, null, List.of()));
        assertThatNullPointerException()
                .isThrownBy(() -> new NativeBuckets(0, 0, 0, Side.none(), null, List.of(), false));
        assertThatIllegalArgumentException().isThrownBy(() -> new RawValue("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Metric(Labels.of(), List.of()));
    }

    private static MetricFamily.Builder gauge() {
        return MetricFamily.builder("x", MetricType.GAUGE);
    }

    private static NativeBuckets buckets(int schema, double zeroCount, Side positive, List<Double> customBounds) {
        return new NativeBuckets(schema, 0, zeroCount, positive, Side.none(), customBounds, false);
    }

    private static StateSetValue states(String... names) {
        return new StateSetValue(
                Stream.of(names).map(name -> new State(name, true)).toList());
    }
}
