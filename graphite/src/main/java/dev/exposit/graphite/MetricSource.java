package dev.exposit.graphite;

import dev.exposit.convert.Source;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ReadOptions;
import java.io.IOException;

/**
 * Where a bridge to Graphite gets its metrics from, each time anew: a registry, a URL that is scraped, a file, a text.
 *
 * <pre>{@code
 * MetricSource own = () -> MetricSet.of(requests(), queueDepth());
 * MetricSource node = MetricSource.of(Source.of(URI.create("http://localhost:9100/metrics")));
 * }</pre>
 *
 * <p>A bridge asks a source from a thread of its own, never from two at once, and interrupts it when it takes too long.
 */
@FunctionalInterface
public interface MetricSource {
    /**
     * The metrics as they are now.
     *
     * @throws IOException if they cannot be had
     * @throws InterruptedException if the bridge has stopped to wait
     */
    MetricSet collect() throws IOException, InterruptedException;

    /** A file, or a URL that is scraped, read by the specification up to the first error. */
    static MetricSource of(Source source) {
        return of(source, ReadOptions.defaults());
    }

    /** A file, or a URL that is scraped; a problem that ends reading is an exception of the source. */
    static MetricSource of(Source source, ReadOptions options) {
        return () -> source.read(options);
    }

    /** A text, the same each time; see {@link Exposition#parse(String)}. */
    static MetricSource ofText(String exposition) {
        return () -> Exposition.parse(exposition);
    }
}
