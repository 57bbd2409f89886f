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
                    family.spot,
                    "no unit for a family of type " + type.keyword(),
                    quote(family.unit));
        }
        String unit = Units.baseUnitAtEnd(family.wireName);
        if (!unitless && family.unit.isEmpty() && unit != null) {
            findings.add(LintRule.MISSING_UNIT, family.spot, "the line # UNIT " + family.wireName + " " + unit, "none");
        }
        if (!isFirst && type == MetricType.INFO && family.wireName.equals("target")) {
            findings.add(
                    LintRule.TARGET_INFO_NOT_FIRST, family.spot, "the info family 'target' first", "other families");
        }
    }
}
