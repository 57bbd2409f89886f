package dev.exposit.jmh;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reading a stream by the cursor costs the same for each byte whatever its length, far beyond what fits into memory. The
 * stream is generated: series of one gauge, some thousand of them again and again.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-Xms64m", "-Xmx64m", "-XX:+UseSerialGC"})
@State(Scope.Benchmark)
public class StreamBenchmark {
    private static final long LONGEST_TEXT = 1_000_000;

    private static final ReadOptions OPTIONS = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);

    /** How many bytes there are, rounded up to whole repetitions of the text. */
    @Param({"10000", "1000000", "100000000", "10000000000"})
    private long length = 10_000;

    private byte[] text = {};

    /** Makes the text that is repeated. */
    @Setup
    public void makeText() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; lines.length() < Math.min(length, LONGEST_TEXT); i++) {
            lines.append("m{instance=\"host-")
                    .append(i)
                    .append("\",zone=\"eu\"} ")
                    .append(i)
                    .append('\n');
        }
        text = lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    void setLength(long length) {
        this.length = length;
    }

    /** Reads all samples; answers how many there were. */
    @Benchmark
    public long cursor(Volume volume, Blackhole hole) throws IOException {
        int times = (int) ((length + text.length - 1) / text.length);
        List<InputStream> texts = new AbstractList<>() {
            @Override
            public InputStream get(int index) {
                return new ByteArrayInputStream(text);
            }

            @Override
            public int size() {
                return times;
            }
        };
        volume.add((long) times * text.length);
        InputStream stream = new SequenceInputStream(Collections.enumeration(texts));
        try (ExpositionReader in = ExpositionReader.open(stream, OPTIONS)) {
            return EventWalk.walk(in, new BlackholeSink(hole));
        }
    }
}
