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

    /**
     * The metrics of an exposition.
     *
     * @param anyTime whether times that the model cannot hold are cut to what it can; refused else
     */
    static MetricSet parse(byte[] exposition, boolean anyTime) {
        SourceText text = SourceText.decode(exposition);
        List<MetricFamily> families = new ArrayList<>();
        for (FamilyLines family : Grouping.of(text, OpenMetrics1Lines.of(text, anyTime), MetricType::roles, true)) {
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
        Part before = null;
        for (List<Part> pointParts : points(parts)) {
            Part first = pointParts.get(0);
            if (before != null && !isInTime(first.timestamp(), before.timestamp())) {
                throw text.error(first.sample().at(), "a timestamp that falls, or none");
            }
            before = first;
            Point point = new PointParts(text, family.type, pointParts).point();
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

    /** Whether a point of a time may come behind one of another time; only points that have one may be several. */
    private static boolean isInTime(@Nullable Timestamp timestamp, @Nullable Timestamp before) {
        return timestamp != null && before != null && timestamp.compareTo(before) >= 0;
    }

    /**
     * Cuts the parts of a metric into points: another begins with another timestamp. "MetricPoints MUST have monotonically
     * increasing timestamps", and those may be equal, as the OpenMetrics test suite has it (duplicate_timestamps_1). So where
     * a point is but one number, the same series at the same time is another point.
     */
    private List<List<Part>> points(List<Part> parts) {
        boolean oneNumber = switch (family.type) {
            case COUNTER, GAUGE, INFO, UNKNOWN -> true;
            case HISTOGRAM, GAUGE_HISTOGRAM, STATE_SET, SUMMARY -> false;
        };
        List<List<Part>> points = new ArrayList<>();
        for (List<Part> stretch : Stretches.of(parts, part -> Optional.ofNullable(part.timestamp()))) {
            List<Part> point = new ArrayList<>();
            for (Part part : stretch) {
                if (oneNumber
                        && part.role() != SampleRole.CREATED
                        && part.timestamp() != null
                        && point.stream().anyMatch(part::isSameSeries)) {
                    points.add(point);
                    point = new ArrayList<>();
                }
                point.add(part);
            }
            points.add(point);
        }
        return points;
    }

    /** A start timestamp with nothing that could have started then. */
    private static Metric raw(Part part) {
        RawValue value = new RawValue(part.sample().name(), part.number());
        return new Metric(part.labels(), new Point(value, part.timestamp(), null, List.<Exemplar>of()));
    }
}
