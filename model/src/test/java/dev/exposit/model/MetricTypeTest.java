package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTypeTest {

    /** OpenMetrics 1.0, "Suffixes"; a blank stands for the sample without one. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    COUNTER,         counter,        _total, '_total _created'
                    GAUGE,           gauge,          '',     ''
                    HISTOGRAM,       histogram,      '',     '_bucket _count _sum _created'
                    GAUGE_HISTOGRAM, gaugehistogram, '',     '_bucket _gcount _gsum'
                    SUMMARY,         summary,        '',     ' _count _sum _created'
                    INFO,            info,           _info,  '_info'
                    STATE_SET,       stateset,       '',     ''
                    UNKNOWN,         unknown,        '',     ''
                    """)
    void theTable(MetricType type, String keyword, String exposedSuffix, String suffixes) {
        assertThat(type.keyword()).isEqualTo(keyword);
        assertThat(type.exposedSuffix()).isEqualTo(exposedSuffix);
        assertThat(String.join(
                        " ", type.roles().stream().map(SampleRole::suffix).toList()))
                .isEqualTo(suffixes);
    }

    @Test
    void theTableAboveIsWhole() {
        assertThat(MetricType.values()).hasSize(8);
    }

    @ParameterizedTest
    @EnumSource
    void keywordsLeadBack(MetricType type) {
        assertThat(MetricType.byKeyword(type.keyword())).contains(type);
        assertThat(MetricType.byKeyword(type.name())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "untyped",
                "Counter",
                "COUNTER",
                " counter",
                "counter ",
                "count",
                "counters",
                "gauge_histogram",
                "GAUGE_HISTOGRAM",
                "gaugeHistogram",
                "state_set",
                "ınfo",
            })
    void otherKeywordsAreNone(String keyword) {
        assertThat(MetricType.byKeyword(keyword)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "VALUE, ''",
        "TOTAL, _total",
        "CREATED, _created",
        "COUNT, _count",
        "SUM, _sum",
        "BUCKET, _bucket",
        "GCOUNT, _gcount",
        "GSUM, _gsum",
        "INFO, _info",
    })
    void suffixes(SampleRole role, String suffix) {
        assertThat(role.suffix()).isEqualTo(suffix);
    }

    @Test
    void everyRoleHasASuffixOfItsOwnAndAType() {
        assertThat(SampleRole.values()).extracting(SampleRole::suffix).doesNotHaveDuplicates();
        assertThat(Arrays.stream(MetricType.values()).flatMap(type -> type.roles().stream()))
                .contains(SampleRole.values());
    }
}
