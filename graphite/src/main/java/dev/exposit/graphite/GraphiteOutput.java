package dev.exposit.graphite;

import dev.exposit.convert.FamilyTarget;
import dev.exposit.convert.OutputFormat;
import dev.exposit.model.Labels;
import dev.exposit.model.Outline;
import dev.exposit.writer.LossPolicy;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Graphite's lines, written: {@code path value timestamp}, a line a sample.
 *
 * <pre>{@code
 * Converter converter = Converter.of(ReadOptions.defaults(), GraphiteOutput.of(GraphiteNames.tags()));
 * converter.convert(Source.of(Path.of("node.prom")), new FileOutputStream("node.txt"));
 * }</pre>
 *
 * <p>Lines say less than metrics do. Types, units, help texts and exemplars are left out, timestamps rounded down to the
 * second, and what cannot be written at all, such as NaN by default, is left out too; the {@linkplain
 * FamilyTarget#losses() report} names all of it. A sample without a timestamp gets the time at which the conversion began,
 * which is the same for all of them and no loss. Of series whose paths are the same the first is written, which takes some 40
 * bytes of memory for each path.
 *
 * <p>Immutable, hence safe for use by several threads; each {@code with} method answers a changed copy.
 *
 * @param names how names and labels become paths
 * @param values what becomes of values, timestamps and histograms; counters are {@link GraphiteValues.Counters#RAW}
 * @param onLoss what becomes of what lines cannot carry. Default {@link LossPolicy#REPORT}
 * @param clock tells the time for samples without a timestamp, once for each conversion. Default the system's
 */
public record GraphiteOutput(GraphiteNames names, GraphiteValues values, LossPolicy onLoss, InstantSource clock)
        implements OutputFormat {
    /** In pieces of this size lines are written to the stream. */
    private static final int PIECE_BYTES = 1 << 16;

    /** Refuses differences of counters: there is no push before. */
    public GraphiteOutput {
        Objects.requireNonNull(names, "names");
        Objects.requireNonNull(onLoss, "onLoss");
        Objects.requireNonNull(clock, "clock");
        if (values.counters() != GraphiteValues.Counters.RAW) {
            throw new IllegalArgumentException("counters must be RAW in a conversion, got " + values.counters());
        }
    }

    /** Lines with these names, values as is usual with them but with their own timestamps, and otherwise the defaults. */
    public static GraphiteOutput of(GraphiteNames names) {
        GraphiteValues values = names.usualValues().withTimes(GraphiteValues.Times.SAMPLE);
        return new GraphiteOutput(names, values, LossPolicy.REPORT, InstantSource.system());
    }

    /**
     * This with other policies for values.
     *
     * @throws IllegalArgumentException if they have counters as differences
     */
    public GraphiteOutput withValues(GraphiteValues values) {
        return new GraphiteOutput(names, values, onLoss, clock);
    }

    /** This with another policy for what is lost. */
    public GraphiteOutput withOnLoss(LossPolicy onLoss) {
        return new GraphiteOutput(names, values, onLoss, clock);
    }

    /** This with another clock. */
    public GraphiteOutput withClock(InstantSource clock) {
        return new GraphiteOutput(names, values, onLoss, clock);
    }

    @Override
    public String id() {
        return "graphite";
    }

    @Override
    public FamilyTarget open(OutputStream out, Outline outline) {
        BridgeStatistics statistics = new BridgeStatistics();
        SeriesTable series = new SeriesTable();
        series.beginPush();
        BatchBuffer buffer = new BatchBuffer(PIECE_BYTES, Integer.MAX_VALUE, batch -> out.write(batch.bytes()));
        PlaintextEncoder lines = new PlaintextEncoder(buffer);
        SampleWalk walk = new SampleWalk(
                values,
                names.usualCollisions(),
                series,
                statistics,
                lines,
                names.encoder(Labels.of()),
                0,
                clock.instant().getEpochSecond());
        return new GraphiteWriter(out, walk, lines, new GraphiteLosses(onLoss, values, statistics));
    }
}
