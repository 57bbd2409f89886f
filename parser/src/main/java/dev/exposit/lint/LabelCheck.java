package dev.exposit.lint;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.Names;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.ExpositionReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Labels of a family: their names, whether all metrics have the same, how many values they have.
 *
 * <p>Most samples of a family have the names of one before in the same order, a shape. Names are looked at once for each
 * shape; only values are for each sample.
 */
final class LabelCheck extends Check {
    /** From here on a label has too many values; see Prometheus, "Metric and label naming". */
    static final int MANY_VALUES = 1000;

    private static final int SHAPES = 16;
    private static final int NAMES = 1024;

    /** Label names in the order of a sample, each with the values met, or null where these are not counted. */
    private record Shape(List<String> names, List<@Nullable DistinctValues> values) {}

    private final List<Shape> shapes = new ArrayList<>();
    private final Map<String, DistinctValues> values = new HashMap<>();
    private Collisions names = new Collisions(EscapingScheme::escapeLabelName);
    private @Nullable Set<String> ofFirst;

    /** Labels that all samples so far have; null before the first. */
    private @Nullable Labels common;

    private Spot firstSample = Spot.NOWHERE;
    private int families;

    LabelCheck(Findings findings) {
        super(findings);
    }

    @Override
    void enter(LintedFamily family) {
        shapes.clear();
        values.clear();
        ofFirst = null;
        if (names.size() > 0) {
            names = new Collisions(EscapingScheme::escapeLabelName);
        }
        families++;
    }

    @Override
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {
        String bound = family.boundLabel(role);
        Shape shape = shape(in, family, bound);
        for (int i = 0; i < in.labelCount(); i++) {
            DistinctValues counted = shape.values.get(i);
            if (counted != null && counted.add(in.labelValue(i))) {
                findings.add(
                        LintRule.HIGH_CARDINALITY,
                        in,
                        in.labelValue(i),
                        "at most " + MANY_VALUES + " values of a label",
                        "more of label " + quote(shape.names.get(i)));
            }
        }
        narrowCommon(in, bound);
    }

    private Shape shape(ExpositionReader in, LintedFamily family, @Nullable String bound) {
        for (Shape known : shapes) {
            if (isShape(in, known.names)) {
                return known;
            }
        }
        List<String> all = new ArrayList<>(in.labelCount());
        List<@Nullable DistinctValues> counted = new ArrayList<>(in.labelCount());
        Set<String> ofMetric = new TreeSet<>();
        for (int i = 0; i < in.labelCount(); i++) {
            String name = in.labelName(i).toString();
            all.add(name);
            checkName(in, i, name, family);
            boolean own = !name.equals(bound);
            counted.add(own && values.size() < NAMES ? values.computeIfAbsent(name, n -> new DistinctValues()) : null);
            // A label with an empty value is none.
            if (own && !in.labelValue(i).isEmpty()) {
                ofMetric.add(name);
            }
        }
        compareWithFirst(in, family, ofMetric);
        Shape shape = new Shape(all, counted);
        if (shapes.size() < SHAPES) {
            shapes.add(shape);
        }
        return shape;
    }

    private static boolean isShape(ExpositionReader in, List<String> names) {
        if (names.size() != in.labelCount()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            if (!in.labelName(i).contentEquals(names.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void checkName(ExpositionReader in, int label, String name, LintedFamily family) {
        if (family.isReservedLabel(name)) {
            findings.add(
                    LintRule.RESERVED_LABEL,
                    in,
                    in.labelName(label),
                    "a label name that begins with a letter",
                    quote(name));
        }
        if (!Names.isLegacyLabelName(name)) {
            findings.add(
                    LintRule.NAME_NEEDS_QUOTES,
                    in,
                    in.labelName(label),
                    "a label name of ASCII letters, digits and '_'",
                    quote(name));
        }
        if (NameCheck.isCamelCase(name)) {
            findings.add(LintRule.CAMEL_CASE_LABEL, in, in.labelName(label), "a label name in snake_case", quote(name));
        }
        Collisions.Collision collision = names.size() < NAMES ? names.add(name) : null;
        if (collision != null) {
            findings.add(
                    LintRule.ESCAPING_COLLISION,
                    in,
                    in.labelName(label),
                    "label names that stay different when escaped",
                    CollisionCheck.message(name, collision));
        }
    }

    /** An info's labels are its value as well, and may differ. */
    private void compareWithFirst(ExpositionReader in, LintedFamily family, Set<String> ofMetric) {
        Set<String> first = ofFirst;
        if (first == null) {
            ofFirst = ofMetric;
        } else if (!first.equals(ofMetric) && family.type() != MetricType.INFO) {
            findings.add(
                    LintRule.INCONSISTENT_LABELS,
                    in,
                    null,
                    "labels " + quote(String.join(",", first)) + " as in the family's first sample",
                    quote(String.join(",", ofMetric)));
        }
    }

    private void narrowCommon(ExpositionReader in, @Nullable String bound) {
        Labels known = common;
        if (known == null) {
            known = bound == null ? in.toLabels() : in.toLabels().without(bound);
            common = known.withoutEmpty();
            firstSample = Spot.of(in);
            return;
        }
        for (int i = known.size() - 1; i >= 0; i--) {
            int at = indexOf(in, known.name(i));
            if (at < 0 || !in.labelValue(at).contentEquals(known.value(i))) {
                common = (common == null ? known : common).without(known.name(i));
            }
        }
    }

    @Override
    void end() {
        Labels everywhere = common;
        if (everywhere != null && !everywhere.isEmpty() && families > 1) {
            findings.add(
                    LintRule.LABEL_ON_EVERY_METRIC,
                    firstSample,
                    "labels of the whole target at the target or in one info metric",
                    quote(everywhere.toString()) + " on every metric");
        }
    }
}
