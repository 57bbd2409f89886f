package dev.exposit.lint;

import dev.exposit.model.Exemplar;
import dev.exposit.model.Label;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ExpositionReader;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Exemplars of OpenMetrics 2.0, any number of them at a sample: their labels and their times. */
final class ExemplarsCheck extends Check {
    /** What OpenMetrics 1.0 allowed; a trace and a span need half of it. */
    private static final int MANY_CHARACTERS = 128;

    ExemplarsCheck(Findings findings) {
        super(findings);
    }

    @Override
    void sample(ExpositionReader in, LintedFamily family, @Nullable SampleRole role) {
        if (!in.hasExemplar()) {
            return;
        }
        Set<String> namesOfFirst = null;
        for (Exemplar exemplar : in.exemplars()) {
            Set<String> names = new TreeSet<>();
            int characters = 0;
            for (Label label : exemplar.labels()) {
                names.add(label.name());
                characters += length(label.name()) + length(label.value());
                checkName(in, family, label.name());
            }
            if (characters > MANY_CHARACTERS) {
                String expected = "labels of at most " + MANY_CHARACTERS + " characters in an exemplar";
                findings.add(LintRule.LARGE_EXEMPLAR, in, null, expected, characters + " of them");
            }
            if (namesOfFirst == null) {
                namesOfFirst = names;
            } else if (!names.equals(namesOfFirst)) {
                findings.add(
                        LintRule.MIXED_EXEMPLARS,
                        in,
                        null,
                        "labels " + quote(String.join(",", namesOfFirst)) + " as in the sample's first exemplar",
                        quote(String.join(",", names)));
            }
            checkTime(in, exemplar.timestamp());
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private void checkName(ExpositionReader in, LintedFamily family, String name) {
        if (family.isReservedLabel(name)) {
            String expected = "an exemplar's label name that begins with a letter";
            findings.add(LintRule.RESERVED_LABEL, in, null, expected, quote(name));
        }
        if (indexOf(in, name) >= 0) {
            String expected = "labels in an exemplar that its metric does not have";
            findings.add(LintRule.EXEMPLAR_REPEATS_LABEL, in, null, expected, quote(name));
        }
        String letters = name.replace("_", "").replace("-", "").replace(".", "").toLowerCase(Locale.ROOT);
        String usual = letters.equals("traceid") ? "trace_id" : letters.equals("spanid") ? "span_id" : name;
        if (!usual.equals(name)) {
            findings.add(LintRule.TRACE_LABEL_NAME, in, null, "label " + quote(usual), quote(name));
        }
    }

    private void checkTime(ExpositionReader in, @Nullable Timestamp time) {
        Timestamp timestamp = in.timestamp();
        Timestamp start = in.startTimestamp();
        if (time != null && timestamp != null && time.compareTo(timestamp) > 0) {
            String expected = "an exemplar not after its sample, " + timestamp;
            findings.add(LintRule.EXEMPLAR_OUT_OF_TIME, in, null, expected, time.toString());
        } else if (time != null && start != null && time.compareTo(start) < 0) {
            String expected = "an exemplar not before the start timestamp, " + start;
            findings.add(LintRule.EXEMPLAR_OUT_OF_TIME, in, null, expected, time.toString());
        }
    }
}
