package dev.exposit.writer;

import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a family that cannot stand as one in OpenMetrics: as families of unknown type, one for each name that its
 * samples have. All samples of a name must stand together. So the first name's are written as they come, those of the
 * others are held back until the family ends.
 */
final class ApartFamily {
    private static final String LEFT_OUT = "sample left out: ";

    private final TextOutput out;
    private final NamePlan plan;
    private final NameEscaping escaping;
    private final Losses losses;
    private final boolean floatStyle;
    private final SampleLines lines;
    private final HeldFamilies behind = new HeldFamilies();

    private Placement placement = Placement.unknown("none", "none", MetricType.UNKNOWN, "");
    private Metadata metadata = new Metadata("none", MetricType.UNKNOWN);
    private FlatSamples flat;
    private long limit;
    /** The name whose samples are written as they come, or null before the first. */
    private @Nullable String current;

    private final Map<String, SampleName> names = new HashMap<>();

    /** Writes families whose integral numbers have {@code .0}, or have not. */
    ApartFamily(TextOutput out, NamePlan plan, NameEscaping escaping, Losses losses, boolean floatStyle) {
        this.out = out;
        this.plan = plan;
        this.escaping = escaping;
        this.losses = losses;
        this.floatStyle = floatStyle;
        this.lines = new SampleLines(floatStyle);
        this.flat = new FlatSamples(escaping, "none", MetricType.UNKNOWN, true, floatStyle);
    }

    /**
     * Begins a family.
     *
     * @param limit how many bytes to hold back at most
     */
    void begin(Placement placement, Metadata metadata, long limit) {
        this.placement = placement;
        this.metadata = metadata;
        this.flat = new FlatSamples(escaping, placement.family(), placement.ownType(), true, floatStyle);
        this.limit = limit;
        current = null;
        names.clear();
        behind.reset(limit);
        if (!metadata.unit().isEmpty()) {
            losses.add(Loss.Kind.UNIT, placement.family(), "unit " + metadata.unit() + " left out");
        }
    }

    /** Writes a metric, whose label names have been escaped, but for series that have been seen. */
    void write(Metric metric, SeenSeries seen) throws IOException {
        FlatSamples.Result result = flat.of(metric);
        int exemplars = result.exemplars();
        int starts = 0;
        for (Point point : metric.points()) {
            exemplars += point.exemplars().size();
            starts += point.startTimestamp() == null ? 0 : 1;
        }
        String family = placement.family();
        losses.add(Loss.Kind.EXEMPLAR, family, "exemplar left out: its family is taken apart", exemplars);
        losses.add(Loss.Kind.START_TIMESTAMP, family, "start timestamp left out: its family is taken apart", starts);
        losses.add(
                Loss.Kind.SAMPLE,
                family,
                LEFT_OUT + "its metric " + metric.labels() + " has a label that it needs",
                result.unwritable());
        for (Map.Entry<Series, List<FlatSamples.Sample>> series :
                result.samples().entrySet()) {
            write(series.getKey(), series.getValue(), seen);
        }
    }

    private void write(Series series, List<FlatSamples.Sample> samples, SeenSeries seen) throws IOException {
        String name = series.name();
        if (!plan.claim(name, placement)) {
            leaveOut("name " + name + " belongs to another family", samples.size());
            return;
        }
        if (!seen.add(series)) {
            leaveOut("series " + name + series.labels() + " stands twice", samples.size());
            return;
        }
        lines.labels(series.labels());
        FlatSamples.Sample last = null;
        for (FlatSamples.Sample sample : samples) {
            if (last != null && !PointOrder.rises(last.timestamp(), sample.timestamp())) {
                // The points rise, so one value has the series twice: a histogram with two buckets of the same le.
                leaveOut("series " + name + series.labels() + " stands twice", 1);
                continue;
            }
            last = sample;
            write(name, sample);
        }
    }

    private void write(String name, FlatSamples.Sample sample) throws IOException {
        boolean streamed = current == null || current.equals(name);
        TextOutput held = streamed ? null : behind.find(name);
        TextOutput to = streamed ? out : held != null ? held : behind.begin(name);
        int since = to.length();
        boolean begun = streamed ? current != null : held != null;
        if (!begun) {
            writeHeader(to, name);
        }
        if (streamed) {
            current = name;
        }
        lines.begin(to, nameOf(name));
        lines.value(to, sample.value());
        Timestamp timestamp = sample.timestamp();
        if (timestamp != null) {
            SampleLines.seconds(to, timestamp);
        }
        SampleLines.end(to);
        if (!streamed && !behind.keep(name, to, since)) {
            leaveOut("family " + name + " does not fit into the " + limit + " bytes left of heldBytes", 1);
        }
    }

    private void leaveOut(String why, int samples) {
        losses.add(Loss.Kind.SAMPLE, placement.family(), LEFT_OUT + why, samples);
    }

    private SampleName nameOf(String name) {
        return names.computeIfAbsent(name, SampleName::of);
    }

    private void writeHeader(TextOutput to, String name) throws IOException {
        TypedFamily.writeHeader(to, nameOf(name), MetricType.UNKNOWN, "", metadata.help());
    }

    /** Ends the family: writes what was held back. One without any sample leaves its header. */
    void end() throws IOException {
        if (current == null && plan.claim(placement.exposed(), placement)) {
            writeHeader(out, placement.exposed());
        }
        behind.writeTo(out);
    }
}
