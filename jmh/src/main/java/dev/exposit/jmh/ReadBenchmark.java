package dev.exposit.jmh;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reading an exposition to its end. Ours goes by the cursor, which shows every name, label and value to the benchmark's
 * black hole, escapes resolved; the peers have no cursor and build objects.
 */
public class ReadBenchmark extends ComparedBenchmark {
    private static final ReadOptions OPENMETRICS_1 = ReadOptions.of(ExpositionFormat.OPENMETRICS_1);
    private static final ReadOptions OPENMETRICS_2 = ReadOptions.of(ExpositionFormat.OPENMETRICS_2);
    private static final ReadOptions PROTOBUF = ReadOptions.of(ExpositionFormat.PROTOBUF);

    /** The scrape as OpenMetrics 1.0. */
    public static class OpenMetrics1Input extends ScrapeInput {
        private byte[] text = {};

        @Override
        void converted() {
            text = as(ExpositionFormat.OPENMETRICS_1);
        }
    }

    /** The scrape as OpenMetrics 2.0. */
    public static class OpenMetrics2Input extends ScrapeInput {
        private byte[] text = {};

        @Override
        void converted() {
            text = as(ExpositionFormat.OPENMETRICS_2);
        }
    }

    /** The scrape as delimited protobuf. */
    public static class ProtobufInput extends ScrapeInput {
        private byte[] messages = {};

        @Override
        void converted() {
            messages = as(ExpositionFormat.PROTOBUF);
        }

        byte[] messages() {
            return messages;
        }
    }

    private static long walk(byte[] bytes, ReadOptions options, Blackhole hole, Volume volume) throws IOException {
        try (ExpositionReader in = ExpositionReader.open(bytes, options)) {
            volume.add(bytes.length);
            return EventWalk.walk(in, new BlackholeSink(hole));
        }
    }

    /** Our cursor, over the scrape's bytes as they are. */
    @Benchmark
    public long cursor(ScrapeInput input, Volume volume, Blackhole hole) throws IOException {
        return walk(input.bytes(), input.options(), hole, volume);
    }

    /** Our cursor, fed by a stream. */
    @Benchmark
    public long cursorOfStream(ScrapeInput input, Volume volume, Blackhole hole) throws IOException {
        byte[] bytes = input.bytes();
        try (ExpositionReader in = ExpositionReader.open(new ByteArrayInputStream(bytes), input.options())) {
            volume.add(bytes.length);
            return EventWalk.walk(in, new BlackholeSink(hole));
        }
    }

    /** Our cursor, over OpenMetrics 1.0. */
    @Benchmark
    public long cursorOpenMetrics1(OpenMetrics1Input input, Volume volume, Blackhole hole) throws IOException {
        return walk(input.text, OPENMETRICS_1, hole, volume);
    }

    /** Our cursor, over OpenMetrics 2.0. */
    @Benchmark
    public long cursorOpenMetrics2(OpenMetrics2Input input, Volume volume, Blackhole hole) throws IOException {
        return walk(input.text, OPENMETRICS_2, hole, volume);
    }

    /** Our cursor, over protobuf. */
    @Benchmark
    public long cursorProtobuf(ProtobufInput input, Volume volume, Blackhole hole) throws IOException {
        return walk(input.messages, PROTOBUF, hole, volume);
    }

    /** Protobuf, by the generated classes. */
    @Benchmark
    public void protobufJava(ProtobufInput input, Volume volume, Blackhole hole) throws IOException {
        volume.add(input.messages.length);
        ProtobufPeer.generated(input.messages, hole::consume);
    }

    /** Hawkular's {@code prometheus-scraper}; loses samples without a type. */
    @Benchmark
    public void hawkular(ScrapeInput input, Volume volume, Blackhole hole) throws IOException {
        volume.add(input.bytes().length);
        TextPeers.hawkular(input.bytes(), hole::consume);
    }

    /** SkyWalking's reader; loses samples without a type and spoils escapes. */
    @Benchmark
    public void skyWalking(ScrapeInput input, Volume volume, Blackhole hole) throws IOException {
        volume.add(input.bytes().length);
        TextPeers.skyWalking(input.bytes(), hole::consume);
    }
}
