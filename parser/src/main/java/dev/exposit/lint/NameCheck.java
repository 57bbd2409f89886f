package dev.exposit.lint;

import dev.exposit.format.Names;
import dev.exposit.model.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What families are called. */
final class NameCheck extends Check {
    private static final List<String> OPENMETRICS_SUFFIXES =
            List.of("_total", "_created", "_gcount", "_count", "_gsum", "_sum", "_bucket", "_info");

    private static final List<String> OPENMETRICS_2_SUFFIXES = List.of("_count", "_sum", "_gcount", "_gsum", "_bucket");

    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary");

    NameCheck(Findings findings) {
        super(findings);
    }

    @Override
    void leave(LintedFamily family) {
        if (family.returning) {
            return;
        }
        String name = family.wireName;
        if (name.charAt(0) == '_') {
            add(LintRule.RESERVED_NAME, family, "a name that begins with a letter");
        }
        if (name.indexOf(':') >= 0) {
            add(LintRule.COLON_IN_NAME, family, "a name without ':'");
        }
        // Prometheus' own tool minds upper case only behind lower case, OpenMetrics wants snake_case.
        if (isCamelCase(name) || (family.openMetrics && hasUpperCase(name))) {
            add(LintRule.CAMEL_CASE_NAME, family, "a name in snake_case");
        }
        if (name.startsWith("scrape_")) {
            add(LintRule.RESERVED_PREFIX, family, "another prefix than scrape_, myapp_scrape_ for example");
        }
        if (!Names.isLegacyMetricName(name)) {
            add(LintRule.NAME_NEEDS_QUOTES, family, "a name of ASCII letters, digits and '_'");
        }
        suffixes(family);
        words(family);
    }

    private void suffixes(LintedFamily family) {
        String name = family.wireName;
        MetricType type = family.type();
        boolean total = name.endsWith("_total");
        boolean histogram = type == MetricType.HISTOGRAM;
        if (name.endsWith("_timestamp_seconds") && type != MetricType.GAUGE && type != MetricType.UNKNOWN) {
            String expected = "type gauge, or a name without _timestamp_seconds for a " + type.keyword();
            add(LintRule.TIMESTAMP_ON_OTHER_TYPE, family, expected);
        }
        if (type == MetricType.COUNTER && !total) {
            add(LintRule.COUNTER_WITHOUT_TOTAL, family, "a counter's name with _total behind it");
        }
        if (type == MetricType.INFO && !name.endsWith("_info")) {
            add(LintRule.INFO_WITHOUT_SUFFIX, family, "an info's name with _info behind it");
        }
        if (total && type != MetricType.COUNTER && type != MetricType.UNKNOWN) {
            String expected = "type counter, or a name without _total for a " + type.keyword();
            add(LintRule.TOTAL_ON_OTHER_TYPE, family, expected);
        } else if (family.openMetrics) {
            for (String suffix : family.openMetrics2 ? OPENMETRICS_2_SUFFIXES : OPENMETRICS_SUFFIXES) {
                if (name.endsWith(suffix)) {
                    add(LintRule.RESERVED_SUFFIX, family, "a name that does not end with " + suffix);
                    break;
                }
            }
        } else if (type != MetricType.UNKNOWN) {
            boolean countOrSum = name.endsWith("_count") || name.endsWith("_sum");
            boolean reserved = (name.endsWith("_bucket") && !histogram)
                    || (countOrSum && !histogram && type != MetricType.SUMMARY);
            if (reserved) {
                String suffix = name.substring(name.lastIndexOf('_'));
                add(
                        LintRule.RESERVED_SUFFIX,
                        family,
                        "a " + type.keyword() + "'s name that does not end with " + suffix);
            }
        }
    }

    private void words(LintedFamily family) {
        String name = family.wireName;
        MetricType type = family.type();
        List<String> words = words(name);
        boolean named = type != MetricType.UNKNOWN && type != MetricType.INFO;
        boolean unitFound = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String lower = word.toLowerCase(Locale.ROOT);
            if (i > 0 && (TYPES.contains(lower) || (named && lower.equals(type.keyword())))) {
                add(LintRule.TYPE_IN_NAME, family, "a name without the type " + lower);
            }
            if (i > 0 && Units.isAbbreviation(lower)) {
                add(LintRule.ABBREVIATED_UNIT, family, "units spelled out, such as _seconds or _bytes");
            }
            String base = unitFound ? null : Units.baseOf(word);
            if (base != null) {
                // The first unit decides, as in bytes_per_hours.
                unitFound = true;
                if (!base.equals(word)) {
                    add(LintRule.NON_BASE_UNIT, family, "base unit " + base + " instead of " + word);
                }
            }
        }
    }

    private void add(LintRule rule, LintedFamily family, String expected) {
        findings.add(rule, family.spot, expected, quote(family.wireName));
    }

    /** What stands between underscores. */
    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || name.charAt(i) == '_') {
                words.add(name.substring(from, i));
                from = i + 1;
            }
        }
        return words;
    }

    private static boolean hasUpperCase(String name) {
        return name.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
    }

    /** Whether an upper-case letter follows a lower-case one. */
    static boolean isCamelCase(String name) {
        for (int i = 1; i < name.length(); i++) {
            char before = name.charAt(i - 1);
            char c = name.charAt(i);
            if (before >= 'a' && before <= 'z' && c >= 'A' && c <= 'Z') {
                return true;
            }
        }
        return false;
    }
}
