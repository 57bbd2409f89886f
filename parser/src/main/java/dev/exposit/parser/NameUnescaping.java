package dev.exposit.parser;

import dev.exposit.format.EscapingScheme;
import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.Point;
import dev.exposit.model.Problem.Severity;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unescapes the names in the families of one exposition, as {@link ReadOptions#withUnescaping} has it, on their way from
 * whoever builds them. For readers of formats of one's own; those of this library do it by themselves. Not safe for use by
 * several threads.
 */
public final class NameUnescaping {
    /** Who is told of names that could not be unescaped. */
    @FunctionalInterface
    public interface Report {
        /**
         * Takes note of a problem.
         *
         * @param code what it is
         * @param severity an error if something is left out because of it
         * @param family the exposed name, as it stands in the exposition, of the family that has the name
         * @param expected what should have stood there, in words
         * @param got what stood there, in words
         */
        void report(ErrorCode code, Severity severity, String family, String expected, String got);
    }

    private static final int MOST_TOLD = 1000;

    private final EscapingScheme scheme;
    /** The wanted names, unescaped, or null for all. */
    private final @Nullable Set<String> wanted;

    private final Report report;
    private final OriginalNames families;
    private OriginalNames labels;
    /** The family at hand, as it stands in the exposition. */
    private String family = "";
    /** Its exemplars' label names that were reported. */
    private final Set<String> told = new HashSet<>();

    private NameUnescaping(EscapingScheme scheme, @Nullable Set<String> wanted, Report report) {
        this.scheme = scheme;
        this.wanted = wanted;
        this.report = report;
        this.families = OriginalNames.ofMetrics(scheme, report::report);
        this.labels = OriginalNames.ofLabels(scheme, this::ofLabel);
    }

    /** What unescapes as these options ask for, or null if they do not. */
    public static @Nullable NameUnescaping of(ReadOptions options, Report report) {
        EscapingScheme scheme = options.unescaping();
        return scheme == null ? null : new NameUnescaping(scheme, options.names(), report);
    }

    /** Tells of all families at once, by exposed name, so that of names that clash none is unescaped. */
    public void announce(Collection<String> names) {
        families.add(names);
    }

    /** The part of a family under original names; null if it is not wanted, or left out because its name is another's. */
    public @Nullable FamilyPart undo(FamilyPart part) {
        MetricFamily given = part.family();
        if (part.first()) {
            family = given.name();
            families.add(List.of(family));
            labels = OriginalNames.ofLabels(scheme, this::ofLabel);
            told.clear();
        }
        String name = families.get(family);
        if (families.isHomeless(family) || (wanted != null && !wanted.contains(name))) {
            return null;
        }
        labels.add(labelNames(given));
        List<Metric> metrics = new ArrayList<>(given.metrics().size());
        for (Metric metric : given.metrics()) {
            if (!hasHomelessLabel(metric.labels())) {
                metrics.add(undo(metric));
            }
        }
        Metadata metadata = new Metadata(name, given.type(), given.unit(), given.help());
        return new FamilyPart(new MetricFamily(metadata, metrics), part.first(), part.last());
    }

    private void ofLabel(ErrorCode code, Severity severity, String name, String expected, String got) {
        report.report(code, severity, family, expected, "label " + got);
    }

    /** Exemplars mostly have the same labels again and again: once for a family is enough. */
    private void ofExemplar(ErrorCode code, Severity severity, String name, String expected, String got) {
        if (told.size() < MOST_TOLD && told.add(name)) {
            report.report(code, severity, family, expected, "an exemplar's label " + got);
        }
    }

    private static Set<String> labelNames(MetricFamily family) {
        Set<String> names = new HashSet<>();
        for (Metric metric : family.metrics()) {
            for (int i = 0; i < metric.labels().size(); i++) {
                names.add(metric.labels().name(i));
            }
        }
        return names;
    }

    private boolean hasHomelessLabel(Labels its) {
        if (labels.hasHomeless()) {
            for (int i = 0; i < its.size(); i++) {
                if (labels.isHomeless(its.name(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    private Metric undo(Metric metric) {
        List<Point> points = new ArrayList<>(metric.points().size());
        for (Point point : metric.points()) {
            Exemplar[] exemplars = point.exemplars().stream().map(this::undo).toArray(Exemplar[]::new);
            points.add(point.withValue(undo(point.value())).withExemplars(exemplars));
        }
        return new Metric(undo(metric.labels(), labels), points);
    }

    private static Labels undo(Labels escaped, OriginalNames names) {
        String[] pairs = new String[2 * escaped.size()];
        boolean changed = false;
        for (int i = 0; i < escaped.size(); i++) {
            pairs[2 * i] = names.get(escaped.name(i));
            pairs[2 * i + 1] = escaped.value(i);
            changed |= !pairs[2 * i].equals(escaped.name(i));
        }
        return changed ? Labels.of(pairs) : escaped;
    }

    private Exemplar undo(Exemplar exemplar) {
        if (exemplar.labels().isEmpty()) {
            return exemplar;
        }
        // Exemplars are compared with nothing, so each is unescaped for itself.
        OriginalNames names = OriginalNames.ofLabels(scheme, this::ofExemplar);
        names.add(exemplar.labels().toMap().keySet());
        return new Exemplar(undo(exemplar.labels(), names), exemplar.value(), exemplar.timestamp());
    }

    private Value undo(Value value) {
        if (value instanceof RawValue raw) {
            return new RawValue(sampleName(raw.sampleName()), raw.value());
        }
        if (!(value instanceof HistogramValue histogram)) {
            return value;
        }
        List<Bucket> buckets = new ArrayList<>(histogram.buckets().size());
        for (Bucket bucket : histogram.buckets()) {
            Exemplar exemplar = bucket.exemplar();
            buckets.add(exemplar == null ? bucket : new Bucket(bucket.le(), bucket.cumulativeCount(), undo(exemplar)));
        }
        return new HistogramValue(histogram.count(), histogram.sum(), buckets, histogram.nativeBuckets());
    }

    /** The name of a raw sample: where it is the family's with a suffix it goes with the family's. */
    private String sampleName(String name) {
        if (name.startsWith(family)) {
            String rest = name.substring(family.length());
            for (SampleRole role : SampleRole.values()) {
                if (rest.equals(role.suffix())) {
                    return families.get(family) + rest;
                }
            }
        }
        return families.look(name);
    }
}
