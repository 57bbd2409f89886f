package dev.exposit.writer;

import dev.exposit.format.Names;
import dev.exposit.model.Exemplar;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Point;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the metrics of a family that stands as one in OpenMetrics 1.0, given that they keep its rules.
 *
 * <p>Specification: OpenMetrics 1.0, "Text format".
 */
final class TypedFamily implements TypedBody, SampleVisitor {
    private final TextOutput out;
    private final OpenMetrics1Exemplars exemplars;
    private final Losses losses;
    private final SampleLines lines;
    private final FamilyLines begin;
    private final StartTimestamps startTimestamps;

    private boolean startsOfNext;
    private boolean starts;
    private String family = "none";
    private MetricType type = MetricType.UNKNOWN;
    private MetricType ownType = MetricType.UNKNOWN;
    private FamilyNames names = new FamilyNames(family, type);
    private Labels labels = Labels.of();
    private @Nullable Timestamp timestamp;
    /** The exemplar of the point's one sample. */
    private @Nullable Exemplar pointExemplar;

    /** Families that write starts or not; their labels may be known from expositions before. */
    TypedFamily(
            TextOutput out,
            NameEscaping escaping,
            Losses losses,
            StartTimestamps startTimestamps,
            @Nullable BlockTable known) {
        this.lines = new SampleLines(true, known);
        this.out = out;
        this.exemplars = new OpenMetrics1Exemplars(escaping, losses);
        this.losses = losses;
        this.begin = new FamilyLines(lines, escaping, losses);
        this.startTimestamps = startTimestamps;
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
        ownType = placement.ownType();
        names = new FamilyNames(placement.exposed(), ownType);
        begin.family(family, names);
        String unit = metadata.unit();
        if (!unit.isEmpty() && !carriesUnit(type, placement.name(), unit)) {
            losses.add(Loss.Kind.UNIT, family, "unit " + unit + " left out");
            unit = "";
        }
        writeHeader(out, SampleName.of(placement.name()), type, unit, metadata.help());
    }

    /** Whether a family of that type and name in OpenMetrics 1.0 can have a unit. */
    static boolean carriesUnit(MetricType type, String name, String unit) {
        return type != MetricType.INFO
                && type != MetricType.STATE_SET
                && name.endsWith("_" + unit)
                && Names.isLegacyMetricName("_" + unit);
    }

    /** Writes TYPE, UNIT and HELP, the latter two unless empty. */
    static void writeHeader(TextOutput to, SampleName name, MetricType type, String unit, String help)
            throws IOException {
        to.text("# TYPE ");
        to.bytes(name.bytes());
        to.ascii(' ');
        to.text(type.keyword());
        to.ascii('\n');
        if (!unit.isEmpty()) {
            to.text("# UNIT ");
            to.bytes(name.bytes());
            to.ascii(' ');
            to.text(unit);
            to.ascii('\n');
        }
        if (!help.isEmpty()) {
            to.text("# HELP ");
            to.bytes(name.bytes());
            to.ascii(' ');
            to.escaped(help);
            to.ascii('\n');
        }
    }

    @Override
    public void end() {
        // Nothing is held back.
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
        labels = metric.labels();
        begin.metric(labels, PointSamples.isOne(metric));
        List<Point> points = metric.points();
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            timestamp = point.timestamp();
            pointExemplar = exemplars.ofPoint(point.exemplars(), type, family);
            PointSamples.visit(point.value(), ownType, false, this);
            writeStart(point.startTimestamp());
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
        if (!begin.begin(out, role, number, state)) {
            return;
        }
        lines.value(out, value);
        writeTimestamp();
        Exemplar written = exemplar != null ? exemplar : pointExemplar;
        if (written != null) {
            writeExemplar(written);
        }
        SampleLines.end(out);
    }

    @Override
    public void raw(String sampleName, double value) throws IOException {
        // The rules let it pass only under the family's own name.
        sample(SampleRole.VALUE, null, null, value, null);
    }

    private void writeStart(@Nullable Timestamp start) throws IOException {
        if (start == null) {
            return;
        }
        if (!type.roles().contains(SampleRole.CREATED)) {
            losses.add(Loss.Kind.START_TIMESTAMP, family, "start timestamp left out: " + type.keyword() + " has none");
            return;
        }
        if (!starts) {
            losses.addAskedFor(Loss.Kind.START_TIMESTAMP, family, "start timestamp left out as asked for");
            return;
        }
        lines.begin(out, names.name(SampleRole.CREATED));
        SampleLines.seconds(out, start);
        writeTimestamp();
        SampleLines.end(out);
    }

    private void writeTimestamp() throws IOException {
        Timestamp time = timestamp;
        if (time != null) {
            SampleLines.seconds(out, time);
        }
    }

    private void writeExemplar(Exemplar exemplar) throws IOException {
        Labels written = exemplars.labels(exemplar, family);
        if (written != null) {
            lines.exemplar(out, written, exemplar);
        }
    }
}
