package dev.exposit.parser;

import dev.exposit.format.ContentType;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The easy door: an exposition in, its metrics out.
 *
 * <pre>{@code
 * MetricSet scrape = Exposition.parse(text);
 * assertThat(scrape.value("http_requests_total", "method", "post")).hasValue(1027.0);
 * }</pre>
 *
 * <p>Without options a text is read by its specification up to the first error, in the format that its first bytes
 * show. All methods may be called by several threads at once. They throw {@link ExpositionSyntaxException} for
 * malformed input, {@link ReadLimitException} for input larger than {@link ReadLimits} allows, and
 * {@link IllegalArgumentException} for a format that cannot be read. What needs less memory than a whole
 * {@link MetricSet}: {@link #families} and {@link ExpositionReader}.
 */
public final class Exposition {
    private Exposition() {}

    /** The metrics of a text, which need not end with a line feed. */
    public static MetricSet parse(String text) {
        return parse(text, ReadOptions.defaults());
    }

    /** The metrics of a text, which need not end with a line feed. */
    public static MetricSet parse(String text, ReadOptions options) {
        return parse(text.getBytes(StandardCharsets.UTF_8), options.withLastLineFeedOptional(true));
    }

    /** The metrics of a response's body. */
    public static MetricSet parse(byte[] body, ContentType contentType) {
        return parse(body, ReadOptions.of(contentType));
    }

    /** The metrics of some bytes. */
    public static MetricSet parse(byte[] exposition, ReadOptions options) {
        return read(ExpositionReader.open(exposition, options));
    }

    /**
     * The metrics of a stream, which is read to its end and left open.
     *
     * @throws IOException if the stream does
     */
    public static MetricSet parse(InputStream exposition, ContentType contentType) throws IOException {
        return parse(exposition, ReadOptions.of(contentType));
    }

    /**
     * The metrics of a stream, which is read to its end and left open.
     *
     * @throws IOException if the stream does
     */
    public static MetricSet parse(InputStream exposition, ReadOptions options) throws IOException {
        try {
            return read(ExpositionReader.open(exposition, options));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The metrics of a file; one that begins as gzip does is decompressed.
     *
     * @throws IOException if the file cannot be read
     */
    public static MetricSet parse(Path file) throws IOException {
        return parse(file, ReadOptions.defaults());
    }

    /**
     * The metrics of a file; one that begins as gzip does is decompressed.
     *
     * @throws IOException if the file cannot be read
     */
    public static MetricSet parse(Path file, ReadOptions options) throws IOException {
        try (InputStream in = Gunzip.ifCompressed(Files.newInputStream(file), options.limits())) {
            return parse(in, options);
        }
    }

    /**
     * The families of a stream one by one, each whole. Only one family is held at a time; the stream of families must
     * be closed, which closes the exposition. I/O errors come as {@link UncheckedIOException}.
     */
    public static Stream<MetricFamily> families(InputStream exposition, ReadOptions options) {
        return ExpositionReader.open(exposition, options).assembled().families();
    }

    private static MetricSet read(ExpositionReader in) {
        return MetricSet.ofDistinct(FamilyReader.merging(in).all());
    }

    /** Whether this version reads a format. */
    public static boolean canRead(ExpositionFormat format) {
        return Readers.canRead(format);
    }
}
