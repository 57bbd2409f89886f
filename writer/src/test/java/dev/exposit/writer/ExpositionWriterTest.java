package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.Loss;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpositionWriterTest {
    private static final MetricFamily UP =
            MetricFamily.builder("up", MetricType.GAUGE).add(1).build();
    private static final MetricFamily WITH_UNIT =
            MetricFamily.builder("age", MetricType.GAUGE).unit("seconds").add(7).build();
    private static final WriteOptions OPEN_METRICS = WriteOptions.of(ExpositionFormat.OPENMETRICS_1);
    private static final WriteOptions PROMETHEUS = WriteOptions.of(ExpositionFormat.PROMETHEUS_TEXT);

    /** A stream that tells whether it was flushed and closed. */
    private static final class Watched extends ByteArrayOutputStream {
        private boolean flushed;
        private boolean closed;

        @Override
        public void flush() {
            flushed = true;
        }

        @Override
        public void close() {
            closed = true;
        }

        private String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }

    private final Watched stream = new Watched();

    @Test
    void writesAWholeSetAtOnce() throws IOException {
        assertThat(ExpositionWriter.write(MetricSet.of(UP), stream, OPEN_METRICS)
                        .isEmpty())
                .isTrue();

        assertThat(stream.text()).isEqualTo("# TYPE up gauge\nup 1.0\n# EOF\n");
        assertThat(stream.flushed).isTrue();
        assertThat(stream.closed).isFalse();
    }

    @Test
    void writesAString() {
        assertThat(ExpositionWriter.toString(MetricSet.of(UP), ExpositionFormat.PROMETHEUS_TEXT))
                .isEqualTo("# TYPE up gauge\nup 1\n");
    }

    @Test
    void writesNothingAsNothing() {
        assertThat(ExpositionWriter.toString(MetricSet.of(), ExpositionFormat.PROMETHEUS_TEXT))
                .isEmpty();
        assertThat(ExpositionWriter.toString(MetricSet.of(), ExpositionFormat.OPENMETRICS_1))
                .isEqualTo("# EOF\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"JSON"})
    void refusesFormatsThatItCannotWrite(ExpositionFormat format) {
        WriteOptions options = WriteOptions.of(format);

        assertThatThrownBy(() -> ExpositionWriter.open(stream, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("writing " + format.id() + " is not supported");
        assertThat(ExpositionWriter.canWrite(format)).isFalse();
    }

    @Test
    void passesPiecesToASink() throws IOException {
        int[] calls = {0};
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        MetricFamily.Builder large = MetricFamily.builder("x", MetricType.GAUGE);
        for (int i = 0; i < 20_000; i++) {
            large.add(i, "i", "" + i);
        }
        ByteSink sink = (bytes, offset, length) -> {
            calls[0]++;
            all.write(bytes, offset, length);
        };
        try (ExpositionWriter writer = ExpositionWriter.open(sink, PROMETHEUS)) {
            writer.write(large.build());
        }

        assertThat(calls[0]).isEqualTo(1 + all.size() / TextOutput.FLUSH_AT);
        assertThat(all.toString(StandardCharsets.UTF_8))
                .isEqualTo(ExpositionWriter.toString(MetricSet.of(large.build()), ExpositionFormat.PROMETHEUS_TEXT));
    }

    @Test
    void closesOnce() throws IOException {
        ExpositionWriter writer = ExpositionWriter.open(stream, OPEN_METRICS);
        writer.close();
        writer.close();

        assertThat(stream.text()).isEqualTo("# EOF\n");
        assertThatThrownBy(() -> writer.write(UP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the writer has been closed");
        assertThatThrownBy(() -> writer.write(MetricSet.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the writer has been closed");
    }

    @Test
    void anAbortedExpositionHasNoEnd() throws IOException {
        ExpositionWriter writer = ExpositionWriter.open(stream, OPEN_METRICS);
        writer.write(UP);
        writer.abort();
        writer.close();

        assertThat(stream.text()).doesNotContain("# EOF");
        assertThatThrownBy(() -> writer.write(UP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the writer failed or was aborted before");
    }

    @Test
    void abortAfterCloseChangesNothing() throws IOException {
        ExpositionWriter writer = ExpositionWriter.open(stream, OPEN_METRICS);
        writer.close();
        writer.abort();

        assertThatThrownBy(() -> writer.write(UP)).hasMessage("the writer has been closed");
    }

    @Test
    void aStreamThatFailsBreaksTheWriter() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        ExpositionWriter writer = ExpositionWriter.open(full, OPEN_METRICS);
        MetricFamily large = MetricFamily.builder("x", MetricType.GAUGE)
                .help("h".repeat(100_000))
                .build();

        assertThatThrownBy(() -> writer.write(large))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThatThrownBy(() -> writer.write(UP)).isInstanceOf(IllegalStateException.class);
        writer.close();
    }

    @Test
    void refusesALossBeforeAnythingOfTheFamilyIsWritten() throws IOException {
        WriteOptions strict = OPEN_METRICS.toBuilder().onLoss(LossPolicy.FAIL).build();
        ExpositionWriter writer = ExpositionWriter.open(stream, strict);
        writer.write(UP);

        assertThatThrownBy(() -> writer.write(WITH_UNIT))
                .isInstanceOfSatisfying(
                        LossRefusedException.class,
                        refused -> assertThat(refused.loss())
                                .isEqualTo(new Loss(Loss.Kind.UNIT, "age", "unit seconds left out", 1)))
                .hasMessage("not all of it can be carried: UNIT: age: unit seconds left out");
        writer.close();
        assertThat(stream.text()).doesNotContain("age").doesNotContain("# EOF");
    }

    @Test
    void aLossLateInALargeFamilyIsStillRefusedBeforeTheFirstByte() throws IOException {
        WriteOptions strict = PROMETHEUS.toBuilder().onLoss(LossPolicy.FAIL).build();
        MetricFamily.Builder large = MetricFamily.builder("x", MetricType.GAUGE);
        for (int i = 0; i < 20_000; i++) {
            large.add(i, "i", "" + i);
        }
        large.add(Point.of(1).at(new Timestamp(1, 1)), "i", "last");
        ExpositionWriter writer = ExpositionWriter.open(stream, strict);

        assertThatThrownBy(() -> writer.write(large.build())).isInstanceOf(LossRefusedException.class);
        writer.close();
        assertThat(stream.text()).isEmpty();
    }

    @Test
    void withoutLossNothingIsRefused() throws IOException {
        WriteOptions strict = OPEN_METRICS.toBuilder().onLoss(LossPolicy.FAIL).build();
        try (ExpositionWriter writer = ExpositionWriter.open(stream, strict)) {
            writer.write(UP);
        }
        assertThat(stream.text()).isEqualTo("# TYPE up gauge\nup 1.0\n# EOF\n");
    }

    @Test
    void aStrictWriterHoldsNoMoreThanAFamily() throws IOException {
        WriteOptions strict = PROMETHEUS.toBuilder().onLoss(LossPolicy.FAIL).build();
        ExpositionWriter writer = ExpositionWriter.open(stream, strict);
        for (int i = 0; i < 10; i++) {
            writer.write(MetricFamily.builder("x" + i, MetricType.GAUGE)
                    .help("h".repeat(20_000))
                    .build());
        }

        assertThat(stream.size()).isGreaterThan(100_000);
        writer.abort();
    }

    @Test
    void piecesMustFollowEachOther() throws IOException {
        ExpositionWriter writer = ExpositionWriter.open(stream, OPEN_METRICS);

        assertThatThrownBy(() -> writer.write(new FamilyPart(UP, false, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected the first piece of a family, got a further piece of up");
        writer.write(new FamilyPart(UP, true, false));
        assertThatThrownBy(() -> writer.write(WITH_UNIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a further piece of up, got the first piece of age");
        assertThatThrownBy(() -> writer.write(new FamilyPart(WITH_UNIT, false, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a further piece of up, got a further piece of age");
        assertThatThrownBy(writer::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("expected a further piece of up, got the end");
        assertThat(stream.text()).doesNotContain("# EOF");
    }
}
