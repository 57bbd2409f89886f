package dev.exposit.conformance.suite;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.conformance.suite.Must.Concern;
import dev.exposit.format.ExpositionFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each production of each grammar and each demand of each specification has cases: one at least that keeps to it, and one
 * that does not.
 */
class SuiteCoverageTest {
    private static final Path GRAMMARS = Path.of(System.getProperty("exposit.root", ".."), "grammar/src/main/antlr4");

    private static final Map<ExpositionFormat, String> GRAMMAR_OF = Map.of(
            ExpositionFormat.PROMETHEUS_TEXT, "dev/exposit/grammar/generated/PrometheusText.g4",
            ExpositionFormat.OPENMETRICS_1, "dev/exposit/grammar/generated/OpenMetrics1.g4",
            ExpositionFormat.OPENMETRICS_2, "dev/exposit/grammar/generated/OpenMetrics2.g4");

    /** Productions that nothing can break: whatever is none of them is some other one. With the reason. */
    private static final Map<String, String> UNBREAKABLE =
            Map.of("malformed_exemplar", "takes what no other production does, to the end of the line");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
    private static final Pattern RULE = Pattern.compile("^([a-z][a-z0-9_]*)\\s*:", Pattern.MULTILINE);

    static Stream<ExpositionFormat> formats() {
        return SuiteTest.formats().stream();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyProductionHasCases(ExpositionFormat format) throws IOException {
        Suite suite = Suite.of(format.id());
        Set<String> productions = productions(format);
        assertThat(covered(suite, true)).containsAll(productions);
        productions.removeAll(UNBREAKABLE.keySet());
        assertThat(covered(suite, false)).containsAll(productions);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyDemandHasCases(ExpositionFormat format) throws IOException {
        Suite suite = Suite.of(format.id());
        assertThat(covered(suite, true)).containsAll(demands(suite, Concern.SYNTAX, Concern.RULES, Concern.READER));
        assertThat(covered(suite, false)).containsAll(demands(suite, Concern.SYNTAX, Concern.RULES));
        assertThat(covered(suite, false)).doesNotContainAnyElementsOf(demands(suite, Concern.READER));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everythingThatCasesCoverIsThere(ExpositionFormat format) throws IOException {
        Suite suite = Suite.of(format.id());
        Set<String> known = productions(format);
        known.addAll(productions("imports/Core.g4"));
        known.addAll(demands(suite, Concern.SYNTAX, Concern.RULES, Concern.READER));
        assertThat(known).containsAll(covered(suite, true)).containsAll(covered(suite, false));
        assertThat(suite.cases()).allSatisfy(one -> {
            assertThat(one.covers()).isNotEmpty().doesNotHaveDuplicates();
            assertThat(one.description()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyExpositionStandsBesideWhatIsExpected(ExpositionFormat format) throws IOException {
        try (Stream<Path> files = Files.walk(Suite.FOLDER.resolve(format.id()))) {
            Map<Boolean, TreeSet<String>> names = files.map(Path::toString)
                    .filter(file -> file.endsWith(".txt") || file.endsWith(".json"))
                    .collect(partitioningBy(
                            file -> file.endsWith(".txt"),
                            mapping(file -> file.replaceFirst("\\.(txt|json)$", ""), toCollection(TreeSet::new))));
            assertThat(names.get(true)).isNotEmpty().isEqualTo(names.get(false));
        }
    }

    private static Set<String> productions(ExpositionFormat format) throws IOException {
        return productions(GRAMMAR_OF.get(format));
    }

    private static Set<String> productions(String file) throws IOException {
        String grammar = Files.readString(GRAMMARS.resolve(file));
        Matcher rule = RULE.matcher(COMMENT.matcher(grammar).replaceAll(""));
        Set<String> productions = rule.results().map(match -> match.group(1)).collect(toCollection(TreeSet::new));
        assertThat(productions).as(file).isNotEmpty();
        return productions;
    }

    private static Set<String> demands(Suite suite, Concern... concerns) {
        return suite.musts().values().stream()
                .filter(must -> Set.of(concerns).contains(must.concern()))
                .map(Must::id)
                .collect(toCollection(TreeSet::new));
    }

    /** What valid or invalid cases cover; productions as the grammar files spell them. */
    private static Set<String> covered(Suite suite, boolean valid) {
        return suite.cases().stream()
                .filter(one -> one.valid() == valid)
                .flatMap(one -> one.covers().stream())
                .map(covered -> suite.musts().containsKey(covered) ? covered : covered.replace('-', '_'))
                .collect(toCollection(TreeSet::new));
    }
}
