package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ContentType;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
    private static final String TEXT = "# TYPE a counter\na_total{b=\"é\"} 1\n";
    private static final String PLAIN = "# TYPE a gauge\na{b=\"é\"} 1\n";
    private static final String OPEN_METRICS = TEXT + "# EOF\n";

    /** As Prometheus text reads it. */
    private static final MetricSet AS_PROMETHEUS = MetricSet.of(
            MetricFamily.builder("a", MetricType.COUNTER).build(),
            MetricFamily.builder("a_total", MetricType.UNKNOWN).add(1, "b", "é").build());

    private static final MetricSet OF_PLAIN = MetricSet.of(
            MetricFamily.builder("a", MetricType.GAUGE).add(1, "b", "é").build());

    private static final MetricSet AS_OPEN_METRICS = MetricSet.of(
            MetricFamily.builder("a_total", MetricType.COUNTER).add(1, "b", "é").build());

    /** A stream that knows whether it was closed. */
    private static final class Closeable extends ByteArrayInputStream {
        boolean closed;

        Closeable(String text) {
            super(utf8(text));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Some bytes, then an I/O error. */
    private static InputStream failing(String text) {
        return new InputStream() {
            private final InputStream before = new ByteArrayInputStream(utf8(text));

            @Override
            public int read() throws IOException {
                int b = before.read();
                if (b < 0) {
                    throw new IOException("the wire broke");
                }
                return b;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int b = read();
                target[offset] = (byte) b;
                return 1;
            }
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String member : members) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(utf8(member));
            }
        }
        return out.toByteArray();
    }

    // ---- Strings and bytes

    @Test
    void aStringInOneCall() {
        MetricSet scrape = Exposition.parse("""
                # HELP http_requests_total Requests.
                # TYPE http_requests_total counter
                http_requests_total{method="post"} 1027
                """);
        assertThat(scrape.value("http_requests_total", "method", "post")).hasValue(1027.0);
        assertThat(scrape.family("http_requests_total").orElseThrow().help()).isEqualTo("Requests.");
        assertThat(Exposition.parse("")).isEqualTo(MetricSet.of());
        assertThat(Exposition.parse("\n \n").families()).isEmpty();
    }

    @Test
    void theFormatIsRecognisedWhereNobodyNamesIt() throws IOException {
        assertThat(Exposition.parse(PLAIN)).isEqualTo(OF_PLAIN);
        assertThat(Exposition.parse(OPEN_METRICS)).isEqualTo(AS_OPEN_METRICS);
        assertThat(Exposition.parse(utf8(OPEN_METRICS), ReadOptions.defaults())).isEqualTo(AS_OPEN_METRICS);
        assertThat(Exposition.parse(InputShape.inPieces(utf8(OPEN_METRICS), 1, 1), ReadOptions.defaults()))
                .isEqualTo(AS_OPEN_METRICS);
        assertThat(Exposition.parse(utf8(OPEN_METRICS), ContentType.parse("text/html")))
                .isEqualTo(AS_OPEN_METRICS);
    }

    @Test
    void theContentTypeDecidesWhereThereIsOne() throws IOException {
        ContentType prometheus = ContentType.parse("text/plain; version=0.0.4; charset=utf-8");
        ContentType openMetrics = ContentType.parse("application/openmetrics-text; version=0.0.1");
        assertThat(Exposition.parse(utf8(OPEN_METRICS), prometheus)).isEqualTo(AS_PROMETHEUS);
        assertThat(Exposition.parse(utf8(OPEN_METRICS), openMetrics)).isEqualTo(AS_OPEN_METRICS);
        assertThat(Exposition.parse(new ByteArrayInputStream(utf8(OPEN_METRICS)), prometheus))
                .isEqualTo(AS_PROMETHEUS);
        assertThat(Exposition.parse(new ByteArrayInputStream(utf8(OPEN_METRICS)), openMetrics))
                .isEqualTo(AS_OPEN_METRICS);
        assertThat(Exposition.parse("a 1\n# EOF", ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT))
                        .value("a"))
                .hasValue(1.0);
        assertThatThrownBy(() -> Exposition.parse(utf8(TEXT), openMetrics)).hasMessageContaining("MISSING_EOF");
    }

    /** People write texts in tests without a last line feed; a server that leaves it out is told. */
    @ParameterizedTest
    @ValueSource(strings = {"a 1", "a{b=\"c\"} 1 5", "# HELP a x\na 1", "a 1\n# comment", "a{} 1"})
    void aStringNeedNoLastLineFeedAndSaysSo(String text) {
        List<Problem> problems = new ArrayList<>();
        ReadOptions options = ReadOptions.defaults().withProblemListener(problems::add);
        assertThat(Exposition.parse(text, options).families()).hasSize(1);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("MISSING_FINAL_NEWLINE");
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.location().offset()).isEqualTo(text.length());
        });
        assertThat(Exposition.parse(text).families()).hasSize(1);
        assertThatThrownBy(() -> Exposition.parse(utf8(text), ReadOptions.defaults()))
                .isInstanceOfSatisfying(
                        ExpositionSyntaxException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MISSING_FINAL_NEWLINE));
    }

    @Test
    void openMetricsNeedsNoLineFeedBehindItsEnd() {
        List<Problem> problems = new ArrayList<>();
        ReadOptions options = ReadOptions.defaults().withProblemListener(problems::add);
        assertThat(Exposition.parse(TEXT + "# EOF", options)).isEqualTo(AS_OPEN_METRICS);
        assertThat(problems).isEmpty();
        assertThat(Exposition.parse(utf8(TEXT + "# EOF"), options)).isEqualTo(AS_OPEN_METRICS);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("MISSING_FINAL_NEWLINE");
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
        });
    }

    @Test
    void anErrorSaysWhatAndWhereAndShowsIt() {
        assertThatThrownBy(() -> Exposition.parse("ok 1\nbad{a=\"é} 1\n"))
                .isInstanceOfSatisfying(ExpositionSyntaxException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNTERMINATED_LABEL_VALUE);
                    assertThat(e.getMessage().lines())
                            .containsExactly(
                                    "line 2, column 12, byte 17: UNTERMINATED_LABEL_VALUE: "
                                            + "expected a closing '\"', got the end of the line",
                                    "bad{a=\"é} 1",
                                    "           ^");
                });
    }

    // ---- Streams

    @Test
    void aStreamIsReadToItsEndAndLeftOpen() throws IOException {
        Closeable stream = new Closeable(PLAIN);
        assertThat(Exposition.parse(stream, ReadOptions.defaults())).isEqualTo(OF_PLAIN);
        assertThat(stream.closed).isFalse();
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void anIoErrorComesAsItIs() {
        for (String before : new String[] {"", "a 1\n", "a 1\nb", "a 1\n".repeat(50_000)}) {
            assertThatThrownBy(() -> Exposition.parse(
                            failing(before), ReadOptions.defaults().withRecovery(Recovery.SKIP_LINE)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the wire broke");
        }
        assertThatThrownBy(() -> Exposition.families(failing("a 1\nb 1\nc"), ReadOptions.defaults())
                        .toList())
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("the wire broke");
    }

    @Test
    void theCursorTellsOfAnIoErrorUnchecked() {
        assertThatThrownBy(() -> ExpositionReader.open(failing(""), ReadOptions.defaults()))
                .isInstanceOf(UncheckedIOException.class);
        ExpositionReader in = ExpositionReader.open(
                failing("a 1\n".repeat(50_000)), ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT));
        assertThatThrownBy(() -> {
                    while (in.next() != Event.END) {
                        assertThat(in.event()).isEqualTo(Event.SAMPLE);
                    }
                })
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("the wire broke");
    }

    @Test
    void familiesOneByOne() {
        Closeable stream = new Closeable("a 1\nb 2\nc{ 3\n");
        try (Stream<MetricFamily> families = Exposition.families(stream, ReadOptions.defaults())) {
            // Lazily: the error behind the first family is not met.
            assertThat(families.findFirst().map(MetricFamily::name)).hasValue("a");
        }
        assertThat(stream.closed).isTrue();
    }

    @Test
    void closingAReaderClosesItsStream() throws IOException {
        Closeable stream = new Closeable("a 1\n");
        ExpositionReader.open(stream, ReadOptions.defaults()).close();
        assertThat(stream.closed).isTrue();
        Closeable assembled = new Closeable("a 1\n");
        ExpositionReader.open(assembled, ReadOptions.defaults()).assembled().close();
        assertThat(assembled.closed).isTrue();
    }

    // ---- Files

    @Test
    void filesPlainAndCompressed(@TempDir Path directory) throws IOException {
        Path plain = Files.write(directory.resolve("plain.prom"), utf8(PLAIN));
        Path compressed = Files.write(directory.resolve("compressed.prom.gz"), gzip(OPEN_METRICS));
        Path named = Files.write(directory.resolve("not-compressed.gz"), utf8(OPEN_METRICS));
        Path members = Files.write(
                directory.resolve("members"), gzip("# TYPE a counter\na_to", "tal{b=\"é\"} 1\n", "# EOF\n"));
        Path empty = Files.write(directory.resolve("empty"), new byte[0]);
        Path short_ = Files.write(directory.resolve("short"), utf8("\n"));
        assertThat(Exposition.parse(plain)).isEqualTo(OF_PLAIN);
        assertThat(Exposition.parse(compressed)).isEqualTo(AS_OPEN_METRICS);
        assertThat(Exposition.parse(compressed, ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT)))
                .isEqualTo(AS_PROMETHEUS);
        assertThat(Exposition.parse(named)).isEqualTo(AS_OPEN_METRICS);
        assertThat(Exposition.parse(members)).isEqualTo(AS_OPEN_METRICS);
        assertThat(Exposition.parse(empty)).isEqualTo(MetricSet.of());
        assertThat(Exposition.parse(short_)).isEqualTo(MetricSet.of());
        try (InputStream in = Gunzip.ifCompressed(Files.newInputStream(compressed), ReadLimits.defaults())) {
            assertThat(in.readAllBytes()).isEqualTo(utf8(OPEN_METRICS));
        }
    }

    @Test
    void filesThatCannotBeRead(@TempDir Path directory) throws IOException {
        byte[] whole = gzip(OPEN_METRICS.repeat(100));
        Path truncated = Files.write(directory.resolve("truncated.gz"), Arrays.copyOf(whole, whole.length / 2));
        Path header = Files.write(directory.resolve("header.gz"), new byte[] {0x1F, (byte) 0x8B});
        assertThatThrownBy(() -> Exposition.parse(truncated)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Exposition.parse(header)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Exposition.parse(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    // ---- Formats

    @ParameterizedTest
    @EnumSource
    void aFormatIsReadOrRefused(ExpositionFormat format) {
        boolean readable = EnumSet.of(
                        ExpositionFormat.PROMETHEUS_TEXT,
                        ExpositionFormat.PROMETHEUS_TEXT_0_0_4,
                        ExpositionFormat.OPENMETRICS_1,
                        ExpositionFormat.OPENMETRICS_2,
                        ExpositionFormat.PROTOBUF,
                        ExpositionFormat.PROTOBUF_TEXT,
                        ExpositionFormat.PROTOBUF_COMPACT,
                        ExpositionFormat.OPENMETRICS_PROTOBUF)
                .contains(format);
        assertThat(Exposition.canRead(format)).isEqualTo(readable);
        if (readable) {
            String empty = format.id().endsWith("protobuf") ? "" : "# EOF\n";
            assertThat(Exposition.parse(empty, ReadOptions.of(format)).families())
                    .isEmpty();
        } else {
            assertThatThrownBy(() -> Exposition.parse("", ReadOptions.of(format)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(format.id());
        }
    }
}
