package dev.exposit.lint;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Families that stay apart in OpenMetrics 2.0 only: in older formats their samples would have the same names. */
final class SuffixCheck extends Check {
    /** Families by the names that their samples have in OpenMetrics 1.0. */
    private final Map<String, String> owners = new HashMap<>();

    SuffixCheck(Findings findings) {
        super(findings);
    }

    @Override
    void leave(LintedFamily family) {
        if (family.returning) {
            return;
        }
        String told = null;
        for (String name : sampleNames(family)) {
            String owner = owners.putIfAbsent(name, family.wireName);
            if (owner != null && told == null) {
                told = name;
                findings.add(
                        LintRule.SUFFIX_COLLISION,
                        family.spot,
                        "samples that keep names of their own in OpenMetrics 1.0",
                        quote(name) + ", which is one of " + quote(owner) + " as well");
            }
        }
    }

    private static List<String> sampleNames(LintedFamily family) {
        MetricType type = family.type();
        String name = family.wireName;
        if (!name.endsWith(type.exposedSuffix())) {
            return List.of(name); // It could only be written as unknown.
        }
        String stem = name.substring(0, name.length() - type.exposedSuffix().length());
        List<String> names = new ArrayList<>();
        for (SampleRole role : type.roles()) {
            names.add(stem + role.suffix());
        }
        return names;
    }
}
