package dev.exposit.conformance.others;

import io.prometheus.metrics.config.OpenMetrics2Properties;
import io.prometheus.metrics.expositionformats.OpenMetrics2TextFormatWriter;
import java.util.List;
import java.util.stream.IntStream;

/** All that can be switched on and off in the Java client's writer of OpenMetrics 2.0; those of older formats have less. */
record JavaClientSettings(
        boolean enabled,
        boolean contentNegotiation,
        boolean compositeValues,
        boolean exemplarCompliance,
        boolean nativeHistograms,
        boolean suffixes,
        boolean createdTimestamps,
        boolean exemplarsOnAllTypes) {
    private static final int SWITCHES = 8;

    /** Every combination. */
    static List<JavaClientSettings> all() {
        return IntStream.range(0, 1 << SWITCHES)
                .mapToObj(JavaClientSettings::of)
                .toList();
    }

    private static JavaClientSettings of(int bits) {
        return new JavaClientSettings(
                (bits & 1) != 0,
                (bits & 2) != 0,
                (bits & 4) != 0,
                (bits & 8) != 0,
                (bits & 16) != 0,
                (bits & 32) != 0,
                (bits & 64) != 0,
                (bits & 128) != 0);
    }

    /** Those that differ in what the writers of OpenMetrics 1.0 and Prometheus text look at. */
    static List<JavaClientSettings> ofOlderFormats() {
        return IntStream.range(0, 4).mapToObj(bits -> of(bits << 6)).toList();
    }

    OpenMetrics2TextFormatWriter openMetrics2() {
        return OpenMetrics2TextFormatWriter.builder()
                .setOpenMetrics2Properties(OpenMetrics2Properties.builder()
                        .enabled(enabled)
                        .contentNegotiation(contentNegotiation)
                        .compositeValues(compositeValues)
                        .exemplarCompliance(exemplarCompliance)
                        .nativeHistograms(nativeHistograms)
                        .suffixes(suffixes)
                        .build())
                .setCreatedTimestampsEnabled(createdTimestamps)
                .setExemplarsOnAllMetricTypesEnabled(exemplarsOnAllTypes)
                .build();
    }

    /** Whether histograms and summaries become samples with suffixes, as in OpenMetrics 1.0. */
    boolean summariesAsSamples() {
        return !compositeValues && !exemplarCompliance;
    }

    boolean histogramsAsSamples() {
        return summariesAsSamples() && !nativeHistograms;
    }
}
