package dev.exposit.lint;

import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.ExpositionReader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Exemplars: the names of their labels, whether they belong to their bucket, and whether they look alike. */
final class ExemplarCheck extends Check {
    private final Bound.Cache bounds = new Bound.Cache();
    /** That of the family's first exemplar at a bucket. */
    private @Nullable Style first;

    /** What exemplars of one kind have in common. */
    private record Style(Set<String> labelNames, boolean timed) {
        static Style of(Exemplar exemplar) {
            Set<String> names = new TreeSet<>();
            Labels labels = exemplar.labels();
            for (int i = 0; i < labels.size(); i++) {
                names.add(labels.name(i));
            }
            return new Style(names, exemplar.timestamp() != null);
        }

        @Override
        public String toString() {
            String labels = labelNames.isEmpty() ? "no labels" : "labels " + quote(String.join(",", labelNames));
            return labels + (timed ? " and a timestamp" : " and no timestamp");
        }
    }

    ExemplarCheck(Findings findings) {
        super(findings);
    }

    @Override
    void enter(LintedFamily family) {
        first = null;
    }

    @Override
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {
        Exemplar exemplar = in.exemplar();
        if (exemplar == null) {
            return;
        }
        Style style = Style.of(exemplar);
        for (String name : style.labelNames) {
            if (name.startsWith("_")) {
                String expected = "an exemplar's label name that begins with a letter";
                findings.add(LintRule.RESERVED_LABEL, in, null, expected, quote(name));
            }
        }
        if (role == SampleRole.BUCKET) {
            checkValue(in, exemplar);
            Style known = first;
            if (known == null) {
                first = style;
            } else if (!known.equals(style)) {
                String expected = "exemplars with " + known + " as in the family's first bucket that has one";
                findings.add(LintRule.MIXED_EXEMPLARS, in, null, expected, style.toString());
            }
        }
    }

    private void checkValue(ExpositionReader in, Exemplar exemplar) {
        int le = indexOf(in, "le");
        if (le < 0) {
            return; // The reader tells.
        }
        Bound bound = bounds.get(in.labelValue(le).toString());
        // NaN is in no bucket.
        if (bound.isNumber() && !(exemplar.value() <= bound.value())) {
            findings.add(
                    LintRule.EXEMPLAR_OUT_OF_BUCKET,
                    in,
                    in.valueText(),
                    "an exemplar of at most " + in.labelValue(le) + ", its bucket's bound",
                    "one of " + Numbers.text(exemplar.value()));
        }
    }
}
