package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Outline;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code io.prometheus.client.MetricFamily} messages, on the wire or as text.
 *
 * <p>A metric has one value, of the type of its family. What has another one, or a histogram or summary that the schema cannot
 * carry in one piece, is taken apart into its samples; they stand, under the names that the text formats give them, in
 * untyped families behind. So the type gives way and the samples stay. Start timestamps for which the type has no
 * field stand there too, in gauges {@code x_created}.
 *
 * <p>Specification: Prometheus, "Exposition formats", section "Protobuf format", and {@code metrics.proto}.
 */
final class ProtobufWriter extends SequencedWriter implements SampleVisitor {
    private static final String LE = "le";
    private static final String QUANTILE = "quantile";

    private final MetricMessage message = new MetricMessage(escaping, losses);
    private final HistogramMessage histogramMessage = new HistogramMessage(message);
    private final HistogramFit histogramFit = new HistogramFit(losses, options.nativeHistograms());
    private final SeenSeries seen = new SeenSeries();

    private final FamilyMessage main;
    private final Map<String, FamilyMessage> behind = new LinkedHashMap<>();
    private long heldBehind;
    private long mostBehind;

    /** The names of the families written, those of {@link #behind} included. */
    private Set<String> written = new HashSet<>();
    /** The names of the families that will come, but for those of {@link #coming}. */
    private final Set<String> announced = new HashSet<>();
    /** Sets that will come, whose names nobody has asked for yet, as mostly nobody does. */
    private final List<MetricSet> coming = new ArrayList<>();

    // The family being written.
    private Metadata family = new Metadata("none", MetricType.UNKNOWN);
    private String name = "none";
    private FamilyNames names = new FamilyNames(name, MetricType.UNKNOWN);
    private MetricType type = MetricType.UNKNOWN;
    /** Why nothing of the family can be written, in words, or null. */
    private @Nullable String hindrance;

    private int samples;

    // The metric being written.
    private Labels labels = Labels.of();
    private Point point = Point.of(0);
    private long millis;

    ProtobufWriter(ByteSink sink, WriteOptions options) {
        super(sink, options);
        this.main = new FamilyMessage(form());
        announce(options.outline());
    }

    private MessageOutput form() {
        return switch (options.format()) {
            case PROTOBUF_TEXT -> new MessageTextOutput(false);
            case PROTOBUF_COMPACT -> new MessageTextOutput(true);
            default -> new WireOutput();
        };
    }

    @Override
    void announce(Outline outline) {
        for (String name : outline.types().keySet()) {
            announced.add(escaping.metricName(name));
        }
    }

    @Override
    void announce(MetricSet set) {
        coming.add(set);
        if (written.isEmpty()) {
            written = new HashSet<>(2 * set.families().size());
        }
    }

    private boolean isAnnounced(String name) {
        coming.forEach(set -> announce(Outline.of(set)));
        coming.clear();
        return announced.contains(name);
    }

    // ---- Families

    @Override
    void writePart(FamilyPart part) throws IOException {
        if (part.first()) {
            beginFamily(part);
        }
        List<Metric> metrics = part.family().metrics();
        if (part.isWhole() && metrics instanceof PlainMetrics plain && hindrance == null) {
            writePlain(plain);
            endFamily();
            return;
        }
        for (Metric metric : metrics) {
            if (hindrance == null) {
                writeMetric(metric);
            } else {
                leaveOut(PointSamples.count(metric), hindrance);
            }
        }
        if (part.last()) {
            endFamily();
        }
    }

    @Override
    void finish() {
        // The format has no end mark, and nothing outlives its family.
    }

    private void beginFamily(FamilyPart part) throws IOException {
        family = part.family().metadata();
        name = escaping.metricName(family.name());
        names = new FamilyNames(name, family.type());
        samples = 0;
        heldBehind = 0;
        if (part.isWhole()) {
            seen.resetExact();
            mostBehind = Long.MAX_VALUE;
        } else {
            seen.resetHashed(options.heldBytes() / 2);
            mostBehind = options.heldBytes();
        }
        hindrance = written.add(name) ? null : "name " + name + " is taken by another family";
        if (hindrance != null) {
            if (part.isWhole() && PointSamples.isEmpty(part.family())) {
                losses.add(Loss.Kind.TYPE, family.name(), "left out: " + hindrance);
            }
            return;
        }
        escaping.report(family.name(), name, family.name());
        type = writtenType(part);
        if (type != family.type()) {
            losses.add(Loss.Kind.TYPE, family.name(), family.type().keyword() + " written as " + type.keyword());
        }
        main.begin(name, family.help(), type, family.unit());
    }

    private MetricType writtenType(FamilyPart part) {
        MetricType own = family.type();
        return switch (own) {
            case INFO, STATE_SET -> MetricType.GAUGE;
            case HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> givesWay(part.family().metrics()) ? MetricType.UNKNOWN : own;
            default -> own;
        };
    }

    /**
     * Whether the type of histograms or summaries must go, since none can be written in one piece, or a sample that is not part
     * of one needs the family's name; native buckets, which no other type has, weigh more than that sample.
     */
    private boolean givesWay(List<Metric> metrics) {
        boolean suits = metrics.isEmpty();
        boolean needsName = false;
        for (Metric metric : metrics) {
            Value value = metric.value();
            if (family.type() == MetricType.SUMMARY) {
                suits = suits || (value instanceof SummaryValue summary && violation(summary) == null);
            } else if (value instanceof HistogramValue histogram) {
                if (histogramFit.keepsNativeBuckets(histogram)) {
                    return false;
                }
                suits = suits || histogramFit.isWhole(histogram);
            }
            needsName |= needsFamilyName(value);
        }
        return !suits || needsName;
    }

    private boolean needsFamilyName(Value value) {
        if (value instanceof SummaryValue summary) {
            boolean whole = family.type() == MetricType.SUMMARY && violation(summary) == null;
            return !whole && !summary.quantiles().isEmpty();
        }
        if (value instanceof RawValue raw) {
            return escaping.rawName(raw.sampleName(), family.name()).equals(name);
        }
        return !(value instanceof HistogramValue);
    }

    private void endFamily() throws IOException {
        boolean says = !main.isEmpty()
                || type != MetricType.UNKNOWN
                || !family.help().isEmpty()
                || !family.unit().isEmpty()
                || behind.isEmpty();
        if (hindrance == null && says) {
            main.writeTo(out);
        }
        for (FamilyMessage message : behind.values()) {
            message.writeTo(out);
        }
        behind.clear();
    }

    private void leaveOut(int count, String why) {
        losses.add(Loss.Kind.SAMPLE, family.name(), "sample left out: " + why, count);
    }

    // ---- Metrics

    /** Writes metrics that are numbers, no two of which have the same labels, under names that no scheme changes. */
    private void writePlain(PlainMetrics metrics) throws IOException {
        for (int i = 0; i < metrics.size(); i++) {
            if (hindrance != null) {
                leaveOut(1, hindrance);
                continue;
            }
            setTimestamp(metrics.timestamp(i));
            main.beginMetric();
            message.labels(main.out, metrics, i);
            message.number(main.out, type, metrics.value(i), null, null, family.name());
            end(main);
            samples++;
            refuseLongMessage();
        }
    }

    private void writeMetric(Metric metric) throws IOException {
        Labels escaped = escaping.labels(metric.labels(), family.name());
        if (escaped == null) {
            leaveOut(
                    PointSamples.count(metric),
                    "two label names of " + metric.labels() + " fall together when escaped");
            return;
        }
        losses.add(
                Loss.Kind.POINT,
                family.name(),
                "older point left out",
                metric.points().size() - 1);
        labels = escaped;
        point = metric.point();
        setTimestamp(point.timestamp());
        writeValue(point.value());
        samples += PointSamples.count(point);
        refuseLongMessage();
    }

    private void refuseLongMessage() {
        if (main.length() > options.messageBytes()) {
            hindrance = "the family's message is longer than messageBytes = " + options.messageBytes();
            main.clear();
            // What stands behind is counted among the samples, so it goes as well.
            behind.clear();
            leaveOut(samples, hindrance);
        }
    }

    private void setTimestamp(@Nullable Timestamp timestamp) {
        millis = 0;
        if (timestamp == null) {
            return;
        }
        try {
            millis = timestamp.toMillis();
        } catch (ArithmeticException e) {
            losses.add(Loss.Kind.TIMESTAMP, family.name(), "timestamp " + timestamp + " left out: too large");
            return;
        }
        if (millis == 0) {
            losses.add(Loss.Kind.TIMESTAMP, family.name(), "timestamp " + timestamp + " left out: 0 stands for none");
        } else if (!Timestamp.ofMillis(millis).equals(timestamp)) {
            losses.add(Loss.Kind.TIMESTAMP, family.name(), "timestamp " + timestamp + " rounded down to milliseconds");
        }
    }

    private void writeValue(Value value) throws IOException {
        if (value instanceof HistogramValue histogram) {
            writeHistogram(histogram);
        } else if (value instanceof SummaryValue summary) {
            writeSummary(summary);
        } else if (value instanceof NumberValue number && type == MetricType.COUNTER) {
            writeCounter(number.value());
        } else {
            writeSamples(value);
        }
    }

    private void writeHistogram(HistogramValue histogram) throws IOException {
        boolean expected = type == MetricType.HISTOGRAM || type == MetricType.GAUGE_HISTOGRAM;
        if (!expected || labels.contains(LE)) {
            writeApart(
                    histogramFit.classic(histogram, family.name()),
                    expected ? "there is a label le" : "of another type");
            return;
        }
        HistogramValue fitted = histogramFit.fit(histogram, family.name());
        String violation = HistogramFit.violation(fitted);
        if (violation != null) {
            writeApart(fitted, violation);
        } else if (begin(main, name, labels, PointSamples.count(point))) {
            histogramMessage.write(main.out, fitted, point.exemplars(), startField(), family.name());
            end(main);
            writeStartBehind(startField() == null);
        }
    }

    private void writeSummary(SummaryValue summary) throws IOException {
        String violation = type != MetricType.SUMMARY
                ? "of another type"
                : labels.contains(QUANTILE) ? "there is a label quantile" : violation(summary);
        if (violation != null) {
            writeApart(summary, violation);
        } else if (begin(main, name, labels, PointSamples.count(point))) {
            message.summary(main.out, summary, startField(), family.name());
            end(main);
            reportExemplars(point.exemplars().size());
            writeStartBehind(startField() == null);
        }
    }

    /** Why a summary cannot be written in one piece, in words, or null if it can. */
    private static @Nullable String violation(SummaryValue summary) {
        Double count = summary.count();
        if (count == null || summary.sum() == null) {
            return count == null ? "there is no count" : "there is no sum";
        }
        Set<Double> quantiles = rise(summary.quantiles()) ? null : new HashSet<>();
        for (SummaryValue.Quantile quantile : summary.quantiles()) {
            double number = quantile.quantile().value();
            if (Double.isNaN(number) || (quantiles != null && !quantiles.add(number))) {
                return "quantile " + number + " makes no sense or stands twice";
            }
        }
        return Counts.isUnsigned(count) ? null : "count " + count;
    }

    /** Whether each quantile is greater than the one before, as mostly: then it takes no set to see that none stands twice. */
    private static boolean rise(List<SummaryValue.Quantile> quantiles) {
        for (int i = 1; i < quantiles.size(); i++) {
            double before = quantiles.get(i - 1).quantile().value();
            if (Double.compare(before, quantiles.get(i).quantile().value()) >= 0) {
                return false;
            }
        }
        return true;
    }

    private void writeCounter(double value) throws IOException {
        if (begin(main, name, labels, PointSamples.count(point))) {
            Exemplar newest = newest(point.exemplars());
            message.number(main.out, type, value, newest, startField(), family.name());
            end(main);
            reportExemplars(Math.max(0, point.exemplars().size() - 1));
            writeStartBehind(startField() == null);
        }
    }

    private static @Nullable Exemplar newest(List<Exemplar> exemplars) {
        Exemplar newest = null;
        for (Exemplar exemplar : exemplars) {
            if (newest == null || newest.timestamp() == null || isNewer(exemplar.timestamp(), newest.timestamp())) {
                newest = exemplar;
            }
        }
        return newest;
    }

    private static boolean isNewer(@Nullable Timestamp time, Timestamp than) {
        return time != null && time.compareTo(than) >= 0;
    }

    private void reportExemplars(int leftOut) {
        losses.add(Loss.Kind.EXEMPLAR, family.name(), "exemplar left out", leftOut);
    }

    // ---- Samples

    private void writeApart(Value value, String why) throws IOException {
        losses.add(Loss.Kind.TYPE, family.name(), "taken apart into its samples: " + why);
        writeSamples(value);
    }

    private void writeSamples(Value value) throws IOException {
        PointSamples.visit(value, family.type(), true, this);
        reportExemplars(point.exemplars().size());
        writeStartBehind(true);
    }

    @Override
    public void sample(
            SampleRole role,
            @Nullable LabelNumber number,
            @Nullable String state,
            double value,
            @Nullable Exemplar exemplar)
            throws IOException {
        reportExemplars(exemplar == null ? 0 : 1);
        Labels all = labels;
        if (number != null) {
            String spelling = number.spelling();
            all = with(PointSamples.numberLabel(role), spelling != null ? spelling : NumberText.of(number.value()));
        } else if (state != null) {
            String label = escaping.labelName(family.name());
            escaping.report(family.name(), label, family.name());
            all = with(label, state);
        }
        if (all != null) {
            boolean gauge = role == SampleRole.GCOUNT || role == SampleRole.GSUM;
            writeSample(names.text(role), gauge ? MetricType.GAUGE : MetricType.UNKNOWN, all, value);
        }
    }

    /** The metric's labels and one more, or null if there is one of that name. */
    private @Nullable Labels with(String label, String value) {
        if (labels.contains(label)) {
            leaveOut(1, "its metric " + labels + " has a label " + label);
            return null;
        }
        return labels.with(label, value);
    }

    @Override
    public void raw(String sampleName, double value) throws IOException {
        String text = escaping.rawName(sampleName, family.name());
        if (!text.equals(name)) {
            escaping.report(sampleName, text, family.name());
        }
        writeSample(text, MetricType.UNKNOWN, labels, value);
    }

    /** Writes a sample of this family, or of one behind it that has the given type. */
    private void writeSample(String sampleName, MetricType typeBehind, Labels all, double value) throws IOException {
        if (!sampleName.equals(name)) {
            writeBehind(Loss.Kind.SAMPLE, sampleName, typeBehind, all, value);
        } else if (type == MetricType.COUNTER || type == MetricType.GAUGE || type == MetricType.UNKNOWN) {
            if (begin(main, name, all, 1)) {
                message.number(main.out, type, value, null, null, family.name());
                end(main);
            }
        } else {
            leaveOut(1, "its name " + name + " is that of a " + type.keyword());
        }
    }

    /** Writes the start timestamp, if there is one, as a sample of a family behind this one. */
    private void writeStartBehind(boolean asked) throws IOException {
        Timestamp start = point.startTimestamp();
        if (!asked || start == null) {
            return;
        }
        if (options.startTimestamps() == StartTimestamps.OMIT) {
            losses.addAskedFor(Loss.Kind.START_TIMESTAMP, family.name(), "start timestamp left out as asked for");
            return;
        }
        double seconds = start.toSeconds();
        if (BigDecimal.valueOf(seconds).compareTo(start.toBigDecimal()) != 0) {
            losses.add(Loss.Kind.START_TIMESTAMP, family.name(), "start timestamp " + start + " written " + seconds);
        }
        writeBehind(Loss.Kind.START_TIMESTAMP, names.text(SampleRole.CREATED), MetricType.GAUGE, labels, seconds);
    }

    private void writeBehind(Loss.Kind kind, String sampleName, MetricType typeBehind, Labels all, double value)
            throws IOException {
        String what = kind == Loss.Kind.SAMPLE ? "sample" : "start timestamp";
        FamilyMessage known = behind.get(sampleName);
        FamilyMessage to = known;
        if (to == null) {
            if (isAnnounced(sampleName) || !written.add(sampleName)) {
                losses.add(kind, family.name(), what + " left out: there is another family " + sampleName);
                return;
            }
            to = new FamilyMessage(main.out.another());
            to.begin(sampleName, family.help(), typeBehind, "");
            behind.put(sampleName, to);
        }
        int before = to.length();
        if (begin(to, sampleName, all, 1)) {
            message.number(to.out, typeBehind, value, null, null, family.name());
            end(to);
        }
        int added = to.length() - before;
        if (heldBehind + added <= mostBehind && to.length() <= options.messageBytes()) {
            heldBehind += added;
            return;
        }
        to.takeBack(before);
        if (known == null) {
            behind.remove(sampleName);
            written.remove(sampleName);
        }
        losses.add(
                kind,
                family.name(),
                what + " left out: family " + sampleName + " needs more than heldBytes = " + options.heldBytes()
                        + " or messageBytes = " + options.messageBytes());
    }

    // ---- Messages

    /** Begins a metric, unless there was one with the same labels. */
    private boolean begin(FamilyMessage to, String of, Labels all, int count) throws IOException {
        if (!seen.add(of, all)) {
            leaveOut(count, of + all + " stands twice");
            return false;
        }
        to.beginMetric();
        message.labels(to.out, all);
        return true;
    }

    private void end(FamilyMessage to) throws IOException {
        if (millis != 0) {
            message.timestamp(to.out, millis);
        }
        to.endMetric();
    }

    /** The start timestamp that goes into the value's own field. */
    private @Nullable Timestamp startField() {
        Timestamp start = point.startTimestamp();
        boolean asField = options.startTimestamps() == StartTimestamps.BY_FORMAT;
        return start != null && asField && MessageOutput.holds(start) ? start : null;
    }
}
