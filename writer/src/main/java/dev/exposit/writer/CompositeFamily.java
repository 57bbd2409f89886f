package dev.exposit.writer;

import dev.exposit.format.Names;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the metrics of a family that stands as one in OpenMetrics 2.0, given that they keep its rules: a line for each
 * point, but for statesets, which have one for each state.
 *
 * <p>Specification: OpenMetrics 2.0, "Text Format".
 */
final class CompositeFamily implements FamilyBody {
    private final TextOutput out;
    private final NameEscaping escaping;
    private final Losses losses;
    private final SampleLines lines;
    private final FamilyLines begin;
    private final CompositeValues composites;
    private final StartLines starts;

    private String family = "none";
    private MetricType type = MetricType.UNKNOWN;
    private MetricType ownType = MetricType.UNKNOWN;

    /** Families whose labels may be known from expositions before. */
    CompositeFamily(
            TextOutput out,
            NamePlan plan,
            NameEscaping escaping,
            Losses losses,
            WriteOptions options,
            @Nullable BlockTable known) {
        this.lines = new SampleLines(false, known);
        this.out = out;
        this.escaping = escaping;
        this.losses = losses;
        this.begin = new FamilyLines(lines, escaping, losses);
        this.composites = new CompositeValues(out);
        this.starts = new StartLines(plan, losses, options.startTimestamps());
    }

    @Override
    public void begin(Placement placement, Metadata metadata, long heldBytes) throws IOException {
        family = placement.family();
        type = placement.type();
        ownType = placement.ownType();
        FamilyNames names = new FamilyNames(placement.exposed(), ownType);
        begin.family(family, names);
        starts.begin(placement, names, metadata, heldBytes);
        String unit = metadata.unit();
        if (!unit.isEmpty() && !carriesUnit(type, unit)) {
            losses.add(Loss.Kind.UNIT, family, "unit " + unit + " left out");
            unit = "";
        }
        TypedFamily.writeHeader(out, SampleName.of(placement.exposed()), type, unit, metadata.help());
    }

    /** Statesets and infos "MUST have an empty Unit string"; the ABNF spells a unit with {@code metricname-char}s. */
    private static boolean carriesUnit(MetricType type, String unit) {
        boolean unitless = type == MetricType.INFO || type == MetricType.STATE_SET;
        return !unitless && Names.isLegacyMetricName("_" + unit);
    }

    @Override
    public void write(PlainMetrics metrics) throws IOException {
        SampleName name = begin.name(SampleRole.VALUE);
        for (int i = 0; i < metrics.size(); i++) {
            lines.line(out, name, metrics, i);
        }
    }

    @Override
    public void write(Metric metric) throws IOException {
        Labels labels = metric.labels();
        begin.metric(labels, PointSamples.isOne(metric));
        starts.metric(labels);
        if (metric.value() instanceof StateSetValue) {
            states(metric.points());
        } else {
            List<Point> points = metric.points();
            for (int i = 0; i < points.size(); i++) {
                point(points.get(i));
            }
        }
    }

    @Override
    public void end() throws IOException {
        starts.writeTo(out);
    }

    private void point(Point point) throws IOException {
        begin.begin(out, SampleRole.VALUE, null, null);
        out.ascii(' ');
        value(point.value());
        time(point.timestamp());
        start(point);
        if (point.value() instanceof HistogramValue histogram) {
            for (HistogramValue.Bucket bucket : histogram.buckets()) {
                if (bucket.exemplar() != null && exemplar(bucket.exemplar())) {
                    losses.add(Loss.Kind.EXEMPLAR, family, "exemplar moved from its bucket to the whole histogram");
                }
            }
        }
        List<Exemplar> exemplars = point.exemplars();
        for (int i = 0; i < exemplars.size(); i++) {
            exemplar(exemplars.get(i));
        }
        SampleLines.end(out);
    }

    private void value(Value value) throws IOException {
        if (value instanceof NumberValue number) {
            out.number(number.value());
        } else if (value instanceof HistogramValue histogram) {
            reportCounts(histogram);
            composites.histogram(histogram, isGauge(histogram));
        } else if (value instanceof SummaryValue summary) {
            composites.summary(summary);
        } else if (value instanceof RawValue raw) {
            // The rules let it pass only under the family's own name.
            out.number(raw.value());
        } else if (value instanceof InfoValue) {
            out.ascii('1');
        } else {
            throw new IllegalStateException("states have lines of their own");
        }
    }

    private void reportCounts(HistogramValue histogram) {
        NativeBuckets buckets = histogram.nativeBuckets();
        String changed = buckets == null ? null : NativeBucketRules.otherCounts(histogram, buckets);
        if (changed != null) {
            losses.add(Loss.Kind.NATIVE_BUCKETS, family, changed);
        }
    }

    /** Of unknown type is also what gave way; it has the fields of a histogram unless its counts are none of events. */
    private boolean isGauge(HistogramValue histogram) {
        return type == MetricType.GAUGE_HISTOGRAM
                || (type == MetricType.UNKNOWN && !OpenMetrics2Rules.isCounting(histogram));
    }

    private void time(@Nullable Timestamp time) throws IOException {
        if (time != null) {
            SampleLines.seconds(out, time);
        }
    }

    /** The ABNF lets any sample have a start timestamp; "GaugeHistograms do not have Start Timestamp". */
    private void start(Point point) throws IOException {
        Timestamp start = point.startTimestamp();
        if (start == null) {
            return;
        }
        if (!starts.inLine()) {
            starts.add(start, point.timestamp());
        } else if (type == MetricType.GAUGE_HISTOGRAM) {
            losses.add(
                    Loss.Kind.START_TIMESTAMP, family, "start timestamp left out: " + ownType.keyword() + " has none");
        } else {
            start(start);
        }
    }

    private void start(Timestamp start) throws IOException {
        out.text(" st@");
        out.seconds(start);
    }

    /** Writes an exemplar; answers false, after a report, if it has no place. */
    private boolean exemplar(Exemplar exemplar) throws IOException {
        Labels escaped = escaping.labels(exemplar.labels(), family);
        if (escaped == null || exemplar.timestamp() == null) {
            losses.add(
                    Loss.Kind.EXEMPLAR,
                    family,
                    "exemplar left out: "
                            + (escaped == null ? "two of its label names fall together" : "it has no timestamp"));
            return false;
        }
        lines.exemplar(out, escaped, exemplar);
        return true;
    }

    // ---- Statesets

    /**
     * Each state is a metric of its own, whose samples stand together ("StateSet"). What a point says of itself is said of
     * each of its states, but for exemplars, which stand once.
     */
    private void states(List<Point> points) throws IOException {
        List<Point> fitting = points.stream().map(this::withPlaceForAll).toList();
        for (Point point : fitting) {
            Timestamp start = point.startTimestamp();
            if (start != null && !starts.inLine()) {
                starts.add(start, point.timestamp());
            }
        }
        Set<String> names = names(fitting);
        boolean[] begun = new boolean[fitting.size()];
        for (String name : names) {
            for (int i = 0; i < begun.length; i++) {
                begun[i] |= state(name, fitting.get(i), !begun[i]);
            }
        }
    }

    /** A point without what would have to stand on a line that it has not. */
    private Point withPlaceForAll(Point point) {
        boolean none = ((StateSetValue) point.value()).states().isEmpty();
        if (!none && type == MetricType.STATE_SET) {
            return point;
        }
        // As unknown, each state has a metric of its own also for who reads it.
        String why = none ? "its stateset has no states" : "its stateset is written as unknown";
        losses.add(
                Loss.Kind.EXEMPLAR,
                family,
                "exemplar left out: " + why,
                point.exemplars().size());
        boolean startHasPlace = point.startTimestamp() == null || !starts.inLine();
        if (!startHasPlace) {
            losses.add(Loss.Kind.START_TIMESTAMP, family, "start timestamp left out: " + why);
        }
        return new Point(point.value(), point.timestamp(), startHasPlace ? point.startTimestamp() : null, List.of());
    }

    private static Set<String> names(List<Point> points) {
        Set<String> names = new LinkedHashSet<>();
        for (Point point : points) {
            for (StateSetValue.State state : ((StateSetValue) point.value()).states()) {
                names.add(state.name());
            }
        }
        return names;
    }

    /** Writes the sample of a state, if the point has that state. */
    private boolean state(String name, Point point, boolean first) throws IOException {
        for (StateSetValue.State state : ((StateSetValue) point.value()).states()) {
            if (state.name().equals(name)) {
                begin.begin(out, SampleRole.VALUE, null, name);
                lines.value(out, state.enabled() ? 1 : 0);
                time(point.timestamp());
                Timestamp start = point.startTimestamp();
                if (start != null && starts.inLine()) {
                    start(start);
                }
                for (Exemplar exemplar : first ? point.exemplars() : List.<Exemplar>of()) {
                    exemplar(exemplar);
                }
                SampleLines.end(out);
                return true;
            }
        }
        return false;
    }
}
