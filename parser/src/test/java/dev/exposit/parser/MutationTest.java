package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Valid texts with a few bytes changed. The seed is printed with each failure and set by the system property
 * {@code exposit.seed}.
 */
class MutationTest {
    private static final long SEED = Long.getLong("exposit.seed", 20250107L);
    private static final ReadLimits SMALL = ReadLimits.defaults().with(ReadLimits.Limit.LINE_BYTES, 2000);

    private static final List<String> PROMETHEUS_TEXTS = List.of("""
            # HELP http_requests_total The total \\\\ number\\nof HTTP requests, "é".
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1395066363000
            http_requests_total{method="post",code="400"}    3 1395066363000

            # A comment, then a name in quotes:
            {"my.dotted.métric", "error.message"="Not\\nFound"} 1e-3
            {"my.dotted.métric",b="",} +Inf -5
            up 1
            """, """
            # TYPE rpc summary
            # HELP rpc A summary.
            rpc{quantile="0.5",a="\\\\"} 4773
            rpc{quantile="0.99",a="\\\\"} NaN
            rpc_sum{a="\\\\"} 1.7560473e+07
            rpc_count{a="\\\\"} 2693
            # TYPE h histogram
            h_bucket{le="0.05"} 24054
            h_bucket{le="+Inf"} 144320
            h_sum 53423
            h_count 144320
            x{a="日本",b="\\"q\\""} .5
            """);

    private static final List<String> OPENMETRICS_TEXTS = List.of("""
            # TYPE acme_seconds histogram
            # UNIT acme_seconds seconds
            # HELP acme_seconds Latency \\"of\\" all\\nrequests, é.
            acme_seconds_bucket{le="0.1",path="/"} 8 # {} 0.054
            acme_seconds_bucket{le="+Inf",path="/"} 17 # {trace_id="KOO5S4vxi0o\\n"} 0.67 -1.25
            acme_seconds_count{path="/"} 17
            acme_seconds_sum{path="/"} 324789.3
            acme_seconds_created{path="/"} 1520430000.123
            # TYPE foo counter
            foo_total{a="\\\\"} 17.0 1520879607.789 # {t="日本"} 1
            foo_created{a="\\\\"} 1520430000.123 1520879607.789
            # EOF
            """, """
            # TYPE build info
            build_info{name="pretty name",version="8.2.7"} 1
            # TYPE state stateset
            state{state="a",e=""} 0
            state{state="bb",e=""} 1
            # TYPE g gaugehistogram
            g_bucket{le="1"} 20.0
            g_bucket{le="+Inf"} 42.0
            g_gcount 42.0
            g_gsum -3289.3
            # TYPE temperature gauge
            temperature 17.5 123
            temperature 18.5 456
            untyped_thing{a="b",c="d"} NaN
            # EOF
            """);

    private static final List<String> OPENMETRICS_2_TEXTS = List.of("""
            # TYPE acme_seconds histogram
            # UNIT acme_seconds seconds
            # HELP acme_seconds Latency \\"of\\" all\\nrequests, é.
            acme_seconds{path="/"} {count:17,sum:324789.3,bucket:[-Inf:0,0.1:8,1e+06:15,+Inf:17]} st@1520430000.123
            acme_seconds{path="/b"} {count:7,sum:NaN,schema:3,zero_threshold:1e-4,zero_count:1,negative_spans:[-2:1],\
            negative_buckets:[1],positive_spans:[0:1,2:2],positive_buckets:[1,2,2],bucket:[+Inf:7]} 5 st@1 # {} 1 2
            # TYPE foo_total counter
            foo_total{a="\\\\"} 17.0 1520879607.789 st@5 # {t="日本"} 1 2 # {t="x\\n"} .5 -1.25
            # EOF
            """, """
            # TYPE state stateset
            state{state="a",e=""} 0
            state{state="bb",e=""} 1
            # TYPE g gaugehistogram
            {"g"} {gcount:42.5,gsum:-3289.3,schema:-4,zero_threshold:0,zero_count:42.5}
            # TYPE "s.s" summary
            {"s.s","é"="x"} {count:1,sum:2,quantile:[0.5:1,0.99:NaN]} 123
            {"s.s","é"="x"} {count:2,sum:3,quantile:[]} 456
            u {count:1,sum:2,quantile:[]}
            untyped_thing{a="b",c="d"} NaN
            # EOF
            """);

    private static final Map<ExpositionFormat, List<String>> TEXTS = Map.of(
            ExpositionFormat.PROMETHEUS_TEXT, PROMETHEUS_TEXTS,
            ExpositionFormat.OPENMETRICS_1, OPENMETRICS_TEXTS,
            ExpositionFormat.OPENMETRICS_2, OPENMETRICS_2_TEXTS);

    /** Bytes that mean something to a reader, more often than by chance. */
    private static final byte[] TELLING = utf8("\n\n\r\t \"\"\\\\{}[],=#01.+-eE_::@NaNIinfHELP\0\u007f");

    /** One text with some bytes changed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Mutant(ExpositionFormat format, byte[] text, long seed) {
        /** How to get it again. */
        String as(ReadOptions options) {
            return " exposit.seed=" + seed + ", " + format + ", " + options.dialect() + ", " + options.recovery() + "\n"
                    + new String(text, StandardCharsets.UTF_8);
        }
    }

    private interface Check {
        void of(Mutant mutant, SplittableRandom random);
    }

    private static void forEachMutant(int count, Check check) {
        TEXTS.forEach((format, texts) -> {
            for (int i = 0; i < count; i++) {
                // Each mutant has a generator of its own, so that one can be run alone.
                SplittableRandom random = new SplittableRandom(SEED + i);
                byte[] text = utf8(texts.get(random.nextInt(texts.size())));
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    text = mutate(text, texts, random);
                }
                check.of(new Mutant(format, text, SEED + i), random);
            }
        });
    }

    private static byte[] mutate(byte[] text, List<String> texts, SplittableRandom random) {
        int at = random.nextInt(text.length);
        return switch (random.nextInt(7)) {
            case 0 -> replaced(text, at, 1, (byte) random.nextInt(256));
            case 1 -> replaced(text, at, 1, TELLING[random.nextInt(TELLING.length)]);
            case 2 -> replaced(text, at, 0, TELLING[random.nextInt(TELLING.length)]);
            case 3 -> replaced(text, at, Math.min(1 + random.nextInt(3), text.length - at));
            case 4 -> Arrays.copyOf(text, at + 1);
            case 5 -> withLineOf(texts.get(random.nextInt(texts.size())), text, random);
            default -> withLineMoved(text, random);
        };
    }

    private static byte[] replaced(byte[] text, int at, int removed, byte... put) {
        byte[] result = new byte[text.length - removed + put.length];
        System.arraycopy(text, 0, result, 0, at);
        System.arraycopy(put, 0, result, at, put.length);
        System.arraycopy(text, at + removed, result, at + put.length, text.length - at - removed);
        return result.length == 0 ? text : result;
    }

    private static byte[] withLineOf(String other, byte[] text, SplittableRandom random) {
        List<String> lines = other.lines().toList();
        byte[] line = utf8(lines.get(random.nextInt(lines.size())) + "\n");
        int at = random.nextInt(text.length);
        while (at > 0 && text[at - 1] != '\n') {
            at--;
        }
        return replaced(text, at, 0, line);
    }

    private static byte[] withLineMoved(byte[] text, SplittableRandom random) {
        // As ISO 8859-1, so that no byte changes.
        List<String> lines =
                new ArrayList<>(Arrays.asList(new String(text, StandardCharsets.ISO_8859_1).split("(?<=\n)")));
        String line = lines.get(random.nextInt(lines.size()));
        if (random.nextBoolean()) {
            lines.remove(line);
        }
        lines.add(random.nextInt(lines.size() + 1), line);
        return String.join("", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void theTextsAreValid() {
        TEXTS.forEach((format, texts) -> texts.forEach(text -> assertValid(text, format)));
    }

    private static void assertValid(String text, ExpositionFormat format) {
        EventDump dump = EventDump.of(
                ExpositionReader.open(utf8(text), ReadOptions.of(format)).assembled());
        assertThat(dump.end()).isEqualTo("END");
        assertThat(dump.problems()).isEmpty();
    }

    private static void assertSame(EventDump found, EventDump expected, Supplier<String> what) {
        // The assertion's words are costly, so only where they are needed.
        if (!found.equals(expected)) {
            assertThat(found).as(what.get()).isEqualTo(expected);
        }
    }

    private static ReadOptions options(Mutant mutant, SplittableRandom random) {
        return ReadOptions.of(mutant.format())
                .withLimits(SMALL)
                .withDialect(random.nextBoolean() ? Dialect.SPEC : Dialect.PROMETHEUS)
                .withRecovery(List.of(Recovery.values()).get(random.nextInt(3)));
    }

    /** No exception but {@link ExpositionException} passes {@link EventDump}. */
    @Test
    void everyShapeReadsTheSame() {
        InputShape[] shapes = InputShape.values();
        forEachMutant(5_000, (mutant, random) -> {
            ReadOptions options = options(mutant, random);
            EventDump array = EventDump.of(InputShape.ARRAY, mutant.text(), options);
            if (!array.ended() && options.recovery() != Recovery.THROW) {
                throw new AssertionError(mutant.as(options) + array.end());
            }
            InputShape shape = shapes[1 + random.nextInt(shapes.length - 1)];
            assertSame(EventDump.of(shape, mutant.text(), options), array, () -> shape + mutant.as(options));
            int size = 1 + random.nextInt(60);
            ExpositionReader pieces = ExpositionReader.open(InputShape.inPieces(mutant.text(), size, size), options);
            assertSame(EventDump.of(pieces), array, () -> "pieces of " + size + mutant.as(options));
        });
    }

    @Test
    void everyShapeAssemblesTheSame() {
        forEachMutant(2_500, (mutant, random) -> {
            ReadOptions options = options(mutant, random);
            EventDump array =
                    EventDump.of(ExpositionReader.open(mutant.text(), options).assembled());
            int size = 1 + random.nextInt(60);
            ExpositionReader pieces = ExpositionReader.open(InputShape.inPieces(mutant.text(), size, size), options);
            assertSame(EventDump.of(pieces.assembled()), array, () -> "pieces of " + size + mutant.as(options));
        });
    }

    /** Whatever the scrapes before were like: what was recognised by them is read as if it stood there for the first time. */
    @Test
    void aScrapeCacheReadsTheSame() {
        forEachMutant(1_500, (mutant, random) -> {
            ReadOptions options = options(mutant, random);
            List<String> texts = TEXTS.getOrDefault(mutant.format(), List.of());
            ScrapeCache<String> cache = ScrapeCache.of(MutationTest::series);
            byte[] text = mutant.text();
            for (int scrape = 0; scrape < 4; scrape++) {
                byte[] read = text;
                int size = 1 + random.nextInt(60);
                ExpositionReader in = random.nextBoolean()
                        ? cache.open(read, options)
                        : cache.open(InputShape.inPieces(read, size, size), options);
                if (random.nextBoolean()) {
                    EventDump plain = EventDump.of(ExpositionReader.open(read, options));
                    assertSame(
                            EventDump.of(in),
                            plain,
                            () -> new String(read, StandardCharsets.UTF_8) + "\nbehind other scrapes of"
                                    + mutant.as(options));
                } else {
                    assertSeriesAreKnown(cache, in, mutant.as(options));
                }
                text = mutate(read, texts, random);
            }
        });
    }

    private static void assertSeriesAreKnown(ScrapeCache<String> cache, ExpositionReader in, String as) {
        try {
            while (in.next() != Event.END) {
                if ((in.event() == Event.SAMPLE || in.event() == Event.COMPOSITE)
                        && !cache.series().equals(series(in))) {
                    assertThat(cache.series()).as(as).isEqualTo(series(in));
                }
            }
        } catch (ExpositionException e) {
            // The next scrape may be better.
        }
    }

    private static String series(ExpositionReader in) {
        return in.sampleName() + in.toLabels().toString();
    }

    /** What is read family by family is what merging gives, in one piece or several, where a survey says so. */
    @Test
    void mergingNeverFailsAndASurveyTellsWhenItIsNeeded() {
        forEachMutant(2_500, (mutant, random) -> {
            ReadOptions options = options(mutant, random).withRecovery(Recovery.SKIP_LINE);
            try {
                List<MetricFamily> merged =
                        Exposition.parse(mutant.text(), options).families();
                Survey survey = Survey.of(ExpositionReader.open(mutant.text(), options));
                List<MetricFamily> read = Families.read(mutant.text(), options).families();
                if (!survey.scattered() && !read.equals(merged)) {
                    assertThat(read).as(mutant.as(options)).isEqualTo(merged);
                }
                // Nothing is lost, whatever stands where.
                if (samples(read) != samples(merged)) {
                    assertThat(samples(merged)).as(mutant.as(options)).isEqualTo(samples(read));
                }
            } catch (RuntimeException e) {
                throw new AssertionError(mutant.as(options), e);
            }
        });
    }

    /** How many numbers there are in some families. */
    private static int samples(List<MetricFamily> families) {
        int samples = 0;
        for (MetricFamily family : families) {
            for (Metric metric : family.metrics()) {
                for (Point point : metric.points()) {
                    samples += point.startTimestamp() == null ? 0 : 1;
                    if (point.value() instanceof HistogramValue histogram) {
                        samples += histogram.buckets().size();
                        samples += (histogram.count() == null ? 0 : 1) + (histogram.sum() == null ? 0 : 1);
                    } else if (point.value() instanceof SummaryValue summary) {
                        samples += summary.quantiles().size();
                        samples += (summary.count() == null ? 0 : 1) + (summary.sum() == null ? 0 : 1);
                    } else {
                        samples += point.value() instanceof StateSetValue states
                                ? states.states().size()
                                : 1;
                    }
                }
            }
        }
        return samples;
    }

    /**
     * When the bytes of one line change and no line feed comes or goes, each sample of another line is delivered, with
     * its name, labels, value and timestamp, in order. (Its exemplar is not, where the line that changed was the type
     * that allows it.)
     */
    @Test
    void skippingLeavesAllOtherLinesAlone() {
        TEXTS.forEach((format, texts) -> {
            ReadOptions options = ReadOptions.of(format).withLimits(SMALL).withRecovery(Recovery.SKIP_LINE);
            for (int i = 0; i < 3_000; i++) {
                SplittableRandom random = new SplittableRandom(SEED + i);
                byte[] text = utf8(texts.get(random.nextInt(texts.size())));
                int lines =
                        (int) new String(text, StandardCharsets.UTF_8).lines().count();
                // Not the last line: it may be the end of OpenMetrics.
                int line = random.nextInt(lines - 1);
                byte[] mutant = withLineChanged(text, line, random);
                List<String> delivered = samples(mutant, options, -1);
                List<String> others = samples(text, options, line);
                String as = new Mutant(format, mutant, SEED + i).as(options);
                assertThat(delivered)
                        .as(as)
                        .hasSizeBetween(others.size(), others.size() + 1)
                        .containsSubsequence(others);
            }
        });
    }

    private static byte[] withLineChanged(byte[] text, int line, SplittableRandom random) {
        int from = 0;
        for (int i = 0; i < line; from++) {
            i += text[from] == '\n' ? 1 : 0;
        }
        int to = from;
        while (text[to] != '\n') {
            to++;
        }
        byte[] changed = Arrays.copyOfRange(text, from, to);
        for (int changes = 1 + random.nextInt(3); changes > 0 && changed.length > 0; changes--) {
            int at = random.nextInt(changed.length);
            byte put = random.nextBoolean() ? (byte) random.nextInt(256) : TELLING[random.nextInt(TELLING.length)];
            changed = replaced(changed, at, random.nextInt(2), put == '\n' ? (byte) '"' : put);
        }
        byte[] result = Arrays.copyOf(text, from + changed.length + text.length - to);
        System.arraycopy(changed, 0, result, from, changed.length);
        System.arraycopy(text, to, result, from + changed.length, text.length - to);
        return result;
    }

    /** The samples but those of a line, without exemplars and family. */
    private static List<String> samples(byte[] text, ReadOptions options, int exceptLine) {
        List<String> samples = new ArrayList<>();
        ExpositionReader in = ExpositionReader.open(text, options);
        while (in.next() != Event.END) {
            if (in.location().line() == exceptLine + 1) {
                continue;
            }
            if (in.event() == Event.SAMPLE) {
                samples.add(in.sampleName() + in.toLabels().toString() + in.valueText() + in.timestamp());
            } else if (in.event() == Event.COMPOSITE) {
                samples.add(in.sampleName()
                        + in.toLabels().toString()
                        + in.composite().toValue());
            }
        }
        return samples;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
