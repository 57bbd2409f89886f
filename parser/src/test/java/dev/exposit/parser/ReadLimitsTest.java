package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every limit, exactly reached and exceeded by one. */
class ReadLimitsTest {
    private static final ReadLimits DEFAULTS = ReadLimits.defaults();
    private static final ReadOptions SPEC = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);
    private static final ReadOptions SKIP = SPEC.withRecovery(Recovery.SKIP_LINE);
    private static final ReadOptions OPEN_METRICS = ReadOptions.of(ExpositionFormat.OPENMETRICS_1);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void read(InputShape shape, String text, ReadOptions options) {
        ExpositionReader in = shape.open(utf8(text), options);
        while (in.next() != Event.END) {
            assertThat(in.event()).isNotNull();
        }
    }

    private static void assertPasses(InputShape shape, String text, ReadOptions options) {
        EventDump dump = EventDump.of(shape, utf8(text), options);
        assertThat(dump.end()).as("%s", shape).startsWith("END");
        assertThat(dump.events()).as("%s", shape).isNotEmpty();
    }

    private static void assertExceeds(InputShape shape, String text, ReadOptions options, String limit, long value) {
        ReadLimitException e = catchThrowableOfType(ReadLimitException.class, () -> read(shape, text, options));
        assertThat(e).as("%s", shape).isNotNull();
        assertThat(e.limit()).hasToString(limit);
        assertThat(e.value()).isEqualTo(value);
        assertThat(e).hasMessageContaining("ReadLimits." + limit + " = " + value);
        assertThat(e).isInstanceOf(ExpositionException.class).isNotInstanceOf(ExpositionSyntaxException.class);
    }

    @ParameterizedTest
    @EnumSource
    void lineBytes(InputShape shape) {
        // 21 bytes, the line feed among them.
        String line = "a{b=\"éé\"} 12345678\n";
        assertThat(utf8(line)).hasSize(21);
        for (String text : new String[] {line, "x 1\n" + line, line + "x 1\n", "x 1\n".repeat(50) + line + line}) {
            assertPasses(shape, text, SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.LINE_BYTES, 21)));
            assertExceeds(
                    shape, text, SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.LINE_BYTES, 20)), "lineBytes", 20);
            assertExceeds(shape, text, SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.LINE_BYTES, 5)), "lineBytes", 5);
        }
        ReadOptions unterminated = SPEC.withDialect(Dialect.PROMETHEUS);
        assertPasses(shape, line.strip(), unterminated.withLimits(DEFAULTS.with(ReadLimits.Limit.LINE_BYTES, 21)));
        assertExceeds(
                shape,
                line.strip(),
                unterminated.withLimits(DEFAULTS.with(ReadLimits.Limit.LINE_BYTES, 19)),
                "lineBytes",
                19);
    }

    /** Whatever the line is: a comment, unread, without an end, in several lines, malformed. */
    @ParameterizedTest
    @EnumSource
    void lineBytesOfAnyLine(InputShape shape) {
        ReadLimits limits = DEFAULTS.with(ReadLimits.Limit.LINE_BYTES, 30);
        ReadOptions prometheus = SKIP.withDialect(Dialect.PROMETHEUS).withLimits(limits);
        for (String text : new String[] {
            "# " + "x".repeat(40) + "\n",
            "# HELP a " + "x".repeat(40) + "\n",
            " ".repeat(40) + "\n",
            "a" + " ".repeat(40) + "1\n",
            "a 1" + "0".repeat(40),
            "!" + "x".repeat(40) + "\nb 1\n",
            "a{b=\"" + "x".repeat(40) + "\nb 1\n",
            "a 1\nb 1 " + "0".repeat(40) + " x\nc 1\n",
        }) {
            assertExceeds(shape, text, SKIP.withLimits(limits), "lineBytes", 30);
            assertExceeds(shape, text, prometheus, "lineBytes", 30);
        }
        String several = "a 1\nb{c=\"" + "x\n".repeat(20) + "\"} 1\n";
        assertExceeds(shape, several, prometheus, "lineBytes", 30);
        ReadOptions filtered = SPEC.withLimits(limits).withNames(Set.of("b"));
        assertExceeds(shape, "a" + "x".repeat(40) + " 1\nb 1\n", filtered, "lineBytes", 30);
        ReadOptions open = OPEN_METRICS.withLimits(limits).withRecovery(Recovery.SKIP_LINE);
        assertExceeds(shape, "a 1\n# EOF\n" + "x".repeat(40) + "\n", open, "lineBytes", 30);
    }

    @Test
    void aStreamWithoutLineFeedsDoesNotFillTheMemory() {
        for (int length : new int[] {1 << 16, 1 << 20}) {
            String text = "a{b=\"" + "x".repeat(length);
            ReadOptions options = SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.LINE_BYTES, 1 << 15));
            assertExceeds(InputShape.STREAM, text, options, "lineBytes", 1 << 15);
            assertExceeds(InputShape.CHANNEL, text, options, "lineBytes", 1 << 15);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLineLongerThanTheBuffer(InputShape shape) {
        String line = "a{b=\"" + "x".repeat(200_000) + "\"} 1\n";
        assertPasses(shape, "a 1\n" + line + line + "b 1\n", SPEC);
        int length = line.length();
        assertPasses(shape, line, SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.LINE_BYTES, length)));
        assertExceeds(
                shape,
                line,
                SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.LINE_BYTES, length - 1)),
                "lineBytes",
                length - 1);
    }

    @ParameterizedTest
    @EnumSource
    void labelsPerSeries(InputShape shape) {
        ReadLimits three = DEFAULTS.with(ReadLimits.Limit.LABELS_PER_SERIES, 3);
        assertPasses(shape, "a{b=\"1\",c=\"2\",d=\"3\",} 1\n", SPEC.withLimits(three));
        assertPasses(shape, "{\"a\",b=\"1\",c=\"2\",d=\"3\"} 1\n", SPEC.withLimits(three));
        String four = "a{b=\"1\",c=\"2\",d=\"3\",e=\"4\"} 1\n";
        assertExceeds(shape, four, SPEC.withLimits(three), "labelsPerSeries", 3);
        assertExceeds(shape, four, SKIP.withLimits(three), "labelsPerSeries", 3);
        String exemplar = "# TYPE a counter\na_total{b=\"1\"} 1 # {c=\"2\",d=\"3\",e=\"4\"} 1\n# EOF\n";
        assertPasses(shape, exemplar, OPEN_METRICS.withLimits(three));
        assertExceeds(
                shape,
                exemplar,
                OPEN_METRICS.withLimits(DEFAULTS.with(ReadLimits.Limit.LABELS_PER_SERIES, 2)),
                "labelsPerSeries",
                2);
    }

    @ParameterizedTest
    @EnumSource
    void totalBytes(InputShape shape) {
        String text = "a 1\n".repeat(30_000);
        assertPasses(shape, text, SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.TOTAL_BYTES, text.length())));
        assertExceeds(
                shape,
                text,
                SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.TOTAL_BYTES, text.length() - 1)),
                "totalBytes",
                text.length() - 1);
        assertExceeds(shape, text, SKIP.withLimits(DEFAULTS.with(ReadLimits.Limit.TOTAL_BYTES, 1)), "totalBytes", 1);
        assertPasses(shape, "a 1\n", SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.TOTAL_BYTES, 4)));
    }

    /** The least limit that lets a text pass; up to there it is exceeded, from there on it is not. */
    private static long leastAssembledBytes(String text, boolean merging) {
        long low = 1;
        long high = 1 << 30;
        while (low < high) {
            long middle = (low + high) / 2;
            if (passesAssembled(text, merging, middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static boolean passesAssembled(String text, boolean merging, long limit) {
        ReadOptions options = SKIP.withLimits(DEFAULTS.with(ReadLimits.Limit.ASSEMBLED_BYTES, limit));
        try {
            Families found = merging ? Families.merge(text, options) : Families.read(text, options);
            return !found.parts().isEmpty();
        } catch (ReadLimitException e) {
            assertThat(e.limit()).hasToString("assembledBytes");
            assertThat(e.value()).isEqualTo(limit);
            assertThat(e).hasMessageContaining("ReadLimits.assembledBytes = " + limit);
            return false;
        }
    }

    @Test
    void assembledBytes() {
        StringBuilder families = new StringBuilder();
        StringBuilder series = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            families.append("m").append(i).append("{a=\"b\"} 1\n");
            series.append("m{a=\"").append(i).append("\"} 1\n");
        }
        long one = leastAssembledBytes("m0{a=\"b\"} 1\n", false);
        // Roughly what an object costs, not what its line does.
        assertThat(one).isBetween(100L, 1000L);
        assertThat(leastAssembledBytes("m0{a=\"b\"} 1\n", true)).isEqualTo(one);
        // Families are let go one after another, unless merging.
        assertThat(leastAssembledBytes(families.toString(), false)).isLessThan(2 * one);
        assertThat(leastAssembledBytes(families.toString(), true)).isGreaterThan(99 * one);
        assertThat(leastAssembledBytes(series.toString(), false)).isGreaterThan(90 * one);
        assertThat(leastAssembledBytes("m{a=\"b\"} 1\n".repeat(100), false)).isGreaterThan(90 * one);
        String histogram = "# TYPE h histogram\n" + "h 1\n".repeat(100);
        assertThat(leastAssembledBytes(histogram, false)).isGreaterThan(50 * one);
        String text = "# HELP h x\n".repeat(3);
        assertThat(leastAssembledBytes(text, true)).isLessThan(100_000);
    }

    @ParameterizedTest
    @EnumSource
    void problems(InputShape shape) {
        for (int limit : new int[] {0, 1, 4, 5, 100}) {
            List<Problem> told = new ArrayList<>();
            ReadOptions options = SKIP.withLimits(DEFAULTS.with(ReadLimits.Limit.PROBLEMS, limit))
                    .withProblemListener(told::add);
            ExpositionReader in = shape.open(utf8("! 1\n".repeat(3) + "a 1\r\n" + "b x\nc 1\n"), options);
            int samples = 0;
            while (in.next() != Event.END) {
                samples++;
            }
            assertThat(samples).isEqualTo(2);
            assertThat(in.problems()).hasSize(Math.min(limit, 5)).isEqualTo(told);
            assertThat(in.problemCount()).isEqualTo(5);
            assertThatThrownBy(() -> in.problems().clear()).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void theDefaultsBoundTheProblems() {
        ExpositionReader in = ExpositionReader.open(utf8("!\n".repeat(5000)), SKIP);
        assertThat(in.next()).isEqualTo(Event.END);
        assertThat(in.problems()).hasSize(1000);
        assertThat(in.problems().get(999).location().line()).isEqualTo(1000);
        assertThat(in.problemCount()).isEqualTo(5000);
    }

    /** A line may break a rule as often as it has bytes; that must cost neither memory nor time. */
    @Test
    void aLineFullOfProblems() {
        String[] lines = {
            "# HELP a " + "\\q".repeat(500_000) + "\n",
            "a{b=\"" + "\\q".repeat(500_000) + "\"} 1\n",
            "a{" + "b=\"\\q\",".repeat(900) + "} 1\n",
        };
        for (String line : lines) {
            ExpositionReader in = ExpositionReader.open(utf8(line + "ok 1\n"), SKIP);
            EventDump dump = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> EventDump.of(in));
            assertThat(dump.events()).last().isEqualTo("ok{} 1.0");
            assertThat(in.problemCount()).isPositive();
        }
        ExpositionReader quotes =
                ExpositionReader.open(utf8("# HELP a " + "\"".repeat(1_000_000) + "\n# EOF\n"), OPEN_METRICS);
        EventDump dump = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> EventDump.of(quotes));
        assertThat(dump.ended()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void namesAndValues(InputShape shape) {
        ReadLimits names = DEFAULTS.with(ReadLimits.Limit.NAME_BYTES, 5);
        for (String text : List.of("abcde 1\n", "a{abcde=\"x\"} 1\n", "{\"abcde\"} 1\n", "# HELP abcde x\na 1\n")) {
            assertPasses(shape, text, SPEC.withLimits(names));
            assertExceeds(shape, text.replace("abcde", "abcdef"), SPEC.withLimits(names), "nameBytes", 5);
        }
        assertExceeds(shape, "a{\"ab\\ncde\"=\"x\"} 1\n", SKIP.withLimits(names), "nameBytes", 5);
        ReadLimits values = DEFAULTS.with(ReadLimits.Limit.LABEL_VALUE_BYTES, 4);
        assertPasses(shape, "a{b=\"éé\",c=\"x\\\\yz\"} 1\n", SPEC.withLimits(values));
        assertExceeds(shape, "a{b=\"éé!\"} 1\n", SKIP.withLimits(values), "labelValueBytes", 4);
    }

    @ParameterizedTest
    @EnumSource
    void exemplars(InputShape shape) {
        String text = "# TYPE a counter\na_total 1 # {b=\"cd\"} 1\n# EOF\n";
        ReadOptions eleven = OPEN_METRICS.withLimits(DEFAULTS.with(ReadLimits.Limit.EXEMPLAR_BYTES, 13));
        assertPasses(shape, text, eleven);
        assertExceeds(shape, text.replace("cd", "cde"), eleven, "exemplarBytes", 13);
    }

    @ParameterizedTest
    @EnumSource
    void samplesAndFamilies(InputShape shape) {
        String text = "# HELP a x\na 1\na{b=\"c\"} 1\nd 1\n";
        assertPasses(shape, text, SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.SAMPLES, 3)));
        assertExceeds(shape, text, SPEC.withLimits(DEFAULTS.with(ReadLimits.Limit.SAMPLES, 2)), "samples", 2);
        String again = text + "a{b=\"e\"} 1\nd{b=\"e\"} 1\n";
        ReadOptions two = SKIP.withLimits(DEFAULTS.with(ReadLimits.Limit.FAMILIES, 2));
        assertThat(Survey.of(shape.open(utf8(again), two)).outline().types()).hasSize(2);
        assertThat(FamilyReader.merging(shape.open(utf8(again), two)).families())
                .hasSize(2);
        ReadOptions one = SKIP.withLimits(DEFAULTS.with(ReadLimits.Limit.FAMILIES, 1));
        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> Survey.of(shape.open(utf8(text), one)),
                () -> shape.open(utf8(text), one).assembled().families().count())) {
            assertThat(catchThrowableOfType(ReadLimitException.class, reading).limit())
                    .isEqualTo(ReadLimits.Limit.FAMILIES);
        }
    }

    @Test
    void compressionRatio() throws IOException {
        byte[] zeros = gzip(new byte[4 << 20]);
        ReadLimits standard = DEFAULTS;
        assertThatThrownBy(() ->
                        Gunzip.of(new ByteArrayInputStream(zeros), standard).readAllBytes())
                .isInstanceOfSatisfying(
                        ReadLimitException.class,
                        e -> assertThat(e.limit()).isEqualTo(ReadLimits.Limit.COMPRESSION_RATIO));
        ReadLimits loose = DEFAULTS.with(ReadLimits.Limit.COMPRESSION_RATIO, 2000);
        assertThat(Gunzip.of(new ByteArrayInputStream(zeros), loose).readAllBytes())
                .hasSize(4 << 20);
        byte[] small = gzip(new byte[1 << 20]);
        assertThat(Gunzip.ifCompressed(new ByteArrayInputStream(small), standard)
                        .readAllBytes())
                .hasSize(1 << 20);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    // ---- The record

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> DEFAULTS.with(ReadLimits.Limit.LINE_BYTES, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lineBytes");
        assertThatThrownBy(() -> DEFAULTS.with(ReadLimits.Limit.LABELS_PER_SERIES, 0))
                .hasMessageContaining("labelsPerSeries");
        assertThatThrownBy(() -> DEFAULTS.with(ReadLimits.Limit.TOTAL_BYTES, 0)).hasMessageContaining("totalBytes");
        assertThatThrownBy(() -> DEFAULTS.with(ReadLimits.Limit.ASSEMBLED_BYTES, -1))
                .hasMessageContaining("assembledBytes");
        assertThatThrownBy(() -> DEFAULTS.with(ReadLimits.Limit.PROBLEMS, -1)).hasMessageContaining("problems");
    }

    @Test
    void eachWithChangesItsOwn() {
        for (ReadLimits.Limit limit : ReadLimits.Limit.values()) {
            ReadLimits changed = DEFAULTS.with(limit, 7);
            for (ReadLimits.Limit other : ReadLimits.Limit.values()) {
                assertThat(changed.get(other)).isEqualTo(other == limit ? 7 : DEFAULTS.get(other));
            }
            assertThat(changed).isNotEqualTo(DEFAULTS).isEqualTo(DEFAULTS.with(limit, 7));
            assertThat(changed).hasSameHashCodeAs(DEFAULTS.with(limit, 7));
            assertThat(changed.toString()).contains(limit + "=7");
        }
    }

    /** A name with escapes is copied; metadata lines without samples between them must not pile the copies up. */
    @ParameterizedTest
    @EnumSource(names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void namesInMetadataTakeNoMoreMemoryLineByLine(ExpositionFormat format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append("# HELP \"").append(i).append("\\\\\" x\n");
        }
        ReadOptions options = ReadOptions.of(format).withDialect(Dialect.PROMETHEUS);
        TextReader in = (TextReader) ExpositionReader.open(utf8(text + "# EOF\n"), options);
        for (int i = 0; i < 100; i++) {
            assertThat(in.next()).isEqualTo(Event.HELP);
            assertThat(in.familyName().toString()).isEqualTo(i + "\\");
            assertThat(in.labels.scratchMark()).isEqualTo(~in.familyName().length());
        }
    }
}
