package dev.exposit.jmh;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.parser.Event;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.FamilyReader;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading to families, lines with errors skipped, costs the same for each byte whatever the size: the counter
 * {@code cpuNanos} divided by {@code bytes} shows nanoseconds a byte, of this thread's own time, which other work on the
 * machine disturbs less than the clock on the wall. The heap is touched beforehand, and its young part does not grow:
 * else a large text would pay for fresh pages of memory, and a small one would not. The shapes are a plain scrape and those by which a hostile one would make a careless
 * reader's time grow with the square of the size.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx2g", "-Xmn128m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"})
@State(Scope.Benchmark)
public class LinearTimeBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ReadOptions OPTIONS =
            ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT).withRecovery(Recovery.SKIP_LINE);

    /** How the lines look. */
    public enum Shape {
        /** Series of one gauge. */
        PLAIN,
        /** Two families whose lines take turns, so that each line is a family that comes back. */
        REOPENED,
        /** Series of some thousand labels. */
        MANY_LABELS,
        /** Series of some thousand labels, of which the last repeats the first. */
        REPEATED_LABELS,
        /** Label values that all have one {@link String#hashCode()}. */
        COLLIDING_VALUES,
        /** Values of ten thousand digits. */
        LONG_NUMBERS,
        /** Label values of ten thousand escaped backslashes. */
        BACKSLASHES
    }

    /** Counts the bytes read and the time that it took. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Read {
        /** Bytes read so far. */
        public long bytes;
        /** Processor time of the reading thread so far, in nanoseconds. */
        public long cpuNanos;
    }

    @Param
    private Shape shape = Shape.PLAIN;

    @Param({"1000", "10000", "100000", "10000000", "100000000"})
    private int size;

    private byte[] text = {};

    /** Makes a text of about the size. */
    @Setup
    public void makeText() {
        StringBuilder lines = new StringBuilder(size + (1 << 16));
        for (int i = 0; lines.length() < size; i++) {
            addLine(lines, i);
        }
        text = lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void addLine(StringBuilder lines, int i) {
        switch (shape) {
            case PLAIN ->
                lines.append("m{instance=\"host-")
                        .append(i)
                        .append("\",zone=\"eu\"} ")
                        .append(i);
            case REOPENED ->
                lines.append(i % 2 == 0 ? "a" : "b").append("{i=\"").append(i).append("\"} 1");
            case MANY_LABELS -> addLabels(lines, i, "last");
            case REPEATED_LABELS -> addLabels(lines, i, "l0");
            case COLLIDING_VALUES -> {
                lines.append("m{v=\"");
                for (int bit = 0; bit < 24; bit++) {
                    lines.append(((i >> bit) & 1) == 0 ? "Aa" : "BB");
                }
                lines.append("\"} 1");
            }
            case LONG_NUMBERS ->
                lines.append("m{i=\"").append(i).append("\"} 0.").append("7".repeat(10_000));
            case BACKSLASHES ->
                lines.append("m{i=\"")
                        .append(i)
                        .append("\",v=\"")
                        .append("\\\\".repeat(10_000))
                        .append("\"} 1");
        }
        lines.append('\n');
    }

    private static void addLabels(StringBuilder lines, int i, String last) {
        lines.append("m{i=\"").append(i).append("\",");
        for (int label = 0; label < 1000; label++) {
            lines.append('l').append(label).append("=\"v\",");
        }
        lines.append(last).append("=\"v\"} 1");
    }

    /** Reads all events, as the cursor hands them out: nothing is kept, so no series is looked for among all others. */
    @Benchmark
    public long events(Read read) {
        long start = THREADS.getCurrentThreadCpuTime();
        long samples = 0;
        ExpositionReader in = ExpositionReader.open(text, OPTIONS);
        while (in.next() != Event.END) {
            samples++;
        }
        read.bytes += text.length;
        read.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
        return samples;
    }

    /** Reads all families. */
    @Benchmark
    public long read(Read read) {
        long start = THREADS.getCurrentThreadCpuTime();
        long metrics = 0;
        FamilyReader in = ExpositionReader.open(text, OPTIONS).assembled();
        for (FamilyPart part = in.next(); part != null; part = in.next()) {
            metrics += part.family().metrics().size();
        }
        read.bytes += text.length;
        read.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
        return metrics;
    }
}
