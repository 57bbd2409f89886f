package dev.exposit.jmh;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ReadOptions;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** From bytes to objects that hold everything. */
public class ModelBenchmark extends ComparedBenchmark {
    private static final ReadOptions PROTOBUF = ReadOptions.of(ExpositionFormat.PROTOBUF);

    /** Our model of the scrape's bytes as they are. */
    @Benchmark
    public MetricSet exposit(ScrapeInput input, Volume volume) {
        volume.add(input.bytes().length);
        return Exposition.parse(input.bytes(), input.options());
    }

    /** Our model, from protobuf. */
    @Benchmark
    public MetricSet expositProtobuf(ReadBenchmark.ProtobufInput input, Volume volume) {
        volume.add(input.messages().length);
        return Exposition.parse(input.messages(), PROTOBUF);
    }

    /** Protobuf's generated classes. */
    @Benchmark
    public void protobufJava(ReadBenchmark.ProtobufInput input, Volume volume, Blackhole hole) throws IOException {
        volume.add(input.messages().length);
        ProtobufPeer.generated(input.messages(), hole::consume);
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
