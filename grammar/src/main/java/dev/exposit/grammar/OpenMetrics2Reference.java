package dev.exposit.grammar;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads OpenMetrics 2.0. A sample has its family's name and is a whole point; samples of a metric stand together, and so do
 * the metrics of a stateset.
 */
final class OpenMetrics2Reference {
    private final SourceText text;
    private final FamilyLines family;

    private OpenMetrics2Reference(SourceText text, FamilyLines family) {
        this.text = text;
        this.family = family;
    }

    /**
     * The metrics of an exposition.
     *
     * @param anyTime whether times of samples that the model cannot hold are cut to what it can; refused else
     */
    static MetricSet parse(byte[] exposition, boolean anyTime) {
        SourceText text = SourceText.decode(exposition);
        List<MetricFamily> families = new ArrayList<>();
        for (FamilyLines family : Grouping.of(text, OpenMetrics2Lines.of(text, anyTime), type -> List.of(), false)) {
            families.add(new OpenMetrics2Reference(text, family).family());
        }
        return MetricSet.of(families);
    }

    private MetricFamily family() {
        List<Metric> metrics = new ArrayList<>();
        for (List<Line.Sample> metric : together(family.samples, this::metricLabels)) {
            metrics.addAll(family.type == MetricType.STATE_SET ? stateSet(metric) : List.of(metric(metric)));
        }
        return new MetricFamily(new Metadata(family.name, family.type, family.unit, family.help), metrics);
    }

    /** The labels of the metric of the model that a sample belongs to. */
    private Labels metricLabels(Line.Sample sample) {
        return family.type == MetricType.STATE_SET ? sample.labels().without(family.name) : sample.labels();
    }

    /** Cuts samples where the labels change; the same labels must not come again ("MUST NOT be interleaved"). */
    private List<List<Line.Sample>> together(List<Line.Sample> samples, Function<Line.Sample, Labels> labels) {
        Set<Labels> known = new HashSet<>();
        List<List<Line.Sample>> stretches =
                Stretches.of(samples, sample -> labels.apply(sample).withoutEmpty());
        for (List<Line.Sample> stretch : stretches) {
            if (!known.add(labels.apply(stretch.get(0)).withoutEmpty())) {
                throw text.error(stretch.get(0).at(), "more of a metric behind another one");
            }
        }
        return stretches;
    }

    private Metric metric(List<Line.Sample> samples) {
        refuseFallingTimes(samples);
        List<Point> points = new ArrayList<>();
        for (Line.Sample sample : samples) {
            points.add(new Point(value(sample), sample.timestamp(), sample.startTimestamp(), sample.exemplars()));
        }
        return new Metric(samples.get(0).labels(), points);
    }

    /** "If more than one Sample is exposed for a Metric, then its Samples MUST have monotonically increasing Timestamps." */
    private void refuseFallingTimes(List<Line.Sample> samples) {
        for (int i = 1; i < samples.size(); i++) {
            Timestamp before = samples.get(i - 1).timestamp();
            Timestamp timestamp = samples.get(i).timestamp();
            if (before == null || timestamp == null || timestamp.compareTo(before) <= 0) {
                throw text.error(samples.get(i).at(), "a timestamp that does not rise");
            }
        }
    }

    /** The sample's value, as one of its family's type. */
    private Value value(Line.Sample sample) {
        Value value = sample.value();
        boolean gaugeHistogram = sample.valueText().startsWith("{g");
        boolean fits = switch (family.type) {
            case COUNTER, GAUGE -> value instanceof NumberValue;
            case INFO -> value instanceof NumberValue && sample.number() == 1;
            case HISTOGRAM -> value instanceof HistogramValue && !gaugeHistogram;
            case GAUGE_HISTOGRAM -> value instanceof HistogramValue && gaugeHistogram;
            case SUMMARY -> value instanceof SummaryValue;
            case UNKNOWN -> true;
            case STATE_SET -> throw new IllegalStateException("a state is no value of its own");
        };
        if (!fits) {
            throw text.error(sample.at(), "a value that is none of type " + family.type.keyword());
        }
        return family.type == MetricType.INFO ? new InfoValue() : value;
    }

    /** One metric for all states; those of one time make up a point. */
    private List<Metric> stateSet(List<Line.Sample> samples) {
        for (List<Line.Sample> state : together(samples, Line.Sample::labels)) {
            refuseFallingTimes(state);
            refuseUnlessState(state);
        }
        long timed =
                samples.stream().filter(sample -> sample.timestamp() != null).count();
        Map<Optional<Timestamp>, List<Line.Sample>> byTime = samples.stream()
                .collect(groupingBy(sample -> Optional.ofNullable(sample.timestamp()), LinkedHashMap::new, toList()));
        boolean oneStart = byTime.values().stream().allMatch(OpenMetrics2Reference::haveOneStart);
        if ((timed > 0 && timed < samples.size()) || !oneStart) {
            // States with and without time make up no point, nor do those that began at different times.
            return samples.stream().map(OpenMetrics2Reference::raw).toList();
        }
        List<Point> points = byTime.values().stream()
                .map(this::statePoint)
                .sorted(comparing(Point::timestamp, nullsFirst(naturalOrder())))
                .toList();
        return List.of(new Metric(metricLabels(samples.get(0)), points));
    }

    private static boolean haveOneStart(List<Line.Sample> samples) {
        return samples.stream().map(Line.Sample::startTimestamp).distinct().count() == 1;
    }

    /** "StateSets MUST have one Metric per state …, a label with the MetricFamily name", and a value of 0 or 1. */
    private void refuseUnlessState(List<Line.Sample> state) {
        for (Line.Sample sample : state) {
            boolean bool = sample.value() instanceof NumberValue && (sample.number() == 0 || sample.number() == 1);
            if (!bool || sample.labels().get(family.name) == null) {
                throw text.error(sample.at(), "no state of a stateset");
            }
        }
    }

    private Point statePoint(List<Line.Sample> samples) {
        List<StateSetValue.State> states = new ArrayList<>();
        List<Exemplar> exemplars = new ArrayList<>();
        for (Line.Sample sample : samples) {
            String name = Objects.requireNonNull(sample.labels().get(family.name));
            states.add(new StateSetValue.State(name, sample.number() == 1));
            exemplars.addAll(sample.exemplars());
        }
        Line.Sample first = samples.get(0);
        return new Point(new StateSetValue(states), first.timestamp(), first.startTimestamp(), exemplars);
    }

    private static Metric raw(Line.Sample sample) {
        RawValue value = new RawValue(sample.name(), sample.number());
        return new Metric(
                sample.labels(), new Point(value, sample.timestamp(), sample.startTimestamp(), sample.exemplars()));
    }
}
