package dev.exposit.parser;

import dev.exposit.model.MetricFamily;
import dev.exposit.parser.ReadLimits.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The families that were read at once, message by message, on behalf of somebody who holds all families to the end. They wait
 * here as they are; where one cannot be read so, whoever holds families takes them over and goes on event by event.
 */
final class WholeMessages {
    private final EventReader in;
    private final WholeMessage message;
    private final long mostFamilies;
    private final long mostBytes;
    /** The names of families that were read by events; grows as they are. */
    private final Set<String> others;

    /** The names of the families read at once, by their hashes. */
    private final SeenFingerprints names = new SeenFingerprints();

    private final LongSupplier othersBytes;

    private final List<MetricFamily> waiting = new ArrayList<>();
    /** What each of those takes in memory, in bytes, estimated. */
    private long[] sizes = new long[64];

    private long bytes;
    private boolean allTaken = true;

    WholeMessages(EventReader in, WholeMessage message, Set<String> others, LongSupplier othersBytes) {
        this.in = in;
        this.message = message;
        this.others = others;
        this.othersBytes = othersBytes;
        ReadLimits limits = in.options.limits();
        this.mostFamilies = limits.get(Limit.FAMILIES);
        this.mostBytes = limits.get(Limit.ASSEMBLED_BYTES);
    }

    /** Reads the message at {@code [from, to)} if all about it is usual, within the limits, and no family comes back by it. */
    boolean take(byte[] b, int from, int to) {
        MetricFamily family = message.read(b, from, to, mostBytes - bytes - othersBytes.getAsLong());
        if (family == null
                || others.size() + waiting.size() >= mostFamilies
                || !isNew(family)
                || !in.takeSamples(family.metrics().size())) {
            allTaken = false;
            return false;
        }
        if (waiting.size() == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * sizes.length);
        }
        sizes[waiting.size()] = message.bytes();
        waiting.add(family);
        bytes += message.bytes();
        return true;
    }

    private boolean isNew(MetricFamily family) {
        return names.add(message.nameHash()) && (others.isEmpty() || !others.contains(family.name()));
    }

    /** Whether every message so far was read at once. */
    boolean hasAll() {
        return allTaken;
    }

    /** What is to be done with a family, of which so many bytes of memory are estimated. */
    interface Taker {
        void take(MetricFamily family, long bytes);
    }

    /** Hands over the families that wait, which they no longer do then. */
    void handOver(Taker taker) {
        for (int i = 0; i < waiting.size(); i++) {
            taker.take(waiting.get(i), sizes[i]);
        }
        waiting.clear();
        bytes = 0;
    }

    /** The families that wait. */
    List<MetricFamily> families() {
        return waiting;
    }
}
