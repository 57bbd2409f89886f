package dev.exposit.writer;

import dev.exposit.model.InfoValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.RawValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds metrics of a family that say again what one before them said; labels with an empty value do not count. It is used for
 * one family after the other: new memory is slow.
 */
final class MetricIndex {
    /** What a metric is beside those before it. */
    enum Verdict {
        /** No other has its labels. */
        NEW,
        /** Each of its series has stood before. */
        DUPLICATE,
        /** Its labels have stood before, but not all of its series have: the two are parts of one metric. */
        OVERLAP
    }

    private final LabelsIndex byLabels = new LabelsIndex();
    /** The first metric with each of those labels. */
    private final List<Metric> firsts = new ArrayList<>();

    private final NameEscaping escaping;
    private FlatSamples flat;
    /** The label that samples have beyond those of their metric, if any. */
    private @Nullable String sampleLabel;

    MetricIndex(NameEscaping escaping) {
        this.escaping = escaping;
        this.flat = flat("none", MetricType.UNKNOWN);
    }

    private FlatSamples flat(String family, MetricType type) {
        return new FlatSamples(escaping, family, type, false, true);
    }

    /** Forgets all metrics, and turns to those of a family of that exposed name and type. */
    void begin(String family, MetricType type) {
        byLabels.clear();
        firsts.clear();
        flat = flat(family, type);
        sampleLabel = switch (type) {
            case HISTOGRAM, GAUGE_HISTOGRAM -> "le";
            case SUMMARY -> "quantile";
            case STATE_SET -> escaping.labelName(family);
            default -> null;
        };
    }

    /** Adds a metric, whose label names have been escaped. */
    Verdict add(Metric metric) throws IOException {
        int first = byLabels.add(metric.labels().withoutEmpty());
        if (first < 0) {
            firsts.add(metric);
        }
        if (metric.value() instanceof RawValue
                && sampleLabel != null
                && metric.labels().contains(sampleLabel)) {
            // A raw sample has all of its labels as its metric's.
            int assembled = byLabels.find(metric.labels().without(sampleLabel).withoutEmpty());
            if (assembled >= 0 && covers(firsts.get(assembled), metric)) {
                return Verdict.DUPLICATE;
            }
        }
        if (first < 0) {
            return Verdict.NEW;
        }
        return covers(firsts.get(first), metric) ? Verdict.DUPLICATE : Verdict.OVERLAP;
    }

    private boolean covers(Metric first, Metric second) throws IOException {
        if (isOneSample(first) && isOneSample(second)) {
            return true;
        }
        return flat.of(first)
                .samples()
                .keySet()
                .containsAll(flat.of(second).samples().keySet());
    }

    private static boolean isOneSample(Metric metric) {
        return metric.value() instanceof NumberValue || metric.value() instanceof InfoValue;
    }
}
