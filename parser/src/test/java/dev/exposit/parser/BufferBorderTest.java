package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever the bytes of a stream are cut, what is read from them is the same as from an array. */
class BufferBorderTest {
    /** Small lines make small buffers, and the tests fast. */
    private static final ReadLimits SMALL = ReadLimits.defaults().with(ReadLimits.Limit.LINE_BYTES, 2000);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Text(ReadOptions options, byte[] bytes) {
        Text(ReadOptions options, String text) {
            this(options, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return options.format() + " " + options.dialect() + " " + options.recovery() + " "
                    + EventDump.escape(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    static Stream<Text> texts() {
        Stream<Text> read = Stream.of(ExpositionFormat.PROMETHEUS_TEXT, ExpositionFormat.OPENMETRICS_1)
                .flatMap(format -> ReadCase.of(
                        format == ExpositionFormat.OPENMETRICS_1 ? "openmetrics-1.tsv" : "prometheus-text.tsv", format))
                .map(readCase -> new Text(readCase.options(), readCase.text()));
        Stream<Text> refused = ErrorCodeTest.rows()
                .flatMap(row -> Stream.of(Recovery.THROW, Recovery.SKIP_LINE)
                        .map(recovery -> new Text(row.options(recovery), row.text())));
        ReadOptions prometheus =
                ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT).withDialect(Dialect.PROMETHEUS);
        Stream<Text> linesInLines = Stream.of(
                        "a 1\na 1\nb{c=\"x\ny\"} 1\n",
                        "a 1\nb{c=\"x\ny\nz\"} 1 5\na 2\nb{c=\"x\n\"} x\n",
                        "# HELP a \\q\nb{c=\"\\q\nx\\q\"} 1\n# TYPE \"a\nb\" gauge\n{\"a\nb\",c=\"\n\"} 1\n",
                        "# TYPE h histogram\nh_bucket{le=\"1\",a=\"\n\"} 1\nh_sum{a=\"\n\"} 1\nh_bucket{a=\"\n\"} 1\n",
                        "a{b=\"\n\n\n\n",
                        "a{b=\"\n\n\"",
                        "a{b=\"x\"} 1\n\"\n\"\na{b=\"\"} 1\n")
                .flatMap(text -> Stream.of(Recovery.values())
                        .map(recovery -> new Text(prometheus.withRecovery(recovery), text)));
        return Stream.of(read, refused, linesInLines).flatMap(texts -> texts);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aBorderAnywhereChangesNothing(Text text) {
        byte[] bytes = text.bytes();
        ReadOptions options = text.options().withLimits(SMALL);
        EventDump lines = EventDump.of(ExpositionReader.open(bytes, options));
        EventDump families = EventDump.of(ExpositionReader.open(bytes, options).assembled());
        for (int border = 1; border <= Math.min(bytes.length, 200); border++) {
            assertThat(EventDump.of(open(bytes, border, bytes.length, options)))
                    .as("%s bytes, then the rest", border)
                    .isEqualTo(lines);
            assertThat(EventDump.of(open(bytes, border, bytes.length, options).assembled()))
                    .as("%s bytes, then the rest", border)
                    .isEqualTo(families);
            assertThat(EventDump.of(open(bytes, border, border, options)))
                    .as("pieces of %s bytes", border)
                    .isEqualTo(lines);
        }
    }

    /** A line that has all there is, at every place relative to the end of the buffer that a stream is read through. */
    @ParameterizedTest
    @EnumSource(names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void theEndOfTheBufferMayFallAnywhere(ExpositionFormat format) {
        boolean openMetrics = format != ExpositionFormat.PROMETHEUS_TEXT;
        String composite =
                "rich_total{\"é\"=\"日\\n\"} {count:1,sum:2,schema:0,zero_threshold:0,zero_count:0,positive_spans:[0:1],"
                        + "positive_buckets:[1],bucket:[1.50:1,+Inf:1]} 1.5 st@1 # {t=\"é\\\"\"} -1 2 # {} 1 2\n# HELP x é\\\\\n";
        String rich = format == ExpositionFormat.OPENMETRICS_2
                ? composite
                : openMetrics
                        ? "rich_total{a=\"é日🔥\\n\\\\\",b=\"\"} 1.25e3 1.5 # {t=\"é\\\"\"} -1 2\n# HELP x é\\\\\n"
                        : "{\"rich\\n\",\"é\"=\"日🔥\\n\\\\\",b=\"\"} 1.25e3 15\n# HELP x é\\\\\n#\n \n";
        ReadOptions options = ReadOptions.of(format).withRecovery(Recovery.SKIP_LINE);
        String head = "# TYPE rich counter\n".repeat(openMetrics ? 1 : 0);
        int length = rich.getBytes(StandardCharsets.UTF_8).length;
        // The buffer of a stream is small at first, and a line that does not fit makes it a large one.
        for (int n = 0; n <= 2 * length + 1; n++) {
            int into = n / 2;
            int filler = (1 << (n % 2 == 0 ? 13 : 16)) - head.length() - into;
            String text = head + "f{x=\"" + "y".repeat(filler - 10) + "\"} 1\n" + rich + "g 1\n"
                    + (openMetrics ? "# EOF\n" : "");
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            EventDump array = EventDump.of(ExpositionReader.open(bytes, options));
            for (InputShape shape : new InputShape[] {InputShape.STREAM, InputShape.DIRECT_BUFFER}) {
                assertThat(EventDump.of(shape, bytes, options))
                        .as("%s, %s", shape, n)
                        .isEqualTo(array);
            }
            assertThat(array.events()).hasSizeGreaterThan(3).last().isEqualTo("g{} 1.0");
        }
    }

    /** The buffer may be no longer than the longest line, and much shorter than the text. */
    @Test
    void aBufferOfOneLineIsEnough() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            text.append("m")
                    .append(i % 40)
                    .append("{a=\"")
                    .append("é".repeat(i % 20))
                    .append("\"} ")
                    .append(i)
                    .append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        int longest = text.toString()
                .lines()
                .mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length + 1)
                .max()
                .orElseThrow();
        ReadOptions options = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);
        EventDump array = EventDump.of(ExpositionReader.open(bytes, options));
        ReadOptions tight = options.withLimits(ReadLimits.defaults().with(ReadLimits.Limit.LINE_BYTES, longest));
        assertThat(array.events()).hasSize(300);
        for (InputShape shape : InputShape.values()) {
            assertThat(EventDump.of(shape, bytes, tight)).as("%s", shape).isEqualTo(array);
        }
    }

    /** Names of families are kept when the buffer moves on between their lines. */
    @Test
    void aFamilyOutlastsTheBuffer() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            String name = "a_name_" + i + "x".repeat(i % 60);
            text.append("# HELP " + name + " Help of " + i + ".\n# TYPE " + name + " histogram\n");
            for (String suffix : new String[] {"_bucket{le=\"1\"}", "_bucket{le=\"+Inf\"}", "_sum", "_count"}) {
                text.append(name + suffix + ' ' + i + '\n');
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        ReadOptions tight = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT)
                .withLimits(ReadLimits.defaults().with(ReadLimits.Limit.LINE_BYTES, 100));
        EventDump lines = EventDump.of(ExpositionReader.open(bytes, tight));
        EventDump families = EventDump.of(ExpositionReader.open(bytes, tight).assembled());
        assertThat(families.events()).hasSize(100);
        for (InputShape shape : InputShape.values()) {
            assertThat(EventDump.of(shape, bytes, tight)).as("%s", shape).isEqualTo(lines);
            assertThat(EventDump.of(shape.open(bytes, tight).assembled()))
                    .as("%s", shape)
                    .isEqualTo(families);
        }
    }

    /** A value that goes on over many lines is not read again from its start with each of them. */
    @Test
    void aValueOfManyLinesInSmallPiecesTakesNoTime() {
        byte[] text = ("a{b=\"" + "\n".repeat(1 << 20) + "\"} 1\n").getBytes(StandardCharsets.UTF_8);
        ReadOptions options = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT).withDialect(Dialect.PROMETHEUS);
        EventDump dump = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> EventDump.of(open(text, 100, 100, options)));
        assertThat(dump.events()).hasSize(1);
        assertThat(dump.end()).isEqualTo("END at line " + ((1 << 20) + 2) + ", column 1, byte " + text.length);
    }

    private static ExpositionReader open(byte[] text, int first, int next, ReadOptions options) {
        return ExpositionReader.open(InputShape.inPieces(text, first, next), options);
    }
}
