package dev.exposit.graphite;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.LossRefusedException;
import java.util.EnumMap;
import java.util.Map;

/** The account of what Graphite cannot carry: gathers it, or refuses it. What was asked to be left out is never refused. */
final class GraphiteLosses {
    private final LossPolicy policy;
    private final GraphiteValues values;
    private final BridgeStatistics statistics;
    private final LossReport.Collector collector = new LossReport.Collector();
    /** What of the statistics is accounted for. */
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

    private long sanitised;

    GraphiteLosses(LossPolicy policy, GraphiteValues values, BridgeStatistics statistics) {
        this.policy = policy;
        this.values = values;
        this.statistics = statistics;
    }

    LossReport report() {
        return collector.report();
    }

    private void lose(Loss.Kind kind, String family, String detail, boolean wasAskedFor) {
        if (policy == LossPolicy.FAIL && !wasAskedFor) {
            throw new LossRefusedException(new Loss(kind, family, detail, 1));
        }
        collector.add(kind, family, detail);
    }

    private void lose(Loss.Kind kind, String family, String detail, long count) {
        for (long i = 0; i < count; i++) {
            lose(kind, family, detail, false);
        }
    }

    // ---- What shows before anything is written

    /** Accounts for what of a family or a piece of it no line can say. */
    void before(FamilyPart part) {
        MetricFamily family = part.family();
        String name = family.name();
        if (part.first()) {
            if (family.type() != MetricType.UNKNOWN) {
                lose(Loss.Kind.TYPE, name, "type " + family.type().keyword() + " left out", false);
            }
            if (!family.unit().isEmpty()) {
                lose(Loss.Kind.UNIT, name, "unit " + family.unit() + " left out", false);
            }
            if (!family.help().isEmpty()) {
                lose(Loss.Kind.HELP, name, "help text left out", false);
            }
        }
        for (Metric metric : family.metrics()) {
            for (Point point : metric.points()) {
                before(point, name);
            }
        }
    }

    private void before(Point point, String name) {
        Timestamp timestamp = point.timestamp();
        if (timestamp != null && values.times() == GraphiteValues.Times.PUSH) {
            lose(Loss.Kind.TIMESTAMP, name, "timestamp left out", true);
        } else if (timestamp != null && timestamp.nanos() != 0) {
            lose(Loss.Kind.TIMESTAMP, name, "timestamp " + timestamp + " rounded down to the second", false);
        }
        if (point.startTimestamp() != null) {
            boolean written = values.startTimestamps() == GraphiteValues.StartTimestamps.SEND;
            lose(
                    Loss.Kind.START_TIMESTAMP,
                    name,
                    written ? "start timestamp written as a sample _created" : "start timestamp left out",
                    !written);
        }
        lose(Loss.Kind.EXEMPLAR, name, "exemplar left out", point.exemplars().size());
        if (point.value() instanceof HistogramValue histogram) {
            before(histogram, name);
        }
    }

    private void before(HistogramValue histogram, String name) {
        lose(
                Loss.Kind.EXEMPLAR,
                name,
                "exemplar left out",
                histogram.buckets().stream()
                        .filter(bucket -> bucket.exemplar() != null)
                        .count());
        if (histogram.nativeBuckets() != null) {
            boolean written = values.histograms() == GraphiteValues.Histograms.BUCKETS;
            lose(
                    Loss.Kind.NATIVE_BUCKETS,
                    name,
                    written ? "native buckets written as classic ones" : "native buckets left out",
                    !written);
        }
    }

    // ---- What shows when it is written

    /** Accounts for samples that were counted as left out since the last time. */
    void after(String name) {
        for (DropReason reason : DropReason.values()) {
            long all = statistics.dropped(reason);
            Long before = dropped.put(reason, all);
            lose(Loss.Kind.SAMPLE, name, detail(reason), all - (before == null ? 0 : before));
        }
        long all = statistics.sanitised.sum();
        lose(Loss.Kind.NAME, name, "name, or name or value of a label, escaped or shortened", all - sanitised);
        sanitised = all;
    }

    private static String detail(DropReason reason) {
        return switch (reason) {
            case NOT_FINITE -> "sample left out, since its value is not finite";
            case TIMESTAMP -> "sample left out, since its timestamp is not of 1970 to 2106";
            case COLLISION -> "sample left out, since another series has its path";
            case NAME -> "sample left out, since it has no legal path";
            case TOO_LONG -> "sample left out, since its line is longer than carbon takes";
            default -> "sample left out: " + reason.label();
        };
    }
}
