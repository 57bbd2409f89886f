package dev.exposit.writer;

import dev.exposit.model.Exemplar;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes sets of large families, mostly of plain numbers whose labels share their names, so that buffers are flushed within a
 * family; in many families one metric somewhere among them is not so plain.
 */
final class LargeSets {
    private static final MetricType[] PLAIN_TYPES = {
        MetricType.GAUGE, MetricType.COUNTER, MetricType.UNKNOWN, MetricType.INFO, MetricType.HISTOGRAM
    };
    private static final String[] PLAIN = {"", "a", "ready", "checkout-api-7d9f8b6c5d-x2x1z", "x".repeat(90)};
    private static final String[] ODD = {
        "\\", "\"", "\n", "é", "\u0141", "\ud83d\ude00", "\ud83d", "\u0080", "\u007f", "\0"
    };

    private final Random random;

    LargeSets(long seed) {
        this.random = new Random(seed);
    }

    MetricSet next() {
        List<MetricFamily> families = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            families.add(family("family_" + i));
        }
        return MetricSet.of(families);
    }

    private MetricFamily family(String stem) {
        MetricType type = PLAIN_TYPES[random.nextInt(PLAIN_TYPES.length)];
        String name = stem + (random.nextInt(5) == 0 ? "" : type.exposedSuffix());
        List<Metric> metrics = new ArrayList<>();
        Labels labels = names();
        int size = random.nextInt(700);
        boolean timed = random.nextInt(3) == 0;
        for (int i = 0; i < size; i++) {
            Point point = point(type == MetricType.INFO);
            metrics.add(new Metric(
                    labels.withValues(values(labels.size(), i)),
                    timed ? point.at(Timestamp.ofMillis(random.nextInt())) : point));
        }
        if (random.nextBoolean() && size > 0) {
            metrics.set(random.nextInt(size), odd(name, metrics.get(random.nextInt(size))));
        }
        return new MetricFamily(new Metadata(name, type, "", random.nextBoolean() ? "Help." : ""), metrics);
    }

    private Labels names() {
        String[] pairs = new String[2 * (1 + random.nextInt(12))];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = "label_" + i;
            pairs[i + 1] = "";
        }
        return Labels.of(pairs);
    }

    private String[] values(int count, int number) {
        String[] values = new String[count];
        values[0] = "" + number;
        for (int i = 1; i < count; i++) {
            values[i] = PLAIN[random.nextInt(PLAIN.length)];
        }
        if (random.nextInt(50) == 0) {
            values[0] += ODD[random.nextInt(ODD.length)] + "z";
        }
        return values;
    }

    private Point point(boolean info) {
        return info
                ? Point.of(new InfoValue())
                : Point.of(random.nextBoolean() ? random.nextInt(2000) : random.nextDouble());
    }

    /** Makes something of a metric that needs more than a line of its own. */
    private Metric odd(String family, Metric metric) {
        Labels labels = metric.labels();
        Point point = metric.point();
        return switch (random.nextInt(14)) {
            case 0 -> new Metric(labels, point.startedAt(Timestamp.ofMillis(1_600_000_000_123L)));
            case 1 ->
                new Metric(
                        labels, point.withExemplars(new Exemplar(Labels.of("id", "7"), 0.5, Timestamp.ofSeconds(3))));
            case 2 -> new Metric(labels, new Point(point.value(), Timestamp.ofSeconds(9), null, List.of()));
            case 3 -> new Metric(labels, Point.of(Double.NaN));
            case 4 -> new Metric(labels, Point.of(-1));
            case 5 -> new Metric(labels, Point.of(new RawValue(family, 2)));
            case 6 -> new Metric(labels, Point.of(new RawValue(family + "_bucket", 2)));
            case 7 -> new Metric(labels.with("label.0", "1"), point);
            case 8 -> new Metric(labels.with("l_é", "1").with("l_ü", "2"), point);
            case 9 -> new Metric(labels.with("_reserved", "1"), point);
            case 10 -> new Metric(labels.with("empty", ""), point);
            case 11 -> new Metric(labels, List.of(point.at(Timestamp.ofSeconds(1)), point.at(Timestamp.ofSeconds(2))));
            case 12 -> new Metric(labels, List.of(point.at(Timestamp.ofSeconds(2)), point.at(Timestamp.ofSeconds(1))));
            default -> new Metric(labels, point.at(new Timestamp(1_700_000_000, 123_456_789)));
        };
    }
}
