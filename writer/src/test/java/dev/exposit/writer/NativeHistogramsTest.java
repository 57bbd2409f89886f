package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One native histogram in the model, in each form in each format. */
class NativeHistogramsTest {
    /** Two events at 0, one up to 2, two more up to 4. */
    private static final NativeBuckets BUCKETS =
            NativeBuckets.builder(0).zeroCount(2).positive(1, 1, 2).build();

    private static HistogramValue.Builder histogram(double count) {
        return HistogramValue.builder().count(count).sum(9);
    }

    private static MetricFamily family(HistogramValue.Builder value) {
        return MetricFamily.builder("x", MetricType.HISTOGRAM)
                .add(value.build())
                .build();
    }

    private static Written written(ExpositionFormat format, NativeHistograms form, HistogramValue.Builder value) {
        WriteOptions options =
                WriteOptions.builder(format).nativeHistograms(form).build();
        return Written.of(options, MetricSet.of(family(value)));
    }

    /** Refuses whatever was not asked for. */
    private static Written strict(ExpositionFormat format, HistogramValue.Builder value) {
        WriteOptions options = WriteOptions.builder(format)
                .nativeHistograms(NativeHistograms.CLASSIC)
                .onLoss(LossPolicy.FAIL)
                .build();
        return Written.of(options, MetricSet.of(family(value)));
    }

    @Test
    void asTheyAreInOpenMetrics2() {
        Written written = written(
                ExpositionFormat.OPENMETRICS_2,
                NativeHistograms.BY_FORMAT,
                histogram(5).nativeBuckets(BUCKETS));

        assertThat(written.text()).contains("x {count:5,sum:9,schema:0,zero_threshold:0,zero_count:2,");
        assertThat(written.losses()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"PROMETHEUS_TEXT", "PROMETHEUS_TEXT_0_0_4", "OPENMETRICS_1"})
    void leftOutWhereTheFormatHasNone(ExpositionFormat format) {
        Written written =
                written(format, NativeHistograms.BY_FORMAT, histogram(5).nativeBuckets(BUCKETS));

        assertThat(written.text()).contains("x_count 5").doesNotContain("bucket");
        assertThat(written.losses()).contains("NATIVE_BUCKETS x: native buckets left out");
    }

    @Test
    void asClassicOnesOnRequest() {
        HistogramValue.Builder value = histogram(5).nativeBuckets(BUCKETS);

        assertThat(strict(ExpositionFormat.OPENMETRICS_2, value).text()).isEqualTo("""
                # TYPE x histogram
                x {count:5,sum:9,bucket:[0:2,1:2,2:3,4:5,+Inf:5]}
                # EOF
                """);
        assertThat(strict(ExpositionFormat.OPENMETRICS_1, value).text()).isEqualTo("""
                # TYPE x histogram
                x_bucket{le="0.0"} 2.0
                x_bucket{le="1.0"} 2.0
                x_bucket{le="2.0"} 3.0
                x_bucket{le="4.0"} 5.0
                x_bucket{le="+Inf"} 5.0
                x_count 5.0
                x_sum 9.0
                # EOF
                """);
        assertThat(strict(ExpositionFormat.PROMETHEUS_TEXT, value).text()).isEqualTo("""
                # TYPE x histogram
                x_bucket{le="0"} 2
                x_bucket{le="1"} 2
                x_bucket{le="2"} 3
                x_bucket{le="4"} 5
                x_bucket{le="+Inf"} 5
                x_sum 9
                x_count 5
                """);
    }

    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void whatClassicOnesCannotSayIsReportedButNeverRefused(ExpositionFormat format) {
        assertThat(strict(format, histogram(5).nativeBuckets(BUCKETS)).losses())
                .containsExactly("NATIVE_BUCKETS x: native buckets written as classic ones,"
                        + " zero bucket joined with what is below it");
        assertThat(strict(format, histogram(6).nativeBuckets(BUCKETS)).losses())
                .containsExactly("NATIVE_BUCKETS x: native buckets written as classic ones,"
                        + " zero bucket joined with what is below it, events in no bucket counted as +Inf");
    }

    @Test
    void asClassicOnesTheyBecomeOneWithTheirGaugeOfStarts() {
        WriteOptions options = WriteOptions.builder(ExpositionFormat.OPENMETRICS_1)
                .nativeHistograms(NativeHistograms.CLASSIC)
                .build();
        MetricFamily created =
                MetricFamily.builder("x_created", MetricType.GAUGE).add(1.5).build();

        Written written = Written.of(options, MetricSet.of(family(histogram(5).nativeBuckets(BUCKETS)), created));

        assertThat(written.text()).startsWith("# TYPE x histogram\n").endsWith("x_sum 9.0\nx_created 1.5\n# EOF\n");
        assertThat(written.lossKinds()).containsExactly("START_TIMESTAMP x_created", "NATIVE_BUCKETS x");
    }

    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void classicOnesThatAreThereStay(ExpositionFormat format) {
        Written written =
                strict(format, histogram(5).nativeBuckets(BUCKETS).bucket(3, 4).bucket(Double.POSITIVE_INFINITY, 5));

        assertThat(written.text()).contains("3").contains("+Inf").doesNotContain("schema");
        assertThat(written.losses()).containsExactly("NATIVE_BUCKETS x: native buckets left out");
    }

    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void whatNoFormNeedLoseIsRefused(ExpositionFormat format) {
        HistogramValue.Builder tooFew = histogram(4).nativeBuckets(BUCKETS);
        HistogramValue.Builder senseless = histogram(5)
                .nativeBuckets(
                        NativeBuckets.builder(0).zeroThreshold(-1).zeroCount(5).build());

        assertThatThrownBy(() -> strict(format, tooFew))
                .isInstanceOf(LossRefusedException.class)
                .hasMessageContaining("events beyond the count left out");
        assertThatThrownBy(() -> strict(format, senseless))
                .isInstanceOf(LossRefusedException.class)
                .hasMessageContaining(
                        "native buckets left out: the zero threshold must be at least 0 and finite, got -1.0");
    }

    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void customOnesBecomeClassicOnesInAnyForm(ExpositionFormat format) {
        NativeBuckets custom = NativeBuckets.builder(NativeBuckets.CUSTOM_BUCKETS)
                .customBounds(0.5)
                .positive(0, 1, 2)
                .build();
        for (NativeHistograms form : NativeHistograms.values()) {
            assertThat(written(format, form, histogram(3).nativeBuckets(custom)).losses())
                    .containsExactly("NATIVE_BUCKETS x: custom buckets written as classic ones");
            assertThat(written(format, form, histogram(4).nativeBuckets(custom)).losses())
                    .containsExactly("NATIVE_BUCKETS x: custom buckets written as classic ones,"
                            + " events in no bucket counted as +Inf");
        }
    }
}
