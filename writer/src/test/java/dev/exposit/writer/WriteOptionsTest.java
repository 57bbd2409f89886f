package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteOptionsTest {
    @Test
    void defaults() {
        WriteOptions options = WriteOptions.of(ExpositionFormat.OPENMETRICS_1);

        assertThat(options.format()).isEqualTo(ExpositionFormat.OPENMETRICS_1);
        assertThat(options.onLoss()).isEqualTo(LossPolicy.REPORT);
        assertThat(options.startTimestamps()).isEqualTo(StartTimestamps.BY_FORMAT);
        assertThat(options.nativeHistograms()).isEqualTo(NativeHistograms.BY_FORMAT);
        assertThat(options.outline().types()).isEmpty();
        assertThat(options.heldBytes()).isEqualTo(16 * 1024 * 1024);
    }

    @Test
    void escapingFollowsTheFormat() {
        assertThat(WriteOptions.of(ExpositionFormat.PROMETHEUS_TEXT).escaping()).isEqualTo(EscapingScheme.ALLOW_UTF_8);
        assertThat(WriteOptions.of(ExpositionFormat.OPENMETRICS_2).escaping()).isEqualTo(EscapingScheme.ALLOW_UTF_8);
        assertThat(WriteOptions.of(ExpositionFormat.PROMETHEUS_TEXT_0_0_4).escaping())
                .isEqualTo(EscapingScheme.UNDERSCORES);
        assertThat(WriteOptions.of(ExpositionFormat.OPENMETRICS_1).escaping()).isEqualTo(EscapingScheme.UNDERSCORES);
        assertThat(WriteOptions.builder(ExpositionFormat.OPENMETRICS_1)
                        .escaping(EscapingScheme.DOTS)
                        .build()
                        .escaping())
                .isEqualTo(EscapingScheme.DOTS);
        assertThat(WriteOptions.builder(ExpositionFormat.OPENMETRICS_1)
                        .escaping(null)
                        .build()
                        .escaping())
                .isEqualTo(EscapingScheme.UNDERSCORES);
    }

    @Test
    void aBuilderOfOptionsKeepsThem() {
        Outline outline = Outline.of(Map.of("up", MetricType.GAUGE));
        WriteOptions options = WriteOptions.builder(ExpositionFormat.PROMETHEUS_TEXT)
                .escaping(EscapingScheme.VALUES)
                .onLoss(LossPolicy.FAIL)
                .startTimestamps(StartTimestamps.OMIT)
                .nativeHistograms(NativeHistograms.CLASSIC)
                .outline(outline)
                .heldBytes(7)
                .messageBytes(8)
                .build();

        WriteOptions again = options.toBuilder().build();

        assertThat(again).usingRecursiveComparison().isEqualTo(options);
        assertThat(again.outline()).isSameAs(outline);
        assertThat(again)
                .hasToString("prometheus-text, escaping=values, onLoss=FAIL, startTimestamps=OMIT,"
                        + " nativeHistograms=CLASSIC, heldBytes=7, messageBytes=8");
    }

    @Test
    void refusesSizesThatMakeNoSense() {
        WriteOptions.Builder builder = WriteOptions.builder(ExpositionFormat.OPENMETRICS_1);

        assertThatThrownBy(() -> builder.heldBytes(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("heldBytes must not be negative, got -1");
        assertThatThrownBy(() -> builder.messageBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("messageBytes must be positive, got 0");
    }
}
