package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.convert.ConversionReport;
import dev.exposit.convert.Converter;
import dev.exposit.convert.FamilyTarget;
import dev.exposit.convert.Source;
import dev.exposit.graphite.GraphiteValues.Counters;
import dev.exposit.graphite.GraphiteValues.Histograms;
import dev.exposit.graphite.GraphiteValues.NotFinite;
import dev.exposit.graphite.GraphiteValues.Times;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.Loss;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.LossRefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that are written, and the account of what they cannot say. */
class GraphiteOutputTest {
    private static final GraphiteOutput OUTPUT = GraphiteOutput.of(GraphiteNames.tags())
            .withClock(InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_999L)));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ConversionReport convert(GraphiteOutput output, String text) throws IOException {
        return Converter.of(ReadOptions.defaults(), output).convert(source(text), out);
    }

    private static Source source(String text) {
        return Source.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "text");
    }

    private String lines() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void samplesAreLinesAndTheRestIsTold() throws IOException {
        ConversionReport report = convert(OUTPUT, """
                # TYPE http_seconds histogram
                # UNIT http_seconds seconds
                # HELP http_seconds Time.
                http_seconds {count:3,sum:4.5,bucket:[0.5:1,+Inf:3]} 1600000000.25 st@1500000000.5 # {id="a"} 0.1 1600000000
                # TYPE up gauge
                up{job="a b"} NaN
                up{job="c"} 1
                # EOF
                """);
        assertThat(lines()).isEqualTo("""
                http_seconds_bucket;le=0.5 1 1600000000
                http_seconds_bucket;le=+Inf 3 1600000000
                http_seconds_count 3 1600000000
                http_seconds_sum 4.5 1600000000
                http_seconds_created 1.5000000005e+09 1600000000
                up;job=c 1 1700000000
                """);
        assertThat(report.to()).isEqualTo("graphite");
        assertThat(report.losses().losses())
                .containsExactly(
                        new Loss(Loss.Kind.TYPE, "http_seconds", "type histogram left out", 1),
                        new Loss(Loss.Kind.UNIT, "http_seconds", "unit seconds left out", 1),
                        new Loss(Loss.Kind.HELP, "http_seconds", "help text left out", 1),
                        new Loss(
                                Loss.Kind.TIMESTAMP,
                                "http_seconds",
                                "timestamp 1600000000.25 rounded down to the second",
                                1),
                        new Loss(
                                Loss.Kind.START_TIMESTAMP,
                                "http_seconds",
                                "start timestamp written as a sample _created",
                                1),
                        new Loss(Loss.Kind.EXEMPLAR, "http_seconds", "exemplar left out", 1),
                        new Loss(Loss.Kind.TYPE, "up", "type gauge left out", 1),
                        new Loss(Loss.Kind.SAMPLE, "up", "sample left out, since its value is not finite", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # TYPE a gauge\\na 1\\n              | TYPE
            # HELP a A.\\na 1\\n                | HELP
            a 1 1500\\n                        | TIMESTAMP
            a NaN\\n                           | SAMPLE
            a -1e9 -1000\\n                    | SAMPLE
            a{b=" "} 1\\n                      | NAME
            """)
    void lossMayBeRefused(String text, Loss.Kind kind) {
        assertThatThrownBy(() -> convert(OUTPUT.withOnLoss(LossPolicy.FAIL), text.replace("\\n", "\n")))
                .isInstanceOfSatisfying(
                        LossRefusedException.class,
                        e -> assertThat(e.loss().kind()).isEqualTo(kind));
        assertThat(lines()).isEmpty();
    }

    @Test
    void whatWasAskedForIsNotRefused() throws IOException {
        String text = "# TYPE a unknown\na 1 1.5\n# EOF\n";
        GraphiteValues values = GraphiteValues.defaults()
                .withTimes(Times.PUSH)
                .withStartTimestamps(GraphiteValues.StartTimestamps.OMIT);
        ConversionReport report = convert(OUTPUT.withOnLoss(LossPolicy.FAIL).withValues(values), text);
        assertThat(lines()).isEqualTo("a 1 1700000000\n");
        assertThat(report.losses().losses())
                .containsExactly(new Loss(Loss.Kind.TIMESTAMP, "a", "timestamp left out", 1));
    }

    @Test
    void valuesAreThoseOfTheBridge() throws IOException {
        convert(
                OUTPUT.withValues(
                        GraphiteValues.defaults().withNotFinite(NotFinite.SEND).withHistograms(Histograms.TOTALS)),
                "a +Inf 5000\n# TYPE h histogram\nh_bucket{le=\"+Inf\"} 2\nh_count 2\nh_sum 3\n");
        assertThat(lines()).isEqualTo("""
                a +Inf 5
                h_count 2 1700000000
                h_sum 3 1700000000
                h_avg 1.5 1700000000
                """);
        GraphiteValues deltas = GraphiteValues.defaults().withCounters(Counters.DELTA);
        assertThatThrownBy(() -> OUTPUT.withValues(deltas))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RAW");
    }

    /** The label {@code le} of a metric is not told from a bucket's. */
    @Test
    void secondSeriesOfAPathIsLeftOutAndTold() throws IOException {
        ConversionReport report = convert(OUTPUT, "a_count 1\n# TYPE a summary\na_count 2\na_sum 3\n");
        assertThat(lines()).isEqualTo("a_count 1 1700000000\na_sum 3 1700000000\n");
        assertThat(report.losses().losses())
                .contains(new Loss(Loss.Kind.SAMPLE, "a", "sample left out, since another series has its path", 1));
    }

    /** What names types, help and times of day aside, comes back as it was. */
    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        String text = """
                # TYPE a unknown
                a{b="c d;e=f%20~",name="x",exported_name="y"} 1 100
                a{b="c d;e=f%20~",name="x",exported_name="y"} 2 200
                # TYPE "é f;{g}" unknown
                {"é f;{g}","h i"="ü\\n"} 3 100
                # EOF
                """;
        MetricSet written = Source.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "text")
                .read(ReadOptions.of(dev.exposit.format.ExpositionFormat.OPENMETRICS_2));
        try (FamilyTarget target = OUTPUT.open(out, Outline.of(written))) {
            target.write(written);
        }
        assertThat(source(lines()).read(GraphiteInput.plaintext(), ReadOptions.defaults()))
                .isEqualTo(written);
    }

    // ---- Pieces, and ends

    private static FamilyPart part(String name, boolean first, boolean last) {
        MetricFamily family = MetricFamily.builder(name, MetricType.GAUGE)
                .help("Help.")
                .add(1, "n", first ? "1" : "2")
                .build();
        return new FamilyPart(family, first, last);
    }

    @Test
    void familyMayComeInPieces() throws IOException {
        try (FamilyTarget target = OUTPUT.open(out, Outline.empty())) {
            target.write(part("a", true, false));
            target.write(part("a", false, true));
            target.write(part("b", true, true));
            assertThat(target.losses().total()).isEqualTo(4);
        }
        assertThat(lines()).isEqualTo("a;n=1 1 1700000000\na;n=2 1 1700000000\nb;n=1 1 1700000000\n");
    }

    @Test
    void piecesOutOfSequenceAreRefused() throws IOException {
        FamilyTarget target = OUTPUT.open(out, Outline.empty());
        assertThatThrownBy(() -> target.write(part("a", false, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the first piece of a family, got a further piece of a");
        target.write(part("a", true, false));
        assertThatThrownBy(() -> target.write(part("b", true, true)))
                .hasMessage("expected a further piece of a, got the first piece of b");
        assertThatThrownBy(target::close).isInstanceOf(IllegalStateException.class);
        assertThat(lines()).isEmpty();
    }

    @Test
    void abortedWriterWritesNothingMore() throws IOException {
        FamilyTarget target = OUTPUT.open(out, Outline.empty());
        target.write(part("a", true, true));
        target.abort();
        target.close();
        assertThat(lines()).isEmpty();
        assertThatThrownBy(() -> target.write(part("b", true, true))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedWriterStaysClosedAndTheStreamOpen() throws IOException {
        List<String> calls = new ArrayList<>();
        OutputStream stream = new OutputStream() {
            @Override
            public void write(int b) {
                calls.add("byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                calls.add("write");
            }

            @Override
            public void flush() {
                calls.add("flush");
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };
        FamilyTarget target = OUTPUT.open(stream, Outline.empty());
        target.write(part("a", true, true));
        target.close();
        target.close();
        assertThat(calls).containsExactly("write", "flush");
        assertThatThrownBy(() -> target.write(part("b", true, true))).hasMessage("the writer has been closed");
    }
}
