package dev.exposit.parser;

import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric family on its way from what the reader is at to metrics: {@link SampleFamily} where a metric is spread over
 * samples, {@link PointFamily} where each is a whole point. What belongs to no metric is kept as a raw sample and reported.
 */
abstract sealed class FamilyAssembly permits SampleFamily, PointFamily {
    /** What a metric takes besides twice its line, in bytes, as heap histograms of models of real scrapes showed. */
    private static final int METRIC_BYTES = 300;

    final EventReader in;
    /** Whether the format calls it an error where samples do not fit together; Prometheus text has but conventions. */
    final boolean strict;

    final String wireName;
    /** Metrics that nothing more is expected of. */
    final List<Metric> whole = new ArrayList<>();

    final List<Metric> raw = new ArrayList<>();

    /** The label sets of the metrics, as long as none was released. */
    private final SeriesTable exact = new SeriesTable();
    /** From the first release on, the fingerprints of the label sets of all metrics, released or not. */
    private @Nullable FingerprintSet hashed;

    MetricType type = MetricType.UNKNOWN;
    private boolean hasSamples;
    /** Metrics of a family that was read at once, as long as nobody asked for the label sets of the family. */
    private List<Metric> adopted = List.of();

    private String help = "";
    private String unit = "";
    long size;
    /** How much of it belongs to whole metrics and raw samples. */
    long wholeSize;

    FamilyAssembly(EventReader in, String wireName) {
        this.in = in;
        this.strict = in.isStrict();
        this.wireName = wireName;
    }

    /** Estimated memory in bytes of the metrics held. */
    final long size() {
        return size;
    }

    final MetricType type() {
        return type;
    }

    final void setHelp(String text) {
        if (help.isEmpty() && hashed == null) {
            help = text;
        }
    }

    final void setUnit(String text) {
        if (unit.isEmpty() && hashed == null) {
            unit = text;
        }
    }

    /** Takes a type that comes in time, or late where samples look the same with it as without. */
    final void setType(MetricType stated) {
        boolean alike = stated == MetricType.COUNTER || stated == MetricType.GAUGE;
        boolean mayBeLate = alike && type == MetricType.UNKNOWN && !strict && hashed == null;
        if (!hasSamples || mayBeLate) {
            type = stated;
        }
    }

    /** Goes on with a family that was read at once, which takes so many bytes in memory. */
    final void adopt(MetricFamily family, long bytes) {
        hasSamples = !family.metrics().isEmpty();
        type = family.type();
        help = family.help();
        unit = family.unit();
        whole.addAll(family.metrics());
        adopted = family.metrics();
        size += bytes;
        wholeSize += bytes;
    }

    private void rememberAdopted() {
        List<Metric> metrics = adopted;
        adopted = List.of();
        for (Metric metric : metrics) {
            exact.add(LabelSets.fingerprint(metric.labels()), metric.labels());
        }
    }

    /** Adds the sample or composite that the reader is at. */
    final void add() {
        hasSamples = true;
        take();
    }

    abstract void take();

    /** Has samples that are whole metrics gathered there, if that can be, as long as none of them is odd. */
    void gatherIn(PlainSamples samples) {}

    /** Turns what was gathered as text into metrics like all others. */
    void makeMetrics() {}

    /** The metrics gathered as text, if the family has no others and some, or else null. */
    @Nullable
    PlainMetrics takePlainMetrics() {
        return null;
    }

    // ---- Labels

    /** Whether no metric of these labels, with that fingerprint, was there before. */
    final boolean isNew(long fingerprint, Labels labels) {
        rememberAdopted();
        FingerprintSet fingerprints = hashed;
        return fingerprints == null ? exact.add(fingerprint, labels) : fingerprints.add(fingerprint);
    }

    /** Whether metrics have been let go already. */
    final boolean isReleased() {
        return hashed != null;
    }

    final int indexOf(String labelName) {
        for (int i = 0; i < in.labelCount(); i++) {
            if (in.labelName(i).contentEquals(labelName)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Whether the sample at hand has these labels in this order, but for the one at {@code apart}.
     *
     * @param apart the position of the label that does not belong to the metric's labels, or -1
     */
    final boolean hasLabels(Labels labels, int apart) {
        int count = in.labelCount() - (apart < 0 ? 0 : 1);
        if (labels.size() != count) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int at = apart >= 0 && i >= apart ? i + 1 : i;
            if (!in.labelName(at).contentEquals(labels.name(i))
                    || !in.labelValue(at).contentEquals(labels.value(i))) {
                return false;
            }
        }
        return true;
    }

    // ---- Raw samples

    /** Keeps the sample at hand raw; only OpenMetrics calls what is odd about it an error. */
    final void keepRaw(ErrorCode code, String expected, String got) {
        if (strict || code == ErrorCode.DUPLICATE_SERIES) {
            in.finding(code, expected, got);
        } else {
            in.oddity(code, expected, got);
        }
        addRaw();
    }

    /** Keeps the sample at hand raw. */
    abstract void addRaw();

    final void keepDuplicate() {
        reportDuplicate();
        appendRaw();
    }

    final void reportDuplicate() {
        in.finding(ErrorCode.DUPLICATE_SERIES, "each series once", "a series a second time");
    }

    final void appendRaw() {
        wholeSize += sampleSize();
        size += sampleSize();
        raw.add(rawMetric());
    }

    /** What the sample at hand takes in memory, in bytes, estimated. */
    final long sampleSize() {
        return sizeOf(in.eventBytes());
    }

    /** What a metric of so many bytes takes in memory, in bytes, estimated. */
    static long sizeOf(int eventBytes) {
        return METRIC_BYTES + 2L * eventBytes;
    }

    private Metric rawMetric() {
        RawValue value = new RawValue(in.sampleName().toString(), in.value());
        return new Metric(in.toLabels(), new Point(value, in.timestamp(), in.startTimestamp(), exemplars()));
    }

    final List<Exemplar> exemplars() {
        return in.hasExemplar() ? in.exemplars() : List.of();
    }

    // ---- Results

    /** All metrics still held. */
    final MetricFamily finish() {
        PlainMetrics plain = raw.isEmpty() ? takePlainMetrics() : null;
        if (plain != null) {
            size = 0;
            wholeSize = 0;
            return new MetricFamily(metadata(), plain);
        }
        makeMetrics();
        finishMetrics();
        whole.addAll(raw);
        MetricFamily family = new MetricFamily(metadata(), whole);
        whole.clear();
        raw.clear();
        exact.clear();
        size = 0;
        wholeSize = 0;
        return family;
    }

    /** Moves all that is still gathered to the whole metrics. */
    abstract void finishMetrics();

    /** All metrics still held, as raw samples; asked for only in the formats of OpenMetrics 1.0, where names can clash. */
    abstract MetricFamily finishRaw();

    /** The metrics that nothing more is expected of; they are no longer held, only remembered. */
    final MetricFamily release() {
        makeMetrics();
        if (hashed == null) {
            FingerprintSet fingerprints = new FingerprintSet();
            exact.forEachFingerprint(fingerprints::add);
            exact.clear();
            remember(fingerprints);
            hashed = fingerprints;
        }
        List<Metric> metrics = new ArrayList<>(whole);
        releaseMetrics(metrics);
        metrics.addAll(raw);
        whole.clear();
        raw.clear();
        size -= wholeSize;
        wholeSize = 0;
        return new MetricFamily(metadata(), metrics);
    }

    /** Adds the label sets of metrics that {@link #isNew} was not asked for. */
    abstract void remember(FingerprintSet fingerprints);

    /** Hands over what is complete among that which is still gathered. */
    abstract void releaseMetrics(List<Metric> metrics);

    final String exposedName() {
        return in.exposedName(wireName, type);
    }

    private Metadata metadata() {
        return new Metadata(exposedName(), type, unit, help);
    }

    final SampleRole totalRole() {
        return strict ? SampleRole.TOTAL : SampleRole.VALUE;
    }
}
