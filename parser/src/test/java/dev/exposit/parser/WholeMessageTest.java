package dev.exposit.parser;

import static dev.exposit.parser.MessageFields.bytes;
import static dev.exposit.parser.MessageFields.integer;
import static dev.exposit.parser.MessageFields.message;
import static dev.exposit.parser.MessageFields.number;
import static dev.exposit.parser.MessageFields.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Label;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.parser.MessageFields.Field;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Families that are read at once are those that events give, and everything else that is told is the same. */
class WholeMessageTest {
    private static final long SEED = Long.getLong("exposit.seed", 20250107L);
    private static final int CASES = Integer.getInteger("exposit.cases", 20_000) / 20;

    private static final List<MetricType> TYPES = List.of(
            MetricType.COUNTER,
            MetricType.GAUGE,
            MetricType.SUMMARY,
            MetricType.UNKNOWN,
            MetricType.HISTOGRAM,
            MetricType.GAUGE_HISTOGRAM);

    private static final List<String> NAMES = List.of("a", "b", "le", "quantile", "\u00E9", "n".repeat(130));
    private static final List<String> VALUES =
            List.of("", "v", "w", "another value", "\u4E2D", "x".repeat(63), "y".repeat(64), "v".repeat(130));
    private static final List<Double> NUMBERS =
            List.of(0.0, -0.0, 1.0, 0.5, 5e-324, -1e300, Double.NaN, Double.POSITIVE_INFINITY);
    private static final List<Long> INTEGERS =
            List.of(0L, 1L, 127L, 128L, 16_383L, 1L << 21, (1L << 28) - 1, 1L << 28, 1L << 53, (1L << 53) + 1, -1L);

    // ---- Expositions, most of them as programs write them

    /** Makes metric families, of which few are odd. */
    private static final class Generator {
        private final SplittableRandom random;
        /** How many choices of a hundred are odd ones. */
        private final int odd;
        /** The labels of the metrics of a family before, which another one may repeat. */
        private List<List<Field>> rows = new ArrayList<>();

        private boolean repeats;

        Generator(SplittableRandom random, int odd) {
            this.random = random;
            this.odd = odd;
        }

        private boolean isOdd() {
            return random.nextInt(100) < odd;
        }

        private <T> T oneOf(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private double anyNumber() {
            return random.nextBoolean() ? random.nextInt(100_000) : oneOf(NUMBERS);
        }

        private long anyInteger() {
            return isOdd() ? oneOf(INTEGERS) : random.nextInt(1 << random.nextInt(1, 31));
        }

        byte[] exposition() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                byte[] message = family(isOdd() ? random.nextInt(3) : i + 10);
                out.writeBytes(message(field -> field.writeUInt32NoTag(message.length)));
                out.writeBytes(message);
            }
            return out.toByteArray();
        }

        private byte[] family(int number) {
            int type = random.nextInt(TYPES.size());
            List<Field> fields = new ArrayList<>(List.of(text(1, "family_" + number)));
            if (random.nextBoolean()) {
                fields.add(text(2, oneOf(VALUES)));
            }
            if (type != 0 || random.nextBoolean()) {
                fields.add(integer(3, isOdd() ? 7 : type));
            }
            int shape = random.nextInt(4);
            repeats = random.nextInt(3) > 0;
            if (!repeats) {
                rows = new ArrayList<>();
            }
            for (int i = shape == 0 && !isOdd() ? 1 : random.nextInt(12); i > 0; i--) {
                fields.add(bytes(4, metric(isOdd() ? random.nextInt(TYPES.size()) : type, shape, i)));
            }
            if (random.nextInt(4) == 0) {
                fields.add(text(5, "seconds"));
            }
            return shuffledIfOdd(fields);
        }

        private byte[] shuffledIfOdd(List<Field> fields) {
            if (!fields.isEmpty() && isOdd()) {
                // A field again, one that no schema has, or others in their places.
                fields.add(random.nextInt(fields.size() + 1), random.nextBoolean() ? integer(20, 1) : oneOf(fields));
                fields.add(random.nextInt(fields.size()), fields.remove(random.nextInt(fields.size())));
            }
            return message(fields.toArray(Field[]::new));
        }

        private byte[] metric(int type, int labels, int which) {
            List<Field> fields = repeats ? repeated(which) : labels(labels, which);
            if (!repeats) {
                rows.add(List.copyOf(fields));
            }
            int field = List.of(3, 2, 4, 5, 7, 7).get(type);
            fields.add(bytes(field, value(type)));
            if (random.nextInt(4) == 0) {
                fields.add(random.nextBoolean() ? fields.size() : fields.size() - 1, integer(6, anyInteger()));
            }
            return shuffledIfOdd(fields);
        }

        /** The labels of a row before, mostly the one that comes next, with one more, one less, or one of another value. */
        private List<Field> repeated(int which) {
            List<Field> fields =
                    which > rows.size() ? labels(1, which) : new ArrayList<>(rows.get(rows.size() - which));
            if (fields.isEmpty()) {
                return fields;
            }
            switch (random.nextInt(8)) {
                case 0 -> fields.add(bytes(1, message(text(1, "more"), text(2, oneOf(VALUES) + which))));
                case 1 -> fields.set(0, bytes(1, message(text(1, "label0"), text(2, "other" + which))));
                case 2 -> {
                    if (fields.size() > 1) {
                        fields.remove(fields.size() - 1);
                    }
                }
                default -> {
                    // As it was.
                }
            }
            return fields;
        }

        private List<Field> labels(int count, int which) {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < (isOdd() ? random.nextInt(5) : count); i++) {
                String name = isOdd() ? oneOf(NAMES) : "label" + i;
                String value = i == 0 && !isOdd() ? "" + which : oneOf(VALUES);
                fields.add(bytes(1, shuffledIfOdd(new ArrayList<>(List.of(text(1, name), text(2, value))))));
            }
            return fields;
        }

        private byte[] value(int type) {
            List<Field> fields = new ArrayList<>();
            if (type == 2 || type >= 4) {
                if (random.nextInt(8) > 0) {
                    fields.add(integer(1, anyInteger()));
                    fields.add(number(2, anyNumber()));
                }
                double bound = isOdd() ? anyNumber() : -1;
                for (int i = random.nextInt(6); i > 0; i--) {
                    fields.add(bytes(3, part(type, i == 1 && random.nextBoolean() ? 1 / 0.0 : bound)));
                    bound = isOdd() ? anyNumber() : bound + random.nextInt(1, 3);
                }
                if (type >= 4 && isOdd()) {
                    fields.add(number(6, 0.5));
                }
                if (random.nextInt(3) == 0) {
                    fields.add(bytes(type == 2 ? 4 : 15, time()));
                }
            } else if (random.nextInt(16) > 0) {
                fields.add(number(1, anyNumber()));
            }
            if (type == 0 && random.nextInt(3) == 0) {
                fields.add(bytes(3, time()));
            }
            if (type == 0 && isOdd()) {
                fields.add(bytes(2, message(number(2, 1))));
            }
            return shuffledIfOdd(fields);
        }

        private byte[] part(int type, double bound) {
            List<Field> fields = new ArrayList<>();
            fields.add(type == 2 ? number(1, bound) : integer(1, anyInteger()));
            fields.add(number(2, type == 2 ? anyNumber() : bound));
            if (isOdd()) {
                fields.add(random.nextBoolean() ? text(50_001, bound + "0") : bytes(3, message(number(2, 1))));
            }
            return shuffledIfOdd(fields);
        }

        private byte[] time() {
            return shuffledIfOdd(
                    new ArrayList<>(List.of(integer(1, anyInteger()), integer(2, random.nextInt(1_000_000_000)))));
        }
    }

    private static byte[] mutated(byte[] exposition, SplittableRandom random) {
        byte[] changed = exposition.clone();
        for (int i = random.nextInt(3); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : 1 << random.nextInt(8));
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length + 1)) : changed;
    }

    private static ReadOptions options(SplittableRandom random) {
        ReadLimits limits = ReadLimits.defaults();
        List<Limit> all = List.of(Limit.values());
        Limit limit = all.get(random.nextInt(all.size()));
        long most = switch (limit) {
            case ASSEMBLED_BYTES -> random.nextInt(1, 10_000);
            case NAME_BYTES, LABEL_VALUE_BYTES, EXEMPLAR_BYTES -> random.nextInt(1, 140);
            case LABELS_PER_SERIES, FAMILIES -> random.nextInt(1, 5);
            case SAMPLES -> random.nextInt(1, 30);
            case MESSAGE_BYTES -> random.nextInt(1, 1000);
            default -> 0;
        };
        return ReadOptions.of(ExpositionFormat.PROTOBUF)
                .withLimits(most == 0 ? limits : limits.with(limit, most))
                .withDialect(random.nextBoolean() ? Dialect.SPEC : Dialect.PROMETHEUS)
                .withRecovery(List.of(Recovery.values()).get(random.nextInt(3)));
    }

    // ---- The same either way

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20})
    void whatIsReadAtOnceIsWhatEventsGive(int odd) {
        for (int i = 0; i < CASES; i++) {
            SplittableRandom random = new SplittableRandom(SEED + i);
            byte[] exposition = new Generator(random, odd).exposition();
            assertSame(exposition, options(random), random, "exposit.seed=" + (SEED + i));
            for (int mutants = 0; mutants < 3; mutants++) {
                assertSame(
                        mutated(exposition, random),
                        options(random),
                        random,
                        "exposit.seed=" + (SEED + i) + " mutated");
            }
        }
    }

    private static void assertSame(byte[] exposition, ReadOptions options, SplittableRandom random, String what) {
        int size = 1 + random.nextInt(60);
        assertSame(
                ExpositionReader.open(exposition, options),
                ExpositionReader.open(exposition, options),
                what + ", " + options.recovery());
        assertSame(
                ExpositionReader.open(InputShape.inPieces(exposition, size, size), options),
                ExpositionReader.open(InputShape.inPieces(exposition, size, size), options),
                what + ", " + options.recovery() + " in pieces of " + size);
    }

    private static void assertSame(ExpositionReader in, ExpositionReader again, String what) {
        EventDump found = EventDump.of(FamilyReader.merging(in));
        EventDump expected = EventDump.of(new FamilyReader(again, true, false));
        // The assertion's words are costly, so only where they are needed.
        if (!found.equals(expected)) {
            assertThat(found).as(what).isEqualTo(expected);
        }
    }

    @Test
    void theUsualIsReadAtOnce() {
        int events = 0;
        for (int i = 0; i < 500; i++) {
            byte[] exposition = new Generator(new SplittableRandom(SEED + i), 0).exposition();
            ProtobufReader in =
                    (ProtobufReader) ExpositionReader.open(exposition, ReadOptions.of(ExpositionFormat.PROTOBUF));
            WholeMessages messages = new FamilyReader(in, true).whole();
            while (in.next() != Event.END) {
                events++;
            }
            int read = messages.families().size();
            assertThat(messages.hasAll()).as("exposit.seed=" + (SEED + i)).isTrue();
            assertThat(read).isPositive();
        }
        assertThat(events).isZero();
    }

    /** As the model compares them, which dumps do not. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20})
    void theModelsAreEqual(int odd) {
        for (int i = 0; i < 500; i++) {
            byte[] exposition = new Generator(new SplittableRandom(SEED + i), odd).exposition();
            ReadOptions options = ReadOptions.of(ExpositionFormat.PROTOBUF).withRecovery(Recovery.SKIP_LINE);
            FamilyReader events = new FamilyReader(ExpositionReader.open(exposition, options), true, false);
            List<MetricFamily> families = events.families().toList();
            assertThat(Exposition.parse(exposition, options))
                    .as("exposit.seed=" + (SEED + i))
                    .isEqualTo(MetricSet.of(families));
        }
    }

    /** Families of the same objects, more than are compared one by one; the second one shows that it pays to remember them. */
    @Test
    void familiesThatTellOfTheSameShareTheirLabelSets() {
        MetricSet set = MetricSet.of();
        for (int family = 0; family < 4; family++) {
            MetricFamily.Builder builder = MetricFamily.builder("family_" + family, MetricType.GAUGE);
            for (int i = 0; i < 100; i++) {
                builder.add(i, "pod", "pod-" + i, "zone", "z" + i % 3);
            }
            List<MetricFamily> all = new ArrayList<>(set.families());
            all.add(builder.build());
            set = MetricSet.of(all);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (MetricFamily family : set) {
            out.writeBytes(delimited(family));
        }
        MetricSet read = Exposition.parse(out.toByteArray(), ReadOptions.of(ExpositionFormat.PROTOBUF));
        assertThat(read).isEqualTo(set);
        for (int i = 0; i < 100; i++) {
            assertThat(labels(read, 3, i)).isSameAs(labels(read, 2, i)).isSameAs(labels(read, 1, i));
        }
    }

    private static Labels labels(MetricSet set, int family, int metric) {
        return set.families().get(family).metrics().get(metric).labels();
    }

    private static byte[] delimited(MetricFamily family) {
        List<Field> fields = new ArrayList<>(List.of(text(1, family.name()), integer(3, 1)));
        for (Metric metric : family.metrics()) {
            List<Field> parts = new ArrayList<>();
            for (Label label : metric.labels()) {
                parts.add(bytes(1, message(text(1, label.name()), text(2, label.value()))));
            }
            parts.add(bytes(2, message(number(1, ((NumberValue) metric.value()).value()))));
            fields.add(bytes(4, message(parts.toArray(Field[]::new))));
        }
        byte[] message = message(fields.toArray(Field[]::new));
        return message(field -> {
            field.writeUInt32NoTag(message.length);
            field.writeRawBytes(message);
        });
    }
}
