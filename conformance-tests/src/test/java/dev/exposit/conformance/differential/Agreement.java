package dev.exposit.conformance.differential;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.InvalidExpositionException;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.RawValue;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the fast reader of a format and its reference parser say the same of an exposition. */
final class Agreement {
    /**
     * What a parser says.
     *
     * @param metrics the model, or null if the exposition was refused
     * @param message why it was refused
     */
    private record Verdict(@Nullable MetricSet metrics, String message) {
        @Override
        public String toString() {
            return metrics == null ? "refused: " + message : "accepted:\n" + metrics;
        }
    }

    private Agreement() {}

    /** What they disagree about, in words, or empty if they agree. */
    static Optional<String> disagreement(byte[] exposition, ExpositionFormat format) {
        Verdict fast = fast(exposition, format);
        Verdict reference = reference(exposition, format);
        boolean agree = Objects.equals(canonical(fast.metrics()), canonical(reference.metrics()));
        return agree ? Optional.empty() : Optional.of("fast " + fast + "\nreference " + reference);
    }

    private static Verdict fast(byte[] exposition, ExpositionFormat format) {
        try {
            return new Verdict(Exposition.parse(exposition, ReadOptions.of(format)), "");
        } catch (ExpositionSyntaxException e) {
            return new Verdict(null, String.valueOf(e.getMessage()));
        }
    }

    private static Verdict reference(byte[] exposition, ExpositionFormat format) {
        try {
            return new Verdict(ReferenceParser.parse(exposition, format), "");
        } catch (InvalidExpositionException e) {
            return new Verdict(null, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The model, if any, as text that is the same exactly if the models are: with the spelling of bounds, which equality leaves out,
     * and with what has no order sorted: raw samples, and their labels.
     */
    private static @Nullable List<String> canonical(@Nullable MetricSet metrics) {
        if (metrics == null) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        for (MetricFamily family : metrics) {
            lines.add(family.metadata().toString());
            List<String> raw = new ArrayList<>();
            for (Metric metric : family.metrics()) {
                if (metric.value() instanceof RawValue) {
                    raw.add(sorted(metric.labels()) + " " + metric.points());
                } else {
                    lines.add(metric.toString());
                }
            }
            raw.sort(Comparator.naturalOrder());
            lines.addAll(raw);
        }
        return lines;
    }

    private static List<String> sorted(Labels labels) {
        List<String> sorted = new ArrayList<>();
        labels.forEach(label -> sorted.add(label.toString()));
        sorted.sort(Comparator.naturalOrder());
        return sorted;
    }
}
