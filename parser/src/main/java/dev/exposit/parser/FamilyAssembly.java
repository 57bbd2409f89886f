package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One metric family on its way from samples to metrics.
 *
 * <p>Samples of one metric need not stand together in Prometheus text, so a metric stays open until its family ends,
 * or until the family has grown so large that {@link #release()} lets the complete ones go. What belongs to no metric
 * is kept as a raw sample and reported.
 */
final class FamilyAssembly {
    private static final int BOUNDS_REMEMBERED = 1024;
    /** What a metric takes besides twice its line, in bytes, as heap histograms of models of real scrapes showed. */
    private static final int METRIC_BYTES = 300;

    private final TextReader in;
    private final boolean openMetrics;
    private final String wireName;
    private final byte[] wireBytes;
    private final Map<Labels, MetricGroup> groups = new LinkedHashMap<>();
    /** Metrics that were whole with their one sample, see {@link #isWholeMetric}; such a family has no groups. */
    private final List<Metric> numbers = new ArrayList<>();
    /** Their labels, as long as none was released. */
    private final Set<Labels> numbered = new HashSet<>();

    private final List<Metric> raw = new ArrayList<>();
    /** The series of Prometheus text that were kept raw. */
    private final SeriesSet rawSeries = new SeriesSet();

    private final Map<String, LabelNumber> bounds = new HashMap<>();
    private @Nullable MetricGroup current;
    /** From the first release on, the label sets of all metrics, released or not. */
    private @Nullable FingerprintSet known;

    private MetricType type = MetricType.UNKNOWN;
    private boolean hasSamples;
    private String help = "";
    private String unit = "";
    private long size;
    /** How much of it belongs to numbers and raw samples, which nothing more is expected of. */
    private long wholeSize;

    FamilyAssembly(TextReader in, String wireName) {
        this.in = in;
        this.openMetrics = in.format() == ExpositionFormat.OPENMETRICS_1;
        this.wireName = wireName;
        this.wireBytes = wireName.getBytes(StandardCharsets.UTF_8);
    }

    /** Estimated memory in bytes of the metrics held. */
    long size() {
        return size;
    }

    MetricType type() {
        return type;
    }

    void setHelp(String text) {
        if (help.isEmpty() && known == null) {
            help = text;
        }
    }

    void setUnit(String text) {
        if (unit.isEmpty() && known == null) {
            unit = text;
        }
    }

    /** Takes a type that comes in time, or late where samples look the same with it as without. */
    void setType(MetricType stated) {
        boolean alike = stated == MetricType.COUNTER || stated == MetricType.GAUGE;
        boolean mayBeLate = alike && type == MetricType.UNKNOWN && !openMetrics && known == null;
        if (!hasSamples || mayBeLate) {
            type = stated;
        }
    }

    // ---- Samples

    /** Adds the sample that the reader is at. */
    void add() {
        hasSamples = true;
        SampleRole role = role();
        if (role == null) {
            String got = TextReader.quote(in.sampleName().toString());
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
            keepRaw(ErrorCode.MISSING_LABEL, "a label " + TextReader.quote(boundName), "none");
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
        for (SampleRole role : in.roles(type)) {
            if (name.length() == wireBytes.length + role.suffix().length()
                    && in.sampleNameEndsWith(role)
                    && name.startsWith(wireBytes)) {
                return role;
            }
        }
        // Prometheus text has no roles for the types whose one sample has the family's own name.
        boolean bareIsValue = !openMetrics && type != MetricType.HISTOGRAM;
        return bareIsValue && name.length() == wireBytes.length && name.startsWith(wireBytes) ? SampleRole.VALUE : null;
    }

    /**
     * Whether the sample at hand is all that its metric can have: Prometheus text has neither start timestamps nor
     * further points. What is whole at once needs no group, and a family of millions of series is mostly of this kind.
     */
    private boolean isWholeMetric(SampleRole role) {
        return !openMetrics && role == SampleRole.VALUE && isSingle();
    }

    private void addNumber() {
        Labels labels = in.toLabels();
        Labels key = labels.withoutEmpty();
        FingerprintSet fingerprints = known;
        if (!(fingerprints == null ? numbered.add(key) : fingerprints.add(key))) {
            keepDuplicate();
            return;
        }
        Exemplar exemplar = in.exemplar();
        List<Exemplar> exemplars = exemplar == null ? List.of() : List.of(exemplar);
        numbers.add(new Metric(labels, new Point(new NumberValue(in.value()), in.timestamp(), null, exemplars)));
        wholeSize += sampleSize();
        size += sampleSize();
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

    private int indexOf(String labelName) {
        for (int i = 0; i < in.labelCount(); i++) {
            if (in.labelName(i).contentEquals(labelName)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The metric that the sample at hand belongs to, or null if the sample was kept raw.
     *
     * @param bound the position of the label that does not belong to the metric's labels, or -1
     */
    private @Nullable MetricGroup group(int bound) {
        MetricGroup group = current;
        if (group == null || !hasLabels(group.labels, bound)) {
            Labels labels = in.toLabels();
            if (bound >= 0) {
                labels = labels.without(in.labelName(bound).toString());
            }
            Labels key = labels.withoutEmpty();
            group = groups.get(key);
            if (group != null && group != current && openMetrics) {
                String again = "the same metric again behind another";
                keepRaw(ErrorCode.METRIC_INTERLEAVED, "all samples of a metric together", again);
                return null;
            }
            if (group == null) {
                FingerprintSet fingerprints = known;
                if (fingerprints != null && !fingerprints.add(key)) {
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

    /** Whether the sample at hand has these labels in this order, but for the one at {@code bound}. */
    private boolean hasLabels(Labels labels, int bound) {
        int count = in.labelCount() - (bound < 0 ? 0 : 1);
        if (labels.size() != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int at = bound >= 0 && i >= bound ? i + 1 : i;
            if (!in.labelName(at).contentEquals(labels.name(i))
                    || !in.labelValue(at).contentEquals(labels.value(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the sample at hand belongs to the point being gathered or begins the next; it was kept raw if not. */
    private boolean isInTime(MetricGroup group) {
        Timestamp timestamp = in.timestamp();
        if (group.isAt(timestamp)) {
            return true;
        }
        if (openMetrics) {
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
            rawSeries.add(((RawValue) part.value()).sampleName(), part.labels());
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
        if (!openMetrics || timestamp == null) {
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
        DecimalSeconds start = Double.isFinite(in.value()) ? DecimalSeconds.of(text, in.value()) : null;
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
        String spelling = in.labelValue(index).toString();
        LabelNumber known = bounds.get(spelling);
        if (known == null) {
            byte[] text = (spelling + '\n').getBytes(StandardCharsets.UTF_8);
            boolean number = in.numbers.read(text, 0) == text.length - 1 && !in.numbers.overflow();
            if (!number || Double.isNaN(in.numbers.value())) {
                String got = TextReader.quote(spelling);
                keepRaw(ErrorCode.INVALID_BOUND, "a number in label " + in.labelName(index), got);
                return null;
            }
            known = new LabelNumber(in.numbers.value(), spelling);
            if (bounds.size() < BOUNDS_REMEMBERED) {
                bounds.put(spelling, known);
            }
        }
        return known;
    }

    // ---- Raw samples

    private void keepDuplicate() {
        reportDuplicate();
        appendRaw();
    }

    private void reportDuplicate() {
        in.finding(ErrorCode.DUPLICATE_SERIES, "each series once", "a series a second time");
    }

    /** Keeps the sample at hand raw; only OpenMetrics calls what is odd about it an error. */
    private void keepRaw(ErrorCode code, String expected, String got) {
        if (openMetrics || code == ErrorCode.DUPLICATE_SERIES) {
            in.finding(code, expected, got);
        } else {
            in.oddity(code, expected, got);
        }
        addRaw();
    }

    /** Keeps the sample at hand raw. In OpenMetrics that is an error of its own, in Prometheus text only if it stood before. */
    private void addRaw() {
        if (!openMetrics && !rawSeries.add(in.sampleName().toString(), in.toLabels())) {
            reportDuplicate();
        }
        appendRaw();
    }

    private void appendRaw() {
        wholeSize += sampleSize();
        size += sampleSize();
        raw.add(rawMetric());
    }

    /** What the sample at hand takes in memory, in bytes, estimated. */
    private long sampleSize() {
        return METRIC_BYTES + 2L * in.lineLength();
    }

    private Metric rawMetric() {
        Exemplar exemplar = in.exemplar();
        RawValue value = new RawValue(in.sampleName().toString(), in.value());
        List<Exemplar> exemplars = exemplar == null ? List.of() : List.of(exemplar);
        return new Metric(in.toLabels(), new Point(value, in.timestamp(), null, exemplars));
    }

    // ---- Results

    /** All metrics still held. */
    MetricFamily finish() {
        List<Metric> metrics = new ArrayList<>(groups.size() + numbers.size() + raw.size());
        metrics.addAll(numbers);
        groups.values().forEach(group -> addMetric(group, metrics));
        metrics.addAll(raw);
        numbers.clear();
        numbered.clear();
        groups.clear();
        raw.clear();
        size = 0;
        wholeSize = 0;
        current = null;
        return new MetricFamily(metadata(), metrics);
    }

    private SampleRole totalRole() {
        return openMetrics ? SampleRole.TOTAL : SampleRole.VALUE;
    }

    /** All metrics still held, as raw samples; asked for only in OpenMetrics, where names can clash. */
    MetricFamily finishRaw() {
        groups.values().forEach(group -> raw.addAll(group.takeApart(wireName, totalRole())));
        return finish();
    }

    /** The metrics that nothing more is expected of; they are no longer held, only remembered. */
    MetricFamily release() {
        if (known == null) {
            FingerprintSet fingerprints = new FingerprintSet();
            numbered.forEach(fingerprints::add);
            groups.keySet().forEach(fingerprints::add);
            numbered.clear();
            known = fingerprints;
        }
        List<Metric> metrics = new ArrayList<>(numbers);
        for (Iterator<Map.Entry<Labels, MetricGroup>> all = groups.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Labels, MetricGroup> entry = all.next();
            MetricGroup group = entry.getValue();
            // In OpenMetrics a metric is over as soon as another begins.
            if (group != current && (openMetrics || group.isComplete())) {
                addMetric(group, metrics);
                size -= group.size;
                all.remove();
            }
        }
        metrics.addAll(raw);
        numbers.clear();
        raw.clear();
        size -= wholeSize;
        wholeSize = 0;
        return new MetricFamily(metadata(), metrics);
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

    String exposedName() {
        return in.exposedName(wireName, type);
    }

    private Metadata metadata() {
        return new Metadata(exposedName(), type, unit, help);
    }
}
