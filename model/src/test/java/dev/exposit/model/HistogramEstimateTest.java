package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are facts from Prometheus' tests native_histograms.test, histograms.test and quantile_test.go. */
class HistogramEstimateTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double[] FIVE = {2, 3, 0, 1, 4};

    private static NativeBucketsBuilder zero(double count) {
        return NativeBuckets.builder(0).zeroThreshold(0.001).zeroCount(count);
    }

    private static HistogramValue of(double count, double sum, NativeBucketsBuilder buckets) {
        return HistogramValue.builder()
                .count(count)
                .sum(sum)
                .nativeBuckets(buckets.build())
                .build();
    }

    private static HistogramValue classic(double... boundsAndCounts) {
        HistogramValue.Builder histogram = HistogramValue.builder();
        for (int i = 0; i < boundsAndCounts.length; i += 2) {
            histogram.bucket(boundsAndCounts[i], boundsAndCounts[i + 1]);
        }
        return histogram.build();
    }

    private static final Map<String, HistogramValue> NATIVE = Map.ofEntries(
            Map.entry("empty", of(0, 0, NativeBuckets.builder(0))),
            Map.entry("empty custom", of(0, 0, NativeBuckets.builder(-53).customBounds(-2, 3))),
            Map.entry("single", of(4, 5, NativeBuckets.builder(0).positive(0, 1, 2, 1))),
            Map.entry("negative", of(4, -5, NativeBuckets.builder(0).negative(0, 1, 2, 1))),
            Map.entry(
                    "balanced",
                    of(8, 0, NativeBuckets.builder(0).positive(0, 1, 2, 1).negative(0, 1, 2, 1))),
            Map.entry(
                    "only zero",
                    of(1, 0.25, NativeBuckets.builder(0).zeroThreshold(0.5).zeroCount(1))),
            Map.entry("positives", of(12, 100, zero(2).positive(0, FIVE))),
            Map.entry("negatives", of(12, 100, zero(2).negative(0, FIVE))),
            Map.entry("both", of(24, 100, zero(4).positive(0, FIVE).negative(0, FIVE))),
            Map.entry("coarse 1", of(5, 6, NativeBuckets.builder(-1).positive(1, 5))),
            Map.entry("plain 1", of(5, 4, NativeBuckets.builder(0).positive(1, 5))),
            Map.entry("fine 1", of(5, 4, NativeBuckets.builder(1).positive(1, 5))),
            Map.entry("coarse 2", of(5, 6, NativeBuckets.builder(-1).positive(2, 5))),
            Map.entry("plain 2", of(5, 4, NativeBuckets.builder(0).positive(2, 5))),
            Map.entry("fine 2", of(5, 4, NativeBuckets.builder(1).positive(2, 5))),
            Map.entry("coarse -1", of(5, 6, NativeBuckets.builder(-1).negative(1, 5))),
            Map.entry("plain -1", of(5, 4, NativeBuckets.builder(0).negative(1, 5))),
            Map.entry("fine -1", of(5, 4, NativeBuckets.builder(1).negative(1, 5))),
            Map.entry("coarse -2", of(5, 6, NativeBuckets.builder(-1).negative(2, 5))),
            Map.entry("plain -2", of(5, 4, NativeBuckets.builder(0).negative(2, 5))),
            Map.entry("fine -2", of(5, 4, NativeBuckets.builder(1).negative(2, 5))),
            Map.entry(
                    "custom",
                    of(4, 5, NativeBuckets.builder(-53).customBounds(5, 10).positive(0, 1, 2, 1))),
            Map.entry("all NaN", of(3, Double.NaN, NativeBuckets.builder(0))),
            Map.entry("some NaN", of(15, Double.NaN, NativeBuckets.builder(0).positive(0, 12))));

    @ParameterizedTest
    @CsvSource({
        "empty, 0.5, NaN",
        "single, 0.5, 1.414213562373095",
        "negative, 0.5, -1.414213562373095",
        "balanced, 0.5, 0.5",
        "only zero, 0.5, 0",
        "positives, 1.001, Infinity",
        "positives, 1, 16",
        "positives, 0.99, 15.67072476139083",
        "positives, 0.9, 12.99603834169977",
        "positives, 0.6, 4.594793419988138",
        "positives, 0.5, 1.5874010519681994",
        "positives, 0.1, 0.0006",
        "positives, 0, 0",
        "positives, -1, -Infinity",
        "positives, NaN, NaN",
        "positives, 0.08333333333333333, 0.0005",
        "positives, 0.6320802083934297, 6",
        "negatives, 1.001, Infinity",
        "negatives, 1, 0",
        "negatives, 0.99, -0.00006",
        "negatives, 0.9, -0.0006",
        "negatives, 0.5, -1.5874010519681996",
        "negatives, 0.1, -12.996038341699768",
        "negatives, 0, -16",
        "negatives, -1, -Infinity",
        "negatives, 0.9166666666666666, -0.0005",
        "negatives, 0.36791979160657035, -6",
        "both, 1.001, Infinity",
        "both, 1, 16",
        "both, 0.99, 15.34822590920423",
        "both, 0.9, 10.556063286183155",
        "both, 0.7, 1.2030250360821164",
        "both, 0.55, 0.0006",
        "both, 0.5, 0",
        "both, 0.45, -0.0006",
        "both, 0.3, -1.2030250360821169",
        "both, 0.1, -10.556063286183155",
        "both, 0.01, -15.34822590920423",
        "both, 0, -16",
        "both, -1, -Infinity",
        "both, 0.5416666666666666, 0.0005",
        "both, 0.4583333333333333, -0.0005",
        "coarse 1, 0.5, 2",
        "plain 1, 0.5, 1.4142135623730951",
        "fine 1, 0.5, 1.189207115",
        "coarse 2, 0.5, 8",
        "plain 2, 0.5, 2.82842712474619",
        "fine 2, 0.5, 1.6817928305074292",
        "coarse -1, 0.5, -2",
        "plain -1, 0.5, -1.4142135623730951",
        "fine -1, 0.5, -1.189207115",
        "coarse -2, 0.5, -8",
        "plain -2, 0.5, -2.82842712474619",
        "fine -2, 0.5, -1.6817928305074292",
        "custom, 0.5, 7.5",
        "custom, 0, 0",
        "custom, 0.125, 2.5",
        "custom, 0.9, 10",
        "custom, 1, 10",
        "all NaN, 1, NaN",
        "all NaN, 0.4, NaN",
        "some NaN, 1, NaN",
        "some NaN, 0.81, NaN",
        "some NaN, 0.8, 1",
        "some NaN, 0.4, 0.7071067811865475",
    })
    void quantilesOfNativeBuckets(String name, double q, double value) {
        assertNear(NATIVE.get(name).quantile(q), value);
    }

    private static void assertNear(double actual, double expected) {
        if (Double.isFinite(expected)) {
            assertThat(actual).isCloseTo(expected, within(Math.max(1e-16, Math.abs(expected) * 1e-9)));
        } else {
            assertThat((Double) actual).isEqualTo((Double) expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "empty, -Infinity, Infinity, NaN",
        "empty, 0, 8, NaN",
        "empty custom, -Infinity, Infinity, NaN",
        "single, 1, 2, 0.5",
        "single, 0, 8, 1",
        "negative, -2, -1, 0.5",
        "balanced, 0, 4, 0.5",
        "only zero, -0.5, 0.5, 1",
        "coarse 1, 0, 2, 0.5",
        "plain 1, 0, 1.4142135623730951, 0.5",
        "fine 1, 0, 1.189207115002721, 0.5",
        "coarse 2, 0, 8, 0.5",
        "plain 2, 0, 2.82842712474619, 0.5",
        "fine 2, 0, 1.6817928305074292, 0.5",
        "coarse -1, -2, 0, 0.5",
        "plain -1, -1.4142135623730951, 0, 0.5",
        "fine -1, -1.189207115002721, 0, 0.5",
        "coarse -2, -8, 0, 0.5",
        "plain -2, -2.82842712474619, 0, 0.5",
        "fine -2, -1.6817928305074292, 0, 0.5",
        "positives, 0, Infinity, 1",
        "positives, -Infinity, 0, 0",
        "positives, -0.001, 0, 0",
        "positives, 0, 0.001, 0.16666666666666666",
        "positives, 0.001, Infinity, 0.8333333333333334",
        "positives, 0, 0.0005, 0.08333333333333333",
        "positives, -Infinity, -0.001, 0",
        "positives, 1, 2, 0.25",
        "positives, 0, 1.5, 0.4795739585136224",
        "positives, 1.5, 2, 0.10375937481971091",
        "positives, 1, 8, 0.3333333333333333",
        "positives, 0, 6, 0.6320802083934297",
        "positives, 1, 6, 0.29874687506009634",
        "positives, 1.5, 6, 0.15250624987980724",
        "positives, -2, -1, 0",
        "positives, -6, -1.5, 0",
        "positives, 42, 3.1415, 0",
        "positives, 0, 0, 0",
        "positives, 0.000001, 0.000001, 0",
        "positives, 3.1415, NaN, NaN",
        "positives, NaN, 42, NaN",
        "positives, NaN, NaN, NaN",
        "positives, -Infinity, Infinity, 1",
        "negatives, 0, Infinity, 0",
        "negatives, -Infinity, 0, 1",
        "negatives, -0.001, 0, 0.16666666666666666",
        "negatives, 0, 0.001, 0",
        "negatives, -0.0005, 0, 0.08333333333333333",
        "negatives, -Infinity, -0.0005, 0.9166666666666666",
        "negatives, 0.001, Infinity, 0",
        "negatives, -Infinity, -0.001, 0.8333333333333334",
        "negatives, 1, 2, 0",
        "negatives, -2, -1, 0.25",
        "negatives, -2, -1.5, 0.10375937481971091",
        "negatives, -8, -1, 0.3333333333333333",
        "negatives, -Infinity, -6, 0.36791979160657035",
        "negatives, -6, -1, 0.29874687506009634",
        "negatives, -6, -1.5, 0.15250624987980724",
        "both, 0, Infinity, 0.5",
        "both, -Infinity, 0, 0.5",
        "both, -0.001, 0, 0.08333333333333333",
        "both, -0.0005, 0.0005, 0.08333333333333333",
        "both, -Infinity, 0.0005, 0.5416666666666666",
        "both, -Infinity, -0.0005, 0.4583333333333333",
        "both, 0.001, Infinity, 0.4166666666666667",
        "both, 1.5, 2, 0.051879687409855414",
        "both, -2, -1.5, 0.051879687409855456",
        "both, -6, -1.5, 0.07625312493990362",
        "both, 1, 6, 0.14937343753004825",
        "both, -Infinity, Infinity, 1",
        "custom, 5, 10, 0.5",
        "custom, 0, 2.5, 0.125",
        "all NaN, -Infinity, 0.7071067811865475, 0",
        "all NaN, -Infinity, Infinity, 0",
        "some NaN, -Infinity, 0.7071067811865475, 0.4",
        "some NaN, -Infinity, Infinity, 0.8",
        "some NaN, 0.7071067811865475, 5, 0.4",
    })
    void fractionsOfNativeBuckets(String name, double lower, double upper, double fraction) {
        assertNear(NATIVE.get(name).fraction(lower, upper), fraction);
    }

    @Test
    void averages() {
        assertThat(NATIVE.get("single").average()).isEqualTo(1.25);
        assertThat(NATIVE.get("negative").average()).isEqualTo(-1.25);
        assertThat(NATIVE.get("empty").average()).isNaN();
        assertThat(NATIVE.get("empty custom").average()).isNaN();
        assertThat(HistogramValue.builder().count(3).build().average()).isNaN();
        assertThat(classic(1, 2, INFINITY, 4).plus(classic(1, 2, INFINITY, 4)).eventCount())
                .isEqualTo(8);
        assertThat(HistogramValue.builder().sum(5).bucket(INFINITY, 4).build().average())
                .isEqualTo(1.25);
    }

    @Test
    void deviations() {
        assertNear(
                of(4, 10, NativeBuckets.builder(2).positive(0, 1, 0, 0, 0, 1, 0, 0, 1, 1))
                        .variance(),
                1.163807968526718);
        HistogramValue fine = of(10, 10, NativeBuckets.builder(8).positive(0, 1, 2, 3, 4));
        assertNear(fine.variance(), 2.3971123370139447e-05);
        assertNear(fine.standardDeviation(), 0.0048960313898237465);
        NativeBuckets spread = NativeBuckets.builder(3)
                .zeroCount(1)
                .positive(13, 1)
                .positive(24, 1, 0, 1)
                .positive(54, 1)
                .negative(24, 1)
                .negative(46, 1)
                .build();
        HistogramValue.Builder histogram = HistogramValue.builder().count(7).nativeBuckets(spread);
        assertNear(histogram.sum(62).build().variance(), 1844.4651144196398);
        assertThat(histogram.sum(Double.NaN).build().variance()).isNaN();
        assertThat(histogram.sum(INFINITY).build().standardDeviation()).isInfinite();
        assertNear(
                of(
                                10,
                                -112946,
                                NativeBuckets.builder(0)
                                        .negative(0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 3, 0, 0, 0, 1, 0, 0, 1))
                        .variance(),
                759352122.1939945);
        assertNear(of(10, -100, NativeBuckets.builder(0).negative(4, 10)).standardDeviation(), 1.3137084989848);
        assertThat(NATIVE.get("empty").variance()).isNaN();
        HistogramValue.Builder positive = HistogramValue.builder();
        positive.bucket(0, 0).bucket(0.1, 50).bucket(0.2, 70).bucket(1, 110).bucket(INFINITY, 110);
        assertThat(positive.build().variance()).isNaN();
        assertNear(positive.count(110).sum(330).build().variance(), 7.527045454545455);
        assertThat(positive.count(111).build().variance()).isNaN();
    }

    // ---- Classic buckets, each also as custom ones

    private static final Map<String, HistogramValue> CLASSIC = Map.ofEntries(
            Map.entry("positive", classic(0.1, 50, 0.2, 70, 1, 110, INFINITY, 120)),
            Map.entry("negative", classic(-0.2, 10, -0.1, 20, 0.3, 20, INFINITY, 30)),
            Map.entry("two", classic(0, 0, 2, 10, 4, 20, 6, 30, INFINITY, 30)),
            Map.entry("three positive", classic(0, 0, 0.1, 50, 0.2, 70, 1, 110, INFINITY, 110)),
            Map.entry("three negative", classic(-0.25, 0, -0.2, 10, -0.1, 20, 0.3, 20, INFINITY, 20)),
            Map.entry("unsorted", classic(4, 20, 0, 0, INFINITY, 30, 6, 30, 2, 10)),
            Map.entry("to three", classic(1, 1, 2, 3, 3, 6, INFINITY, 100)),
            Map.entry("below", classic(-3, 10, -2, 12, -1, 15, INFINITY, 100)),
            Map.entry("one", classic(INFINITY, 100)),
            Map.entry("nothing", classic(1, 0, 2, 0, 3, 0, INFINITY, 0)),
            Map.entry("fractions", classic(0.5, 2.5, 1, 7.5, INFINITY, 100)),
            Map.entry("across", classic(-2, 5, -1, 10, 0, 15, 1, 20, INFINITY, 100)),
            Map.entry("requests", classic(0.1, 10, 0.2, 19, INFINITY, 25)));

    @ParameterizedTest
    @CsvSource({
        "positive, -0.1, -Infinity",
        "positive, 1.01, Infinity",
        "positive, NaN, NaN",
        "positive, 0, 0",
        "positive, 1, 1",
        "positive, 0.2, 0.048",
        "positive, 0.5, 0.15",
        "positive, 0.8, 0.72",
        "negative, 0, -0.2",
        "negative, 1, 0.3",
        "negative, 0.2, -0.2",
        "negative, 0.5, -0.15",
        "negative, 0.8, 0.3",
        "two, 0.16666666666666666, 1",
        "two, 0.5, 3",
        "two, 0.8333333333333334, 5",
        "unsorted, 0.5, 3",
        "three positive, 0, 0",
        "three positive, 0.25, 0.055",
        "three positive, 0.5, 0.125",
        "three positive, 0.75, 0.45",
        "three positive, 1, 1",
        "three negative, 0, -0.25",
        "three negative, 0.25, -0.225",
        "three negative, 0.5, -0.2",
        "three negative, 0.75, -0.15",
        "three negative, 1, -0.1",
        "requests, 0.3, 0.075",
        "requests, 0.5, 0.1277777777777778",
        "nothing, 0.5, NaN",
    })
    void quantilesOfClassicAndCustomBuckets(String name, double q, double value) {
        HistogramValue classic = CLASSIC.get(name);
        assertNear(classic.quantile(q), value);
        assertNear(classic.toCustomBuckets().quantile(q), value);
    }

    @ParameterizedTest
    @CsvSource({
        "two, 0, 4, 0.6666666666666666",
        "two, 0, 6, 1",
        "two, 0, 3.5, 0.5833333333333334",
        "three positive, 0, 0.2, 0.6363636363636364",
        "three negative, 0, 0.2, 0",
        "to three, 0, 1.5, 0.02",
        "below, -4, -2, 0.02",
        "below, -Infinity, -1.5, 0.135",
        "to three, -Infinity, Infinity, 1",
        "below, -Infinity, Infinity, 1",
        "to three, 4, 5, 0",
        "below, 0, 1, 0",
        "to three, 2, 5, 0.03",
        "to three, 400, Infinity, 0.94",
        "to three, 2, 2, 0",
        "to three, 3, 2, 0",
        "one, 0, 1, 0",
        "nothing, 0, 5, NaN",
        "to three, 2, 3.5, 0.03",
        "to three, 0.5, 2, 0.025",
        "to three, 1, 3, 0.05",
        "fractions, 0.1, 0.75, 0.045",
        "across, -1, 1, 0.1",
        "to three, NaN, 1, NaN",
        "to three, 0, NaN, NaN",
        "to three, -10, -5, 0",
        "to three, 5, 10, 0",
    })
    void fractionsOfClassicAndCustomBuckets(String name, double lower, double upper, double fraction) {
        assertNear(CLASSIC.get(name).fraction(lower, upper), fraction);
        assertNear(CLASSIC.get(name).toCustomBuckets().fraction(lower, upper), fraction);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1})
    void classicBucketsThatSayNothing(double q) {
        assertThat(classic().quantile(q)).isNaN();
        assertThat(classic(1, 5).quantile(q)).isNaN();
        assertThat(classic(INFINITY, 5).quantile(q)).isNaN();
        assertThat(classic().fraction(0, 1)).isNaN();
        assertThat(classic(1, 5).fraction(0, 1)).isNaN();
    }

    /** What rounding did is ignored, and what fell is lifted. */
    @ParameterizedTest
    @CsvSource({
        "15, 15, 1, 15",
        "15, 15, 0.99, 14.85",
        "15, 15, 0.9, 13.5",
        "15, 15, 0.5, 7.5",
        "15.00000000001, 15, 1, 15",
        "15.00000000001, 15, 0.99, 14.85",
        "15.00000000001, 15, 0.5, 7.5",
        "15, 12, 1, 15",
        "15, 12, 0.9, 13.5",
    })
    void countsThatDoNotRise(double at20, double atInfinity, double q, double value) {
        assertNear(
                classic(10, 10, 15, 15, 20, at20, 30, 15, INFINITY, atInfinity).quantile(q), value);
    }

    @ParameterizedTest
    @CsvSource({"1, 64", "0.99, 49.64475715376406", "0.9, 46.39671690938454", "0.5, 31.96098248992002"})
    void countsOfARealHistogram(double q, double value) {
        double[] buckets = {
            1, 6454661.3014166225, 5, 8339611.2001912957, 10, 14118319.2444762159, 25, 14130031.5272856504,
            50, 46001270.3030008227, 64, 46008473.8585563824, 80, 46008473.8585563898, 100, 46008473.8585563824,
            250, 46008473.8585563824, 1000, 46008473.8585563898, INFINITY, 46008473.8585563824
        };
        assertNear(classic(buckets).quantile(q), value);
    }

    @Test
    void bucketsOfOneBoundAreAddedUp() {
        // Different spellings of one bound are different series to Prometheus, which adds them up.
        assertNear(classic(1, 1, 2, 1, 2, 1, 2, 1, INFINITY, 4).quantile(0.5), 1.5);
    }

    // ---- Where we decide

    @Test
    void layoutDoesNotMatter() {
        HistogramValue held = of(3, 1, zero(1).positive(0, 2).negative(0, 0, 0));
        HistogramValue without = of(3, 1, zero(1).positive(0, 2));
        for (double q : new double[] {0, 0.1, 0.2, 0.3, 0.5, 1}) {
            assertThat(held.quantile(q)).isEqualTo(without.quantile(q));
        }
        assertThat(held.fraction(-1, 0.0005)).isEqualTo(without.fraction(-1, 0.0005));
    }

    @Test
    void customBucketsWithoutBoundsAreAtZero() {
        HistogramValue histogram = of(5, 1, NativeBuckets.builder(-53).positive(0, 5));
        assertThat(histogram.quantile(0.3)).isZero();
        assertThat(histogram.quantile(1)).isZero();
    }

    @Test
    void aCustomBucketAroundZeroBeginsAtZeroInFractions() {
        HistogramValue histogram =
                of(4, 1, NativeBuckets.builder(-53).customBounds(-1, 1).positive(1, 4));
        assertThat(histogram.fraction(-1, 0)).isZero();
        assertThat(histogram.fraction(0, 0.5)).isEqualTo(0.5);
        assertThat(histogram.quantile(0.5)).isZero();
        HistogramValue upToZero =
                of(4, 1, NativeBuckets.builder(-53).customBounds(0, 1).positive(0, 4));
        assertThat(upToZero.fraction(0, 1)).isEqualTo(1);
        assertThat(upToZero.fraction(-1, 0)).isZero();
    }

    @Test
    void infinitiesStay() {
        HistogramValue histogram =
                of(4, 1, NativeBuckets.builder(0).positive(1025, 2).negative(1025, 2));
        assertThat(histogram.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(histogram.quantile(0.3)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(histogram.quantile(0.6)).isEqualTo(INFINITY);
        assertThat(histogram.quantile(1)).isEqualTo(INFINITY);
        assertThat(histogram.fraction(0, INFINITY)).isEqualTo(0.5);
        HistogramValue largest = of(1, 1, NativeBuckets.builder(0).positive(1024, 1));
        assertThat(largest.quantile(1)).isEqualTo(Double.MAX_VALUE);
        HistogramValue least = of(1, 1, NativeBuckets.builder(-4).positive(-67, 1));
        assertThat(least.quantile(0.5)).isEqualTo(Math.scalb(1.0, -1073));
        assertThat(least.fraction(0, Math.scalb(1.0, -1073))).isEqualTo(0.5);
    }

    @Test
    void countAndSumMayBeMissing() {
        NativeBuckets buckets = NativeBuckets.builder(0).positive(0, 1, 2, 1).build();
        HistogramValue bare = HistogramValue.builder().nativeBuckets(buckets).build();
        assertThat(bare.eventCount()).isEqualTo(4);
        assertNear(bare.quantile(0.5), Math.sqrt(2));
        assertThat(bare.fraction(1, 2)).isEqualTo(0.5);
        assertThat(bare.variance()).isNaN();
        // Without a sum that says whether there was NaN, more events than in the buckets can only be that.
        HistogramValue more =
                HistogramValue.builder().count(8).nativeBuckets(buckets).build();
        assertThat(more.quantile(0.5)).isEqualTo(4);
        assertThat(more.quantile(0.6)).isNaN();
        assertThat(more.fraction(-INFINITY, INFINITY)).isEqualTo(0.5);
        // With one that says there was none, all that is missing is below.
        HistogramValue wrong =
                HistogramValue.builder().count(8).sum(3).nativeBuckets(buckets).build();
        assertThat(wrong.quantile(0.5)).isEqualTo(0.5);
        assertThat(wrong.quantile(0.125)).isEqualTo(1);
        assertThat(of(8, 3, NativeBuckets.builder(0)).quantile(0.5)).isNaN();
        assertThat(HistogramValue.builder().build().eventCount()).isNaN();
    }

    @Test
    void nativeBucketsGoFirst() {
        HistogramValue both = new HistogramValue(
                4.0,
                5.0,
                classic(1, 0, INFINITY, 4).buckets(),
                NATIVE.get("single").nativeBuckets());
        assertThat(both.quantile(0.5)).isEqualTo(NATIVE.get("single").quantile(0.5));
        assertThat(both.fraction(1, 2)).isEqualTo(0.5);
    }

    @Test
    void defectsAreRefused() {
        HistogramValue histogram = of(1, 1, NativeBuckets.builder(0).zeroThreshold(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> histogram.quantile(0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> histogram.fraction(0, 1));
        assertThatIllegalArgumentException().isThrownBy(histogram::variance);
    }
}
