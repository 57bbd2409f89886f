package dev.exposit.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.conformance.Outside;
import dev.exposit.convert.Converter;
import dev.exposit.convert.FamilySource;
import dev.exposit.convert.InputFormat;
import dev.exposit.convert.Source;
import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import dev.exposit.parser.Survey;
import dev.exposit.writer.ExpositionWriter;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A converter hands samples on as text where it can. Whatever the exposition, bytes, report, problems and exceptions must be
 * those of a conversion that makes objects of all of them. The number of mutants is the system property
 * {@code exposit.passing}, the first seed {@code exposit.seed}.
 */
class PassingConversionTest {
    private static final long SEED = Long.getLong("exposit.seed", 20250107L);
    private static final int MUTANTS = Integer.getInteger("exposit.passing", 300);
    private static final String TYPE = "# TYPE a gauge\n";

    /** The formats as if others had plugged them in, from whom the converter can have nothing but objects. */
    private static final InputFormat AS_OBJECTS = new InputFormat() {
        @Override
        public FamilySource open(InputStream body, ReadOptions options) throws IOException {
            return InputFormat.ofExpositions().open(body, options);
        }

        @Override
        public FamilySource openMerging(InputStream body, ReadOptions options) throws IOException {
            return InputFormat.ofExpositions().openMerging(body, options);
        }

        @Override
        public Survey survey(InputStream body, ReadOptions options) throws IOException {
            return InputFormat.ofExpositions().survey(body, options);
        }
    };

    private static final List<ReadOptions> READ = List.of(
            ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT),
            ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT).withRecovery(Recovery.SKIP_LINE),
            ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT_0_0_4).withRecovery(Recovery.SKIP_FAMILY),
            ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT).withDialect(Dialect.PROMETHEUS),
            ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT)
                    .withRecovery(Recovery.SKIP_LINE)
                    .withUnescaping(EscapingScheme.VALUES),
            ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT)
                    .withLimits(ReadLimits.defaults().with(ReadLimits.Limit.ASSEMBLED_BYTES, 1500)));

    private static final List<WriteOptions> WRITE = List.of(
            WriteOptions.of(ExpositionFormat.OPENMETRICS_1),
            WriteOptions.of(ExpositionFormat.OPENMETRICS_2),
            WriteOptions.of(ExpositionFormat.PROTOBUF),
            WriteOptions.of(ExpositionFormat.PROTOBUF_TEXT),
            WriteOptions.of(ExpositionFormat.OPENMETRICS_PROTOBUF),
            WriteOptions.of(ExpositionFormat.PROMETHEUS_TEXT),
            options(ExpositionFormat.OPENMETRICS_1, write -> write.onLoss(LossPolicy.FAIL)),
            options(ExpositionFormat.OPENMETRICS_2, write -> write.onLoss(LossPolicy.FAIL)),
            options(ExpositionFormat.PROTOBUF, write -> write.onLoss(LossPolicy.FAIL)),
            options(ExpositionFormat.PROTOBUF, write -> write.messageBytes(120)),
            options(ExpositionFormat.OPENMETRICS_1, write -> write.heldBytes(0)),
            options(ExpositionFormat.OPENMETRICS_2, write -> write.escaping(EscapingScheme.VALUES)));

    private static WriteOptions options(ExpositionFormat format, UnaryOperator<WriteOptions.Builder> change) {
        return change.apply(WriteOptions.builder(format)).build();
    }

    /** All that a conversion shows: its end, what it told meanwhile, what it wrote. */
    private static List<String> outcome(Converter converter, byte[] text, List<String> told) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String end;
        try {
            end = converter
                    .convert(Source.of(new ByteArrayInputStream(text), "text"), out)
                    .toString();
        } catch (IOException | RuntimeException e) {
            end = e.toString();
        }
        return List.of(end, told.toString(), out.toString(StandardCharsets.ISO_8859_1));
    }

    private static List<String> outcome(ReadOptions read, WriteOptions write, byte[] text, boolean asObjects) {
        List<String> told = new ArrayList<>();
        Converter converter = Converter.of(read.withProblemListener(problem -> told.add(problem.toString())), write);
        return outcome(asObjects ? converter.from(AS_OBJECTS) : converter, text, told);
    }

    private static void requireSame(byte[] text, List<ReadOptions> reads, String title) {
        for (ReadOptions read : reads) {
            for (WriteOptions write : WRITE) {
                assertThat(outcome(read, write, text, false))
                        .as("%s, %s to %s", title, read, write)
                        .isEqualTo(outcome(read, write, text, true));
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<String> hostile() {
        return List.of(
                TYPE + "a{x=\"1\",y=\"2\"} 1\na{x=\"3\",y=\"2\"} 2\n",
                // The same series again: as it was, in another order, with an empty value, with blanks.
                TYPE + "a{x=\"1\",y=\"2\"} 1\na{x=\"1\",y=\"2\"} 2\n",
                TYPE + "a{x=\"1\",y=\"2\"} 1\na{y=\"2\",x=\"1\"} 2\n",
                TYPE + "a{x=\"1\"} 1\na{x=\"1\",y=\"\"} 2\n",
                TYPE + "a{x=\"1\"} 1\na{y=\"\",x=\"1\"} 2\na 3\na{} 4\na{z=\"\"} 5\n",
                TYPE + "a{x=\"1\"} 1\na{ x = \"1\" , } 2\n",
                TYPE + "a{x=\"1\"} 1\na{\"x\"=\"1\"} 2\na{x=\"2\"} 3\n",
                TYPE + "a{x=\"1\"} 1\na{x=\"1\"} 2\na{x=\"2\"} 3\na{x=\"2\"} 4\na{x=\"1\"} 5\n",
                // Names and values that swap places must not be taken for the same.
                TYPE + "a{x=\"1\",y=\"2\"} 1\na{x=\"2\",y=\"1\"} 2\na{y=\"1\",x=\"2\"} 3\n",
                TYPE + "a{x=\"y\"} 1\na{xy=\"\"} 2\na{x=\"\",y=\"x\"} 3\na{xx=\"y\"} 4\n",
                // Spelling.
                TYPE + "a { x = \"1\" , y=\"\\\\ \\\" \\n\" , } 1 5\na{x=\"ü日\ud83d\ude00\"} -0\n",
                TYPE + "a{x=\"\\q\"} 1\na{x=\"\\\\q\"} 2\n",
                TYPE + "a{x=\"1\ny\"} 1\na{x=\"1\\ny\"} 2\n",
                TYPE + "a{x=\"\\\ny\"} 1\n",
                TYPE + "a{\"x.y\"=\"1\"} 1\na{x=\"2\"} 2\n",
                TYPE + "a{x=\"1\"} 1\na{\"x.y\"=\"1\"} 2\n",
                "# TYPE \"a.b\" gauge\n{\"a.b\",x=\"1\"} 1\n{\"a.b\", x=\"2\",} 2\n{\"a.b\"} 3\n",
                "# TYPE _a gauge\n_a{_x=\"1\"} 1\n_a{__type__=\"1\"} 2\n_a{__name__=\"1\"} 3\n",
                TYPE + "a{x=\"\u0000\r\t\"} 1\r\na{x=\"2\"} 2\n",
                TYPE + "a{U__x=\"1\",x_=\"2\"} 1\n",
                // Numbers and times.
                TYPE + "a 1e6\na{x=\"1\"} 123456\na{x=\"2\"} +Inf\na{x=\"3\"} nan\na{x=\"4\"} 9007199254740993\n",
                TYPE + "a 1 0\na{x=\"1\"} 1 -1\na{x=\"2\"} 1 1520879607789\na{x=\"3\"} 1\na{x=\"4\"} 1 1000\n",
                TYPE + "a 1 -9223372036854775808\na{x=\"1\"} 1 9223372036854775807\na{x=\"2\"} 1 9223372036854775808\n",
                // Types.
                "a 1\nb 2\nb{x=\"1\"} 3\n# TYPE c untyped\nc 1\n",
                "# TYPE a counter\na 1\na{x=\"1\"} 2\n",
                "# TYPE a_total counter\na_total -1\na_total{x=\"1\"} 2\n",
                "# TYPE a_total counter\na_total{x=\"1\"} 2\na_total{x=\"2\"} NaN\na_total{x=\"3\"} -0\n",
                "# TYPE a_total counter\na_total 1\n# TYPE a gauge\na 1\n",
                "# TYPE a_total counter\na_total{x=\"1\"} 1\n# TYPE a_created gauge\na_created{x=\"1\"} 1.5e9\n",
                "# TYPE a_created gauge\na_created{x=\"1\"} 1.5e9\n# TYPE a_total counter\na_total{x=\"1\"} 1\n",
                "# TYPE a_created gauge\na_created{x=\"1\"} NaN\n# TYPE a_total counter\na_total{x=\"1\"} 1\n",
                "# TYPE a_info gauge\na_info{x=\"1\"} 1\n# TYPE h histogram\nh 1\nh_bucket{le=\"1\"} 1\nh_count 1\n",
                "# TYPE s summary\ns 1\ns{quantile=\"0.5\"} 1\ns_sum 1\ns_count 1\n",
                // Metadata that is late, odd or stands twice; families that come back.
                "a 1\n# TYPE a counter\na{x=\"1\"} 2\n# HELP a x\n",
                "a -1\n# TYPE a counter\n",
                "# HELP a \\\\ \\n x \r\n" + TYPE + "a 1\n# HELP a y\n",
                TYPE + "a 1\nb 2\na{x=\"1\"} 3\na 4\n",
                TYPE + "a 1\na_b{x=\"1\"} 2\n{\"a\"} 3\na{x=\"1\" 4\na{x=\"2\"} 5\n",
                TYPE + "a 1\na{x=\"1\"} 1 # {} 2\n",
                TYPE + "a 1\na{x=\"1\",x=\"2\"} 1\na{x=\"3\"} 2",
                "# TYPE a gauge\n",
                "# HELP a\n",
                "");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void ofHostileTexts(String text) {
        requireSame(utf8(text), READ, text);
    }

    static List<byte[]> suite() throws IOException {
        return SuiteTexts.of("prometheus-text");
    }

    @Test
    void ofTheSuite() throws IOException {
        for (byte[] text : suite()) {
            requireSame(text, READ, new String(text, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void ofMutants() throws IOException {
        List<byte[]> texts = new ArrayList<>(hostile().stream()
                .map(PassingConversionTest::utf8)
                .filter(text -> text.length > 0)
                .toList());
        texts.addAll(suite());
        SplittableRandom random = new SplittableRandom(SEED);
        Mutator mutator = new Mutator(random, texts);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] text = mutator.mutate(texts.get(random.nextInt(texts.size())));
            requireSame(text, READ, "mutant " + i + ": " + new String(text, StandardCharsets.ISO_8859_1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void ofGeneratedSets(long seed) {
        ValidMetrics sets = new ValidMetrics(new SplittableRandom(SEED + seed), ExpositionFormat.PROMETHEUS_TEXT);
        byte[] text = ExpositionWriter.toBytes(sets.next(), ExpositionFormat.PROMETHEUS_TEXT);
        requireSame(text, READ, "seed " + seed);
    }

    /** A family that comes in parts, from whose first samples on nothing, or whose last ones, are odd. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a_total{i=\"7\",x=\"\"} 1\na_total{i=\"9999999\"} -1\n",
                "a_total{\"x.y\"=\"1\"} 1\na_total_x 1\n",
                "a_total{i=\"99999999\"} 1 # {} 1\n"
            })
    void ofLargeFamilies(String end) {
        StringBuilder text = new StringBuilder("# HELP a_total x\n# TYPE a_total counter\n");
        for (int i = 0; i < 30_000; i++) {
            text.append("a_total{i=\"")
                    .append(i)
                    .append("\",b=\"c\"} ")
                    .append(i)
                    .append('\n');
        }
        byte[] bytes = utf8(text.append(end).append("b 1\n").toString());
        requireSame(bytes, READ.subList(0, 2), "large");
    }

    @Test
    void ofRealScrapes() throws IOException {
        List<ReadOptions> reads =
                List.of(ReadOptions.defaults(), ReadOptions.defaults().withRecovery(Recovery.SKIP_LINE));
        for (Path folder : Outside.sharedIfThere("corpus/public", "corpus/scraped")) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    requireSame(Files.readAllBytes(file), reads, file.toString());
                }
            }
        }
    }
}
