package dev.exposit.jmh;

import dev.exposit.convert.Converter;
import dev.exposit.convert.Source;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * From one format to another, from stream to stream. The volume is that of the input. No Java library that we know of
 * does this.
 */
public class ConvertBenchmark extends ComparedBenchmark {
    private static long convert(ScrapeInput input, ExpositionFormat format, Target target, Volume volume)
            throws IOException {
        volume.add(input.bytes().length);
        Source source = Source.of(new ByteArrayInputStream(input.bytes()), "scrape");
        return Converter.of(input.options(), WriteOptions.of(format))
                .convert(source, target.open())
                .metrics();
    }

    /** To Prometheus text. */
    @Benchmark
    public long toPrometheusText(ScrapeInput input, Target target, Volume volume) throws IOException {
        return convert(input, ExpositionFormat.PROMETHEUS_TEXT, target, volume);
    }

    /** To OpenMetrics 1.0, which asks for the names of all families first, and so for two passes. */
    @Benchmark
    public long toOpenMetrics1(ScrapeInput input, Target target, Volume volume) throws IOException {
        return convert(input, ExpositionFormat.OPENMETRICS_1, target, volume);
    }

    /** To OpenMetrics 2.0. */
    @Benchmark
    public long toOpenMetrics2(ScrapeInput input, Target target, Volume volume) throws IOException {
        return convert(input, ExpositionFormat.OPENMETRICS_2, target, volume);
    }

    /** To delimited protobuf. */
    @Benchmark
    public long toProtobuf(ScrapeInput input, Target target, Volume volume) throws IOException {
        return convert(input, ExpositionFormat.PROTOBUF, target, volume);
    }
}
