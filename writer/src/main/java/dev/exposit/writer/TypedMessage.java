package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the message of a family that stands as one in OpenMetrics protobuf, given that its metrics keep the rules. */
final class TypedMessage implements TypedBody {
    private final TextOutput out;
    private final NameEscaping escaping;
    private final Losses losses;
    private final StartTimestamps startTimestamps;
    private final int mostBytes;
    private final OpenMetrics1Exemplars exemplars;
    private final OpenMetricsPointMessage values;
    private final OpenMetricsFamilyMessage message = new OpenMetricsFamilyMessage();

    private boolean startsOfNext;
    private boolean starts;
    private String family = "none";
    private MetricType type = MetricType.UNKNOWN;
    /** How many samples the message stands for. */
    private int samples;

    private boolean tooLong;

    TypedMessage(TextOutput out, NameEscaping escaping, Losses losses, WriteOptions options) {
        this.out = out;
        this.escaping = escaping;
        this.losses = losses;
        this.startTimestamps = options.startTimestamps();
        this.mostBytes = options.messageBytes();
        this.exemplars = new OpenMetrics1Exemplars(escaping, losses);
        this.values = new OpenMetricsPointMessage(exemplars, losses);
    }

    @Override
    public void writeStartsOfNext() {
        startsOfNext = true;
    }

    @Override
    public void begin(Placement placement, Metadata metadata, long heldBytes) throws IOException {
        starts = startsOfNext || startTimestamps != StartTimestamps.OMIT;
        startsOfNext = false;
        family = placement.family();
        type = placement.type();
        samples = 0;
        tooLong = false;
        String unit = metadata.unit();
        if (!unit.isEmpty() && !TypedFamily.carriesUnit(type, placement.name(), unit)) {
            losses.add(Loss.Kind.UNIT, family, "unit " + unit + " left out");
            unit = "";
        }
        message.begin(placement.name(), type, unit, metadata.help());
    }

    @Override
    public void write(Metric metric) throws IOException {
        int before = samples;
        samples += PointSamples.count(metric);
        if (!tooLong) {
            writeMetric(metric);
            tooLong = message.length() > mostBytes;
            before = 0;
        }
        if (tooLong) {
            message.takeBack(0);
            losses.add(
                    Loss.Kind.SAMPLE,
                    family,
                    "sample left out: the family's message is longer than messageBytes = " + mostBytes,
                    samples - before);
        }
    }

    @Override
    public void end() throws IOException {
        if (!tooLong) {
            message.writeTo(out);
        }
    }

    // ---- Metrics

    private void writeMetric(Metric metric) throws IOException {
        if (type == MetricType.UNKNOWN && metric.value() instanceof StateSetValue set) {
            writeStates(metric.labels(), metric.point(), set);
            return;
        }
        int begun = message.beginMetric(metric.labels());
        for (Point point : metric.points()) {
            int begunPoint = message.beginPoint(point.timestamp());
            writeValue(point);
            message.end(begunPoint);
        }
        message.end(begun);
    }

    private void writeValue(Point point) throws IOException {
        Value value = point.value();
        Timestamp start = start(point.startTimestamp());
        Exemplar exemplar = exemplars.ofPoint(point.exemplars(), type, family);
        if (value instanceof HistogramValue histogram) {
            values.histogram(message.out, histogram, start, family);
        } else if (value instanceof SummaryValue summary) {
            values.summary(message.out, summary, start);
        } else if (value instanceof StateSetValue set) {
            OpenMetricsPointMessage.stateSet(message.out, set);
        } else if (value instanceof InfoValue && type == MetricType.INFO) {
            OpenMetricsPointMessage.info(message.out);
        } else if (type == MetricType.COUNTER) {
            values.counter(message.out, number(value), start, exemplar, family);
        } else {
            OpenMetricsPointMessage.number(message.out, type, number(value));
        }
    }

    /** The number of a value that is one sample; a raw one has the family's own name. */
    private static double number(Value value) {
        return value instanceof NumberValue number ? number.value() : value instanceof RawValue raw ? raw.value() : 1;
    }

    private @Nullable Timestamp start(@Nullable Timestamp start) {
        if (start == null) {
            return null;
        }
        boolean hasPlace = switch (type) {
            case COUNTER, HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> true;
            case GAUGE, INFO, STATE_SET, UNKNOWN -> false;
        };
        if (!hasPlace) {
            losses.add(Loss.Kind.START_TIMESTAMP, family, "start timestamp left out: " + type.keyword() + " has none");
            return null;
        }
        if (!starts) {
            losses.addAskedFor(Loss.Kind.START_TIMESTAMP, family, "start timestamp left out as asked for");
            return null;
        }
        if (!MessageOutput.holds(start)) {
            losses.add(
                    Loss.Kind.START_TIMESTAMP,
                    family,
                    "start timestamp left out: " + start + " is not within the years 1 to 9999");
            return null;
        }
        return start;
    }

    /** Where a stateset has given way, each state is a metric of its own. */
    private void writeStates(Labels labels, Point point, StateSetValue set) throws IOException {
        start(point.startTimestamp());
        exemplars.ofPoint(point.exemplars(), type, family);
        String label = escaping.labelName(family);
        if (!set.states().isEmpty()) {
            escaping.report(family, label, family);
        }
        for (StateSetValue.State state : set.states()) {
            if (labels.contains(label)) {
                losses.add(Loss.Kind.SAMPLE, family, "sample left out: its metric " + labels + " has a label " + label);
                continue;
            }
            int begun = message.beginMetric(labels.with(label, state.name()));
            int begunPoint = message.beginPoint(point.timestamp());
            OpenMetricsPointMessage.number(message.out, type, state.enabled() ? 1 : 0);
            message.end(begunPoint);
            message.end(begun);
        }
    }
}
