package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlainMetricsTest {
    private static final String FIRST = "x=\"ü\",y=\"\"";
    private static final String SECOND = "x=\"\\\\n\\\"\\n\",y=\"2\"";
    private static final String[] NAMES = {"x", "y"};
    private static final Timestamp TIME = Timestamp.ofMillis(1500);

    private static PlainMetrics metrics(@Nullable Timestamp... times) {
        byte[] bytes = (FIRST + SECOND).getBytes(StandardCharsets.UTF_8);
        int first = FIRST.length() + 1; // one character has two bytes
        return new PlainMetrics(
                bytes,
                new int[] {first, bytes.length, bytes.length},
                new String[][] {NAMES, NAMES, {}},
                new int[] {5, first - 1, first + SECOND.indexOf("\",y"), bytes.length - 1},
                new boolean[] {false, true, false},
                new double[] {1, 2, 3},
                times);
    }

    @Test
    void becomeObjectsWhenAskedFor() {
        assertThat(metrics())
                .containsExactly(
                        new Metric(Labels.of("x", "ü", "y", ""), Point.of(1)),
                        new Metric(Labels.of("x", "\\n\"\n", "y", "2"), Point.of(2)),
                        new Metric(Labels.of(), Point.of(3)));
    }

    @Test
    void becomeTheSameObjectsAgain() {
        PlainMetrics metrics = metrics();

        assertThat(metrics.get(1)).isSameAs(metrics.get(1));
    }

    @Test
    void haveTimestampsOrNone() {
        PlainMetrics timed = metrics(null, TIME, null);

        assertThat(timed).extracting(metric -> metric.point().timestamp()).containsExactly(null, TIME, null);
        assertThat(timed.timestamp(1)).isEqualTo(TIME);
        assertThat(metrics().timestamp(1)).isNull();
    }

    @Test
    void tellWhereTextStands() {
        PlainMetrics metrics = metrics();

        assertThat(text(metrics, metrics.begin(0), metrics.end(0))).isEqualTo(FIRST);
        assertThat(text(metrics, metrics.begin(1), metrics.end(1))).isEqualTo(SECOND);
        assertThat(text(metrics, metrics.begin(2), metrics.end(2))).isEmpty();
        assertThat(text(metrics, metrics.valueBegin(0, 0), metrics.valueEnd(0, 0)))
                .isEqualTo("ü");
        assertThat(text(metrics, metrics.valueBegin(1, 1), metrics.valueEnd(1, 1)))
                .isEqualTo("2");
        assertThat(metrics.isEscaped(1)).isTrue();
        assertThat(metrics.labelNames()).containsExactly("x", "y");
    }

    private static String text(PlainMetrics metrics, int from, int to) {
        return new String(metrics.bytes(), from, to - from, StandardCharsets.UTF_8);
    }

    @Test
    void stayAsTheyAreInAFamily() {
        PlainMetrics metrics = metrics();
        MetricFamily family = new MetricFamily(new Metadata("a", MetricType.GAUGE), metrics);

        assertThat(family.metrics()).isSameAs(metrics);
        assertThat(family).isEqualTo(new MetricFamily(family.metadata(), List.copyOf(metrics)));
    }
}
