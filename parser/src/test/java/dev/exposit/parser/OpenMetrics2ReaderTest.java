package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Problem;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the cursor shows of OpenMetrics 2.0; the conformance suite has what it takes and refuses. */
class OpenMetrics2ReaderTest {
    private static final ReadOptions SPEC = ReadOptions.of(ExpositionFormat.OPENMETRICS_2);

    private static ExpositionReader open(String text) {
        return open(text, SPEC);
    }

    private static ExpositionReader open(String text, ReadOptions options) {
        return ExpositionReader.open(text.getBytes(StandardCharsets.UTF_8), options);
    }

    @Test
    void everyEventHasItsParts() {
        ExpositionReader in = open("""
                # TYPE c_total counter
                c_total{a="b","ü.ü"="é\\n"} 17 1.5 st@0.25 # {} 2 3 # {t="\\""} 2.5 -3
                # TYPE h histogram
                h{a="b"} {count:3,sum:4.5,schema:3,zero_threshold:1e-4,zero_count:1,negative_spans:[-1:1],\
                negative_buckets:[1],positive_spans:[0:1,2:0],positive_buckets:[1],bucket:[-Inf:0,0.50:2,+Inf:3]} 7
                # EOF
                """);
        assertThat(in.next()).isEqualTo(Event.TYPE);
        assertThat(in.exposedFamilyName()).isEqualTo("c_total");
        assertThat(in.next()).isEqualTo(Event.SAMPLE);
        assertThat(in.location()).isEqualTo(new Location(2, 1, 23));
        assertThat(in.familyName().toString()).isEqualTo("c_total");
        assertThat(in.value()).isEqualTo(17);
        assertThat(in.valueText().toString()).isEqualTo("17");
        assertThat(in.timestampText().toString()).isEqualTo("1.5");
        assertThat(in.hasStartTimestamp()).isTrue();
        assertThat(in.startTimestamp()).isEqualTo(new Timestamp(0, 250_000_000));
        assertThat(in.labelName(1).toString()).isEqualTo("ü.ü");
        assertThat(in.labelValue(1).toString()).isEqualTo("é\n");
        Exemplar first = new Exemplar(Labels.of(), 2, Timestamp.ofSeconds(3));
        Exemplar second = new Exemplar(Labels.of("t", "\""), 2.5, Timestamp.ofSeconds(-3));
        assertThat(in.exemplars()).containsExactly(first, second);
        assertThat(in.exemplar()).isEqualTo(first);
        assertThatThrownBy(in::composite).isInstanceOf(IllegalStateException.class);

        assertThat(in.next()).isEqualTo(Event.TYPE);
        assertThat(in.next()).isEqualTo(Event.COMPOSITE);
        assertThat(in.sampleName().toString()).isEqualTo("h");
        assertThat(in.toLabels()).isEqualTo(Labels.of("a", "b"));
        assertThat(in.timestamp()).isEqualTo(Timestamp.ofSeconds(7));
        assertThat(in.hasStartTimestamp()).isFalse();
        assertThat(in.startTimestamp()).isNull();
        assertThat(in.exemplars()).isEmpty();
        Composite composite = in.composite();
        assertThat(composite.kind()).isEqualTo(Composite.Kind.HISTOGRAM);
        assertThat(composite.count()).isEqualTo(3);
        assertThat(composite.sum()).isEqualTo(4.5);
        assertThat(composite.bucketCount()).isEqualTo(3);
        assertThat(composite.upperBound(1)).isEqualTo(0.5);
        assertThat(composite.cumulativeCount(1)).isEqualTo(2);
        assertThat(composite.quantileCount()).isZero();
        assertThatThrownBy(() -> composite.upperBound(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> composite.quantile(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(in::value).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(in::valueText).isInstanceOf(IllegalStateException.class);
        HistogramValue value = (HistogramValue) composite.toValue();
        assertThat(value.buckets().get(1).le().toString()).isEqualTo("0.50");
        assertThat(value.nativeBuckets())
                .isEqualTo(new NativeBuckets(
                        3,
                        1e-4,
                        1,
                        new NativeBuckets.Side(
                                List.of(new NativeBuckets.Span(0, 1), new NativeBuckets.Span(2, 0)), List.of(1.0)),
                        new NativeBuckets.Side(List.of(new NativeBuckets.Span(-1, 1)), List.of(1.0)),
                        List.of(),
                        false));
        assertThat(in.next()).isEqualTo(Event.END);
    }

    @Test
    void aSummaryHasQuantiles() {
        ExpositionReader in = open("# TYPE s summary\ns {count:2,sum:3,quantile:[0.5:1,1:NaN]}\n# EOF\n");
        in.next();
        assertThat(in.next()).isEqualTo(Event.COMPOSITE);
        Composite composite = in.composite();
        assertThat(composite.kind()).isEqualTo(Composite.Kind.SUMMARY);
        assertThat(composite.bucketCount()).isZero();
        assertThat(composite.quantileCount()).isEqualTo(2);
        assertThat(composite.quantile(0)).isEqualTo(0.5);
        assertThat(composite.quantileValue(1)).isNaN();
        assertThat(composite.hasNativeBuckets()).isFalse();
        assertThat(composite.nativeBuckets()).isNull();
        assertThat(composite.toValue())
                .isEqualTo(SummaryValue.builder()
                        .count(2)
                        .sum(3)
                        .quantile(0.5, 1)
                        .quantile(1, Double.NaN)
                        .build());
    }

    @Test
    void aCompositeDoesNotKeepWhatTheOneBeforeHad() {
        List<Object> values = new ArrayList<>();
        ExpositionReader in = open("""
                h {count:1,sum:1,schema:0,zero_threshold:0,zero_count:0,positive_spans:[0:1],positive_buckets:[1]}
                i {count:1,sum:1,bucket:[1:1,+Inf:1]}
                s {count:1,sum:1,quantile:[]}
                j {count:0.5,sum:1,schema:0,zero_threshold:0,zero_count:0.5}
                # EOF
                """);
        while (in.next() != Event.END) {
            values.add(in.composite().toValue());
        }
        assertThat(values.get(1))
                .isEqualTo(HistogramValue.builder()
                        .count(1)
                        .sum(1)
                        .bucket(1, 1)
                        .bucket(Double.POSITIVE_INFINITY, 1)
                        .build());
        assertThat(values.get(2)).isEqualTo(new SummaryValue(1.0, 1.0, List.of()));
        NativeBuckets last = Objects.requireNonNull(((HistogramValue) values.get(3)).nativeBuckets());
        assertThat(last.positive()).isEqualTo(NativeBuckets.Side.none());
        assertThat(last.floatCounts()).isTrue();
    }

    // ---- Failure modes

    @ParameterizedTest
    @CsvSource({
        "# {t=\"a\"} 1, INVALID_SPACING, 0",
        "# {t=\"a\"} 1 2 # {t=\"b\"} x 2, INVALID_VALUE, 1",
        "# {t=\"a\"} 1 2 # {t=\"b\" 1 2 # {} 1 2, UNTERMINATED_LABELS, 1",
        "# {t=\"a\";t=\"b\"} 1 2 # {} 1 2, DUPLICATE_LABEL_NAME, 1",
        "# {} 1e999 2 # {} 1 2, VALUE_OUT_OF_RANGE, 1",
        "# {} 1 9223372036854775808 # {} 1 2, TIMESTAMP_OUT_OF_RANGE, 1",
        "#{} 1 2, INVALID_SPACING, 0",
        "# {} 1 2 3 4, TRAILING_CHARACTERS, 0",
        "# 1, UNTERMINATED_LABELS, 0",
    })
    void aBadExemplarIsDroppedAloneWhateverTheRecovery(String exemplars, String code, int kept) {
        for (Recovery recovery : Recovery.values()) {
            ExpositionReader in =
                    open("a 1 " + exemplars.replace(';', ',') + "\nb 2\n# EOF\n", SPEC.withRecovery(recovery));
            assertThat(in.next()).isEqualTo(Event.SAMPLE);
            assertThat(in.value()).isEqualTo(1);
            assertThat(in.exemplars()).hasSize(kept);
            assertThat(in.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo(code);
                assertThat(problem.severity()).isEqualTo(Problem.Severity.ERROR);
            });
            assertThat(in.next()).isEqualTo(Event.SAMPLE);
            assertThat(in.value()).isEqualTo(2);
            assertThat(in.next()).isEqualTo(Event.END);
        }
    }

    @Test
    void bytesThatAreNoUtf8EndReadingInAnExemplarToo() {
        byte[] text = "a 1 # {t=\"X\"} 1\n# EOF\n".getBytes(StandardCharsets.UTF_8);
        text[10] = (byte) 0xFF;
        ExpositionReader in = ExpositionReader.open(text, SPEC);
        assertThatThrownBy(in::next)
                .isInstanceOfSatisfying(
                        ExpositionSyntaxException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_UTF8));
    }

    // ---- Families

    @Test
    void whatFitsNoTypeStaysRawWhereReadingGoesOn() {
        FamilyReader families = open("""
                # TYPE c counter
                c{a="b"} {count:2,sum:3,bucket:[1:1,+Inf:2]} 5 st@1 # {} 1 2
                # TYPE h histogram
                h 4
                # TYPE g gaugehistogram
                g {count:1,sum:1,bucket:[+Inf:1]}
                # EOF
                """, SPEC.withRecovery(Recovery.SKIP_LINE)).assembled();
        assertThat(Objects.requireNonNull(families.next()).family().metrics())
                .map(Object::toString)
                .containsExactly(
                        "{a=\"b\",le=\"1\"} raw c_bucket 1.0 at 5",
                        "{a=\"b\",le=\"+Inf\"} raw c_bucket 2.0 at 5",
                        "{a=\"b\"} raw c_count 2.0 at 5 # {} 1.0 2",
                        "{a=\"b\"} raw c_sum 3.0 at 5",
                        "{a=\"b\"} raw c_created 1.0 at 5");
        assertThat(Objects.requireNonNull(families.next()).family().metrics())
                .map(Object::toString)
                .containsExactly("{} raw h 4.0");
        assertThat(Objects.requireNonNull(families.next()).family().type()).isEqualTo(MetricType.GAUGE_HISTOGRAM);
        assertThat(families.problems())
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem.code()).isEqualTo("UNEXPECTED_SAMPLE"));
    }

    @Test
    void nativeBucketsThatFitNoTypeAreALoss() {
        FamilyReader families = open(
                        "# TYPE c counter\nc {count:0,sum:0,schema:0,zero_threshold:0,zero_count:0}\n# EOF\n",
                        SPEC.withRecovery(Recovery.SKIP_LINE))
                .assembled();
        families.next();
        assertThat(families.losses().losses())
                .singleElement()
                .satisfies(loss -> assertThat(loss.toString()).contains("c: native buckets"));
    }

    @ParameterizedTest
    @CsvSource({
        "a 1 5|a 2 6, '', 1",
        "a 1 5|a 2 5, DUPLICATE_SERIES, 2",
        "a 1|a 2, DUPLICATE_SERIES, 2",
        "a 1 5|a 2 4, MIXED_TIMESTAMPS, 2",
        "a 1 5|a 2, MIXED_TIMESTAMPS, 2",
        "a{b=\"\"} 1 5|a 2 6, '', 1",
        "a 1|a{b=\"c\"} 2|a 3, METRIC_INTERLEAVED, 3",
    })
    void pointsOfAMetricStandTogetherAndRise(String lines, String code, int metrics) {
        ReadOptions skipping = SPEC.withRecovery(Recovery.SKIP_LINE);
        FamilyReader families =
                open(lines.replace('|', '\n') + "\n# EOF\n", skipping).assembled();
        assertThat(Objects.requireNonNull(families.next()).family().metrics()).hasSize(metrics);
        assertThat(String.join(
                        " ", families.problems().stream().map(Problem::code).toList()))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "'s{s=\"a\"} 1|s{s=\"b\"} 0', '{} [a=true, b=false]'",
        "'s{s=\"a\"} 1 5|s{s=\"a\"} 0 6|s{s=\"b\"} 0 6', '{} [[a=true] at 5, [a=false, b=false] at 6]'",
        "'s{s=\"a\"} 1 5 st@1|s{s=\"b\"} 0 5 st@1', '{} [a=true, b=false] at 5 since 1'",
        "'s{s=\"a\"} 1 5 st@1|s{s=\"b\"} 0 5', '{s=\"a\"} raw s 1.0 at 5 since 1|{s=\"b\"} raw s 0.0 at 5'",
        "'s{x=\"\",s=\"a\"} 1 5|s{s=\"b\"} 0', '{x=\"\",s=\"a\"} raw s 1.0 at 5|{s=\"b\"} raw s 0.0'",
        "'s{s=\"a\"} 1 5|s{s=\"b\"} -0', '{s=\"a\"} raw s 1.0 at 5|{s=\"b\"} raw s -0.0'",
        "'s{s=\"a\"} 1 5|s{s=\"b\"} 0', '{s=\"a\"} raw s 1.0 at 5|{s=\"b\"} raw s 0.0'",
        "'s{s=\"a\"} 1 # {} 1 2|s{s=\"b\"} 0 # {} 3 4', '{} [a=true, b=false] # {} 1.0 2 # {} 3.0 4'",
    })
    void statesAreOneMetricWhereTheyCanBe(String lines, String metrics) {
        FamilyReader families = open("# TYPE s stateset\n" + lines.replace('|', '\n') + "\n# EOF\n")
                .assembled();
        assertThat(String.join(
                        "|",
                        Objects.requireNonNull(families.next()).family().metrics().stream()
                                .map(Object::toString)
                                .toList()))
                .isEqualTo(metrics);
    }

    /** The points of a metric are held until another metric comes, so they count all the while. */
    @ParameterizedTest
    @CsvSource({"a", "a{a=\"on\"}"})
    void aMetricWithoutEndIsBounded(String series) {
        StringBuilder text = new StringBuilder("# TYPE a " + (series.equals("a") ? "gauge" : "stateset") + "\n");
        for (int i = 0; i < 40_000; i++) {
            text.append(series).append(" 1 ").append(i).append('\n');
        }
        ReadLimits limits = ReadLimits.defaults().with(ReadLimits.Limit.ASSEMBLED_BYTES, 8 << 20);
        FamilyReader families = open(text + "# EOF\n", SPEC.withLimits(limits)).assembled();
        assertThatThrownBy(families::next)
                .isInstanceOf(ReadLimitException.class)
                .hasMessageContaining("assembledBytes");
    }
}
