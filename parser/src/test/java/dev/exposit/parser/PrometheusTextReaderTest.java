package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.exposit.format.ContentType;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cursor reads from Prometheus text; what it refuses stands in {@link ErrorCodeTest}. */
class PrometheusTextReaderTest {
    private static final ReadOptions SPEC = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);
    private static final ReadOptions PROMETHEUS = SPEC.withDialect(Dialect.PROMETHEUS);

    static Stream<ReadCase> cases() {
        return ReadCase.of("prometheus-text.tsv", ExpositionFormat.PROMETHEUS_TEXT);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reads(ReadCase readCase) {
        readCase.check();
    }

    @Test
    void everyEventHasItsParts() {
        String text = "# HELP h x\n\n  # TYPE h histogram\nh_bucket{le=\"1\"} 1e3 5\n{\"é\"} 2\n";
        try (ExpositionReader in = open(text, SPEC)) {
            assertThat(in.format()).isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
            assertThat(in.next()).isEqualTo(Event.HELP).isEqualTo(in.event());
            assertThat(in.location()).isEqualTo(new Location(1, 1, 0));
            assertThat(in.familyName().toString()).isEqualTo("h");
            assertThat(in.exposedFamilyName()).isEqualTo("h");
            assertThat(in.type()).isEqualTo(MetricType.UNKNOWN);
            assertThat(in.familyOrdinal()).isZero();
            assertThat(in.text().contentEquals("x")).isTrue();
            assertThat(in.hasTimestamp()).isFalse();
            assertThat(in.timestamp()).isNull();
            assertThat(in.exemplar()).isNull();

            assertThat(in.next()).isEqualTo(Event.TYPE);
            assertThat(in.location()).isEqualTo(new Location(3, 1, 12));
            assertThat(in.type()).isEqualTo(MetricType.HISTOGRAM);
            assertThat(in.familyOrdinal()).isZero();

            assertThat(in.next()).isEqualTo(Event.SAMPLE);
            assertThat(in.location()).isEqualTo(new Location(4, 1, 33));
            assertThat(in.sampleName().toString()).isEqualTo("h_bucket");
            assertThat(in.familyName().toString()).isEqualTo("h");
            assertThat(in.labelCount()).isEqualTo(1);
            assertThat(in.labelName(0).toString()).isEqualTo("le");
            assertThat(in.labelValue(0).toString()).isEqualTo("1");
            assertThat(in.toLabels().toMap()).isEqualTo(Map.of("le", "1"));
            assertThat(in.value()).isEqualTo(1000.0);
            assertThat(in.valueText().toString()).isEqualTo("1e3");
            assertThat(in.timestamp()).isEqualTo(Timestamp.ofMillis(5));
            assertThat(in.timestampText().toString()).isEqualTo("5");
            assertThat(in.hasExemplar()).isFalse();

            assertThat(in.next()).isEqualTo(Event.SAMPLE);
            assertThat(in.location()).isEqualTo(new Location(5, 1, 56));
            assertThat(in.sampleName().toString()).isEqualTo("é").isEqualTo(in.exposedFamilyName());
            assertThat(in.type()).isEqualTo(MetricType.UNKNOWN);
            assertThat(in.familyOrdinal()).isEqualTo(1);
            assertThat(in.labelCount()).isZero();

            assertThat(in.next()).isEqualTo(Event.END);
            assertThat(in.next()).isEqualTo(Event.END);
            assertThat(in.location()).isEqualTo(new Location(6, 1, 65));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void linesWithinALabelValueCountAndTheSampleBeginsOnTheFirst() {
        for (InputShape shape : InputShape.values()) {
            ExpositionReader in = shape.open(utf8("a 1\nb{c=\"x\n\ny\"} 2\nd 3\n"), PROMETHEUS);
            List<Location> locations = new ArrayList<>();
            while (in.next() != Event.END) {
                locations.add(in.location());
            }
            assertThat(locations)
                    .as("%s", shape)
                    .containsExactly(new Location(1, 1, 0), new Location(2, 1, 4), new Location(5, 1, 18));
        }
    }

    @Test
    void aPartThatTheEventLacksIsAMisuse() {
        ExpositionReader in = open("# HELP a x\na 1\n# c\n", SPEC);
        in.next();
        assertMisuse(in::sampleName, in::labelCount, in::toLabels, in::value, in::valueText);
        assertMisuse(() -> in.labelName(0), () -> in.labelValue(0));
        in.next();
        assertMisuse(in::text, in::timestampText);
        assertThatThrownBy(() -> in.labelName(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> in.labelValue(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        in.next();
        assertMisuse(in::familyName, in::sampleName, in::value);
        in.next();
        assertMisuse(in::familyName, in::text, in::sampleName, in::labelCount);
    }

    private static void assertMisuse(Runnable... calls) {
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
        }
    }

    /** A duplicate whose name had to be unescaped is reported at the second one, too. */
    @Test
    void aDuplicateNameWithEscapesIsReportedWhereItStands() {
        String text = "a{x=\"y\",\"q\\\\\"=\"1\",\"q\\\\\"=\"2\"} 1\n";
        ExpositionSyntaxException e = catchThrowableOfType(
                ExpositionSyntaxException.class, () -> open(text, SPEC).next());
        assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_LABEL_NAME);
        assertThat(e.location().offset()).isBetween((long) text.lastIndexOf("\"q"), (long) text.lastIndexOf('q'));
    }

    @Test
    void namesOfManyLabelsAreToldApartInLinearTime() {
        StringBuilder text = new StringBuilder("a{");
        for (int i = 0; i < 1000; i++) {
            text.append("l").append(i).append("=\"v\",");
        }
        ExpositionReader in = open(text + "} 1\n", SPEC);
        assertThat(in.next()).isEqualTo(Event.SAMPLE);
        assertThat(in.toLabels().get("l999")).isEqualTo("v");
        String twice = EventDump.of(open(text + "l500=\"w\"} 1\n", SPEC)).end();
        assertThat(twice).contains("DUPLICATE_LABEL_NAME", "column " + (text.length() + 1));
    }

    /** Around the sizes at which tables grow, and at which names are compared in another way. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65})
    void anyNumberOfLabelsIsReadAndHasEachNameOnce(int count) {
        StringBuilder text = new StringBuilder("a{");
        for (int i = 0; i < count; i++) {
            text.append("l").append(i).append("=\"v").append(i).append("\",");
        }
        ExpositionReader in = open(text + "} 1\n", SPEC);
        assertThat(in.next()).isEqualTo(Event.SAMPLE);
        assertThat(in.labelCount()).isEqualTo(count);
        assertThat(in.toLabels().get("l" + (count - 1))).isEqualTo("v" + (count - 1));
        for (String twice : new String[] {"l0", "l" + (count - 1)}) {
            assertThat(EventDump.of(open(text + twice + "=\"w\"} 1\n", SPEC)).end())
                    .contains("DUPLICATE_LABEL_NAME", "column " + (text.length() + 1));
        }
    }

    /** What a line tells only when its metric is built is not forgotten with a next line that must be read again. */
    @ParameterizedTest
    @CsvSource({"'a 1\na 1\n', DUPLICATE_SERIES", "'# TYPE a histogram\na 1\n', UNEXPECTED_SAMPLE"})
    void aFindingOutlivesALineThatIsReadAgain(String lines, String code) {
        for (InputShape shape : InputShape.values()) {
            FamilyReader in =
                    shape.open(utf8(lines + "b{c=\"x\ny\"} 1\n"), PROMETHEUS).assembled();
            assertThat(EventDump.of(in).end()).isEqualTo("END");
            assertThat(in.problems()).as("%s", shape).extracting(Problem::code).containsExactly(code);
        }
    }

    @Test
    void skippedFamiliesStayUnreadButTheirLinesCount() {
        String text = "# HELP a x\na{b=} 1\na 1\nc 1\n!\n";
        ExpositionReader in = open(text, SPEC.withNames(Set.of("c")));
        assertThat(in.next()).isEqualTo(Event.SAMPLE);
        assertThat(in.location()).isEqualTo(new Location(4, 1, 23));
        assertThat(EventDump.of(in).end()).contains("line 5, column 1, byte 27", "INVALID_METRIC_NAME");
    }

    /** Strings are remembered by their hash; those that share one are told apart, and what was handed out stays. */
    @Test
    void labelsWithOneHashAreToldApart() {
        StringBuilder text = new StringBuilder();
        List<Map<String, String>> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = i % 2 == 0 ? "Aa" : "BB";
            String value = (i % 3 == 0 ? "AaAa" : i % 3 == 1 ? "BBBB" : "AaBB") + "é".repeat(i % 5 * 20);
            text.append("a{").append(name).append("=\"").append(value).append("\"} 1\n");
            expected.add(Map.of(name, value));
        }
        ExpositionReader in = open(text.toString(), SPEC);
        List<Labels> labels = new ArrayList<>();
        while (in.next() != Event.END) {
            labels.add(in.toLabels());
        }
        assertThat(labels).extracting(Labels::toMap).isEqualTo(expected);
    }

    // ---- The scraper's verdicts

    private static final Pattern VERDICT = Pattern.compile(
            "\\{\"case\": \"([^\"]*)\", \"content_type\": (?:null|\"([^\"]*)\"), \"body_base64\": \"([^\"]*)\".*"
                    + "\"scraper\": \"(accept|reject)\".*");

    /** Where we differ from Prometheus 2.42 on purpose: our verdict by the beginning of the case's name. */
    private static final Map<String, Boolean> ON_PURPOSE = Map.of(
            "UTF-8 quoted", true,
            "quoted label", true,
            "ts neg", false,
            "many spaces", true,
            "leading space", true);

    @Test
    void dialectPrometheusAgreesWithTheScraper() throws IOException {
        Path file = Path.of(System.getProperty("exposit.shared", "../../shared"), "suites", "verdicts.jsonl");
        if (!Files.exists(file) && Boolean.getBoolean("exposit.ci")) {
            fail("the scraper's verdicts are not at " + file);
        }
        assumeTrue(Files.exists(file), () -> "skipped: the scraper's verdicts are not at " + file);
        List<String> differences = new ArrayList<>();
        int checked = 0;
        for (String line : Files.readAllLines(file)) {
            Matcher verdict = VERDICT.matcher(line);
            if (verdict.matches()
                    && verdict.group(2) != null
                    && verdict.group(2).startsWith("text/plain")) {
                checked++;
                String name = verdict.group(1);
                boolean expected = ON_PURPOSE.entrySet().stream()
                        .filter(ours -> name.startsWith(ours.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(verdict.group(4).equals("accept"));
                byte[] body = Base64.getDecoder().decode(verdict.group(3));
                ReadOptions options =
                        ReadOptions.of(ContentType.parse(verdict.group(2))).withDialect(Dialect.PROMETHEUS);
                EventDump lines = EventDump.of(ExpositionReader.open(body, options));
                EventDump families =
                        EventDump.of(ExpositionReader.open(body, options).assembled());
                if (lines.ended() != expected || families.ended() != expected) {
                    differences.add(name + ": " + lines.end() + " " + families.end());
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(checked).isGreaterThan(60);
    }

    private static ExpositionReader open(String text, ReadOptions options) {
        return ExpositionReader.open(utf8(text), options);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
