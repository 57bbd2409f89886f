package dev.exposit.graphite;

import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a bridge counts about itself. Every sample that was collected is in the end either sent or dropped, each once:
 * {@code samples = sent + dropped + queued}. Safe for use by several threads.
 */
final class BridgeStatistics {
    /** Samples that the sources gave. */
    final LongAdder samples = new LongAdder();
    /** Samples that the target has taken. */
    final LongAdder sent = new LongAdder();
    /** Samples that were written a second time, since it was unknown whether they had arrived. */
    final LongAdder resent = new LongAdder();
    /** Bytes written, those written again included. */
    final LongAdder bytes = new LongAdder();
    /** Attempts to deliver that failed and were followed by another. */
    final LongAdder retries = new LongAdder();
    /** Connections opened. */
    final LongAdder connections = new LongAdder();
    /** Pushes begun. */
    final LongAdder pushes = new LongAdder();
    /** Ticks of the schedule that were left out because the push before had not ended. */
    final LongAdder skippedTicks = new LongAdder();
    /** Times that a source threw or did not answer in time. */
    final LongAdder sourceFailures = new LongAdder();
    /** Series whose path another series of the same push had already. */
    final LongAdder collisions = new LongAdder();
    /** Samples with a name or a value that had to be changed for Graphite. */
    final LongAdder sanitised = new LongAdder();
    /** When the target last took samples, in milliseconds since the epoch; 0 if never. */
    volatile long lastSuccessMillis;
    /** Samples that wait, or were written and may have to be written again. */
    volatile long queued;
    /** How many samples may wait. */
    volatile long queueCapacity;

    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

    BridgeStatistics() {
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new LongAdder());
        }
    }

    /** Counts samples that will not arrive. */
    void drop(DropReason reason, long count) {
        adder(reason).add(count);
    }

    /** How many samples will not arrive for that reason. */
    long dropped(DropReason reason) {
        return adder(reason).sum();
    }

    /** How many samples will not arrive. */
    long dropped() {
        return dropped.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** How many samples were left out before they came to be delivered. */
    long leftOut() {
        return dropped() - dropped(DropReason.QUEUE_FULL) - dropped(DropReason.CLOSED) - dropped(DropReason.FAILED);
    }

    private LongAdder adder(DropReason reason) {
        LongAdder adder = dropped.get(reason);
        if (adder == null) {
            throw new AssertionError(reason);
        }
        return adder;
    }

    /** All of it as metric families, named {@code exposit_graphite_…}. */
    MetricSet toMetricSet() {
        List<MetricFamily> families = new ArrayList<>();
        families.add(counter("samples", "Samples that the sources gave.", samples));
        families.add(counter("sent", "Samples that the target has taken.", sent));
        MetricFamily.Builder drops = MetricFamily.builder("exposit_graphite_dropped_total", MetricType.COUNTER)
                .help("Samples that will not arrive, by reason.");
        dropped.forEach((reason, count) -> drops.add((double) count.sum(), "reason", reason.label()));
        families.add(drops.build());
        families.add(counter(
                "resent", "Samples written a second time, since it was unknown whether they had arrived.", resent));
        families.add(counter("retries", "Attempts to deliver that failed and were followed by another.", retries));
        families.add(counter("connections", "Connections opened.", connections));
        families.add(counter("pushes", "Pushes begun.", pushes));
        families.add(counter("skipped_ticks", "Ticks left out because the push before had not ended.", skippedTicks));
        families.add(
                counter("source_failures", "Times that a source threw or did not answer in time.", sourceFailures));
        families.add(
                counter("collisions", "Series whose path another series of the same push had already.", collisions));
        families.add(
                counter("sanitised", "Samples with a name or a value that had to be changed for Graphite.", sanitised));
        families.add(MetricFamily.builder("exposit_graphite_sent_bytes_total", MetricType.COUNTER)
                .unit("bytes")
                .help("Bytes written, those written again included.")
                .add((double) bytes.sum())
                .build());
        families.add(gauge("queue_samples", "Samples that wait, or may have to be written again.", queued));
        families.add(gauge("queue_capacity_samples", "How many samples may wait.", queueCapacity));
        if (lastSuccessMillis != 0) {
            families.add(MetricFamily.builder("exposit_graphite_last_success_timestamp_seconds", MetricType.GAUGE)
                    .unit("seconds")
                    .help("When the target last took samples, since the epoch.")
                    .add(lastSuccessMillis / 1000.0)
                    .build());
        }
        return MetricSet.of(families);
    }

    private static MetricFamily counter(String name, String help, LongAdder count) {
        return MetricFamily.builder("exposit_graphite_" + name + "_total", MetricType.COUNTER)
                .help(help)
                .add((double) count.sum())
                .build();
    }

    private static MetricFamily gauge(String name, String help, long value) {
        return MetricFamily.builder("exposit_graphite_" + name, MetricType.GAUGE)
                .help(help)
                .add((double) value)
                .build();
    }
}
