package dev.exposit.parser;

import static dev.exposit.parser.MessageFields.message;
import static dev.exposit.parser.MessageFields.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.MessageFields.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A {@link LabelTable} remembers the names that stood in its places before. That must not show: a sample is read alike, whatever
 * samples stood before it.
 */
class LabelsBeforeTest {
    private static final long SEED = 20261126;
    private static final int ROUNDS = 300;
    private static final int SAMPLES = 12;

    private static final List<String> NAMES = List.of("a", "b", "ab", "longer_than_eight", "longer_than_eighu");
    private static final List<String> QUOTED = List.of("a", "b", "a b", "é", "a\\\"b", "longer_than_eight");
    private static final List<String> VALUES = List.of(
            "", "1", "a", "value", "longer than sixteen bytes", "日本", "a\\\"b", "\\\\", "longer, with \\n in it");

    private static <T> T any(SplittableRandom random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String sample(SplittableRandom random) {
        List<String> labels = new ArrayList<>();
        int count = random.nextInt(random.nextInt(8) == 0 ? 40 : 4);
        for (int i = 0; i < count; i++) {
            String name = random.nextInt(5) == 0 ? '"' + any(random, QUOTED) + '"' : any(random, NAMES);
            // Many labels have names that differ, so that not all are refused.
            String number = count > 3 && !name.startsWith("\"") ? "" + i : "";
            labels.add(name + number + "=\"" + any(random, VALUES) + '"');
        }
        return "m{" + String.join(random.nextInt(5) == 0 ? " , " : ",", labels) + "} 1\n";
    }

    /** A metric's field, with labels in all the ways that they may be written. */
    private static Field metric(SplittableRandom random) {
        List<Field> fields = new ArrayList<>();
        int count = random.nextInt(random.nextInt(8) == 0 ? 40 : 4);
        for (int i = 0; i < count; i++) {
            String name = any(random, NAMES) + (count > 3 ? "" + i : "");
            byte[] bytes = random.nextInt(20) == 0
                    ? new byte[] {(byte) random.nextInt(256), 'x'}
                    : any(random, VALUES).getBytes(StandardCharsets.UTF_8);
            Field value = MessageFields.bytes(2, bytes);
            fields.add(MessageFields.bytes(
                    1,
                    switch (random.nextInt(8)) {
                        case 0 -> message(value, text(1, name));
                        case 1 -> message(text(1, name));
                        case 2 -> message(text(1, name), text(2, "x".repeat(random.nextInt(110, 140))));
                        case 3 -> message(text(1, name), MessageFields.integer(9, 1), value);
                        default -> message(text(1, name), value);
                    }));
        }
        fields.add(random.nextInt(fields.size() + 1), MessageFields.bytes(2, message(MessageFields.number(1, 1))));
        return MessageFields.bytes(4, message(fields.toArray(Field[]::new)));
    }

    private static byte[] family(List<Field> metrics) {
        List<Field> fields = new ArrayList<>(List.of(text(1, "m"), MessageFields.integer(3, 1)));
        fields.addAll(metrics);
        byte[] message = message(fields.toArray(Field[]::new));
        ByteArrayOutputStream delimited = new ByteArrayOutputStream();
        delimited.writeBytes(message(out -> out.writeUInt32NoTag(message.length)));
        delimited.writeBytes(message);
        return delimited.toByteArray();
    }

    private static List<String> samples(byte[] exposition, ExpositionFormat format) {
        return EventDump.of(
                        ExpositionReader.open(exposition, ReadOptions.of(format).withRecovery(Recovery.SKIP_LINE)))
                .events()
                .stream()
                .filter(event -> !event.startsWith("TYPE"))
                .toList();
    }

    /** Makes expositions of several parts, and reads each part by itself as well. */
    private static <T> void assertReadAlike(
            Function<SplittableRandom, T> part, Function<List<T>, byte[]> exposition, ExpositionFormat format) {
        SplittableRandom random = new SplittableRandom(SEED);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<T> parts =
                    Stream.generate(() -> part.apply(random)).limit(SAMPLES).toList();
            List<String> alone = parts.stream()
                    .flatMap(one -> samples(exposition.apply(List.of(one)), format).stream())
                    .toList();
            byte[] all = exposition.apply(parts);
            assertThat(samples(all, format)).as(HexFormat.of().formatHex(all)).isEqualTo(alone);
            read += alone.size();
        }
        assertSomeRead(read);
    }

    @Test
    void aLineIsReadAlikeWhateverStoodBeforeIt() {
        assertReadAlike(
                LabelsBeforeTest::sample,
                lines -> String.join("", lines).getBytes(StandardCharsets.UTF_8),
                ExpositionFormat.PROMETHEUS_TEXT);
    }

    @Test
    void aMetricIsReadAlikeWhateverStoodBeforeIt() {
        assertReadAlike(LabelsBeforeTest::metric, LabelsBeforeTest::family, ExpositionFormat.PROTOBUF);
    }

    /** Families one behind the other, as an array and as streams, whose bytes are moved while they are read. */
    @ParameterizedTest
    @EnumSource
    void aFamilyIsReadAlikeWhateverStoodBeforeIt(InputShape shape) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> alone = new ArrayList<>();
        for (int i = 0; i < ROUNDS * SAMPLES; i++) {
            byte[] family = family(List.of(metric(random)));
            all.writeBytes(family);
            alone.addAll(samples(family, ExpositionFormat.PROTOBUF));
        }
        ReadOptions options = ReadOptions.of(ExpositionFormat.PROTOBUF).withRecovery(Recovery.SKIP_LINE);
        assertThat(EventDump.of(shape, all.toByteArray(), options).events())
                .filteredOn(event -> !event.startsWith("TYPE"))
                .isEqualTo(alone);
        assertSomeRead(alone.size());
    }

    /** Where bytes are moved, a name stands where one stood that is known to differ from the others, and is another. */
    @ParameterizedTest
    @EnumSource
    void aNameThatStandsTwiceIsSeenWhereverItLies(InputShape shape) throws IOException {
        Field one = MessageFields.bytes(1, message(text(1, "a"), text(2, "1")));
        Field other = MessageFields.bytes(1, message(text(1, "b"), text(2, "2")));
        Field number = MessageFields.bytes(2, message(MessageFields.number(1, 1)));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(family(List.of(MessageFields.bytes(4, message(one, other, number)))));
        all.writeBytes(family(List.of(MessageFields.bytes(4, message(one, one, number)))));
        EventDump read = EventDump.of(shape, all.toByteArray(), ReadOptions.of(ExpositionFormat.PROTOBUF));
        assertThat(read.events()).contains("m{a=\"1\",b=\"2\"} 1.0").hasSize(3);
        assertThat(read.end()).contains("DUPLICATE_LABEL_NAME");
    }

    private static void assertSomeRead(int read) {
        assertThat(read).isBetween(ROUNDS * SAMPLES / 4, ROUNDS * SAMPLES - ROUNDS);
    }
}
