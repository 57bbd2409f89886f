package dev.exposit.grammar;

import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Prometheus text, where the samples of one metric may stand in any order. What the conventions of "Histograms and
 * summaries" have no place for is kept as it is, a raw sample: they are no grammar.
 */
final class PrometheusTextReference {
    private final SourceText text;
    private final FamilyLines family;

    private PrometheusTextReference(SourceText text, FamilyLines family) {
        this.text = text;
        this.family = family;
    }

    /**
     * The metrics of a text.
     *
     * @param quotedNames whether names may be quoted, as in version 1.0.0
     */
    static MetricSet parse(byte[] exposition, boolean quotedNames) {
        SourceText text = SourceText.decode(exposition);
        List<Line> lines = PrometheusTextLines.of(text, quotedNames);
        List<MetricFamily> families = new ArrayList<>();
        for (FamilyLines family : Grouping.of(text, lines, PrometheusTextReference::roles, false)) {
            families.add(new PrometheusTextReference(text, family).family());
        }
        return MetricSet.of(families);
    }

    /** "Histograms and summaries" */
    private static List<SampleRole> roles(MetricType type) {
        return switch (type) {
            case HISTOGRAM -> List.of(SampleRole.BUCKET, SampleRole.SUM, SampleRole.COUNT);
            case SUMMARY -> List.of(SampleRole.VALUE, SampleRole.SUM, SampleRole.COUNT);
            default -> List.of(SampleRole.VALUE);
        };
    }

    private MetricFamily family() {
        refuseRepeatedSeries();
        Map<Labels, List<Part>> byLabels = new LinkedHashMap<>();
        List<Metric> raw = new ArrayList<>();
        for (Line.Sample sample : family.samples) {
            Part part = Part.of(family, roles(family.type), sample);
            if (part == null) {
                raw.add(raw(sample));
            } else {
                byLabels.computeIfAbsent(part.labels().withoutEmpty(), labels -> new ArrayList<>())
                        .add(part);
            }
        }
        List<Metric> metrics = new ArrayList<>();
        for (List<Part> parts : byLabels.values()) {
            if (haveOneTime(parts)) {
                Point point = new PointParts(text, family.type, parts).point();
                metrics.add(new Metric(parts.get(0).labels(), Objects.requireNonNull(point)));
            } else {
                parts.forEach(part -> raw.add(raw(part.sample())));
            }
        }
        metrics.addAll(raw);
        return new MetricFamily(new Metadata(family.name, family.type, family.unit, family.help), metrics);
    }

    /** "Each line must have a unique combination of a metric name and labels." */
    private void refuseRepeatedSeries() {
        Set<List<Object>> known = new HashSet<>();
        for (Line.Sample sample : family.samples) {
            if (!known.add(List.of(sample.name(), sample.labels().withoutEmpty()))) {
                throw text.error(sample.at(), "a series a second time");
            }
        }
    }

    private static boolean haveOneTime(List<Part> parts) {
        return Stretches.of(parts, part -> Optional.ofNullable(part.timestamp()))
                        .size()
                == 1;
    }

    private static Metric raw(Line.Sample sample) {
        RawValue value = new RawValue(sample.name(), sample.number());
        return new Metric(sample.labels(), new Point(value, sample.timestamp(), null, List.of()));
    }
}
