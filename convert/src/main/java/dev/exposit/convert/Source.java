package dev.exposit.convert;

import dev.exposit.format.ContentType;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.Gunzip;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an exposition comes from: a file, a stream, or a URL to be scraped. What begins as gzip does is decompressed,
 * whichever of them it is.
 *
 * <pre>{@code
 * MetricSet metrics = Source.of(URI.create("http://localhost:9100/metrics")).read(ReadOptions.defaults());
 * }</pre>
 *
 * <p>A source holds nothing open; a file is opened and a URL requested each time it is read. Files and URLs are safe
 * for use by several threads, a stream can be read once.
 */
public abstract sealed class Source permits FileSource, StreamSource, HttpSource {
    private final String name;

    Source(String name) {
        this.name = name;
    }

    /** A file, or whatever else a path leads to. */
    public static Source of(Path file) {
        return new FileSource(file);
    }

    /**
     * A stream, which is read to its end once and left open.
     *
     * @param name what messages call it, {@code <stdin>} for example
     */
    public static Source of(InputStream stream, String name) {
        return new StreamSource(stream, name);
    }

    /**
     * A URL to be scraped with the default options.
     *
     * @throws IllegalArgumentException if its scheme is neither {@code http} nor {@code https}, or it has no host
     */
    public static Source of(URI url) {
        return of(url, ScrapeOptions.defaults());
    }

    /**
     * A URL to be scraped. A user and password in it are sent as basic authentication (RFC 7617).
     *
     * @throws IllegalArgumentException if its scheme is neither {@code http} nor {@code https}, or it has no host
     */
    public static Source of(URI url, ScrapeOptions options) {
        return new HttpSource(url, options);
    }

    /** What messages call it: the path, the stream's name, or the URL without user and password. */
    public final String name() {
        return name;
    }

    /**
     * All metrics of the source. Without a format in the options a URL's answer is read by its content type, everything
     * else as its first bytes show.
     *
     * @throws IOException if the source cannot be read; {@link ScrapeException} if a URL cannot be scraped
     * @throws dev.exposit.parser.ExpositionException if what it holds is malformed or too large
     * @throws IllegalArgumentException if the format asked for cannot be read
     */
    public final MetricSet read(ReadOptions options) throws IOException {
        return read(InputFormat.ofExpositions(), options);
    }

    /** All metrics of the source in any format; throws as {@link #read(ReadOptions)} does. */
    public final MetricSet read(InputFormat format, ReadOptions options) throws IOException {
        try (Body body = open(options)) {
            return format.openMerging(body.stream(), body.apply(options, format))
                    .toMetricSet();
        }
    }

    /**
     * What somebody makes of the source, for example {@code source.read(options, Lint::check)}. The body is closed
     * when that is done. Throws as {@link #read(ReadOptions)} does, and what the reading throws.
     */
    public final <T> T read(ReadOptions options, Reading<T> reading) throws IOException {
        try (Body body = open(options)) {
            return reading.of(body.stream(), body.apply(options, InputFormat.ofExpositions()));
        }
    }

    /**
     * A way to read what a source holds.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * Reads a body.
         *
         * @param body the bytes, decompressed
         * @param options those given, with the format that the source says it has, unless they asked for one
         * @throws IOException if the body cannot be read
         */
        T of(InputStream body, ReadOptions options) throws IOException;
    }

    /** Opens the source; for the options' format, if there is one, a URL's server is asked. */
    abstract Body open(ReadOptions options) throws IOException;

    /** Whether {@link #reopen} gives the same bytes again. */
    abstract boolean isRepeatable();

    /** Opens a repeatable source that has been read once more. */
    Body reopen(ReadOptions options) throws IOException {
        return open(options);
    }

    /** A stream of which only its bytes tell what it is; closed if it cannot be read. */
    final Body decompressed(InputStream in, ReadLimits limits) throws IOException {
        try {
            InputStream body = new ExplainedStream(Gunzip.ifCompressed(in, limits), this::named);
            return new Body(name, body, null, Long.MAX_VALUE);
        } catch (IOException e) {
            throw named(e);
        }
    }

    private IOException named(IOException e) {
        return new IOException(name + ": " + e.getMessage(), e);
    }

    @Override
    public final String toString() {
        return name;
    }

    /**
     * An open source.
     *
     * @param name what messages call the source
     * @param stream its bytes, decompressed, that can be looked into
     * @param contentType what the source says of them, or null if nothing
     * @param totalBytes how many may be read, whatever {@link ReadLimits.Limit#TOTAL_BYTES} allows
     */
    record Body(String name, InputStream stream, @Nullable ContentType contentType, long totalBytes)
            implements Closeable {
        /** A body that can be looked into. */
        Body {
            stream = JsonSniffer.lookable(stream);
        }

        /** The options with the limit that holds for this body, and if it is an exposition with its format. */
        ReadOptions apply(ReadOptions options, InputFormat format) throws IOException {
            ReadLimits limits = options.limits();
            ReadOptions bounded = options.withLimits(limits.with(
                    ReadLimits.Limit.TOTAL_BYTES, Math.min(limits.get(ReadLimits.Limit.TOTAL_BYTES), totalBytes)));
            if (options.format() != null || format != InputFormat.ofExpositions()) {
                return bounded;
            }
            ContentType type = contentType;
            // Of what only its bytes tell, JSON is told here: the readers of lines and messages know nothing of it.
            return JsonSniffer.recognise(
                    stream,
                    type == null
                            ? bounded
                            : bounded.withFormat(ExpositionFormat.of(type).orElse(null)));
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
