package dev.exposit.writer;

import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.PlainMetrics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes metrics ones that OpenMetrics can carry whatever their type: with escaped label names, points whose timestamps
 * rise, and values that fit the format. Mostly there is nothing to do.
 */
final class MetricPreparation {
    private final NameEscaping escaping;
    private final Losses losses;
    private final MetricFit fit;

    MetricPreparation(NameEscaping escaping, Losses losses, MetricFit fit) {
        this.escaping = escaping;
        this.losses = losses;
        this.fit = fit;
    }

    /** The metrics of a family that can be written, each changed where it must be. */
    @SuppressWarnings("ReferenceEquality") // the same object says that nothing was to do
    List<Metric> prepare(MetricFamily family) {
        List<Metric> all = family.metrics();
        List<Metric> prepared = null;
        for (int i = 0; i < all.size(); i++) {
            Metric metric = all.get(i);
            Metric changed = prepare(metric, family.name());
            if (changed != metric && prepared == null) {
                prepared = new ArrayList<>(all.subList(0, i));
            }
            if (changed != null && prepared != null) {
                prepared.add(changed);
            }
        }
        return prepared == null ? all : prepared;
    }

    /** Whether there is nothing to do about these metrics; their label names are legacy ones, which no scheme changes. */
    boolean leaves(PlainMetrics metrics) {
        return fit.leaves(metrics);
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private @Nullable Metric prepare(Metric metric, String family) {
        Labels labels = escaping.labels(metric.labels(), family);
        if (labels == null) {
            losses.add(
                    Loss.Kind.SAMPLE,
                    family,
                    "sample left out: two label names of " + metric.labels() + " fall together when escaped",
                    PointSamples.count(metric));
            return null;
        }
        Metric changed = labels == metric.labels() ? metric : new Metric(labels, metric.points());
        if (!PointOrder.isRising(changed)) {
            Metric rising = PointOrder.rising(changed);
            int lost = changed.points().size() - rising.points().size();
            losses.add(Loss.Kind.POINT, family, "point left out: timestamps do not rise", lost);
            changed = rising;
        }
        return fit.fit(changed, family);
    }
}
