package dev.exposit.parser;

import static dev.exposit.parser.Families.OPENMETRICS;
import static dev.exposit.parser.Families.merge;
import static dev.exposit.parser.Families.raw;
import static dev.exposit.parser.Families.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that OpenMetrics 1.0 has for whole families, and what becomes of what breaks them. */
class FamilyReaderRulesTest {
    private static final ReadOptions SKIP = OPENMETRICS.withRecovery(Recovery.SKIP_LINE);

    private static Timestamp time(String seconds) {
        return Timestamp.ofSeconds(new BigDecimal(seconds));
    }

    /** A sample kept raw leaves no empty point behind. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stateset | a{a=\"x\"} 2 1 | a{a=\"x\"} 1 2 | a{a=\"x\"} 2.0 @1",
                "info | a_info 0 1 | a_info 1 2 | a_info{} 0.0 @1",
                "histogram | a_bucket{le=\"x\"} 1 1 | a_count 1 2 | a_bucket{le=\"x\"} 1.0 @1",
                "summary | a{quantile=\"x\"} 1 1 | a_count 1 2 | a{quantile=\"x\"} 1.0 @1",
            })
    void aPointOfWhichNothingIsLeftIsNone(String type, String odd, String fine, String kept) {
        String text = "# TYPE a " + type + "\n" + odd + "\n" + fine + "\n# EOF\n";
        Families found = read(text, SKIP);
        assertThat(raw(found.only())).containsExactly(kept);
        assertThat(found.only().metrics()).hasSize(2);
        assertThat(found.only().metrics().get(0).points())
                .singleElement()
                .satisfies(point -> assertThat(point.timestamp()).isEqualTo(time("2")));
        assertThat(merge(text, SKIP).families()).isEqualTo(found.families());
    }

    @Test
    void metricPointsMustNotBeInterleaved() {
        String text = "# TYPE s summary\ns_count 1 123\ns_count 2 456\ns_sum 3 123\ns_sum 4 456\n# EOF\n";
        assertThatThrownBy(() -> read(text, OPENMETRICS)).hasMessageContaining("MIXED_TIMESTAMPS");
        Families found = read(text, SKIP);
        assertThat(raw(found.only())).containsExactly("s_sum{} 3.0 @123");
        assertThat(found.only().metrics().get(0).points())
                .containsExactly(
                        Point.of(SummaryValue.builder().count(1).build()).at(time("123")),
                        Point.of(SummaryValue.builder().count(2).sum(4).build()).at(time("456")));
    }

    @Test
    void metricsMustNotBeInterleaved() {
        String text = "a{x=\"1\"} 1 1\na{x=\"2\"} 2 1\na{x=\"1\"} 3 2\n# EOF\n";
        assertThatThrownBy(() -> read(text, OPENMETRICS)).hasMessageContaining("METRIC_INTERLEAVED");
        Families found = merge(text, SKIP);
        assertThat(raw(found.only())).containsExactly("a{x=\"1\"} 3.0 @2");
        assertThat(found.only().metrics()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "counter | a 1 | a{} 1.0 | UNEXPECTED_SAMPLE",
                "histogram | a 1 5 | a{} 1.0 @5 | UNEXPECTED_SAMPLE",
                "histogram | a_bucket{le=\"x\"} 1 | a_bucket{le=\"x\"} 1.0 | INVALID_BOUND",
                "gaugehistogram | a_bucket 1 | a_bucket{} 1.0 | MISSING_LABEL",
                "summary | a 1 | a{} 1.0 | MISSING_LABEL",
                "stateset | a{b=\"c\"} 1 | a{b=\"c\"} 1.0 | MISSING_LABEL",
                "stateset | a{a=\"c\"} 0.5 | a{a=\"c\"} 0.5 | INVALID_STATE",
                "info | a_info{b=\"c\"} 0 | a_info{b=\"c\"} 0.0 | INVALID_STATE",
            })
    void whatDoesNotFitItsTypeIsAnErrorAndStaysRaw(String type, String line, String kept, String code) {
        String text = "# TYPE a " + type + "\n" + line + "\n# EOF\n";
        assertThatThrownBy(() -> read(text, OPENMETRICS)).hasMessageContaining(code);
        Families found = read(text, SKIP);
        assertThat(found.problemCodes()).containsExactly(code);
        assertThat(raw(found.only())).containsExactly(kept);
        assertThat(found.only().metrics()).hasSize(1);
    }

    @Test
    void aRawSampleKeepsItsExemplar() {
        Families found = read("# TYPE a counter\na_total 1\na_total 2 # {t=\"x\"} 3\n# EOF\n", SKIP);
        Metric raw = found.only().metrics().get(1);
        assertThat(raw.point().exemplars()).containsExactly(new Exemplar(Labels.of("t", "x"), 3, null));
    }

    // ---- Families that stand apart or get into each other's way

    @Test
    void aFamilyThatComesBackIsMergedUnderItsExposedName() {
        String text = """
                        # TYPE a counter
                        a_total 1
                        # TYPE b gauge
                        b 1
                        # TYPE a counter
                        # HELP a x
                        a_total{y="1"} 2
                        a_created{y="1"} 3
                        # EOF
                        """;
        Families found = merge(text, SKIP);
        assertThat(found.family("a_total"))
                .isEqualTo(MetricFamily.builder("a_total", MetricType.COUNTER)
                        .help("x")
                        .add(1)
                        .add(Point.of(2).startedAt(time("3")), "y", "1")
                        .build());
        assertThat(found.names()).containsExactly("a_total", "b");
        assertThat(found.problemCodes()).containsExactly("FAMILY_REOPENED");
    }

    @Test
    void aStartTimeAloneIsNotLostInAClash() {
        String text = "x_total{a=\"b\"} 1\n# TYPE x counter\nx_created{a=\"b\"} 7 5\n# EOF\n";
        Families found = merge(text, SKIP);
        assertThat(found.only().metrics()).hasSize(2);
        assertThat(raw(found.only())).containsExactly("x_created{a=\"b\"} 7.0 @5");
    }

    @Test
    void severalPointsInAClashComeOnce() {
        String text = "x_total{a=\"b\"} 1\n# TYPE x counter\nx_total{a=\"c\"} 1 1\nx_total{a=\"c\"} 2 2\n# EOF\n";
        Families found = merge(text, SKIP);
        assertThat(found.only().metrics()).hasSize(3);
        assertThat(raw(found.only())).containsExactly("x_total{a=\"c\"} 1.0 @1", "x_total{a=\"c\"} 2.0 @2");
    }

    /** Two families by their names on the wire, one by their exposed names: a set has each name once. */
    @ParameterizedTest
    @CsvSource({"counter, _total", "info, _info"})
    void twoFamiliesWithOneExposedName(String type, String suffix) {
        for (String order : new String[] {"ab", "ba"}) {
            String a = "# TYPE x " + type + "\nx" + suffix + "{l=\"a\"} 1\n";
            String b = "# TYPE x" + suffix + " gauge\nx" + suffix + "{l=\"b\"} 2\n";
            String text = (order.equals("ab") ? a + b : b + a) + "# EOF\n";
            assertThatThrownBy(() -> Exposition.parse(text, OPENMETRICS)).hasMessageContaining("CLASHING_NAME");
            for (ReadOptions options : new ReadOptions[] {SKIP, OPENMETRICS.withDialect(Dialect.PROMETHEUS)}) {
                MetricSet set = Exposition.parse(text, options);
                assertThat(set.stream()
                                .mapToInt(family -> family.metrics().size())
                                .sum())
                        .as("%s", set)
                        .isEqualTo(2);
                assertThat(set.family("x" + suffix)).isPresent();
            }
        }
    }

    @Test
    void aClashIsReportedAndTheFamiliesStayApart() {
        Families found = merge("# TYPE a counter\na_total 1\n# TYPE a_created gauge\na_created 2\n# EOF\n", SKIP);
        assertThat(found.problemCodes()).containsExactly("CLASHING_NAME");
        assertThat(found.family("a_created").metric().orElseThrow().value()).isEqualTo(new NumberValue(2));
        assertThat(found.family("a_total").metric().orElseThrow().value()).isEqualTo(new NumberValue(1));
    }

    @Test
    void metadataAfterSamplesIsTaken() {
        Families found = read("a_s 1\n# HELP a_s x\n# UNIT a_s s\na_s{b=\"c\"} 2\n# EOF\n", SKIP);
        assertThat(found.only())
                .isEqualTo(MetricFamily.builder("a_s", MetricType.UNKNOWN)
                        .help("x")
                        .unit("s")
                        .add(1)
                        .add(2, "b", "c")
                        .build());
    }
}
