package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Outline;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every sample of a generated set is either in the text, under its own name, with its own labels, value and time, or in
 * the report. Which lines those are is worked out here by simple means that share nothing with the writers.
 */
class NothingIsLostInSilenceTest {
    private static final int SETS = 3000;

    /** The lines that a set would have if everything could be written. */
    private static final class Expected {
        private final boolean prometheus;
        private final List<String> lines = new ArrayList<>();

        private Expected(boolean prometheus) {
            this.prometheus = prometheus;
        }

        private List<String> of(MetricSet set) {
            for (MetricFamily family : set) {
                for (Metric metric : family.metrics()) {
                    for (Point point : metric.points()) {
                        add(family, metric.labels(), point);
                    }
                }
            }
            return lines;
        }

        private void add(MetricFamily family, Labels labels, Point point) {
            String name = family.name();
            Timestamp at = point.timestamp();
            Timestamp start = point.startTimestamp();
            if (start != null) {
                String stem = family.type() == MetricType.COUNTER && name.endsWith("_total")
                        ? name.substring(0, name.length() - "_total".length())
                        : name;
                line(stem + "_created", labels, start.toSeconds(), at);
            }
            if (point.value() instanceof NumberValue number) {
                line(name, labels, number.value(), at);
            } else if (point.value() instanceof InfoValue) {
                line(name, labels, 1, at);
            } else if (point.value() instanceof RawValue raw) {
                line(raw.sampleName(), labels, raw.value(), at);
            } else if (point.value() instanceof StateSetValue states) {
                for (StateSetValue.State state : states.states()) {
                    line(name, labels, name, state.name(), state.enabled() ? 1 : 0, at);
                }
            } else if (point.value() instanceof SummaryValue summary) {
                for (SummaryValue.Quantile quantile : summary.quantiles()) {
                    line(name, labels, "quantile", text(quantile.quantile()), quantile.value(), at);
                }
                totals(name, "", labels, summary.count(), summary.sum(), at);
            } else if (point.value() instanceof HistogramValue histogram) {
                for (HistogramValue.Bucket bucket : histogram.buckets()) {
                    line(name + "_bucket", labels, "le", text(bucket.le()), bucket.cumulativeCount(), at);
                }
                String gauge = family.type() == MetricType.GAUGE_HISTOGRAM ? "g" : "";
                totals(name, gauge, labels, histogram.count(), histogram.sum(), at);
            }
        }

        private void totals(
                String name,
                String gauge,
                Labels labels,
                @Nullable Double count,
                @Nullable Double sum,
                @Nullable Timestamp at) {
            if (count != null) {
                line(name + "_" + gauge + "count", labels, count, at);
            }
            if (sum != null) {
                line(name + "_" + gauge + "sum", labels, sum, at);
            }
        }

        private String text(LabelNumber number) {
            if (number.spelling() != null) {
                return number.spelling();
            }
            double value = number.value();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return Double.isNaN(value) ? "NaN" : "+Inf";
            }
            String text = Double.toString(value); // the generator's are short
            return prometheus && text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        }

        private void line(String name, Labels labels, String label, String value, double number, Timestamp at) {
            String all = labels.toString();
            String open = labels.isEmpty() ? "{" : all.substring(0, all.length() - 1) + ",";
            line(name + open + label + "=\"" + value + "\"}", number, at);
        }

        private void line(String name, Labels labels, double number, @Nullable Timestamp at) {
            line(name + (labels.isEmpty() ? "" : labels), number, at);
        }

        private void line(String series, double number, @Nullable Timestamp at) {
            String time = at == null ? "" : " " + (prometheus ? String.valueOf(at.toMillis()) : at.toString());
            lines.add(series + " " + number + time);
        }
    }

    /** The sample lines of a text, without exemplars and with numbers as Java spells them. */
    private static List<String> sampleLines(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.contains(" # ") ? line.substring(0, line.indexOf(" # ")) : line)
                .map(line -> line.split(" ", -1))
                .map(parts -> parts[0] + " " + number(parts[1]) + (parts.length > 2 ? " " + parts[2] : ""))
                .toList();
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static Written written(WriteOptions options, MetricSet set, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Written.of(options, set);
            case 1 -> Written.inTurn(options, set.families().toArray(MetricFamily[]::new));
            default ->
                Written.parts(
                        options.toBuilder().outline(Outline.of(set)).build(),
                        set.stream()
                                .flatMap(family ->
                                        random.nextBoolean() || family.metrics().isEmpty()
                                                ? List.of(FamilyPart.whole(family)).stream()
                                                : Arrays.stream(Written.piecesOf(family)))
                                .toArray(FamilyPart[]::new));
        };
    }

    private static void check(ExpositionFormat format, long seed) {
        MetricSet set = new MetricSetGenerator(seed, false).next();
        WriteOptions options = WriteOptions.builder(format)
                .heldBytes(seed % 5 == 0 ? 300 : WriteOptions.DEFAULT_HELD_BYTES)
                .build();
        Written written = written(options, set, new Random(seed));

        List<String> missing = new ArrayList<>(new Expected(format != ExpositionFormat.OPENMETRICS_1).of(set));
        List<String> invented = new ArrayList<>();
        for (String line : sampleLines(written.text())) {
            if (!missing.remove(line)) {
                invented.add(line);
            }
        }

        assertThat(invented)
                .as("invented, seed %s, of%n%s", seed, written.text())
                .isEmpty();
        assertThat((long) missing.size())
                .as("missing, seed %s: %s%nreport: %s%nof%n%s", seed, missing, written.losses(), written.text())
                .isEqualTo(written.count(Loss.Kind.SAMPLE) + written.count(Loss.Kind.POINT) + leftOutStarts(written));
    }

    /** Start timestamps that stand elsewhere are not missing. */
    private static long leftOutStarts(Written written) {
        return written.report().losses().stream()
                .filter(loss -> loss.kind() == Loss.Kind.START_TIMESTAMP)
                .filter(loss -> loss.detail().startsWith("start timestamp left out"))
                .mapToLong(Loss::count)
                .sum();
    }

    @Test
    void inPrometheusText() {
        for (long seed = 0; seed < SETS; seed++) {
            check(ExpositionFormat.PROMETHEUS_TEXT, seed);
        }
    }

    @Test
    void inOpenMetrics() {
        for (long seed = 0; seed < SETS; seed++) {
            check(ExpositionFormat.OPENMETRICS_1, seed);
        }
    }

    @Test
    void theSameFamiliesGiveTheSameBytes() {
        for (long seed = 0; seed < 200; seed++) {
            MetricSet set = new MetricSetGenerator(seed, true).next();
            WriteOptions options = WriteOptions.of(ExpositionFormat.OPENMETRICS_1);

            assertThat(Written.of(options, set)).isEqualTo(Written.of(options, set));
        }
    }
}
