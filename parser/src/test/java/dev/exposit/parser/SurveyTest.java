package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyTest {
    private static final ReadOptions PROMETHEUS = Families.PROMETHEUS_TEXT.withRecovery(Recovery.SKIP_LINE);
    private static final ReadOptions OPEN_METRICS = Families.OPENMETRICS.withRecovery(Recovery.SKIP_LINE);

    private static Survey survey(String text, ReadOptions options) {
        return Survey.of(ExpositionReader.open(text.getBytes(StandardCharsets.UTF_8), options));
    }

    @Test
    void namesAndTypesInOrder() {
        String text = """
                        z 1
                        # HELP h x
                        # c
                        # TYPE h histogram
                        h_sum 1
                        h_count 1
                        # TYPE c counter
                        # TYPE a_total counter
                        a_total 1
                        """;
        Survey survey = survey(text, PROMETHEUS);
        assertThat(survey.outline().types())
                .containsExactly(
                        entry("z", MetricType.UNKNOWN),
                        entry("h", MetricType.HISTOGRAM),
                        entry("c", MetricType.COUNTER),
                        entry("a_total", MetricType.COUNTER));
        assertThat(survey.scattered()).isFalse();
    }

    @Test
    void exposedNamesOfOpenMetrics() {
        String text = """
                        # HELP c x
                        # TYPE c counter
                        c_total 1
                        c_created 1
                        # TYPE i info
                        # UNIT g_s s
                        g_s 1
                        # HELP j x
                        # TYPE j info
                        j_info 1
                        # EOF
                        """;
        Survey survey = survey(text, OPEN_METRICS);
        assertThat(survey.outline().types())
                .containsExactly(
                        entry("c_total", MetricType.COUNTER),
                        entry("i_info", MetricType.INFO),
                        entry("g_s", MetricType.UNKNOWN),
                        entry("j_info", MetricType.INFO));
        assertThat(survey.scattered()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1\nb 1\na{x=\"1\"} 1\n",
                "a 1\n# HELP a x\n",
                "a 1\n# TYPE a gauge\n",
                "# TYPE h histogram\nh_sum 1\nb 1\nh_count 1\n",
                "# TYPE s summary\ns_sum 1\nb 1\ns{quantile=\"1\"} 1\n",
                "# HELP a x\nb 1\na 1\n",
                "# HELP a x\nb 1\n# TYPE a gauge\n",
                "# TYPE h histogram\nb 1\nh_bucket{le=\"1\"} 1\n",
            })
    void scattered(String text) {
        assertThat(survey(text, PROMETHEUS).scattered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# c\n",
                "a 1\na{x=\"1\"} 1\nb 1\n",
                "# HELP a x\n# TYPE a gauge\n",
                "# TYPE h histogram\nh_sum 1\nh_count 1\nh_created 1\nh_total 1\n",
                "# TYPE a gauge\na 1\na_sum 1\na_count 1\n",
                "# TYPE a counter\na 1\na_total 1\n",
            })
    void notScattered(String text) {
        assertThat(survey(text, PROMETHEUS).scattered()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# TYPE c counter\nc_total 1\nb 1\nc_total{x=\"1\"} 1\n",
                "# TYPE c counter\nc_total 1\nb 1\nc_created 1\n",
                "# TYPE g gaugehistogram\ng_gcount 1\nb 1\ng_gsum 1\n",
                "# TYPE i info\ni_info 1\nb 1\ni_info{x=\"1\"} 1\n",
                "a 1\n# UNIT a \n",
            })
    void openMetricsScattered(String text) {
        assertThat(survey(text + "# EOF\n", OPEN_METRICS).scattered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# TYPE c counter\nc_total 1\nc_x 1\n# TYPE d counter\nd_total 1\n",
                "# TYPE h histogram\nh_count 1\nh_gsum 1\n",
                "c_total 1\nc 1\nc_created 1\n",
            })
    void openMetricsNotScattered(String text) {
        assertThat(survey(text + "# EOF\n", OPEN_METRICS).scattered()).isFalse();
    }

    @Test
    void errorsEndASurveyAsTheyEndReading() {
        assertThatThrownBy(() -> survey("a 1\nb\n", Families.PROMETHEUS_TEXT))
                .isInstanceOf(ExpositionSyntaxException.class);
    }

    /** What a survey is for: where nothing is scattered, reading family by family gives what merging gives. */
    @ParameterizedTest
    @MethodSource("texts")
    void whereNothingIsScatteredNothingNeedsMerging(BufferBorderTest.Text text) {
        ReadOptions options = text.options().withRecovery(Recovery.SKIP_LINE);
        Survey survey = Survey.of(ExpositionReader.open(text.bytes(), options));
        List<MetricFamily> merged = Families.merge(text.bytes(), options).families();
        Map<String, MetricType> types = new LinkedHashMap<>();
        merged.forEach(family -> types.put(family.name(), family.type()));
        if (!survey.scattered()) {
            assertThat(Families.read(text.bytes(), options).families()).isEqualTo(merged);
            assertThat(survey.outline().types()).isEqualTo(types);
        }
        assertThat(survey.outline().types().keySet()).containsAll(types.keySet());
    }

    static Stream<BufferBorderTest.Text> texts() {
        return BufferBorderTest.texts();
    }
}
