package dev.exposit.lint;

import dev.exposit.model.MetricType;

/** What is said of families, and what is not. */
final class MetadataCheck extends Check {
    private boolean first = true;

    MetadataCheck(Findings findings) {
        super(findings);
    }

    @Override
    void leave(LintedFamily family) {
        boolean isFirst = first;
        first = false;
        if (family.returning) {
            return;
        }
        MetricType type = family.type();
        String name = quote(family.wireName);
        if (family.help.isEmpty()) {
            findings.add(LintRule.MISSING_HELP, family.spot, "a HELP line for " + name, "no help text");
        }
        // Prometheus text has nothing against "untyped", if somebody says so.
        if (type == MetricType.UNKNOWN && (family.openMetrics || !family.hasType)) {
            findings.add(
                    LintRule.MISSING_TYPE,
                    family.spot,
                    "a TYPE line that says what " + name + " is",
                    family.hasType ? "an unknown type" : "none");
        }
        boolean unitless = type == MetricType.INFO || type == MetricType.STATE_SET;
        if (unitless && !family.unit.isEmpty()) {
            findings.add(
                    LintRule.UNIT_NOT_ALLOWED,
                    family.unitSpot,
                    "no unit for a family of type " + type.keyword(),
                    quote(family.unit));
        }
        String stem = stem(family);
        if (!unitless && !family.unit.isEmpty() && !endsWithUnit(stem, family.unit)) {
            String end = "_" + family.unit + (stem.length() < family.wireName.length() ? "_total" : "");
            findings.add(LintRule.UNIT_NOT_IN_NAME, family.unitSpot, "a name that ends with " + quote(end), name);
        }
        String unit = Units.baseUnitAtEnd(stem);
        if (!unitless && family.unit.isEmpty() && unit != null) {
            findings.add(LintRule.MISSING_UNIT, family.spot, "the line # UNIT " + family.wireName + " " + unit, "none");
        }
        if (!isFirst && type == MetricType.INFO && family.exposedName().equals("target_info")) {
            findings.add(
                    LintRule.TARGET_INFO_NOT_FIRST,
                    family.spot,
                    "the info family " + name + " first",
                    "other families");
        }
    }

    /** The name up to what says the type: a unit stands before it. */
    private static String stem(LintedFamily family) {
        String suffix = family.openMetrics2 ? family.type().exposedSuffix() : "";
        String name = family.wireName;
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }

    /** Whether a name ends with a unit, behind an underscore, or a dot as the specification's own example has it. */
    private static boolean endsWithUnit(String name, String unit) {
        int before = name.length() - unit.length() - 1;
        return before >= 0 && name.endsWith(unit) && (name.charAt(before) == '_' || name.charAt(before) == '.');
    }
}
