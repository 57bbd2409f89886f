package dev.exposit.cli;

import static dev.exposit.cli.Run.exposit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.parser.ReadLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that are wrong, and those that ask for help. */
class UsageTest {
    private static void assertWrong(Run run, String... parts) {
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("exposit: ").contains(parts).doesNotContain("\tat ");
    }

    @Test
    void withoutACommandThereIsUsage() {
        assertWrong(exposit(), "Missing required subcommand", "Usage: exposit ");
    }

    @Test
    void unknownCommandIsWrong() {
        assertWrong(exposit("convret"), "'convret'", "convert");
    }

    @Test
    void targetFormatIsRequired() {
        assertWrong(exposit("convert", "x"), "--to=FORMAT", "Usage: exposit convert ");
    }

    @Test
    void inputIsRequiredAtAKeyboard() {
        assertWrong(
                Run.atKeyboard().with("convert", "--to", "openmetrics-1"),
                "expected a FILE, a URL, or - for standard input",
                "Usage: exposit convert ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --to openmetrics             | expected a format (prometheus-text-0.0.4, prometheus-text, openmetrics-1,
            --from OPENMETRICS-1         | got 'OPENMETRICS-1'
            --dialect go                 | expected one of spec, prometheus, got 'go'
            --on-error skip              | expected one of fail, skip-line, skip-family, got 'skip'
            --on-loss ignore             | expected one of report, fail, got 'ignore'
            --escaping dot               | expected one of allow-utf-8, underscores, dots, values, got 'dot'
            --unescape underscores       | expected one of values, dots, got 'underscores'
            --start-timestamps st        | expected one of by-format, created, omit, got 'st'
            --native-histograms omit     | expected one of by-format, classic, got 'omit'
            --limit lines=1              | expected NAME=SIZE with one of the names line-bytes, message-bytes, name-bytes,
            --limit line-bytes           | expected NAME=SIZE
            --limit line-bytes=          | expected a size, digits with K, M or G behind them if need be, got ''
            --limit line-bytes=1T        | expected a size
            --limit line-bytes=-1        | expected a size
            --limit line-bytes=2G        | lineBytes must be at least 1 and at most 2147483647, got 2147483648
            --limit total-bytes=9999999999G | expected a size
            --limit total-bytes=0        | totalBytes must be at least 1 and at most 9223372036854775807, got 0
            --to json --start-timestamps created | json has a key of its own for start timestamps
            --from json-lines            | protobuf-compact, openmetrics-protobuf, json, graphite), got 'json-lines'
            --to csv                     | openmetrics-protobuf, json, json-lines, graphite), got 'csv'
            --mapping x.yml              | --mapping expects --from graphite beside it
            --from graphite --mapping-strict | --mapping-strict expects --mapping FILE beside it
            --to graphite --escaping dots | --escaping is not for graphite, whose paths have an escaping of their own
            --prefix a                   | options for Graphite's paths expect --to graphite
            --tags                       | options for Graphite's paths expect --to graphite
            --to graphite --template {__name__} --tags | --template excludes --tags and --layout
            --to graphite --layout java  | expected one of go, python, got 'java'
            --to graphite --template a.b | {__name__}
            --to graphite --prefix a..b  | prefix must be components that are legal in a path, parted by dots, got "a..b"
            --timeout soon               | '--timeout'
            --frmo openmetrics-1         | --from
            --to                         | '--to'
            """)
    void wrongOptionsAreToldWithWhatIsRight(String options, String message) {
        List<String> args = new ArrayList<>(List.of("convert"));
        if (!options.startsWith("--to")) {
            args.addAll(List.of("--to", "openmetrics-1"));
        }
        args.addAll(Arrays.asList(options.split(" ")));
        assertWrong(exposit(args.toArray(new String[0])), message, "More: exposit convert --help");
    }

    @Test
    void secondInputIsWrong() {
        assertWrong(exposit("convert", "--to", "openmetrics-1", "a", "b"), "'b'");
    }

    @Test
    void optionGivenTwiceIsWrong() {
        assertWrong(exposit("convert", "--to", "openmetrics-1", "--to", "prometheus-text", "a"), "--to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http:///metrics",
                "http://host:port:1/",
                "http://a b/",
                "ftp://host/x",
                "file:///etc/hostname"
            })
    void urlThatIsNoneIsWrong(String url) {
        assertWrong(exposit("convert", "--to", "openmetrics-1", url), "expected a URL");
    }

    @Test
    void timeoutMustBeMoreThanZero() {
        assertWrong(
                exposit("convert", "--to", "openmetrics-1", "--timeout", "0", "http://127.0.0.1/"),
                "expected at least 1 second for --timeout, got 0");
    }

    @Test
    void versionIsPrinted() {
        Run run = exposit("--version");
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("exposit ").hasLineCount(1);
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "convert --help", "lint -h", "diff --help", "completion --help"})
    void helpIsPrinted(String args) {
        Run run = exposit(args.split(" "));
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: exposit ");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void helpNamesEveryOptionAndExitStatus() {
        assertThat(exposit("convert", "--help").out())
                .contains(
                        "--from",
                        "--to",
                        "--dialect",
                        "--on-error",
                        "--on-loss",
                        "--escaping",
                        "--start-timestamps",
                        "--native-histograms",
                        "--unescape",
                        "--mapping",
                        "--mapping-strict",
                        "--tags",
                        "--template",
                        "--layout",
                        "--prefix",
                        "--only",
                        "--limit",
                        "--timeout",
                        "--output",
                        "--report",
                        "--verbose",
                        "-h, --help")
                .contains("  0 ", "  1 ", "  2 ", "  3 ", "  4 ")
                .doesNotContain("${");
    }

    @ParameterizedTest
    @EnumSource(ReadLimits.Limit.class)
    void helpNamesEveryLimit(ReadLimits.Limit limit) {
        String help = exposit("convert", "--help").out().replaceAll("\\s+", " ");
        assertThat(help).containsPattern("[ ,]" + Limit.nameOf(limit) + "[,;]");
    }

    @Test
    void completionScriptKnowsCommandsOptionsAndWords() {
        Run run = exposit("completion");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("#!/usr/bin/env bash")
                .contains(
                        "convert",
                        "--report",
                        "--on-error",
                        "skip-family",
                        "openmetrics-1",
                        "allow-utf-8",
                        "--unescape");
    }
}
