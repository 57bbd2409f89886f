package dev.exposit.writer;

import dev.exposit.format.ExpositionFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how the labels of series are written, for who writes the same series again and again, such as a registry that
 * is scraped: a series that is known costs a copy and its numbers, and nothing is escaped or encoded again. The bytes written
 * are the same with it and without.
 *
 * <pre>{@code
 * class Endpoint {
 *     private final WriteOptions options = WriteOptions.builder(ExpositionFormat.PROMETHEUS_TEXT)
 *             .seriesBlocks(SeriesBlocks.create())
 *             .build();
 *
 *     void answer(MetricSet metrics, OutputStream response) throws IOException {
 *         ExpositionWriter.write(metrics, response, options);
 *     }
 * }
 * }</pre>
 *
 * <p>A series is known again by its {@link dev.exposit.model.Labels} object, not by what is in it: this is for programs that
 * keep their label sets and give them to new {@link dev.exposit.model.Metric}s. Of sets that are read or made anew for each
 * exposition nothing is gained. Nor is it of sets with names that have to be escaped, which is done anew each time.
 *
 * <p>It serves Prometheus text and OpenMetrics text, which share what is remembered; other formats are written as if without: on
 * protobuf's wire labels need no escapes, and writing them anew is faster. What neither of the last two finished expositions contained is forgotten. Until then the
 * label sets stay in memory, too.
 *
 * <p>Safe for use by several threads. A writer has what is remembered for itself from its opening to its
 * {@link ExpositionWriter#close()}; one that is opened meanwhile does without. So a writer that is never closed leaves all that
 * come after it without.
 */
public final class SeriesBlocks {
    /** What {@link #maxBytes()} is unless told otherwise: 64 MiB. */
    public static final long DEFAULT_MAX_BYTES = 64L << 20;

    private final long maxBytes;
    private final AtomicReference<@Nullable BlockTable> table;

    private SeriesBlocks(long maxBytes) {
        this.maxBytes = maxBytes;
        this.table = new AtomicReference<>(new BlockTable(maxBytes));
    }

    /** An object that remembers nothing yet, up to {@link #DEFAULT_MAX_BYTES}. */
    public static SeriesBlocks create() {
        return create(DEFAULT_MAX_BYTES);
    }

    /**
     * An object that remembers nothing yet.
     *
     * @param maxBytes how many bytes to take at most, estimated, without the label sets themselves; series beyond that are not
     *     remembered
     * @throws IllegalArgumentException if negative
     */
    public static SeriesBlocks create(long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must not be negative, got " + maxBytes);
        }
        return new SeriesBlocks(maxBytes);
    }

    /** How many bytes it takes at most, estimated. */
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public String toString() {
        return "SeriesBlocks, maxBytes=" + maxBytes;
    }

    /** Takes out what is remembered for a writer of a format; null if it does not serve that, or a writer has it. */
    @Nullable
    BlockTable take(ExpositionFormat format) {
        BlockTable taken = serves(format) ? table.getAndSet(null) : null;
        if (taken != null) {
            taken.begin();
        }
        return taken;
    }

    /** Gives back what was taken. */
    void giveBack(BlockTable taken) {
        table.set(taken);
    }

    private static boolean serves(ExpositionFormat format) {
        return switch (format) {
            case PROMETHEUS_TEXT, PROMETHEUS_TEXT_0_0_4, OPENMETRICS_1, OPENMETRICS_2 -> true;
            default -> false;
        };
    }
}
