package dev.exposit.cli;

import static dev.exposit.cli.Run.exposit;
import static dev.exposit.cli.Run.withInput;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphite's lines, read and written. */
class GraphiteTest {
    private static final String LINES = """
            shop.eu.orders.ok 3 1700000000
            shop.us.orders.failed;host=a%20b 1 1700000001
            debug.x 1 1700000000
            """;
    private static final String MAPPING = """
            mappings:
            - match: shop.*.orders.*
              name: orders_total
              help: Orders.
              labels: {region: $1, outcome: $2}
            - match: debug.*
              action: drop
            defaults:
              ttl: 1m
            """;

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static void assertDone(Run run, String out) {
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo(out);
        assertThat(run.status()).isZero();
    }

    // ---- Reading

    @Test
    void pathsAreNamesAndTagsAreLabels() {
        assertDone(withInput(LINES).with("convert", "--from", "graphite", "--to", "prometheus-text"), """
                        {"shop.eu.orders.ok"} 3 1700000000000
                        {"shop.us.orders.failed",host="a b"} 1 1700000001000
                        {"debug.x"} 1 1700000000000
                        """);
    }

    @Test
    void mappingMakesNamesAndLabels() throws IOException {
        String mapping = file("mapping.yml", MAPPING);
        Run run = withInput(LINES)
                .with("convert", "--from", "graphite", "--mapping", mapping, "--to", "prometheus-text-0.0.4");
        assertThat(run.out()).isEqualTo("""
                # HELP orders_total Orders.
                # TYPE orders_total untyped
                orders_total{region="eu",outcome="ok"} 3 1700000000000
                orders_total{host="a b",region="us",outcome="failed"} 1 1700000001000
                """);
        assertThat(run.err())
                .isEqualTo("exposit: " + mapping
                        + ": line 9, column 3: 'ttl' has no effect on Graphite's lines and is ignored\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void strictMappingLeavesOutTheRest() throws IOException {
        String mapping = file("mapping.yml", "mappings: [{match: debug.*, name: debug, labels: {of: $1}}]");
        String[] args = {"convert", "--from", "graphite", "--mapping", mapping, "--to", "prometheus-text-0.0.4"};
        assertThat(withInput(LINES).with(args).out()).contains("shop_eu_orders_ok 3 ", "debug{of=\"x\"} 1 ");
        args = new String[] {
            "convert", "--from", "graphite", "--mapping", mapping, "--mapping-strict", "--to", "prometheus-text-0.0.4"
        };
        assertDone(withInput(LINES).with(args), """
                debug{of="x"} 1 1700000000000
                """);
    }

    @Test
    void mappingThatIsMalformedOrMissingIsTold() throws IOException {
        String mapping = file("mapping.yml", "mappings:\n- match: a.*\n  name: a_$2\n");
        for (String[] args : new String[][] {
            {"convert", "--from", "graphite", "--to", "json", "--mapping", mapping},
            {"diff", "--from", "graphite", "--mapping", mapping, mapping, mapping}
        }) {
            assertThat(withInput("a.b 1 1\n").with(args))
                    .returns(2, Run::status)
                    .returns(
                            "exposit: " + mapping
                                    + ": line 3, column 9: expected the number of one of the 1 captures in 'a_$2', got 2\n",
                            Run::err);
        }
        String none = folder.resolve("none").toString();
        assertThat(withInput("a.b 1 1\n").with("convert", "--from", "graphite", "--to", "json", "--mapping", none))
                .returns(4, Run::status)
                .returns("exposit: " + none + ": no such file or folder\n", Run::err);
    }

    @Test
    void malformedLineIsShownWithACaretOrSkipped() {
        String text = "a 1 1\nb x 2\nc 3 3\n";
        assertThat(withInput(text).with("convert", "--from", "graphite", "--to", "prometheus-text"))
                .returns(1, Run::status)
                .satisfies(run -> assertThat(run.err())
                        .startsWith("<stdin>:2:3: error: INVALID_VALUE: expected a decimal number, nan or inf, got 'x'")
                        .endsWith("b x 2\n  ^\n"));
        assertThat(withInput(text).with("convert", "--from", "graphite", "--to", "graphite", "--on-error", "skip-line"))
                .returns(0, Run::status)
                .returns("a 1 1\nc 3 3\n", Run::out);
    }

    @Test
    void diffComparesLinesWithExpositions() throws IOException {
        String lines = file("a.txt", "up;job=a 1 1700000000\n");
        String text = file("a.prom", "up{job=\"a\"} 1 1700000000000\n");
        String other = file("b.txt", "up;job=a 2 1700000000\n");
        assertDone(exposit("diff", "--from-a", "graphite", lines, text), "");
        assertThat(exposit("diff", "--from", "graphite", lines, other).status()).isEqualTo(1);
    }

    @Test
    void lintKnowsNoLines() {
        assertThat(exposit("lint", "--from", "graphite", "x"))
                .returns(2, Run::status)
                .satisfies(run -> assertThat(run.err())
                        .startsWith("exposit: lint knows the rules of expositions; convert and diff read graphite"));
    }

    // ---- Writing

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --tags                             | a_total;le=x;z=b%22c
            --prefix p.q                       | p.q.a_total;le=x;z=b%22c
            --template {z}.{__name__}.{label...} | b%22c.a_total.le.x
            --template {__name__} --prefix p   | p.a_total
            --layout go                        | a_total.le.x.z.b_c
            --layout python                    | a_total.le.x.z.b_c
            --layout python --tags             | a_total;le=x;z=b_c
            """)
    void pathsAreAsAskedFor(String options, String path) {
        String[] args = ("convert --to graphite " + options).split(" ", -1);
        Run run = withInput("a_total{z=\"b\\\"c\",le=\"x\"} 1 1700000000000\n").with(args);
        assertThat(run.out()).isEqualTo(path + " 1 1700000000\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void whatLinesCannotSayIsTold() {
        Run run = withInput("# TYPE a gauge\na NaN 1000\n").with("convert", "--to", "graphite");
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("""
                        lost: a: type gauge left out
                        lost: a: sample left out, since its value is not finite
                        """);
        assertThat(withInput("# TYPE a gauge\na 1 1000\n").with("convert", "--to", "graphite", "--on-loss", "fail"))
                .returns(3, Run::status)
                .satisfies(failed -> assertThat(failed.err()).contains("graphite cannot carry all of it"));
    }

    @Test
    void startTimestampsMayBeOmitted() {
        String text = """
                # TYPE a counter
                a_total 1 5
                a_created 2 5
                # EOF
                """;
        assertThat(withInput(text).with("convert", "--to", "graphite").out()).isEqualTo("""
                a_total 1 5
                a_created 2 5
                """);
        assertThat(withInput(text)
                        .with("convert", "--to", "graphite", "--start-timestamps", "omit")
                        .out())
                .isEqualTo("a_total 1 5\n");
    }

    @Test
    void samplesWithoutTimestampAreOfNow() {
        long before = System.currentTimeMillis() / 1000;
        String line = withInput("a 1\n").with("convert", "--to", "graphite").out();
        assertThat(line).startsWith("a 1 ").endsWith("\n");
        assertThat(Long.parseLong(line.substring(4).strip())).isBetween(before, System.currentTimeMillis() / 1000);
    }
}
