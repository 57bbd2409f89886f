package dev.exposit.parser;

import dev.exposit.model.Exemplar;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A family whose metrics are spread over samples. Those of one metric need not stand together in Prometheus text, so a metric
 * stays open until its family ends, or until the family has grown so large that {@link #release()} lets the complete ones
 * go.
 */
final class SampleFamily extends FamilyAssembly {
    private final byte[] wireBytes;
    private final NumberReader numbers = new NumberReader();
    private final Map<SeriesKey, MetricGroup> groups = new LinkedHashMap<>();
    /** The series of Prometheus text that were kept raw. */
    private @Nullable SeriesSet rawSeries;

    private final BoundCache bounds = new BoundCache();
    private @Nullable MetricGroup current;
    /** Where samples that are whole metrics are gathered; null if they become metrics at once. */
    private @Nullable PlainSamples plain;

    SampleFamily(EventReader in, String wireName) {
        super(in, wireName);
        this.wireBytes = wireName.getBytes(StandardCharsets.UTF_8);
    }

    // ---- Samples

    @Override
    void take() {
        SampleRole role = role();
        if (role == null) {
            String got = LineScanner.quote(in.sampleName().toString());
            keepRaw(ErrorCode.UNEXPECTED_SAMPLE, "a sample name that fits type " + type.keyword(), got);
            return;
        }
        if (isWholeMetric(role)) {
            addNumber();
            return;
        }
        String boundName = boundName(role);
        int bound = boundName == null ? -1 : indexOf(boundName);
        if (boundName != null && bound < 0) {
            keepRaw(ErrorCode.MISSING_LABEL, "a label " + LineScanner.quote(boundName), "none");
            return;
        }
        LabelNumber number = null;
        if (bound >= 0 && type != MetricType.STATE_SET) {
            number = bound(bound);
            if (number == null) {
                return;
            }
        }
        MetricGroup group = group(bound);
        if (group != null && isInTime(group)) {
            long wholeBefore = wholeSize;
            addTo(group, role, bound, number);
            if (wholeSize == wholeBefore) {
                group.size += sampleSize();
                size += sampleSize();
            }
        }
    }

    /** What the sample at hand is to its metric, or null if its name does not fit the type. */
    private @Nullable SampleRole role() {
        ByteView name = in.sampleName();
        List<SampleRole> roles = in.roles(type);
        // By index: an iterator would be an object for each sample.
        for (int i = 0; i < roles.size(); i++) {
            SampleRole role = roles.get(i);
            if (name.length() == wireBytes.length + role.suffix().length()
                    && in.sampleNameEndsWith(role)
                    && name.startsWith(wireBytes)) {
                return role;
            }
        }
        // Prometheus text has no roles for the types whose one sample has the family's own name.
        boolean bareIsValue = !strict && type != MetricType.HISTOGRAM;
        return bareIsValue && name.length() == wireBytes.length && name.startsWith(wireBytes) ? SampleRole.VALUE : null;
    }

    /**
     * Whether the sample at hand is all that its metric can have: Prometheus text has neither start timestamps nor
     * further points. What is whole at once needs no group, and a family of millions of series is mostly of this kind.
     */
    private boolean isWholeMetric(SampleRole role) {
        return !strict && role == SampleRole.VALUE && isSingle();
    }

    private void addNumber() {
        if (isGatheredAsText()) {
            wholeSize += sampleSize();
            size += sampleSize();
            return;
        }
        makeMetrics();
        Labels labels = in.toLabels();
        if (!isNew(in.fingerprint(), labels)) {
            keepDuplicate();
            return;
        }
        whole.add(new Metric(labels, new Point(new NumberValue(in.value()), in.timestamp(), null, exemplars())));
        wholeSize += sampleSize();
        size += sampleSize();
    }

    private boolean isGatheredAsText() {
        PlainSamples samples = plain;
        return samples != null
                && in instanceof LineScanner scanner
                && scanner.innerLineFeeds == 0
                && samples.add(in.labels(), in.b, in.value(), in.timestamp());
    }

    @Override
    void gatherIn(PlainSamples samples) {
        samples.clear();
        plain = samples;
    }

    @Override
    void makeMetrics() {
        PlainSamples samples = plain;
        if (samples == null) {
            return;
        }
        plain = null;
        for (Metric metric : samples.toMetrics()) {
            // They are known to differ; from here on it is asked of others whether they do.
            isNew(LabelSets.fingerprint(metric.labels()), metric.labels());
            whole.add(metric);
        }
    }

    @Override
    @Nullable
    PlainMetrics takePlainMetrics() {
        PlainSamples samples = plain;
        if (samples == null || samples.isEmpty() || !whole.isEmpty() || !groups.isEmpty()) {
            return null;
        }
        plain = null;
        return samples.toMetrics();
    }

    /** The label that tells a metric's samples of this role apart, or null if there is only one. */
    private @Nullable String boundName(SampleRole role) {
        return switch (type) {
            case HISTOGRAM, GAUGE_HISTOGRAM -> role == SampleRole.BUCKET ? "le" : null;
            case SUMMARY -> role == SampleRole.VALUE ? "quantile" : null;
            case STATE_SET -> wireName;
            default -> null;
        };
    }

    /**
     * The metric that the sample at hand belongs to, or null if the sample was kept raw.
     *
     * @param bound the position of the label that does not belong to the metric's labels, or -1
     */
    private @Nullable MetricGroup group(int bound) {
        MetricGroup group = current;
        if (group == null || !hasLabels(group.labels, bound)) {
            Labels labels = in.toLabels(bound);
            SeriesKey key = new SeriesKey(in.fingerprint(), labels);
            group = groups.get(key);
            if (group != null && group != current && strict) {
                String again = "the same metric again behind another";
                keepRaw(ErrorCode.METRIC_INTERLEAVED, "all samples of a metric together", again);
                return null;
            }
            if (group == null) {
                if (isReleased() && !isNew(key.fingerprint(), labels)) {
                    String again = "more of one before";
                    keepRaw(ErrorCode.DUPLICATE_SERIES, "each metric of a large family in one piece", again);
                    return null;
                }
                group = new MetricGroup(labels, type);
                groups.put(key, group);
            }
            current = group;
        }
        if (group.takenApart) {
            addRaw();
            return null;
        }
        return group;
    }

    /** Whether the sample at hand belongs to the point being gathered or begins the next; it was kept raw if not. */
    private boolean isInTime(MetricGroup group) {
        Timestamp timestamp = in.timestamp();
        if (group.isAt(timestamp)) {
            return true;
        }
        if (strict) {
            Metric stray = group.strayStart(wireName);
            if (group.advanceTo(timestamp)) {
                if (stray != null) {
                    raw.add(stray);
                }
                return true;
            }
            keepRaw(ErrorCode.MIXED_TIMESTAMPS, "timestamps that rise, or none", "another timestamp");
            return false;
        }
        for (Metric part : group.takeApart(wireName, totalRole())) {
            rawSeries().add(((RawValue) part.value()).sampleName(), part.labels());
            raw.add(part);
        }
        wholeSize += group.size;
        group.size = 0;
        keepRaw(ErrorCode.MIXED_TIMESTAMPS, "one timestamp for a whole " + type.keyword(), "another one");
        return false;
    }

    private boolean isSingle() {
        return type == MetricType.COUNTER || type == MetricType.GAUGE || type == MetricType.UNKNOWN;
    }

    private void addTo(MetricGroup group, SampleRole role, int bound, @Nullable LabelNumber number) {
        double value = in.value();
        switch (role) {
            case VALUE -> {
                if (number != null) {
                    keepIfDuplicate(group.addQuantile(number, value));
                } else if (type == MetricType.STATE_SET) {
                    addState(group, bound, value);
                } else {
                    keepIfDuplicate(setNumber(group, value, in.exemplar()));
                }
            }
            case BUCKET -> keepIfDuplicate(group.addBucket(Objects.requireNonNull(number), value, in.exemplar()));
            case TOTAL -> keepIfDuplicate(setNumber(group, value, in.exemplar()));
            case INFO -> {
                if (value != 1) {
                    keepRaw(
                            ErrorCode.INVALID_STATE,
                            "1, an info's only value",
                            in.valueText().toString());
                } else {
                    keepIfDuplicate(setNumber(group, value, null));
                }
            }
            case COUNT, GCOUNT -> keepIfDuplicate(group.setCount(value));
            case SUM, GSUM -> keepIfDuplicate(group.setSum(value));
            case CREATED -> addStart(group);
        }
    }

    /**
     * Sets the one number of a point. In OpenMetrics one that comes again at the same time is another point: "monotonically
     * increasing timestamps" may be equal, as the test suite of OpenMetrics has it.
     */
    private boolean setNumber(MetricGroup group, double value, @Nullable Exemplar exemplar) {
        Timestamp timestamp = in.timestamp();
        if (group.setNumber(value, exemplar)) {
            return true;
        }
        if (!strict || timestamp == null) {
            return false;
        }
        group.beginPoint(timestamp);
        return group.setNumber(value, exemplar);
    }

    private void keepIfDuplicate(boolean first) {
        if (!first) {
            keepDuplicate();
        }
    }

    private void addState(MetricGroup group, int bound, double value) {
        if (value != 0 && value != 1) {
            keepRaw(
                    ErrorCode.INVALID_STATE,
                    "0 or 1, a state's only values",
                    in.valueText().toString());
        } else {
            keepIfDuplicate(group.addState(in.labelValue(bound).toString(), value == 1));
        }
    }

    private void addStart(MetricGroup group) {
        String text = in.valueText().toString();
        DecimalSeconds start = in.valueAsSeconds();
        if (start == null) {
            keepRaw(ErrorCode.INVALID_CREATED, "seconds since the epoch", text);
            return;
        }
        if (!start.exact()) {
            in.reportLostDigits("start timestamp", text, start.time());
        }
        keepIfDuplicate(group.setStart(start.time()));
    }

    /** The number in the label at a position, or null if it is none and the sample was kept raw. */
    private @Nullable LabelNumber bound(int index) {
        ByteView view = in.labelValue(index);
        LabelNumber known = bounds.get(view);
        if (known == null) {
            String spelling = view.toString();
            byte[] text = (spelling + '\n').getBytes(StandardCharsets.UTF_8);
            boolean number = numbers.read(text, 0) == text.length - 1 && !numbers.overflow();
            if (!number || Double.isNaN(numbers.value())) {
                String got = LineScanner.quote(spelling);
                keepRaw(ErrorCode.INVALID_BOUND, "a number in label " + in.labelName(index), got);
                return null;
            }
            known = new LabelNumber(numbers.value(), spelling);
            bounds.add(known);
        }
        return known;
    }

    // ---- Raw samples

    /** Keeps the sample at hand raw. In OpenMetrics that is an error of its own, in Prometheus text only if it stood before. */
    @Override
    void addRaw() {
        if (!strict && !rawSeries().add(in.sampleName().toString(), in.toLabels())) {
            reportDuplicate();
        }
        appendRaw();
    }

    private SeriesSet rawSeries() {
        SeriesSet series = rawSeries;
        if (series == null) {
            series = new SeriesSet();
            rawSeries = series;
        }
        return series;
    }

    // ---- Results

    @Override
    void finishMetrics() {
        groups.values().forEach(group -> addMetric(group, whole));
        groups.clear();
        current = null;
    }

    @Override
    MetricFamily finishRaw() {
        groups.values().forEach(group -> raw.addAll(group.takeApart(wireName, totalRole())));
        return finish();
    }

    @Override
    void remember(FingerprintSet fingerprints) {
        groups.keySet().forEach(key -> fingerprints.add(key.fingerprint()));
    }

    @Override
    void releaseMetrics(List<Metric> metrics) {
        for (Iterator<Map.Entry<SeriesKey, MetricGroup>> all = groups.entrySet().iterator(); all.hasNext(); ) {
            MetricGroup group = all.next().getValue();
            // In OpenMetrics a metric is over as soon as another begins.
            if (group != current && (strict || group.isComplete())) {
                addMetric(group, metrics);
                size -= group.size;
                all.remove();
            }
        }
    }

    private void addMetric(MetricGroup group, List<Metric> metrics) {
        Metric metric = group.metric();
        if (metric != null) {
            metrics.add(metric);
        }
        Metric stray = group.strayStart(wireName);
        if (stray != null) {
            metrics.add(stray);
        }
    }
}
