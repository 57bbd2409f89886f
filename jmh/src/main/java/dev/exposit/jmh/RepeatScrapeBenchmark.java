package dev.exposit.jmh;

import dev.exposit.parser.ExpositionReader;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** Reading one target's scrapes one after the other, whose series stay and whose values change. */
public class RepeatScrapeBenchmark extends ComparedBenchmark {
    /** The cursor, which knows nothing of the scrape before: what there is to gain on. */
    @Benchmark
    public long cursor(ScrapeVariants variants, Volume volume, Blackhole hole) throws IOException {
        byte[] scrape = variants.next();
        volume.add(scrape.length);
        try (ExpositionReader in = ExpositionReader.open(scrape, variants.options())) {
            return EventWalk.walk(in, new BlackholeSink(hole));
        }
    }
}
