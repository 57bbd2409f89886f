package dev.exposit.grammar;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which lines belong to which family, and checks that they stand together, metadata first and each kind of it
 * once.
 *
 * <p>Specification: Prometheus text, "Comments, help text, and type information" and "Grouping and sorting"; OpenMetrics
 * 1.0 and 2.0, "MetricFamily" and "MetricFamily metadata".
 */
final class Grouping {
    private final SourceText text;
    /** The samples by whose suffixes a family of a type is told; none where samples have the family's own name. */
    private final Function<MetricType, List<SampleRole>> roles;
    /** Whether no two families may have samples of one name (OpenMetrics 1.0, "Name"). */
    private final boolean clashing;

    private final Map<String, FamilyLines> families = new LinkedHashMap<>();
    private final Set<String> claimed = new HashSet<>();
    private @Nullable FamilyLines current;

    private Grouping(SourceText text, Function<MetricType, List<SampleRole>> roles, boolean clashing) {
        this.text = text;
        this.roles = roles;
        this.clashing = clashing;
    }

    static List<FamilyLines> of(
            SourceText text, List<Line> lines, Function<MetricType, List<SampleRole>> roles, boolean clashing) {
        Grouping grouping = new Grouping(text, roles, clashing);
        lines.forEach(grouping::take);
        return new ArrayList<>(grouping.families.values());
    }

    private void take(Line line) {
        FamilyLines family = current;
        if (family == null || !belongsTo(family, line)) {
            family = enter(line);
            current = family;
        }
        if (line instanceof Line.Sample sample) {
            family.samples.add(sample);
        } else if (line instanceof Line.Type type) {
            refuseRepeated(family, family.hasType, line);
            family.hasType = true;
            family.type = type.type();
            claimSuffixes(family, line);
        } else if (line instanceof Line.Help help) {
            refuseRepeated(family, family.hasHelp, line);
            family.hasHelp = true;
            family.help = help.text();
        } else if (line instanceof Line.Unit unit) {
            refuseRepeated(family, family.hasUnit, line);
            family.hasUnit = true;
            family.unit = unit.unit();
        }
    }

    private void refuseRepeated(FamilyLines family, boolean known, Line line) {
        if (known) {
            throw text.error(line.at(), "a second line of its kind for '" + family.name + "'");
        }
        if (!family.samples.isEmpty()) {
            throw text.error(line.at(), "metadata of '" + family.name + "' after a sample of it");
        }
    }

    private boolean belongsTo(FamilyLines family, Line line) {
        return line.name().equals(family.name) || (line instanceof Line.Sample && hasSuffix(family, line.name()));
    }

    /** Whether a sample's name is the family's with one of its type's suffixes. */
    private boolean hasSuffix(FamilyLines family, String sampleName) {
        return roles.apply(family.type).stream()
                .anyMatch(role -> !role.suffix().isEmpty() && sampleName.equals(family.name + role.suffix()));
    }

    /** Begins the family of a line. */
    private FamilyLines enter(Line line) {
        for (SampleRole role : SampleRole.values()) {
            String stem = line.name()
                    .substring(
                            0, Math.max(0, line.name().length() - role.suffix().length()));
            FamilyLines known = families.get(stem);
            if (known != null && belongsTo(known, line)) {
                throw text.error(line.at(), "more of family '" + known.name + "' behind another one");
            }
        }
        claim(line.name(), line);
        FamilyLines family = new FamilyLines(line.name());
        families.put(family.name, family);
        return family;
    }

    private void claimSuffixes(FamilyLines family, Line line) {
        for (SampleRole role : roles.apply(family.type)) {
            if (!role.suffix().isEmpty()) {
                claim(family.name + role.suffix(), line);
            }
        }
    }

    /** Takes a name that a sample of a family could have. */
    private void claim(String name, Line line) {
        if (clashing && !claimed.add(name)) {
            throw text.error(line.at(), "'" + name + "' could be the name of another family's samples");
        }
    }
}
