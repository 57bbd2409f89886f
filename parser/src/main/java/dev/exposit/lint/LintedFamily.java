package dev.exposit.lint;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.ByteView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metric family whose lines are being checked. */
final class LintedFamily {
    /** A name that samples of the family may have. */
    private record Named(String name, SampleRole role) {}

    final String wireName;
    final boolean openMetrics;
    /** Whether some of its lines stood further up, so that its name and metadata were checked there. */
    final boolean returning;
    /** The first of its lines. */
    final Spot spot;

    private MetricType type = MetricType.UNKNOWN;
    private List<Named> names = List.of();
    String help = "";
    String unit = "";
    boolean hasType;
    boolean hasUnit;

    LintedFamily(String wireName, boolean openMetrics, boolean returning, Spot spot) {
        this.wireName = wireName;
        this.openMetrics = openMetrics;
        this.returning = returning;
        this.spot = spot;
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
        return openMetrics ? wireName + type.exposedSuffix() : wireName;
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

    boolean isHistogram() {
        return type == MetricType.HISTOGRAM || type == MetricType.GAUGE_HISTOGRAM;
    }

    private List<Named> names() {
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
