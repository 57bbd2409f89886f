package dev.exposit.grammar;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.SampleRole;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts that make up one point of a metric, and what they come to. */
final class PointParts {
    private final SourceText text;
    private final MetricType type;
    private final List<Part> parts;

    PointParts(SourceText text, MetricType type, List<Part> parts) {
        this.text = text;
        this.type = type;
        this.parts = parts;
    }

    /** The point, or null if there is nothing but a start timestamp. Refuses a part that stands twice. */
    @Nullable
    Point point() {
        for (int i = 1; i < parts.size(); i++) {
            if (parts.subList(0, i).stream().anyMatch(parts.get(i)::isSameSeries)) {
                throw text.error(parts.get(i).sample().at(), "a series a second time");
            }
        }
        Part created = part(SampleRole.CREATED);
        if (created != null && parts.size() == 1) {
            return null;
        }
        Timestamp start = created == null
                ? null
                : Literals.seconds(created.sample().valueText()).orElseThrow();
        return new Point(value(), parts.get(0).timestamp(), start, exemplars());
    }

    private Value value() {
        return switch (type) {
            case COUNTER, GAUGE, UNKNOWN -> single().sample().value();
            case INFO -> new InfoValue();
            case STATE_SET -> states();
            case SUMMARY -> summary();
            case HISTOGRAM -> new HistogramValue(number(SampleRole.COUNT), number(SampleRole.SUM), buckets(), null);
            case GAUGE_HISTOGRAM ->
                new HistogramValue(number(SampleRole.GCOUNT), number(SampleRole.GSUM), buckets(), null);
        };
    }

    /** The exemplars of a single number; those of buckets stand at their bucket. */
    private List<Exemplar> exemplars() {
        return switch (type) {
            case COUNTER, GAUGE, UNKNOWN -> single().sample().exemplars();
            default -> List.of();
        };
    }

    private Part single() {
        return parts.stream()
                .filter(part -> part.role() != SampleRole.CREATED)
                .findFirst()
                .orElseThrow();
    }

    private @Nullable Part part(SampleRole role) {
        for (Part part : parts) {
            if (part.role() == role) {
                return part;
            }
        }
        return null;
    }

    private @Nullable Double number(SampleRole role) {
        Part part = part(role);
        return part == null ? null : (Double) part.number();
    }

    private List<HistogramValue.Bucket> buckets() {
        List<HistogramValue.Bucket> buckets = new ArrayList<>();
        for (Part part : parts) {
            if (part.role() == SampleRole.BUCKET) {
                List<Exemplar> exemplars = part.sample().exemplars();
                Exemplar exemplar = exemplars.isEmpty() ? null : exemplars.get(0);
                buckets.add(new HistogramValue.Bucket(part.bound(), part.number(), exemplar));
            }
        }
        return buckets;
    }

    private SummaryValue summary() {
        List<SummaryValue.Quantile> quantiles = new ArrayList<>();
        for (Part part : parts) {
            if (part.role() == SampleRole.VALUE) {
                quantiles.add(new SummaryValue.Quantile(part.bound(), part.number()));
            }
        }
        return new SummaryValue(number(SampleRole.COUNT), number(SampleRole.SUM), quantiles);
    }

    private StateSetValue states() {
        List<StateSetValue.State> states = new ArrayList<>();
        for (Part part : parts) {
            states.add(new StateSetValue.State(String.valueOf(part.key()), part.number() == 1));
        }
        return new StateSetValue(states);
    }
}
