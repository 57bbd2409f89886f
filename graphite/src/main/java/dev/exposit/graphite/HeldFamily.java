package dev.exposit.graphite;

import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The series of one name, as far as they are read. */
final class HeldFamily {
    final String name;
    /** Where it began. */
    final Spot spot;

    private final Map<Labels, HeldSeries> series = new LinkedHashMap<>();
    private String help = "";
    /** Set where a line of it could not be read and it is therefore to be left out. */
    private boolean leftOut;

    HeldFamily(String name, Spot spot) {
        this.name = name;
        this.spot = spot;
    }

    /** The series of these labels, as which those with empty labels beyond them count. */
    HeldSeries series(Labels labels) {
        return series.computeIfAbsent(labels.withoutEmpty(), key -> new HeldSeries(this, labels));
    }

    /** Whether nothing of it could be read. */
    boolean isEmpty() {
        return series.values().stream().allMatch(HeldSeries::isEmpty);
    }

    /** Sets the help text, unless there is one. */
    void setHelp(String text) {
        if (help.isEmpty()) {
            help = text;
        }
    }

    void leaveOut() {
        leftOut = true;
        series.clear();
    }

    boolean isLeftOut() {
        return leftOut;
    }

    MetricFamily toFamily() {
        List<Metric> metrics = new ArrayList<>(series.size());
        for (HeldSeries each : series.values()) {
            if (!each.isEmpty()) {
                metrics.add(each.toMetric());
            }
        }
        return new MetricFamily(new Metadata(name, MetricType.UNKNOWN, "", help), metrics);
    }
}
