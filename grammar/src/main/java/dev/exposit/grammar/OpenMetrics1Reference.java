package dev.exposit.grammar;

import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads OpenMetrics 1.0: "MetricFamilies MUST NOT be interleaved", "Metrics MUST NOT be interleaved", "MetricPoints MUST
 * NOT be interleaved". So each stretch of samples with the same labels is a metric, and in it each stretch with the same
 * timestamp a point.
 */
final class OpenMetrics1Reference {
    private final SourceText text;
    private final FamilyLines family;
    private final List<Metric> metrics = new ArrayList<>();
    private final List<Metric> raw = new ArrayList<>();

    private OpenMetrics1Reference(SourceText text, FamilyLines family) {
        this.text = text;
        this.family = family;
    }

    static MetricSet parse(byte[] exposition) {
        SourceText text = SourceText.decode(exposition);
        List<MetricFamily> families = new ArrayList<>();
        for (FamilyLines family : Grouping.of(text, OpenMetrics1Lines.of(text), MetricType::roles, true)) {
            families.add(new OpenMetrics1Reference(text, family).family());
        }
        return MetricSet.of(families);
    }

    private MetricFamily family() {
        Set<Labels> known = new HashSet<>();
        for (List<Part> metric : Stretches.of(parts(), part -> part.labels().withoutEmpty())) {
            Part first = metric.get(0);
            if (!known.add(first.labels().withoutEmpty())) {
                throw text.error(first.sample().at(), "more of a metric behind another one");
            }
            addMetric(metric);
        }
        metrics.addAll(raw);
        String exposedName = family.name + family.type.exposedSuffix();
        return new MetricFamily(new Metadata(exposedName, family.type, family.unit, family.help), metrics);
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (Line.Sample sample : family.samples) {
            Part part = Part.of(family, family.type.roles(), sample);
            if (part == null) {
                throw text.error(sample.at(), "a sample that does not fit type " + family.type.keyword());
            }
            refuseStrayExemplar(part);
            parts.add(part);
        }
        return parts;
    }

    /** "Exemplars", and "Counter", "Histogram", "GaugeHistogram": nothing else has any. */
    private void refuseStrayExemplar(Part part) {
        boolean counterTotal = part.role() == SampleRole.TOTAL;
        if (!part.sample().exemplars().isEmpty() && !counterTotal && part.role() != SampleRole.BUCKET) {
            throw text.error(part.sample().at(), "an exemplar at a sample that has none");
        }
    }

    private void addMetric(List<Part> parts) {
        List<Point> points = new ArrayList<>();
        @Nullable Timestamp before = null;
        for (List<Part> stretch : Stretches.of(parts, part -> Optional.ofNullable(part.timestamp()))) {
            Part first = stretch.get(0);
            Timestamp timestamp = first.timestamp();
            if (stretch.size() < parts.size()
                    && (timestamp == null || (before != null && timestamp.compareTo(before) <= 0))) {
                throw text.error(first.sample().at(), "a timestamp that does not rise");
            }
            before = timestamp;
            Point point = new PointParts(text, family.type, stretch).point();
            if (point != null) {
                points.add(point);
            } else {
                raw.add(raw(first));
            }
        }
        if (!points.isEmpty()) {
            metrics.add(new Metric(parts.get(0).labels(), points));
        }
    }

    /** A start timestamp with nothing that could have started then. */
    private static Metric raw(Part part) {
        RawValue value = new RawValue(part.sample().name(), part.number());
        return new Metric(part.labels(), new Point(value, part.timestamp(), null, List.<Exemplar>of()));
    }
}
