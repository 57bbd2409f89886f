package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.lint.Lint;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reading with {@link ReadOptions#withUnescaping}; the law that it is the inverse of writing is in the writer's tests. */
class NameUnescapingTest {
    private final List<Problem> problems = new ArrayList<>();
    private final ReadOptions values =
            ReadOptions.defaults().withUnescaping(EscapingScheme.VALUES).withProblemListener(problems::add);
    private final ReadOptions dots = values.withUnescaping(EscapingScheme.DOTS);

    private static List<String> names(MetricSet set) {
        return set.stream().map(MetricFamily::name).toList();
    }

    private List<String> codes() {
        return problems.stream().map(Problem::code).toList();
    }

    @Test
    void namesStayUnlessAskedFor() {
        assertThat(names(Exposition.parse("U__a_2e_b 1\n"))).containsExactly("U__a_2e_b");
    }

    @Test
    void namesOfFamiliesLabelsAndExemplars() {
        String text = """
                # TYPE U__a_2e_b_ counter
                U__a_2e_b__total{U__l_2e_1="x",plain="y"} 1 # {U__t_2e_id="z"} 1
                # TYPE U__h_2e_h histogram
                U__h_2e_h_bucket{le="+Inf"} 1 # {U__t_2e_id="z"} 1
                U__h_2e_h_count 1
                U__h_2e_h_sum 1
                # TYPE U__s_2e_s stateset
                U__s_2e_s{U__s_2e_s="on"} 1
                # EOF
                """;

        MetricSet set = Exposition.parse(text, values);

        assertThat(names(set)).containsExactly("a.b_total", "h.h", "s.s");
        assertThat(set.family("a.b_total").orElseThrow().metrics().get(0))
                .hasToString("{\"l.1\"=\"x\",plain=\"y\"} 1.0 # {\"t.id\"=\"z\"} 1.0");
        assertThat(set.family("h.h").orElseThrow().metrics().get(0).toString()).contains("\"t.id\"=\"z\"");
        assertThat(set.family("s.s").orElseThrow().type()).isEqualTo(MetricType.STATE_SET);
        assertThat(set.family("s.s").orElseThrow().metrics().get(0).labels().isEmpty())
                .isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void dotsWhereTheNameCanOnlyComeFromOne() {
        MetricSet set = Exposition.parse("a_dot_b__c{l_dot_1=\"x\"} 1\nplain_name 1\na__b 1\n", dots);

        assertThat(names(set)).containsExactly("a.b_c", "plain_name", "a__b");
        assertThat(set.family("a.b_c").orElseThrow().metrics().get(0).labels().name(0))
                .isEqualTo("l.1");
        assertThat(problems).isEmpty();
    }

    @Test
    void namesOfRawSamplesGoWithTheirFamily() {
        String text = """
                # TYPE U__h_2e_h histogram
                U__h_2e_h_bucket 1
                U__h_2e_h 2
                """;

        MetricSet set = Exposition.parse(text, values);

        assertThat(set.toString())
                .contains("raw \"h.h_bucket\" 1.0", "raw \"h.h\" 2.0")
                .doesNotContain("U__");
    }

    @Test
    void partsOfAFamilyTakenApartHaveTheirSuffixBehindTheEscapedName() {
        MetricSet set = Exposition.parse("U__a_2e_b_bucket 1\nU__a_2e__sum 1\nU__a_2e_b__sum 1\n", values);

        assertThat(names(set)).containsExactly("a.b_bucket", "a._sum", "a.b_sum");
        assertThat(names(Exposition.parse("a_dot_b_bucket 1\na_b_bucket 1\n", dots)))
                .containsExactly("a.b_bucket", "a_b_bucket");
        assertThat(problems).isEmpty();
    }

    @Test
    void whatOnlyLooksEscapedStaysAndIsReported() {
        MetricSet set = Exposition.parse("ok 1\n# TYPE U__a_zz_ gauge\nU__a_zz_{U__l=\"1\"} 1\nU__up 1\n", values);

        assertThat(names(set)).containsExactly("ok", "U__a_zz_", "U__up");
        assertThat(set.toString()).contains("U__l");
        assertThat(codes()).containsOnly("INVALID_ESCAPED_NAME").hasSize(3);
        assertThat(problems)
                .allMatch(problem -> problem.severity() == Severity.WARNING)
                .anySatisfy(problem -> {
                    assertThat(problem.location().line()).isEqualTo(2);
                    assertThat(problem.message())
                            .isEqualTo("expected a name that can be unescaped behind U__, got 'U__a_zz_'");
                })
                .anySatisfy(problem -> assertThat(problem.got()).isEqualTo("label 'U__l'"));
    }

    @Test
    void familiesThatWouldBecomeOneStay() {
        for (String text : List.of("U__a_2e_b 1\n{\"a.b\"} 2\n", "{\"a.b\"} 2\nU__a_2e_b 1\n")) {
            problems.clear();

            MetricSet set = Exposition.parse(text, values);

            assertThat(names(set)).containsExactlyInAnyOrder("a.b", "U__a_2e_b");
            assertThat(set.value("a.b")).hasValue(2.0);
            assertThat(codes()).containsExactly("CLASHING_ESCAPED_NAME");
            assertThat(problems.get(0).message())
                    .isEqualTo("expected names that stay different when unescaped,"
                            + " got 'U__a_2e_b', which like 'a.b' would be 'a.b'");
            assertThat(problems.get(0).location().line()).isEqualTo(text.startsWith("U") ? 1 : 2);
        }
    }

    @Test
    void twoSpellingsOfOneNameStay() {
        assertThat(names(Exposition.parse("U__a_2e_b 1\nU__a_2E_b 2\n", values)))
                .containsExactly("U__a_2e_b", "U__a_2E_b");
        assertThat(codes()).containsExactly("CLASHING_ESCAPED_NAME", "CLASHING_ESCAPED_NAME");
    }

    @Test
    void whoHoldsNotAllFamiliesKeepsALaterNameAsItStands() {
        assertThat(streamed("{\"a.b\"} 2\nU__a_2e_b 1\n", values)).containsExactly("a.b", "U__a_2e_b");
        assertThat(streamed("U__a_2e_b 1\nU__a_2E_b 2\n", values)).containsExactly("a.b", "U__a_2E_b");
        assertThat(codes()).containsOnly("CLASHING_ESCAPED_NAME").hasSize(2);
    }

    @Test
    void whoHoldsNotAllFamiliesLeavesOutOneWhoseNameIsGiven() {
        String text = "U__a_2e_b 1\n{\"a.b\"} 2\nlast 3\n";

        assertThatThrownBy(() -> streamed(text, values)).isInstanceOfSatisfying(ExpositionSyntaxException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CLASHING_ESCAPED_NAME);
            assertThat(e.location().line()).isEqualTo(2);
        });
        assertThat(streamed(text, values.withRecovery(Recovery.SKIP_LINE))).containsExactly("a.b", "last");
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.severity()).isEqualTo(Severity.ERROR));
    }

    private static List<String> streamed(String text, ReadOptions options) {
        ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (Stream<MetricFamily> families = Exposition.families(in, options)) {
            return families.map(MetricFamily::name).toList();
        }
    }

    @Test
    void labelsThatWouldBecomeOneStayInAllMetricsOfTheFamily() {
        String text =
                "m{U__l_2e_1=\"x\"} 1\nm{\"l.1\"=\"x\"} 2\nm{U__l_2e_1=\"y\",\"l.1\"=\"x\"} 3\nn{U__l_2e_1=\"x\"} 4\n";

        MetricSet set = Exposition.parse(text, values);

        assertThat(set.value("m", "U__l_2e_1", "x")).hasValue(1.0);
        assertThat(set.value("m", "l.1", "x")).hasValue(2.0);
        assertThat(set.value("m", "U__l_2e_1", "y", "l.1", "x")).hasValue(3.0);
        assertThat(set.value("n", "l.1", "x")).hasValue(4.0);
        assertThat(codes()).containsExactly("CLASHING_ESCAPED_NAME");
    }

    @Test
    void labelsOfAnExemplarThatWouldBecomeOneStay() {
        String text = """
                # TYPE a counter
                a 1 # {U__l_2e_1="x","l.1"="y"} 1 2
                # EOF
                """;

        MetricSet set = Exposition.parse(text, values.withFormat(ExpositionFormat.OPENMETRICS_2));

        assertThat(set.toString()).contains("{U__l_2e_1=\"x\",\"l.1\"=\"y\"}");
        assertThat(codes()).containsExactly("CLASHING_ESCAPED_NAME");
    }

    @Test
    void aLabelOfALargeFamilyWhoseNameIsGivenCostsItsMetrics() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("m{U__l_2e_1=\"").append(i).append("\"} 1\n");
        }
        text.append("m{\"l.1\"=\"0\"} 2\nm{\"l.1\"=\"1\",other=\"\"} 2\nm{other=\"x\"} 3\n");

        FamilyReader reader = ExpositionReader.open(
                        text.toString().getBytes(StandardCharsets.UTF_8), values.withRecovery(Recovery.SKIP_LINE))
                .assembled();
        int metrics = 0;
        int parts = 0;
        for (FamilyPart part = reader.next(); part != null; part = reader.next()) {
            metrics += part.family().metrics().size();
            parts++;
        }

        assertThat(parts).isGreaterThan(1);
        assertThat(metrics).isEqualTo(20_001);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("CLASHING_ESCAPED_NAME");
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
        });
    }

    @Test
    void wantedNamesAreThoseAfterUnescaping() {
        String text = "U__a_2e_b 1\nU__a_2e_b_sum 2\nc 3\nU__a_2e_c 4\n";

        assertThat(names(Exposition.parse(text, values.withNames(Set.of("a.b", "a.b_sum", "c")))))
                .containsExactly("a.b", "a.b_sum", "c");
        assertThat(names(Exposition.parse(text, values.withNames(Set.of("U__a_2e_b")))))
                .isEmpty();
        assertThat(streamed(text, values.withNames(Set.of("a.b")))).containsExactly("a.b");
    }

    @Test
    void aSurveyTellsTheNamesAfterUnescaping() {
        assertThat(survey("U__a_2e_b 1\nc 1\n").outline().types().keySet()).containsExactly("a.b", "c");
        assertThat(survey("U__a_2e_b 1\nc 1\n").scattered()).isFalse();
        assertThat(survey("U__a_2e_b 1\n{\"a.b\"} 1\n").outline().types().keySet())
                .containsExactly("U__a_2e_b", "a.b");
        assertThat(survey("U__a_2e_b 1\n{\"a.b\"} 1\n").scattered()).isTrue();
    }

    private Survey survey(String text) {
        return Survey.of(ExpositionReader.open(text.getBytes(StandardCharsets.UTF_8), values));
    }

    @Test
    void aCursorAndLintShowNamesAsTheyStand() {
        byte[] text = "U__a_zz_ 1\n".getBytes(StandardCharsets.UTF_8);
        ExpositionReader in = ExpositionReader.open(text, values);
        in.next();

        assertThat(in.sampleName().toString()).isEqualTo("U__a_zz_");
        assertThat(in.exposedFamilyName()).isEqualTo("U__a_zz_");
        assertThat(Lint.check(text, values).problems())
                .extracting(Problem::code)
                .doesNotContain("INVALID_ESCAPED_NAME");
    }
}
