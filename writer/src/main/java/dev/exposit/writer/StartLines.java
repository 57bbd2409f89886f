package dev.exposit.writer;

import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The start timestamps of a family of OpenMetrics 2.0 that are not to stand on their samples' lines. */
final class StartLines {
    private final NamePlan plan;
    private final Losses losses;
    private final StartTimestamps form;
    private final SampleLines lines = new SampleLines(false);
    private final HeldFamilies behind = new HeldFamilies();

    private Placement placement = Placement.unknown("none", "none", MetricType.UNKNOWN, "");
    private FamilyNames names = new FamilyNames("none", MetricType.UNKNOWN);
    private String help = "";
    private long limit;

    StartLines(NamePlan plan, Losses losses, StartTimestamps form) {
        this.plan = plan;
        this.losses = losses;
        this.form = form;
    }

    /** Whether there is nothing to do here. */
    boolean inLine() {
        return form == StartTimestamps.BY_FORMAT;
    }

    /** Turns to another family. */
    void begin(Placement placement, FamilyNames names, Metadata metadata, long heldBytes) {
        this.placement = placement;
        this.names = names;
        this.help = metadata.help();
        this.limit = heldBytes;
        behind.reset(heldBytes);
    }

    /** Turns to another metric, whose label names have been escaped. */
    void metric(Labels labels) throws IOException {
        if (form == StartTimestamps.CREATED) {
            lines.labels(labels);
        }
    }

    /** Adds the start timestamp of a point. */
    void add(Timestamp start, @Nullable Timestamp timestamp) throws IOException {
        if (form == StartTimestamps.OMIT) {
            losses.addAskedFor(Loss.Kind.START_TIMESTAMP, placement.family(), "start timestamp left out as asked for");
            return;
        }
        String gauge = names.text(SampleRole.CREATED);
        TextOutput to = behind.find(gauge);
        int since = to == null ? 0 : to.length();
        if (to == null) {
            if (!plan.claim(gauge, placement)) {
                leaveOut("there is another family " + gauge);
                return;
            }
            to = behind.begin(gauge);
            TypedFamily.writeHeader(to, names.name(SampleRole.CREATED), MetricType.GAUGE, "", help);
        }
        lines.begin(to, names.name(SampleRole.CREATED));
        SampleLines.seconds(to, start);
        if (timestamp != null) {
            SampleLines.seconds(to, timestamp);
        }
        SampleLines.end(to);
        if (!behind.keep(gauge, to, since)) {
            leaveOut("family " + gauge + " does not fit into the " + limit + " bytes left of heldBytes");
        }
    }

    private void leaveOut(String why) {
        losses.add(Loss.Kind.START_TIMESTAMP, placement.family(), "start timestamp left out: " + why);
    }

    /** Writes the gauge family that the start timestamps make up, if any. */
    void writeTo(TextOutput out) throws IOException {
        behind.writeTo(out);
    }
}
