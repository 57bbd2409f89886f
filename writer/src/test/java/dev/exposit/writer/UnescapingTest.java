package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricDiff;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.Problem;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Escaping and unescaping, by every writer and its reader: what is written under escaped names and read with these unescaped is
 * what is written and read under names that need no escaping, but for the names. And names that escaping makes one are told
 * of and never merged. The first seed is the system property {@code exposit.seed}.
 */
class UnescapingTest {
    private static final long SEED = Long.getLong("exposit.seed", 0L);
    private static final int SETS = 300;

    /** Names that need escaping, and some that do not instead. */
    private static final Map<String, String> LEGACY = Map.of(
            "a.b", "aZdb", "a.c", "aZdc", "ü", "Zu", "1st", "Z1st", "a b", "aZsb", "l.1", "lZd1", "l:1", "lZc1", "1",
            "Z1");

    /** A legacy name, but no label name, as a stateset needs it. */
    private static final Map<String, String> WITHOUT_COLON = Map.of("a:b", "a.c");

    /** What {@code dots} cannot undo, and something else. */
    private static final Map<String, String> DOTTED =
            Map.of("a:b", "a.c", "ü", "u.", "1st", "st", "a b", "ab", "l:1", "lc", "1", "d.1");

    private static final Map<String, String> LEGACY_OF_DOTTED =
            Map.of("a.b", "aZdb", "a.c", "aZdc", "l.1", "lZd1", "u.", "Zu", "d.1", "Zd1");

    private static final List<ExpositionFormat> FORMATS = Stream.of(ExpositionFormat.values())
            .filter(format -> format != ExpositionFormat.JSON)
            .toList();

    static Stream<Arguments> schemes() {
        return FORMATS.stream()
                .flatMap(format -> Stream.of(
                        Arguments.of(format, EscapingScheme.VALUES), Arguments.of(format, EscapingScheme.DOTS)));
    }

    static Stream<Arguments> lossySchemes() {
        return FORMATS.stream()
                .flatMap(format -> Stream.of(
                        Arguments.of(format, EscapingScheme.UNDERSCORES),
                        Arguments.of(format, EscapingScheme.DOTS),
                        Arguments.of(format, EscapingScheme.VALUES)));
    }

    private static Renaming renaming(Map<String, String> names) {
        return new Renaming(name -> {
            String found = names.get(name);
            if (found != null) {
                return found;
            }
            for (Map.Entry<String, String> entry : names.entrySet()) {
                // What a family's name begins with; labels are whole names.
                if (name.startsWith(entry.getKey() + "_")) {
                    return entry.getValue() + name.substring(entry.getKey().length());
                }
            }
            return name;
        });
    }

    private static Map<String, String> inverse(Map<String, String> names) {
        Map<String, String> inverse = new HashMap<>();
        names.forEach((from, to) -> inverse.put(to, from));
        return inverse;
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void whatIsReadUnescapedIsWhatWasWritten(ExpositionFormat format, EscapingScheme scheme) {
        boolean isDots = scheme == EscapingScheme.DOTS;
        Map<String, String> legacy = isDots ? LEGACY_OF_DOTTED : LEGACY;
        int compared = 0;
        for (long seed = SEED; seed < SEED + SETS; seed++) {
            MetricSet set = new MetricSetGenerator(seed, true).next();
            set = renaming(isDots ? DOTTED : WITHOUT_COLON).of(set);
            MetricSet plain = renaming(legacy).of(set);
            Written written = Written.of(options(format, scheme), set);
            Written other = Written.of(options(format, scheme), plain);
            String about = "exposit.seed=" + seed + " of\n" + set + "\nwritten\n" + written.text();

            ReadOptions escaped = ReadOptions.of(format);
            List<Problem> problems = new ArrayList<>();
            ReadOptions options = escaped.withUnescaping(scheme).withProblemListener(problems::add);
            MetricSet expected;
            try {
                expected = Exposition.parse(other.bytes(), escaped);
            } catch (ExpositionSyntaxException e) {
                // Prometheus text is written as it came: series may stand twice, and under plain names more of them.
                continue;
            }
            MetricSet read = Exposition.parse(written.bytes(), options);
            List<String> codes = problems.stream().map(Problem::code).toList();
            assertThat(codes).as(about).doesNotContain("INVALID_ESCAPED_NAME");
            if (codes.contains("CLASHING_ESCAPED_NAME")) {
                // x_sum as a part of x and as a family of its own are spelled differently only where x is escaped.
                continue;
            }
            if (!kinds(written).equals(kinds(other))) {
                // Likewise: where x is escaped, others give way than those that would if it were not.
                continue;
            }
            MetricSet original = renaming(inverse(legacy)).of(expected);
            assertThat(MetricDiff.between(original, read).differences())
                    .as(about)
                    .isEmpty();
            try (Stream<MetricFamily> families =
                    Exposition.families(new ByteArrayInputStream(written.bytes()), options)) {
                assertThat(families.map(MetricFamily::name))
                        .as(about)
                        .containsExactlyElementsOf(
                                read.stream().map(MetricFamily::name).toList());
            }
            compared += written.count(Loss.Kind.NAME) > 0 ? 1 : 0;
        }
        assertThat(compared).isGreaterThan(SETS / 10);
    }

    private static WriteOptions options(ExpositionFormat format, EscapingScheme scheme) {
        return WriteOptions.builder(format).escaping(scheme).build();
    }

    /** How many losses of each kind there are, but for those of names. */
    private static Map<Loss.Kind, Long> kinds(Written written) {
        Map<Loss.Kind, Long> kinds = new EnumMap<>(Loss.Kind.class);
        written.report().losses().stream()
                .filter(loss -> loss.kind() != Loss.Kind.NAME)
                .forEach(loss -> kinds.merge(loss.kind(), loss.count(), Long::sum));
        return kinds;
    }

    // ---- Names that escaping makes one

    /** Two names that the scheme makes one. */
    private static List<String> pair(EscapingScheme scheme) {
        return switch (scheme) {
            case ALLOW_UTF_8 -> throw new AssertionError("leaves all names alone");
            case UNDERSCORES -> List.of("a.b", "a_b");
            case DOTS -> List.of("a b", "a-b");
            case VALUES -> List.of("a.b", "U__a_2e_b");
        };
    }

    @ParameterizedTest
    @MethodSource("lossySchemes")
    void familiesAreNotMerged(ExpositionFormat format, EscapingScheme scheme) {
        for (MetricType type : List.of(MetricType.GAUGE, MetricType.COUNTER, MetricType.UNKNOWN)) {
            List<String> names = pair(scheme).stream()
                    .map(name -> name + type.exposedSuffix())
                    .toList();
            List<String> legal = scheme == EscapingScheme.VALUES && type == MetricType.COUNTER
                    ? List.of("a.b_total", "U__a_2e_b__total")
                    : names;
            MetricFamily one =
                    MetricFamily.builder(legal.get(0), type).add(1, "l", "1").build();
            MetricFamily two =
                    MetricFamily.builder(legal.get(1), type).add(2, "l", "2").build();
            for (Written written : List.of(
                    Written.of(options(format, scheme), MetricSet.of(one, two)),
                    Written.inTurn(options(format, scheme), one, two),
                    Written.of(options(format, scheme), MetricSet.of(two, one)))) {
                assertOneIsLeftOut(written);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lossySchemes")
    void labelsAreNotMerged(ExpositionFormat format, EscapingScheme scheme) {
        List<String> names = pair(scheme);
        MetricFamily family = MetricFamily.builder("g", MetricType.GAUGE)
                .add(1, names.get(0), "1", names.get(1), "2")
                .add(2, "l", "2")
                .build();

        assertOneIsLeftOut(Written.of(options(format, scheme), MetricSet.of(family)));
    }

    @ParameterizedTest
    @MethodSource("lossySchemes")
    void seriesAreNotMerged(ExpositionFormat format, EscapingScheme scheme) {
        List<String> names = pair(scheme);
        MetricFamily family = MetricFamily.builder("g", MetricType.GAUGE)
                .add(1, names.get(0), "1")
                .add(2, names.get(1), "1")
                .build();

        assertOneIsLeftOut(Written.of(options(format, scheme), MetricSet.of(family)));
        assertOneIsLeftOut(Written.parts(options(format, scheme), Written.piecesOf(family)));
    }

    /** Of two samples one is there, under whatever name, and the other in the report. */
    private static void assertOneIsLeftOut(Written written) {
        List<Metric> metrics = new ArrayList<>();
        Exposition.parse(written.bytes(), ReadOptions.of(written.format()))
                .forEach(family -> metrics.addAll(family.metrics()));
        assertThat(metrics).as(written.text() + written.losses()).hasSize(1);
        assertThat(written.count(Loss.Kind.SAMPLE))
                .as(written.text() + written.losses())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("lossySchemes")
    void labelsOfExemplarsAreNotMerged(ExpositionFormat format, EscapingScheme scheme) {
        List<String> names = pair(scheme);
        Exemplar exemplar = new Exemplar(Labels.of(names.get(0), "1", names.get(1), "2"), 1, Timestamp.ofSeconds(1));
        MetricFamily family = MetricFamily.builder("c_total", MetricType.COUNTER)
                .add(new Metric(Labels.of(), Point.of(1).withExemplars(exemplar)))
                .build();

        Written written = Written.of(options(format, scheme), MetricSet.of(family));

        assertThat(written.count(Loss.Kind.EXEMPLAR)).as(written.text()).isEqualTo(1);
        assertThat(Exposition.parse(written.bytes(), ReadOptions.of(format)).toString())
                .doesNotContain("#");
    }

    @Test
    void namesOfAFamilyTakenApartComeBack() {
        Written written = Written.of(
                options(ExpositionFormat.PROTOBUF, EscapingScheme.VALUES),
                MetricSet.of(MetricFamily.builder("h.h", MetricType.SUMMARY)
                        .add(new Metric(Labels.of(), Point.of(new SummaryValue(null, 1.0, List.of()))))
                        .build()));

        assertThat(Exposition.parse(
                                written.bytes(),
                                ReadOptions.of(ExpositionFormat.PROTOBUF).withUnescaping(EscapingScheme.VALUES))
                        .value("h.h_sum"))
                .hasValue(1.0);
    }
}
