package dev.exposit.convert;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes sets out of a seed with all that the model can hold, sensible or not. */
final class JsonModels {
    private static final String[] TEXTS = {
        "a",
        "b",
        "http_requests_total",
        "ü",
        "\u0000",
        "\"",
        "\\",
        "a b",
        "日本",
        "\ud83d\ude00",
        "\n",
        "\u2028",
        "\ufeff",
        "le",
        "quantile",
        "name",
        "/",
        "\u007f",
        "__name__",
        "{",
        "0.5"
    };
    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        17,
        99,
        1e6,
        123456789,
        9007199254740992.0,
        1e15,
        1e18,
        9.223372036854775807e18,
        1e19,
        1e21,
        5e-324,
        2.2250738585072014e-308,
        1.7976931348623157e308,
        -1.5e-7,
        0.1,
        2e-3,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };
    private static final String[] SPELLINGS = {"1.0", "1", "0.50", "+Inf", "", "ü", "1e0"};

    private final SplittableRandom random;

    JsonModels(long seed) {
        this.random = new SplittableRandom(seed);
    }

    MetricSet next() {
        Map<String, MetricFamily> families = new LinkedHashMap<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            String name = name();
            families.putIfAbsent(name, family(name));
        }
        return MetricSet.of(List.copyOf(families.values()));
    }

    private MetricType type() {
        List<MetricType> types = List.of(MetricType.values());
        return types.get(random.nextInt(types.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    /** A text that stands as a value, in which half a character may be. */
    private String value() {
        return chance(3) ? "x\udc00y" : chance(3) ? "\ud83d" : text();
    }

    private String name() {
        return chance(50) ? text() : text() + text();
    }

    private double number() {
        return chance(80) ? NUMBERS[random.nextInt(NUMBERS.length)] : Double.longBitsToDouble(random.nextLong());
    }

    private @Nullable Double maybe() {
        return chance(70) ? (Double) number() : null;
    }

    private <T> List<T> list(int most, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            list.add(element.get());
        }
        return list;
    }

    private MetricFamily family(String name) {
        MetricType type = type();
        boolean wrong = chance(25);
        List<Metric> metrics = list(4, () -> new Metric(labels(), points(wrong && chance(50) ? null : type)));
        return new MetricFamily(
                new Metadata(name, type, chance(30) ? value() : "", chance(50) ? value() : ""), metrics);
    }

    private Labels labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        int count = chance(5) ? 20 : random.nextInt(4);
        for (int i = 0; i < count; i++) {
            labels.put(name(), chance(20) ? "" : value());
        }
        return Labels.of(labels);
    }

    private List<Point> points(@Nullable MetricType type) {
        List<Point> points = new ArrayList<>();
        int count = chance(80) ? 1 : 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            points.add(new Point(
                    value(type),
                    chance(40) ? time() : null,
                    chance(20) ? time() : null,
                    chance(20) ? list(3, this::exemplar) : List.of()));
        }
        return points;
    }

    private Timestamp time() {
        return switch (random.nextInt(5)) {
            case 0 -> Timestamp.ofMillis(random.nextLong());
            case 1 -> new Timestamp(random.nextLong(), random.nextInt(1_000_000_000));
            case 2 -> new Timestamp(chance(50) ? Long.MIN_VALUE : Long.MAX_VALUE, random.nextInt(1_000_000_000));
            case 3 -> new Timestamp(random.nextInt(), random.nextInt(1_000_000_000));
            default -> Timestamp.ofMillis(chance(20) ? 0 : random.nextInt());
        };
    }

    private Exemplar exemplar() {
        return new Exemplar(labels(), number(), chance(50) ? time() : null);
    }

    private Value value(@Nullable MetricType type) {
        MetricType as = type == null ? type() : type;
        if (type == null && chance(30)) {
            return new RawValue(name(), number());
        }
        return switch (as) {
            case COUNTER, GAUGE, UNKNOWN -> new NumberValue(number());
            case INFO -> new InfoValue();
            case STATE_SET -> states();
            case SUMMARY ->
                new SummaryValue(maybe(), maybe(), list(4, () -> new SummaryValue.Quantile(labelNumber(), number())));
            case HISTOGRAM, GAUGE_HISTOGRAM ->
                new HistogramValue(
                        maybe(),
                        maybe(),
                        list(
                                5,
                                () -> new HistogramValue.Bucket(
                                        labelNumber(), number(), chance(20) ? exemplar() : null)),
                        chance(50) ? nativeBuckets() : null);
        };
    }

    private StateSetValue states() {
        Map<String, StateSetValue.State> states = new LinkedHashMap<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String name = chance(10) ? "" : name();
            states.put(name, new StateSetValue.State(name, chance(50)));
        }
        return new StateSetValue(List.copyOf(states.values()));
    }

    private LabelNumber labelNumber() {
        double number = number();
        return switch (random.nextInt(4)) {
            case 0 -> LabelNumber.of(number);
            case 1 -> new LabelNumber(number, SPELLINGS[random.nextInt(SPELLINGS.length)]);
            default -> new LabelNumber(1 + random.nextInt(9), Integer.toString(1 + random.nextInt(9)));
        };
    }

    private NativeBuckets nativeBuckets() {
        boolean custom = chance(30);
        boolean sensible = chance(60);
        boolean floats = chance(40);
        return new NativeBuckets(
                custom ? NativeBuckets.CUSTOM_BUCKETS : random.nextInt(13) - 4,
                sensible ? (custom ? 0 : 0x1p-128) : number(),
                sensible ? (custom ? 0 : random.nextInt(9)) : number(),
                side(sensible, floats),
                sensible && custom ? Side.none() : side(sensible, floats),
                custom ? (sensible ? List.of(-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0) : list(4, this::number)) : List.of(),
                floats);
    }

    private Side side(boolean sensible, boolean floats) {
        List<Span> spans = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        int runs = random.nextInt(3);
        for (int i = 0; i < runs; i++) {
            Span span = new Span(sensible ? random.nextInt(3) : random.nextInt(), random.nextInt(3));
            spans.add(span);
            for (int j = 0; j < span.length(); j++) {
                counts.add(sensible ? random.nextInt(1000) * (floats ? 0.25 : 1) : number());
            }
        }
        return new Side(spans, counts);
    }
}
