package dev.exposit.jmh;

import dev.exposit.parser.Event;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ScrapeCache;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Reading one target's scrapes one after the other, whose series stay and whose values change. */
public class RepeatScrapeBenchmark extends ComparedBenchmark {
    /** A cache that has what its owner makes of a series: here its text. */
    @State(Scope.Benchmark)
    public static class Cache {
        private final ScrapeCache<String> series = newCache();

        private static ScrapeCache<String> newCache() {
            return ScrapeCache.of(in -> in.sampleName() + in.toLabels().toString());
        }
    }

    /** The cursor, which knows nothing of the scrape before: what there is to gain on. */
    @Benchmark
    public long cursor(ScrapeVariants variants, Volume volume, Blackhole hole) throws IOException {
        byte[] scrape = variants.next();
        volume.add(scrape.length);
        try (ExpositionReader in = ExpositionReader.open(scrape, variants.options())) {
            return EventWalk.walk(in, new BlackholeSink(hole));
        }
    }

    /** A cache that knows the scrape before: of each sample what was made of its series, and its value. */
    @Benchmark
    public long exposit(ScrapeVariants variants, Cache cache, Volume volume, Blackhole hole) throws IOException {
        byte[] scrape = variants.next();
        volume.add(scrape.length);
        try (ExpositionReader in = cache.series.open(scrape, variants.options())) {
            return walk(in, cache.series, hole);
        }
    }

    private static long walk(ExpositionReader in, ScrapeCache<String> cache, Blackhole hole) {
        long samples = 0;
        for (Event event = in.next(); event != Event.END; event = in.next()) {
            if (event == Event.SAMPLE) {
                hole.consume(cache.series());
                hole.consume(in.value());
                samples++;
            }
        }
        return samples;
    }

    /** The cursor, over scrapes that have no series in common. */
    @Benchmark
    public long cursorOfNew(RenamedScrapes scrapes, Volume volume, Blackhole hole) throws IOException {
        byte[] scrape = scrapes.next();
        volume.add(scrape.length);
        try (ExpositionReader in = ExpositionReader.open(scrape, scrapes.options())) {
            return EventWalk.walk(in, new BlackholeSink(hole));
        }
    }

    /** The same with a cache, which recognises none of the series and now and then tries whether they come back. */
    @Benchmark
    public long expositOfNew(RenamedScrapes scrapes, Cache cache, Volume volume, Blackhole hole) throws IOException {
        byte[] scrape = scrapes.next();
        volume.add(scrape.length);
        try (ExpositionReader in = cache.series.open(scrape, scrapes.options())) {
            return EventWalk.walk(in, new BlackholeSink(hole));
        }
    }
}
