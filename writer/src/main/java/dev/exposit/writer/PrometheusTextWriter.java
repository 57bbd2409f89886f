package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes Prometheus text 0.0.4 and 1.0.0, which differ only in how names are escaped.
 *
 * <p>Specification: Prometheus, "Exposition formats", section "Text-based format".
 *
 * <p>Start timestamps, and count and sum of a gauge histogram, have no place within their family. They are written as
 * gauge families behind it: {@code x_created}, {@code x_gcount}, {@code x_gsum}. So do, without a header, the parts of a value
 * that is not of its family's type.
 */
final class PrometheusTextWriter extends SequencedWriter implements SampleVisitor {
    private final SampleLines lines = new SampleLines(false, blocks);
    private final FamilyLines begin = new FamilyLines(lines, escaping, losses);
    private final HelpText helpText = new HelpText(false, losses);
    private final ClassicFit classicFit = new ClassicFit(losses, options.nativeHistograms());
    private final HeldFamilies behind = new HeldFamilies();

    /** The names of the families written, those of {@link #behind} included. */
    private final Set<String> written = new HashSet<>();
    /** The names of the families that will come. */
    private final Set<String> announced = new HashSet<>();
    /**
     * The names of samples that stood under another family's name. Prometheus' Go parser takes a HELP or TYPE line with
     * such a name for one of that family, and refuses it as its second.
     */
    private final Set<String> foreign = new HashSet<>();

    // The family being written.
    private Metadata family = new Metadata("none", MetricType.UNKNOWN);
    private String name = "none";
    private FamilyNames names = new FamilyNames(name, MetricType.UNKNOWN);
    private boolean leftOut;

    // The point being written.
    private final SeenSeries seen = new SeenSeries();
    /** Whether series of the family at hand can fall together when escaped. */
    private boolean watchesSeries;
    /** Whether a metric of the family at hand had labels that were escaped. */
    private boolean changed;

    private boolean timed;
    private long millis;

    PrometheusTextWriter(ByteSink sink, WriteOptions options) {
        super(sink, options);
        announce(options.outline());
    }

    @Override
    void announce(Outline outline) {
        for (String family : outline.types().keySet()) {
            announced.add(escaping.metricName(family));
        }
    }

    @Override
    void writePart(FamilyPart part) throws IOException {
        if (part.first()) {
            // What a family in memory gives rise to is not much larger than the family.
            behind.reset(part.isWhole() ? Long.MAX_VALUE : options.heldBytes());
            beginFamily(part);
        }
        for (Metric metric : part.family().metrics()) {
            if (leftOut) {
                leaveOut(metric, "name " + name + " is taken by another family");
            } else {
                writeMetric(metric);
            }
        }
        if (part.last()) {
            behind.writeTo(out);
        }
    }

    @Override
    void finish() {
        // Prometheus text has no end mark, and nothing outlives its family.
    }

    private void beginFamily(FamilyPart part) throws IOException {
        family = part.family().metadata();
        name = escaping.metricName(family.name());
        names = new FamilyNames(name, family.type());
        begin.family(family.name(), names);
        leftOut = !written.add(name);
        watchSeries(part);
        boolean empty = part.isWhole() && part.family().metrics().isEmpty();
        if (leftOut) {
            if (part.isWhole() && PointSamples.isEmpty(part.family())) {
                losses.add(Loss.Kind.TYPE, family.name(), "left out: name " + name + " is taken by another family");
            }
            return;
        }
        family = helpText.fit(family);
        escaping.report(family.name(), name, family.name());
        if (!family.unit().isEmpty()) {
            losses.add(Loss.Kind.UNIT, family.name(), "unit " + family.unit() + " left out");
        }
        MetricType type = writtenType(family.type());
        if (type != family.type()) {
            losses.add(Loss.Kind.TYPE, family.name(), family.type().keyword() + " written as " + type.keyword());
        }
        if (foreign.contains(name)) {
            leaveOutHeader();
        } else if (family.type() != MetricType.UNKNOWN || !family.help().isEmpty() || empty) {
            writeHeader(out, SampleName.of(name), type);
        }
        if (type == MetricType.HISTOGRAM || type == MetricType.SUMMARY) {
            claimSampleNames(type == MetricType.HISTOGRAM);
        }
    }

    /** Series can fall together only if labels are to be escaped; of a family in pieces that is not known in advance. */
    private void watchSeries(FamilyPart part) {
        changed = false;
        if (part.isWhole()) {
            watchesSeries = changesAny(part.family().metrics());
            seen.resetExact();
        } else {
            watchesSeries = !escaping.keepsAll();
            seen.resetHashed(options.heldBytes());
        }
    }

    private boolean changesAny(List<Metric> metrics) {
        if (escaping.keepsAll()) {
            return false;
        }
        for (Metric metric : metrics) {
            if (!escaping.keeps(metric.labels())) {
                return true;
            }
        }
        return false;
    }

    private static MetricType writtenType(MetricType type) {
        return switch (type) {
            case INFO, STATE_SET -> MetricType.GAUGE;
            case GAUGE_HISTOGRAM -> MetricType.HISTOGRAM;
            default -> type;
        };
    }

    private void leaveOutHeader() {
        String detail = "left out: name " + name + " stood in another family";
        if (family.type() != MetricType.UNKNOWN) {
            losses.add(Loss.Kind.TYPE, family.name(), "type " + detail);
        }
        if (!family.help().isEmpty()) {
            losses.add(Loss.Kind.HELP, family.name(), "help " + detail);
        }
    }

    private void claimSampleNames(boolean buckets) {
        foreign.add(names.text(SampleRole.COUNT));
        foreign.add(names.text(SampleRole.SUM));
        if (buckets) {
            foreign.add(names.text(SampleRole.BUCKET));
        }
    }

    private void writeHeader(TextOutput to, SampleName of, MetricType type) throws IOException {
        if (!family.help().isEmpty()) {
            to.text("# HELP ");
            to.bytes(of.bytes());
            to.ascii(' ');
            to.escapedLine(family.help());
            to.ascii('\n');
        }
        to.text("# TYPE ");
        to.bytes(of.bytes());
        to.ascii(' ');
        to.text(type == MetricType.UNKNOWN ? "untyped" : type.keyword());
        to.ascii('\n');
    }

    private void leaveOut(Metric metric, String why) {
        losses.add(Loss.Kind.SAMPLE, family.name(), "sample left out: " + why, PointSamples.count(metric));
    }

    private void writeMetric(Metric metric) throws IOException {
        Labels escaped = escaping.labels(metric.labels(), family.name());
        if (escaped == null) {
            leaveOut(metric, "two label names of " + metric.labels() + " fall together when escaped");
            return;
        }
        if (fallsTogether(metric, escaped)) {
            leaveOut(metric, "its series and another one fall together when escaped");
            return;
        }
        losses.add(
                Loss.Kind.POINT,
                family.name(),
                "older point left out",
                metric.points().size() - 1);
        begin.metric(escaped, PointSamples.isOne(metric));
        Point point = metric.point();
        setTimestamp(point.timestamp());
        if (!isExpected(point.value())) {
            losses.add(Loss.Kind.TYPE, family.name(), "taken apart into its samples: a value of another type");
            claimSampleNames(true);
        }
        PointSamples.visit(classic(point.value()), family.type(), true, this);
        losses.add(
                Loss.Kind.EXEMPLAR,
                family.name(),
                "exemplar left out",
                point.exemplars().size());
        Timestamp start = point.startTimestamp();
        if (start != null && options.startTimestamps() == StartTimestamps.OMIT) {
            losses.addAskedFor(Loss.Kind.START_TIMESTAMP, family.name(), "start timestamp left out as asked for");
        } else if (start != null) {
            writeStart(start);
        }
    }

    /** Whether escaping makes the metric's series that of another one. Series that stood twice before may do so. */
    private boolean fallsTogether(Metric metric, Labels escaped) {
        if (!watchesSeries) {
            return false;
        }
        changed |= !escaped.equals(metric.labels());
        String of = metric.value() instanceof RawValue raw ? escaping.rawName(raw.sampleName(), family.name()) : name;
        return !seen.add(of, escaped) && changed;
    }

    /** Whether a value has no other sample names than its family's type lets expect. */
    private boolean isExpected(Value value) {
        if (value instanceof HistogramValue) {
            return writtenType(family.type()) == MetricType.HISTOGRAM;
        }
        return !(value instanceof SummaryValue) || family.type() == MetricType.SUMMARY;
    }

    private Value classic(Value value) {
        return value instanceof HistogramValue histogram ? classicFit.fit(histogram, family.name()) : value;
    }

    private void setTimestamp(@Nullable Timestamp timestamp) {
        timed = timestamp != null;
        if (timestamp == null) {
            return;
        }
        try {
            millis = timestamp.toMillis();
        } catch (ArithmeticException e) {
            timed = false;
            losses.add(Loss.Kind.TIMESTAMP, family.name(), "timestamp " + timestamp + " left out: too large");
            return;
        }
        if (!Timestamp.ofMillis(millis).equals(timestamp)) {
            losses.add(Loss.Kind.TIMESTAMP, family.name(), "timestamp " + timestamp + " rounded down to milliseconds");
        }
    }

    @Override
    public void sample(
            SampleRole role,
            @Nullable LabelNumber number,
            @Nullable String state,
            double value,
            @Nullable Exemplar exemplar)
            throws IOException {
        if (exemplar != null) {
            losses.add(Loss.Kind.EXEMPLAR, family.name(), "exemplar left out");
        }
        if (role == SampleRole.GCOUNT || role == SampleRole.GSUM) {
            writeBehind(role, value, null);
            return;
        }
        if (!isPartOfFamily(role)) {
            writeApart(role, number, value);
        } else if (begin.begin(out, role, number, state)) {
            end(value);
        }
    }

    /** Whether readers take a sample of that role for one of the family as it is written. */
    private boolean isPartOfFamily(SampleRole role) {
        MetricType type = writtenType(family.type());
        return switch (role) {
            case BUCKET -> type == MetricType.HISTOGRAM;
            case COUNT, SUM -> type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
            default -> true;
        };
    }

    /** Writes a line of a value that does not fit the family's type. It is of another family to readers, so it stands behind. */
    private void writeApart(SampleRole role, @Nullable LabelNumber number, double value) throws IOException {
        String of = names.text(role);
        TextOutput known = behind.find(of);
        TextOutput to = known == null ? behind.begin(of) : known;
        int since = to.length();
        if (begin.begin(to, role, number, null)) {
            lines.value(to, value);
            endLine(to);
        }
        if (!behind.keep(of, to, since)) {
            losses.add(
                    Loss.Kind.SAMPLE,
                    family.name(),
                    "sample left out: its lines need more than heldBytes = " + options.heldBytes());
        }
    }

    @Override
    public void raw(String sampleName, double value) throws IOException {
        String text = escaping.rawName(sampleName, family.name());
        if (!text.equals(name)) {
            escaping.report(sampleName, text, family.name());
            foreign.add(text);
        }
        lines.begin(out, SampleName.of(text));
        end(value);
    }

    private void end(double value) throws IOException {
        lines.value(out, value);
        endLine(out);
    }

    private void endLine(TextOutput to) throws IOException {
        if (timed) {
            to.ascii(' ');
            to.integer(millis);
        }
        SampleLines.end(to);
    }

    private void writeStart(Timestamp start) throws IOException {
        writeBehind(SampleRole.CREATED, 0, start);
    }

    /** Writes a line of a gauge family that stands behind this one; its value is a number or a time. */
    private void writeBehind(SampleRole role, double value, @Nullable Timestamp start) throws IOException {
        Loss.Kind kind = start == null ? Loss.Kind.SAMPLE : Loss.Kind.START_TIMESTAMP;
        String what = start == null ? "sample" : "start timestamp";
        String gauge = names.text(role);
        TextOutput to = behind.find(gauge);
        int since = to == null ? 0 : to.length();
        if (to == null) {
            if (announced.contains(gauge) || foreign.contains(gauge) || !written.add(gauge)) {
                losses.add(kind, family.name(), what + " left out: there is another family " + gauge);
                return;
            }
            to = behind.begin(gauge);
            writeHeader(to, names.name(role), MetricType.GAUGE);
        }
        lines.begin(to, names.name(role));
        if (start == null) {
            lines.value(to, value);
        } else {
            SampleLines.seconds(to, start);
        }
        endLine(to);
        if (!behind.keep(gauge, to, since)) {
            if (since == 0) {
                written.remove(gauge);
            }
            losses.add(
                    kind,
                    family.name(),
                    what + " left out: family " + gauge + " needs more than heldBytes = " + options.heldBytes());
        }
    }
}
