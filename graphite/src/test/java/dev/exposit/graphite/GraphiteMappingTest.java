package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exposit.convert.Source;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules make of paths, and what is wrong with a mapping. */
class GraphiteMappingTest {
    /** In the manner of graphite_exporter's README. */
    private static final String YAML = """
            mappings:
            - match: shop.checkout.*.*.*
              name: checkout_steps_total
              labels:
                step: $2
                job: shop_checkout
                outcome: $3
                worker: $1
            - match: '*.login.*.*'
              name: logins_total
              labels:
                job: ${1}_web
                outcome: $3
                provider: $2
            - match: 'racks\\.(.*)\\.net\\.links\\.([a-z0-9-]+)\\.(.*)'
              match_type: regex
              name: 'racks_net_${3}'
              labels:
                rack: ${1}
                device: ${2}
            """;

    private static MetricSet read(GraphiteMapping mapping, String... paths) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < paths.length; i++) {
            lines.append(paths[i]).append(" 2 ").append(i).append('\n');
        }
        try {
            return Source.of(new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)), "lines")
                    .read(GraphiteInput.plaintext().withMapping(mapping), ReadOptions.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only series that a path becomes, as text. */
    private static String mapped(GraphiteMapping mapping, String path) {
        return read(mapping, path).families().stream()
                .flatMap(family -> family.metrics().stream().map(metric -> family.name() + sorted(metric.labels())))
                .collect(Collectors.joining(" "));
    }

    private static String sorted(Labels labels) {
        return labels.toMap().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(Object::toString)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static GraphiteMapping yaml(String text) {
        return GraphiteMapping.parseYaml(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop.checkout.w1.pay.ok | checkout_steps_total{job=shop_checkout,outcome=ok,step=pay,worker=w1}
            app.login.acme.failed   | logins_total{job=app_web,outcome=failed,provider=acme}
            app.login.acme.failed.x | app_login_acme_failed_x{}
            app.login.acme          | app_login_acme{}
            racks.r-7.net.links.eth0.err.rate | racks_net_err_rate{device=eth0,rack=r-7}
            up.racks.r.net.links.e.f | racks_net_f{device=e,rack=r}
            shop.web-1.é.a          | shop_web_1___a{}
            1min.load               | _1min_load{}
            a:b_C.9                 | a:b_C_9{}
            """)
    void pathsBecomeNamesAndLabels(String path, String series) {
        assertThat(mapped(yaml(YAML), path)).isEqualTo(series);
    }

    @Test
    void strictMappingDropsWhatNoRuleMatches() {
        assertThat(mapped(yaml(YAML).withStrict(true), "app.login.acme")).isEmpty();
        assertThat(mapped(yaml(YAML).withStrict(true), "app.login.acme.ok")).startsWith("logins_total");
    }

    @Test
    void pathsThatBecomeTheSameSeriesAreOne() {
        MetricSet read = read(
                GraphiteMapping.builder()
                        .add(MappingRule.glob("*.load", "load"))
                        .build(),
                "a.load",
                "b.load",
                "a.load");
        assertThat(read.family("load").orElseThrow().metrics())
                .singleElement()
                .extracting(metric -> metric.points().size())
                .isEqualTo(3);
    }

    @Test
    void ruleMayBeWrittenInCode() {
        GraphiteMapping mapping = GraphiteMapping.builder()
                .add(MappingRule.dropGlob("debug.*"))
                .add(MappingRule.dropRegex("secret"))
                .add(MappingRule.glob("a.*", "a_$1")
                        .withLabel("x", "$1$$$ 5${1}")
                        .withScale(0.5)
                        .withHelp("An a."))
                .add(MappingRule.regex("^b\\.(\\w+)(\\.c)?$", "b")
                        .withLabel("all", "$0")
                        .withLabel("c", "<$2>"))
                .build();
        assertThat(mapped(mapping, "debug.x")).isEmpty();
        assertThat(mapped(mapping, "b.secrets")).isEmpty();
        assertThat(mapped(mapping, "a.k")).isEqualTo("a_k{x=k$$ 5k}");
        assertThat(mapped(mapping, "b.k")).isEqualTo("b{all=b.k,c=<>}");
        assertThat(read(mapping, "a.k", "a.k").family("a_k").orElseThrow())
                .returns("An a.", MetricFamily::help)
                .satisfies(family -> assertThat(family.metrics().get(0).value()).hasToString("1.0"));
    }

    @Test
    void tagsAreLabelsBesidesTheRules() {
        GraphiteMapping mapping = yaml("""
                mappings:
                - {match: a.*, name: a, labels: {x: $1}}
                - {match: b.*, name: b, labels: {x: $1}, honor_labels: true}
                """);
        assertThat(mapped(mapping, "a.k;x=tag;y=1")).isEqualTo("a{x=k,y=1}");
        assertThat(mapped(mapping, "b.k;x=tag;y=1")).isEqualTo("b{x=tag,y=1}");
        assertThat(mapped(mapping, "c.k;x=tag%3B;y-z=1")).isEqualTo("c_k{x=tag;,y-z=1}");
        assertThat(mapped(mapping, "a.k{x=\"tag\",y=\"1\"}")).isEqualTo("a{x=k,y=1}");
    }

    // ---- Order

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.*.c, a.b.*          | a.b.c | r0
            a.b.*, a.*.c          | a.b.c | r0
            *.*.*, a.b.c          | a.b.c | r0
            a.b.c, *.*.*          | a.b.c | r0
            a.b.d, a.*.*, *.b.c   | a.b.c | r1
            *.b.d, *.b.c, a.*.c   | a.b.c | r1
            a.b, a.b.c.d, a.b.*   | a.b.c | r2
            a.*.c, a.*.c          | a.b.c | r0
            """)
    void firstGlobCounts(String globs, String path, String rule) {
        assertThat(mapped(rules(true, globs), path)).isEqualTo(rule + "{}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.*.c, a.b.*          | a.b.c | r1
            *.*.*, a.*.*, a.b.*   | a.b.c | r2
            *.b.c, a.*.*          | a.b.c | r1
            a.b.d, a.*.*, *.b.c   | a.b.c | r1
            a.b.d, *.b.c          | a.b.c | r1
            """)
    void literalCountsWhereOrderDoesNot(String globs, String path, String rule) {
        assertThat(mapped(rules(false, globs), path)).isEqualTo(rule + "{}");
    }

    private static GraphiteMapping rules(boolean ordered, String globs) {
        GraphiteMapping.Builder mapping = GraphiteMapping.builder().ordered(ordered);
        String[] all = globs.split(", ", -1);
        for (int i = 0; i < all.length; i++) {
            mapping.add(MappingRule.glob(all[i], "r" + i));
        }
        return mapping.build();
    }

    @Test
    void globsComeBeforeRegularExpressions() {
        GraphiteMapping mapping = GraphiteMapping.builder()
                .add(MappingRule.regex("a", "by_regex"))
                .add(MappingRule.regex("b", "by_second_regex"))
                .add(MappingRule.glob("a.*", "by_glob"))
                .build();
        assertThat(mapped(mapping, "a.b")).isEqualTo("by_glob{}");
        assertThat(mapped(mapping, "b.a")).isEqualTo("by_regex{}");
        assertThat(mapped(mapping, "b.b")).isEqualTo("by_second_regex{}");
    }

    /** The tree finds what a regular expression for each rule finds. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void globsAreFoundAsOneByOne(long seed) {
        Random random = new Random(seed);
        List<String> globs = random.ints(300, 0, 1 << 20)
                .mapToObj(bits -> components(new Random(bits), "a", "b", "c", "*"))
                .toList();
        GraphiteMapping.Builder builder = GraphiteMapping.builder().strict(true);
        for (int i = 0; i < globs.size(); i++) {
            MappingRule rule = MappingRule.glob(globs.get(i), "r" + i);
            for (int k = 1; k <= globs.get(i).chars().filter(c -> c == '*').count(); k++) {
                rule = rule.withLabel("l" + k, "$" + k);
            }
            builder.add(rule);
        }
        GraphiteMapping mapping = builder.build();
        int found = 0;
        for (int n = 0; n < 2000; n++) {
            String path = components(random, "a", "b", "c", "d", "");
            GraphiteMapping.Mapped mapped = mapping.map(path);
            String expected = null;
            for (int i = 0; i < globs.size() && expected == null; i++) {
                String regex = globs.get(i).replace(".", "\\.").replace("*", "([^.]*)");
                java.util.regex.Matcher matcher = Pattern.compile(regex).matcher(path);
                if (matcher.matches()) {
                    Labels labels = Labels.of();
                    for (int k = 1; k <= matcher.groupCount(); k++) {
                        labels = labels.with("l" + k, matcher.group(k));
                    }
                    expected = "r" + i + labels;
                }
            }
            assertThat(mapped == null ? null : mapped.name() + mapped.own()).isEqualTo(expected);
            found += mapped == null ? 0 : 1;
        }
        assertThat(found).isBetween(200, 1900);
    }

    private static String components(Random random, String... from) {
        return random.ints(1 + random.nextInt(5), 0, from.length)
                .mapToObj(i -> from[i])
                .collect(Collectors.joining("."));
    }

    // ---- YAML

    @Test
    void defaultsHoldForRulesThatSayNothing() {
        GraphiteMapping mapping = yaml("""
                mappings:
                - match: a\\.(.*)
                  name: a
                - match: b.*
                  match_type: glob
                  action: drop
                - match: b.b
                  match_type: glob
                  name: b
                  scale: 1e-3
                  help: A b.
                defaults:
                  match_type: regex
                  glob_disable_ordering: true
                  ttl: 5m
                """);
        assertThat(mapping.rules())
                .containsExactly(
                        MappingRule.regex("a\\.(.*)", "a"),
                        MappingRule.dropGlob("b.*"),
                        MappingRule.glob("b.b", "b").withScale(0.001).withHelp("A b."));
        assertThat(mapped(mapping, "b.b")).isEqualTo("b{}");
        assertThat(mapping.notes())
                .containsExactly("line 15, column 3: 'ttl' has no effect on Graphite's lines and is ignored");
    }

    @Test
    void whatHasNoEffectIsToldOf() {
        GraphiteMapping mapping = yaml("""
                mappings:
                - match: a.*
                  name: a
                  match_metric_type: gauge
                  observer_type: histogram
                  histogram_options:
                    buckets: [1, 2]
                - match: b.*
                  name: b
                  match_metric_type: counter
                """);
        assertThat(mapping.rules()).containsExactly(MappingRule.glob("a.*", "a"));
        assertThat(mapping.notes())
                .containsExactly(
                        "line 5, column 3: 'observer_type' has no effect on Graphite's lines and is ignored",
                        "line 6, column 3: 'histogram_options' has no effect on Graphite's lines and is ignored",
                        "line 10, column 22: 'match_metric_type: counter': Graphite's lines count as gauges, so this rule"
                                + " never applies and is ignored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "---\n", "# nothing\n", "mappings:\n", "mappings: []\n", "{}", "~"})
    void emptyMappingHasNoRules(String text) {
        assertThat(yaml(text).rules()).isEmpty();
    }

    @Test
    void scalarsAreTextsAndAnchorsMayBeUsed() {
        GraphiteMapping mapping = yaml("""
                mappings:
                - match: a.*
                  name: a
                  labels: &all {shard: 07, on: yes, none: "", v: 1.0}
                - match: b.*
                  name: b
                  labels: *all
                """);
        assertThat(Objects.requireNonNull(mapping.map("b.x")).own())
                .isEqualTo(Labels.of("shard", "07", "on", "yes", "none", "", "v", "1.0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - a                               | 1 | 1  | expected the keys mappings and defaults, got a list
            mapping: []                       | 1 | 1  | expected mappings or defaults, got 'mapping'
            mappings: a                       | 1 | 11 | expected a list of rules, got 'a'
            mappings: [a]                     | 1 | 12 | expected a rule with the key match, got 'a'
            mappings: [{name: a}]             | 1 | 12 | expected a rule with the key match, got none
            mappings: [{match: a}]            | 1 | 12 | expected a rule with the key name, got none
            mappings: [{match: a, name: }]    | 1 | 12 | expected a rule with the key name, got none
            mappings: [{match: a, name: b, name: c}] | 1 | 32 | expected each key once, got 'name' a second time
            mappings: [{match: a, nam: b}]    | 1 | 23 | expected one of match, match_type,
            mappings: [{match: a..b, name: b}] | 1 | 20 | expected components of letters, digits, '_' and '-', or '*'
            mappings: [{match: a*, name: b}]  | 1 | 20 | got 'a*'
            mappings: [{match: "(", match_type: regex, name: b}] | 1 | 20 | expected a regular expression, got '('
            mappings: [{match: a, match_type: re, name: b}] | 1 | 35 | expected glob or regex, got 're'
            mappings: [{match: a, action: keep, name: b}] | 1 | 31 | expected map or drop, got 'keep'
            mappings: [{match: a, name: [b]}] | 1 | 29 | expected a metric's name, got a list
            mappings: [{match: a, name: b$1}] | 1 | 29 | expected the number of one of the 0 captures in 'b$1', got 1
            mappings: [{match: a.*, name: b$0}] | 1 | 31 | expected the number of one of the 1 captures
            mappings: [{match: a.*, name: b$1_x}] | 1 | 31 | expected ${1}_x in 'b$1_x', got $1_x
            mappings: [{match: a.*, name: "b${1"}] | 1 | 31 | expected '}' behind ${1 in 'b${1'
            mappings: [{match: a.*, name: b$x}] | 1 | 31 | expected the number of a capture behind '$' in 'b$x'
            mappings: [{match: a, name: b, labels: {x-y: c}}] | 1 | 41 | expected a label's name of letters, digits and '_', got 'x-y'
            mappings: [{match: a, name: b, labels: {__name__: c}}] | 1 | 41 | got '__name__'
            mappings: [{match: a, name: b, labels: {x: $2}}] | 1 | 44 | captures in '$2', got 2
            mappings: [{match: a, name: b, scale: much}] | 1 | 39 | expected a decimal number, nan or inf, got 'much'
            mappings: [{match: a, name: b, honor_labels: maybe}] | 1 | 46 | expected false or true, got 'maybe'
            defaults: {match: a}              | 1 | 12 | expected match_type or glob_disable_ordering, got 'match'
            mappings: [                       | 1 | 12 | expected YAML: expected the node content
            "mappings: []\\n--- a"            | 2 | 1  | expected YAML: but found another document
            a: *b                             | 1 | 4  | expected YAML: found undefined alias b
            """)
    void whatIsWrongIsToldWithItsPlace(String text, int line, int column, String message) {
        String yaml = text.startsWith("\"") ? "mappings: []\n--- a\n" : text;
        MappingSyntaxException e = catchThrowableOfType(MappingSyntaxException.class, () -> yaml(yaml));
        assertThat(e).isNotNull().hasMessageContaining("line " + line + ", column " + column + ": ");
        assertThat(e).hasMessageContaining(message);
        assertThat(e.line()).isEqualTo(line);
        assertThat(e.column()).isEqualTo(column);
    }

    @Test
    void hostileYamlIsRefused() {
        assertThatThrownBy(() -> yaml("[".repeat(100_000)))
                .isInstanceOf(MappingSyntaxException.class)
                .hasMessageContaining("line 1, column 51: expected at most 50 levels");
        assertThatThrownBy(() -> yaml("- ".repeat(100_000)))
                .isInstanceOf(MappingSyntaxException.class)
                .hasMessageContaining("expected at most 50 levels");
        assertThatThrownBy(() -> yaml("#".repeat(4 << 20)))
                .isInstanceOf(MappingSyntaxException.class)
                .hasMessageContaining("expected at most 3145728 characters");
        assertThatThrownBy(() -> yaml("&a [*a]")).isInstanceOf(MappingSyntaxException.class);
        assertThatThrownBy(() -> yaml("mappings: &a [*a]")).isInstanceOf(MappingSyntaxException.class);
    }

    /** Tags say nothing to us, and make nothing. */
    @Test
    void tagsAreNotCarriedOut() {
        assertThat(yaml("mappings: !!javax.script.ScriptEngineManager []").rules())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.", ".a", "a b", "a.é", "**"})
    void globThatIsNoneIsRefused(String glob) {
        assertThatThrownBy(() -> MappingRule.glob(glob, "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got '" + glob + "'");
    }

    @Test
    void mappedMetricsKeepTheirPlaces() {
        MetricSet read = read(yaml(YAML), "shop.checkout.a.b.c", "x", "shop.checkout.d.e.f");
        assertThat(read.families()).extracting(MetricFamily::name).containsExactly("checkout_steps_total", "x");
        assertThat(read.families().get(0).metrics())
                .extracting(Metric::labels)
                .extracting(labels -> labels.get("worker"))
                .containsExactly("a", "d");
    }
}
