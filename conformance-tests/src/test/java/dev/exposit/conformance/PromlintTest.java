package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.lint.Lint;
import dev.exposit.lint.LintReport;
import dev.exposit.lint.LintRule;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever {@code promtool check metrics} has to say of a text, lint says as well, at the same metric. */
class PromlintTest {
    /** The tool's messages by a part of them, and our rules. */
    private static final Map<String, LintRule> RULES = new LinkedHashMap<>();

    static {
        RULES.put("no help text", LintRule.MISSING_HELP);
        RULES.put("use base unit", LintRule.NON_BASE_UNIT);
        RULES.put("counter metrics should have \"_total\" suffix", LintRule.COUNTER_WITHOUT_TOTAL);
        RULES.put("non-counter metrics should not have \"_total\" suffix", LintRule.TOTAL_ON_OTHER_TYPE);
        RULES.put("should not have \"_bucket\" suffix", LintRule.RESERVED_SUFFIX);
        RULES.put("should not have \"_count\" suffix", LintRule.RESERVED_SUFFIX);
        RULES.put("should not have \"_sum\" suffix", LintRule.RESERVED_SUFFIX);
        RULES.put("should not have \"le\" label", LintRule.BOUND_ON_OTHER_TYPE);
        RULES.put("should not have \"quantile\" label", LintRule.BOUND_ON_OTHER_TYPE);
        RULES.put("metric name should not include type", LintRule.TYPE_IN_NAME);
        RULES.put("metric names should not contain ':'", LintRule.COLON_IN_NAME);
        RULES.put("metric names should be written in 'snake_case'", LintRule.CAMEL_CASE_NAME);
        RULES.put("label names should be written in 'snake_case'", LintRule.CAMEL_CASE_LABEL);
        RULES.put("should not contain abbreviated units", LintRule.ABBREVIATED_UNIT);
        // Newer tools only.
        RULES.put("should not have \"_timestamp_seconds\" suffix", LintRule.TIMESTAMP_ON_OTHER_TYPE);
    }

    private static final String ALL_AT_ONCE = """
            # TYPE a_milliseconds gauge
            a_milliseconds 1
            # HELP b B.
            # TYPE b counter
            b{fooBar="1"} 1
            # HELP c_total C.
            # TYPE c_total gauge
            c_total{le="1",quantile="1"} 1
            # HELP d_bucket D.
            # TYPE d_bucket gauge
            d_bucket 1
            # HELP e_count E.
            # TYPE e_count counter
            e_count 1
            # HELP f_sum F.
            # TYPE f_sum gauge
            f_sum 1
            # HELP g_Counter:x G.
            # TYPE g_Counter:x untyped
            g_Counter:x 1
            # HELP h_summary_b H.
            h_summary_b 1
            # HELP i_ms_iJ I.
            i_ms_iJ 1
            """;

    @Test
    void textWithEveryMistakeIsJudgedAlike() throws Exception {
        Set<LintRule> told = compare(ALL_AT_ONCE.getBytes(StandardCharsets.UTF_8));
        Set<LintRule> all = EnumSet.copyOf(RULES.values());
        all.remove(LintRule.TIMESTAMP_ON_OTHER_TYPE);
        assertThat(told).containsAll(all);
    }

    @TestFactory
    List<DynamicTest> publicTextsAreJudgedAlike() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (var file : Outside.files("corpus/public", "")) {
            String name = file.getFileName().toString();
            if (!name.equals("MANIFEST.tsv") && !name.contains("openmetric") && !name.contains(".om.")) {
                tests.add(DynamicTest.dynamicTest(name, () -> compare(Files.readAllBytes(file))));
            }
        }
        return tests;
    }

    /** Fails if lint lacks something that the tool tells; answers the rules the tool told of. */
    private static Set<LintRule> compare(byte[] text) throws Exception {
        Outside.Ended promtool = Outside.promtool(text);
        Set<LintRule> told = EnumSet.noneOf(LintRule.class);
        if (promtool.status() != 3) {
            return told; // Nothing to tell, or cannot be read.
        }
        LintReport report = Lint.check(
                text,
                ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT)
                        .withDialect(Dialect.PROMETHEUS)
                        .withLimits(ReadLimits.defaults().with(ReadLimits.Limit.PROBLEMS, 1_000_000)));
        String[] lines = new String(text, StandardCharsets.UTF_8).split("\n", -1);
        List<String> missing = new ArrayList<>();
        for (String line : promtool.output().lines().toList()) {
            int blank = line.indexOf(' ');
            String metric = line.substring(0, blank);
            LintRule rule = rule(line.substring(blank + 1));
            told.add(rule);
            if (report.problems().stream()
                    .noneMatch(problem -> problem.code().equals(rule.name())
                            && lines[(int) problem.location().line() - 1].contains(metric))) {
                missing.add(line + ": no " + rule);
            }
        }
        assertThat(missing).isEmpty();
        return told;
    }

    private static LintRule rule(String message) {
        String plain = message.replace("\\", "");
        for (Map.Entry<String, LintRule> known : RULES.entrySet()) {
            boolean more = known.getValue() == LintRule.COUNTER_WITHOUT_TOTAL && plain.startsWith("non-");
            if (plain.contains(known.getKey()) && !more) {
                return known.getValue();
            }
        }
        throw new AssertionError("promtool says something new: " + message);
    }
}
