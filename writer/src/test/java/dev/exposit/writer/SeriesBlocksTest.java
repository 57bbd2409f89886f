package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SeriesBlocksTest {
    private static final int FAMILIES = 100;
    private static final Timestamp TIME = Timestamp.ofMillis(1_700_000_000_123L);

    /** Series of all kinds, some of which share their label sets. */
    private final List<Labels> sets = List.of(
            Labels.of(),
            Labels.of("code", "200", "path", "a \"b\" \\ \n é"),
            Labels.of("code", "404", "empty", ""),
            Labels.of("http.code", "500"),
            Labels.of("le", "1", "quantile", "0.5"));

    static Stream<ExpositionFormat> formats() {
        return Stream.of(ExpositionFormat.values()).filter(ExpositionWriter::canWrite);
    }

    private static WriteOptions with(ExpositionFormat format, SeriesBlocks blocks) {
        return WriteOptions.builder(format).seriesBlocks(blocks).build();
    }

    private MetricSet exposition(Random random) {
        return MetricSet.of(
                family("requests_total", MetricType.COUNTER, random, Point.of(random.nextInt(1000))),
                family(
                        "temperature",
                        MetricType.GAUGE,
                        random,
                        Point.of(random.nextDouble()).at(TIME)),
                family(
                        "latency_seconds",
                        MetricType.HISTOGRAM,
                        random,
                        Point.of(histogram(random.nextInt(10))).startedAt(TIME)),
                family(
                        "size_bytes",
                        MetricType.SUMMARY,
                        random,
                        Point.of(new SummaryValue(
                                3.0, 4.5, List.of(new SummaryValue.Quantile(LabelNumber.of(0.5), random.nextInt(9)))))),
                family(
                        "state",
                        MetricType.STATE_SET,
                        random,
                        Point.of(new StateSetValue(List.of(new StateSetValue.State("on", true))))),
                family("odd", MetricType.HISTOGRAM, random, Point.of(new RawValue("odd_bucket", 1))));
    }

    private static Value histogram(int count) {
        return new HistogramValue(
                count + 0.0,
                1.5,
                List.of(
                        new HistogramValue.Bucket(LabelNumber.of(1), 0, new Exemplar(Labels.of("id", "7"), 0.5, TIME)),
                        new HistogramValue.Bucket(LabelNumber.of(Double.POSITIVE_INFINITY), count, null)),
                null);
    }

    /** A family of some of the label sets, in any order, each with its point. */
    private MetricFamily family(String name, MetricType type, Random random, Point point) {
        List<Labels> some = new ArrayList<>(sets);
        Collections.shuffle(some, random);
        return new MetricFamily(
                new Metadata(name, type),
                some.subList(0, random.nextInt(some.size() + 1)).stream()
                        .map(labels -> new Metric(labels, point))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void writesTheSameBytesAndLosses(ExpositionFormat format) {
        SeriesBlocks blocks = SeriesBlocks.create();
        for (int seed = 0; seed < 100; seed++) {
            MetricSet set = exposition(new Random(seed));
            Written with = Written.of(with(format, blocks), set);
            Written without = Written.of(WriteOptions.of(format), set);
            assertThat(with).as("seed %d", seed).isEqualTo(without);
        }
    }

    @Test
    void formatsOfTextShareWhatIsRemembered() {
        SeriesBlocks blocks = SeriesBlocks.create();
        for (int seed = 0; seed < 50; seed++) {
            MetricSet set = exposition(new Random(seed));
            formats()
                    .forEach(format -> assertThat(Written.of(with(format, blocks), set))
                            .isEqualTo(Written.of(WriteOptions.of(format), set)));
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aSecondWriterDoesWithout(ExpositionFormat format) throws IOException {
        SeriesBlocks blocks = SeriesBlocks.create();
        MetricSet set = exposition(new Random(7));
        Written plain = Written.of(WriteOptions.of(format), set);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ExpositionWriter writer = ExpositionWriter.open(out, with(format, blocks))) {
            assertThat(Written.of(with(format, blocks), set)).isEqualTo(plain);
            writer.write(set);
            assertThat(Written.of(with(format, blocks), set)).isEqualTo(plain);
        }
        assertThat(out.toByteArray()).isEqualTo(plain.bytes());
        assertThat(Written.of(with(format, blocks), set)).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void writersThatFailOrAreGivenUpGiveBackWhatIsRemembered(ExpositionFormat format) throws IOException {
        SeriesBlocks blocks = SeriesBlocks.create();
        WriteOptions options = with(format, blocks);
        ExpositionWriter aborted = ExpositionWriter.open(OutputStream.nullOutputStream(), options);
        assertThat(blocks.take(format)).isNull();
        aborted.abort();
        aborted.close();
        BlockTable table = blocks.take(format);
        assertThat(table).isNotNull();
        // It is somebody else's now.
        aborted.close();
        assertThat(blocks.take(format)).isNull();
        blocks.giveBack(table);

        ExpositionWriter failed = ExpositionWriter.open(new Full(), options);
        failed.write(family("up", MetricType.GAUGE, new Random(1), Point.of(1)));
        assertThatThrownBy(failed::close).isInstanceOf(IOException.class);
        assertThat(blocks.take(format)).isSameAs(table);
    }

    private static final class Full extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("full");
        }
    }

    @Test
    void othersFormatsNeedNothing() {
        SeriesBlocks blocks = SeriesBlocks.create();
        assertThat(blocks.take(ExpositionFormat.PROTOBUF)).isNull();
        assertThat(blocks.take(ExpositionFormat.PROTOBUF_TEXT)).isNull();
        assertThat(blocks.take(ExpositionFormat.OPENMETRICS_PROTOBUF)).isNull();
        assertThat(blocks.take(ExpositionFormat.PROMETHEUS_TEXT)).isNotNull();
    }

    @Test
    void hasALimit() {
        assertThat(SeriesBlocks.create().maxBytes()).isEqualTo(SeriesBlocks.DEFAULT_MAX_BYTES);
        assertThat(SeriesBlocks.create(5)).hasToString("SeriesBlocks, maxBytes=5");
        assertThatThrownBy(() -> SeriesBlocks.create(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxBytes must not be negative, got -1");
        SeriesBlocks none = SeriesBlocks.create(0);
        MetricSet set = exposition(new Random(3));
        for (int i = 0; i < 3; i++) {
            assertThat(Written.of(with(ExpositionFormat.OPENMETRICS_2, none), set))
                    .isEqualTo(Written.of(WriteOptions.of(ExpositionFormat.OPENMETRICS_2), set));
        }
        BlockTable table = none.take(ExpositionFormat.OPENMETRICS_2);
        assertThat(table).isNotNull().extracting(BlockTable::size).isEqualTo(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2", "PROTOBUF"})
    void allocatesNothingForASeriesThatIsKnown(ExpositionFormat format) throws IOException {
        long few = leastAllocated(format, 50);
        long many = leastAllocated(format, 550);
        // What is left are tables that grow with the first family; the least object has 16 bytes.
        assertThat((many - few) / (FAMILIES * 500.0)).isLessThan(4);
    }

    /** What an exposition of families of so many series allocates; not while a compiler is at work, hence the least. */
    private static long leastAllocated(ExpositionFormat format, int series) throws IOException {
        MetricSet set = MetricSet.of(IntStream.range(0, FAMILIES)
                .mapToObj(i -> new MetricFamily(
                        new Metadata("family_" + i, MetricType.GAUGE),
                        IntStream.range(0, series)
                                .mapToObj(j -> new Metric(Labels.of("a", "" + j, "b", "b" + i), Point.of(j / 8.0)))
                                .toList()))
                .toArray(MetricFamily[]::new));
        WriteOptions options = with(format, SeriesBlocks.create());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 15; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            ExpositionWriter.write(set, OutputStream.nullOutputStream(), options);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
