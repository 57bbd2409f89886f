package dev.exposit.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule on texts that break it and on texts that keep it. */
class LintRuleTest {
    private static final Set<ExpositionFormat> FORMATS =
            Set.of(ExpositionFormat.OPENMETRICS_1, ExpositionFormat.OPENMETRICS_2, ExpositionFormat.PROMETHEUS_TEXT);

    static List<List<String>> rules() {
        return LintTable.rows("lint-rules.tsv");
    }

    static List<List<String>> since() {
        return LintTable.rows("lint-since.tsv");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void ruleFindsWhatBreaksItAndNothingElse(List<String> row) {
        LintReport report = Lint.check(LintTable.bytes(row.get(3)), ReadOptions.of(LintTable.format(row.get(1))));
        assertThat(LintTable.places(report, row.get(0))).isEqualTo(row.get(2));
    }

    @ParameterizedTest
    @MethodSource("since")
    void ruleComparesTwoScrapesInTime(List<String> row) {
        ReadOptions options = ReadOptions.of(LintTable.format(row.get(1)));
        LintReport report = Lint.check(
                LintTable.bytes(row.get(4)), options, Exposition.parse(LintTable.bytes(row.get(3)), options));
        assertThat(LintTable.places(report, row.get(0))).isEqualTo(row.get(2));
    }

    @ParameterizedTest
    @EnumSource(LintRule.class)
    void everyRuleHasRowsOfBothKindsInEachFormatThatHasIt(LintRule rule) {
        Set<String> expected = new TreeSet<>();
        for (ExpositionFormat format : FORMATS) {
            if (rule.severity(format, Dialect.SPEC).isPresent()) {
                expected.add(format + " broken");
                expected.add(format + " kept");
            }
        }
        Set<String> there = new TreeSet<>();
        for (List<List<String>> table : List.of(rules(), since())) {
            for (List<String> row : table) {
                if (row.get(0).equals(rule.name())) {
                    there.add(LintTable.format(row.get(1)) + (row.get(2).equals("-") ? " kept" : " broken"));
                }
            }
        }
        if (rule == LintRule.HIGH_CARDINALITY) {
            assertThat(there).isEmpty(); // Its texts are too long for a table; it has a test below.
        } else {
            assertThat(there).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(LintRule.class)
    void everyRuleSaysWhatToDoAndWhereItComesFrom(LintRule rule) {
        assertThat(rule.help()).endsWith(".").hasSizeGreaterThan(20);
        assertThat(rule.reference())
                .containsAnyOf("OpenMetrics, ", "OpenMetrics 1.0, ", "OpenMetrics 2.0, ", "Prometheus", "promlint, ");
    }

    @Test
    void noRuleHasTheNameOfAnErrorCodeOfTheReader() {
        assertThat(Arrays.stream(LintRule.values()).map(Enum::name))
                .doesNotContainAnyElementsOf(
                        Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void inDialectPrometheusEveryRuleOnlyWarns(List<String> row) {
        ReadOptions options = ReadOptions.of(LintTable.format(row.get(1))).withDialect(Dialect.PROMETHEUS);
        Set<String> rules = new TreeSet<>();
        for (LintRule rule : LintRule.values()) {
            rules.add(rule.name());
        }
        for (Problem problem : Lint.check(LintTable.bytes(row.get(3)), options).problems()) {
            if (rules.contains(problem.code())) {
                assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LabelCheck.MANY_VALUES, LabelCheck.MANY_VALUES + 1, 3 * LabelCheck.MANY_VALUES})
    void labelsWithVeryManyValuesAreToldOnceAFamily(int values) {
        StringBuilder text = new StringBuilder("# TYPE a gauge\n");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < values; i++) {
                text.append("a{r=\"").append(round).append("\",b=\"").append(i).append("\"} 1\n");
            }
        }
        LintReport report = Lint.check(
                text.toString().getBytes(StandardCharsets.UTF_8), ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT));
        String where = values <= LabelCheck.MANY_VALUES ? "-" : (LabelCheck.MANY_VALUES + 2) + ":12";
        assertThat(LintTable.places(report, "HIGH_CARDINALITY")).isEqualTo(where);
    }
}
