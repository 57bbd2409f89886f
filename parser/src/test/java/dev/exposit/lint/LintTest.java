package dev.exposit.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The door: what a report holds, and what bounds it. */
class LintTest {
    private static final String TEXT = """
            # HELP a A.
            # TYPE a gauge
            a{b="1"} 1
            a{b="1"} 2
            h_bucket{le=0.1} 1
            # HELP h H.
            # TYPE h histogram
            h_bucket{le="1"} 2
            h_count 2
            h_sum 2
            a{b="2"} 1
            """;

    private static final ReadOptions PROMETHEUS_TEXT = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> codes(LintReport report) {
        return report.problems().stream().map(Problem::code).toList();
    }

    /** Rules are about how a text is written, and protobuf's own is none of the formats that have such rules. */
    @ParameterizedTest
    @EnumSource(names = {"PROTOBUF", "PROTOBUF_TEXT", "PROTOBUF_COMPACT", "OPENMETRICS_PROTOBUF"})
    void protobufIsRefused(ExpositionFormat format) {
        assertThatThrownBy(() -> Lint.check(new byte[0], ReadOptions.of(format)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lint reads Prometheus text and OpenMetrics text, got " + format.id());
    }

    @Test
    void allIsFoundInTheOrderOfThePlaces() {
        LintReport report = Lint.check(bytes(TEXT), PROMETHEUS_TEXT);
        assertThat(codes(report))
                .containsExactly("DUPLICATE_SERIES", "UNQUOTED_LABEL_VALUE", "MISSING_INF_BUCKET", "FAMILY_REOPENED");
        assertThat(report.problems())
                .isSortedAccordingTo(Comparator.comparing(p -> p.location().offset()));
        assertThat(report.families()).isEqualTo(2);
        assertThat(report.samples()).isEqualTo(6);
        assertThat(report.valid()).isFalse();
        assertThat(report.clean()).isFalse();
        assertThat(report.errorCount()).isEqualTo(4);
        assertThat(report.format()).isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
    }

    @ParameterizedTest
    @EnumSource(Recovery.class)
    void recoveryAndListenerAreOfNoAccount(Recovery recovery) {
        ReadOptions options = PROMETHEUS_TEXT.withRecovery(recovery).withProblemListener(problem -> {
            throw new AssertionError(problem);
        });
        assertThat(Lint.check(bytes(TEXT), options)).isEqualTo(Lint.check(bytes(TEXT), PROMETHEUS_TEXT));
    }

    @Test
    void streamIsCheckedLikeBytesAndStaysOpen() throws IOException {
        InputStream in = new ByteArrayInputStream(bytes(TEXT)) {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };
        assertThat(Lint.check(in, PROMETHEUS_TEXT)).isEqualTo(Lint.check(bytes(TEXT), PROMETHEUS_TEXT));
    }

    @Test
    void brokenStreamIsAnIOException() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cable cut");
            }

            @Override
            public int read(byte[] target, int at, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> Lint.check(broken, PROMETHEUS_TEXT))
                .isInstanceOf(IOException.class)
                .hasMessage("cable cut");
    }

    @Test
    void emptyExpositionIsClean() {
        LintReport report = Lint.check(new byte[0], PROMETHEUS_TEXT);
        assertThat(report.clean()).isTrue();
        assertThat(report.valid()).isTrue();
        assertThat(report.families()).isZero();
    }

    @Test
    void goodExpositionIsClean() {
        String text = """
                # TYPE process_cpu_seconds counter
                # UNIT process_cpu_seconds seconds
                # HELP process_cpu_seconds Time spent.
                process_cpu_seconds_total{mode="user"} 4.2 # {trace_id="x"} 1
                process_cpu_seconds_created{mode="user"} 1605281325.0
                # TYPE rpc_seconds histogram
                # UNIT rpc_seconds seconds
                # HELP rpc_seconds Latency.
                rpc_seconds_bucket{le="0.1"} 8 # {} 0.05
                rpc_seconds_bucket{le="+Inf"} 17
                rpc_seconds_count 17
                rpc_seconds_sum 324.3
                rpc_seconds_created 1605281325.0
                # EOF
                """;
        assertThat(Lint.check(bytes(text), ReadOptions.defaults()).problems()).isEmpty();
    }

    @Test
    void goodExpositionOfOpenMetrics2IsClean() {
        String text = """
                # TYPE target_info info
                # HELP target_info Target metadata.
                target_info{env="prod"} 1
                # TYPE process_cpu_seconds_total counter
                # UNIT process_cpu_seconds_total seconds
                # HELP process_cpu_seconds_total Time spent.
                process_cpu_seconds_total{mode="user"} 4.2 st@1605281325.0 # {trace_id="x"} 1 1605281326
                # TYPE rpc_seconds histogram
                # UNIT rpc_seconds seconds
                # HELP rpc_seconds Latency.
                rpc_seconds {count:17,sum:324.3,schema:0,zero_threshold:0.5,zero_count:1,positive_spans:[0:2],\
                positive_buckets:[9,7],bucket:[0.1:8,+Inf:17]} st@1605281325.0
                # TYPE queue gaugehistogram
                # HELP queue Items waiting.
                queue {gcount:17,gsum:-1,bucket:[-1:8,+Inf:17]}
                # TYPE s summary
                # HELP s Sizes.
                s {count:17,sum:1,quantile:[]} st@1605281325.0
                # TYPE door stateset
                # HELP door Door.
                door{door="open"} 1
                door{door="closed"} 0
                # EOF
                """;
        LintReport report = Lint.check(bytes(text), ReadOptions.of(ExpositionFormat.OPENMETRICS_2));
        assertThat(report.problems()).isEmpty();
        assertThat(report.samples()).isEqualTo(7);
        assertThat(report.families()).isEqualTo(6);
    }

    /** The reader drops it and takes the rest, which is what whoever wrote it did not want. */
    @Test
    void droppedExemplarOfOpenMetrics2IsAnError() {
        String text = "# TYPE c_total counter\nc_total 1 # {a=\"b\"} 1\n# EOF\n";
        LintReport report = Lint.check(bytes(text), ReadOptions.of(ExpositionFormat.OPENMETRICS_2));
        assertThat(report.errorCount()).isEqualTo(1);
        assertThat(codes(report)).contains("INVALID_SPACING");
    }

    /** What does not fit its type the reader tells of; nothing more is made of it. */
    @Test
    void compositesThatDoNotFitTheirTypeAreErrorsOfTheReader() {
        String text = """
                # TYPE a_total counter
                a_total {count:-1,sum:NaN,quantile:[2:1]}
                # TYPE h histogram
                h {gcount:-1,gsum:1,bucket:[2:1,1:1,+Inf:3]}
                h{a="1"} -1
                # TYPE g gaugehistogram
                g {count:1,sum:1,bucket:[2:1,1:1,+Inf:1]}
                # EOF
                """;
        LintReport report = Lint.check(bytes(text), ReadOptions.of(ExpositionFormat.OPENMETRICS_2));
        assertThat(report.problems().stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .map(Problem::code))
                .containsExactly(
                        "UNEXPECTED_SAMPLE",
                        "UNEXPECTED_SAMPLE",
                        "UNEXPECTED_SAMPLE",
                        "UNEXPECTED_SAMPLE",
                        "UNSORTED_BUCKETS");
    }

    @Test
    void errorsGoBeforeWarningsWhereNotAllAreKept() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append("a").append(i).append(" 1\n");
        }
        text.append("b{ 1\nc{ 1\n");
        ReadOptions options = PROMETHEUS_TEXT.withLimits(ReadLimits.defaults().with(ReadLimits.Limit.PROBLEMS, 3));
        LintReport report = Lint.check(bytes(text.toString()), options);
        assertThat(report.problems())
                .extracting(Problem::severity)
                .containsExactly(Severity.WARNING, Severity.ERROR, Severity.ERROR);
        assertThat(report.errorCount()).isEqualTo(2);
        assertThat(report.warningCount()).isEqualTo(200);
        assertThat(report.problemCount()).isEqualTo(202);
    }

    @Test
    void anErrorIsKeptWhateverTheLimit() {
        ReadOptions options = PROMETHEUS_TEXT.withLimits(ReadLimits.defaults().with(ReadLimits.Limit.PROBLEMS, 0));
        LintReport report = Lint.check(bytes("a\n"), options);
        assertThat(report.valid()).isFalse();
        assertThat(codes(report)).containsExactly("MISSING_VALUE");
    }

    @Test
    void limitsHold() {
        ReadOptions options = PROMETHEUS_TEXT.withLimits(ReadLimits.defaults().with(ReadLimits.Limit.LINE_BYTES, 10));
        assertThatThrownBy(() -> Lint.check(bytes("abcdefghijklmn 1\n"), options))
                .isInstanceOf(ReadLimitException.class);
    }

    @Test
    void readersErrorsFollowTheDialect() {
        byte[] text = bytes("# TYPE a gauge\n# TYPE a gauge\na 1");
        assertThat(Lint.check(text, PROMETHEUS_TEXT).valid()).isFalse();
        assertThat(Lint.check(text, PROMETHEUS_TEXT.withDialect(Dialect.PROMETHEUS))
                        .valid())
                .isTrue();
    }

    /** The specification bounds no timestamps, and wants them not to fall rather than to rise. */
    @Test
    void whatOnlyOurDataModelCannotHoldIsAWarning() {
        String text = """
                # TYPE a stateset
                a{a="1"} 1 5.0000000001
                a{a="1"} 1 5.0000000002
                a{a="1",b="2"} 1 12345678901234567890.5
                # EOF
                """;
        LintReport report = Lint.check(bytes(text), ReadOptions.of(ExpositionFormat.OPENMETRICS_1));
        assertThat(report.valid()).isTrue();
        assertThat(codes(report)).contains(ErrorCode.DUPLICATE_SERIES.name(), ErrorCode.TIMESTAMP_OUT_OF_RANGE.name());
    }

    @Test
    void equalTimestampsAreFineForNumbersOnly() {
        String gauge = "# TYPE a gauge\na 1 5\na 2 5\n# EOF\n";
        String states = "# TYPE a stateset\na{a=\"1\"} 1 5\na{a=\"1\"} 1 5\n# EOF\n";
        assertThat(Lint.check(bytes(gauge), ReadOptions.of(ExpositionFormat.OPENMETRICS_1))
                        .valid())
                .isTrue();
        LintReport report = Lint.check(bytes(states), ReadOptions.of(ExpositionFormat.OPENMETRICS_1));
        assertThat(report.valid()).isFalse();
        assertThat(codes(report)).contains(ErrorCode.DUPLICATE_SERIES.name());
    }

    @Test
    void aFamilyThatComesBackIsNotAskedForItsMetadataAgain() {
        String text = """
                # HELP a A.
                # TYPE a gauge
                a{c="1"} 1
                # HELP b B.
                # TYPE b gauge
                b 1
                a{c="2"} 1
                """;
        assertThat(codes(Lint.check(bytes(text), PROMETHEUS_TEXT))).containsExactly("FAMILY_REOPENED");
    }

    @Test
    void aLargeFamilyIsJudgedLikeASmallOne() {
        StringBuilder text = new StringBuilder("# HELP h H.\n# TYPE h histogram\n");
        int metrics = 25_000;
        for (int i = 0; i < metrics; i++) {
            text.append("h_bucket{a=\"").append(i).append("\",le=\"1\"} 1\n");
            text.append("h_bucket{a=\"").append(i).append("\",le=\"+Inf\"} 2\n");
            text.append("h_sum{a=\"").append(i).append("\"} 2\n");
            text.append("h_count{a=\"")
                    .append(i)
                    .append("\"} ")
                    .append(i == metrics - 1 ? 3 : 2)
                    .append('\n');
        }
        assertThat(codes(Lint.check(bytes(text.toString()), PROMETHEUS_TEXT)))
                .containsExactly("HIGH_CARDINALITY", "COUNT_MISMATCH");
    }

    @Test
    void messageAndExcerptShowThePlace() {
        Problem problem =
                Lint.check(bytes("# TYPE c_total counter\nc_total{a=\"b\"} -1\n"), PROMETHEUS_TEXT).problems().stream()
                        .filter(it -> it.code().equals("NEGATIVE_VALUE"))
                        .findFirst()
                        .orElseThrow();
        assertThat(problem.message()).isEqualTo("expected a counter of at least 0, or type gauge, got '-1'");
        assertThat(problem.excerptWithCaret()).isEqualTo("c_total{a=\"b\"} -1\n               ^");
    }
}
