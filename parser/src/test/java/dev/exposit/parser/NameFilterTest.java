package dev.exposit.parser;

import static dev.exposit.parser.Families.OPENMETRICS;
import static dev.exposit.parser.Families.PROMETHEUS_TEXT;
import static dev.exposit.parser.Families.merge;
import static dev.exposit.parser.Families.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Metadata;
import dev.exposit.model.MetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Names pushed down to the reader: what comes out is what would have come out, less the other families. */
class NameFilterTest {
    private static final String PROMETHEUS = """
            # HELP a x
            # TYPE a gauge
            a 1
            # TYPE a_total counter
            a_total{x="1"} 1
            # TYPE h histogram
            # HELP h x
            h_bucket{le="+Inf"} 1
            h_sum 2
            h_count 1
            # HELP h_x x
            h_x 1
            # TYPE s summary
            s{quantile="0.5"} 1
            s_count 1
            h_count_x 1
            {"é"} 1
            {"é_sum",b="c"} 1
            # HELP e x
            # TYPE f histogram
            u 1
            """;

    private static final String OPEN_METRICS = """
            # HELP a x
            # TYPE a gauge
            a 1
            # HELP c x
            # TYPE c counter
            # UNIT c_s s
            # TYPE d counter
            d_total 1 # {x="y"} 1
            d_created 1
            # TYPE h histogram
            h_bucket{le="+Inf"} 1
            h_count 1
            h_sum 2
            h_created 3
            # TYPE i info
            i_info{v="1"} 1
            # TYPE i_x stateset
            i_x{i_x="a"} 1
            # HELP u_total x
            u_total 1
            # TYPE g gaugehistogram
            g_bucket{le="+Inf"} 1
            g_gcount 1
            # HELP j x
            # TYPE j info
            # EOF
            """;

    private static List<MetricFamily> only(List<MetricFamily> families, Set<String> names) {
        return families.stream().filter(family -> names.contains(family.name())).toList();
    }

    private static List<Set<String>> choices(List<MetricFamily> families, String... strangers) {
        Set<String> names = new TreeSet<>(List.of(strangers));
        families.stream().map(MetricFamily::metadata).map(Metadata::name).forEach(names::add);
        List<Set<String>> choices = new ArrayList<>(List.of(Set.of(), names));
        List<String> all = List.copyOf(names);
        for (int i = 0; i < all.size(); i++) {
            choices.add(Set.of(all.get(i)));
            choices.add(Set.copyOf(List.of(all.get(i), all.get((i + 3) % all.size()))));
        }
        return choices;
    }

    private static void assertOnlyOthersAreMissing(String text, ReadOptions options, String... strangers) {
        List<MetricFamily> all = read(text, options).families();
        List<MetricFamily> merged = merge(text, options).families();
        for (Set<String> names : choices(all, strangers)) {
            ReadOptions some = options.withNames(names);
            assertThat(read(text, some).families()).as("%s", names).isEqualTo(only(all, names));
            assertThat(merge(text, some).families()).as("%s", names).isEqualTo(only(merged, names));
        }
    }

    @Test
    void prometheusText() {
        for (Dialect dialect : Dialect.values()) {
            assertOnlyOthersAreMissing(
                    PROMETHEUS, PROMETHEUS_TEXT.withDialect(dialect), "h_count", "h_bucket", "s_sum", "x", "H", "é_su");
        }
    }

    @Test
    void openMetrics() {
        for (Dialect dialect : Dialect.values()) {
            assertOnlyOthersAreMissing(
                    OPEN_METRICS,
                    OPENMETRICS.withDialect(dialect),
                    "c",
                    "d",
                    "i",
                    "h_count",
                    "h_created",
                    "a_total",
                    "u",
                    "u_total_total",
                    "g_gcount",
                    "j",
                    "i_x_info");
        }
    }

    @Test
    void familiesThatComeBack() {
        String text = """
                        # TYPE h histogram
                        h_bucket{le="+Inf"} 1
                        x 1
                        h_count 1
                        y 1
                        h_sum 2
                        x{a="b"} 2
                        # TYPE c counter
                        c 1
                        """;
        assertOnlyOthersAreMissing(text, PROMETHEUS_TEXT.withRecovery(Recovery.SKIP_LINE), "h_count", "h_sum");
        String open = """
                        # TYPE c counter
                        c_total 1
                        # TYPE i info
                        i_info 1
                        c_total{a="b"} 1
                        # TYPE h summary
                        h_count 1
                        c_created 1
                        h_sum 1
                        # EOF
                        """;
        assertOnlyOthersAreMissing(open, OPENMETRICS.withRecovery(Recovery.SKIP_LINE), "c", "c_created", "h_sum");
    }

    @Test
    void brokenFamilies() {
        String text = PROMETHEUS.replace("h_sum 2", "h_sum x").replace("a 1", "a{ 1");
        for (Recovery recovery : new Recovery[] {Recovery.SKIP_LINE, Recovery.SKIP_FAMILY}) {
            assertOnlyOthersAreMissing(text, PROMETHEUS_TEXT.withRecovery(recovery), "h_sum");
        }
    }

    @Test
    void theCursorSkipsAsWell() {
        ReadOptions options = PROMETHEUS_TEXT.withNames(Set.of("h", "u"));
        assertThat(EventDump.of(InputShape.STREAM, utf8(PROMETHEUS), options).events())
                .containsExactly(
                        "TYPE h histogram",
                        "HELP h: x",
                        "h_bucket{le=\"+Inf\"} 1.0 of h",
                        "h_sum{} 2.0 of h",
                        "h_count{} 1.0 of h",
                        "u{} 1.0");
        ReadOptions open = OPENMETRICS.withNames(Set.of("d_total", "i_info"));
        assertThat(EventDump.of(InputShape.STREAM, utf8(OPEN_METRICS), open).events())
                .contains("d_total{} 1.0 # {x=\"y\"} 1.0 of d", "i_info{v=\"1\"} 1.0 of i")
                .noneMatch(event -> event.startsWith("h") || event.startsWith("a{") || event.startsWith("u_total{"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
