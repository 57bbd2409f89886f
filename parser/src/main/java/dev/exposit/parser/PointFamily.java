package dev.exposit.parser;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A family where each sample is a whole point: in OpenMetrics 2.0, where the points of a metric stand together, and those of all
 * states of a stateset; in protobuf, where a metric is a message.
 *
 * <p>Specification: OpenMetrics 2.0, "Sample", "Metric" and "StateSet".
 */
final class PointFamily extends FamilyAssembly {
    // The metric at hand; a stateset has its states instead of points.
    private @Nullable Labels labels;
    private SeriesKey key = new SeriesKey(0, Labels.of());
    private List<Point> points = new ArrayList<>(1);
    /** Further metrics that the one message at hand has, by their labels: an info's points may differ in theirs. */
    private final Map<SeriesKey, OpenMetric> open = new LinkedHashMap<>();

    private final States states = new States();
    /** How much of the size belongs to it: its points may go on without end, and are held all the while. */
    private long heldSize;

    /** A metric whose points may go on. */
    private record OpenMetric(Labels labels, List<Point> points) {}

    PointFamily(EventReader in, String wireName) {
        super(in, wireName);
    }

    @Override
    void take() {
        Value value = value();
        if (value == null) {
            return;
        }
        if (!in.hasSeveralPoints()) {
            addWhole(value);
            return;
        }
        boolean isState = type == MetricType.STATE_SET && in.event() == Event.SAMPLE;
        int apart = isState ? indexOf(wireName) : -1;
        if (isState && apart < 0) {
            keepRaw(ErrorCode.MISSING_LABEL, "a label " + LineScanner.quote(wireName), "none");
            return;
        }
        if (!enterMetric(apart)) {
            if (in.continuesMetric()) {
                String again = "the same metric again behind another";
                keepRaw(ErrorCode.METRIC_INTERLEAVED, "all samples of a metric together", again);
            } else {
                reportDuplicate();
                addRaw();
            }
            return;
        }
        if (apart >= 0) {
            addState(in.labelValue(apart).toString(), value);
        } else if (isLater(points.isEmpty() ? null : points.get(points.size() - 1))) {
            points.add(new Point(value, in.timestamp(), in.startTimestamp(), exemplars()));
            hold();
        }
    }

    /** Adds the metric at hand, which has the one point that it came with. */
    private void addWhole(Value value) {
        Labels its = in.toLabels();
        if (!isNew(in.fingerprint(), its)) {
            reportDuplicate();
            addRaw();
            return;
        }
        whole.add(new Metric(its, new Point(value, in.timestamp(), in.startTimestamp(), exemplars())));
        wholeSize += sampleSize();
        size += sampleSize();
    }

    /** The value at hand as one of the family's type, or null if it is none and was kept raw. */
    private @Nullable Value value() {
        if (in.event() == Event.COMPOSITE) {
            Composite composite = in.composite();
            if (!fits(composite.kind())) {
                keepRaw(
                        ErrorCode.UNEXPECTED_SAMPLE,
                        "a value of type " + type.keyword(),
                        "a " + composite.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
                return null;
            }
            return composite.toValue();
        }
        return switch (type) {
            case HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> {
                keepRaw(ErrorCode.UNEXPECTED_SAMPLE, "a composite value of type " + type.keyword(), "a number");
                yield null;
            }
            case INFO -> {
                if (in.value() != 1) {
                    keepRaw(
                            ErrorCode.INVALID_STATE,
                            "1, an info's only value",
                            in.valueText().toString());
                    yield null;
                }
                yield new InfoValue();
            }
            case STATE_SET -> {
                if (in.value() != 0 && in.value() != 1) {
                    String got = in.valueText().toString();
                    keepRaw(ErrorCode.INVALID_STATE, "0 or 1, a state's only values", got);
                    yield null;
                }
                yield new NumberValue(in.value());
            }
            default -> new NumberValue(in.value());
        };
    }

    /** Where reading goes on nevertheless, a gauge histogram may spell its count as other histograms do. */
    private boolean fits(Composite.Kind kind) {
        return switch (type) {
            case HISTOGRAM -> kind == Composite.Kind.HISTOGRAM;
            case SUMMARY -> kind == Composite.Kind.SUMMARY;
            case STATE_SET -> kind == Composite.Kind.STATE_SET;
            case UNKNOWN -> true;
            case GAUGE_HISTOGRAM -> {
                if (kind == Composite.Kind.HISTOGRAM) {
                    in.finding(ErrorCode.UNEXPECTED_SAMPLE, "'gcount' and 'gsum'", "'count' and 'sum'");
                }
                yield kind != Composite.Kind.SUMMARY;
            }
            default -> false;
        };
    }

    /**
     * Makes the metric of the sample at hand the one at hand; false if it was left before.
     *
     * @param apart the position of the label that names a state, or -1
     */
    private boolean enterMetric(int apart) {
        boolean continued = in.continuesMetric();
        if (!continued) {
            finishMetrics();
        }
        Labels current = labels;
        if (current != null && hasLabels(current, apart)) {
            return true;
        }
        Labels entered = in.toLabels(apart);
        SeriesKey enteredKey = new SeriesKey(in.fingerprint(), entered);
        if (current != null && enteredKey.equals(key)) {
            return true;
        }
        boolean mixed = continued && in.mixesLabels();
        if (!isNew(enteredKey.fingerprint(), entered)) {
            return mixed && enterAgain(enteredKey);
        }
        if (mixed) {
            putAside();
        } else {
            finishMetrics();
        }
        labels = entered;
        key = enteredKey;
        return true;
    }

    /** Makes a metric of the one message at hand that was put aside the one at hand again; false if there is none. */
    private boolean enterAgain(SeriesKey again) {
        OpenMetric metric = open.get(again);
        if (metric == null) {
            return false;
        }
        putAside();
        labels = metric.labels;
        key = again;
        points = metric.points;
        return true;
    }

    private void putAside() {
        Labels current = labels;
        if (current != null) {
            open.putIfAbsent(key, new OpenMetric(current, points));
            points = new ArrayList<>(1);
        }
    }

    private void addState(String state, Value value) {
        if (!states.enter(state)) {
            keepRaw(ErrorCode.METRIC_INTERLEAVED, "all samples of a state together", "more of one before");
        } else if (isLater(states.last())) {
            states.add(in.toLabels(), new Point(value, in.timestamp(), in.startTimestamp(), exemplars()));
            hold();
        }
    }

    private void hold() {
        size += sampleSize();
        heldSize += sampleSize();
    }

    /**
     * Whether the sample at hand may follow a point of its metric, or is the first; it was kept raw if not. "If more than one
     * Sample is exposed for a Metric, then its Samples MUST have monotonically increasing Timestamps."
     */
    private boolean isLater(@Nullable Point before) {
        if (before == null) {
            return true;
        }
        Timestamp earlier = before.timestamp();
        Timestamp timestamp = in.timestamp();
        boolean isNumber = in.event() == Event.SAMPLE;
        if (earlier != null && earlier.equals(timestamp) && isNumber && in.repeatsTimes()) {
            return true;
        }
        if (earlier == null ? timestamp == null : earlier.equals(timestamp)) {
            reportDuplicate();
            addRaw();
            return false;
        }
        if (earlier == null || timestamp == null || timestamp.compareTo(earlier) < 0) {
            keepRaw(ErrorCode.MIXED_TIMESTAMPS, "timestamps that rise, or none", "another timestamp");
            return false;
        }
        return true;
    }

    @Override
    void addRaw() {
        if (in.event() == Event.SAMPLE) {
            appendRaw();
            return;
        }
        wholeSize += sampleSize();
        size += sampleSize();
        Value value = in.composite().toValue();
        if (value instanceof HistogramValue histogram && histogram.nativeBuckets() != null) {
            in.lose(Loss.Kind.NATIVE_BUCKETS, "native buckets of a histogram that is kept as raw samples");
        }
        Point point = new Point(value, in.timestamp(), in.startTimestamp(), exemplars());
        new RawSamples(type, wireName, totalRole()).takeApart(in.toLabels(), point, raw);
    }

    // ---- Results

    @Override
    void finishMetrics() {
        if (!open.isEmpty()) {
            putAside();
            open.values().forEach(metric -> finish(metric.labels, metric.points));
            open.clear();
        } else if (labels != null) {
            finish(labels, points);
        }
        labels = null;
        points.clear();
        states.clear();
        wholeSize += heldSize;
        heldSize = 0;
    }

    private void finish(Labels its, List<Point> all) {
        if (all.isEmpty()) {
            states.finish(its, wireName, whole, raw);
        } else {
            whole.add(new Metric(its, all));
        }
    }

    @Override
    MetricFamily finishRaw() {
        finishMetrics();
        RawSamples samples = new RawSamples(type, wireName, totalRole());
        for (Metric metric : whole) {
            metric.points().forEach(point -> samples.takeApart(metric.labels(), point, raw));
        }
        whole.clear();
        return finish();
    }

    @Override
    void remember(FingerprintSet fingerprints) {}

    /** The metric at hand may go on, and stays. */
    @Override
    void releaseMetrics(List<Metric> metrics) {}
}
