package dev.exposit.writer;

import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes a family apart that cannot stand as one in OpenMetrics: into families of unknown type, one for each name that its
 * samples have.
 */
final class ApartFamily {
    private static final String LEFT_OUT = "sample left out: ";

    private final UnknownFamilies families;
    private final NamePlan plan;
    private final NameEscaping escaping;
    private final Losses losses;
    private final boolean floatStyle;

    private Placement placement = Placement.unknown("none", "none", MetricType.UNKNOWN, "");
    private FlatSamples flat;
    /** Takes families apart so that integral bounds have {@code .0}, or have not. */
    ApartFamily(UnknownFamilies families, NamePlan plan, NameEscaping escaping, Losses losses, boolean floatStyle) {
        this.families = families;
        this.plan = plan;
        this.escaping = escaping;
        this.losses = losses;
        this.floatStyle = floatStyle;
        this.flat = new FlatSamples(escaping, "none", MetricType.UNKNOWN, true, floatStyle);
    }

    /**
     * Begins a family.
     *
     * @param limit how many bytes to hold back at most
     */
    void begin(Placement placement, Metadata metadata, long limit) {
        this.placement = placement;
        this.flat = new FlatSamples(escaping, placement.family(), placement.ownType(), true, floatStyle);
        families.begin(metadata.help(), limit);
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
        if (!seen.add(name, series.labels())) {
            leaveOut("series " + name + series.labels() + " stands twice", samples.size());
            return;
        }
        List<FlatSamples.Sample> rising = rising(samples);
        // The points rise, so one value has the series twice: a histogram with two buckets of the same le.
        leaveOut("series " + name + series.labels() + " stands twice", samples.size() - rising.size());
        int lost = families.write(series, rising);
        leaveOut(families.whyLost(name), lost);
    }

    /** Those samples whose time comes after that of the one before. */
    private static List<FlatSamples.Sample> rising(List<FlatSamples.Sample> samples) {
        List<FlatSamples.Sample> rising = new ArrayList<>(samples.size());
        FlatSamples.Sample last = null;
        for (FlatSamples.Sample sample : samples) {
            if (last == null || PointOrder.rises(last.timestamp(), sample.timestamp())) {
                rising.add(sample);
                last = sample;
            }
        }
        return rising;
    }

    private void leaveOut(String why, int samples) {
        losses.add(Loss.Kind.SAMPLE, placement.family(), LEFT_OUT + why, samples);
    }

    /** Ends the family: writes what was held back. One without any sample leaves its header. */
    void end() throws IOException {
        if (families.isEmpty() && plan.claim(placement.exposed(), placement)) {
            families.writeEmpty(placement.exposed());
        }
        families.end();
    }
}
