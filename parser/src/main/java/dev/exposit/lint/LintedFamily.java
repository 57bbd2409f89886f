package dev.exposit.lint;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.ByteView;
import dev.exposit.parser.Composite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metric family whose lines are being checked. */
final class LintedFamily {
    /** A name that samples of the family may have. */
    private record Named(String name, SampleRole role) {}

    final String wireName;
    final boolean openMetrics;
    /** Whether samples have their family's name, and histograms and summaries are of one piece. */
    final boolean openMetrics2;
    /** Whether some of its lines stood further up, so that its name and metadata were checked there. */
    final boolean returning;
    /** The first of its lines. */
    final Spot spot;

    private MetricType type = MetricType.UNKNOWN;
    private List<Named> names = List.of();
    String help = "";
    String unit = "";
    /** Where the unit is stated, or the family's first line. */
    Spot unitSpot;

    boolean hasType;
    boolean hasUnit;

    LintedFamily(String wireName, ExpositionFormat format, boolean returning, Spot spot) {
        this.wireName = wireName;
        this.openMetrics = LintRule.isOpenMetrics(format);
        this.openMetrics2 = format == ExpositionFormat.OPENMETRICS_2;
        this.returning = returning;
        this.spot = spot;
        this.unitSpot = spot;
        this.names = names();
    }

    MetricType type() {
        return type;
    }

    void setType(MetricType type) {
        if (this.type != type) {
            this.type = type;
            names = names();
        }
    }

    /** The family's name as Prometheus has it. */
    String exposedName() {
        return openMetrics && !openMetrics2 ? wireName + type.exposedSuffix() : wireName;
    }

    /** What a sample of that name is to its metric, or null if it does not fit the type. */
    @Nullable
    SampleRole role(ByteView sampleName) {
        for (Named known : names) {
            if (sampleName.contentEquals(known.name)) {
                return known.role;
            }
        }
        return null;
    }

    /** Whether a label's name is reserved; OpenMetrics 2.0 has a use for two such names. */
    boolean isReservedLabel(String name) {
        boolean used = openMetrics2 && (name.equals("__type__") || name.equals("__unit__"));
        return !used && name.startsWith(openMetrics ? "_" : "__");
    }

    boolean isHistogram() {
        return type == MetricType.HISTOGRAM || type == MetricType.GAUGE_HISTOGRAM;
    }

    /** Whether a composite is a value of the family's type; a gauge histogram's may be spelled as other histograms' are. */
    boolean fits(Composite composite) {
        Composite.Kind kind = composite.kind();
        return switch (type) {
            case HISTOGRAM -> kind == Composite.Kind.HISTOGRAM;
            case GAUGE_HISTOGRAM -> kind != Composite.Kind.SUMMARY;
            case SUMMARY -> kind == Composite.Kind.SUMMARY;
            case UNKNOWN -> true;
            default -> false;
        };
    }

    private List<Named> names() {
        if (openMetrics2) {
            // Of composites there are no samples.
            List<SampleRole> roles = type.roles();
            boolean composite = isHistogram() || type == MetricType.SUMMARY;
            return composite ? List.of() : List.of(new Named(wireName, roles.get(0)));
        }
        List<Named> all = new ArrayList<>();
        for (SampleRole role : type.roles()) {
            boolean plain = !openMetrics && type == MetricType.COUNTER && role == SampleRole.TOTAL;
            // Prometheus text knows no start times: a sample of such a name is one of another family.
            if (openMetrics || role != SampleRole.CREATED) {
                all.add(new Named(plain ? wireName : wireName + role.suffix(), role));
            }
        }
        return all;
    }

    /** The label that tells samples of a metric apart, or null if it has but one of that role. */
    @Nullable
    String boundLabel(@Nullable SampleRole role) {
        if (role == SampleRole.BUCKET) {
            return "le";
        }
        if (role != SampleRole.VALUE) {
            return null;
        }
        return switch (type) {
            case SUMMARY -> "quantile";
            case STATE_SET -> wireName;
            default -> null;
        };
    }
}
