package dev.exposit.convert;

import static dev.exposit.convert.Bytes.concat;
import static dev.exposit.convert.Bytes.gzip;
import static dev.exposit.convert.Bytes.half;
import static dev.exposit.convert.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.lint.Lint;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and streams; URLs are in {@link ScrapeTest}. */
class SourceTest {
    private static final byte[] PLAIN = utf8("a 1\n");

    @TempDir
    Path folder;

    private MetricSet read(byte[] file) throws IOException {
        return Source.of(Files.write(folder.resolve("x.prom"), file)).read(ReadOptions.defaults());
    }

    @Test
    void fileIsReadEachTimeItIsOpened() throws IOException {
        Path file = Files.write(folder.resolve("x.prom"), PLAIN);
        Source source = Source.of(file);
        assertThat(source.name()).isEqualTo(file.toString());
        assertThat(source.isRepeatable()).isTrue();
        assertThat(source.read(ReadOptions.defaults()).value("a")).hasValue(1.0);
        assertThat(source.read(ReadOptions.defaults()).value("a")).hasValue(1.0);
    }

    @Test
    void readingMayBeAnything() throws IOException {
        Source source = Source.of(Files.write(folder.resolve("x.prom"), gzip(PLAIN)));
        byte[] read = source.read(ReadOptions.defaults(), (body, options) -> body.readAllBytes());
        assertThat(read).isEqualTo(PLAIN);
        assertThat(source.read(ReadOptions.defaults(), Lint::check).samples()).isEqualTo(1);
    }

    @Test
    void gzipIsRecognisedByItsBytes() throws IOException {
        assertThat(read(gzip(PLAIN)).value("a")).hasValue(1.0);
        assertThat(read(concat(gzip(PLAIN), gzip(utf8("b 2\n")))).value("b")).hasValue(2.0);
    }

    @Test
    void emptyFileHasNoMetrics() throws IOException {
        assertThat(read(new byte[0]).families()).isEmpty();
    }

    @Test
    void gzipThatEndsEarlyIsAnError() {
        assertThatThrownBy(() -> read(half(gzip(PLAIN))))
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("x.prom") + ": the gzip data end before they are complete");
    }

    @Test
    void brokenGzipIsAnError() {
        byte[] broken = gzip(utf8("# some text\n".repeat(100)));
        broken[20] ^= 0x55;
        assertThatThrownBy(() -> read(broken))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(folder.resolve("x.prom") + ": the gzip data are broken: ");
    }

    @Test
    void missingFileIsAnError() {
        assertThatThrownBy(() -> Source.of(folder.resolve("none")).read(ReadOptions.defaults()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void folderIsAnError() {
        assertThatThrownBy(() -> Source.of(folder).read(ReadOptions.defaults()))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(folder + ": is a directory");
    }

    @Test
    void streamIsReadOnceAndLeftOpen() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream stream = new ByteArrayInputStream(gzip(PLAIN)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        Source source = Source.of(stream, "<stdin>");
        assertThat(source.read(ReadOptions.defaults()).value("a")).hasValue(1.0);
        assertThat(closed).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> source.read(ReadOptions.defaults()))
                .withMessageStartingWith("<stdin> has been read before");
    }

    @Test
    void streamThatFailsIsToldByItsName() {
        assertThatThrownBy(() -> Source.of(new CutCable(), "<stdin>").read(ReadOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessage("<stdin>: the cable is out");
    }
}
